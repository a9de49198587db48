"""Messages come into the shop once, in threads, linked to who wrote them and which order they name; undo takes them out."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.message_records import MessagesImported
from desktop_app.shop import Shop
from desktop_app.tasks import import_messages as task

STOP = threading.Event()


def letter(sender: str, to: str, subject: str, day: int, text: str, number: str, answers: str = "") -> str:
    after = f"References: <{answers}>\n" if answers else ""
    return (
        f"From x Mon Nov {day:2} 10:00:00 2026\nFrom: {sender}\nTo: {to}\nSubject: {subject}\n"
        f"Date: Mon, {day:02} Nov 2026 10:00:00 +0000\nMessage-ID: <{number}>\n{after}\n{text}\n\n"
    )


def take(shop: Shop, path: Path) -> MessagesImported:
    *_rest, end = task.import_messages(shop, STOP, looked=task.look(path))
    assert isinstance(end, MessagesImported)
    return end


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "box.mbox"
    path.write_text(
        letter("Ben <ben@x.com>", "shop@s.com", "A question", 5, "Do you wrap gifts?", "b1")
        + letter("shop@s.com", "ann@x.com", "Re: Broken mug", 3, "We are sorry.", "s1", "a1")
        + letter("Ann <ann@x.com>", "shop@s.com", "Broken mug", 2, "The mug is broken.", "a1")
        + letter("Ann <ann@x.com>", "shop@s.com", "AW: Broken mug", 4, "And now?", "a2", "s1"),
        "utf-8",
    )
    return path


def test_letters_become_threads_by_what_they_answer_whatever_order_they_stand_in(shop: Shop, box: Path) -> None:
    end = take(shop, box)
    assert (end.added, end.conversations, end.skipped) == (4, 2, 0)
    ann, ben = sorted((shop.conversation(i) for i in shop.find_conversations()), key=lambda c: c.address)
    assert [(m.who, m.text) for m in shop.messages(ann.id or 0)] == [
        ("customer", "The mug is broken."), ("shop", "We are sorry."), ("customer", "And now?"),
    ]  # fmt: skip
    assert (ann.state, ann.person, ann.preview, ben.state) == ("new", "Ann", "And now?", "new")


def test_a_file_taken_in_twice_adds_nothing_and_undo_takes_all_of_it_out(shop: Shop, box: Path) -> None:
    take(shop, box)
    again = take(shop, box)
    assert (again.added, again.skipped, again.action) == (0, 4, None)
    shop.undo()
    assert shop.find_conversations() == []
    assert shop.find_conversations("mug") == []
    shop.redo()
    assert len(shop.find_conversations("mug")) == 1


def test_a_look_ahead_counts_what_would_happen_and_changes_nothing(shop: Shop, box: Path) -> None:
    seen = task.preview(shop, looked=task.look(box))
    assert (seen.added, seen.conversations, seen.dry) == (4, 2, True)
    assert shop.find_conversations() == []


def test_a_new_letter_of_the_same_thread_opens_it_again(shop: Shop, box: Path, tmp_path: Path) -> None:
    take(shop, box)
    ann = next(i for i in shop.find_conversations() if shop.conversation(i).address == "ann@x.com")
    with shop.act("Sent"):
        shop.set_conversation_state([ann], "sent")
    more = tmp_path / "more.eml"
    more.write_text(letter("Ann <ann@x.com>", "shop@s.com", "Re: Broken mug", 9, "Thanks!", "a3", "a2"), "utf-8")
    end = take(shop, more)
    assert (end.conversations, end.reopened) == (0, 1)
    assert shop.conversation(ann).state == "new"
    assert shop.conversation(ann).count == 4


def test_chat_rows_of_one_person_are_one_thread_until_a_week_passed(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(
        "name,time,message\nAnn,2026-11-01 10:00,Hello\nAnn,2026-11-01 10:01,Is it blue?\nBen,2026-11-01 10:02,Hi\n"
        "Ann,2026-11-20 10:00,Something else\n",
        "utf-8",
    )
    assert take(shop, path).conversations == 3


def test_the_customer_and_the_order_are_linked_by_mail_and_number(trading: Shop, tmp_path: Path) -> None:
    order = trading.order(trading.find_orders()[0])
    path = tmp_path / "m.csv"
    path.write_text(f"email,message\n{order.buyer.email},Where is order {order.number}?\n", "utf-8")
    assert take(trading, path).linked == 1
    (conversation,) = trading.conversations(trading.find_conversations())
    assert (conversation.order, conversation.customer) == (order.id, order.customer)
    assert trading.find_conversations(order.number) == [conversation.id]


def test_the_same_words_pasted_on_another_day_are_another_message(shop: Shop) -> None:
    assert task.paste(shop, "Where is it?").added == 1
    assert shop.conversation_counts()["new"] == 1


def test_erasing_leaves_nothing_in_the_file_and_others_stay(shop: Shop, box: Path) -> None:
    take(shop, box)
    ann = next(i for i in shop.find_conversations() if shop.conversation(i).address == "ann@x.com")
    with shop.act("Sent"):
        shop.set_conversation_state([ann], "sent")
    assert shop.erase_conversations([ann]) == 1
    assert [shop.conversation(i).person for i in shop.find_conversations()] == ["Ben"]
    assert shop.find_conversations("mug") == []
    path = shop.path
    shop.undo()
    assert shop.find_conversations() == []
    shop.redo()
    assert [shop.conversation(i).person for i in shop.find_conversations()] == ["Ben"]
    for file in path.parent.glob(path.name + "*"):
        assert b"mug" not in file.read_bytes()
        assert b"ann@x.com" not in file.read_bytes()


def test_erasing_finds_what_an_undo_left_in_the_journal(shop: Shop, box: Path) -> None:
    take(shop, box)
    shop.undo()
    take(shop, box)
    (ann,) = shop.find_conversations("mug")
    shop.undo()
    shop.redo()
    shop.erase_conversations([ann])
    for file in shop.path.parent.glob(shop.path.name + "*"):
        assert b"ann@x.com" not in file.read_bytes()
