"""Which weeks of the past say nothing about the usual demand: those out of stock, and those sold under the usual price.

What was not there could not be bought, and what is sold at a reduced price sells better than it usually does: neither
may pull a forecast down or up. Days count from 1970-01-01; weeks are the columns of `cube.Cube.weekly`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

UNDER = 0.9  # of the usual price, from which down a sale counts as a promotion
SEASON = 13  # weeks before and after that say what is usual: a price that stays is the usual one after a quarter
SEEN = 3  # weeks with a price below which nothing is usual
MOSTLY = 0.5  # of a week out of stock, or of its pieces sold under price, from which the whole week says nothing
OVERSOLD, QUIET = 3, 3.0  # sales while the ledger says none, and usual gaps without one until the ledger is believed


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known against each week, arrays (products, weeks)."""

    out: Floats  # share of the week in which it could not be bought
    promoted: Bools


def usual(demand: Floats, marks: Marks) -> Floats:
    """Return the demand with NaN for weeks that say nothing.

    Of a week partly out of stock what was sold is the least that was wanted: it is scaled up by the days, though to no
    more than the middle of the weeks in stock; mostly out of stock it says nothing, unless it sold that much already.
    """
    begun = np.logical_or.accumulate(demand > 0, axis=1)
    there = 1 - marks.out
    middle = _middles(np.where(begun & (there >= 1) & ~marks.promoted, demand, np.nan))
    scaled = np.maximum(demand, np.minimum(demand / np.maximum(there, MOSTLY), middle))
    enough = (demand >= middle) & (demand > 0)
    return np.where(((there > 1 - MOSTLY) | enough) & ~marks.promoted, np.where(there < 1, scaled, demand), np.nan)


def left_out(demand: Floats, kept: Floats, marks: Marks) -> tuple[Ints, Ints]:
    """Return how many weeks since the first sale `usual` left out: as out of stock, and as on promotion."""
    begun = np.logical_or.accumulate(demand > 0, axis=1) & np.isnan(kept)
    promoted = begun & marks.promoted
    return (begun & ~promoted).sum(1).astype(np.int64), promoted.sum(1).astype(np.int64)


def _middles(rows: Floats) -> Floats:
    """Return the middle of the numbers of each row, shape (rows, 1); 0 where there are none."""
    ordered, count = np.sort(rows, axis=1), (~np.isnan(rows)).sum(1)
    some, each = np.maximum(count - 1, 0), np.arange(len(rows))
    middle = (ordered[each, some // 2] + ordered[each, np.minimum(count // 2, some)]) / 2
    return np.asarray(np.where(count > 0, middle, 0.0)[:, None], np.float64)


def gone(days: Sequence[int], changes: Sequence[int], sold: Sequence[int], until: int) -> list[tuple[int, int]]:
    """Return the spans of days (first, last) up to ``until`` on which there was none of a thing.

    ``days`` and ``changes`` are its stock ledger by day, ``sold`` the days it was sold on, both in order. Before the
    ledger begins with nothing, there was nothing since the last sale: what is sold must have been there. Where it is
    sold on and on while the ledger says that there is none, the ledger is not believed.
    """
    found, level, start, begun = list[tuple[int, int]](), 0, None, 0
    for day, change in zip([*days, until + 1], [*changes, 0], strict=True):
        level += change
        if start is not None and (level > 0 or day > until):
            found += _believed(start, begun, day - 1, sold)
            start = None
        first = day == days[0]
        if level <= 0 and start is None and (first or day <= until):
            start, begun = (-1 if first else day), day
    return found


def _believed(start: int, begun: int, last: int, sold: Sequence[int]) -> list[tuple[int, int]]:
    """Return what of a span without stock, from the sale or count that emptied it on, is believed."""
    before = [day for day in sold if day <= last]
    if start < 0 and not before:
        return []
    first = max([start, *before[-1:]]) + 1
    inside = [day for day in before if day > begun]
    if len(inside) >= OVERSOLD and last - first + 1 <= QUIET * (inside[-1] - begun) / len(inside):
        return []
    return [(first, last)] if first <= last else []


def weekly_share(spans: Sequence[tuple[int, int]], first: int, weeks: int) -> Floats:
    """Return the share of each week, from the day ``first`` on, that lies in the spans (which do not overlap)."""
    days = np.zeros(7 * weeks)
    for start, end in spans:
        days[max(0, start - first) : max(0, end - first + 1)] = 1
    return np.asarray(days.reshape(weeks, 7).mean(1), np.float64)


def under_price(thing: Ints, week: Ints, units: Floats, amount: Floats, size: tuple[int, int]) -> Bools:
    """Return in which weeks each thing was sold at least a tenth under its usual price, shape ``size``.

    Rows are sums of sales (a day and channel each). A week's price is the middle one of its rows, so that one large
    order at a better price is no promotion; the usual price is the middle one of the weeks around.
    """
    kept = (units > 0) & (amount > 0)
    thing, week, units, amount = thing[kept], week[kept], units[kept], amount[kept]
    flat = thing * size[1] + week
    pieces = np.bincount(flat, units, size[0] * size[1])
    mean = np.bincount(flat, amount, size[0] * size[1]) / np.where(pieces > 0, pieces, np.nan)
    mean = mean.reshape(size)
    out = np.zeros(size, bool)
    some = np.flatnonzero((mean <= UNDER * np.fmax.reduce(mean, axis=1, initial=0.0)[:, None]).any(1))
    rows = np.isin(thing, some)
    prices = _middle_prices(flat[rows], (amount / units)[rows], size)
    for place in some.tolist():
        out[place] = _below(prices[place])
    return out


def _middle_prices(flat: Ints, price: Floats, size: tuple[int, int]) -> Floats:
    """Return the middle price of each cell's rows; NaN where there are none."""
    out = np.full(size[0] * size[1], np.nan)
    order = np.lexsort((price, flat))
    cells, start, count = np.unique(flat[order], return_index=True, return_counts=True)
    out[cells] = price[order][start + count // 2]
    return out.reshape(size)


def _below(price: Floats) -> Bools:
    out = np.zeros(len(price), bool)
    for week in np.flatnonzero(~np.isnan(price)):
        near = price[max(0, week - SEASON) : week + SEASON + 1]
        near = near[~np.isnan(near)]
        out[week] = len(near) >= SEEN and price[week] <= UNDER * float(np.median(near)) + 1e-9
    return out
