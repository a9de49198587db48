"""A file that was recognised → its products, and the rows that cannot be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from desktop_app.formats import combinations
from desktop_app.formats.build import Builder
from desktop_app.formats.groups import Row, cells_of, grouped
from desktop_app.formats.reading import Reading, load
from desktop_app.formats.rows import rows
from desktop_app.formats.twins import joined, once
from desktop_app.records import Problem, Product, Progress

_STEP = 250  # rows between two words on progress


def read(reading: Reading, stop: threading.Event) -> Iterator[Product | Problem | Progress]:
    """Yield the products of a file, the rows and cells that cannot be read, and now and then how far it is.

    Products come as their last row is read, ``source_row`` set. Ends early, without a word, when ``stop`` is set.
    Raises UserError when the file is gone.
    """
    data = load(reading.path)
    yield from read_data(data, reading, stop)


def read_data(data: bytes, reading: Reading, stop: threading.Event) -> Iterator[Product | Problem | Progress]:
    """Do the same with the bytes of the file at hand."""
    if reading.dialect == combinations.KEY:
        yield from _combined(data, reading, stop)
        return
    builder = Builder(reading)
    problems: list[Problem] = []
    done = 0

    def good() -> Iterator[Row]:
        nonlocal done
        for row in rows(data, reading):
            if isinstance(row, Problem):
                problems.append(row)
                continue
            done += 1
            yield row

    told = 0
    groups = grouped(good(), data, reading)
    if reading.twins:
        groups = joined(groups, grouped(cells_of(data, reading), data, reading), reading)
    for group in groups:
        if isinstance(group, Problem):
            yield group
            continue
        own, variants = (once(rows, reading) if len(rows) > 1 else (rows, ()) for rows in group)
        product = builder.product(own[0], variants[0])
        problems += (*own[1], *variants[1])
        if problems:
            yield from problems
            problems.clear()
        if builder.problems:
            yield from builder.problems
            builder.problems.clear()
        if product is not None:
            yield product
        if done - told >= _STEP:
            told = done
            yield Progress(done, reading.rows)
            if stop.is_set():
                return
    yield from problems
    yield Progress(done, reading.rows)


def _combined(data: bytes, reading: Reading, stop: threading.Event) -> Iterator[Product | Problem | Progress]:
    """Yield what a file of variants says of each product, see ``combinations``."""
    builder = combinations.Combinations(reading)
    broken: list[Problem] = []

    def good() -> Iterator[Row]:
        for row in rows(data, reading):
            if isinstance(row, Problem):
                broken.append(row)
            else:
                yield row

    told = 0
    for group in combinations.families(good(), reading):
        product = builder.product(group)
        yield from (*broken, *builder.problems)
        broken.clear()
        builder.problems.clear()
        if product is not None:
            yield product
        if (done := group[-1].number) - told >= _STEP:
            told = done
            yield Progress(done, reading.rows)
            if stop.is_set():
                return
    yield from broken
    yield Progress(reading.rows or 0, reading.rows)
