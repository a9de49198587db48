from __future__ import annotations

import pytest

from desktop_app.language import prompts
from desktop_app.records import Fact, Product, Wishes

BOARD = Product(
    "Cutting board", facts=(Fact("Material", "bamboo"), Fact("Weight", "900", "g"), Fact("Product ID", "88"))
)


def test_the_weights_are_given_the_facts_that_can_be_told_and_no_others() -> None:
    role, asked = prompts.render(BOARD, Wishes())[-1]
    assert role == "user"
    assert asked.splitlines() == ["Cutting board", "Material: bamboo", "Weight: 900 g"]


def test_wishes_change_what_is_asked() -> None:
    asked = {
        prompts.render(BOARD, Wishes(tone=t, length=n))[0][1] for t in ("plain", "warm") for n in ("short", "long")
    }  # type: ignore[arg-type]
    assert len(asked) == 4
    assert "资料" in prompts.render(BOARD, Wishes(language="zh"))[0][1]


def test_a_draft_can_say_which_prompt_made_it() -> None:
    assert prompts.version(Wishes(language="zh")) == "description/1/zh"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Here is the description: A board.", "A board."),
        ("Sure! Here's a short description:\n\nA board.", "A board."),
        ('"A board."', "A board."),
        ("A board. It is", "A board."),
        ("A board", "A board"),
        ("", ""),
    ],
)
def test_introductions_marks_and_broken_ends_are_taken_off(written: str, kept: str) -> None:
    assert prompts.tidy(written, complete=False) == kept


def test_a_text_that_ended_by_itself_keeps_its_end() -> None:
    assert prompts.tidy("A board. Made of oak", complete=True) == "A board. Made of oak"
