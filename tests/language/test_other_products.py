"""A text of one product that names another one of the shop is told; ordinary words that are a title too are not."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.language.check import SentenceCheck
from desktop_app.language.other_products import Names

from .products import BOARD, BOARD_ZH

NAMES = Names(("Stoneware bowl", "Bamboo cutting board", "Mug", "Tea towel", "Push It Messenger Bag", "XR-70"))


def told(text: str) -> list[str]:
    found = check.check(text, BOARD, language="en", neighbours=NAMES).findings
    return [f.text for f in found if f.kind == "other_product"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Put the Stoneware bowl on it.", "Stoneware bowl"), ("The stoneware bowl has a juice groove.", "stoneware bowl"),
     ("The Push It Messenger Bag is waterproof.", "Push It Messenger Bag"), ("It fits the XR-70.", "XR-70"),
     ("Carry it in the push it messenger bag.", "push it messenger bag")],
)  # fmt: skip
def test_another_products_name_is_told(text: str, name: str) -> None:
    assert told(text) == [name]


@pytest.mark.parametrize(
    "text", ["A bamboo cutting board and a mug.", "Dry it with a tea towel.", "Serve soup from a stoneware bowl."]
)
def test_its_own_name_and_ordinary_words_are_not(text: str) -> None:
    assert told(text) == []


def test_a_chinese_name_is_told() -> None:
    found = check.check("配青釉马克杯。", BOARD_ZH, language="zh", neighbours=Names(("青釉马克杯",))).findings
    assert "other_product" in {f.kind for f in found}


def test_the_sentence_check_knows_the_neighbours_too() -> None:
    held = SentenceCheck(BOARD, "en", neighbours=("Stoneware bowl",))
    assert held(("The stoneware bowl has a juice groove.",)).kind == "other_product"
    assert held(("It has a juice groove.",)).ok


def test_of_a_hundred_thousand_names_the_one_is_found() -> None:
    names = Names(f"Oak tray number {n}" for n in range(100_000))
    assert [f.text for f in names.within("It goes with Oak tray number 4711.", "")] == ["Oak tray number 4711"]
