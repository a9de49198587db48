"""How much this machine writes is measured with real weights, in a shop that is thrown away."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.engine import LlamaEngine
from desktop_app.records import Loading
from desktop_app.tasks import bench


@pytest.mark.parametrize("checked", [True, False])
def test_a_few_products_are_written_and_the_speeds_told(
    starter: Path, monkeypatch: pytest.MonkeyPatch, checked: bool
) -> None:
    monkeypatch.setattr(bench, "PRODUCTS", 2)
    monkeypatch.setattr(bench, "ALONE", 8)
    engine = LlamaEngine(starter, parallel=8)
    try:
        *said, speed = bench.bench(engine, threading.Event(), checked=checked)
    finally:
        engine.close()
    assert all(isinstance(event, Loading) for event in said)
    assert isinstance(speed, bench.Speed)
    assert speed.products == 2
    assert speed.parallel == 8
    assert min(speed.prompt_tps, speed.output_tps, speed.items_per_minute) > 0
    assert 0 < speed.decode_share <= 1


def test_a_stop_ends_the_measurement_before_any_product(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "ALONE", 4)
    engine, stop = LlamaEngine(starter), threading.Event()
    try:
        events = bench.bench(engine, stop, checked=False)
        for event in events:
            if isinstance(event, Loading) and "Many" in event.what:
                stop.set()
            elif isinstance(event, bench.Speed):
                assert event.products == 0
    finally:
        engine.close()
    assert stop.is_set()
