"""Answers about what customers say: stars, how many reviews, which product is liked best and least."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.tasks.ask import Answer, Desk, answered, span_words, tied, unanswered
from desktop_app.words import _, several

SHOWN = 10
FEW = 5  # fewer reviews than these say little of a product
_SAID = r"(?:评价|评论|好评|差评|中评)"
_COUNTING = re.compile(
    rf"how many .*(?:reviews?|ratings?|feedback)|(?:number|count) of .*(?:reviews?|ratings?)"
    rf"|(?:多少|几)[条个篇份]?{_SAID}"
    rf"|{_SAID}(?:一共|总共)?有?(?:多少|几)[条个篇份]|{_SAID}[条]?数"
)
_BAD = ("bad ", "negative", "one star", "1 star", "差评", "一星")
_GOOD = ("good ", "positive", "five star", "5 star", "好评", "五星")


@dataclass(frozen=True, slots=True)
class _Rated:
    """One product: how many reviews have stars, their mean, how many are bad (1, 2) and good (4, 5)."""

    title: str
    count: int
    mean: float
    bad: int
    good: int


def rating(desk: Desk) -> Answer:
    """Answer with the mean of the stars, the number of reviews, or the products liked best or least."""
    if desk.asked.channel or desk.asked.category:
        return unanswered(desk, _("Reviews are answered by product or for the whole shop, not by category or channel."))
    rated = _rated(desk)
    if not rated:
        return unanswered(desk, _("There are no reviews with stars of that: too little data to say."))
    text = desk.asked.text.casefold()
    table = tuple((one.title, round(one.mean, 1), one.count) for one in rated)
    if _COUNTING.search(text):
        return _counted(desk, rated, text)
    if desk.asked.order or (desk.asked.by == "product" and not desk.asked.products):
        return _ranked(desk, rated)
    count = sum(one.count for one in rated)
    mean = sum(one.mean * one.count for one in rated) / count
    return _told(desk, _("Stars, mean"), round(mean, 1), table, _("Of 5; {n} reviews.", n=count) + _few(count))


def _counted(desk: Desk, rated: list[_Rated], text: str) -> Answer:
    bad, good = any(word in text for word in _BAD), any(word in text for word in _GOOD)
    what = _("Reviews with one or two stars") if bad else _("Reviews with four or five stars") if good else _("Reviews")
    table = tuple((one.title, one.bad if bad else one.good if good else one.count) for one in rated)
    table = tuple(sorted(table, key=lambda row: (-row[1], row[0])))
    return answered(
        desk, what, float(sum(n for _title, n in table)), "count", rows=table, behind=False, scope=_scope(desk),
        columns=(_("Product"), what), units=("name", "count"),
    )  # fmt: skip


def _ranked(desk: Desk, rated: list[_Rated]) -> Answer:
    least = desk.asked.order == "least" or any(word in desk.asked.text.casefold() for word in _BAD)
    order = sorted(rated, key=lambda one: ((one.mean if least else -one.mean), -one.count, one.title))
    table = tuple((one.title, round(one.mean, 1), one.count) for one in order)
    alike = [one for one in order if round(one.mean, 1) == table[0][1]]
    name = tied(table)
    count = min(one.count for one in alike)
    shown = several(
        "{name}, {stars} of 5 stars in {count} review", "{name}, {stars} of 5 stars in {count} reviews", count,
        name=name, stars=table[0][1],
    )  # fmt: skip
    what = _("Worst rated") if least else _("Best rated")
    return _told(desk, what, table[0][0], table[: desk.asked.top or SHOWN], _few(count).strip(), shown)


def _told(
    desk: Desk, what: str, figure: str | float, table: tuple[tuple[str, float, int], ...], note: str, shown: str = ""
) -> Answer:
    return answered(
        desk, what, figure, "name" if isinstance(figure, str) else "none", rows=table, note=note, behind=False,
        scope=_scope(desk), shown=shown, columns=(_("Product"), _("Stars, mean"), _("Reviews")),
        units=("name", "none", "count"),
    )  # fmt: skip


def _scope(desk: Desk) -> str:
    named = [desk.names.products[p] for p in desk.asked.products]
    what = named[0] if len(named) == 1 else desk.asked.product_words
    return _(", ").join(part for part in (what, span_words(desk.period) if desk.period else "") if part)


def _few(count: int) -> str:
    return " " + _("So few say little.") if count < FEW else ""


def _rated(desk: Desk) -> list[_Rated]:
    wanted = {desk.ids[p] for p in desk.asked.products}
    span = (desk.period.first.isoformat(), desk.period.last.isoformat()) if desk.period else ("", "")
    rows = [row for row in desk.shop.rated_products(*span) if not wanted or row[0] in wanted]
    titles = {row.id: row.title for row in desk.shop.rows(row[0] for row in rows)}
    return [_Rated(titles[id], count, mean, bad, good) for id, count, mean, bad, good in rows if id in titles]


KINDS: dict[str, Callable[[Desk], Answer]] = {"rating": rating}
