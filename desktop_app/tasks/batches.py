"""Batches of a file, the first read ahead: an import of which nothing can be read begins no action."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TypeVar

from desktop_app.records import Progress

T = TypeVar("T")


def ready(batches: Iterator[list[T] | Progress]) -> Iterator[list[T] | Progress] | None:
    """Return the batches once one of them is there, None where none comes."""
    before: list[list[T] | Progress] = []
    for first in batches:
        before.append(first)
        if not isinstance(first, Progress):
            return chain(before, batches)
    return None
