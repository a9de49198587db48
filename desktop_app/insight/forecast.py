"""What will be sold next: a combination of simple forecasts, weighed by how well each did, with intervals.

The methods are those of `smoothing`. Their weights fall exponentially with their scaled error over the past half
year, the error of all products together counting where a product has little history of its own (Bates & Granger 1969;
the exponential weights are those of Littlestone & Warmuth 1994). The intervals are split conformal (Lei et al. 2018):
quantiles of what was missed so far, of all products together, on each product's own scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.insight import smoothing
from desktop_app.insight.smoothing import Floats, first_sale

PAST = 26  # weeks whose errors weigh the methods
SHARPNESS = 10.0  # how fast a method loses weight with its scaled error
OWN = 30.0  # weeks of a product's own errors that count as much as everybody's
WORST = 5.0  # a scaled error beyond this counts as this
SMALL = 8  # weeks on sale that say something, below which there is too little to say anything about a product
LEAST_MISSES = 30  # misses needed before quantiles are taken of them


@dataclass(frozen=True, slots=True)
class BackTest:
    """Forecasts one step ahead held against what came; arrays are (products, weeks tried)."""

    expected: Floats
    low: Floats
    high: Floats
    actual: Floats
    scale: Floats  # mean absolute change from week to week before each week, the denominator of MASE

    @property
    def mase(self) -> float:
        """The mean absolute scaled error of Hyndman & Koehler 2006, averaged over weeks, then over products."""
        return scaled_error(self.actual, self.expected, self.scale)

    @property
    def coverage(self) -> float:
        """The share of weeks that fell within the interval."""
        known = ~np.isnan(self.actual)
        return float(((self.actual >= self.low) & (self.actual <= self.high))[known].mean())


@dataclass(frozen=True, slots=True)
class Forecast:
    """The next week of each product; arrays are (products,)."""

    expected: Floats
    low: Floats
    high: Floats
    spread: Floats  # the mean absolute miss so far, in pieces
    error: Floats  # back-tested MASE of the product since its first sale; NaN where it was never tried
    misses: Floats  # (m,) what was missed so far by all products, in spreads
    enough: np.ndarray[tuple[int], np.dtype[np.bool_]]  # whether the history is long enough to say anything


def expected(demand: Floats) -> Floats:
    """Return the combined one-step forecasts, shape (products, weeks + 1); column t uses the weeks before t."""
    tried = np.stack(list(smoothing.bank(demand).values()))
    weeks = demand.shape[1]
    own = own_scale(demand)
    errors = np.minimum(np.abs(tried[:, :, :weeks] - demand) / own[:, :weeks], WORST)
    known = ~np.isnan(errors[0])
    # Sums up to each week, so that those of any stretch are one difference.
    totals = np.zeros(tried.shape)
    np.cumsum(np.where(known, errors, 0.0), axis=2, out=totals[:, :, 1:])
    counts = np.zeros((len(demand), weeks + 1))
    np.cumsum(known, axis=1, out=counts[:, 1:])
    out: Floats = np.asarray(tried.mean(0), np.float64)
    for week in range(SMALL, weeks + 1):
        since = max(0, week - PAST)
        total, count = totals[:, :, week] - totals[:, :, since], counts[:, week] - counts[:, since]
        if not count.any():
            continue
        everybody = (total.sum(1) / count.sum())[:, None]
        mine = np.where(count > 0, total / np.maximum(count, 1), everybody)
        trust = count / (count + OWN)
        score = (1 - trust) * everybody + trust * mine
        weight = np.exp(-SHARPNESS * (score - score.min(0)))
        out[:, week] = (weight * tried[:, :, week]).sum(0) / weight.sum(0)
    return out


def own_scale(demand: Floats) -> Floats:
    """Return the mean absolute weekly change since the first sale, as known before each week; NaN where unknown.

    Shape (products, weeks + 1). A product that never changed has a scale of one piece.
    """
    weeks = demand.shape[1]
    begun = np.arange(weeks) >= first_sale(demand)[:, None]
    change = np.abs(np.diff(demand, axis=1))
    known = ~np.isnan(change) & begun[:, :-1]
    total = np.cumsum(np.where(known, change, 0.0), axis=1)
    count = np.cumsum(known, axis=1)
    out = np.full((len(demand), weeks + 1), np.nan)
    out[:, 2:] = np.where(count >= 2, np.maximum(total / np.maximum(count, 1), 1.0), np.nan)
    return out


def calendar_scale(demand: Floats) -> Floats:
    """Return the mean absolute weekly change from the first week of all, as known before each week.

    Shape (products, weeks + 1). This is the denominator of MASE in `BackTest`: the in-sample error of the naive
    forecast over every week before the one that is forecast.
    """
    change = np.abs(np.diff(demand, axis=1))
    count = np.cumsum(~np.isnan(change), axis=1)
    out = np.full((len(demand), demand.shape[1] + 1), np.nan)
    mean = np.cumsum(np.nan_to_num(change), axis=1) / np.maximum(count, 1)
    out[:, 2:] = np.where(mean > 0, mean, np.nan)
    return out


def intervals(demand: Floats, middle: Floats, share: float = 0.8) -> tuple[Floats, Floats]:
    """Return the bounds that held ``share`` of what came, for each column of the one-step forecasts ``middle``.

    Both of shape (products, weeks + 1); NaN while too little was tried to say.
    """
    spread, missed = _misses(demand, middle)
    low, high = np.full(middle.shape, np.nan), np.full(middle.shape, np.nan)
    edge = (1 - share) / 2
    for week in range(SMALL, middle.shape[1]):
        past = missed[:, max(0, week - 2 * PAST) : week]
        past = past[~np.isnan(past)]
        if len(past) < LEAST_MISSES:
            continue
        below, above = np.quantile(past, [edge, 1 - edge])
        low[:, week] = np.maximum(0, middle[:, week] + below * spread[:, week])
        high[:, week] = middle[:, week] + above * spread[:, week]
    return low, high


def back_test(demand: Floats, weeks: int = 12, share: float = 0.8) -> BackTest:
    """Forecast each of the last ``weeks`` weeks from those before it and hold it against what came."""
    middle = expected(demand)
    low, high = intervals(demand, middle, share)
    last = slice(demand.shape[1] - weeks, demand.shape[1])
    scale = calendar_scale(demand)
    return BackTest(middle[:, last], low[:, last], high[:, last], demand[:, last], scale[:, last])


def forecast(demand: Floats, share: float = 0.8) -> Forecast:
    """Return what each product will sell in the week after the last, with an interval that holds ``share``."""
    middle = expected(demand)
    low, high = intervals(demand, middle, share)
    spread, missed = _misses(demand, middle)
    off = np.abs(middle[:, :-1] - demand) / own_scale(demand)[:, :-1]
    tried = ~np.isnan(off)
    error = np.where(tried.any(1), np.nansum(off, axis=1) / np.maximum(tried.sum(1), 1), np.nan)
    flat = missed[:, -2 * PAST :]
    enough = told_enough(demand)
    return Forecast(
        middle[:, -1], low[:, -1], high[:, -1], spread[:, -1], error, flat[~np.isnan(flat)], enough
    )  # fmt: skip


def told_enough(demand: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return whether each product's history is long enough to say anything of it.

    What was gone for half a year may sell quite otherwise when it comes back.
    """
    told = ~np.isnan(demand) & (np.arange(demand.shape[1]) >= first_sale(demand)[:, None])
    enough: np.ndarray[tuple[int], np.dtype[np.bool_]] = (told.sum(1) >= SMALL) & told[:, -PAST:].any(1)
    return enough


def spreads(demand: Floats, middle: Floats) -> Floats:
    """Return each product's usual miss of one week as known before each week, (products, weeks + 1)."""
    return _misses(demand, middle)[0]


def scaled_error(actual: Floats, expected: Floats, scale: Floats) -> float:
    """Return the mean absolute scaled error over weeks, then over the products that could be tried; NaN for none."""
    off = np.abs(actual - expected) / scale
    known = ~np.isnan(off)
    tried = known.any(1)
    each = np.where(known, off, 0.0).sum(1)[tried] / known.sum(1)[tried]
    return float(each.mean()) if len(each) else float("nan")


def _misses(demand: Floats, middle: Floats) -> tuple[Floats, Floats]:
    """Return each product's usual miss as known before each week, and every miss measured in it.

    The usual miss is the mean absolute one with the gain of exponential smoothing, started by a Poisson guess (the
    root of what was expected), so that a new product has a width too.
    """
    weeks = demand.shape[1]
    begun = np.arange(weeks) > first_sale(demand)[:, None]
    spread = np.empty((len(demand), weeks + 1))
    missed = np.full((len(demand), weeks), np.nan)
    level, seen = np.zeros(len(demand)), np.zeros(len(demand))
    for week in range(weeks + 1):
        guess = np.sqrt(np.maximum(middle[:, week], 1.0))
        spread[:, week] = np.maximum((level * seen + 2 * guess) / (seen + 2), 0.5)
        if week == weeks:
            break
        on = begun[:, week] & ~np.isnan(demand[:, week])
        off = np.nan_to_num(demand[:, week]) - middle[:, week]
        missed[on, week] = (off / spread[:, week])[on]
        seen = seen + on
        level = np.where(on, level + np.maximum(0.08, 1 / np.maximum(seen, 1)) * (np.abs(off) - level), level)
    return spread, missed
