"""Sums of what was sold, by day, product, category and channel, over columns held in memory.

A million lines are some ten columns of numbers; any filter over them is a few milliseconds. Money is in units of the
currency, days count from 1970-01-01. Rows are sorted by day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
By = Literal["product", "category", "channel", "day", "week", "month", "weekday"]
UNDATED = 0  # the day of orders whose day is not known
SUMS = ("units", "amount", "costed", "cost", "back_units", "back_amount")
VISITS = ("orders", "cancelled", "discount", "shipping", "tax", "fees", "refunded", "total")


@dataclass(frozen=True, slots=True)
class Only:
    """What is looked at: days from … to (both included), a channel, a category, products; None: all."""

    since: int | None = None
    until: int | None = None
    channel: str | None = None
    category: str | None = None
    products: frozenset[int] | None = None  # places in `Cube.titles`


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of rows: each a number, or an array with a value a group."""

    units: Floats
    amount: Floats  # goods sold, what was off a line taken off
    costed: Floats  # of that, the part whose cost is known …
    cost: Floats  # … and the cost
    back_units: Floats
    back_amount: Floats

    @property
    def margin(self) -> Floats:
        """What is left of the part whose cost is known."""
        return self.costed - self.cost


@dataclass(frozen=True, slots=True)
class Sold:
    """Rows of sales, by day: one for each thing, day and channel."""

    day: Ints
    place: Ints  # in `Cube.titles`
    item: Ints  # the id of the thing sold
    units: Floats
    amount: Floats


class Cube:
    """Columns of sales (day, product, channel and `SUMS`) and of orders (day, channel and `VISITS`)."""

    def __init__(
        self, sales: Mapping[str, npt.NDArray[np.float64]], visits: Mapping[str, npt.NDArray[np.float64]],
        titles: Sequence[str], products: Ints, categories: Sequence[str], channels: Sequence[str],
    ) -> None:  # fmt: skip
        """Take the columns; ``titles``, ``products`` (ids of the shop, 0: none) and ``categories`` are by place."""
        order = np.argsort(sales["day"], kind="stable")
        self.day = sales["day"][order].astype(np.int64)
        self.place = sales["place"][order].astype(np.int64)
        self.channel = sales["channel"][order].astype(np.int64)
        self.item = (
            sales["item"][order].astype(np.int64) if "item" in sales else self.place
        )  # the thing sold, by its id
        self._sums = {name: sales[name][order].astype(np.float64) for name in SUMS}
        order = np.argsort(visits["day"], kind="stable")
        self.visit_day = visits["day"][order].astype(np.int64)
        self.visit_channel = visits["channel"][order].astype(np.int64)
        self._visits = {name: visits[name][order].astype(np.float64) for name in VISITS}
        self.titles, self.products, self.channels = tuple(titles), products, tuple(channels)
        self.categories = tuple(sorted(set(categories)))
        number = {name: n for n, name in enumerate(self.categories)}
        self.category_of = np.array([number[name] for name in categories], np.int64)

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day with an order; None where there is none. Orders of no known day are left aside."""
        dated = self.visit_day[self.visit_day != UNDATED]
        if len(dated):
            return int(dated[0]), int(dated[-1])
        return (UNDATED, UNDATED) if len(self.visit_day) else None

    @property
    def undated(self) -> int:
        """How many orders have no day, or one nobody could read."""
        return int(self._visits["orders"][self.visit_day == UNDATED].sum())

    def totals(self, only: Only) -> Sums:
        """Return the sums of everything that ``only`` leaves."""
        rows, keep = self._rows(only)
        return Sums(*(np.asarray(_kept(self._sums[name][rows], keep).sum()) for name in SUMS))

    def by(self, what: By, only: Only, of: Sequence[str] = SUMS) -> tuple[Ints, Sums]:
        """Return the groups (places, days, months since 1970, weekdays from Monday …) and the sums of each.

        ``of`` names the sums that are wanted; the others are empty, which saves their time.
        """
        rows, keep = self._rows(only)
        keys = _kept(self._keys(what, rows), keep)
        if not len(keys):
            return np.zeros(0, np.int64), Sums(*(np.zeros(0) for _name in SUMS))
        base = int(keys.min())
        size = int(keys.max()) - base + 1
        keys = keys - base
        found = np.flatnonzero(np.bincount(keys, minlength=size))
        sums = [
            np.asarray(np.bincount(keys, _kept(self._sums[name][rows], keep), size)[found], np.float64)
            if name in of else np.zeros(0)
            for name in SUMS
        ]  # fmt: skip
        return found + base, Sums(*sums)

    def last_day(self, only: Only) -> int | None:
        """Return the last day on which something of what ``only`` leaves was sold; None if it never was."""
        rows, keep = self._rows(only)
        sold = self._sums["units"][rows] > 0
        days = self.day[rows][sold if keep is None else keep & sold]
        return int(days[-1]) if len(days) else None

    def visits(self, only: Only, what: By | None = None) -> tuple[Ints, dict[str, Floats]]:
        """Return sums of orders by day-like groups or channel (``what`` None: one group); by channel and day only."""
        start, end = self._span(self.visit_day, only)
        keep = np.ones(end - start, bool)
        if only.channel is not None:
            keep = self.visit_channel[start:end] == self._channel(only.channel)
        days, channels = self.visit_day[start:end][keep], self.visit_channel[start:end][keep]
        keys = channels if what == "channel" else _calendar(what, days) if what else np.zeros(len(days), np.int64)
        groups, place = np.unique(keys, return_inverse=True)
        sums = {
            name: np.asarray(np.bincount(place, self._visits[name][start:end][keep], len(groups)), np.float64)
            for name in VISITS
        }
        return groups, sums

    def weekly(self, only: Only, first: int, weeks: int) -> Floats:
        """Return units a product and week, (titles, weeks), of the weeks from the day ``first`` on.

        What was sold, all of it: which of these weeks say nothing of the usual demand is told by `marking.usual`.
        """
        return self.gridded(only, first, weeks, 7)

    def gridded(self, only: Only, first: int, count: int, days: int) -> Floats:
        """Return units a product and span, (titles, count), of spans of so many ``days`` from the day ``first`` on."""
        only = Only(first, first + days * count - 1, only.channel, only.category, only.products)
        rows, keep = self._rows(only)
        flat = _kept(self.place[rows], keep) * count + (_kept(self.day[rows], keep) - first) // days
        out = np.bincount(flat, _kept(self._sums["units"][rows], keep), len(self.titles) * count)
        return np.asarray(out.reshape(len(self.titles), count), np.float64)

    def sold(self, places: Ints, first: int, weeks: int) -> Sold:
        """Return the rows of sales of the products at ``places`` in these weeks."""
        start, end = self._span(self.day, Only(first, first + 7 * weeks - 1))
        wanted = np.zeros(len(self.titles), bool)
        wanted[places] = True
        rows = np.flatnonzero(wanted[self.place[start:end]]) + start
        units, amount = self._sums["units"][rows], self._sums["amount"][rows]
        return Sold(self.day[rows], self.place[rows], self.item[rows], units, amount)

    def _rows(self, only: Only) -> tuple[slice, npt.NDArray[np.bool_] | None]:
        """Return the rows of the span, and which of them count; None: all of them."""
        start, end = self._span(self.day, only)
        rows = slice(start, end)
        if only.channel is None and only.category is None and only.products is None:
            return rows, None
        keep = np.ones(end - start, bool)
        if only.channel is not None:
            keep &= self.channel[rows] == self._channel(only.channel)
        if only.category is not None:
            place = self.categories.index(only.category) if only.category in self.categories else -1
            keep &= (self.category_of == place)[self.place[rows]]
        if only.products is not None:
            wanted = np.zeros(len(self.titles), bool)
            wanted[list(only.products)] = True
            keep &= wanted[self.place[rows]]
        return rows, keep

    def _span(self, days: Ints, only: Only) -> tuple[int, int]:
        start = 0 if only.since is None else int(np.searchsorted(days, only.since, "left"))
        end = len(days) if only.until is None else int(np.searchsorted(days, only.until, "right"))
        return start, max(start, end)

    def _channel(self, name: str) -> int:
        return self.channels.index(name) if name in self.channels else -1

    def _keys(self, what: By, rows: slice) -> Ints:
        if what == "product":
            return self.place[rows]
        if what == "category":
            return self.category_of[self.place[rows]]
        if what == "channel":
            return self.channel[rows]
        return _calendar(what, self.day[rows])


def _kept(values: npt.NDArray[Any], keep: npt.NDArray[np.bool_] | None) -> npt.NDArray[Any]:
    return values if keep is None else values[keep]


def _calendar(what: By, days: Ints) -> Ints:
    if what == "weekday":
        return np.asarray((days + 3) % 7, np.int64)
    if what == "week":
        return np.asarray((days + 3) // 7, np.int64)
    if what == "month":
        return np.asarray(days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64), np.int64)
    return days
