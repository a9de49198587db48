"""How much this machine writes is measured with real weights, in a shop that is thrown away."""

from __future__ import annotations

import threading

import pytest

from desktop_app.engine import LlamaEngine
from desktop_app.records import Loading
from desktop_app.tasks import bench


@pytest.mark.parametrize("checked", [True, False])
def test_a_few_products_are_written_and_the_speeds_told(
    engine: LlamaEngine, monkeypatch: pytest.MonkeyPatch, checked: bool
) -> None:
    monkeypatch.setattr(
        bench, "PRODUCTS", count := 1 if checked else 2
    )  # sentence by sentence takes five times as long
    monkeypatch.setattr(bench, "ALONE", 8)
    monkeypatch.setattr(bench, "WHOLE", 20)
    *said, speed = bench.bench(engine, threading.Event(), checked=checked)
    assert all(isinstance(event, Loading) for event in said)
    assert isinstance(speed, bench.Speed)
    assert speed.products == count
    assert speed.parallel == engine.measures().parallel
    assert min(speed.prompt_tps, speed.output_tps, speed.items_per_minute) > 0
    assert 0 < speed.decode_share <= 1


def test_a_stop_ends_the_measurement_before_any_product(engine: LlamaEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "ALONE", 4)
    stop = threading.Event()
    for event in bench.bench(engine, stop, checked=False):
        if isinstance(event, Loading) and "Many" in event.what:
            stop.set()
        elif isinstance(event, bench.Speed):
            assert event.products == 0
    assert stop.is_set()
