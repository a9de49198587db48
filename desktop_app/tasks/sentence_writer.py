"""Sentences by the weights: many asked at once, each answered when all its tries are there, lost ones asked again."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop_app.engine import Broken, Ended, Engine, Refused, Request

TRIES = 5  # how often a sentence may lose its engine before it is given up


@dataclass(slots=True)
class Answered:
    """All that came back for one request: texts with their likelihoods, the likeliest first."""

    request: str
    texts: list[tuple[str, float]] = field(default_factory=list)
    refused: int = 0
    decoded: int = 0  # tokens drawn
    error: str = ""  # why nothing came


def write(engine: Engine, asked: Iterable[Request], stop: threading.Event) -> Iterator[Answered]:
    """Yield an answer for each request as it is there, in whatever order; what was stopped is not answered."""
    waiting = deque[Request]()
    under_way: dict[str, tuple[Request, Answered, int]] = {}  # with the tries still to come
    lost: dict[str, int] = {}
    source = iter(asked)

    def taken() -> Iterator[Request]:
        for request in _both(waiting, source):
            under_way[request.id] = request, Answered(request.id), request.candidates
            yield request

    more = True
    while more and not stop.is_set():
        for event in engine.run(taken(), stop):
            request, answer, left = under_way[event.request]
            if isinstance(event, Refused):
                answer.refused += 1
            elif isinstance(event, Ended):
                answer.decoded += event.decoded_tokens
                answer.texts += [(event.text, event.likelihood)] if event.text.strip() else []
                left = left - 1 if event.reason != "stopped" else left + request.candidates
                under_way[event.request] = request, answer, left
            elif isinstance(event, Broken):
                lost[request.id] = lost.get(request.id, 0) + 1
                if lost[request.id] < TRIES:
                    waiting.append(request)
                    continue
                answer.error, left = str(event.error), 0
            if not left:
                del under_way[event.request]
                answer.texts.sort(key=lambda pair: -pair[1])
                yield answer
        more = bool(waiting)


def _both(first: deque[Request], rest: Iterator[Request]) -> Iterator[Request]:
    while first:
        yield first.popleft()
    yield from rest
