"""What to buy, how much and by when, so that a shelf is empty no more often than the merchant accepts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DRAWS = 2000
FAR = 10.0  # spreads above what is expected, beyond which nobody needs to draw
REVIEW = 1.0  # weeks between two looks at the list


@dataclass(frozen=True, slots=True)
class Reorder:
    """What to do about one product; quantities in pieces, times in weeks."""

    quantity: int  # 0: nothing to buy now
    target: float  # stock that lasts until the next delivery but one, at the service level
    mean: float  # what will be sold in that time
    lasts: float  # weeks until the stock is gone at the forecast pace; inf where nothing is sold
    late: bool  # it is gone before a delivery ordered now can come
    point: float = math.nan  # what may be sold until a delivery comes, at the service level
    within: float = math.inf  # weeks within which to order, so that it lasts until the delivery at the service level


class Misses:
    """Past misses of all products in units of each one's spread (see `forecast.Forecast`), and draws of them.

    The draws, with replacement (Efron 1979), are made once for each number of weeks and serve every product.
    """

    def __init__(self, misses: Floats, seed: int = 1) -> None:
        self._pool = misses if len(misses) else np.zeros(1)
        self._seed = seed
        self._drawn: dict[int, Floats] = {}

    def drawn(self, weeks: int) -> Floats:
        """Return draws, shape (``DRAWS``, weeks)."""
        if weeks not in self._drawn:
            self._drawn[weeks] = np.random.default_rng(self._seed).choice(self._pool, (DRAWS, weeks))
        return self._drawn[weeks]


def over_weeks(weekly: float, spread: float, misses: Misses, weeks: float) -> Floats:
    """Return draws of what is sold in ``weeks``: the weekly forecast and misses of it, added up."""
    whole, part = int(weeks), weeks - int(weeks)
    each = np.maximum(0, weekly + spread * misses.drawn(whole + 1))
    return np.asarray(each[:, :whole].sum(1) + part * each[:, whole], np.float64)


def reorder(
    weekly: float, spread: float, misses: Misses, *, stock: float, coming: float = 0.0, lead: float = 2.0,
    service: float = 0.95, pack: int = 1, least: int = 0,
) -> Reorder:  # fmt: skip
    """Return what to buy of a product: up to the stock that lasts lead time and review with chance ``service``.

    Order-up-to policy (Silver, Pyke & Peterson 1998, ch. 7): target = quantile of demand over lead + review; an order
    is due where stock and what is coming will not last the lead time itself at that service by the time of the next
    look. ``pack`` rounds up.
    """
    if stock + coming > weekly * (lead + REVIEW) + FAR * spread * math.sqrt(lead + REVIEW):  # plainly enough
        mean = weekly * (lead + REVIEW)
        if weekly <= 0:
            return Reorder(0, mean + 2 * spread, mean, math.inf, late=False)
        within = (stock + coming - weekly * lead - 2 * spread * math.sqrt(lead)) / weekly
        return Reorder(0, mean + 2 * spread, mean, max(stock, 0) / weekly, late=False, within=within)
    until = over_weeks(weekly, spread, misses, lead + REVIEW)
    target = _quantile(until, service)
    point = _quantile(over_weeks(weekly, spread, misses, lead), service)
    have = stock + coming
    short = target - have
    quantity = 0
    within = max(0.0, have - point) / weekly if weekly > 0 else (0.0 if have <= point else math.inf)
    if within < REVIEW and short > 0:
        quantity = max(math.ceil(short / pack) * pack, math.ceil(least / pack) * pack)
    lasts = max(stock, 0) / weekly if weekly > 0 else math.inf
    return Reorder(quantity, target, float(until.mean()), lasts, lasts < lead and coming <= 0, point, within)


def _quantile(drawn: Floats, share: float) -> float:
    """Return a quantile as ``np.quantile`` does, several times sooner for so few numbers."""
    at = share * (len(drawn) - 1)
    below, above = math.floor(at), math.ceil(at)
    sorted_there = np.partition(drawn, (below, above))
    return float(sorted_there[below] + (at - below) * (sorted_there[above] - sorted_there[below]))
