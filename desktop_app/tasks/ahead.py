"""Read ahead on a thread of its own: while the database writes one batch, the next is made."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
SWITCH = 0.0005  # seconds a thread that computes may keep one waiting that comes back from the database
_END = object()


def ahead(items: Iterator[T], most: int = 2) -> Iterator[T]:
    """Yield what ``items`` yields, at most so many of them made before they are asked for; raise here what it raises.

    The items are made on one other thread, which has ended when this generator is closed.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    pool = ThreadPoolExecutor(1, "ahead")
    try:
        coming = deque(pool.submit(next, items, _END) for _n in range(most))
        while (item := coming.popleft().result()) is not _END:
            coming.append(pool.submit(next, items, _END))
            yield item  # type: ignore[misc]  # what is not the end is one of the items
    finally:
        pool.shutdown(cancel_futures=True)
        sys.setswitchinterval(before)
