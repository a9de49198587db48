from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Progress
from desktop_app.ui.worker import Job, Worker


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def worker(qtbot: QtBot, said: list[str]) -> Iterator[Worker]:
    made = Worker("test", said.append)
    yield made
    assert made.close()


def test_events_come_to_the_windows_thread_in_order(qtbot: QtBot, worker: Worker) -> None:
    here, heard, ended = threading.get_ident(), [], []

    def work(shop: Any, stop: threading.Event) -> Iterator[int]:
        assert threading.get_ident() != here
        yield from range(50)

    def event(value: int) -> None:
        assert threading.get_ident() == here
        heard.append(value)

    worker.submit(Job(work, event=event, done=ended.append))
    qtbot.waitUntil(lambda: bool(ended))
    assert heard == list(range(50))
    assert ended == [49]


def test_a_plain_sentence_reaches_the_merchant_and_a_bug_becomes_one(
    qtbot: QtBot, worker: Worker, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def refused(shop: Any, stop: threading.Event) -> None:
        raise UserError("The file {name} is gone.", name="a.csv")

    def broken(shop: Any, stop: threading.Event) -> None:
        raise ZeroDivisionError

    worker.submit(Job(refused))
    worker.submit(Job(broken))
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[0] == "The file a.csv is gone."
    assert "not lost" in said[1]
    assert "ZeroDivisionError" in caplog.text


def test_a_cancelled_job_says_nothing_and_the_next_one_runs(qtbot: QtBot, worker: Worker, said: list[str]) -> None:
    ended: list[str] = []

    def cancelled(shop: Any, stop: threading.Event) -> None:
        raise Cancelled

    worker.submit(Job(cancelled, ended=lambda: ended.append("first")))
    worker.submit(Job(lambda shop, stop: 7, done=ended.append))
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert ended == ["first", 7]
    assert said == []


def test_of_questions_with_one_key_only_the_newest_is_answered(qtbot: QtBot, worker: Worker) -> None:
    gate, answers = threading.Event(), []
    worker.submit(Job(lambda shop, stop: gate.wait(5)))
    for number in range(5):
        worker.submit(Job(lambda shop, stop, n=number: n, done=answers.append, key="search"))
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == [4]


def test_work_is_held_at_its_next_event_and_goes_on(qtbot: QtBot, worker: Worker) -> None:
    heard: list[int] = []

    def work(shop: Any, stop: threading.Event) -> Iterator[int]:
        yield from range(6)

    job = Job(work, event=heard.append)
    job.pause()
    worker.submit(job)
    qtbot.waitUntil(lambda: heard == [0])
    assert job.paused
    job.resume()
    qtbot.waitUntil(lambda: job.finished)
    assert heard == list(range(6))


def test_stop_reaches_work_that_is_paused(qtbot: QtBot, worker: Worker) -> None:
    seen: list[bool] = []

    def work(shop: Any, stop: threading.Event) -> Iterator[int]:
        yield 1
        seen.append(stop.is_set())

    job = Job(work)
    job.pause()
    worker.submit(job)
    job.cancel()
    qtbot.waitUntil(lambda: job.finished)
    assert seen in ([], [True])  # stopped before it began, or told so at once


def test_a_flood_of_progress_does_not_flood_the_window(qtbot: QtBot, worker: Worker) -> None:
    heard: list[Any] = []

    def work(shop: Any, stop: threading.Event) -> Iterator[Progress]:
        for number in range(20_001):
            yield Progress(number, 20_000)

    job = worker.submit(Job(work, event=heard.append))
    qtbot.waitUntil(lambda: job.finished)
    assert len(heard) < 2_000
    assert heard[-1] == Progress(20_000, 20_000)


def test_a_shop_that_does_not_open_leaves_the_one_in_use(qtbot: QtBot, worker: Worker, shop_file: Path) -> None:
    steps: list[Any] = []
    worker.open(shop_file, lambda _r: steps.append("open"), steps.append)
    worker.open(shop_file.with_name("none.zhanggui"), steps.append, steps.append)
    worker.submit(Job(lambda shop, stop: shop.path, done=steps.append))
    qtbot.waitUntil(lambda: len(steps) == 3)
    assert steps[0] == "open"
    assert "none.zhanggui" in steps[1]
    assert steps[2] == shop_file


def test_what_python_throws_away_is_thrown_away_on_the_windows_thread(qtbot: QtBot) -> None:
    import gc
    import weakref

    from desktop_app.ui.collecting import Collector

    class Ring:
        def __init__(self) -> None:
            self.me = self

    where: list[threading.Thread] = []
    gc.enable()
    collector = Collector()
    try:
        ring = Ring()
        weakref.finalize(ring, lambda: where.append(threading.current_thread()))
        del ring

        def busy() -> None:
            kept = [[n] for n in range(20_000)]  # enough to set Python's own collector going
            del kept

        worker = threading.Thread(target=busy)
        worker.start()
        worker.join()
        assert not where
        gc.collect()
        assert where == [threading.main_thread()]
    finally:
        collector.stop()
        was_on = gc.isenabled()
        gc.disable()  # as it is between all tests with windows
    assert was_on


def test_what_an_answer_was_for_is_let_go_on_the_windows_thread(qtbot: QtBot, worker: Worker) -> None:
    import weakref

    class Held:
        pass

    where: list[threading.Thread] = []

    def ask() -> Job:
        held = Held()
        weakref.finalize(held, lambda: where.append(threading.current_thread()))

        def events(shop: Any, stop: Any) -> Any:
            yield held is None

        return worker.submit(Job(events, done=lambda _r: held))

    for _turn in range(10):
        done = ask()
        qtbot.waitUntil(lambda job=done: job.finished)  # type: ignore[misc]
        del done
        for _more in range(2):
            after = worker.submit(Job(lambda shop, stop: None))
            qtbot.waitUntil(lambda job=after: job.finished)  # type: ignore[misc]
    assert len(where) == 10
    assert set(where) == {threading.main_thread()}
