"""The interview asks what would help a product's text most, and nothing that is known already."""

from __future__ import annotations

import pytest

from desktop_app.language import facts, questions
from desktop_app.records import Product

from .products import BOARD, BOARD_ZH, product


def roles(thing: Product, **more: int) -> list[str]:
    return [q.role for q in questions.missing(thing, **more)]


def test_three_questions_the_most_helpful_first() -> None:
    assert roles(product("Stoneware mug", ("Colour", "blue"))) == ["volume", "size", "feature"]


def test_a_cup_is_asked_what_it_holds_and_a_shirt_its_sizes() -> None:
    assert "volume" in roles(product("马克杯"))
    assert "material" in roles(product("Shirt"))
    assert "size" in roles(product("Shirt"))
    assert "volume" not in roles(product("Shirt"), most=20)


def test_food_is_asked_for_ingredients_not_for_its_material() -> None:
    asked = roles(product("Green tea", ("Net weight", "100", "g")), most=20)
    assert asked[0] == "ingredients"
    assert not {"material", "care", "colour", "net_weight"} & set(asked)


def test_a_candle_is_asked_how_long_it_burns() -> None:
    assert {"burn_time", "scent"} <= set(roles(product("无花果香薰蜡烛", ("蜡", "大豆蜡"))))


def test_a_toy_is_asked_for_its_age() -> None:
    assert "age" in roles(product("Puzzle"))


@pytest.mark.parametrize("board", [BOARD, BOARD_ZH])
def test_what_the_facts_or_options_tell_is_not_asked(board: Product) -> None:
    assert not {"material", "size", "care", "feature"} & set(roles(board, most=20))
    assert "colour" not in roles(product("Hoodie", options={"Color": ["Black", "Red"]}), most=20)


def test_a_skipped_question_makes_room_for_the_next() -> None:
    mug = product("Mug")
    first = roles(mug)
    assert [q.role for q in questions.missing(mug, skip=(first[0],))][:2] == first[1:3]


def test_a_thing_nobody_can_name_is_asked_what_everything_has() -> None:
    assert roles(product("Zorgle X9")) == ["material", "size", "feature"]


def test_an_answer_becomes_a_fact_of_that_meaning() -> None:
    for thing in ("Mug", "Shirt", "Green tea", "Puzzle", "Phone case", "Candle", "Soap"):
        for question in questions.missing(product(thing), most=20):
            for name in (question.fact_en, question.fact_zh):
                assert facts.meaning_of(name, "").role not in {"free", ""}, name
            assert question.text("zh") != question.text("en")
            assert question.text("zh").endswith("？")
            assert question.text("en").endswith("?")
