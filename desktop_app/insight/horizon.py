"""What will be sold over a span of days to come, with bounds told from how such a span was forecast before.

The span is laid at the same distance from every past Monday, forecast from the weeks before that Monday and held
against what came: its misses, not those of single weeks added up, give the bounds (split conformal, Lei et al. 2018),
since a level that is wrong is wrong in every week of the span. Spans of days that lie apart are forecast by the shares
that the weekdays have; those of a year hence by what the same days of last year were, where that did better.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.insight import forecast
from desktop_app.insight.smoothing import SEASON, Floats, first_sale

RECENT = 26  # weeks that say how the weekdays share a week
LAST = 52  # of the tried spans, how many of the newest are looked at
STARTS = 4  # weeks of history before the first span that is tried
LEAST = 9  # tried spans of which the ends of an 80 % interval can be told: one in ten lies beyond each
KNOWN = 0.8  # of what was expected in a past span, that must be known to have come or not
SEASONAL = 13  # tried spans before last year's swing is believed
SWING = (0.2, 5.0)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the products (rows) will sell over the span; NaN bounds: too little was tried to say."""

    expected: Floats
    low: Floats
    high: Floats
    total: tuple[float, float, float]  # of all rows together: expected, low, high
    tried: int  # past spans that the total was tried on
    swing: float  # of the span by last year's, that the forecast was multiplied by; 1: none


def reach(weeks: int) -> int:
    """Return how many weeks from this Monday the history carries: the span must fit twice into what can be tried."""
    return max(2, (weeks - forecast.SMALL) // 2)


def over_span(
    daily: Floats, usual: Floats, offset: int, days: int, of: npt.NDArray[np.intp] | None = None, share: float = 0.8
) -> Ahead:  # fmt: skip
    """Forecast a span of ``days`` that begins ``offset`` days after the end of the history.

    ``daily`` (products, weeks * 7) is what was sold, ``usual`` (products, weeks) the same by week with NaN where the
    week says nothing of the usual demand. All rows tell how far forecasts miss; ``of`` are those that are answered for.
    """
    rows = np.arange(len(usual)) if of is None else of
    middle = forecast.expected(usual)
    weeks = _share_of_week(daily, offset, days)
    came = _spans(daily, usual, offset, days)  # (products, starts), NaN where not known
    begun = np.arange(came.shape[1]) >= np.maximum(first_sale(usual)[:, None] + 1, STARTS)
    came, told = np.where(begun, came, np.nan), np.where(begun, weeks * middle[:, : came.shape[1]], 0.0)
    swings, swing = _swing(daily, middle, weeks, came, told, offset, days)
    told, expected = told * swings, weeks * middle[:, -1] * swing
    spread = forecast.spreads(usual, middle)
    low, high = _bounds((came - told) / spread[:, : came.shape[1]], expected, spread[:, -1], share)
    expected, low, high = expected[rows], low[rows], high[rows]
    total, tried = _total(came[rows], told[rows], (expected, low, high), share)
    return Ahead(expected, np.minimum(low, expected), np.maximum(high, expected), total, tried, swing)


def _total(
    came: Floats, told: Floats, each: tuple[Floats, Floats, Floats], share: float
) -> tuple[tuple[float, float, float], int]:  # fmt: skip
    """Return what all rows will sell together with its bounds, and how many past spans these were told from.

    One series of spans that overlap tells little: how far it missed, to either side, is steadier than each side alone.
    """
    known = ~np.isnan(came)
    whole = (told * known).sum(0) >= KNOWN * np.maximum(told.sum(0), 1e-9)
    whole &= known.any(0)
    sums, came_sums = told.sum(0), np.where(known, came, told).sum(0)
    off = (np.abs(came_sums - sums) / np.maximum(sums, 1.0))[whole][-LAST:]
    now, low, high = (float(part.sum()) for part in each)
    if len(off) < LEAST or len(came) == 1:
        return (now, min(low, now), max(high, now)), len(off)  # the widest: all miss to one side at once
    wide = float(np.quantile(off, share, method="weibull")) * max(now, 1.0)
    return (now, max(0.0, now - wide), now + wide), len(off)


def _share_of_week(daily: Floats, offset: int, days: int) -> float:
    """Return how many usual weeks the span is worth, by what the weekdays share of a week."""
    recent = daily[:, -7 * RECENT :].sum(0).reshape(-1, 7).sum(0)
    share = (recent + 1e-9) / (recent.sum() + 7e-9)
    return float(share[(offset + np.arange(days)) % 7].sum())


def _spans(daily: Floats, usual: Floats, offset: int, days: int) -> Floats:
    """Return what was sold in such a span after each past Monday, (products, Mondays); NaN: not known whole."""
    weeks = usual.shape[1]
    starts = max(0, weeks - math.ceil((offset + days) / 7) + 1)
    if not starts:
        return np.zeros((len(daily), 0))
    sums = np.concatenate([np.zeros((len(daily), 1)), np.cumsum(daily, axis=1)], axis=1)
    gaps = np.concatenate([np.zeros((len(daily), 1)), np.cumsum(np.isnan(usual).repeat(7, axis=1), axis=1)], axis=1)
    first = np.arange(starts) * 7 + offset
    found = sums[:, first + days] - sums[:, first]
    return np.where(gaps[:, first + days] > gaps[:, first], np.nan, found)


def _swing(
    daily: Floats, middle: Floats, weeks: float, came: Floats, told: Floats, offset: int, days: int
) -> tuple[npt.NDArray[np.float64], float]:  # fmt: skip
    """Return the swing of each past span by the year before it, and that of the span itself; ones where it is no help.

    The swing of all products together (one alone says little), taken whole or by its root, whichever missed least.
    """
    starts, none = came.shape[1], np.ones(came.shape[1])
    all_day = np.concatenate([[0.0], np.cumsum(daily.sum(0))])
    level = weeks * middle.sum(0)
    at = np.arange(SEASON + STARTS, middle.shape[1])
    before = at - SEASON
    first = before * 7 + offset
    if not len(at) or first[-1] + days >= len(all_day):
        return none, 1.0
    then = (all_day[first + days] - all_day[first]) / np.maximum(level[before], 1e-9)
    ratio = np.ones(middle.shape[1])
    ratio[at] = np.where(level[before] > 0, np.clip(then, *SWING), 1.0)
    tried = np.arange(starts) >= SEASON + STARTS
    if tried.sum() < SEASONAL:
        return none, 1.0
    best, power = math.inf, 0.0
    for each in (0.0, 0.5, 1.0):
        off = np.abs(np.nansum(came - told * ratio[:starts] ** each, axis=0))[tried].mean()
        if off < best * (0.95 if each else 1.0):
            best, power = float(off), each
    return ratio[:starts] ** power, float(ratio[-1] ** power)


def _bounds(missed: Floats, middle: Floats, spread: Floats, share: float) -> tuple[Floats, Floats]:
    """Return the bounds that hold ``share`` of what was missed in the newest spans, in spreads; NaN for too few."""
    known = missed[:, -LAST:]
    known = known[~np.isnan(known)]
    if len(known) < forecast.LEAST_MISSES:
        return np.full(len(middle), np.nan), np.full(len(middle), np.nan)
    edge = (1 - share) / 2
    low, high = np.quantile(known, [edge, 1 - edge], method="weibull")
    return np.maximum(0, middle + low * spread), np.maximum(0, middle + high * spread)
