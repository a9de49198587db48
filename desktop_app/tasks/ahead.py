"""Read ahead on a thread of its own: while the database writes one batch, the next is made."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")
SWITCH = 0.0005  # seconds a thread that computes may keep one waiting that comes back from the database


class _End:
    """What stands behind the last item: nothing, or what the reading failed with."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Iterator[T], most: int = 2) -> Iterator[T]:
    """Yield what ``items`` yields, at most so many of them made before they are asked for; raise here what it raises.

    The items are made on one other thread, which has ended when this generator is closed.
    """
    made: queue.Queue[T | _End] = queue.Queue(most)
    enough = threading.Event()

    def put(item: T | _End) -> None:
        while not enough.is_set():
            try:
                made.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def work() -> None:
        end = _End()
        try:
            for item in items:
                put(item)
                if enough.is_set():
                    return
        except BaseException as error:  # noqa: BLE001  (whatever it is belongs to whoever asked)
            end = _End(error)
        put(end)

    thread = threading.Thread(target=work, name="ahead", daemon=True)
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    thread.start()
    try:
        while not isinstance(item := made.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        enough.set()
        thread.join()
        sys.setswitchinterval(before)
