"""The customers and the year as a whole: segments and how they changed, who came when and came back, the seasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from desktop_app.insight import changes, segments
from desktop_app.insight.cube import Only
from desktop_app.insight.segments import Segment
from desktop_app.shop import Shop
from desktop_app.tasks import reckoning
from desktop_app.tasks.reckoning import number

AFTER = (1, 2, 3, 6, 12)  # months after the first order that are looked at
MONTHS = 13  # months of first orders that are listed
USUAL = 90  # days over which a segment's change is told where no span is looked at


@dataclass(frozen=True, slots=True)
class Group:
    """One segment: customers now and at the beginning of the span, and what those of now ever spent."""

    key: Segment
    count: int
    spent: float
    before: int | None  # None: the span begins before the first order

    @property
    def change(self) -> int | None:
        """How many more or fewer they are than at the beginning of the span."""
        return None if self.before is None else self.count - self.before


@dataclass(frozen=True, slots=True)
class Cohort:
    """The customers whose first order lies in one month."""

    month: int  # since January 1970
    came: int
    back: tuple[float | None, ...]  # share that ordered in the months of `AFTER`; None: not over yet
    spent: float  # by one of them so far


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the cards of customers and of the year show; money is in ``currency``."""

    currency: str
    since: dt.date
    groups: tuple[Group, ...]
    cohorts: tuple[Cohort, ...]  # newest first
    returning: tuple[float, ...]  # by month since the first order, of all for whom that month is over
    year: changes.Season | None  # None: less than two whole years, or too few sales


def crowd(shop: Shop, since: dt.date | None = None, today: dt.date | None = None, only: Only | None = None) -> Crowd:
    """Return the customers by segment, with their change since the day ``since``, by first month, and the seasons."""
    day = today or reckoning.today_of(shop)
    start = since or day - dt.timedelta(USUAL)
    currency = reckoning.reckoned(shop).currency
    listed, returning = reckoning.kept(shop, f"cohorts {day}", lambda: _cohorts(shop, day))
    groups = reckoning.kept(shop, f"groups {day} {start}", lambda: _groups(shop, day, start))
    return Crowd(currency, start, groups, listed, returning, year(shop, day, only))


def _groups(shop: Shop, today: dt.date, since: dt.date) -> tuple[Group, ...]:
    people = reckoning.people(shop)
    names = reckoning.segment_names(shop, today)
    before = _named_then(shop, since - dt.timedelta(1))
    return tuple(
        Group(
            key, int((names == key).sum()), float(people.spent[names == key].sum()),
            None if before is None else int((before == key).sum()),
        )
        for key in segments.SEGMENTS
    )  # fmt: skip


def _named_then(shop: Shop, day: dt.date) -> np.ndarray | None:
    """Return the segments of the customers as they would have been named at the end of ``day``; None for no order."""
    rows = reckoning.customer_orders(shop, reckoning.reckoned(shop).currency)
    rows = rows[rows[:, 1] <= number(day)] if len(rows) else rows
    if not len(rows):
        return None
    _who, first, place, count = np.unique(rows[:, 0], return_index=True, return_inverse=True, return_counts=True)
    last = np.zeros(len(count), np.int64)
    np.maximum.at(last, place, rows[:, 1])
    spent = np.bincount(place, rows[:, 2]) / 10_000
    return segments.segments(rows[first, 1], last, count, spent, number(day))


def _cohorts(shop: Shop, today: dt.date) -> tuple[tuple[Cohort, ...], tuple[float, ...]]:
    rows = reckoning.customer_orders(shop, reckoning.reckoned(shop).currency)
    rows = rows[rows[:, 1] > 0] if len(rows) else rows  # those of no known day came nobody knows when
    if not len(rows):
        return (), ()
    months = rows[:, 1].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    found = segments.cohorts(rows[:, 0], months, rows[:, 2] / 10_000)
    now = (today.year - 1970) * 12 + today.month - 1
    listed: list[Cohort] = []
    for row in range(len(found.months) - 1, -1, -1):
        came = int(found.customers[row, 0])
        if came and len(listed) < MONTHS:
            back = tuple(_share(found, row, after, now) for after in AFTER)
            listed.append(Cohort(found.months[row], came, back, float(found.amounts[row].sum()) / came))
    return tuple(listed), _returning(found, now)


def _share(found: segments.Cohorts, row: int, after: int, now: int) -> float | None:
    """Return the share that ordered so many months after the first; None where that month is not over."""
    if found.months[row] + after >= now:
        return None
    in_time = after < found.customers.shape[1]
    return float(found.customers[row, after] / found.customers[row, 0]) if in_time else 0.0


def _returning(found: segments.Cohorts, now: int) -> tuple[float, ...]:
    """Return the share of all that ordered in the first, second … month after, over those for whom it is over."""
    first = np.array(found.months)
    shares = []
    for after in range(1, min(AFTER[-1] + 1, found.customers.shape[1])):
        over = first + after < now
        came = int(found.customers[over, 0].sum())
        if came < segments.FEW:
            break
        shares.append(float(found.customers[over, after].sum() / came))
    return tuple(shares)


def year(shop: Shop, today: dt.date, only: Only | None = None) -> changes.Season | None:
    """Return the swing of the year over whole months, of a channel or category where ``only`` names one."""
    cube = reckoning.reckoned(shop).cube
    wanted = only or Only()
    end = number(today.replace(day=1)) - 1  # the month that runs would look like a weak one
    keys, sums = cube.by("month", Only(1, end, wanted.channel, wanted.category, wanted.products), ("amount",))
    return changes.year_season(keys, sums.amount)


def month_name(number: int) -> str:
    """Return a month of the calendar as people write it: 2026-11."""
    return f"{1970 + number // 12}-{number % 12 + 1:02}"
