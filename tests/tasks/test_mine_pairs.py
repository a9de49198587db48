"""Answers found in past conversations: merged, offered once, never with a person's data in them."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from desktop_app.engine import ScriptedEngine
from desktop_app.knowledge_records import Pair, Said
from desktop_app.shop import Shop
from desktop_app.tasks import knowledge
from desktop_app.tasks.mine_pairs import mine_pairs, pairs_in, refuse_pair, take_pair


def talk(*turns: str) -> list[Said]:
    return [Said(text, "shop" if n % 2 else "customer") for n, text in enumerate(turns)]


PAST = [
    talk("Hi! Do you wrap gifts?", "Hello! Yes, we wrap gifts in brown paper for 2.50."),
    talk("do you wrap gifts please?", "Yes, we wrap gifts in brown paper for 2.50 each."),
    talk("可以开发票吗", "您好！可以开电子发票，确认收货后申请。"),
    talk("Where is my order 10482?", "It left yesterday, tracking 1Z999AA10123456784."),
    talk("What is your number?", "You can call us on +44 7911 123456."),
    talk("Is it blue?", "Which product do you mean?", "the mug", "The mug is glazed in dark blue."),
    talk("hello", "Hello!"),
]


def mined(shop: Shop, past: Sequence[Sequence[Said]] = PAST) -> list[Pair]:
    found = mine_pairs(shop, ScriptedEngine(), threading.Event(), conversations=past, on="2026-11-25")
    return [event for event in found if isinstance(event, Pair)]


def test_what_means_the_same_is_one_pair_and_what_is_personal_is_none(shop: Shop) -> None:
    pairs = mined(shop)
    assert [(p.question, p.times) for p in pairs] == [("Do you wrap gifts?", 2), ("可以开发票吗", 1)]
    assert pairs[0].answer.startswith("Yes, we wrap gifts in brown paper for 2.50")
    assert pairs[1].answer == "可以开电子发票，确认收货后申请。"
    assert len(shop.pairs()) == 2
    shop.undo()
    assert shop.pairs() == []


def test_a_pair_that_was_offered_or_refused_is_not_offered_again(shop: Shop) -> None:
    first = mined(shop)
    refuse_pair(shop, first[0])
    assert mined(shop) == []
    assert [p.question for p in shop.pairs()] == ["可以开发票吗"]


def test_a_pair_that_is_taken_answers_from_then_on_and_can_be_undone(shop: Shop) -> None:
    pair = mined(shop)[0]
    take_pair(shop, pair, answer="Yes, for 3.00.")
    (passage,) = shop.passages()
    assert passage.text == "Yes, for 3.00."
    assert passage.source_name == "Past conversations"
    assert [p.state for p in shop.pairs("taken")] == ["taken"]
    shop.undo()
    assert shop.passages() == []
    assert len(shop.pairs()) == 2


def test_what_the_knowledge_answers_already_is_not_offered(shop: Shop) -> None:
    knowledge.add_policy(shop, question="Do you wrap gifts?", text="Yes, in brown paper.")
    assert [p.question for p in mined(shop)] == ["可以开发票吗"]


def test_two_questions_in_a_row_are_read_with_the_answer_that_follows() -> None:
    said = [Said("Hello"), Said("Can I wash it at 40 degrees?"), Said("Yes, at 40 degrees.", "shop"), Said("Thanks!")]
    assert list(pairs_in(said)) == [("Can I wash it at 40 degrees?", "Yes, at 40 degrees.")]


def test_what_was_said_of_an_offer_ends_with_it(shop: Shop) -> None:
    take_pair(shop, mined(shop)[0], answer="Ten per cent off until 5 May 2020.")
    assert [p.valid_to for p in shop.passages()] == ["2020-05-05"]
