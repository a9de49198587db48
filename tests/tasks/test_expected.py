"""A merchant is told how long texts would take here, from what was measured here and from nothing else."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app import weights
from desktop_app.engine.devices import Device
from desktop_app.records import Weights
from desktop_app.settings import Settings
from desktop_app.tasks import calibrate, expected, tuned, weights_on_hand
from desktop_app.tasks.tuned import Tuned
from tests.engine import tiny_weights

LARGE = Weights(name="Qwen3-30B-A3B", path="", size=18_600_000_000, parameters=30_500_000_000)
MIDDLE = Weights(name="Some-4B", path="", size=2_500_000_000, parameters=4_000_000_000)


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    """Weights of half a billion parameters that write 6,000 tokens a minute here."""
    path = tmp_path / "half.gguf"
    path.write_bytes(b"x")
    tuned.remember(path, Tuned(2, 24, tokens_a_minute=6_000, active=500_000_000))
    return path


def test_what_was_measured_with_these_weights_is_said(measured: Path) -> None:
    pace = expected.pace(Weights(name="half", path=str(measured), size=1, parameters=500_000_000))
    assert pace == expected.Pace(100 * expected.TOKENS / 100, measured=True)


def test_larger_weights_are_reckoned_from_those_that_were_measured(measured: Path) -> None:
    pace = expected.pace(MIDDLE)
    assert pace == expected.Pace(8 * 100 * expected.TOKENS / 100, measured=False)


def test_of_a_mixture_only_the_experts_that_work_count(measured: Path) -> None:
    assert weights.active(LARGE) == 3_000_000_000
    pace = expected.pace(LARGE)
    assert pace is not None
    assert pace.seconds == pytest.approx(6 * 100 * expected.TOKENS / 100)


def test_where_nothing_was_measured_nothing_is_said() -> None:
    assert expected.pace(MIDDLE) is None


def test_the_cards_speed_is_reckoned_with_only_for_what_fits_there_whole(tmp_path: Path) -> None:
    path = tmp_path / "half.gguf"
    path.write_bytes(b"x")
    tuned.remember(path, Tuned(2, 24, 25, 25, tokens_a_minute=60_000, alone=6_000, card="A", active=500_000_000))
    whole, part = expected.pace(MIDDLE, 1.0), expected.pace(MIDDLE, 0.5)
    assert whole is not None
    assert part is not None
    assert part.seconds == pytest.approx(10 * whole.seconds)


def test_how_much_fits_on_a_card_is_read_from_the_file_itself(starter: Path) -> None:
    found = weights.read_header(starter)
    room = Device("A", "card", 8 << 30, 8 << 30)
    assert expected.share_on_cards(found, [room]) == 1.0
    assert expected.share_on_cards(found, [replace(room, free=10 << 20)]) == 0.0
    assert expected.share_on_cards(found, []) == 0.0
    assert expected.share_on_cards(LARGE, [room]) == 0.0


def test_the_outlook_says_how_fast_and_where(starter: Path, measured: Path) -> None:
    found = weights.read_header(starter)
    seen = weights_on_hand.outlook(found, weights_on_hand.memory(), [Device("A", "card", 8 << 30, 8 << 30)])
    assert seen.on_cards == 1.0
    assert seen.pace is not None
    assert not seen.pace.measured


def test_before_many_texts_this_machine_is_measured_once_before_a_few_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = tiny_weights.make(tmp_path / "small.gguf", "llama")
    monkeypatch.setattr(calibrate, "WIDTHS", (8,))
    monkeypatch.setattr(calibrate, "ROUNDS", 1)
    monkeypatch.setattr(calibrate, "SECONDS", 0.1)
    monkeypatch.setattr(calibrate, "steps_for", lambda _path: (0,))
    settings = Settings(weights=str(small))
    assert list(calibrate.once(settings, threading.Event(), 5)) == []
    *_said, found = calibrate.once(settings, threading.Event(), calibrate.MANY)
    assert isinstance(found, Tuned)
    assert found.active == weights.read_header(small).parameters > 100_000
    assert list(calibrate.once(settings, threading.Event(), calibrate.MANY)) == []
