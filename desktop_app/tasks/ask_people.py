"""Answers about who buys: how many, who is new, who comes back, what they are worth; and what goes together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from desktop_app.tasks import reckoning
from desktop_app.tasks.ask import Answer, Desk, answered, said, tied, unanswered
from desktop_app.words import _

SHOWN = 10


def segment_words() -> dict[str, str]:
    """Return the plain names of the segments."""
    return {
        "best": _("Best regulars"), "regular": _("Regulars"), "new": _("New here"), "at_risk": _("At risk"),
        "once": _("Bought once"), "lost": _("Lost"),
    }  # fmt: skip


def _orders(desk: Desk, inside: bool = True, currency: str | None = None) -> npt.NDArray[np.int64]:
    """Return (customer, day, total) of orders by known customers, of the span and the currency that was asked for."""
    rows = reckoning.customer_orders(desk.shop, currency)
    if inside and desk.period is not None and len(rows):
        rows = rows[
            (rows[:, 1] >= reckoning.number(desk.period.first)) & (rows[:, 1] <= reckoning.number(desk.period.last))
        ]
    return rows


def _month(number: int) -> str:
    """Return a month as people write it; what has no day stands at the beginning of all time."""
    return f"{1970 + number // 12}-{number % 12 + 1:02}" if number else _("no day")


def narrowed(desk: Desk) -> Answer | None:
    """Refuse a question about the customers of a product, category or channel; None where there is none of these."""
    if desk.asked.products or desk.asked.category or desk.asked.channel:
        return unanswered(
            desk, _("Customers are counted for the whole shop only, not by product, category or channel.")
        )
    return None


def customers(desk: Desk) -> Answer:
    """Answer how many different customers bought something."""
    if refused := narrowed(desk):
        return refused
    rows = _orders(desk)
    months = rows[:, 1].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    table = tuple((_month(m), len(np.unique(rows[months == m, 0]))) for m in np.unique(months).tolist())
    return answered(
        desk, _("Customers who bought"), float(len(np.unique(rows[:, 0]))), "count", rows=table, chart="line",
        columns=(_("Month"), _("Customers who bought")), units=("name", "count"),
    )  # fmt: skip


def new_customers(desk: Desk) -> Answer:
    """Answer how many customers bought for the first time."""
    if refused := narrowed(desk):
        return refused
    rows = _orders(desk, inside=False)
    _who, first = np.unique(rows[:, 0], return_index=True)  # rows are sorted by day
    days = rows[first, 1]
    if desk.period is not None:
        days = days[(days >= reckoning.number(desk.period.first)) & (days <= reckoning.number(desk.period.last))]
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    table = tuple((_month(m), int((months == m).sum())) for m in np.unique(months).tolist())
    return answered(
        desk, _("New customers"), float(len(days)), "count", rows=table, chart="line" if len(table) > 1 else "",
        columns=(_("Month"), _("New customers")), units=("name", "count"), behind=False,
    )  # fmt: skip


def best_customers(desk: Desk) -> Answer:
    """Answer who bought most."""
    if refused := narrowed(desk):
        return refused
    rows = _orders(desk, currency=desk.books.currency)
    if not len(rows):
        return unanswered(desk, _("No customer is known by name there and then ({where}).", where=desk.scope()))
    who, place = np.unique(rows[:, 0], return_inverse=True)
    spent = np.bincount(place, rows[:, 2].astype(float)) / 10_000
    count = np.bincount(place)
    order = np.argsort(-spent, kind="stable")[: desk.asked.top or SHOWN]
    known = {row.id: row.name or row.email for row in desk.shop.customer_rows(int(who[n]) for n in order)}
    table = tuple((known.get(int(who[n])) or f"#{who[n]}", float(spent[n]), int(count[n])) for n in order)
    first = tied(table)
    return answered(
        desk, _("Best customer"), table[0][0], "name", rows=table, chart="bar", behind=False,
        shown=_("{name}, {figure}", name=first, figure=said(table[0][1], "money", desk.books.currency)),
        columns=(_("Customer"), _("Spent"), _("Orders")), units=("name", "money", "count"),
    )  # fmt: skip


def repeat(desk: Desk) -> Answer:
    """Answer how many customers came back, and which share of all they are."""
    if refused := narrowed(desk):
        return refused
    rows = _orders(desk)
    _who, count = np.unique(rows[:, 0], return_counts=True)
    if not len(count):
        return unanswered(desk, _("No customer is known by name there and then ({where}).", where=desk.scope()))
    back = int((count > 1).sum())
    share = 100 * back / len(count)
    as_share = any(word in desk.asked.text.casefold() for word in ("share", "rate", "percent", "%", "率", "比例", "占"))
    table = (*((str(n), int((count == n).sum())) for n in range(1, 6)), ("6+", int((count > 5).sum())))
    note = _("That is {share} of {all}.", share=f"{share:.1f} %", all=len(count))
    if as_share:
        note = _("{back} of {all} customers.", back=back, all=len(count))
    return answered(
        desk, _("Customers who came back"), share if as_share else float(back), "percent" if as_share else "count",
        rows=table, note=note, chart="bar", columns=(_("Orders"), _("Customers")), units=("name", "count"),
        behind=False,
    )  # fmt: skip


def worth(desk: Desk) -> Answer:
    """Answer what the customers will still bring in over the next year."""
    if refused := narrowed(desk):
        return refused
    found = reckoning.customer_value(desk.shop, desk.today)
    if found is None:
        return unanswered(desk, _("Fewer than thirty customers came back: too little data to say what one is worth."))
    names, value = found
    order = np.argsort(-value.expected, kind="stable")[: desk.asked.top or SHOWN]
    table = tuple((names[n], float(value.expected[n]), float(value.low[n]), float(value.high[n])) for n in order)
    low, high = f"{value.total_low:,.0f}", f"{value.total_high:,.0f}"
    note = _("Eight times in ten between {low} and {high}.", low=low, high=high)
    return answered(
        desk, _("What today's customers will spend in the next twelve months"), value.total, "money", rows=table,
        note=note, chart="bar", behind=False, scope="",
        columns=(_("Customer"), _("Expected"), _("At least"), _("At most")),
        units=("name", "money", "money", "money"),
    )  # fmt: skip


def per_customer(desk: Desk) -> Answer:
    """Answer what a customer spent on average, over all orders of the span."""
    if refused := narrowed(desk):
        return refused
    rows = _orders(desk, currency=desk.books.currency)
    if not len(rows):
        return unanswered(desk, _("No customer is known by name there and then ({where}).", where=desk.scope()))
    count = len(np.unique(rows[:, 0]))
    return answered(
        desk, _("Spent by a customer on average"), float(rows[:, 2].sum()) / 10_000 / count, "money",
        note=_("{n} customers, all their orders.", n=count),
    )  # fmt: skip


def waiting(desk: Desk) -> Answer:
    """Answer how many orders have not been sent yet."""
    words = {"placed": _("placed"), "paid": _("paid"), "packed": _("packed")}
    table = tuple((words[state], n) for state, n in reckoning.kept(desk.shop, "waiting", desk.shop.waiting_orders))
    return answered(
        desk, _("Orders to send"), float(sum(n for _state, n in table)), "count", rows=table, scope="",
        columns=(_("State"), _("Orders")), units=("name", "count"),
    )  # fmt: skip


def together(desk: Desk) -> Answer:
    """Answer what is bought in the same orders as a product."""
    items = desk.items()
    if not items:
        return unanswered(desk, _("Name a product to be told what is bought with it."))
    found = desk.shop.bought_with(items, desk.since, desk.until)
    place_of = {item: n for n, some in enumerate(desk.books.books.items) for item in some}
    count: dict[int, tuple[int, float]] = {}
    for item, n, amount in found:
        place = place_of.get(item)
        if place is not None:
            before = count.get(place, (0, 0.0))
            count[place] = before[0] + n, before[1] + amount
    if not count:
        return unanswered(desk, _("Nothing was ever bought together with it."))
    order = sorted(count, key=lambda p: (-count[p][0], -count[p][1]))[: desk.asked.top or SHOWN]
    table = tuple((desk.books.cube.titles[p], count[p][0]) for p in order)
    return answered(
        desk, _("Bought together most often"), table[0][0], "name", shown=tied(table), rows=table, chart="bar",
        note=_("In {n} orders.", n=table[0][1]),
        columns=(_("Product"), _("Orders with both")), units=("name", "count"),
    )  # fmt: skip


KINDS: dict[str, Callable[[Desk], Answer]] = {
    "customers": customers, "new_customers": new_customers, "best_customers": best_customers, "repeat": repeat,
    "per_customer": per_customer, "value": worth, "waiting": waiting, "together": together,
}  # fmt: skip
