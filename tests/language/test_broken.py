"""A text that loops or stops in the middle is told, and one that does not is left alone."""

from __future__ import annotations

import pytest

from desktop_app.language import check

from .products import BOARD, BOARD_ZH


def kinds(text: str, language: str = "en") -> set[str]:
    return {f.kind for f in check.check(text, BOARD if language == "en" else BOARD_ZH, language=language).findings}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The board the board the board has a juice groove.", "en"),
        ("A bamboo board, bamboo board, bamboo board.", "en"),
        ("带汁槽带汁槽带汁槽。", "zh"),
        ("这块砧板用竹子做，这块砧板用竹子做。", "zh"),
    ],
)
def test_words_going_round_are_a_loop(text: str, language: str) -> None:
    assert "repetition" in kinds(text, language)


@pytest.mark.parametrize(("text", "language"), [("It is very, very simple.", "en"), ("慢慢切，慢慢洗。", "zh")])
def test_saying_a_word_twice_is_none(text: str, language: str) -> None:
    assert "repetition" not in kinds(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It has a juice groove. Wash it by hand and", "en"),
        ("It has a juice groove. It measures 38 ×", "en"),
        ("A bamboo board (38 × 25 cm.", "en"),
        ("带有汁槽。洗完以后，", "zh"),
        ("带有汁槽。用竹子做的", "zh"),
    ],
)
def test_a_sentence_that_stops_in_the_middle_is_cut_off(text: str, language: str) -> None:
    assert "cut_off" in kinds(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bamboo cutting board", "en"),
        ("It has a juice groove. Wash it by hand.", "en"),
        ("竹砧板", "zh"),
        ("- Juice groove\n- Non-slip feet", "en"),
    ],
)
def test_a_title_a_list_and_a_whole_text_are_not(text: str, language: str) -> None:
    assert "cut_off" not in kinds(text, language)
