from __future__ import annotations

import pytest

from desktop_app.language.plurals import stem


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("beanie", "beanies"), ("cherry", "cherries"), ("knife", "knives"), ("glove", "gloves"), ("scarf", "scarves"),
        ("leaf", "leaves"), ("potato", "potatoes"), ("shoe", "shoes"), ("vase", "vases"), ("dress", "dresses"),
        ("watch", "watches"), ("box", "boxes"), ("man", "men"), ("child", "children"), ("tie", "ties"),
    ],
)  # fmt: skip
def test_one_and_many_of_a_thing_are_the_same_word(one: str, many: str) -> None:
    assert stem(one) == stem(many)


@pytest.mark.parametrize(("one", "other"), [("glass", "glas"), ("knot", "knife"), ("cover", "cove")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)
