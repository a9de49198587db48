"""What was wanted of each product week by week, with the weeks that say nothing left out, and what follows from it."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from operator import itemgetter
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from desktop_app.insight import forecast, marking
from desktop_app.insight.cube import Cube, Only
from desktop_app.insight.forecast import Forecast
from desktop_app.insight.marking import Marks
from desktop_app.insight.smoothing import Floats
from desktop_app.shop import Shop
from desktop_app.words import several

Ints = npt.NDArray[np.int64]
Ledger = dict[int, tuple[list[int], list[int]]]  # variant → days and changes
WEEKS = 110  # of history that forecasts look at: two years and a little …
SOME, FEWER = 300, 60  # … and so many where more products than some are reckoned at once

# The ledger of each open shop for the variants that ran out at some time, while no stock moves.
_ledgers: WeakKeyDictionary[Shop, tuple[tuple[int, int], Ledger]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Past:
    """The weeks a forecast is made from; arrays (products, weeks) in the order of ``places``."""

    places: Ints  # in `Cube.titles`
    first: int  # the Monday they begin with
    sold: Floats
    usual: Floats  # NaN: the week says nothing
    out: Ints  # weeks out of stock that are left out, a product …
    promoted: Ints  # … and weeks on promotion


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The next week of each product at ``past.places``, and what it was told from."""

    past: Past
    found: Forecast


def past(
    shop: Shop, cubes: tuple[Cube, Cube], today: dt.date, places: Ints | None = None, only: Only | None = None
) -> Past | None:  # fmt: skip
    """Return the whole weeks before ``today``, of every product or of ``places``; None for fewer than eight.

    ``cubes`` are of what was sold in all currencies, and in the one that prices are compared in.
    """
    cube = cubes[0]
    if cube.days is None:
        return None
    everything = np.arange(len(cube.titles), dtype=np.int64) if places is None else places
    last = (today - dt.date(1970, 1, 1)).days - today.weekday()  # this week's Monday
    history = WEEKS if len(everything) <= SOME else FEWER
    first = max(cube.days[0] - (cube.days[0] + 3) % 7, last - 7 * history)
    weeks = (last - first) // 7
    if weeks < forecast.SMALL:
        return None
    sold = cube.weekly(only or Only(), first, weeks)[everything]
    out = _out_of_stock(shop, cube, everything, first, weeks)
    marks = Marks(out, _promoted(cubes[1], everything, first, weeks))
    usual = marking.usual(sold, marks)
    return Past(everything, first, sold, usual, *marking.left_out(sold, usual, marks))


def foreseen(
    shop: Shop, cubes: tuple[Cube, Cube], today: dt.date, places: Ints | None = None, only: Only | None = None
) -> Foreseen | None:  # fmt: skip
    """Return next week's forecast of every product, or of ``places``; None where there are fewer than eight weeks."""
    known = past(shop, cubes, today, places, only)
    return None if known is None else Foreseen(known, forecast.forecast(known.usual))


def left_out(out: int, promoted: int) -> str:
    """Say which weeks a forecast leaves out; nothing where it leaves none out."""
    said = []
    if out:
        said.append(several("{count} week out of stock left out.", "{count} weeks out of stock left out.", out))
    if promoted:
        one, many = "{count} week on promotion left out.", "{count} weeks on promotion left out."
        said.append(several(one, many, promoted))
    return " ".join(said)


def _promoted(cube: Cube, places: Ints, first: int, weeks: int) -> marking.Bools:
    """Return in which weeks most pieces of each product went under their usual price."""
    rows = cube.sold(places, first, weeks)
    things, thing = np.unique(rows.item, return_inverse=True)
    week = (rows.day - first) // 7
    under = marking.under_price(thing, week, rows.units, rows.amount, (len(things), weeks))
    flat = _rows_of(cube, places)[rows.place] * weeks + week
    pieces = np.bincount(flat, rows.units, len(places) * weeks)
    cheap = np.bincount(flat, np.where(under[thing, week], rows.units, 0.0), len(places) * weeks)
    found: marking.Bools = (cheap > 0) & (cheap >= marking.MOSTLY * pieces)
    return found.reshape(len(places), weeks)


def _out_of_stock(shop: Shop, cube: Cube, places: Ints, first: int, weeks: int) -> Floats:
    """Return the share of each week in which each product was gone; a variant counts by what it used to sell."""
    rows = cube.sold(places, first, weeks + 1)  # this week's sales too: what was sold yesterday was there till then
    row_of = _rows_of(cube, places)
    things, thing = np.unique(rows.item, return_inverse=True)
    place = np.zeros(len(things), np.int64)
    place[thing] = rows.place
    weight = np.bincount(thing, rows.units, len(things))
    whole = np.bincount(row_of[place], weight, len(places))
    order = np.argsort(thing, kind="stable")
    order = order[rows.units[order] > 0]
    days = np.split(rows.day[order], np.searchsorted(thing[order], np.arange(1, len(things))))
    out = np.zeros((len(places), weeks))
    for n, share in _gone(shop, things.tolist(), days, first, weeks):
        at = row_of[place[n]]
        out[at] += share * weight[n] / max(whole[at], 1e-9)
    return np.minimum(out, 1.0)


def _rows_of(cube: Cube, places: Ints) -> Ints:
    """Return, for each place of the cube, which row of ``places`` it is; -1: none."""
    row_of = np.full(len(cube.titles), -1, np.int64)
    row_of[places] = np.arange(len(places))
    return row_of


def _gone(
    shop: Shop, things: list[int], days: list[Ints], first: int, weeks: int
) -> list[tuple[int, Floats]]:  # fmt: skip
    """Return, for each thing sold that ran out at some time, its number and the share of each week without it."""
    ledger = _ledger(shop)
    of_variant: dict[int, list[int]] = {}
    known = shop.items(things) if ledger else {}
    for n, thing in enumerate(things):
        variant = known[thing][3] if thing in known else None
        if variant in ledger:
            of_variant.setdefault(variant or 0, []).append(n)
    found = []
    until = first + 7 * weeks + 6
    for variant, same in of_variant.items():
        sold = np.unique(np.concatenate([days[n] for n in same])).tolist()
        share = marking.weekly_share(marking.gone(*ledger[variant], sold, until), first, weeks)
        found += [(n, share) for n in same if share.any()]
    return found


def _ledger(shop: Shop) -> Ledger:
    """Return the stock ledger of every variant that ran out at some time."""
    version = shop.moves_version()
    known = _ledgers.get(shop)
    if known is not None and known[0] == version:
        return known[1]
    found: Ledger = {}
    for variant, moves in itertools.groupby(shop.stock_changes(), key=itemgetter(0)):
        listed = list(moves)
        changes = [change for _variant, _day, change in listed]
        if min(itertools.accumulate(changes)) <= 0:
            found[variant] = [day for _variant, day, _change in listed], changes
    _ledgers[shop] = version, found
    return found
