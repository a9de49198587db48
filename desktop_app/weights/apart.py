"""Waiting for the network on a thread of its own, so that a stop is heard at once however silent the other side is."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from desktop_app.errors import Cancelled

T = TypeVar("T")
_HEAR = 0.1  # seconds between two looks whether to stop
_AHEAD = 64  # blocks that may lie ready


class _Ended:
    """What stands behind the last item."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def items(work: Callable[[threading.Event], Iterator[T]], stop: threading.Event) -> Iterator[T]:
    """Yield what ``work`` yields on another thread; raise what it raises, and `Cancelled` when ``stop`` is set.

    ``work`` is given an event that is set when nobody listens any more. The thread is left to end by itself then, at
    the latest when its own timeout strikes.
    """
    ready: queue.Queue[Any] = queue.Queue(_AHEAD)
    gone = threading.Event()

    def run() -> None:
        error: BaseException | None = None
        try:
            for item in work(gone):
                if not _put(ready, item, gone):
                    return
        except BaseException as raised:  # noqa: BLE001 - it is raised again where somebody listens
            error = raised
        _put(ready, _Ended(error), gone)

    threading.Thread(target=run, name="network", daemon=True).start()
    try:
        while True:
            if stop.is_set():
                raise Cancelled
            try:
                item = ready.get(timeout=_HEAR)
            except queue.Empty:
                continue
            if isinstance(item, _Ended):
                if item.error is not None:
                    raise item.error
                return
            yield cast(T, item)
    finally:
        gone.set()


def one(work: Callable[[], T], stop: threading.Event) -> T:
    """Return what ``work`` returns on another thread, or raise as `items` does."""
    return next(items(lambda _gone: iter((work(),)), stop))


def _put(ready: queue.Queue[Any], item: Any, gone: threading.Event) -> bool:
    while not gone.is_set():
        try:
            ready.put(item, timeout=_HEAR)
        except queue.Full:
            continue
        return True
    return False
