"""What customers want is read from a list of the merchant's own, which learns from each correction."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app import paths
from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.language import intent_list
from desktop_app.language.message_signs import entities, read_signs
from desktop_app.shop import Shop
from desktop_app.tasks import import_messages, intents
from desktop_app.tasks.library import meaning_mark


def read(shop: Shop, engine: Engine | None, *texts: str) -> list[str]:
    return [r.intent for r in intents.read_messages(shop, engine, [(text,) for text in texts])]


def test_the_list_begins_with_thirty_wants_and_their_meanings_are_up_to_date() -> None:
    assert len(intent_list.usual()) >= 30
    with np.load(paths.assets() / "replies" / "intents.npz") as kept:
        shipped = set(kept["texts"].tolist())
    wanted = {text for one in intent_list.usual().values() for text in one.examples} | set(intent_list.strangers())
    assert wanted == shipped, "run packaging/training/intent_meanings.py"


def test_messages_in_both_languages_with_typos_and_in_everyday_words_are_understood(shop: Shop, engine: Engine) -> None:
    told = {
        "heyy wheres my pakage its been 2 weeks": "order_status", "亲，我那个快递咋还没动静": "order_status",
        "the teapot came in pieces :(": "damaged", "打开一看杯子都碎了": "damaged",
        "Could you pls make out an invoice to my company?": "invoice", "能不能帮我开个票": "invoice",
        "do you have this in a bigger size, i want to swap": "exchange", "想换大一号的行不": "exchange",
        "can u engrave my daughters name on it": "custom_order", "上面可以刻个名字不": "custom_order",
    }  # fmt: skip
    found = dict(zip(told, read(shop, engine, *told), strict=True))
    assert sum(found[text] == want for text, want in told.items()) >= 9, found


def test_what_is_none_of_the_list_is_said_to_be_so(shop: Shop, engine: Engine) -> None:
    assert read(shop, engine, "Which team won the cup final?", "你觉得明天会下雨吗", "hello", "在吗") == [
        "",
        "",
        "",
        "",
    ]


def test_a_correction_is_an_example_and_can_be_undone(shop: Shop, engine: Engine) -> None:
    text = "Is the glaze on the bowls free of lead?"
    import_messages.paste(shop, text, read=lambda m: intents.read_messages(shop, engine, m))
    (conversation,) = shop.find_conversations()
    key = intents.add_intent(shop, "Food safety")
    intents.correct(shop, conversation, key)
    assert shop.conversation(conversation).reading.intent == key
    assert read(shop, engine, text) == [key]
    shop.undo()
    assert shop.conversation(conversation).reading.intent != key
    assert shop.intent_examples() == []


def test_a_want_of_ones_own_is_learned_from_a_few_examples(shop: Shop, engine: Engine) -> None:
    key = intents.add_intent(shop, "Pottery class", ["When is the next pottery class?", "Can I join a throwing course?",
                                                     "陶艺课什么时候", "想报名陶艺体验"])  # fmt: skip
    assert read(shop, engine, "are there places left in the pottery course on Saturday", "陶艺课怎么报名") == [key, key]
    with pytest.raises(UserError):
        intents.add_intent(shop, "pottery class")


def test_a_want_taken_off_the_list_is_not_read_any_more(shop: Shop) -> None:
    intents.change_intent(shop, "thanks", hidden=True)
    assert "thanks" not in {one.key for one in intents.listed(shop)}
    assert read(shop, None, "Thank you so much!") != ["thanks"]
    shop.undo()
    assert "thanks" in {one.key for one in intents.listed(shop)}


def test_without_weights_messages_are_read_by_their_words(shop: Shop) -> None:
    assert read(shop, None, "where is my order", "可以开发票吗") == ["order_status", "invoice"]


@pytest.mark.parametrize(
    ("text", "mood", "urgency", "why"),
    [
        ("I will sue you, my lawyer will write.", "", "urgent", "legal"),
        ("孩子用了之后过敏了，起了红疹", "", "urgent", "health"),
        ("I need it by Friday for the wedding", "", "urgent", "deadline"),
        ("周五之前要用，来得及吗", "", "urgent", "deadline"),
        ("This is unacceptable, worst shop ever", "angry", "urgent", "complaint"),
        ("The mug is cracked.", "upset", "soon", "complaint"),
        ("I love it, thank you so much!", "pleased", "", ""),
        ("What is it made of?", "", "", ""),
    ],
)
def test_how_a_message_sounds_and_how_soon_it_wants_an_answer(text: str, mood: str, urgency: str, why: str) -> None:
    found = read_signs(text)
    assert (found.mood, found.urgency, found.why) == (mood, urgency, why)


def test_what_a_message_names_is_found_at_its_place() -> None:
    text = "Order #A1042: I paid $49.90 for size M on 3 November, need 40 x 28 cm by Friday"
    named = entities(text)
    assert [(e.kind, e.value) for e in named] == [
        ("order", "A1042"), ("amount", "$49.90"), ("size", "size M"), ("date", "3 November"), ("size", "40 x 28 cm"),
        ("date", "Friday"),
    ]  # fmt: skip
    assert all(text[e.start : e.end] == e.value for e in named)
    assert [(e.kind, e.value) for e in entities("订单号1042付了88元，要M码的，11月3日下的单")] == [
        ("order", "1042"), ("amount", "88元"), ("size", "M码"), ("date", "11月3日"),
    ]  # fmt: skip


def test_a_question_and_an_answer_about_the_same_agree(engine: Engine) -> None:
    asked = ["how do I get off your newsletter", "我想退货", "where is my parcel"]
    answers = ["Newsletter and account", "怎么退货？", "How do I wash linen?"]
    vectors = engine.embed(asked, query=True), engine.embed(answers, query=True)
    found = intents.agreement(meaning_mark(engine), asked, vectors[0], answers, vectors[1])
    assert found is not None
    assert found[0] > 0.3
    assert found[1] > 0.3
    assert found[2] < 0.1
    assert intents.agreement("other weights", asked, vectors[0], answers, vectors[1]) is None
