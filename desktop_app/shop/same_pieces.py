"""Pieces that a dated list of returns tells of and that are written down already: on that day, or by hand on another.

A row of ``returns`` keeps in ``told`` which days lists gave its pieces: all of them where a list brought the row, those
recognised in it where somebody wrote it down. What no list has told of yet may be the piece of a list's near day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.shop import order_rows
from desktop_app.shop.connect import File
from desktop_app.trade import ZERO, Return, Told

NEAR = 30  # days between what a list says and what was written down by hand: platforms date the parcel or its refund


@dataclass(slots=True)
class _Known:
    """A row that is written down, its day, and what of it nothing in this file has met yet."""

    row: Return
    day: int
    told: dict[int, Decimal]
    free: Decimal


class Pieces:
    """What is written down of one order, taken up piece by piece by what a list tells."""

    def __init__(self, rows: Sequence[Return], day_of: Callable[[str], int]) -> None:
        self._known = [
            _Known(row, day_of(row.at), dict(row.told), row.quantity - sum((n for _day, n in row.told), ZERO))
            for row in rows
            if row.quantity
        ]
        self.changed: dict[int | None, Return] = {}  # by id: rows in which pieces of another day were recognised

    def on(self, line: int | None, day: int, count: Decimal) -> Decimal:
        """Take up to ``count`` pieces that are written down for this very day; return how many these are."""
        found = ZERO
        for known in self._of(line):
            same = min(count - found, known.told.get(day, ZERO))
            known.told[day] = known.told.get(day, ZERO) - same
            found += same
        for known in self._of(line):
            if known.day == day:
                same = min(count - found, known.free)
                known.free -= same
                found += same
        return found

    def near(self, line: int | None, day: int, count: Decimal) -> list[tuple[Return, Decimal]]:
        """Take up to ``count`` pieces that no list told of, of the nearest days; return them with their rows."""
        found: list[tuple[Return, Decimal]] = []
        rows = [known for known in self._of(line) if known.free > 0 and abs(known.day - day) <= NEAR]
        for known in sorted(rows, key=lambda one: abs(one.day - day)):
            if (same := min(count, known.free)) > 0:
                count -= same
                known.free -= same
                row = self.changed.get(known.row.id, known.row)
                told = dict(row.told)
                told[day] = told.get(day, ZERO) + same
                self.changed[row.id] = replace(row, told=tuple(told.items()))
                found.append((row, same))
        return found

    def _of(self, line: int | None) -> list[_Known]:
        return [known for known in self._known if known.row.line == line]


def remember(file: File, rows: Sequence[Return]) -> None:
    """Write down which days lists gave the pieces of these rows."""
    file.many("UPDATE returns SET told = ? WHERE id = ?", [(kept(row.told), row.id) for row in rows])


def kept(told: Told) -> str:
    """Return days and pieces as the table keeps them; empty where no list told of any."""
    return json.dumps([[day, order_rows.number_of(n)] for day, n in told]) if told else ""


def read(text: str) -> Told:
    """Return days and pieces as the table kept them."""
    return tuple((day, order_rows.quantity_of(n)) for day, n in json.loads(text)) if text else ()
