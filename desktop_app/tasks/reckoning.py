"""The shop's books as arithmetic needs them: a cube of sales kept while nothing changes, and what stands around it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from desktop_app.insight import segments, stocking, value
from desktop_app.insight.cube import Cube, Only
from desktop_app.shop import Shop
from desktop_app.shop.figures import Books, People, Shelf
from desktop_app.tasks import demand, policy
from desktop_app.tasks.demand import Foreseen

EPOCH = dt.date(1970, 1, 1)
Kept = TypeVar("Kept")
MANY = 800  # products that are forecast one and all; of more, those whose stock might go, the fastest first
RECENT, LASTING = 13, 8.0  # weeks that say how fast a product sells now; weeks of stock that are plainly enough
LEAD_WEEKS = 2.0  # where no supplier says how long a delivery takes


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The books of a shop at one moment, ready for any question."""

    cube: Cube
    books: Books

    @property
    def currency(self) -> str:
        """The currency that all of this is in."""
        return self.books.currency


@dataclass(frozen=True, slots=True)
class StockLine:
    """What stands on the shelf of one product, and what to do about it."""

    product: int
    title: str
    stock: float
    coming: float
    weekly: float  # forecast for the next week
    low: float
    high: float
    lasts: float  # weeks; inf where nothing is sold
    buy: int
    late: bool
    enough: bool  # whether the history is long enough to say anything
    error: float  # back-tested MASE of the forecast; NaN where it was never tried
    value: float  # at the selling price
    at_cost: float  # NaN where no cost is known
    out: int = 0  # weeks that the forecast leaves out, since it was out of stock …
    promoted: int = 0  # … and since it was sold under its usual price
    within: float = float("inf")  # weeks within which to order
    lead: float = LEAD_WEEKS  # weeks that a delivery takes …
    point: float = float("nan")  # … and what may be sold in them, as surely as the shop wants


# What was read of each open shop, while nothing in its file changes.
_kept: WeakKeyDictionary[Shop, tuple[tuple[int, int], dict[str, Any]]] = WeakKeyDictionary()


def reckoned(shop: Shop, currency: str = "", *, every: bool = False) -> Reckoned:
    """Return the shop's books as a cube; read again only after something changed.

    In the busiest currency where none is named; with ``every`` in all, for what is counted and no money.
    """

    def read() -> Reckoned:
        books = shop.books(currency, every=every)
        cube = Cube(books.sales, books.visits, books.titles, books.products, books.categories, books.channels)
        return Reckoned(cube, books)

    return kept(shop, f"books {currency} {every}", read)


def kept(shop: Shop, name: str, read: Callable[[], Kept]) -> Kept:
    """Return what ``read`` says of the shop; asked again only after something in the file changed."""
    version = shop.books_version()
    known = _kept.get(shop)
    if known is None or known[0] != version:
        known = version, {}
        _kept[shop] = known
    if name not in known[1]:
        known[1][name] = read()
    found: Kept = known[1][name]
    return found


def people(shop: Shop, currency: str = "") -> People:
    """Return the customers with an order, in the busiest currency where none is named."""
    return kept(shop, f"people {currency}", lambda: shop.people_now(currency or reckoned(shop).currency))


def shelf(shop: Shop) -> Shelf:
    """Return what stands on the shelf."""
    return kept(shop, "shelf", shop.shelf_now)


def customer_orders(shop: Shop, currency: str | None = None) -> npt.NDArray[np.int64]:
    """Return (customer, day, total in ten-thousandths) of every order by a known customer, by day.

    In one currency where it is named; the totals of all are no money.
    """
    return kept(shop, f"customer orders {currency}", lambda: shop.first_orders(currency))


def segment_names(shop: Shop, today: dt.date) -> npt.NDArray[np.str_]:
    """Return the plain name of each customer's segment, in the order of `people`."""
    return kept(shop, f"segments {today}", lambda: named_segments(people(shop), today))


def today_of(shop: Shop) -> dt.date:
    """Return the calendar day it is in the shop."""
    try:
        zone = ZoneInfo(str(shop.setting("timezone") or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return dt.datetime.now(zone).date()


def number(day: dt.date) -> int:
    """Return a day as the books count it."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date:
    """Return the day that a number of the books means."""
    return EPOCH + dt.timedelta(int(number))


def foreseen(
    shop: Shop, today: dt.date, only: Only | None = None, places: npt.NDArray[np.int64] | None = None
) -> Foreseen | None:  # fmt: skip
    """Return next week's forecast of every product, or of ``places``, from whole weeks before ``today``.

    None where there are fewer than eight weeks.
    """
    return demand.foreseen(shop, cubes(shop), today, places, only)


def cubes(shop: Shop) -> tuple[Cube, Cube]:
    """Return the cube of what was sold in all currencies, and that of the busiest, which has prices."""
    return reckoned(shop, every=True).cube, reckoned(shop).cube


def stock_lines(shop: Shop, today: dt.date, service: float | None = None) -> list[StockLine]:
    """Return every product with counted stock: what it will sell, how long it lasts, what to buy.

    ``service`` stands in for the shop's own level.
    """
    service = policy.service(shop) if service is None else service
    return kept(shop, f"stock {today} {service}", lambda: _stock_lines(shop, today, service))


def _stock_lines(shop: Shop, today: dt.date, service: float) -> list[StockLine]:
    books, here = reckoned(shop, every=True), shelf(shop)
    place_of = {int(p): n for n, p in enumerate(books.cube.products) if p}
    rows_of = _by_product(here)
    near, plenty = _near(books.cube, here, rows_of, place_of, today)
    found = foreseen(shop, today, places=near)
    row_of = {place: n for n, place in enumerate(near.tolist())}
    misses = stocking.Misses(found.found.misses if found is not None else np.zeros(0))
    table = _Shelved(
        here.titles,
        *(c.tolist() for c in (here.stock, here.cost, here.price, here.coming, here.lead_days, here.pack)),
    )
    lines = []
    for product, rows in rows_of.items():
        place = place_of.get(product, -1)
        line = _line(table, product, rows, found, row_of.get(place), misses, service)
        if place in plenty:  # not forecast, since what lies there lasts at the pace of these weeks in any case
            pace = plenty[place]
            lasts = max(line.stock, 0.0) / pace if pace > 0 else float("inf")
            line = replace(line, weekly=pace, low=pace, high=pace, lasts=lasts, enough=True)
        lines.append(line)
    return lines


def _near(
    cube: Cube, here: Shelf, rows_of: Mapping[int, list[int]], place_of: Mapping[int, int], today: dt.date
) -> tuple[npt.NDArray[np.int64], dict[int, float]]:  # fmt: skip
    """Return the places of the products worth a forecast, and the weekly pace of those whose stock plainly lasts.

    Where there are few, all are worth one; of many, only those whose stock might go, the fastest first.
    """
    known = np.array([place_of[p] for p in rows_of if p in place_of], np.int64)
    if len(known) <= MANY:
        return known, {}
    keys, sums = cube.by("product", Only(since=number(today) - 7 * RECENT, until=number(today)))
    pace = np.zeros(len(cube.titles))
    pace[keys] = sums.units / RECENT
    left = here.stock.tolist()
    stock = np.array([sum(left[n] for n in rows_of[p]) for p in rows_of if p in place_of])
    may_go = (pace[known] > 0) & (stock <= LASTING * pace[known])
    some = known[may_go]
    plenty = {int(place): float(pace[place]) for place in known[~may_go]}
    return np.sort(some[np.argsort(-pace[some], kind="stable")][:MANY]), plenty


@dataclass(frozen=True, slots=True)
class _Shelved:
    """The columns of the shelf as plain lists: a few variants of a product are summed faster without arrays."""

    titles: tuple[str, ...]
    stock: list[float]
    cost: list[float]
    price: list[float]
    coming: list[float]
    lead: list[float]
    pack: list[float]


def _line(
    here: _Shelved, product: int, rows: list[int], seen: Foreseen | None, row: int | None, misses: stocking.Misses,
    service: float,
) -> StockLine:  # fmt: skip
    stock, coming = sum(here.stock[n] for n in rows), sum(here.coming[n] for n in rows)
    at_cost = sum(here.stock[n] * here.cost[n] for n in rows)  # NaN where one is not known
    worth = sum(max(here.stock[n], 0.0) * here.price[n] for n in rows if not math.isnan(here.price[n]))
    if seen is None or row is None:  # nothing is known of how it sells
        return StockLine(
            product, here.titles[rows[0]], stock, coming, 0.0, 0.0, 0.0, float("inf"), 0, False, False, float("nan"),
            worth, at_cost,
        )  # fmt: skip
    weeks = max((here.lead[n] for n in rows if not math.isnan(here.lead[n])), default=LEAD_WEEKS * 7) / 7
    found = seen.found
    enough = bool(found.enough[row])
    told = (found.expected, found.low, found.high, found.spread, found.error)
    weekly, low, high, spread, error = (float(column[row]) for column in told)
    lead = max(weeks, 0.2)
    plan = stocking.reorder(
        weekly, spread, misses, stock=stock, coming=coming, lead=lead, service=service,
        pack=int(max(here.pack[n] for n in rows)),
    )  # fmt: skip
    return StockLine(
        product, here.titles[rows[0]], stock, coming, weekly, low, high, plan.lasts, plan.quantity if enough else 0,
        plan.late and enough, enough, error, worth, at_cost, int(seen.past.out[row]), int(seen.past.promoted[row]),
        plan.within if enough else float("inf"), lead, plan.point,
    )  # fmt: skip


def _by_product(shelf: Shelf) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, product in enumerate(shelf.product):
        found.setdefault(int(product), []).append(row)
    return found


def named_segments(people: People, today: dt.date) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """Return the plain name of each customer's segment."""
    return segments.segments(people.first_day, people.last_day, people.orders, people.spent, number(today))


@dataclass(frozen=True, slots=True)
class Habits:
    """How the customers (ids, sorted) buy: what is seen of each, and the two models that fit all."""

    who: npt.NDArray[np.int64]
    seen: value.Summary
    coming: value.Coming
    spending: value.Spending


def habits(shop: Shop, today: dt.date) -> Habits | None:
    """Return how the customers buy; None where fewer than thirty came back."""
    return kept(shop, f"habits {today}", lambda: _habits(shop, today))


def _habits(shop: Shop, today: dt.date) -> Habits | None:
    orders = customer_orders(shop, reckoned(shop).currency)
    if not len(orders):
        return None
    who, seen = value.summarise(orders[:, 0], orders[:, 1], orders[:, 2] / 10_000, number(today))
    coming, spending = value.fit_coming(seen), value.fit_spending(seen)
    return None if coming is None or spending is None else Habits(who, seen, coming, spending)


def customer_value(shop: Shop, today: dt.date, days: int = 365) -> tuple[list[str], value.Value] | None:
    """Return the names of the customers who bought, and what each will bring in the next ``days`` with bounds.

    None where the history is too thin.
    """
    found = habits(shop, today)
    if found is None:
        return None
    known = people(shop)
    names = dict(zip(known.customer.tolist(), known.names, strict=True))
    worth = value.value(found.coming, found.spending, found.seen, float(days))
    rows = [n for n, customer in enumerate(found.who.tolist()) if customer in names]
    sums = worth.total, worth.total_low, worth.total_high
    aligned = value.Value(worth.expected[rows], worth.low[rows], worth.high[rows], *sums)
    return [names[int(found.who[n])] for n in rows], aligned


def worth_of(shop: Shop, today: dt.date, customer: int, days: int = 365) -> tuple[float, float, float] | None:
    """Return what one customer will bring (expected, low, high); None for who never bought, or too thin a history."""
    found = habits(shop, today)
    if found is None:
        return None
    place = int(np.searchsorted(found.who, customer))
    if place >= len(found.who) or found.who[place] != customer:
        return None
    one = value.value(found.coming, found.spending, found.seen.of([place]), float(days))
    return float(one.expected[0]), float(one.low[0]), float(one.high[0])
