"""A graphics driver that ends the engine's process is stepped down from, layer by layer, and the text comes all the same."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop_app.engine import Ended, LlamaEngine, Request, Sampling, llama_engine
from desktop_app.engine.link import Link

ASKED = Request("a", prompt="The oak tray", max_tokens=6, sampling=Sampling(0))


class Fragile(Link):
    """The real process; with more than ten layers on a card it dies at once, as a bad driver lets it."""

    tried: list[tuple[int, ...]] = []

    def __init__(self, config: object) -> None:
        super().__init__(config)  # type: ignore[arg-type]
        layers: tuple[int, ...] = config.layers  # type: ignore[attr-defined]
        Fragile.tried.append(layers)
        if layers[0] > 10:
            os.kill(self.pid, 11)


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> type[Fragile]:
    Fragile.tried = []
    monkeypatch.setattr(llama_engine, "Link", Fragile)
    return Fragile


def test_the_number_of_layers_goes_down_until_the_process_lives(starter: Path, fragile: type[Fragile]) -> None:
    told: list[tuple[int, ...]] = []
    engine = LlamaEngine(starter, layers=(31, 15, 8, 0), stepped=told.append)
    try:
        seen = list(engine.run([ASKED], threading.Event()))
    finally:
        engine.close()
    assert [e.reason for e in seen if isinstance(e, Ended)] == ["length"], (fragile.tried, seen)
    assert fragile.tried[0] == (31, 15, 8, 0)
    assert fragile.tried[-1][0] == 8
    assert told == [(15, 8, 0), (8, 0)]


def test_without_layers_on_a_card_the_same_numbers_are_tried_again(starter: Path, fragile: type[Fragile]) -> None:
    engine = LlamaEngine(starter)
    try:
        first = [e for e in engine.run([ASKED], threading.Event()) if isinstance(e, Ended)]
        os.kill(engine.pid or 0, 11)
        second = [e for e in engine.run([ASKED], threading.Event()) if isinstance(e, Ended)]
    finally:
        engine.close()
    assert first[0].text == second[0].text
    assert set(fragile.tried) == {(0,)}
