"""The shop's books as arithmetic needs them: a cube of sales kept while nothing changes, and what stands around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from desktop_app.insight import forecast, segments, stocking, value
from desktop_app.insight.cube import Cube, Only
from desktop_app.insight.forecast import Forecast
from desktop_app.shop import Shop
from desktop_app.shop.figures import Books, People, Shelf

EPOCH = dt.date(1970, 1, 1)
WEEKS = 110  # of history that forecasts look at: two years and a little
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


_kept: WeakKeyDictionary[Shop, tuple[tuple[int, int], Reckoned]] = WeakKeyDictionary()


def reckoned(shop: Shop) -> Reckoned:
    """Return the shop's books as a cube; read again only after something changed."""
    version = shop.books_version()
    known = _kept.get(shop)
    if known is None or known[0] != version:
        books = shop.books()
        cube = Cube(books.sales, books.visits, books.titles, books.products, books.categories, books.channels)
        known = version, Reckoned(cube, books)
        _kept[shop] = known
    return known[1]


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


def forecasts(cube: Cube, today: dt.date, only: Only | None = None) -> Forecast | None:
    """Return next week's forecast of every product from whole weeks before ``today``; None without eight weeks."""
    if cube.days is None:
        return None
    last = number(today) - today.weekday()  # this week's Monday
    first = max(cube.days[0] - (cube.days[0] + 3) % 7, last - 7 * WEEKS)
    weeks = (last - first) // 7
    if weeks < forecast.SMALL:
        return None
    return forecast.forecast(cube.weekly(only or Only(), first, weeks))


def stock_lines(shop: Shop, today: dt.date, service: float = 0.95) -> list[StockLine]:
    """Return every product with counted stock: what it will sell, how long it lasts, what to buy."""
    books, shelf = reckoned(shop), shop.shelf_now()
    found = forecasts(books.cube, today)
    place_of = {int(p): n for n, p in enumerate(books.cube.products) if p}
    lines = []
    for product, rows in _by_product(shelf).items():
        place = place_of.get(product)
        stock, coming = float(shelf.stock[rows].sum()), float(shelf.coming[rows].sum())
        cost = shelf.stock[rows] * shelf.cost[rows]
        worth = float(np.nansum(np.maximum(shelf.stock[rows], 0) * np.nan_to_num(shelf.price[rows])))
        at_cost = float(cost.sum()) if not np.isnan(cost).any() else float("nan")
        told = _told(found, place)
        lead = shelf.lead_days[rows]
        weeks = float(np.nanmax(lead)) / 7 if not np.isnan(lead).all() else LEAD_WEEKS
        enough = found is not None and place is not None and bool(found.enough[place])
        weekly, low, high, spread, error = told
        plan = stocking.reorder(
            weekly, spread, found.misses if found is not None else np.zeros(0), stock=stock, coming=coming,
            lead=max(weeks, 0.2), service=service, pack=int(shelf.pack[rows].max()),
        )  # fmt: skip
        lines.append(
            StockLine(
                product,
                shelf.titles[rows[0]],
                stock,
                coming,
                weekly,
                low,
                high,
                plan.lasts,
                plan.quantity if enough else 0,
                plan.late and enough,
                enough,
                error,
                worth,
                at_cost,
            )
        )
    return lines


def _by_product(shelf: Shelf) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, product in enumerate(shelf.product):
        found.setdefault(int(product), []).append(row)
    return found


def _told(found: Forecast | None, place: int | None) -> tuple[float, float, float, float, float]:
    if found is None or place is None:
        return 0.0, 0.0, 0.0, 0.5, float("nan")
    return (
        float(found.expected[place]), float(found.low[place]), float(found.high[place]), float(found.spread[place]),
        float(found.error[place]),
    )  # fmt: skip


def named_segments(people: People, today: dt.date) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """Return the plain name of each customer's segment."""
    return segments.segments(people.first_day, people.last_day, people.orders, people.spent, number(today))


def customer_value(shop: Shop, today: dt.date, days: int = 365) -> tuple[People, value.Value] | None:
    """Return what each customer will bring in the next ``days`` with bounds; None where the history is too thin."""
    orders = shop.first_orders()
    if not len(orders):
        return None
    who, seen = value.summarise(orders[:, 0], orders[:, 1], orders[:, 2] / 10_000, number(today))
    coming, spending = value.fit_coming(seen), value.fit_spending(seen)
    if coming is None or spending is None:
        return None
    found = value.value(coming, spending, seen, float(days))
    people = shop.people_now(reckoned(shop).currency)
    place = {int(customer): n for n, customer in enumerate(who)}
    rows = np.array([place[int(c)] for c in people.customer if int(c) in place], np.int64)
    kept = value.Value(
        found.expected[rows], found.low[rows], found.high[rows], found.total, found.total_low, found.total_high
    )
    return people, kept
