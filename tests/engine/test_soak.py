"""Very many requests with everything that can come between: each ends once, nothing hangs, memory does not grow."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine import Broken, Ended, LlamaEngine, Message, Request, Sampling, Written
from desktop_app.records import Verdict
from tests.engine import tiny_weights

GROWTH = 250 << 20  # bytes over what a warm engine holds


class Short:
    """Refuses long sentences."""

    def __call__(self, sentences: tuple[str, ...]) -> Verdict:
        return Verdict(ok=len(sentences[-1]) < 60)


def some(dice: random.Random, first: int, count: int) -> Iterator[Request]:
    for n in range(first, first + count):
        rules = f"Rules number {dice.randrange(3)}. " * dice.choice([1, 10, 40])
        yield Request(
            str(n), (Message("system", rules), Message("user", f"Describe product {n}.")),
            max_tokens=dice.choice([1, 3, 8, 20]), candidates=dice.choice([1, 1, 1, 3]),
            sampling=Sampling(temperature=dice.choice([0.0, 0.8]), seed=n), check=dice.choice([None, None, Short()]),
            priority=dice.choice(["bulk", "bulk", "bulk", "interactive"]), retries=2,
        )  # fmt: skip


def one_job(engine: LlamaEngine, dice: random.Random, first: int, count: int, kills: int) -> None:
    """Run a job that may be stopped or lose its process, and hold every request to its one end."""
    stop = threading.Event()
    stop_after = dice.choice([None, None, dice.randrange(1, 40)])
    taken: dict[str, Request] = {}
    ended: Counter[tuple[str, int]] = Counter()
    texts: Counter[tuple[str, int]] = Counter()

    def noted() -> Iterator[Request]:
        for request in some(dice, first, count):
            taken[request.id] = request
            yield request

    for n, event in enumerate(engine.run(noted(), stop)):
        assert not isinstance(event, Broken), str(event.error)
        if isinstance(event, Written):
            texts[event.request, event.candidate] += len(event.text)
        elif isinstance(event, Ended):
            ended[event.request, event.candidate] += 1
            assert len(event.text) == texts[event.request, event.candidate]
        if stop_after is not None and n == stop_after:
            stop.set()
        if kills and n % 37 == 36:
            kills -= 1
            assert engine.pid is not None
            os.kill(engine.pid, signal.SIGKILL)
    assert ended == Counter({(r.id, c): 1 for r in taken.values() for c in range(r.candidates)})
    assert stop.is_set() or len(taken) == count


@pytest.mark.parametrize(
    ("jobs", "kills"),
    [(3, 1), pytest.param(40, 10, marks=[pytest.mark.long, pytest.mark.timeout(3600)])],
)
def test_each_of_very_many_requests_ends_once_and_memory_does_not_grow(
    starter: Path, tmp_path: Path, jobs: int, kills: int
) -> None:
    # A short run shows what happens to requests, which small weights show as well; memory needs the long one.
    engine = LlamaEngine(starter if jobs > 9 else tiny_weights.make(tmp_path / "small.gguf", "llama"))
    dice = random.Random(jobs)
    try:
        for job in range(jobs):
            one_job(engine, dice, 1000 * job, 10 if jobs < 9 else 50, kills=1 if job < kills else 0)
        one_job(engine, dice, 10**6, 10, kills=0)
        warm = engine.measures().memory
        for job in range(jobs):
            one_job(engine, dice, 10**7 + 1000 * job, 5 if jobs < 9 else 25, kills=0)
        assert engine.measures().memory - warm < GROWTH
    finally:
        engine.close()
