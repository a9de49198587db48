"""How many layers go on a card follows from the file; what was measured is remembered for these weights on this machine."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop_app.engine import LlamaEngine, Request, Sampling, devices
from desktop_app.engine.devices import Device, Devices
from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Loading
from desktop_app.settings import Settings
from desktop_app.tasks import calibrate, engines, machine, offload, tuned
from desktop_app.weights import Layout, layout
from tests.engine import tiny_weights

GIB = 1 << 30


def large() -> Layout:
    """A model of 4 GiB: 32 blocks of 120 MiB, half a GiB of words."""
    return Layout((120 << 20,) * 32, 512 << 20, 4096, 150_000)


def card(free: float) -> Device:
    return Device("A card", "card", int(12 * GIB), int(free * GIB))


def test_the_bytes_of_a_file_are_told_block_by_block(starter: Path) -> None:
    found = layout(starter)
    assert len(found.blocks) == 30
    assert len(set(found.blocks)) == 1
    assert found.vocabulary == 49_152
    assert found.cell == 3 * 64 * 2 * 2  # three heads of 64, keys and values, two bytes each
    assert sum(found.blocks) + found.output < starter.stat().st_size < sum(found.blocks) + found.output + (4 << 20)


def test_all_layers_go_on_a_card_with_room_and_fewer_on_a_smaller_one() -> None:
    assert offload.fitting(large(), 12 * GIB) == 33
    some = offload.fitting(large(), 3 * GIB)
    assert 0 < some < 33
    assert offload.needed(large(), some) < 3 * GIB < offload.needed(large(), some + 3)


def test_a_card_with_room_for_a_few_layers_is_left_alone() -> None:
    assert offload.fitting(large(), GIB) == 0
    assert offload.ladder(large(), [card(1)]) == (0,)


def test_the_steps_go_down_to_the_processor_and_never_to_one_layer() -> None:
    assert offload.ladder(large(), [card(12)]) == (33, 24, 16, 0)
    assert offload.ladder(large(), []) == (0,)
    few = offload.ladder(large(), [card(2.2)])
    assert all(n == 0 or n * 4 >= 33 for n in few)


def test_what_was_measured_is_known_again_until_the_file_is_another(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(b"x" * 100)
    found = tuned.Tuned(2, 24, 20, 31, 900, 300, "A card")
    assert tuned.known(path) is None
    tuned.remember(path, found)
    assert tuned.known(path) == found
    assert found.steps == (20, 15, 10, 0)
    os.utime(path, (1, 1))
    assert tuned.known(path) is None


def test_a_card_that_failed_is_remembered_with_fewer_layers_or_none(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(b"x" * 100)
    tuned.remember(path, tuned.Tuned(2, 24, 20, 31, 900, 300, "A card"))
    tuned.lower(path, (15, 10, 0))
    fewer = tuned.known(path)
    assert fewer is not None
    assert (fewer.layers, fewer.card) == (15, "A card")
    tuned.lower(path, (0,))
    none = tuned.known(path)
    assert none is not None
    assert (none.layers, none.tokens_a_minute, none.steps) == (0, 300, (0,))


def test_a_damaged_memory_means_measuring_again(tmp_path: Path) -> None:
    from desktop_app import paths

    path = tmp_path / "a.gguf"
    path.write_bytes(b"x")
    tuned.remember(path, tuned.Tuned(2, 24))
    (paths.config() / tuned.NAME).write_text("{half", "utf-8")
    assert tuned.known(path) is None


def test_the_smallest_number_that_is_nearly_best_is_taken() -> None:
    assert calibrate.thriftiest({8: 100.0, 16: 150.0, 24: 198.0, 32: 200.0}) == 24
    assert calibrate.thriftiest({8: 0.0, 32: 0.0}) == 8


def test_measuring_weights_ends_in_numbers_the_engine_then_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrate, "WIDTHS", (8, 16))
    monkeypatch.setattr(calibrate, "ROUNDS", 1)
    small = tiny_weights.make(tmp_path / "small.gguf", "llama")
    *said, found = calibrate.calibrate(small, threading.Event(), seconds=0.1)
    assert said
    assert all(isinstance(event, Loading) for event in said)
    assert isinstance(found, tuned.Tuned)
    assert found.parallel in calibrate.WIDTHS
    assert found.tokens_a_minute > 0
    engine = engines.engine_for(Settings(weights=str(small)))
    assert isinstance(engine, LlamaEngine)
    try:
        assert engine.measures().parallel == found.parallel
    finally:
        engine.close()


def test_a_card_counts_by_its_better_try_at_the_width_and_the_layers_that_held(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No card is at hand here: what one would measure is given, slow at first, failing at one width."""
    tries: list[tuple[int, tuple[int, ...]]] = []

    def rate(
        _path: Path, _stop: object, _seconds: float, *, parallel: int, threads: int, layers: tuple[int, ...] = (0,)
    ) -> tuple[float, int, int]:
        tries.append((parallel, layers))
        if layers == (0,):
            return 100.0, 0, 31
        if parallel == 48:
            raise UserError("There is not enough memory.")
        seen = sum(width == parallel for width, steps in tries if steps != (0,))
        held = 31 if len([1 for _w, steps in tries if steps != (0,)]) == 1 else 23
        return (50.0 if seen == 1 else 400.0 + parallel), held, 31

    monkeypatch.setattr(calibrate, "rate", rate)
    monkeypatch.setattr(calibrate, "steps_for", lambda _path: (31, 23, 15, 0))
    *_said, found = calibrate.calibrate(starter, threading.Event())
    assert (found.layers, found.parallel, found.tokens_a_minute, found.alone) == (23, 24, 60 * 424, 6000)
    with_card = [steps for _width, steps in tries if steps != (0,)]
    assert with_card[0] == (31, 23, 15, 0)
    assert with_card[-1] == (23, 15, 0)


def test_measuring_can_be_stopped_and_then_nothing_is_remembered(starter: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        list(calibrate.calibrate(starter, stop))
    assert tuned.known(starter) is None


def test_a_driver_that_ends_the_process_is_not_loaded_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def bad() -> Devices:
        looked.append(1)
        return Devices(failed=True)

    monkeypatch.setattr(devices, "look", bad)
    assert machine.devices().failed
    assert machine.devices().failed
    assert len(looked) == 1
    monkeypatch.setattr(devices, "look", Devices)
    assert not machine.devices(again=True).failed
    assert not machine.devices().failed


def test_a_driver_that_is_only_slow_is_looked_at_again_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "SECONDS", 0.0)  # no process answers in no time
    seen = machine.devices()
    assert seen.failed
    assert seen.late
    monkeypatch.undo()
    assert not machine.devices().failed


def test_without_a_card_nobody_waits_for_a_measurement(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "devices", Devices)
    monkeypatch.setattr(calibrate, "_without_card", set())
    assert list(calibrate.once(Settings(), threading.Event())) == []


def test_layers_asked_for_where_no_card_is_are_written_by_the_processor_and_said(starter: Path) -> None:
    """This build has no backend for cards: all is well, and the number told is what is true."""
    engine = LlamaEngine(starter, layers=(31, 15, 0))
    try:
        ended = list(
            engine.run([Request("a", prompt="The oak", max_tokens=4, sampling=Sampling(0))], threading.Event())
        )
        told = engine.measures()
    finally:
        engine.close()
    assert ended
    assert told.of == 31
    if not machine.devices().able:
        assert told.layers == 0
