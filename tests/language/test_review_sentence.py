"""Sentences about reviews: what may stand behind the counted figures, and what is taken back."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from desktop_app.language.review_sentence import (
    Point,
    ReviewSentenceCheck,
    finished,
    said_of,
    turns,
    with_counts,
)

SOUND = Point("praise", ("sound",), ("Sound",), ("clear", "warm"), 8, 20)
SIZE = Point("blame", ("size",), ("Size and fit",), ("tight",), 3, 40)
MEND = Point("mend", ("size",), ("Size and fit",), ("tight",))
ZH = Point("praise", ("sound",), ("音质",), ("清晰",), 8, 20)


def kind_of(point: Point, text: str, language: str = "en") -> str:
    """Return why a sentence behind the opening is taken back; "" where it may stand."""
    return ReviewSentenceCheck(point, language)((text,)).kind


@pytest.mark.parametrize(
    ("point", "text"),
    [
        (SOUND, " praise the sound and call it clear and warm."),
        (SOUND, " are pleased with the sound, which they find warm."),
        (SIZE, " do not like the fit, which they find tight."),
        (SIZE, " complain about the size and fit."),
        (MEND, ", since customers find it tight."),
        (MEND, "."),
    ],
)
def test_a_sentence_that_says_what_was_counted_may_stand(point: Point, text: str) -> None:
    assert kind_of(point, text) == ""


@pytest.mark.parametrize(
    ("point", "text", "kind"),
    [
        (SOUND, " praise the sound, 9 of them loudly.", "number"),
        (SOUND, " praise the sound, as most do.", "number"),
        (SOUND, " praise the battery and the sound.", "theme"),
        (SOUND, " praise it.", "theme"),
        (SOUND, " complain about the sound.", "side"),
        (SOUND, " do not praise the sound.", "side"),
        (SOUND, " praise the sound of the Bavarian engine.", "unsupported"),
        (SOUND, " say the sound is “clear”.", "quote"),
        (SOUND, " praise the sound and praise the sound.", "repetition"),
        (SIZE, " complain about the size and fit of the fit.", "repetition"),
        (SOUND, " mention the sound when they call.", "side"),
        (SIZE, " love the size and fit.", "unsupported"),
        (SIZE, " complain about the size and fit, which many call tight.", "number"),
        (MEND, ", never mind.", "side"),
        (MEND, ", since customers find it to mend first.", "unsupported"),
        (MEND, ", since it is so.", "unsupported"),
        (MEND, ", since it is there.", "side"),
    ],
)
def test_what_the_table_does_not_carry_is_taken_back(point: Point, text: str, kind: str) -> None:
    assert kind_of(point, text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("称赞音质，觉得很清晰。", ""), ("对音质很满意。", ""), ("不满音质。", "side"), ("称赞音质，声震八方。", "unsupported"),
        ("称赞音质，八条好评。", "number"), ("喜欢它。", "theme"), ("称赞音质和物流。", "theme"),
    ],
)  # fmt: skip
def test_chinese_sentences_are_held_to_the_same(text: str, kind: str) -> None:
    assert kind_of(ZH, text, "zh") == kind


@pytest.mark.parametrize(
    "text",
    [
        "音质，不满。", "把音质，觉得清晰。", "对音质，觉得清晰。", "满意，音质。", "称赞说音质。", "称赞音质，顾客觉得清晰。", "称赞音质，好评。",
        "觉得音质。",
    ],
)  # fmt: skip
def test_allowed_words_in_no_order_are_no_chinese_sentence(text: str) -> None:
    assert finished(ZH, text, "zh") == ""


@pytest.mark.parametrize(
    "text", ["称赞音质，觉得很清晰。", "对音质很满意。", "喜欢音质。", "觉得音质清晰。", "对音质满意，说很清晰。"]
)
def test_plain_chinese_sentences_stand(text: str) -> None:
    assert finished(ZH, text, "zh")


def test_many_speak_only_where_many_do() -> None:
    assert SOUND.opening("en").startswith("Many ")
    assert SIZE.opening("en").startswith("Some ")
    assert finished(SIZE, " complain about the size and fit, as many say.", "en") == ""
    assert finished(SIZE, " often complain about the size and fit.", "en") == ""
    assert finished(SIZE, " and several others complain about the size and fit.", "en") == ""  # "others" nobody counted
    few = replace(SIZE, voices=2)
    assert finished(few, " say it, several complain about the size and fit.", "en") == ""
    assert finished(SIZE, " say it, several complain about the size and fit.", "en")
    assert finished(replace(ZH, voices=3), "里许多称赞音质。", "zh") == ""


def test_where_the_trouble_stands_is_told_of_what_the_weights_wrote() -> None:
    verdict = ReviewSentenceCheck(SOUND, "en")((" praise the sound of the Bavarian engine.",))
    assert " praise the sound of the Bavarian engine.".strip()[verdict.start : verdict.end] == "bavarian".capitalize()


def test_words_of_customers_that_are_turned_round_are_no_praise() -> None:
    assert said_of("The sound is clear and warm", "praise", "en") == {"clear", "warm"}
    assert said_of("not clear at all, too warm", "praise", "en") == frozenset()
    assert said_of("声音不清晰", "praise", "zh") == frozenset()
    assert said_of("声音很清晰", "praise", "zh") == {"清晰"}


def test_figures_are_put_behind_the_names_they_belong_to() -> None:
    two = ("Price and value", "Sound")
    text = with_counts("Customers like the sound and the price and value.", two, (5, 8), "en")
    assert text == "Customers like the sound (8) and the price and value (5)."
    assert with_counts("Customers like the sound.", two, (5, 8), "en") == ""
    assert with_counts("顾客称赞音质。", ("音质",), (8,), "zh") == "顾客称赞音质（8条）。"


def test_a_check_crosses_to_the_engine_and_the_weights_read_no_figure() -> None:
    assert pickle.loads(pickle.dumps(ReviewSentenceCheck(SOUND, "en"))) == ReviewSentenceCheck(SOUND, "en")
    asked = turns(SOUND, "en")[-1][1]
    assert asked == "Praised: sound\nThey call it: clear, warm"
    assert not any(letter.isdigit() for letter in asked)
