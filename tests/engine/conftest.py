"""One real engine for the tests of this folder, and ways to ask it things."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from desktop_app import weights
from desktop_app.engine import Ended, EngineEvent, LlamaEngine, Message, Request, Sampling


@pytest.fixture(scope="session")
def meaning() -> Path:
    found = weights.starter("meaning")
    if found is None:
        pytest.fail("the starter weights for meaning are missing: run `make setup`")
    return Path(found.path)


@pytest.fixture(scope="session")
def engine(starter: Path, meaning: Path) -> Iterator[LlamaEngine]:
    running = LlamaEngine(starter, meaning_path=meaning)
    yield running
    running.close()


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
