from __future__ import annotations

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Fact, Product
from desktop_app.shop import Shop
from desktop_app.tasks import history, interview


@pytest.fixture
def board(shop: Shop) -> int:
    with shop.act("Stock"):
        return shop.add([Product("Cutting board", description="<p>Made of acacia wood.</p>")])[0]


def only(shop: Shop) -> interview.Ask:
    return next(interview.asks(shop))


def test_an_answer_is_a_fact_of_the_merchants_and_is_not_asked_again(shop: Shop, board: int) -> None:
    question = only(shop).questions[0]
    interview.answer(shop, board, question, "  beech   wood ", "en")
    fact = shop.product(board).facts[0]
    assert (fact.name, fact.value, fact.source) == (question.fact("en"), "beech wood", "merchant")
    assert question.role not in [q.role for q in only(shop).questions]
    history.undo(shop)
    assert shop.product(board).facts == ()
    assert only(shop).questions[0] == question


def test_at_most_three_questions_are_asked_of_a_product(shop: Shop, board: int) -> None:
    assert 0 < len(only(shop).questions) <= 3


def test_what_is_skipped_or_does_not_apply_is_remembered_and_undone(shop: Shop, board: int) -> None:
    first, second = only(shop).questions[:2]
    interview.skip(shop, board, f"question:{first.role}")
    interview.never(shop, board, f"question:{second.role}")
    roles = [q.role for q in only(shop).questions]
    assert first.role not in roles
    assert second.role not in roles
    interview.ask_again(shop)
    roles = [q.role for q in only(shop).questions]
    assert first.role in roles
    assert second.role not in roles
    history.undo(shop, 2)
    assert second.role in [q.role for q in only(shop).questions]


def test_a_fact_of_the_old_description_is_only_there_once_it_was_confirmed(shop: Shop, board: int) -> None:
    proposal = only(shop).proposals[0]
    assert shop.product(board).facts == ()
    interview.accept(shop, board, proposal)
    fact = shop.product(board).facts[0]
    assert (fact.name, fact.value, fact.source) == (
        "Material", "acacia wood", "description, confirmed by the merchant",
    )  # fmt: skip
    assert only(shop).proposals == ()


def test_a_refused_fact_is_not_proposed_again(shop: Shop, board: int) -> None:
    interview.never(shop, board, only(shop).proposals[0].topic)
    assert only(shop).proposals == ()
    assert shop.product(board).facts == ()


def test_a_fact_put_right_is_the_merchants_own(shop: Shop, board: int) -> None:
    interview.accept(shop, board, only(shop).proposals[0], "beech")
    assert (shop.product(board).facts[0].value, shop.product(board).facts[0].source) == ("beech", "merchant")


def test_an_empty_answer_is_refused_in_words(shop: Shop, board: int) -> None:
    with pytest.raises(UserError):
        interview.answer(shop, board, only(shop).questions[0], "  ", "en")


def test_a_product_that_has_everything_is_left_out(shop: Shop) -> None:
    facts = [Fact("Material", "oak"), Fact("Size", "30 × 20 cm"), Fact("Colour", "brown"), Fact("Care", "wash by hand"),
             Fact("Features", "juice groove"), Fact("Thickness", "2 cm"), Fact("Weight", "1 kg"), Fact("Use", "bread"),
             Fact("Origin", "Portugal")]  # fmt: skip
    with shop.act("Stock"):
        ids = shop.add([Product("Cutting board", facts=tuple(facts)), Product("Cutting board")])
    assert [ask.product.id for ask in interview.asks(shop) if len(ask.questions) == 3] == [ids[1]]
