"""What a supplier asks: how many come together, what an order must come to, what they call the goods."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.records import Action
from desktop_app.shop import Shop
from desktop_app.trade import ZERO, Supplier, Supply
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.purchasing import Wanted

LASTS = 26.0  # weeks of sales that nobody orders more of only to reach a minimum


@dataclass(frozen=True, slots=True)
class Had:
    """A variant and what a supplier says of it; ``known`` if they are written down to have it."""

    title: str
    sku: str
    supply: Supply
    known: bool


def goods(shop: Shop, supplier: int | None, typed: str = "") -> list[Had]:
    """Return what a supplier has, and after it what else of the shop is found by what was ``typed``."""
    has = {s.variant: s for s in shop.supplies(supplier)} if supplier is not None else {}
    owners = shop.products_of_variants()
    ids = dict.fromkeys(owners[variant] for variant in has if variant in owners)
    if typed.strip():
        ids |= dict.fromkeys(shop.search(typed)[:50])
    found = []
    for product in shop.products(list(ids)):
        for v in product.variants:
            if v.id is not None and (v.id in has or typed.strip()):
                title = " · ".join([product.title, *(value for _name, value in v.options)])
                supply = has.get(v.id) or Supply(supplier or 0, v.id)
                found.append(Had(title, v.sku, supply, v.id in has))
    return sorted(found, key=lambda had: (not had.known, had.title))


def save(shop: Shop, supplier: Supplier, supplies: Sequence[Supply] = ()) -> Action:
    """Keep a supplier and what is said of their goods, as one action.

    UserError without a name, for days or packs nobody can mean, for a minimum below zero.
    """
    name = supplier.name.strip()
    if not name:
        raise UserError("A supplier needs a name. Nothing was saved.")
    days = [supplier.lead_days, *(supply.lead_days for supply in supplies)]
    if any(day is not None and not 0 <= day <= 1000 for day in days):
        raise UserError("A delivery takes between 0 and 1000 days. Nothing was saved.")
    if (supplier.minimum or 0) < 0 or any((supply.cost or 0) < 0 for supply in supplies):
        raise UserError("An amount cannot be below zero. Nothing was saved.")
    if any(not 1 <= supply.pack <= 1_000_000 for supply in supplies):
        raise UserError("At least one comes in a pack. Nothing was saved.")
    with shop.act("Supplier {name}", name=name) as action:
        id = shop.save_supplier(replace(supplier, name=name))
        for supply in supplies:
            shop.save_supply(replace(supply, supplier=id))
    return action


def in_packs(pieces: int, pack: int) -> int:
    """Return the next number of pieces that comes in whole packs."""
    return math.ceil(pieces / pack) * pack if pack > 1 else pieces


def reach(found: Sequence[Wanted], weekly: Mapping[int, float], minimum: Decimal | None) -> list[Wanted]:
    """Return the proposals raised, a pack at a time, until the order comes to what the supplier asks.

    What lasts the shortest is raised first, of nothing more than sells in ``LASTS`` weeks. Nothing is raised where
    nothing is proposed, no cost is known, or the minimum cannot be reached so.
    """
    rows = list(found)
    sold = [n for n, one in enumerate(rows) if one.cost and weekly.get(one.variant, 0) > 0]
    if not minimum or not any(one.quantity for one in rows):
        return rows

    def lasts(n: int, more: int = 0) -> float:
        return ((rows[n].stock or 0) + rows[n].quantity + more) / weekly[rows[n].variant]

    while total(rows) < minimum:
        sold = [n for n in sold if lasts(n, rows[n].pack) <= LASTS]
        if not sold:
            return list(found)
        n = min(sold, key=lasts)
        rows[n] = replace(rows[n], quantity=rows[n].quantity + rows[n].pack)
    raised = _("Raised so that the order comes to the {minimum} they ask.", minimum=f"{minimum:.2f}")
    return [
        one if one.quantity == before.quantity else replace(one, why=f"{one.why} {raised}".strip())
        for before, one in zip(found, rows, strict=True)
    ]


def total(rows: Sequence[Wanted]) -> Decimal:
    """Return what the proposals come to, as far as costs are known."""
    return sum((one.quantity * one.cost for one in rows if one.cost), ZERO)
