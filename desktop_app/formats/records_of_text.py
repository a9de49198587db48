"""Text → records of cells: the ``csv`` module, plus a way back to sense after a quote that nobody closed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_CELL = 1 << 24  # characters; a quote left open would otherwise swallow any amount of text

csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read: the cell (from 0) whose opening quote is never closed."""

    cell: int


Record = list[str] | Broken


def records(
    lines: Iterable[str], delimiter: str, quoted: bool = True, width: int = 0
) -> Iterator[tuple[Record | None, list[str]]]:
    """Yield each record with the physical lines it was made of; all lines together are the text again.

    A record is its cells, ``Broken``, or None for lines that belong to the broken record before them. The list of
    lines is reused: copy it to keep it. ``width`` is the number of cells a record should have; after a broken one,
    only a record of that width counts as sense again.
    """
    source = iter(lines)
    waiting: list[str] = []  # lines to be read again, the next one last
    taken: list[str] = []

    def feed() -> Iterator[str]:
        while True:
            line = waiting.pop() if waiting else next(source, None)
            if line is None:
                return
            taken.append(line)
            yield line

    lost = False
    while True:
        try:
            for cells in _reader(feed(), delimiter, quoted):
                if lost and len(cells) != width:
                    yield None, taken
                else:
                    lost = False
                    yield cells, taken
                taken.clear()
        except csv.Error:
            first, rest = taken[:1], taken[1:]
            taken.clear()
            cells = _leniently(first[0] if first else "", delimiter, quoted)
            if not rest and (not width or len(cells) == width) and not _open_at_end(first[0], delimiter):
                lost = False
                yield cells, first
                continue
            waiting.extend(reversed(rest))
            yield (None if lost else Broken(len(cells) - 1)), first
            lost = bool(width)
            continue
        return


def _reader(lines: Iterable[str], delimiter: str, quoted: bool) -> Iterator[list[str]]:
    if quoted:
        return csv.reader(lines, delimiter=delimiter, strict=True)
    return csv.reader(lines, delimiter=delimiter, strict=True, quoting=csv.QUOTE_NONE)


def _leniently(line: str, delimiter: str, quoted: bool) -> list[str]:
    quoting: int = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    try:
        return next(csv.reader([line], delimiter=delimiter, quoting=quoting), [""])  # type: ignore[arg-type]
    except csv.Error:  # longer than any cell may be
        return line.split(delimiter)


def _open_at_end(line: str, delimiter: str) -> bool:
    """Say whether ``line`` ends inside a quoted cell."""
    try:
        return len(list(csv.reader([line, delimiter * 3 + "\n"], delimiter=delimiter))) == 1
    except csv.Error:
        return True
