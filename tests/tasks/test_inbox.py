"""An inbox is answered: drafts for many at once, what is sent stands in the thread, an old draft says so, undo helps."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from desktop_app.message_records import Macro
from desktop_app.shop import Shop
from desktop_app.tasks import import_messages, inbox, knowledge, reply

STOP = threading.Event()


@pytest.fixture
def filled(shop: Shop, tmp_path: Path) -> Shop:
    knowledge.add_policy(shop, question="Do you wrap gifts?", text="We wrap gifts in linen paper for free.")
    path = tmp_path / "m.csv"
    path.write_text(
        "name,email,message\nAnn,ann@x.com,Do you wrap gifts?\nBen,ben@x.com,Do you sell tractors?\n"
        "Cat,cat@x.com,I will call my lawyer about this.\n",
        "utf-8",
    )
    list(import_messages.import_messages(shop, STOP, looked=import_messages.look(path), read=inbox.reader(shop, None)))
    return shop


def of(shop: Shop, name: str) -> int:
    return next(i for i in shop.find_conversations() if shop.conversation(i).person == name)


def draft_all(shop: Shop, stop: threading.Event = STOP) -> inbox.AllDrafted:
    *_rest, end = inbox.draft_conversations(shop, None, stop)
    assert isinstance(end, inbox.AllDrafted)
    return end


def test_all_new_messages_are_drafted_as_one_action_and_taken_back_as_one(filled: Shop) -> None:
    end = draft_all(filled)
    assert (end.count, end.ask, end.hand_over, end.missing) == (3, 1, 1, 1)
    shown = inbox.view(filled, of(filled, "Ann"))
    assert shown.draft is not None
    assert "linen paper" in shown.draft.text
    assert shown.conversation.state == "drafted"
    assert [gap.question for gap in filled.gaps()] == ["Do you sell tractors?"]
    filled.undo()
    assert filled.conversation_counts()["new"] == 3
    assert filled.gaps() == []


def test_who_is_angry_or_calls_a_lawyer_is_handed_over_with_the_reason(filled: Shop) -> None:
    draft_all(filled)
    shown = inbox.view(filled, of(filled, "Cat"))
    assert shown.draft is not None
    assert (shown.draft.action, shown.conversation.reading.urgency) == ("hand_over", "urgent")
    assert shown.draft.reasons
    assert filled.find_conversations()[0] == of(filled, "Cat")


def test_the_merchants_policy_for_a_want_decides(filled: Shop) -> None:
    reply.set_policy(filled, "gift", "hand_over")
    draft_all(filled)
    shown = inbox.view(filled, of(filled, "Ann"))
    assert shown.draft is not None
    assert shown.draft.action == "hand_over"
    assert any("Gifts and wrapping" in why for why in shown.draft.reasons)


def test_what_was_sent_stands_in_the_thread_and_undo_opens_it_again(filled: Shop) -> None:
    draft_all(filled)
    ann = of(filled, "Ann")
    inbox.mark_sent(filled, ann, "Yes, gladly.")
    assert [(m.who, m.text) for m in filled.messages(ann)][-1] == ("shop", "Yes, gladly.")
    assert filled.conversation(ann).state == "sent"
    assert filled.reply_of(ann) is None
    filled.undo()
    assert filled.conversation(ann).state == "drafted"
    assert filled.reply_of(ann) is not None


def test_a_draft_is_old_once_the_customer_wrote_again(filled: Shop, tmp_path: Path) -> None:
    draft_all(filled)
    ann = of(filled, "Ann")
    assert not inbox.view(filled, ann).old
    path = tmp_path / "more.csv"
    path.write_text("name,email,message\nAnn,ann@x.com,And a ribbon?\n", "utf-8")
    list(import_messages.import_messages(filled, STOP, looked=import_messages.look(path)))
    assert inbox.view(filled, ann).old
    assert filled.conversation(ann).state == "new"


def test_a_stop_keeps_what_is_drafted_and_the_rest_stays_new(filled: Shop) -> None:
    stop = threading.Event()
    for event in inbox.draft_conversations(filled, None, stop):
        if isinstance(event, inbox.Drafted):
            stop.set()
    counts = filled.conversation_counts()
    assert (counts["drafted"], counts["new"]) == (1, 2)
    assert draft_all(filled).count == 2


def test_the_merchants_words_are_kept_and_a_draft_is_not_needed_for_them(filled: Shop) -> None:
    ann = of(filled, "Ann")
    inbox.keep_words(filled, ann, "I will look.")
    assert inbox.keep_words(filled, ann, "I will look.") is None
    shown = inbox.view(filled, ann)
    assert shown.kept is not None
    assert (shown.kept.text, shown.draft, shown.old) == ("I will look.", None, False)


def test_looking_is_remembered_and_is_no_action(filled: Shop) -> None:
    ann = of(filled, "Ann")
    before = len(filled.actions())
    assert filled.conversation_counts()["unread"] == 3
    filled.see(ann)
    assert filled.conversation_counts()["unread"] == 2
    assert len(filled.actions()) == before


def test_a_saved_answer_is_filled_from_the_customers_own_order(trading: Shop, tmp_path: Path) -> None:
    order = trading.order(trading.find_orders()[0])
    path = tmp_path / "m.csv"
    path.write_text(f"name,email,message\n{order.buyer.name},{order.buyer.email},Hello\n", "utf-8")
    list(import_messages.import_messages(trading, STOP, looked=import_messages.look(path)))
    (id,) = trading.find_conversations()
    inbox.link_order(trading, id, order.number)
    inbox.save_macro(trading, Macro("Sent", "Dear {name}, order {order} of {total}: {gift}"))
    (macro,) = trading.macros()
    text, unknown = inbox.filled(trading, macro, inbox.view(trading, id))
    assert text.startswith(f"Dear {order.buyer.name}, order {order.number} of ")
    assert "{gift}" in text
    assert unknown == ()


def test_conversations_older_than_the_merchant_keeps_them_are_erased(filled: Shop, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("name,time,message\nOld,2020-01-01 10:00,Long ago\n", "utf-8")
    list(import_messages.import_messages(filled, STOP, looked=import_messages.look(path)))
    assert inbox.forget_old(filled) == 0
    inbox.keep_for(filled, 365)
    assert inbox.forget_old(filled) == 1
    assert len(filled.find_conversations()) == 3


def test_a_persons_data_is_given_out_whole_and_erased_whole(filled: Shop, tmp_path: Path) -> None:
    draft_all(filled)
    ann = of(filled, "Ann")
    target = tmp_path / "ann.json"
    assert inbox.export_person(filled, ann, target) == 1
    told = json.loads(target.read_text("utf-8"))
    assert told["conversations"][0]["messages"][0]["text"] == "Do you wrap gifts?"
    assert set(told) == {"made", "customers", "orders", "conversations"}
    assert inbox.erase_person(filled, ann) == 1
    for file in filled.path.parent.glob(filled.path.name + "*"):
        assert b"ann@x.com" not in file.read_bytes()
    assert len(filled.find_conversations()) == 2
