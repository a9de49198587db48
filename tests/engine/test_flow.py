"""What of the weights' bytes a person sees, and where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.flow import Flow, sentence_end
from desktop_app.engine.writing import split_sentences


def shown(*pieces: bytes | str, stops: tuple[str, ...] = (), trim: bool = True) -> str:
    flow = Flow(stops, trim=trim)
    for piece in pieces:
        flow.feed(piece if isinstance(piece, bytes) else piece.encode())
    flow.close()
    return flow.text


@given(st.text(alphabet="竹制 <thinkab/>。é😀", max_size=30), st.lists(st.integers(1, 5), min_size=30, max_size=30))
def test_however_the_bytes_are_cut_the_text_is_the_same(text: str, cuts: list[int]) -> None:
    raw, pieces = text.encode(), []
    for cut in cuts * 5:
        pieces.append(raw[:cut])
        raw = raw[cut:]
    assert shown(*pieces, stops=("ba",), trim=False) == shown(text, stops=("ba",), trim=False)


def test_half_a_character_waits_for_its_other_half() -> None:
    flow = Flow()
    flow.feed("竹".encode()[:2])
    assert flow.text == ""
    flow.feed("竹".encode()[2:])
    assert flow.text == "竹"


def test_bytes_that_are_no_character_vanish() -> None:
    assert shown("soft ", b"\xff\xfe", "board") == "soft board"


def test_thinking_aloud_is_never_shown() -> None:
    assert shown("<th", "ink>they want", " bamboo</thi", "nk>\n\nBamboo.") == "Bamboo."
    assert shown("<think>it never ends") == ""
    assert shown("3 < 5 <t", "d> 4") == "3 < 5 <td> 4"


def test_a_text_that_ends_within_the_mark_of_thinking_shows_none_of_it() -> None:
    assert shown("The board.", "<th", "ink") == "The board."
    assert shown("Sizes below 5 are <") == "Sizes below 5 are <"


def test_a_stop_text_cut_over_several_tokens_ends_the_text() -> None:
    flow = Flow(("\n\n", "END"))
    for piece in ("one\n", "two E", "N"):
        flow.feed(piece.encode())
    assert flow.text == "one\ntwo "
    flow.feed(b"D and more")
    assert (flow.text, flow.stopped) == ("one\ntwo ", True)


def test_blanks_before_the_first_word_are_dropped_unless_they_belong() -> None:
    assert shown("  \n Bamboo") == "Bamboo"
    assert shown(" Bamboo", trim=False) == " Bamboo"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is 3.5 cm wide. It is red!", ["It is 3.5 cm wide.", "It is red!"]),
        ("竹制砧板。38 x 25 厘米！“结实。”好", ["竹制砧板。", "38 x 25 厘米！", "“结实。”", "好"]),
        ("Approx. 3 kg, e.g. two boards. Yes", ["Approx. 3 kg, e.g. two boards.", "Yes"]),
        ("1. Bamboo\n2. Steel\n", ["1. Bamboo", "2. Steel"]),
        ('He said "no." Then left...\n\nEnd', ['He said "no."', "Then left...", "End"]),
        ("...\n***\n", []),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_sentence_that_may_go_on_has_no_end_yet() -> None:
    assert sentence_end("It is 3.", 0) is None
    assert sentence_end("It is soft", 0) is None
    assert sentence_end("It is soft. ", 0) == 11
