"""The engine that says what it was told to keeps the same promises as the real one."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from desktop_app.engine import Began, Broken, Ended, Engine, Refused, Request, ScriptedEngine, Written
from desktop_app.errors import UserError
from desktop_app.records import Verdict


def test_pieces_joined_are_the_text() -> None:
    engine: Engine = ScriptedEngine("竹制砧板, solid and plain. Easy to clean.")
    events = list(engine.run([Request("1")], threading.Event()))
    pieces = [event.text for event in events if isinstance(event, Written)]
    assert isinstance(events[0], Began)
    assert len(pieces) > 6
    assert isinstance(events[-1], Ended)
    assert "".join(pieces) == events[-1].text == "竹制砧板, solid and plain. Easy to clean."


class NoEasy:
    def __call__(self, sentences: tuple[str, ...]) -> Verdict:
        return Verdict(ok="Easy" not in sentences[-1], kind="claim")


def test_refused_sentences_are_left_out_and_told() -> None:
    engine = ScriptedEngine("Solid bamboo. Easy to clean. Two feet.")
    events = list(engine.run([Request("1", check=NoEasy())], threading.Event()))
    assert [event.text for event in events if isinstance(event, Refused)] == ["Easy to clean."]
    assert isinstance(events[-1], Ended)
    assert (events[-1].text, events[-1].refused) == ("Solid bamboo. Two feet.", 1)


def test_stop_keeps_the_text_so_far() -> None:
    stop = threading.Event()
    engine = ScriptedEngine("one two three four")
    told = []
    for event in engine.run([Request("1"), Request("2")], stop):
        told.append(event)
        if isinstance(event, Written) and "two" in event.text:
            stop.set()
    assert told[-1] == Ended("1", 0, "one two", "stopped", decoded_tokens=2, kept_tokens=2)


def test_an_answer_may_depend_on_the_request_or_break_it() -> None:
    engine = ScriptedEngine(lambda r: UserError("No.") if r.id == "bad" else f"Text {r.id}.")
    events = list(engine.run([Request("bad"), Request("2", candidates=2)], threading.Event()))
    assert [e.request for e in events if isinstance(e, Broken)] == ["bad"]
    assert [(e.candidate, e.text) for e in events if isinstance(e, Ended)] == [(0, "Text 2."), (1, "Text 2.")]


def test_meanings_have_unit_length_and_lie_close_where_words_are_shared() -> None:
    rows = ScriptedEngine().embed(["bamboo board", "board of bamboo", "wireless mouse", ""])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_a_text_ends_after_as_many_sentences_as_are_enough() -> None:
    engine = ScriptedEngine("Solid bamboo. Easy to clean. Two feet.")
    events = list(engine.run([Request("1", check=NoEasy(), sentences=1)], threading.Event()))
    assert isinstance(events[-1], Ended)
    assert events[-1].text == "Solid bamboo."
