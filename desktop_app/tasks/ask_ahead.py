"""Answers about what will be sold: over exactly the days asked for, with bounds, or that this cannot be told."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from desktop_app.insight import forecast, horizon
from desktop_app.insight.cube import Only
from desktop_app.insight.horizon import Ahead
from desktop_app.insight.smoothing import Floats
from desktop_app.language.periods import Period
from desktop_app.tasks import demand, reckoning
from desktop_app.tasks.ask import Answer, Cell, Desk, answered, said, span_words, unanswered
from desktop_app.tasks.demand import Ints, Past
from desktop_app.words import _, several

MANY = 800  # products whose misses tell the bounds: those asked for, and of the others those that sell most
PRICED = 91  # days whose prices say what the pieces would come to


def predicted(desk: Desk) -> Answer:
    """Answer what will be sold over the span asked for; of one that runs, what is sold already and the rest."""
    desk = _with_span(desk)
    span = desk.period
    assert span is not None
    if span.last < desk.today:
        return unanswered(desk, _(
            "{span} is over. Ask what was sold, for example: How much did I sell last month?", span=span_words(span)
        ))  # fmt: skip
    chosen = _chosen(desk)
    cubes, only = reckoning.cubes(desk.shop), Only(channel=desk.asked.channel or None)
    past = demand.past(desk.shop, cubes, desk.today, _looked_at(desk, chosen), only)
    if past is None:
        return unanswered(desk, _("There are fewer than eight weeks of orders: too little data to say."))
    monday = desk.today - dt.timedelta(desk.today.weekday())
    farthest = monday + dt.timedelta(7 * horizon.reach(past.usual.shape[1]) - 1)
    if span.last > farthest:
        why = _("{span} is too far ahead: the orders so far carry a forecast to {day}.", span=span_words(span),
                day=farthest.isoformat())  # fmt: skip
        return unanswered(desk, why)
    rows = np.flatnonzero(np.isin(past.places, chosen))
    good = rows[forecast.told_enough(past.usual)[rows]]
    if not len(good):
        left = demand.left_out(int(past.out[rows].max(initial=0)), int(past.promoted[rows].max(initial=0)))
        why = _("There are fewer than eight weeks of sales of this: too little data to say.")
        return unanswered(desk, f"{why} {left}".strip())
    return _answer(desk, span, past, good, len(rows) - len(good))


def _answer(desk: Desk, span: Period, past: Past, rows: Ints, young: int) -> Answer:
    running = span.first <= desk.today < span.last
    start = desk.today + dt.timedelta(1) if running else span.first
    monday = desk.today - dt.timedelta(desk.today.weekday())
    cube = reckoning.cubes(desk.shop)[0]
    only = Only(channel=desk.asked.channel or None)
    daily = cube.gridded(only, past.first, 7 * past.usual.shape[1], 1)[past.places]
    found = horizon.over_span(daily, past.usual, (start - monday).days, (span.last - start).days + 1, rows)
    places = past.places[rows]
    sold = np.zeros(len(rows))
    if running:
        first = reckoning.number(span.first)
        sold = cube.gridded(only, first, 1, reckoning.number(desk.today) - first + 1)[places, 0]
    sides = (found.expected + sold, found.low + sold, found.high + sold)
    titles = desk.books.cube.titles
    order = np.argsort(-sides[0], kind="stable")
    table = tuple(_row(titles[places[n]], [float(side[n]) for side in sides]) for n in order)
    before = float(sold.sum())
    total, low, high = (part + before for part in found.total)
    notes = [_interval(low, high)]
    if running:
        notes.append(_("Of that {n} are sold already.", n=said(round(before, 1), "pieces", "")))
    if len(rows) == 1:
        notes.append(demand.left_out(int(past.out[rows[0]]), int(past.promoted[rows[0]])))
    notes += [_swing(found), _worth(desk, places, sides[0])]
    if young:
        notes.append(several("{count} product is too new to say.", "{count} products are too new to say.", young))
    return answered(
        desk, _("Forecast, pieces"), round(total, 1), "pieces", rows=table,
        units=("name", "pieces", "pieces", "pieces"),
        columns=(_("Product"), _("Forecast"), _("At least"), _("At most")), note=" ".join(n for n in notes if n),
        behind=False, chart="bar",
    )  # fmt: skip


def _with_span(desk: Desk) -> Desk:
    """Return the desk with the span that is answered for: where none was named, the seven days from tomorrow on."""
    spans = desk.asked.periods or (Period(desk.today + dt.timedelta(1), desk.today + dt.timedelta(7)),)
    return replace(desk, asked=replace(desk.asked, periods=spans[:1]))


def _chosen(desk: Desk) -> Ints:
    cube = desk.books.cube
    named = [p for p in desk.asked.products if p < len(cube.titles)]
    if named or desk.asked.products:
        return np.array(named, np.int64)
    everything = np.arange(len(cube.titles), dtype=np.int64)
    if not desk.asked.category:
        return everything
    of_category: Ints = everything[cube.category_of == cube.categories.index(desk.asked.category)]
    return of_category


def _looked_at(desk: Desk, chosen: Ints) -> Ints:
    """Return the products that are forecast: those asked for, and others beside whose misses tell the bounds too."""
    if len(chosen) >= MANY:
        return chosen
    keys, sums = desk.books.cube.by("product", Only(), ("units",))
    most = keys[np.argsort(-sums.units, kind="stable")][: MANY - len(chosen)]
    both: Ints = np.union1d(chosen, most)
    return both


def _interval(low: float, high: float) -> str:
    if math.isnan(low) or math.isnan(high):
        return _("There is too little history to say between which numbers it lies.")
    return _("Eight times in ten it lies between {low} and {high}.", low=f"{low:,.0f}", high=f"{high:,.0f}")


def _swing(found: Ahead) -> str:
    if abs(found.swing - 1) < 0.01:
        return ""
    share = f"{found.swing:.0%}"
    return _("By what was sold a year before, these days sell {share} of the usual; that is counted in.", share=share)


def _worth(desk: Desk, places: Ints, pieces: Floats) -> str:
    """Say what the pieces come to at the prices of the last quarter, where all of them had one."""
    cube, currency = reckoning.reckoned(desk.shop).cube, reckoning.reckoned(desk.shop).currency
    keys, sums = cube.by("product", Only(reckoning.number(desk.today) - PRICED), ("units", "amount"))
    price = np.full(len(cube.titles), np.nan)
    price[keys] = np.divide(sums.amount, sums.units, out=np.full(len(keys), np.nan), where=sums.units > 0)
    worth = float(np.where(pieces > 0, pieces * price[places], 0.0).sum())
    if math.isnan(worth) or not worth:
        return ""
    return _("At the prices of late that comes to {amount}.", amount=said(worth, "money", currency))


def _row(title: str, numbers: list[float]) -> tuple[Cell, ...]:
    return (title, *("–" if math.isnan(number) else round(number, 1) for number in numbers))


KINDS: dict[str, Callable[[Desk], Answer]] = {"forecast": predicted}
