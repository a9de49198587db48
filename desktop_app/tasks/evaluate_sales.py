"""Score forecasts and recommendations on any file of sales: the last weeks, the last fifth of the baskets."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.formats import SaleLine
from desktop_app.insight import forecast, recommend, smoothing
from desktop_app.tasks.evaluate import Score

TRIED = 12  # weeks, the last of the file
DRAWS = 10  # times each basket is tried
MONDAY_OF_NUMPY = dt.date(1970, 1, 1)  # a Thursday; numpy counts its weeks from it


@dataclass(frozen=True, slots=True)
class Tried:
    """One guess held against what came: a product's week, or the place of a hidden line."""

    n: int
    label: str
    predicted: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    about: str = ""


def evaluate_forecast(
    stop: threading.Event, *, path: Path, mapping: Sequence[tuple[str, str]] = (), weeks: int = TRIED, top: int = 0
) -> Iterator[Tried | Score]:
    """Forecast each product's last ``weeks`` weeks, each from those before it; yield a `Tried` each, then the `Score`.

    Weeks are numpy's (Thursday to Wednesday) from the first line to the last; returns do not count. ``top`` keeps
    the products that sold most. The metrics hold the naive forecast, the mean of four weeks and exponential smoothing
    beside ours. UserError where the file has no dates or fewer than ``weeks`` + 8 weeks.
    """
    started = time.monotonic()
    items, demand, first = weekly(formats.sales_lines(path, mapping).lines)
    if demand.shape[1] < weeks + forecast.SMALL:
        raise UserError(
            "{name} holds {n} weeks; {least} are needed. Too little data to say.",
            name=path.name, n=demand.shape[1], least=weeks + forecast.SMALL,
        )  # fmt: skip
    if top:
        order = np.sort(np.argsort(-demand.sum(1), kind="stable")[:top])
        items, demand = [items[i] for i in order], demand[order]
    found = forecast.back_test(demand, weeks)
    last = demand.shape[1] - weeks
    for number, (item, row) in enumerate(zip(items, range(len(items)), strict=True)):
        for week in range(weeks):
            if stop.is_set():
                return
            monday = MONDAY_OF_NUMPY + dt.timedelta(7 * (first + last + week))
            told = tuple(
                f"{value:.2f}" for value in (found.expected[row, week], found.low[row, week], found.high[row, week])
            )
            yield Tried(number * weeks + week + 1, f"{found.actual[row, week]:g}", told, (), f"{item} {monday}")
    others = {
        "naive": smoothing.exponential(demand, 1.0),
        "mean4": smoothing.window(demand, 4),
        "exponential": smoothing.exponential(demand, 0.2),
    }
    metrics = {"mase": found.mase, "coverage80": found.coverage} | {
        f"mase_{name}": forecast.scaled_error(found.actual, tried[:, last:-1], found.scale)
        for name, tried in others.items()
    }
    rounded = {name: round(value, 4) for name, value in metrics.items()}
    yield Score("forecast", len(items), rounded, round(time.monotonic() - started, 3))


def weekly(lines: Sequence[SaleLine]) -> tuple[list[str], smoothing.Floats, int]:
    """Return the products, their sales (products, weeks) and the number of the first week; returns are left out."""
    sold = [(line.item, line.day, line.quantity) for line in lines if line.day is not None and line.quantity > 0]
    if not sold:
        raise UserError("The file has no dates, so there is nothing to forecast from. Too little data to say.")
    days = [(day - MONDAY_OF_NUMPY).days // 7 for _item, day, _quantity in sold]
    items = sorted({item for item, _day, _quantity in sold})
    place = {item: n for n, item in enumerate(items)}
    demand = np.zeros((len(items), max(days) - min(days) + 1))
    rows = [place[item] for item, _day, _quantity in sold]
    flat = np.array(rows) * demand.shape[1] + np.array(days) - min(days)
    demand += np.bincount(flat, [q for _item, _day, q in sold], demand.size).reshape(demand.shape)
    return items, demand, min(days)


def evaluate_recommend(
    stop: threading.Event, *, path: Path, mapping: Sequence[tuple[str, str]] = (), known: int = 3
) -> Iterator[Tried | Score]:
    """Find hidden lines of the last fifth of baskets from ``known`` others; yield a `Tried` each, then the `Score`.

    Lines and the hidden one are drawn ten times a basket, among products that were sold before. ``hit@5`` and
    ``hit@10`` are the shares found among the first 5 and 10 of all products; what is most popular, and plain cosine
    of common baskets, stand beside. ``cold_hit@10`` asks the same for products never sold before, among such.
    """
    started = time.monotonic()
    items, names, baskets = baskets_of(formats.sales_lines(path, mapping).lines)
    cut = len(baskets) * 4 // 5
    past, late = baskets[:cut], baskets[cut:]
    seen = {i for basket in past for i in basket}
    cases = recommend.hidden_lines(late, seen, known, DRAWS)
    if len(cases) < recommend.FEW:
        raise UserError("{name} holds too few baskets of two lines or more. Too little data to say.", name=path.name)
    vectors = recommend.name_vectors(names)
    fitted = recommend.Recommender(past, len(items), vectors)
    places = []
    for start in range(0, len(cases), 500):
        some = cases[start : start + 500]
        scores = fitted.scores([lines for lines, _hidden in some])
        found = recommend.ranks(scores, some)
        places.append(found)
        for number, ((lines, hidden), row, place) in enumerate(zip(some, scores, found, strict=True), start + 1):
            if stop.is_set():
                return
            row[lines] = -np.inf
            best = np.argpartition(-row, 10)[:10] if len(row) > 10 else np.arange(len(row))
            ranked = tuple(items[i] for i in best[np.argsort(-row[best])])
            yield Tried(number, items[hidden], (str(place + 1),), ranked, ", ".join(items[i] for i in lines))
    metrics = _shares("", np.concatenate(places))
    metrics |= _shares("_popular", recommend.ranks(np.broadcast_to(fitted.share, (len(cases), len(items))), cases))
    metrics |= _shares("_cosine", recommend.ranks(recommend.cosine(past, len(items), cases), cases))
    metrics |= _cold(fitted, late, seen, known)
    yield Score("recommend", len(cases), metrics, round(time.monotonic() - started, 3))


def baskets_of(lines: Sequence[SaleLine]) -> tuple[list[str], list[str], list[list[int]]]:
    """Return products, their names, and the baskets as lists of product numbers, the oldest first.

    Returns are no baskets. Without dates the order of the file stands.
    """
    held: dict[str, dict[str, None]] = {}
    when: dict[str, dt.date] = {}
    named: dict[str, str] = {}
    for line in lines:
        if line.quantity > 0:
            held.setdefault(line.order, {})[line.item] = None
            named.setdefault(line.item, line.name or line.item)
            if line.day is not None:
                when.setdefault(line.order, line.day)
    items = sorted(named)
    place = {item: n for n, item in enumerate(items)}
    orders = sorted(held, key=lambda order: when.get(order, dt.date.min))
    return items, [named[item] for item in items], [[place[item] for item in held[order]] for order in orders]


def _shares(end: str, places: np.ndarray[tuple[int], np.dtype[np.intp]]) -> dict[str, float]:
    return {f"hit@{n}{end}": round(float((places < n).mean()), 4) for n in (5, 10)}


def _cold(fitted: recommend.Recommender, late: Sequence[Sequence[int]], seen: set[int], known: int) -> dict[str, float]:
    """Return how often a product nobody bought before is found by likeness alone, and how often by chance."""
    fresh = np.array(sorted({i for basket in late for i in basket} - seen), np.intp)
    cases = [case for case in recommend.hidden_lines(late, None, known, DRAWS) if case[1] not in seen]
    cases = [(some, hidden) for lines, hidden in cases if (some := [i for i in lines if i in seen])]
    if len(cases) < recommend.FEW or fitted.vectors is None:
        return {}
    place = {int(item): n for n, item in enumerate(fresh)}
    scores = np.stack([(fitted.vectors[fresh] @ fitted.vectors[lines].T).sum(1) for lines, _hidden in cases])
    found = recommend.ranks(scores, [([], place[hidden]) for _lines, hidden in cases])
    return {
        "cold_hit@10": round(float((found < 10).mean()), 4),
        "cold_hit@10_chance": round(min(1.0, 10 / len(fresh)), 4),
        "cold_products": float(len(fresh)),
    }
