"""Customers by when they last bought, how often and for how much, in plain names; and by when they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Segment = Literal["best", "regular", "new", "at_risk", "once", "lost"]
SEGMENTS: tuple[Segment, ...] = ("best", "regular", "new", "at_risk", "once", "lost")
LEAST_GAP, USUAL_GAP = 14, 60  # days: the shortest rhythm believed, and the one taken where none can be told
FEW = 20  # customers who came back, below which their rhythm is not believed


@dataclass(frozen=True, slots=True)
class Scores:
    """RFM by fifths, 5 is best, arrays (customers,)."""

    recency: Ints
    frequency: Ints
    money: Ints


def fifths(values: Floats, parts: int = 5) -> Ints:
    """Return 1 … ``parts`` by size, as SQL's NTILE over ascending values does; equals in their order of appearance."""
    n = len(values)
    order = np.argsort(values, kind="stable")
    size, more = divmod(n, parts)
    tile = np.repeat(np.arange(1, parts + 1), [size + (part < more) for part in range(parts)])
    out = np.empty(n, np.int64)
    out[order] = tile
    return out


def rfm(last_day: Ints, orders: Ints, spent: Floats) -> Scores:
    """Return the scores of recency, frequency and money (Hughes 1994, Strategic Database Marketing)."""
    return Scores(fifths(last_day.astype(float)), fifths(orders.astype(float)), fifths(spent))


def rhythm(first_day: Ints, last_day: Ints, orders: Ints) -> float:
    """Return the days that usually lie between two orders of those who came back: the middle of their mean gaps."""
    back = (orders > 1) & (last_day > first_day)
    if back.sum() < FEW:
        return float(USUAL_GAP)
    gaps = (last_day - first_day)[back] / (orders[back] - 1)
    return max(float(np.median(gaps)), float(LEAST_GAP))


def segments(
    first_day: Ints, last_day: Ints, orders: Ints, spent: Floats, today: int, gap: float | None = None
) -> npt.NDArray[np.str_]:
    """Name each customer: best, regular, new, at_risk, once or lost.

    With ``gap`` the usual days between orders (see `rhythm`): once more than two gaps have passed a customer who came
    back is at risk, after four lost; with one order, new for two gaps, then "once". Best are those of the highest
    tenth of what regulars spent.
    """
    gap = rhythm(first_day, last_day, orders) if gap is None else gap
    silent = (today - last_day) / gap
    back = orders > 1
    regular = back & (silent <= 2)
    names = np.select(
        [regular, back & (silent <= 4), back, silent <= 2], ["regular", "at_risk", "lost", "new"], "once"
    ).astype("<U8")
    if regular.sum() >= 10:
        names[regular & (spent >= np.quantile(spent[regular], 0.9))] = "best"
    return names


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Who came when and came back: rows are months of the first order, columns months since."""

    months: tuple[int, ...]  # months since January 1970
    customers: Ints  # (months, months) different customers who ordered; column 0 is how many came
    amounts: Floats  # (months, months) what they spent


def cohorts(customers: Ints, months: Ints, amounts: Floats) -> Cohorts:
    """Group orders (arrays of the customer, the month since 1970 and the amount) by the customer's first month."""
    if not len(customers):
        return Cohorts((), np.zeros((0, 0), np.int64), np.zeros((0, 0)))
    _who, place = np.unique(customers, return_inverse=True)
    first = np.full(len(_who), np.iinfo(np.int64).max)
    np.minimum.at(first, place, months)
    base, last = int(months.min()), int(months.max())
    n = last - base + 1
    row, column = first[place] - base, months - first[place]
    cells = np.unique(place * n + column)  # each customer and month once
    came = np.zeros((n, n), np.int64)
    np.add.at(came, (first[cells // n] - base, cells % n), 1)
    money = np.zeros((n, n))
    np.add.at(money, (row, column), amounts)
    return Cohorts(tuple(range(base, last + 1)), came, money)
