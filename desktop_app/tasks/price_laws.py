"""The law on prices before a reduction: which packs of it hold in a shop, and what they say of its products."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop_app.insight import reference
from desktop_app.insight.reference import Before, Law
from desktop_app.language import packs
from desktop_app.records import Variant
from desktop_app.shop import Shop
from desktop_app.tasks import rule_packs
from desktop_app.tasks.reckoning import number

History = list[tuple[int, Decimal]]


def laws(shop: Shop) -> tuple[Law, ...]:
    """Return the laws that hold in the shop: the packs that are on, for its currency."""
    chosen = rule_packs.chosen(shop)
    names = packs.names("price", chosen, packs.PRICES)
    known = [reference.law(name, packs.raw(name, chosen)) for name in names if name not in chosen.off]
    return reference.for_currency(known, str(shop.setting("currency") or ""))


def before(
    shop: Shop, products: Sequence[int], today: dt.date, changed: Mapping[int, Variant] | None = None
) -> dict[int, Before]:
    """Return, for each product that shows a price before, what the strictest law says of the worst of its variants.

    ``changed``: variants as they are about to be, by their id; their price would be asked from today on.
    """
    owners = {v.id or 0: p.id or 0 for p in shop.products(products) for v in p.variants}
    said: dict[int, list[Before]] = {}
    for variant, found in of_variants(shop, products, today, changed).items():
        said.setdefault(owners[variant], []).append(found)
    return {id: worst for id, several in said.items() if (worst := reference.strictest(several))}


def of_variants(
    shop: Shop, products: Sequence[int], today: dt.date, changed: Mapping[int, Variant] | None = None
) -> dict[int, Before]:
    """Return, for each variant of ``products`` that shows a price before, what the strictest law says of it."""
    known = laws(shop)
    each = {v.id or 0: (changed or {}).get(v.id or 0, v) for p in shop.products(products) for v in p.variants}
    shown = {
        id: v for id, v in each.items() if v.price is not None and v.compare_at is not None and v.compare_at > v.price
    }
    if not known or not shown:
        return {}
    set_ = shop.set_prices(list(shown))
    found = {}
    for id, variant in shown.items():
        assert variant.price is not None
        assert variant.compare_at is not None
        history = asked(shop, id, set_.get(id, ()))
        start = _lowered(history, variant.price, today)
        said = [reference.price_before(history, start, variant.compare_at, law) for law in known]
        if strict := reference.strictest(said):
            found[id] = strict
    return found


def forbidden(shop: Shop, products: Sequence[int], today: dt.date) -> list[int]:
    """Return which products show a price before that a law forbids, as far as the history of their prices tells."""
    return [id for id, found in before(shop, products, today).items() if found.honest is False]


def asked(shop: Shop, variant: int, set_: Sequence[tuple[str, Decimal | None]]) -> History:
    """Return what was asked for a variant from which day on: as its sales show it, and as it was set in the shop."""
    known = [(day, price) for day, price in shop.asked_prices(variant)]
    known += [(number(dt.date.fromisoformat(when[:10])), price) for when, price in set_ if price is not None]
    found: History = []
    for day, price in sorted(known, key=lambda one: one[0]):
        if not found or found[-1][1] != price:
            found.append((day, price))
    return found


def _lowered(history: History, price: Decimal, today: dt.date) -> int:
    """Return the first day of the price as it is now; today where it was not asked yet."""
    return history[-1][0] if history and history[-1][1] == price else number(today)
