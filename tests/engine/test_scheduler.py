"""Whatever comes between, each text ends once and is the text it would have been alone."""

from __future__ import annotations

import contextlib
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine import Began, Broken, Ended, Refused, Request, Sampling, Written
from desktop_app.engine.choosing import choose
from desktop_app.engine.scheduler import BULK_TURN, Happened, Scheduler, Shape
from desktop_app.engine.writing import Prompt
from desktop_app.errors import UserError
from desktop_app.records import Verdict
from tests.engine.fake_decoder import FIRST, FakeDecoder

SHAPE = Shape(bulk=4, interactive=2, kept=6)


class NoBad:
    """Refuses sentences with a bad word, and now and then one for its length."""

    def __call__(self, sentences: tuple[str, ...]) -> Verdict:
        return Verdict(ok="bad" not in sentences[-1] and len(sentences[-1]) % 7 != 3)


def new(**more: object) -> Scheduler:
    return Scheduler(FakeDecoder(**more), SHAPE, now=lambda: 0.0)  # type: ignore[arg-type]


def put(scheduler: Scheduler, request: Request, prompt: list[int], job: int = 1) -> None:
    scheduler.submit(job, request, {c: (Prompt(prompt), "") for c in range(request.candidates)})


def finish(scheduler: Scheduler) -> list[Happened]:
    events: list[Happened] = []
    for _ in range(200_000):
        if not scheduler.busy:
            return events
        events += scheduler.step()
    raise AssertionError("it never came to an end")


def alone(request: Request, prompt: list[int], **more: object) -> dict[int, Ended]:
    """Return how a request ends when it has a decoder to itself."""
    scheduler = new(**{"cells": 4000, "sequences": 40, **more})
    put(scheduler, request, prompt)
    return {event.candidate: event for _, event in finish(scheduler) if isinstance(event, Ended)}


def at_rest(scheduler: Scheduler) -> None:
    """Hold the books against the decoder when nothing is under way."""
    decoder = scheduler.decoder
    assert isinstance(decoder, FakeDecoder)
    assert not scheduler.active
    assert not scheduler.waiting
    assert not scheduler._leaders
    assert not scheduler._begun
    assert sorted([*scheduler._free, *scheduler.kept]) == list(range(decoder.sequences))
    assert scheduler.memory.used == decoder.used
    assert scheduler.memory.held == [[token for token, _ in row] for row in decoder.rows]
    assert len(scheduler.kept) <= SHAPE.kept


prompts = st.builds(
    lambda shared, own: [FIRST + i for i in range(shared)] + [FIRST + 60 + o for o in own],
    st.sampled_from([0, 5, 20, 50]),
    st.lists(st.integers(0, 3), min_size=1, max_size=30),
)
requests = st.builds(
    Request,
    id=st.just(""),
    sampling=st.builds(Sampling, seed=st.integers(0, 3)),
    max_tokens=st.integers(1, 40),
    stops=st.sampled_from([(), ("soft",), ("。", "bamboo board")]),
    candidates=st.integers(1, 3),
    check=st.sampled_from([None, NoBad()]),
    retries=st.integers(0, 3),
    on_refusal=st.sampled_from(["leave_out", "end"]),
    priority=st.sampled_from(["bulk", "bulk", "interactive"]),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(requests, prompts, st.integers(1, 3)), min_size=1, max_size=12),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_any_order_of_events_ends_each_text_once_and_as_if_it_were_alone(
    wanted: list[tuple[Request, list[int], int]], chance: int, rollback: bool
) -> None:
    dice = random.Random(chance)
    scheduler = new(seed=chance, rollback=rollback)
    cancelled = dice.choice([0, 0, 1, 2, 3])
    waiting = [
        (Request(**{**{f: getattr(r, f) for f in r.__dataclass_fields__}, "id": str(i)}), prompt, job)
        for i, (r, prompt, job) in enumerate(wanted)
    ]
    known = {(job, request.id): (request, prompt) for request, prompt, job in waiting}
    events: list[Happened] = []
    while waiting or scheduler.busy:
        if waiting and dice.random() < 0.4:
            request, prompt, job = waiting.pop()
            put(scheduler, request, prompt, job)
        if cancelled and dice.random() < 0.02:
            events += scheduler.cancel(cancelled)
            waiting = [w for w in waiting if w[2] != cancelled]
        if dice.random() < 0.1:
            with contextlib.suppress(UserError):  # when the decoder says that it has no room although it is empty
                chances = choose(scheduler, [FIRST + i for i in range(dice.randrange(1, 40))], [[1], [2, 3], [4, 5, 6]])
                assert sum(chances) == pytest.approx(1)
        events += scheduler.step()
        assert scheduler.memory.used == scheduler.decoder.used  # type: ignore[attr-defined]
    at_rest(scheduler)
    told = Counter((job, event.request, event.candidate) for job, event in events if isinstance(event, Ended))
    assert set(told.values()) <= {1}
    pieces: Counter[tuple[int, str, int]] = Counter()
    texts: dict[tuple[int, str, int], str] = {}
    for job, event in events:
        if isinstance(event, Written):
            key = (job, event.request, event.candidate)
            texts[key] = texts.get(key, "") + event.text
        elif isinstance(event, Refused):
            pieces[job, event.request, event.candidate] += 1
        elif isinstance(event, Ended):
            key = (job, event.request, event.candidate)
            assert event.text == texts.get(key, "")
            assert event.refused == pieces[key]
            request, prompt = known[job, event.request]
            if event.reason != "stopped":
                expected = alone(request, prompt, rollback=rollback)[event.candidate]
                assert (event.text, event.reason, event.likelihood) == (
                    expected.text, expected.reason, pytest.approx(expected.likelihood)
                )  # fmt: skip
            if request.check is not None:
                assert "bad" not in event.text
    broken = {(job, event.request) for job, event in events if isinstance(event, Broken)}
    for (job, name), (request, _) in known.items():
        if job != cancelled and (job, name) not in broken:
            assert sum(told[job, name, c] for c in range(request.candidates)) == request.candidates


def test_a_shared_beginning_is_read_once() -> None:
    shared = [FIRST + i % 50 for i in range(100)]
    scheduler = new(cells=2000)
    for n in range(4):
        put(scheduler, Request(str(n), max_tokens=1), [*shared, 7 + n, 8])
    finish(scheduler)
    assert scheduler.decoder.read <= 100 + 4 * 2 + 4  # type: ignore[attr-defined]


def test_a_prompt_that_comes_again_is_hardly_read_at_all() -> None:
    prompt = [FIRST + i for i in range(100)]
    scheduler = new(cells=2000)
    for n in range(3):
        put(scheduler, Request(str(n), max_tokens=1), prompt)
        finish(scheduler)
    assert scheduler.decoder.read == 102  # type: ignore[attr-defined]


def test_several_beginnings_are_kept_and_the_one_of_no_use_goes_first() -> None:
    scheduler = new(cells=5000, sequences=SHAPE.sequences)
    first, second = ([FIRST + n] * 40 for n in range(2))
    for n, start in enumerate((first, first, second, second)):
        put(scheduler, Request(f"s{n}", max_tokens=1), [*start, n + 1])
        finish(scheduler)
    for n in range(3 * SHAPE.kept):  # prompts that share nothing
        put(scheduler, Request(f"o{n}", max_tokens=1), [FIRST + 10 + n] * 40)
        finish(scheduler)
    before = scheduler.decoder.read  # type: ignore[attr-defined]
    for n, start in enumerate((first, second)):
        put(scheduler, Request(f"t{n}", max_tokens=1), [*start, n + 7])
        finish(scheduler)
    assert scheduler.decoder.read - before <= 2  # type: ignore[attr-defined]


def test_a_new_prompt_is_kept_even_when_all_others_were_of_use() -> None:
    scheduler = new(cells=5000, sequences=SHAPE.sequences)
    for n in range(SHAPE.kept):
        for again in range(2):
            put(scheduler, Request(f"{n} {again}", max_tokens=1), [FIRST + n] * 40 + [1 + again])
            finish(scheduler)
    put(scheduler, Request("new", max_tokens=1), [FIRST + 50] * 40)
    finish(scheduler)
    before = scheduler.decoder.read  # type: ignore[attr-defined]
    put(scheduler, Request("again", max_tokens=1), [FIRST + 50] * 40)
    finish(scheduler)
    assert scheduler.decoder.read - before == 1  # type: ignore[attr-defined]


def test_somebody_who_watches_sits_down_at_once_and_bulk_work_goes_on_slowly() -> None:
    scheduler = new(cells=200)
    for n in range(6):
        put(scheduler, Request(f"b{n}", sampling=Sampling(seed=n), max_tokens=39), [FIRST] * 6, job=1)
    for _ in range(5):
        scheduler.step()
    put(scheduler, Request("now", max_tokens=60, priority="interactive"), [FIRST + 9] * 30, job=2)
    events = scheduler.step()
    assert (2, Began("now")) in events
    moved = scheduler.decoder.read  # type: ignore[attr-defined]
    for _ in range(BULK_TURN):
        scheduler.step()
    assert any(not w.interactive and w.written for w in scheduler.active)
    assert scheduler.decoder.read > moved  # type: ignore[attr-defined]
    assert sum(isinstance(event, Ended) for _, event in finish(scheduler)) == 7


def test_two_jobs_get_equally_many_seats() -> None:
    scheduler = new(cells=4000)
    for n in range(8):
        put(scheduler, Request(f"a{n}", max_tokens=30), [FIRST + n] * 4, job=1)
    for n in range(8):
        put(scheduler, Request(f"b{n}", max_tokens=30), [FIRST + n] * 4, job=2)
    finished: list[int] = []
    while scheduler.busy:
        finished += [job for job, event in scheduler.step() if isinstance(event, Ended)]
        if len(finished) == 8:
            break
    assert 2 <= finished.count(2) <= 6


def test_what_can_never_fit_is_refused_with_the_numbers() -> None:
    scheduler = new(cells=100)
    with pytest.raises(UserError) as told:
        put(scheduler, Request("x", max_tokens=60), [FIRST] * 50)
    assert told.value.params == {"needed": 110, "read": 50, "write": 60, "room": 100}
    assert not scheduler.busy


def test_labels_are_scored_the_same_with_and_without_lending() -> None:
    text, labels = [FIRST + i for i in range(30)], [[1], [2, 3], [4, 5, 6], [2, 4]]
    lent, read = (choose(new(rollback=rollback), text, labels) for rollback in (True, False))
    assert lent == pytest.approx(read)
    at_rest(scheduler := new())
    choose(scheduler, text, labels)
    at_rest(scheduler)
