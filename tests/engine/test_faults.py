"""Whatever happens to the engine's process: each text ends once, in words a merchant understands, and work goes on."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop_app.engine import Broken, LlamaEngine, Request, Written, link
from desktop_app.engine.child import Pulse
from desktop_app.engine.scheduler import Scheduler, Shape
from desktop_app.engine.writing import Prompt
from desktop_app.records import Verdict
from tests.engine.conftest import ask, endings, only, written
from tests.engine.fake_decoder import FIRST, FakeDecoder
from tests.engine.test_llama_engine import pid_of

linux = pytest.mark.skipif(not hasattr(psutil.Process, "rlimit"), reason="only Linux can limit another process")


@contextlib.contextmanager
def impatient(starter: Path, patience: int = 6) -> Iterator[LlamaEngine]:
    engine = LlamaEngine(starter, patience=patience)
    yield engine
    engine.close()


class Endless:
    """A check that never answers the first time and cannot be interrupted, as native code cannot."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __call__(self, sentences: tuple[str, ...]) -> Verdict:
        if not self.mark.exists():
            self.mark.touch()
            if hasattr(signal, "pthread_sigmask"):
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
            threading.Event().wait()
        return Verdict(ok=True)


def test_a_process_that_freezes_is_replaced_and_each_text_ends_once(starter: Path) -> None:
    with impatient(starter) as engine:
        frozen = None
        events = []
        for event in engine.run([ask(str(n), seed=n) for n in range(4)], threading.Event()):
            events.append(event)
            if frozen is None and isinstance(event, Written):
                frozen = pid_of(engine)
                os.kill(frozen, signal.SIGSTOP)
        assert sorted(ended.request for ended in endings(events)) == ["0", "1", "2", "3"]
        assert pid_of(engine) != frozen


def test_work_that_stands_still_while_the_process_lives_is_noticed(starter: Path, tmp_path: Path) -> None:
    with impatient(starter) as engine:
        request = ask(check=Endless(tmp_path / "hung"), max_tokens=60, text="Tell me three facts about bamboo.")
        first = None
        events = []
        for event in engine.run([request], threading.Event()):
            first = first or pid_of(engine)
            events.append(event)
        assert only(events).text
        assert (tmp_path / "hung").exists()
        assert pid_of(engine) != first


def test_a_process_that_was_paused_for_a_moment_goes_on(engine: LlamaEngine) -> None:
    before, events = None, []
    for event in engine.run([ask(str(n), seed=n) for n in range(4)], threading.Event()):
        events.append(event)
        if before is None:
            before = pid_of(engine)
            os.kill(before, signal.SIGSTOP)
            os.kill(before, signal.SIGCONT)
    assert len(endings(events)) == 4
    assert pid_of(engine) == before


def test_a_machine_that_slept_did_not_hang() -> None:
    pulse = Pulse(3)
    # Beats are counted, and a sleeping machine makes none: however long it was, one beat is one beat.
    assert not any(pulse.stopped(1, working=True, loading=False) for _ in range(3))
    assert pulse.stopped(1, working=True, loading=False)


def test_slow_work_idleness_and_loading_are_no_standstill() -> None:
    pulse = Pulse(3)
    assert not any(pulse.stopped(n // 3, working=True, loading=False) for n in range(60))
    assert not any(pulse.stopped(0, working=False, loading=False) for n in range(60))
    assert not any(pulse.stopped(0, working=True, loading=True) for n in range(29))


def test_a_clock_that_jumps_slows_reading_down_for_a_moment_only() -> None:
    clock = iter(_jumping())
    decoder = FakeDecoder(cells=4000, batch=512)
    scheduler = Scheduler(decoder, Shape(bulk=4, interactive=2, kept=6), now=lambda: next(clock))
    steps = 0
    for n in range(30):
        scheduler.submit(1, Request(str(n), max_tokens=1), {0: (Prompt([FIRST + n % 50] * 400), "")})
        while scheduler.busy:
            scheduler.step()
            steps += 1
    assert scheduler._chunk() > 64
    assert steps < 30 * 400 // 16


def _jumping() -> Iterator[float]:
    """A clock that goes a hundredth of a second at each look, and once eight hours forward and once back."""
    dice, at = random.Random(1), 0.0
    while True:
        at += dice.choice([0.01] * 40 + [28_800.0, -28_800.0])
        yield at


@linux
def test_too_little_memory_is_a_plain_sentence_and_once_there_is_some_the_next_text_is_written(starter: Path) -> None:
    with impatient(starter, patience=60) as engine:
        engine.measures()  # starts the process, loads nothing
        process = psutil.Process(pid_of(engine))
        process.rlimit(psutil.RLIMIT_AS, (process.memory_info().vms + (40 << 20), -1))
        (broken,) = written(engine, [ask()])
        assert isinstance(broken, Broken)
        assert "memory" in str(broken.error)
        process.rlimit(psutil.RLIMIT_AS, (-1, -1))
        assert only(written(engine, [ask()])).kept_tokens == 24


@linux
def test_memory_that_runs_out_while_texts_are_written_ends_in_words(starter: Path) -> None:
    with impatient(starter, patience=60) as engine:
        engine.count_tokens("x")  # the weights are there, the memory for texts is not yet
        process = psutil.Process(pid_of(engine))
        process.rlimit(psutil.RLIMIT_AS, (process.memory_info().vms + (8 << 20), -1))
        events = written(engine, [ask(str(n)) for n in range(3)])
        assert {event.request for event in events if isinstance(event, Broken)} | {
            ended.request for ended in endings(events)
        } == {"0", "1", "2"}
    with impatient(starter, patience=60) as engine:
        assert only(written(engine, [ask()])).kept_tokens == 24


def test_who_is_ended_for_want_of_memory_was_not_killed_by_somebody(
    engine: LlamaEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "vmstat"
    told.write_text("nr_free_pages 1\noom_kill 3\n")
    monkeypatch.setattr(link, "VMSTAT", told)
    lives = []
    for kills in (3, 4):
        fresh = LlamaEngine(None)
        fresh.measures()
        assert fresh._link is not None
        lives.append(fresh._link)
        told.write_text(f"oom_kill {kills}\n")
        os.kill(lives[-1].pid, signal.SIGKILL)
        lives[-1]._process.join()
    assert [life.killed for life in lives] == [False, False]
    told.write_text("oom_kill 3\n")
    assert lives[0].killed
    for life in lives:
        life.close()


def test_a_machine_that_does_not_say_counts_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "VMSTAT", tmp_path / "nothing")
    assert link.ended_for_memory() == 0


def test_two_windows_write_side_by_side(engine: LlamaEngine, starter: Path) -> None:
    with impatient(starter, patience=60) as other:
        texts: dict[str, list[str]] = {}

        def work(name: str, one: LlamaEngine) -> None:
            texts[name] = [ended.text for ended in endings(written(one, [ask(str(n), seed=n) for n in range(3)]))]

        both = [threading.Thread(target=work, args=pair) for pair in (("a", engine), ("b", other))]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
    assert [len(found) for found in texts.values()] == [3, 3]
    assert all(text for found in texts.values() for text in found)
