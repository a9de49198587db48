"""Where each figure of Today and Insight leads: to the orders, products or customers it was counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from desktop_app.tasks.reckoning import number
from desktop_app.trade import Which
from desktop_app.ui import local
from desktop_app.ui.insight.figures import FigureTable, FigureTile
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.insight import Day, Overview, Supplies
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.insight.page import InsightPage
    from desktop_app.ui.insight.today import TodaySales

Open = Callable[[], object]
_COUNTED: dict[str, Literal["sales", "orders", "returns"]] = {
    "sales": "sales", "margin": "sales", "orders": "orders", "average": "orders", "returns": "returns",
}  # fmt: skip


def link_overview(page: InsightPage, found: Overview) -> None:
    """Give every figure of the Insight page its way to the rows."""
    desk, which, span = page.desk, replace(found.which, counted="sales"), span_words(found.since, found.until)
    link_tiles(desk, page.tiles, found.which, span)
    grid = {"day": 1, "week": 7}.get(found.grid, 31)
    _lead(page.trend.table, desk, [_days(which, day, grid) for day, _value in found.trend[::-1]], _("Sales"))
    _lead(page.best.table, desk, [replace(which, items=items) for items in found.best_items], span)
    page.slow.table.lead([partial(desk.go, "products", product=p) for p in found.slow_products], _("Show the product"))
    _lead(page.channels.table, desk, [replace(which, channel=name) for name, _v in found.by_channel], span)
    _lead(page.categories.table, desk, [replace(which, category=name) for name, _v in found.by_category], span)
    _lead(page.week.table, desk, [replace(which, weekday=day) for day in range(len(found.week))], span)
    both = replace(which, since=number(found.since) - (found.until - found.since).days - 1)
    _lead(page.why.table, desk, [both] * page.why.table.rowCount(), _("What changed, and why"))


def link_supplies(desk: Desk, table: FigureTable, found: Supplies) -> None:
    """Lead from each product that should be ordered to the product."""
    table.lead([partial(desk.go, "products", product=line.product) for line in found.buy], _("Show the product"))


def link_day(today: TodaySales, desk: Desk, found: Day) -> None:
    """Give every figure of Today its way to the rows."""
    span = _("The last seven days")
    link_tiles(desk, today.tiles, found.which, span)
    sold = replace(found.which, counted="sales")
    _lead(today.best.table, desk, [replace(sold, items=items) for items in found.best_items], span)
    today.slow.table.lead([partial(desk.go, "products", product=p) for p in found.slow_products], _("Show the product"))
    shown = [key for key, count, _spent in found.people if count]
    link_people(desk, today.people.table, shown[: today.people.table.rowCount()])


def link_tiles(desk: Desk, tiles: Mapping[str, FigureTile], which: Which, span: str) -> None:
    """Lead from each tile to the orders it was counted from."""
    for key, tile in tiles.items():
        why = f"{tile.name}, {span}"
        tile.lead(_orders(desk, replace(which, counted=_COUNTED[key]), why), _("Show the orders"))


def link_people(desk: Desk, table: FigureTable, segments: Sequence[str]) -> None:
    """Lead from each segment to its customers."""
    table.lead([partial(desk.go, "customers", segment=key) for key in segments], _("Show the customers"))


def span_words(since: dt.date, until: dt.date) -> str:
    """Return a span of days as the page writes it."""
    return _("{first} to {last}", first=local.date(since), last=local.date(until))


def _lead(table: FigureTable, desk: Desk, which: Sequence[Which], span: str) -> None:
    names = [item.text() if (item := table.item(y, 0)) is not None else "" for y in range(table.rowCount())]
    table.lead(
        [_orders(desk, one, f"{name}, {span}") for name, one in zip(names, which, strict=False)], _("Show the orders")
    )


def _orders(desk: Desk, which: Which, why: str) -> Open:
    return partial(desk.go, "orders", which=which, why=why)


def _days(which: Which, first: dt.date, length: int) -> Which:
    """Return what was sold in a day, week or month, as far as it lies within the span."""
    after = (first.replace(day=1) + dt.timedelta(32)).replace(day=1) if length > 7 else first + dt.timedelta(length)
    since, until = number(first), number(after) - 1
    return replace(
        which, since=max(since, since if which.since is None else which.since),
        until=min(until, until if which.until is None else which.until),
    )  # fmt: skip
