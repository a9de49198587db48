"""How often a customer will come back and what the next purchases are worth, with an interval.

BG/NBD for how often (Fader, Hardie & Lee 2005, "Counting Your Customers" the Easy Way, Marketing Science 24) and
gamma-gamma for how much (Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value). Times are in any one unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from desktop_app.insight.linear import minimise
from desktop_app.insight.special import hypergeometric, log_gamma

Floats = npt.NDArray[np.float64]
FEW = 30  # customers who came back, below which nothing is said
MANY = 8_000  # drawn by lot where there are more: they tell how customers behave to a few per cent
DRAWS, CELLS = 400, 3_000_000  # draws a customer; of many customers fewer, since their sum is what is asked for


@dataclass(frozen=True, slots=True)
class Summary:
    """What the models see of each customer, arrays (customers,): times counted from the first purchase.

    ``repeats`` are the periods with a purchase after the first one, ``recency`` the age at the last of them, ``age``
    the age now, ``mean`` the mean value of a repeat period (0 without one).
    """

    repeats: Floats
    recency: Floats
    age: Floats
    mean: Floats

    def of(self, places: npt.NDArray[np.int64] | list[int]) -> Summary:
        """Return what is seen of the customers at these places."""
        return Summary(self.repeats[places], self.recency[places], self.age[places], self.mean[places])


@dataclass(frozen=True, slots=True)
class Coming:
    """BG/NBD: purchase rates are Gamma(r, alpha) among customers, chances to stop after a purchase Beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, seen: Summary) -> Floats:
        """Return the chance that each customer still is one (eq. 7 in Fader, Hardie & Lee 2008's note on P(alive))."""
        x = seen.repeats
        ratio = np.exp((self.r + x) * np.log((self.alpha + seen.age) / (self.alpha + seen.recency)))
        gone = np.where(x > 0, self.a / (self.b + np.maximum(x, 1) - 1) * ratio, 0.0)
        return np.asarray(1 / (1 + gone), np.float64)

    def expected(self, seen: Summary, time: float) -> Floats:
        """Return the purchases to be expected of each customer in the next ``time`` (eq. 10 of the 2005 paper)."""
        x, aged = seen.repeats, self.alpha + seen.age
        first = (self.a + self.b + x - 1) / (self.a - 1)
        series = hypergeometric(
            self.r + x, self.b + x, self.a + self.b + x - 1, np.asarray(time / (aged + time), np.float64)
        )
        kept = 1 - (aged / (aged + time)) ** (self.r + x) * series
        return np.asarray(first * kept * self.alive(seen), np.float64)


@dataclass(frozen=True, slots=True)
class Spending:
    """Gamma-gamma: what a purchase comes to is Gamma(p, nu), nu among customers Gamma(q, v)."""

    p: float
    q: float
    v: float

    def mean(self, seen: Summary) -> Floats:
        """Return what a purchase of each customer will come to on average (eq. 5 of the note)."""
        weight = self.p * seen.repeats
        return np.asarray(self.p * (self.v + seen.repeats * seen.mean) / (weight + self.q - 1), np.float64)


@dataclass(frozen=True, slots=True)
class Value:
    """Each customer's value over a time ahead, arrays (customers,), and of all together."""

    expected: Floats
    low: Floats
    high: Floats
    total: float
    total_low: float
    total_high: float


def summarise(
    customers: npt.NDArray[np.int64], days: npt.NDArray[np.int64], amounts: Floats, until: int, unit: int = 1
) -> tuple[npt.NDArray[np.int64], Summary]:
    """Return the customers (sorted) and their `Summary` from purchases up to the day ``until``.

    A customer's purchases of one ``unit`` of days count as one, as `lifetimes` counts them: units are numbered from the
    day 0, the age is whole units. ``amounts`` of one unit are added up.
    """
    known = days <= until
    period = days[known] // unit
    last = until // unit
    who, places = np.unique(customers[known], return_inverse=True)
    pairs, group = np.unique(np.stack([places, period]), axis=1, return_inverse=True)
    worth = np.bincount(group.ravel(), amounts[known], pairs.shape[1])
    of, when = pairs
    first = np.full(len(who), np.iinfo(np.int64).max)
    np.minimum.at(first, of, when)
    latest = np.full(len(who), np.iinfo(np.int64).min)
    np.maximum.at(latest, of, when)
    repeat = when > first[of]
    count = np.bincount(of[repeat], minlength=len(who)).astype(np.float64)
    money = np.bincount(of[repeat], worth[repeat], len(who))
    mean = np.where(count > 0, money / np.maximum(count, 1), 0.0)
    seen = Summary(count, (latest - first).astype(np.float64), (last - first).astype(np.float64), mean)
    return who, seen


def _some(seen: Summary, among: npt.NDArray[np.bool_] | None = None) -> Summary:
    """Return those of ``among`` (all, where none are named), or ``MANY`` of them drawn by lot."""
    places = np.arange(len(seen.repeats)) if among is None else np.flatnonzero(among)
    if len(places) > MANY:
        places = np.sort(np.random.default_rng(1).choice(places, MANY, replace=False))
    return seen.of(places)


def fit_coming(seen: Summary) -> Coming | None:
    """Fit BG/NBD by maximum likelihood (eq. 6); None where fewer than 30 customers ever came back."""
    if (seen.repeats > 0).sum() < FEW:
        return None
    seen = _some(seen)
    scale = 10 / max(float(seen.age.max()), 1e-9)
    rows = np.stack([seen.repeats, seen.recency * scale, seen.age * scale])
    (x, recency, age), counts = np.unique(rows, axis=1, return_counts=True)

    def surprise(logs: Floats) -> float:
        r, alpha, a, b = np.exp(logs)
        if max(r, alpha, a, b) > 1e6:
            return 1e18
        start = log_gamma(r + x) - log_gamma(r) + r * np.log(alpha)
        beta = log_gamma(a + b) + log_gamma(b + x) - log_gamma(b) - log_gamma(a + b + x)
        stays = -(r + x) * np.log(alpha + age)
        left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + recency)
        told = start + beta + np.where(x > 0, np.logaddexp(stays, left), stays)
        return float(-(counts * told).sum() / counts.sum())

    r, alpha, a, b = np.exp(_lowest(surprise, np.zeros(4)))
    return Coming(float(r), float(alpha / scale), float(a), float(b))


def fit_spending(seen: Summary) -> Spending | None:
    """Fit gamma-gamma to those who came back and paid; None where they are fewer than 30."""
    if ((seen.repeats > 0) & (seen.mean > 0)).sum() < FEW:
        return None
    seen = _some(seen, (seen.repeats > 0) & (seen.mean > 0))
    paid = (seen.repeats > 0) & (seen.mean > 0)
    x, mean = seen.repeats[paid], seen.mean[paid]
    scale = float(mean.mean())
    z = mean / scale

    def surprise(logs: Floats) -> float:
        p, q, v = np.exp(logs)
        if max(p, q, v) > 1e6:
            return 1e18
        told = (
            log_gamma(p * x + q) - log_gamma(p * x) - log_gamma(q) + q * np.log(v)
            + (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * np.log(x * z + v)
        )  # fmt: skip
        return float(-told.mean())

    p, q, v = np.exp(_lowest(surprise, np.zeros(3)))
    return Spending(float(p), float(q), float(v * scale))


def value(coming: Coming, spending: Spending, seen: Summary, time: float, share: float = 0.8, seed: int = 1) -> Value:
    """Return what each customer's purchases in the next ``time`` come to, with bounds that hold ``share``.

    The bounds are drawn from the posterior of each customer: alive or not, the rate Gamma(r + x, alpha + T), the
    chance to stop Beta(a, b + x), the mean purchase p over Gamma(p x + q, v + x z). Parameters count as known.
    """
    chance = np.random.default_rng(seed)
    alive, n = coming.alive(seen), len(seen.repeats)
    draws = min(DRAWS, max(CELLS // max(n, 1), DRAWS // 10))
    at_once = draws if n < 50 else 1  # of one customer all together, which takes a thirtieth of the time
    drawn = np.empty((draws, n))
    for row in range(0, draws, at_once):
        size = min(at_once, draws - row), n
        rate = chance.gamma(coming.r + seen.repeats, 1 / (coming.alpha + seen.age), size)
        stop = np.clip(chance.beta(coming.a, coming.b + seen.repeats, size), 1e-9, 1.0)
        times = np.minimum(chance.poisson(rate * time), chance.geometric(stop))
        inverse = chance.gamma(
            spending.p * seen.repeats + spending.q, 1 / (spending.v + seen.repeats * seen.mean), size
        )  # fmt: skip
        spent = np.where(times > 0, chance.gamma(np.maximum(spending.p * times, 1e-9)) / np.maximum(inverse, 1e-12), 0)
        drawn[row : row + size[0]] = np.where(chance.random(size) < alive, spent, 0.0)
    edge = (1 - share) / 2
    low, high = np.quantile(drawn, [edge, 1 - edge], axis=0)
    sums = drawn.sum(1)
    if draws == DRAWS:
        total_low, total_high = np.quantile(sums, [edge, 1 - edge])
    else:  # the sum of thousands is as good as normal, and a few draws tell its spread better than its edges
        total_low, total_high = sums.mean() + np.array([-1, 1]) * NormalDist().inv_cdf(1 - edge) * sums.std()
    expected = coming.expected(seen, time) * spending.mean(seen)
    return Value(expected, low, high, float(expected.sum()), float(total_low), float(total_high))


def _lowest(surprise: Callable[[Floats], float], start: Floats) -> Floats:
    """Return where ``surprise`` is least, its slope taken by central differences."""

    def with_slope(here: Floats) -> tuple[float, Floats]:
        step = 1e-5
        slope = np.array([
            (surprise(here + step * way) - surprise(here - step * way)) / (2 * step) for way in np.eye(len(here))
        ])  # fmt: skip
        return surprise(here), slope

    return np.asarray(minimise(with_slope, start, 800, 1e-7), np.float64)
