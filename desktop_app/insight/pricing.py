"""What to ask for a product: floors, rounding, how buyers answer to price, and markdowns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rounding = Literal["none", "whole", "90", "99", "95", "lucky"]

PRICES, WEEKS_EACH, APART = 3, 3, 0.05  # so many prices, weeks at each and distance, or elasticity is not told
WIDEST = 1.5  # half the interval of an elasticity that is still worth showing


@dataclass(frozen=True, slots=True)
class Elasticity:
    """By how many per cent sales change when the price rises by one, with bounds that hold 80 %."""

    value: float
    low: float
    high: float
    weeks: int
    prices: int


def elasticity(price: Floats, units: Floats) -> Elasticity | None:
    """Return the price elasticity from weekly prices and units, or None where the data do not carry one.

    Least squares of log units on log price and a straight line in time, with the errors of Huber & White (HC1); asked
    are three prices five per cent apart, each for three weeks with sales, and bounds no wider than three.
    """
    known = (units > 0) & (price > 0)
    if known.sum() < 12:
        return None
    log_price, log_units = np.log(price[known]), np.log(units[known])
    levels = _levels(log_price)
    if levels < PRICES:
        return None
    time = np.flatnonzero(known).astype(float)
    rows = np.stack([np.ones(len(time)), log_price - log_price.mean(), (time - time.mean()) / max(time.std(), 1.0)], 1)
    inverse = np.linalg.pinv(rows.T @ rows)
    found = inverse @ rows.T @ log_units
    off = log_units - rows @ found
    spread = inverse @ (rows.T * off**2) @ rows @ inverse * len(off) / max(len(off) - 3, 1)
    half = 1.30 * math.sqrt(max(float(spread[1, 1]), 0.0))
    if half > WIDEST:
        return None
    return Elasticity(float(found[1]), float(found[1]) - half, float(found[1]) + half, len(off), levels)


def _levels(log_price: Floats) -> int:
    """Return how many prices, five per cent apart, stood for three weeks each."""
    found, last = 0, -math.inf
    for level in np.unique(np.round(log_price, 3)):
        if level - last >= APART and (np.abs(log_price - level) < APART / 2).sum() >= WEEKS_EACH:
            found, last = found + 1, float(level)
    return found


def floor_price(cost: Decimal, margin: Decimal, fees: Decimal = Decimal(0)) -> Decimal:
    """Return the least price that leaves ``margin`` (a share of the price) after ``fees`` (another share).

    price = cost / (1 - margin - fees); ValueError where nothing would be left.
    """
    left = 1 - margin - fees
    if left <= 0:
        raise ValueError("margin and fees take the whole price")
    return cost / left


def rounded(price: Decimal, rule: Rounding, floor: Decimal | None = None) -> Decimal:
    """Return the price of the rule nearest to ``price`` and not below ``floor``.

    "90", "95" and "99" end in that; "lucky" (吉利数) ends in 6, 8 or 9 and holds no 4; "whole" has no cents.
    """
    at_least = floor if floor is not None else Decimal("0.01")
    if rule == "none":
        return max(price, at_least).quantize(Decimal("0.01"), ROUND_CEILING if price < at_least else None)
    around = int(price.to_integral_value(ROUND_FLOOR))
    if rule == "lucky":
        step = 1 if price < 1000 else 10
        first = around - around % step
        tried = [Decimal(n) for n in range(max(1, first - 30 * step), first + 31 * step)]
        good = [n for n in tried if str(n)[-1] in "689" and "4" not in str(n)]
        if step == 10:
            good += [n for n in tried if str(n)[-2:] in {"68", "88", "99", "66"} and "4" not in str(n)]
    elif rule == "whole":
        good = [Decimal(n) for n in range(max(1, around - 1), around + 3)]
    else:
        good = [Decimal(n) + Decimal(rule) / 100 for n in range(max(0, around - 2), around + 3)]
    above = int(at_least.to_integral_value(ROUND_CEILING))
    if not any(n >= at_least for n in good):
        return rounded(Decimal(above), rule, floor) if above > around else at_least
    return min((n for n in good if n >= at_least), key=lambda n: (abs(n - price), n))


@dataclass(frozen=True, slots=True)
class Markdown:
    """A lower price that clears what lies too long, and what it rests on."""

    price: Decimal
    share: float  # taken off, 0 … 1
    known: bool  # whether an elasticity carries it; else it is a first step to try


def markdown(
    price: Decimal, weekly: float, stock: float, weeks: float, answer: Elasticity | None, floor: Decimal,
    rule: Rounding = "none",
) -> Markdown | None:  # fmt: skip
    """Return the price at which ``stock`` is sold in ``weeks`` if buyers answer as ``answer`` says; None: none is due.

    units x (new / old)^elasticity = stock / weeks, solved for the new price. Without an elasticity, or with one that
    does not answer to price, the step is ten per cent. Never below ``floor``.
    """
    wanted = stock / weeks if weeks > 0 else math.inf
    if stock <= 0 or weekly >= wanted:
        return None
    known = answer is not None and answer.high < 0 and weekly > 0
    share = 0.1
    if known and answer is not None:
        share = min(0.6, 1 - (wanted / weekly) ** (1 / answer.value))
    new = rounded(max(floor, price * Decimal(1 - share)), rule, floor)
    return Markdown(new, float(1 - new / price), known) if new < price else None
