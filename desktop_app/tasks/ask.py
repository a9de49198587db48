"""Answer a merchant's question from the shop's books: a figure, the rows behind it, a sentence; or that it cannot be.

The question chooses one of a fixed set of reckonings; what is chosen by likeness of meaning or by words, never written
by weights. Every answer says what it counted and over which days.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.insight.cube import Only
from desktop_app.language import asking
from desktop_app.language.asking import Asked, Names
from desktop_app.language.periods import Period
from desktop_app.shop import Shop
from desktop_app.tasks import reckoning
from desktop_app.tasks.reckoning import Reckoned
from desktop_app.words import _, several

Unit = Literal["money", "count", "pieces", "percent", "days", "date", "name", "none"]
Cell = str | float | int
Chart = Literal["", "bar", "line"]
# What is counted and not paid: asked of the orders in all currencies at once.
COUNTED = frozenset(
    ["units", "orders", "returns", "cancelled", "last_sold", "forecast", "together", "reorder", "runs_out", "customers",
     "new_customers", "repeat", "waiting"]
)  # fmt: skip
ONE_CURRENCY = frozenset(["segments", "value"])  # customers by what they spend
TIED = 5  # names of those that stand first together
NEWEST = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question. ``figure`` is None where nothing can be said; ``text`` then says why."""

    question: str
    measure: str
    figure: float | str | None
    unit: Unit
    text: str
    currency: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    units: tuple[Unit, ...] = ()  # of the columns
    chart: Chart = ""
    since: str = ""
    until: str = ""
    orders: tuple[int, ...] = ()  # the newest orders behind the figure, `NEWEST` at most
    note: str = ""
    others: tuple[Answer, ...] = ()  # the same in each other currency

    @property
    def answered(self) -> bool:
        """Whether there is a figure."""
        return self.figure is not None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an answer is made from."""

    shop: Shop
    asked: Asked
    books: Reckoned
    names: Names
    ids: tuple[int, ...]  # product ids by place in names.products, 0: none
    today: dt.date

    @property
    def period(self) -> Period | None:
        """The span that was asked for."""
        return self.asked.periods[0] if self.asked.periods else None

    @property
    def since(self) -> int | None:
        """Its first day."""
        return reckoning.number(self.period.first) if self.period else None

    @property
    def until(self) -> int | None:
        """Its last day."""
        return reckoning.number(self.period.last) if self.period else None

    def only(self, period: Period | None = None) -> Only:
        """What the cube is asked for: the span, channel, category and products that were named."""
        span = period or self.period
        places = None
        if self.asked.products:
            places = frozenset(p for p in self.asked.products if p < len(self.books.cube.titles))
        return Only(
            reckoning.number(span.first) if span else None, reckoning.number(span.last) if span else None,
            self.asked.channel or None, self.asked.category or None, places,
        )  # fmt: skip

    def items(self) -> list[int]:
        """The things sold that the named products stand for."""
        return [i for p in self.asked.products if p < len(self.books.books.items) for i in self.books.books.items[p]]

    def scope(self) -> str:
        """What was counted, in words."""
        parts = [self.asked.channel, self.asked.category]
        if self.asked.products:
            titles = [self.names.products[p] for p in self.asked.products]
            parts.append(
                titles[0]
                if len(titles) == 1
                else _("{n} products with “{words}”", n=len(titles), words=self.asked.product_words)
            )
        parts.append(span_words(self.period) if self.period else self._always())
        return _(", ").join(part for part in parts if part)

    def _always(self) -> str:
        days = self.books.cube.days
        return _("since {day}", day=reckoning.day_of(days[0]).isoformat()) if days else ""


def ask(
    shop: Shop, engine: Engine | None, stop: threading.Event, *, text: str, today: dt.date | None = None
) -> Iterator[Answer]:
    """Yield the one answer to a question; ``today`` stands in for the shop's day in tests."""
    if not text.strip():
        raise UserError("Ask something, for example: How much did I sell last month?")
    books = reckoning.reckoned(shop, every=True)
    day = today or reckoning.today_of(shop)
    names, ids = reckoning.kept(shop, "names", lambda: names_of(shop, books))
    asked = asking.read(text, day, names)
    if not asked.measure and not asked.outside and not asked.unknown and engine is not None and not stop.is_set():
        asked = asking.read(text, day, names, likeness(engine, text))
    desk = Desk(shop, asked, books, names, ids, day)
    yield answer(desk)


def likeness(engine: Engine, text: str) -> list[tuple[str, float]]:
    """Return how alike the question is to what can be asked, best first; nothing where no such weights are here."""
    known = asking.sentences()
    try:
        vectors = engine.embed([sentence for _measure, sentence in known])
        mine = engine.embed([text])[0]
    except UserError:
        return []
    scores = np.asarray(vectors) @ np.asarray(mine)
    return sorted(((known[n][0], float(scores[n])) for n in range(len(known))), key=lambda pair: -pair[1])


def names_of(shop: Shop, books: Reckoned) -> tuple[Names, tuple[int, ...]]:
    """Return what can be named: sold things first (by place in the cube), then the rest of the catalogue."""
    titles, ids = list(books.cube.titles), [int(p) for p in books.cube.products]
    sold = set(ids)
    wanted = [id for id in shop.search("") if id not in sold]
    for row in shop.rows(wanted):
        titles.append(row.title)
        ids.append(row.id)
    return Names(titles, books.cube.channels, [c for c in books.cube.categories if c]), tuple(ids)


def answer(desk: Desk) -> Answer:
    """Return the answer to a question that was read."""
    from desktop_app.tasks import ask_ahead, ask_crowd, ask_people, ask_reviews, ask_sales, ask_stock

    asked = desk.asked
    if asked.outside:
        word = asked.outside.strip()
        why = _("Your shop's books hold nothing about “{word}”, so this cannot be answered from them.", word=word)
        return unanswered(desk, why)
    if not asked.measure:
        return unanswered(desk, _(
            "I do not know which figure is meant. Ask about sales, orders, margin, stock, returns or customers, "
            "for example: How much did I sell last month?"
        ))  # fmt: skip
    if asked.unknown:
        named = " ".join(asked.unknown)
        return unanswered(desk, _("Nothing in your shop is called “{words}”, so this cannot be answered.", words=named))
    if asked.segment and asked.measure not in {"segments", "sales"}:
        return unanswered(desk, _(
            "Of a group of customers I know how many they are and what they spent, nothing else: ask for one of these."
        ))  # fmt: skip
    kinds: dict[str, Callable[[Desk], Answer]] = (
        ask_sales.KINDS | ask_stock.KINDS | ask_people.KINDS | ask_reviews.KINDS | ask_ahead.KINDS | ask_crowd.KINDS
    )
    alone = ask_stock.WITHOUT_ORDERS | ask_reviews.KINDS.keys()
    if desk.books.cube.days is None and asked.measure not in alone:
        return unanswered(desk, _(
            "There are no orders in this shop yet: too little data to say. Import a file of orders first."
        ))  # fmt: skip
    if desk.period and desk.period.first > desk.today and asked.measure not in ask_ahead.KINDS:
        return unanswered(desk, _(
            "That is in the future. Ask for a forecast, for example: How much will I sell next week?"
        ))  # fmt: skip
    if asked.segment:
        found = _in_one_currency(desk, ask_crowd.groups)
    elif asked.measure in alone or asked.measure in COUNTED:
        found = kinds[asked.measure](desk)
    elif asked.measure in ONE_CURRENCY:
        found = _in_one_currency(desk, kinds[asked.measure])
    else:
        found = _in_each_currency(desk, kinds[asked.measure])
    left = "" if asked.measure in alone else undated(desk)
    if left and found.answered:
        found = replace(found, text=f"{found.text} {left}", note=f"{found.note} {left}".strip())
    return found


def _in_one_currency(desk: Desk, kind: Callable[[Desk], Answer]) -> Answer:
    """Return the answer in the busiest currency, and how many orders are left out by that."""
    found = kind(desk)
    if not found.answered or len(desk.books.books.currencies) < 2:
        return found
    others = reckoning.reckoned(desk.shop).books.others
    left = several(
        "{count} order in another currency is not counted.",
        "{count} orders in other currencies are not counted.",
        others,
    )
    return replace(found, text=f"{found.text} {left}", note=f"{found.note} {left}".strip())


def _in_each_currency(desk: Desk, kind: Callable[[Desk], Answer]) -> Answer:
    """Return the answer in the busiest currency, with a line for each of the others: their sums are no sum."""
    each = [
        kind(replace(desk, books=reckoning.reckoned(desk.shop, currency)))
        for currency in desk.books.books.currencies or ("",)
    ]
    told = [one for one in each if one.answered]
    if len(told) < 2:
        return told[0] if told else each[0]
    return replace(told[0], text="\n".join(one.text for one in told), others=tuple(told[1:]))


def undated(desk: Desk) -> str:
    """Say how many orders have no day, and what that means for this answer."""
    count = desk.books.cube.undated
    if not count:
        return ""
    if desk.period:
        return several(
            "{count} order has no day and is in no span of time.",
            "{count} orders have no day and are in no span of time.", count,
        )  # fmt: skip
    return several("{count} order of these has no day.", "{count} orders of these have no day.", count)


def tied(rows: Sequence[Sequence[Cell]], at: int = 1) -> str:
    """Return the name of the first row, or the names of all that stand first with the same figure."""
    names = [str(row[0]) for row in rows if row[at] == rows[0][at]]
    more = len(names) - TIED
    shown = _(", ").join(names[:TIED])
    return shown + (" " + several("and {count} more", "and {count} more", more) if more > 0 else "")


def unanswered(desk: Desk, why: str) -> Answer:
    """Return that there is no answer, and why."""
    return Answer(desk.asked.text, desk.asked.measure, None, "none", why)


def answered(
    desk: Desk, what: str, figure: float | str, unit: Unit, *, columns: tuple[str, ...] = (),
    rows: tuple[tuple[Cell, ...], ...] = (), units: tuple[Unit, ...] = (), chart: Chart = "",
    note: str = "", behind: bool = True, scope: str | None = None, shown: str = "",
) -> Answer:  # fmt: skip
    """Return an answer whose sentence is made of what was counted, over what, and the figure."""
    where = desk.scope() if scope is None else scope
    shown = shown or said(figure, unit, desk.books.currency)
    text = _("{what}: {figure}.", what=what, figure=shown)
    if where:
        text = _("{what} ({where}): {figure}.", what=what, where=where, figure=shown)
    orders: tuple[int, ...] = ()
    if behind:
        items = desk.items() if desk.asked.products else None
        channel = desk.asked.channel or None
        orders = tuple(
            desk.shop.orders_behind(since=desk.since, until=desk.until, channel=channel, items=items, limit=NEWEST)
        )
    period = desk.period
    return Answer(
        desk.asked.text, desk.asked.measure, figure, unit, text + (f" {note}" if note else ""), desk.books.currency,
        columns, rows, units, chart, period.first.isoformat() if period else "",
        period.last.isoformat() if period else "", orders, note,
    )  # fmt: skip


def said(figure: float | str, unit: Unit, currency: str) -> str:
    """Return a figure as people write it."""
    if isinstance(figure, str):
        return figure
    if unit == "money":
        return f"{currency} {figure:,.2f}".strip()
    if unit == "percent":
        return f"{figure:.1f} %"
    return f"{figure:,.0f}" if float(figure).is_integer() else f"{figure:,.1f}"


def span_words(period: Period) -> str:
    """Return a span of days as people write it."""
    if period.first == period.last:
        return period.first.isoformat()
    return _("{first} to {last}", first=period.first.isoformat(), last=period.last.isoformat())
