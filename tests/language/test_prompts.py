from __future__ import annotations

import pytest

from desktop_app.language import check, prompts
from desktop_app.records import Fact, Product

BOARD = Product(
    "Cutting board",
    facts=(Fact("Material", "bamboo"), Fact("Weight", "900", "g"), Fact("Product ID", "88")),
)


def test_the_weights_are_given_the_facts_that_can_be_told_and_no_others() -> None:
    role, asked = prompts.render(BOARD, "en")[-1]
    assert role == "user"
    assert asked.splitlines() == ["Cutting board", "Material: bamboo", "Weight: 900 g"]


def test_one_sentence_is_asked_about_the_facts_it_is_to_tell() -> None:
    assert prompts.render(BOARD, "en", names=("Weight",))[-1][1].splitlines() == ["Cutting board", "Weight: 900 g"]


def test_wishes_change_what_is_asked() -> None:
    asked = {prompts.render(BOARD, "en", tone=t, whole=w)[0][1] for t in ("plain", "warm") for w in (True, False)}
    assert len(asked) == 4
    assert "资料" in prompts.render(BOARD, "zh")[0][1]


def test_a_draft_can_say_which_prompt_made_it() -> None:
    assert prompts.version("zh") == "sentence/2/zh"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Here is the description: A board.", "A board."),
        ("Sure! Here's a short description:\n\nA board.", "A board."),
        ('"A board."', "A board."),
        ("**A board.**", "A board."),
        ("", ""),
    ],
)
def test_introductions_and_marks_are_taken_off(written: str, kept: str) -> None:
    assert prompts.tidy(written) == kept


WALNUT = Product("Walnut bowl", facts=(Fact("Material", "walnut"), Fact("Diameter", "31", "cm")))
SAID = "This bowl is turned from walnut and is 31 cm across."


def own() -> tuple[prompts.Example, ...]:
    evidence = check.check(SAID, WALNUT, language="en").evidence
    return prompts.examples_of([(WALNUT, SAID, evidence)], "en")


def test_the_merchants_own_sentences_show_how_the_shop_sounds() -> None:
    turns = prompts.render(BOARD, "en", examples=own())
    assert turns[-2] == ("assistant", SAID)
    assert "walnut" in turns[-3][1]
    assert turns[-1][1].startswith("Cutting board")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_that_an_example_says_may_stand_in_a_text_about_something_else(language: str) -> None:
    roles = prompts.render(BOARD, language, examples=own())
    answers = [words for role, words in roles if role == "assistant"]
    assert len(answers) > 4
    for answer in answers:
        if "Rinse" not in answer and "请用手洗" not in answer:  # how one cares for a thing is no claim about it
            assert check.check(answer, BOARD, language="zh" if "，" in answer else "en").findings, answer
