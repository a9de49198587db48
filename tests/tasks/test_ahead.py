"""Reading ahead: everything comes, in order, errors included, and nothing runs on once nobody asks."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from desktop_app.tasks.ahead import ahead


def running() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("ahead")]


def test_everything_comes_in_its_order() -> None:
    assert list(ahead(iter(range(1000)))) == list(range(1000))
    assert not running()


def test_what_the_reading_fails_with_is_raised_where_it_is_asked_for() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("row 2")

    got = ahead(items())
    assert next(got) == 1
    with pytest.raises(ValueError, match="row 2"):
        next(got)
    assert not running()


def test_a_reader_nobody_asks_any_more_has_ended() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100_000):
            made.append(number)
            yield number

    before = sys.getswitchinterval()
    got = ahead(items())
    assert next(got) == 0
    got.close()  # type: ignore[attr-defined]
    assert not running()
    assert len(made) < 10
    assert sys.getswitchinterval() == before
