"""What the Insight page and Today show: the figures of a span, what they were before, and the rows behind them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desktop_app.insight import changes, segments
from desktop_app.insight.cube import By, Only, Sums
from desktop_app.shop import Shop
from desktop_app.tasks import crowd, policy, reckoning, reordering
from desktop_app.tasks.crowd import Crowd
from desktop_app.tasks.reckoning import Reckoned, StockLine, number
from desktop_app.trade import EVERY, Which

SHOWN = 8  # rows of a list of best or slow sellers
Spans = Literal["7", "30", "90", "365", "year", "all"]


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: a span that ends today, a channel, a category; "" is all."""

    span: Spans = "90"
    channel: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure and the same figure of the span before; None where there is none."""

    key: Literal["sales", "margin", "orders", "average", "returns"]
    value: float | None
    before: float | None
    share: float | None = None  # of sales, for margin and returns


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows; money is in ``currency``."""

    look: Look
    currency: str
    since: dt.date
    until: dt.date
    channels: tuple[str, ...]
    categories: tuple[str, ...]
    tiles: tuple[Tile, ...]
    grid: By  # what the trend is counted by
    trend: tuple[tuple[dt.date, float], ...]
    best: tuple[tuple[str, float, float], ...]  # title, pieces, amount
    slow: tuple[tuple[str, float, float], ...]  # title, pieces sold, pieces in stock
    by_channel: tuple[tuple[str, float], ...]
    by_category: tuple[tuple[str, float], ...]
    week: tuple[float, ...]  # share of a usual day, Monday first; empty: too little to say
    why: changes.Variance | None  # against the span before; None: nothing was sold before
    before: float
    people: tuple[tuple[str, int, float], ...]  # segment, customers, spent
    others: int  # orders in other currencies, left out
    last: dt.date  # the last day something was sold, in the span or not
    counted: bool = False  # whether anything's stock is counted
    which: Which = EVERY  # the orders of the span, channel, category and currency
    best_items: tuple[tuple[int, ...], ...] = ()  # of each row of ``best``, the things sold
    slow_products: tuple[int, ...] = ()  # of each row of ``slow``


def overview(shop: Shop, look: Look, today: dt.date | None = None) -> Overview | None:
    """Return the figures of a span; None where the shop has no orders."""
    books = reckoning.reckoned(shop)
    if books.cube.days is None:
        return None
    first, last = (reckoning.day_of(day) for day in books.cube.days)
    until = today or reckoning.today_of(shop)
    if look.span == "all":
        until = min(until, last)  # the years since a shop was given up would bury those it sold in
    since = _since(look.span, until, first)
    length = (until - since).days + 1
    now = _only(look, since, until)
    then = _only(look, since - dt.timedelta(length), since - dt.timedelta(1))
    grid: By = "day" if length <= 45 else "week" if length <= 400 else "month"
    people = reckoning.people(shop)
    names = reckoning.segment_names(shop, until)
    keys, _sums = books.cube.by("week", now, ())
    slow, slow_products = _slow(shop, books, now)
    return Overview(
        look, books.currency, since, until, books.cube.channels, tuple(c for c in books.cube.categories if c),
        _tiles(books, now, then, look), grid, _trend(books, now, grid, since, until), _best(books, now),
        slow, _shares(books, "channel", now), _shares(books, "category", now),
        _week(books, now) if len(keys) > changes.LEAST_WEEKS else (), *_why(books, now, then),
        tuple((s, int((names == s).sum()), float(people.spent[names == s].sum())) for s in segments.SEGMENTS),
        books.books.others, last, bool(len(reckoning.shelf(shop).product)),
        Which(None, (), now.since, now.until, now.channel, books.currency, now.category), _best_items(books, now),
        slow_products,
    )  # fmt: skip


def crowd_of(shop: Shop, look: Look, today: dt.date | None = None) -> Crowd:
    """Return the customers with their change over the span that is looked at, and the year of what is looked at."""
    books = reckoning.reckoned(shop)
    until = today or reckoning.today_of(shop)
    first = reckoning.day_of(books.cube.days[0]) if books.cube.days else until
    since = None if look.span == "all" else _since(look.span, until, first)
    return crowd.crowd(shop, since, until, Only(channel=look.channel or None, category=look.category or None))


def _since(span: Spans, until: dt.date, first: dt.date) -> dt.date:
    if span == "all":
        return first
    if span == "year":
        return until.replace(month=1, day=1)
    return until - dt.timedelta(int(span) - 1)


def _only(look: Look, since: dt.date, until: dt.date) -> Only:
    return Only(number(since), number(until), look.channel or None, look.category or None)


def _tiles(books: Reckoned, now: Only, then: Only, look: Look) -> tuple[Tile, ...]:
    one, other = books.cube.totals(now), books.cube.totals(then)
    known = books.cube.days is not None and then.until is not None and then.until >= books.cube.days[0]
    sold, before = float(one.amount), float(other.amount)
    tiles = [Tile("sales", sold, before if known else None)]
    margin = float(one.margin) if float(one.costed) > 0 else None
    tiles.append(
        Tile("margin", margin, float(other.margin) if known and float(other.costed) > 0 else None,
             None if margin is None else margin / float(one.costed))
    )  # fmt: skip
    if not look.category:  # orders are not kept by category
        visits, past = (books.cube.visits(only)[1] for only in (now, then))
        count, earlier = float(visits["orders"].sum()), float(past["orders"].sum())
        tiles.append(Tile("orders", count, earlier if known else None))
        average = float(visits["total"].sum()) / count if count else None
        tiles.append(Tile("average", average, float(past["total"].sum()) / earlier if earlier else None))
    back = float(one.back_amount)
    tiles.append(
        Tile("returns", back, float(other.back_amount) if known else None, back / sold if sold else None)
    )  # fmt: skip
    return tuple(tiles)


def _trend(
    books: Reckoned, now: Only, grid: By, since: dt.date, until: dt.date
) -> tuple[tuple[dt.date, float], ...]:  # fmt: skip
    """Return sales by day, week (its Monday) or month, those without a sale too."""
    keys, sums = books.cube.by(grid, now, ("amount",))
    found = dict(zip(keys.tolist(), sums.amount.tolist(), strict=True))
    if grid == "day":
        return tuple((reckoning.day_of(n), found.get(n, 0.0)) for n in range(number(since), number(until) + 1))
    if grid == "week":
        first, last = (number(since) + 3) // 7, (number(until) + 3) // 7
        return tuple((reckoning.day_of(n * 7 - 3), found.get(n, 0.0)) for n in range(first, last + 1))
    first, last = ((day.year - 1970) * 12 + day.month - 1 for day in (since, until))
    return tuple((dt.date(1970 + n // 12, n % 12 + 1, 1), found.get(n, 0.0)) for n in range(first, last + 1))


def _best_items(books: Reckoned, now: Only) -> tuple[tuple[int, ...], ...]:
    keys, sums = books.cube.by("product", now, ("units", "amount"))
    return tuple(books.books.items[keys[n]] for n in np.argsort(-sums.amount, kind="stable")[:SHOWN])


def _best(books: Reckoned, now: Only) -> tuple[tuple[str, float, float], ...]:
    keys, sums = books.cube.by("product", now, ("units", "amount"))
    order = np.argsort(-sums.amount, kind="stable")[:SHOWN]
    return tuple((books.cube.titles[keys[n]], float(sums.units[n]), float(sums.amount[n])) for n in order)


def _slow(
    shop: Shop, books: Reckoned, now: Only
) -> tuple[tuple[tuple[str, float, float], ...], tuple[int, ...]]:  # fmt: skip
    """Return what is in stock and was sold least, the largest stock first among equals, and its products."""
    keys, sums = books.cube.by("product", now, ("units",))
    sold = np.zeros(len(books.cube.titles))
    keys_units: Sums = sums
    sold[keys] = keys_units.units
    place = {int(p): n for n, p in enumerate(books.cube.products) if p}
    shelf = reckoning.shelf(shop)
    wanted = {
        int(p) for n, p in enumerate(books.cube.products)
        if now.category is None or books.cube.categories[books.cube.category_of[n]] == now.category
    }  # fmt: skip
    stock: dict[int, float] = {}
    titles: dict[int, str] = {}
    for product, title, n in zip(shelf.product.tolist(), shelf.titles, shelf.stock.tolist(), strict=True):
        if now.category is None or product in wanted:
            stock[product] = stock.get(product, 0.0) + n
            titles[product] = title
    rows = [(titles[p], float(sold[place[p]]) if p in place else 0.0, n, p) for p, n in stock.items() if n > 0]
    rows.sort(key=lambda row: (row[1], -row[2], row[0]))
    return tuple(row[:3] for row in rows[:SHOWN]), tuple(row[3] for row in rows[:SHOWN])


def _shares(books: Reckoned, what: By, now: Only) -> tuple[tuple[str, float], ...]:
    keys, sums = books.cube.by(what, now, ("amount",))
    names = books.cube.channels if what == "channel" else books.cube.categories
    rows = [(names[k], float(v)) for k, v in zip(keys.tolist(), sums.amount.tolist(), strict=True)]
    return tuple(sorted(rows, key=lambda row: -row[1]))


def _week(books: Reckoned, now: Only) -> tuple[float, ...]:
    keys, sums = books.cube.by("day", now, ("amount",))
    found = changes.week_season(keys, sums.amount)
    return () if found is None else tuple(float(n) for n in found.index)


def _why(books: Reckoned, now: Only, then: Only) -> tuple[changes.Variance | None, float]:
    sides = []
    for only in (then, now):
        keys, sums = books.cube.by("product", only, ("units", "amount"))
        units, amounts = np.zeros(len(books.cube.titles)), np.zeros(len(books.cube.titles))
        units[keys], amounts[keys] = sums.units, sums.amount
        sides.append((units, amounts))
    before = float(sides[0][1].sum())
    if before <= 0:
        return None, before
    return changes.variance(sides[0][0], sides[0][1], sides[1][0], sides[1][1]), before


@dataclass(frozen=True, slots=True)
class Supplies:
    """What the shelf is worth and what to buy."""

    currency: str
    value: float  # at selling prices
    at_cost: float  # NaN where a cost is not known
    out: int  # products without any
    buy: tuple[StockLine, ...]  # most urgent first
    error: float  # middle back-tested error of the forecasts (MASE; 1 is last week again); NaN: never tried
    counted: int  # products whose stock is counted
    young: int  # of these, with too little history to say
    service: float  # how surely there is to be enough
    today: dt.date


def supplies(shop: Shop, today: dt.date | None = None) -> Supplies:
    """Return what the stock is worth, what is gone and what to order."""
    books = reckoning.reckoned(shop)
    day = today or reckoning.today_of(shop)
    lines = reckoning.stock_lines(shop, day)
    buy = sorted((line for line in lines if line.buy > 0), key=reordering.urgent)
    errors = [line.error for line in lines if line.enough and not math.isnan(line.error)]
    return Supplies(
        books.currency or str(shop.setting("currency") or ""), sum(line.value for line in lines),
        sum(line.at_cost for line in lines), sum(line.stock <= 0 for line in lines), tuple(buy),
        float(np.median(errors)) if errors else float("nan"), len(lines), sum(not line.enough for line in lines),
        policy.service(shop), day,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """What Today shows of the sales: a week's figures, what sells, what waits."""

    currency: str
    tiles: tuple[Tile, ...]  # of the last seven days
    best: tuple[tuple[str, float, float], ...]
    slow: tuple[tuple[str, float, float], ...]  # of ninety days
    people: tuple[tuple[str, int, float], ...]
    supplies: Supplies
    to_send: int
    last: dt.date  # the last day something was sold
    which: Which = EVERY  # the orders of the last seven days
    best_items: tuple[tuple[int, ...], ...] = ()
    slow_products: tuple[int, ...] = ()


def day(shop: Shop, today: dt.date | None = None) -> Day | None:
    """Return what Today shows; None where the shop has no orders."""
    week = overview(shop, Look("7"), today)
    if week is None:
        return None
    books = reckoning.reckoned(shop)
    quarter = _only(Look("90"), week.until - dt.timedelta(89), week.until)
    waiting = sum(n for _state, n in reckoning.kept(shop, "waiting", shop.waiting_orders))
    slow, slow_products = _slow(shop, books, quarter)
    return Day(
        week.currency, week.tiles, week.best[:3], slow[:3], week.people,
        supplies(shop, week.until), waiting, week.last, week.which, week.best_items[:3],
        slow_products[:3],
    )  # fmt: skip
