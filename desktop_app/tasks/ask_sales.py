"""Answers about what was sold: amounts, pieces, orders, margin, what came back, what changed and what will be sold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from desktop_app.insight import changes
from desktop_app.insight.cube import UNDATED, By, Only, Sums
from desktop_app.language.periods import Period
from desktop_app.tasks import reckoning
from desktop_app.tasks.ask import Answer, Cell, Chart, Desk, Unit, answered, span_words, tied, unanswered
from desktop_app.words import _

SHOWN = 10  # rows where nobody said how many
CALENDAR = ("day", "week", "month", "weekday")


def weekdays() -> tuple[str, ...]:
    """Return the days of the week in the language in use, Monday first."""
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip


def group_words(what: str, key: int, desk: Desk) -> str:
    """Return the name of a group of the cube."""
    cube = desk.books.cube
    if what == "product":
        return cube.titles[key]
    if what == "category":
        return cube.categories[key] or _("no category")
    if what == "channel":
        return cube.channels[key] or _("no channel")
    if what == "weekday":
        return weekdays()[key]
    if key == UNDATED and what in {"month", "week", "day"} and cube.undated:
        return _("no day")
    if what == "month":
        return f"{1970 + key // 12}-{key % 12 + 1:02}"
    return (reckoning.day_of(key * 7 - 3) if what == "week" else reckoning.day_of(key)).isoformat()


def _only(desk: Desk, by: str | None) -> Only:
    """Return what is asked for; what has no day fell on none of the week."""
    only = desk.only()
    return (
        replace(only, since=UNDATED + 1) if by == "weekday" and only.since is None and desk.books.cube.undated else only
    )


def _words() -> dict[str, str]:
    return {
        "product": _("Product"), "category": _("Category"), "channel": _("Channel"), "weekday": _("Weekday"),
        "month": _("Month"), "week": _("Week from"), "day": _("Day"), "country": _("Country"),
    }  # fmt: skip


def sales(desk: Desk) -> Answer:
    """Answer how much was sold, in money."""
    return _summed(desk, _("Sales"), "money", lambda sums: sums.amount)


def units(desk: Desk) -> Answer:
    """Answer how many pieces were sold."""
    return _summed(desk, _("Pieces sold"), "pieces", lambda sums: sums.units)


def margin(desk: Desk) -> Answer:
    """Answer what was left of sales after the cost of the goods, as far as costs are known."""
    totals = desk.books.cube.totals(desk.only())
    if float(totals.amount) > 0 and float(totals.costed) == 0:
        return unanswered(desk, _("No costs are known for what was sold, so the margin cannot be told."))
    note = ""
    if float(totals.costed) < float(totals.amount) - 0.005:
        share = float(totals.costed) / float(totals.amount)
        note = _("Costs are known for {share} of sales; the rest is left out.", share=f"{share:.0%}")
    elif float(totals.amount) > 0:
        note = _("That is {share} of sales.", share=f"{float(totals.margin) / float(totals.costed):.1%}")
    return _summed(desk, _("Margin"), "money", lambda sums: sums.margin, note)


def returns(desk: Desk) -> Answer:
    """Answer how many pieces came back."""
    return _summed(desk, _("Pieces returned"), "pieces", lambda sums: sums.back_units)


def _summed(desk: Desk, what: str, unit: Unit, of: Callable[[Sums], np.ndarray], note: str = "") -> Answer:
    by = desk.asked.by
    if by == "country":
        return _countries(desk)
    if not by or (by == "product" and desk.asked.measure in {"returns", "margin"} and not desk.asked.order):
        return _total(desk, what, unit, of, note)
    return _grouped(desk, what, unit, of, note)


def _total(desk: Desk, what: str, unit: Unit, of: Callable[[Sums], np.ndarray], note: str) -> Answer:
    figure = float(of(desk.books.cube.totals(desk.only())))
    by: By = "month" if desk.period is None or desk.period.days > 62 else "day"
    if len(desk.asked.products) > 1:
        by = "product"
    keys, sums = desk.books.cube.by(by, desk.only())
    rows = tuple((group_words(by, int(k), desk), float(v)) for k, v in zip(keys, of(sums), strict=True))
    chart: Chart = "bar" if by == "product" else "line"
    return answered(
        desk, what, figure, unit, columns=(_words()[by], what), rows=rows, units=("name", unit), note=note,
        chart=chart if len(rows) > 1 else "",
    )  # fmt: skip


def _grouped(desk: Desk, what: str, unit: Unit, of: Callable[[Sums], np.ndarray], note: str) -> Answer:
    by: By = desk.asked.by  # type: ignore[assignment]
    keys, sums = desk.books.cube.by(by, _only(desk, by))
    values = of(sums)
    least = desk.asked.order == "least"
    if least and by == "product":
        return slow(desk)
    found = [(group_words(by, int(k), desk), float(v), int(k)) for k, v in zip(keys, values, strict=True)]
    if by not in CALENDAR or by == "weekday" or desk.asked.order:
        found.sort(key=lambda row: (row[1] if least else -row[1], row[0]))
    top = desk.asked.top or (SHOWN if by == "product" else 0)
    rows = tuple((name, number) for name, number, _key in (found[:top] if top else found))
    nothing = desk.asked.order == "most" and bool(rows) and float(rows[0][1]) <= 0
    if not rows or nothing:
        return unanswered(desk, _("There is nothing of that there and then ({where}).", where=desk.scope()))
    if by in CALENDAR and by != "weekday" and not desk.asked.order:
        total = float(of(desk.books.cube.totals(desk.only())))
        return answered(
            desk, what, total, unit, columns=(_words()[by], what), rows=rows, units=("name", unit), chart="line",
            note=note,
        )  # fmt: skip
    first = tied([row[:2] for row in found])
    best = _("{name}, {figure}", name=first, figure=_shown(rows[0][1], unit, desk))
    label = _("Fewest: {what}", what=what) if least else _("Most: {what}", what=what)
    return answered(
        desk, label, rows[0][0], "name", columns=(_words()[by], what), rows=rows, units=("name", unit), chart="bar",
        note=note, shown=best,
    )  # fmt: skip


def _shown(figure: float, unit: Unit, desk: Desk) -> str:
    from desktop_app.tasks.ask import said

    return said(figure, unit, desk.books.currency)


def slow(desk: Desk) -> Answer:
    """Answer what sells least of what stands on the shelf."""
    sold = np.zeros(len(desk.books.cube.titles))
    keys, sums = desk.books.cube.by("product", desk.only())
    sold[keys] = sums.units
    place = {int(p): n for n, p in enumerate(desk.books.cube.products) if p}
    shelf = reckoning.shelf(desk.shop)
    stock: dict[int, float] = {}
    titles: dict[int, str] = {}
    for product, title, n in zip(shelf.product, shelf.titles, shelf.stock, strict=True):
        stock[int(product)] = stock.get(int(product), 0.0) + float(n)
        titles[int(product)] = title
    found = [
        (titles[p], float(sold[place[p]]) if p in place else 0.0, n) for p, n in stock.items() if n > 0
    ]  # fmt: skip
    if not found:
        return unanswered(desk, _("No stock is counted in this shop, so what lies too long cannot be told."))
    found.sort(key=lambda row: (row[1], row[0]))
    rows = tuple(found[: desk.asked.top or SHOWN])
    return answered(
        desk, _("Slowest of what is in stock"), rows[0][0], "name", rows=rows, units=("name", "pieces", "pieces"),
        columns=(_("Product"), _("Pieces sold"), _("In stock")), chart="bar", behind=False, shown=tied(found),
    )  # fmt: skip


def _countries(desk: Desk) -> Answer:
    if desk.asked.products or desk.asked.category or desk.asked.channel:
        return unanswered(desk, _("Countries are kept for whole orders only, not by product, category or channel."))
    found = desk.shop.countries(desk.since, desk.until, desk.books.currency)
    rows = tuple((country or _("not known"), total, n) for country, n, total in found)
    if not rows:
        return unanswered(desk, _("Nothing was sold there and then ({where}).", where=desk.scope()))
    return answered(
        desk, _("Most: {what}", what=_("Orders in total")), str(rows[0][0]), "name", rows=rows, chart="bar",
        shown=tied(rows), columns=(_("Country"), _("Orders in total"), _("Orders")), units=("name", "money", "count"),
    )  # fmt: skip


def _visited(name: str, what: str, unit: Unit, desk: Desk) -> Answer:
    """Answer with a sum that orders carry as a whole: not to be had by product or category."""
    if desk.asked.products or desk.asked.category:
        if name == "orders":
            return _orders_of(desk, what)
        return unanswered(desk, _("“{what}” is kept for whole orders only, not by product or category.", what=what))
    by = desk.asked.by if desk.asked.by in (*CALENDAR, "channel") else None
    _keys, sums = desk.books.cube.visits(desk.only())
    total = float(sums[name].sum())
    if by is None:
        grid: By = "month" if desk.period is None or desk.period.days > 62 else "day"
        keys, sums = desk.books.cube.visits(desk.only(), grid)
        rows = tuple((group_words(grid, int(k), desk), float(v)) for k, v in zip(keys, sums[name], strict=True))
        return answered(
            desk, what, total, unit, columns=(_words()[grid], what), rows=rows, units=("name", unit),
            chart="line" if len(rows) > 1 else "",
        )  # fmt: skip
    keys, sums = desk.books.cube.visits(_only(desk, by), by)  # type: ignore[arg-type]
    found = [(group_words(by, int(k), desk), float(v)) for k, v in zip(keys, sums[name], strict=True)]
    if by == "channel" or desk.asked.order:
        found.sort(key=lambda row: row[1] if desk.asked.order == "least" else -row[1])
    named = bool(desk.asked.order) or by in {"channel", "weekday"}
    figure: float | str = found[0][0] if named and found else total
    return answered(
        desk, what, figure, "name" if named else unit, columns=(_words()[by], what), rows=tuple(found),
        units=("name", unit), chart="bar" if named else "line", shown=tied(found) if named and found else "",
    )  # fmt: skip


def _orders_of(desk: Desk, what: str) -> Answer:
    places = desk.asked.products or tuple(
        n for n, c in enumerate(desk.books.cube.category_of) if desk.books.cube.categories[c] == desk.asked.category
    )
    items = [i for p in places if p < len(desk.books.books.items) for i in desk.books.books.items[p]]
    found = desk.shop.orders_behind(
        since=desk.since, until=desk.until, channel=desk.asked.channel or None, items=items, limit=10**9, live=True
    )
    return answered(desk, what, float(len(found)), "count")


def orders(desk: Desk) -> Answer:
    """Answer how many orders there were."""
    return _visited("orders", _("Orders"), "count", desk)


def cancelled(desk: Desk) -> Answer:
    """Answer how many orders were cancelled."""
    return _visited("cancelled", _("Cancelled orders"), "count", desk)


def average(desk: Desk) -> Answer:
    """Answer what an order comes to on average."""
    if desk.asked.products or desk.asked.category:
        what = _("Average order")
        return unanswered(desk, _("“{what}” is kept for whole orders only, not by product or category.", what=what))
    _keys, sums = desk.books.cube.visits(desk.only())
    count = float(sums["orders"].sum())
    if not count:
        return unanswered(desk, _("Nothing was sold there and then ({where}).", where=desk.scope()))
    figure = float(sums["total"].sum()) / count
    keys, by = desk.books.cube.visits(desk.only(), "month")
    rows = tuple(
        (group_words("month", int(k), desk), float(t / n), float(n))
        for k, t, n in zip(keys, by["total"], by["orders"], strict=True)
        if n
    )
    return answered(
        desk, _("Average order"), figure, "money", columns=(_("Month"), _("Average order"), _("Orders")), rows=rows,
        units=("name", "money", "count"), chart="line" if len(rows) > 1 else "",
    )  # fmt: skip


def compare(desk: Desk) -> Answer:
    """Answer what changed between two spans, and how much of it is volume, mix, price, new and gone."""
    now, then = _two(desk)
    cube = desk.books.cube
    sides = []
    for span in (then, now):
        keys, sums = cube.by("product", desk.only(span))
        units, amounts = np.zeros(len(cube.titles)), np.zeros(len(cube.titles))
        units[keys], amounts[keys] = sums.units, sums.amount
        sides.append((units, amounts))
    found = changes.variance(sides[0][0], sides[0][1], sides[1][0], sides[1][1])
    before, after = float(sides[0][1].sum()), float(sides[1][1].sum())
    rows: tuple[tuple[Cell, ...], ...] = (
        (span_words(then), before), (span_words(now), after), (_("More or fewer pieces"), found.volume),
        (_("Dearer or cheaper goods in the mix"), found.mix), (_("Higher or lower prices"), found.price),
        (_("Sold only now"), found.new), (_("Sold only before"), found.gone),
    )  # fmt: skip
    per = f"{(after - before) / before:+.1%}" if before else ""
    note = _("{after} against {before}.", after=_shown(after, "money", desk), before=_shown(before, "money", desk))
    where = _("{now} against {then}", now=span_words(now), then=span_words(then))
    return answered(
        desk, _("Change of sales {share}", share=per).rstrip(), after - before, "money", note=note, rows=rows,
        columns=(_("Part"), _("Sales")), units=("name", "money"), chart="bar", scope=where,
    )  # fmt: skip


def _two(desk: Desk) -> tuple[Period, Period]:
    """Return the span looked at and the one it is held against: the first two named, or one and the one before."""
    spans = desk.asked.periods
    if len(spans) >= 2:
        now, then = spans[0], spans[1]
        if now.last == desk.today and then.days > now.days:  # a span that still runs is held against as many days
            then = Period(then.first, then.first + dt.timedelta(now.days - 1))
        return now, then
    if spans:
        return spans[0], spans[0].before()
    first = desk.today.replace(day=1)
    before = Period(first, desk.today).before() if desk.today.day > 1 else Period(first, desk.today)
    month = (first - dt.timedelta(1)).replace(day=1)
    last = min(month + dt.timedelta(desk.today.day - 1), first - dt.timedelta(1))
    return Period(first, desk.today), Period(month, last) if desk.today.day > 1 else before


KINDS: dict[str, Callable[[Desk], Answer]] = {
    "sales": sales, "units": units, "margin": margin, "returns": returns, "orders": orders, "cancelled": cancelled,
    "average": average, "compare": compare,
    "fees": lambda desk: _visited("fees", _("Fees"), "money", desk),
    "shipping": lambda desk: _visited("shipping", _("Shipping paid by customers"), "money", desk),
    "discount": lambda desk: _visited("discount", _("Discounts on whole orders"), "money", desk),
    "tax": lambda desk: _visited("tax", _("Tax"), "money", desk),
    "refunds": lambda desk: _visited("refunded", _("Refunded"), "money", desk),
}  # fmt: skip
