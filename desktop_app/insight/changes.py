"""Why sales changed, and how they swing with the week and the year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEAST_WEEKS = 8  # of which a weekly swing can be told
LEAST_MONTHS = 24  # of which a yearly one can


@dataclass(frozen=True, slots=True)
class Variance:
    """What made sales change from one period to the next; the five parts add up to the whole change.

    ``price`` and ``mix`` also by product, arrays (products,), for those sold in both periods.
    """

    volume: float
    mix: float
    price: float
    new: float
    gone: float
    by_price: Floats
    by_mix: Floats

    @property
    def total(self) -> float:
        """The whole change."""
        return self.volume + self.mix + self.price + self.new + self.gone


def variance(units_before: Floats, sales_before: Floats, units: Floats, sales: Floats) -> Variance:
    """Split the change of sales into volume, mix and price over products sold in both periods, new and gone ones.

    Price: units x (price - price before). Volume: the change of all units at the average price before. Mix: what
    remains of the change in units at prices before (standard price-volume-mix analysis, e.g. Horngren, Cost
    Accounting, ch. 14). Arrays (products,).
    """
    both = (units_before > 0) & (units > 0)
    old = np.divide(sales_before, units_before, out=np.zeros_like(sales_before, float), where=both)
    now = np.divide(sales, units, out=np.zeros_like(sales, float), where=both)
    by_price = np.where(both, units * (now - old), 0.0)
    before, after = float(units_before[both].sum()), float(units[both].sum())
    average = float(sales_before[both].sum()) / before if before else 0.0
    volume = (after - before) * average
    by_mix = np.where(both, (units - units_before) * (old - average), 0.0)
    new, gone = float(sales[~both].sum()), -float(sales_before[~both].sum())
    return Variance(volume, float(by_mix.sum()), float(by_price.sum()), new, gone, by_price, by_mix)


@dataclass(frozen=True, slots=True)
class Season:
    """How much above or below the average (1.0) each weekday or month is, with bounds that hold 80 %."""

    index: Floats
    low: Floats
    high: Floats


def week_season(days: npt.NDArray[np.int64], sales: Floats) -> Season | None:
    """Return the swing of the week, Monday first, from sales by day since 1970; None for fewer than eight weeks.

    The index is the mean, over weeks, of each day's share of its week times seven; the bounds are 1.28 standard errors.
    Days without a row count as nothing sold.
    """
    monday = (days + 3) // 7
    first, last = int(monday.min()) + 1 if len(days) else 0, int(monday.max()) if len(days) else 0
    weeks = last - first  # whole ones only
    if weeks < LEAST_WEEKS:
        return None
    table = np.zeros((weeks, 7))
    inside = (monday >= first) & (monday < last)
    np.add.at(table, (monday[inside] - first, (days[inside] + 3) % 7), sales[inside])
    return _swing(table)


def year_season(months: npt.NDArray[np.int64], sales: Floats) -> Season | None:
    """Return the swing of the year, January first, from sales by month since 1970; None for less than two years."""
    if not len(months) or int(months.max() - months.min()) + 1 < LEAST_MONTHS:
        return None
    last = int(months.max())
    years = (last - int(months.min()) + 1) // 12
    first = last - years * 12 + 1
    table = np.zeros((years, 12))
    inside = months >= first
    place = months[inside] - first
    np.add.at(table, (place // 12, (first + place) % 12), sales[inside])
    return _swing(table)


def _swing(table: Floats) -> Season | None:
    table = table[table.sum(1) > 0]
    if len(table) < 2:
        return None
    share = table / table.sum(1, keepdims=True) * table.shape[1]
    middle = share.mean(0)
    off = 1.2816 * share.std(0, ddof=1) / np.sqrt(len(share))
    return Season(middle, np.maximum(0, middle - off), middle + off)
