"""What becomes of a sentence when the check over it raises, never ends, or only has to wait."""

from __future__ import annotations

import threading

import pytest

from desktop_app.engine import writing
from desktop_app.records import Verdict


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHECK_SECONDS", 0.05)


def spins(sentences: tuple[str, ...]) -> Verdict:
    while True:
        pass


def waits(sentences: tuple[str, ...]) -> Verdict:
    threading.Event().wait(0.2)
    return Verdict(ok=True)


def raises(sentences: tuple[str, ...]) -> Verdict:
    raise ValueError("torn")


def test_a_check_that_never_ends_is_a_refusal() -> None:
    verdict = writing.judged(spins, ("One.",))
    assert (verdict.ok, verdict.kind, verdict.why) == (False, "check", "the check took too long")


def test_a_check_that_waits_for_a_busy_machine_keeps_its_verdict() -> None:
    assert writing.judged(waits, ("One.",)).ok


def test_a_check_that_waits_for_ever_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHECK_PATIENCE", 0.1)
    assert writing.judged(waits, ("One.",)).why == "the check took too long"


def test_a_check_that_raises_is_a_refusal_that_says_why() -> None:
    assert "torn" in writing.judged(raises, ("One.",)).why
