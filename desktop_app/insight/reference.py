"""What the law asks of a price shown as the price before a reduction, held against what was really asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

OTHERS = "*"  # every currency that no other law names
_LONGEST = 3660  # days a law may look back


@dataclass(frozen=True, slots=True)
class Law:
    """What a place asks of a price shown as the price before."""

    name: str  # of its rule pack: "price.eu"
    title: str
    days: int  # the days before the sale that are looked at …
    kind: Literal["lowest", "held"]  # … for the lowest price in them, or for one that was really asked
    held: int  # days the price must have stood, for "held"
    currencies: tuple[str, ...]
    source: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """Whether a price before may be shown, and which one may."""

    honest: bool | None  # None: the history is too short to say
    allowed: Decimal | None
    law: Law


def law(name: str, raw: dict[str, Any]) -> Law:
    """Read the law of a rule pack; ValueError with what is wrong with it."""
    block = raw.get("price")
    if not isinstance(block, dict):
        raise ValueError("[price]")
    kind, days, held = block.get("kind"), block.get("days"), block.get("held", 0)
    if kind not in ("lowest", "held"):
        raise ValueError("kind")
    if not isinstance(days, int) or not 1 <= days <= _LONGEST:
        raise ValueError("days")
    if not isinstance(held, int) or not (kind == "lowest" or 1 <= held <= days):
        raise ValueError("held")
    currencies = block.get("currencies")
    if not isinstance(currencies, list) or not currencies:
        raise ValueError("currencies")
    return Law(
        name, str(raw.get("name", name)), days, kind, held, tuple(str(c).strip().upper() for c in currencies),
        str(raw.get("source", "")), str(raw.get("address", "")),
    )  # fmt: skip


def for_currency(laws: Iterable[Law], currency: str) -> tuple[Law, ...]:
    """Return the laws that hold in a shop with this currency: those that name it, else those for all others."""
    known = tuple(laws)
    return tuple(one for one in known if currency.upper() in one.currencies) or tuple(
        one for one in known if OTHERS in one.currencies
    )


def price_before(history: Sequence[tuple[int, Decimal]], start: int, shown: Decimal, law: Law) -> Before:
    """Hold a price before against what was really asked: ``history`` is (day, price asked from that day on), sorted.

    ``start`` is the first day of the lower price. Unknown where the history does not reach back as far as the law
    looks.
    """
    first = start - law.days
    past = [(day, price) for day, price in history if day < start]
    if not past or past[0][0] > first:
        return Before(None, None, law)
    ends = [day for day, _price in past[1:]] + [start]
    spans = [
        (max(day, first), end, price) for (day, price), end in zip(past, ends, strict=True) if end > max(day, first)
    ]
    if law.kind == "lowest":
        allowed = min(price for _day, _end, price in spans)
    else:
        stood: dict[Decimal, int] = {}
        for day, end, price in spans:
            stood[price] = stood.get(price, 0) + end - day
        allowed = max((price for price, days in stood.items() if days >= law.held), default=min(stood))
    return Before(shown <= allowed, allowed, law)


def strictest(found: Iterable[Before]) -> Before | None:
    """Return the answer to go by: what one law forbids may not be shown, and what one cannot tell is open."""
    order = {False: 0, None: 1, True: 2}
    return min(found, key=lambda one: (order[one.honest], one.allowed or 0), default=None)


def wrong_example(law: Law, raw: dict[str, Any]) -> str:
    """Return the first example that a law does not judge as its pack says; "" where all are. ValueError: unreadable."""
    for word, honest in (("example", False), ("harmless", True)):
        for one in raw.get(word, ()):
            try:
                asked = [(int(day), Decimal(str(price))) for day, price in one["asked"]]
                found = price_before(sorted(asked), int(one["start"]), Decimal(str(one["before"])), law)
            except (KeyError, TypeError, ArithmeticError) as error:
                raise ValueError(f"[[{word}]]: {error}") from error
            if found.honest is not honest:
                return f"[[{word}]] asked = {one['asked']}, start = {one['start']}, before = {one['before']}"
    return ""
