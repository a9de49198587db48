"""Which of several labels the weights would rather say next: all scored side by side, in the scheduler's memory."""

from __future__ import annotations

import math
from collections.abc import Sequence

from desktop_app.engine.decoder import Aborted, NoRoom
from desktop_app.engine.memory import common
from desktop_app.engine.scheduler import WORTH_SHARING, Scheduler

ABREAST = 8  # labels of several tokens scored in one decode


def choose(scheduler: Scheduler, text: list[int], labels: Sequence[list[int]]) -> list[float]:
    """Return probabilities over ``labels`` (tokens each, none empty) as continuations of ``text``.

    A label's score is the probability of all its tokens: of two labels the longer one has to earn its length.
    """
    scores = _scores(scheduler, text, labels) if scheduler.decoder.forks else _one_by_one(scheduler, text, labels)
    top = max(scores, default=0.0)
    weights = [math.exp(score - top) for score in scores]
    return [weight / sum(weights) for weight in weights]


def _scores(scheduler: Scheduler, text: list[int], labels: Sequence[list[int]]) -> list[float]:
    seat = scheduler.borrow(len(text))
    try:
        last = _read(scheduler, seat, text)
        scores = [scheduler.decoder.chance(last, label[0]) for label in labels]
        several = [i for i, label in enumerate(labels) if len(label) > 1]
        for first in range(0, len(several), ABREAST):
            group = several[first : first + ABREAST]
            for i, rest in zip(group, _tails(scheduler, seat, [labels[i] for i in group]), strict=True):
                scores[i] += rest
    finally:
        scheduler.give_back(seat, keep=True)
    return scores


def _tails(scheduler: Scheduler, source: int, labels: list[list[int]]) -> list[float]:
    """Return for each label the log probability of its tokens after the first, all read in one decode."""
    start = len(scheduler.memory.held[source])
    seats: list[int] = []
    try:
        for label in labels:
            seats.append(scheduler.borrow(len(label)))
            scheduler.memory.fork(source, seats[-1], start)
        tokens = [token for label in labels for token in label[:-1]]
        positions = [start + i for label in labels for i in range(len(label) - 1)]
        rows = [seat for seat, label in zip(seats, labels, strict=True) for _ in label[:-1]]
        _decode(scheduler, tokens, positions, rows, [True] * len(tokens))
        nexts = iter(enumerate(token for label in labels for token in label[1:]))
        return [sum(scheduler.decoder.chance(*next(nexts)) for _ in label[1:]) for label in labels]
    finally:
        for seat in seats:
            scheduler.give_back(seat)


def _one_by_one(scheduler: Scheduler, text: list[int], labels: Sequence[list[int]]) -> list[float]:
    """Score labels where beginnings cannot be lent: the text is read again for each."""
    scores: list[float] = []
    while len(scores) < len(labels):
        label = labels[len(scores)]
        seat = scheduler.borrow(len(text) + len(label))
        try:
            score = scheduler.decoder.chance(_read(scheduler, seat, text), label[0])
            for i, token in enumerate(label[:-1]):
                _decode(scheduler, [token], [len(text) + i], [seat], [True])
                scheduler.memory.note(seat, [token])
                score += scheduler.decoder.chance(0, label[i + 1])
            scores.append(score)
        except Aborted:
            pass  # meant for a writing that shares the decoder; this label once more
        finally:
            scheduler.give_back(seat)
    return scores


def _read(scheduler: Scheduler, seat: int, text: list[int]) -> int:
    """Read a text into an empty seat, as far as nobody holds it yet; return its last token's place in the batch."""
    memory, batch = scheduler.memory, scheduler.decoder.batch
    others = [s for s in range(len(memory.held)) if s != seat] if scheduler.decoder.forks else []
    best = max(others, key=lambda s: common(memory.held[s], text), default=seat)
    done = min(common(memory.held[best], text), len(text) - 1) if best != seat else 0
    if done >= WORTH_SHARING:
        memory.fork(best, seat, done)
    else:
        done = 0
    while True:
        part = text[done : done + batch]
        ends = done + len(part) == len(text)
        _decode(scheduler, part, range(done, done + len(part)), [seat] * len(part), [False] * (len(part) - 1) + [ends])
        memory.note(seat, part)
        done += len(part)
        if ends:
            return len(part) - 1


def _decode(
    scheduler: Scheduler, tokens: Sequence[int], positions: Sequence[int], rows: Sequence[int], wanted: Sequence[bool]
) -> None:
    while True:
        try:
            return scheduler.decoder.decode(tokens, positions, rows, wanted)
        except Aborted:  # meant for a writing that shares the decoder, not for us
            if not scheduler.decoder.rollback:
                raise
            for row in set(rows):
                scheduler.memory.cut(row, len(scheduler.memory.held[row]))
        except NoRoom:
            scheduler.make_way()


def likelihood(scheduler: Scheduler, tokens: Sequence[int], *, seen: int = 1) -> float:
    """Return the natural log probability of ``tokens`` after the first ``seen``, each given all before it."""
    seat, batch, total, done = scheduler.borrow(len(tokens)), scheduler.decoder.batch, 0.0, 0
    try:
        while done < len(tokens) - 1:
            part = list(tokens[done : min(done + batch, len(tokens) - 1)])
            wanted = [done + n + 1 >= seen for n in range(len(part))]
            _decode(scheduler, part, range(done, done + len(part)), [seat] * len(part), wanted)
            scheduler.memory.note(seat, part)
            total += sum(scheduler.decoder.chance(n, tokens[done + n + 1]) for n in range(len(part)) if wanted[n])
            done += len(part)
    finally:
        scheduler.give_back(seat)
    return total
