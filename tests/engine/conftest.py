"""Ways to ask an engine things, and to read what it did."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from desktop_app.engine import Ended, EngineEvent, LlamaEngine, Message, Request, Sampling


def ask(name: str = "1", text: str = "Describe a bamboo cutting board.", **more: object) -> Request:
    """Return a short request; ``seed`` and ``temperature`` go into its sampling."""
    sampling = Sampling(
        **{key: more.pop(key) for key in ("seed", "temperature", "repeat_penalty") if key in more}  # type: ignore[arg-type]
    )
    return Request(name, (Message("user", text),), sampling=sampling, **{"max_tokens": 24, **more})  # type: ignore[arg-type]


def written(engine: LlamaEngine, requests: Iterable[Request]) -> list[EngineEvent]:
    """Run requests to their end and return all that happened."""
    return list(engine.run(requests, threading.Event()))


def endings(events: Iterable[EngineEvent]) -> list[Ended]:
    return [event for event in events if isinstance(event, Ended)]


def only(events: Iterable[EngineEvent]) -> Ended:
    """Return the one ending there must be."""
    (ended,) = endings(events)
    return ended
