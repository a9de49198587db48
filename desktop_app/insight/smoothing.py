"""One-step forecasts of demand by simple, well-known methods, for many products side by side.

Demand is an array (products, weeks); NaN marks a week that says nothing (out of stock, a promotion). Every method gives
an array (products, weeks + 1): column t is what it expected for week t from the weeks before it, so that one pass
serves both the forecast (the last column) and its back-test (all others). A product begins with its first sale.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Shape = tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]

HIGHEST = 16.0  # of a logarithm that is turned back into pieces
SEASON = 52  # weeks in a year


def _same(x: Floats) -> Floats:
    return x


def _from_log(x: Floats) -> Floats:
    return np.asarray(np.expm1(np.clip(x, 0, HIGHEST)), np.float64)


def _from_root(x: Floats) -> Floats:
    return np.asarray(np.maximum(x, 0) ** 2, np.float64)


PLAIN: Shape = (_same, _same)
# Smoothing logarithms or roots follows the usual week and is moved less by the one large order.
LOG: Shape = (np.log1p, _from_log)
ROOT: Shape = (np.sqrt, _from_root)


def first_sale(demand: Floats) -> npt.NDArray[np.intp]:
    """Return the week of each product's first sale; the number of weeks where it never sold."""
    sold = np.nan_to_num(demand) > 0
    return np.asarray(np.where(sold.any(1), sold.argmax(1), demand.shape[1]), np.intp)


def exponential(demand: Floats, gain: float, shape: Shape = PLAIN) -> Floats:
    """Smooth exponentially: level += gain * (demand - level), the gain at least 1/n over the first n weeks.

    Brown 1959; the start is the running mean, so that a new product is followed at once. A gain of 1 is the naive
    forecast.
    """
    return damped(demand, gain, 0.0, 0.0, shape)


def damped(demand: Floats, gain: float, slope_gain: float, damping: float, shape: Shape = PLAIN) -> Floats:
    """Smooth level and damped slope: Holt's method as in Gardner & McKenzie 1985, started as a running mean."""
    to, back = shape
    told = to(np.maximum(np.nan_to_num(demand), 0))
    known = ~np.isnan(demand) & (np.arange(demand.shape[1]) >= first_sale(demand)[:, None])
    level, slope, seen = (np.zeros(len(demand)) for _part in range(3))
    found = np.zeros((len(demand), demand.shape[1] + 1))
    for week in range(demand.shape[1]):
        on = known[:, week]
        seen = seen + on
        expected = level + damping * slope
        moved = expected + np.maximum(gain, 1 / np.maximum(seen, 1)) * (told[:, week] - expected)
        bent = np.where(seen > 1, slope_gain * (moved - level) + (1 - slope_gain) * damping * slope, 0.0)
        level, slope = np.where(on, moved, expected), np.where(on, bent, damping * slope)
        found[:, week + 1] = np.where(seen > 0, back(level + damping * slope), 0.0)
    return np.maximum(found, 0)


def theta(demand: Floats, gain: float) -> Floats:
    """Add half the straight-line drift to exponential smoothing (Assimakopoulos & Nikolopoulos 2000; Hyndman 2003)."""
    found = exponential(demand, gain)
    start = first_sale(demand)
    weeks = np.arange(demand.shape[1])
    known = ~np.isnan(demand) & (weeks >= start[:, None])
    for week in range(6, demand.shape[1] + 1):
        on = known[:, :week]
        count = np.maximum(on.sum(1), 1)
        middle = (on * weeks[:week]).sum(1) / count
        off = on * (weeks[:week] - middle[:, None])
        rise = (off * np.nan_to_num(demand[:, :week])).sum(1) / np.maximum((off**2).sum(1), 1e-9)
        found[:, week] += np.where(count >= 6, 0.5 * rise * (1 - (1 - gain) ** count) / gain, 0.0)
    return np.maximum(found, 0)


def window(demand: Floats, weeks: int, middle: bool = False) -> Floats:
    """Return the mean (or the middle value) of the last ``weeks`` weeks on sale."""
    found = np.zeros((len(demand), demand.shape[1] + 1))
    on_sale = np.where(np.arange(demand.shape[1]) >= first_sale(demand)[:, None], demand, np.nan)
    for week in range(1, demand.shape[1] + 1):
        past = on_sale[:, max(0, week - weeks) : week]
        count = (~np.isnan(past)).sum(1)
        some = count > 0
        found[some, week] = _middle(past[some], count[some]) if middle else np.nansum(past[some], 1) / count[some]
        if week > 1:  # nothing was seen in the window: what was expected before stands
            found[~some, week] = found[~some, week - 1]
    return np.maximum(found, 0)


def _middle(rows: Floats, count: npt.NDArray[np.intp]) -> Floats:
    """Return the middle of the numbers in each row; NaN sorts to the end and does not count."""
    ordered, each = np.sort(rows, axis=1), np.arange(len(rows))
    return np.asarray((ordered[each, (count - 1) // 2] + ordered[each, count // 2]) / 2, np.float64)


def intermittent(demand: Floats, size_gain: float, chance_gain: float) -> Floats:
    """Smooth the chance of a sale and its size apart, for lumpy demand (Teunter, Syntetos & Babai 2011, "TSB")."""
    start = first_sale(demand)
    chance, size, seen = (np.zeros(len(demand)) for _part in range(3))
    found = np.zeros((len(demand), demand.shape[1] + 1))
    for week in range(demand.shape[1]):
        value = np.nan_to_num(demand[:, week])
        on = ~np.isnan(demand[:, week]) & (week >= start)
        sold = on & (value > 0)
        seen = seen + on
        chance = np.where(on, chance + np.maximum(chance_gain, 1 / np.maximum(seen, 1)) * (sold - chance), chance)
        size = np.where(sold, np.where(size > 0, size + size_gain * (value - size), value), size)
        found[:, week + 1] = chance * size
    return found


def croston(demand: Floats, gain: float) -> Floats:
    """Divide the smoothed size of a sale by the smoothed gap between sales, less its bias.

    Croston 1972 with the factor 1 - gain/2 of Syntetos & Boylan 2005.
    """
    start = first_sale(demand)
    size, gap, since = np.zeros(len(demand)), np.zeros(len(demand)), np.zeros(len(demand))
    found = np.zeros((len(demand), demand.shape[1] + 1))
    for week in range(demand.shape[1]):
        value = np.nan_to_num(demand[:, week])
        on = ~np.isnan(demand[:, week]) & (week >= start)
        since = since + on
        sold, fresh = on & (value > 0), size == 0
        size = np.where(sold, np.where(fresh, value, size + gain * (value - size)), size)
        gap = np.where(sold, np.where(fresh, 1.0, gap + gain * (since - gap)), gap)
        since = np.where(sold, 0.0, since)
        found[:, week + 1] = np.where(size > 0, (1 - gain / 2) * size / np.maximum(gap, 1), 0.0)
    return found


def seasonal(demand: Floats, season: int = SEASON) -> Floats:
    """Repeat last year's same weeks (three, centred) at this year's level: seasonal naive, scaled.

    Where there is no year yet, or last year's level was nothing, it is exponential smoothing.
    """
    level = exponential(demand, 0.2)
    found = level.copy()
    weeks = demand.shape[1]
    for week in range(season + 4, weeks + 1):
        weeks_then = demand[:, week - season - 1 : min(week - season + 2, week)]
        known = (~np.isnan(weeks_then)).sum(1)
        near = np.nansum(weeks_then, 1) / np.maximum(known, 1)
        then, now = level[:, week - season], level[:, week]
        swing = np.clip(near / np.maximum(then, 1e-9), 0, 5)
        found[:, week] = np.where((then > 0) & (known > 0), now * swing, now)
    return found


def bank(demand: Floats) -> dict[str, Floats]:
    """Return the one-step forecasts of every method that the combination weighs, by name."""
    found = {"naive": exponential(demand, 1.0)}
    for name, shape in (("plain", PLAIN), ("log", LOG), ("root", ROOT)):
        for gain in (0.05, 0.1, 0.2, 0.3, 0.5):
            found[f"exponential {name} {gain}"] = exponential(demand, gain, shape)
        for gain, slope, damping in ((0.1, 0.1, 0.9), (0.2, 0.1, 0.9), (0.3, 0.3, 0.8)):
            found[f"damped {name} {gain} {slope}"] = damped(demand, gain, slope, damping, shape)
    for weeks in (4, 8, 13, 26):
        found[f"mean {weeks}"] = window(demand, weeks)
        found[f"middle {weeks}"] = window(demand, weeks, middle=True)
    found["theta"] = theta(demand, 0.2)
    found["tsb"] = intermittent(demand, 0.2, 0.1)
    found["croston"] = croston(demand, 0.1)
    if demand.shape[1] > SEASON + 8:
        found["seasonal"] = seasonal(demand)
    return found
