"""An order written down by hand: at a market stall, over the telephone. One action, and the stock moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from desktop_app.errors import UserError
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks.products import now
from desktop_app.trade import ZERO, Address, Buyer, Order, OrderLine, OrderState

_NOBODY, _NOWHERE = Buyer(), Address()
_CENT = Decimal("0.01")
_KEPT = "selling"  # the setting that remembers tax and country of the last order
_FIRST = "H"  # hand-written numbers: H1, H2 …


@dataclass(frozen=True, slots=True)
class Sellable:
    """A variant as it is offered: what it is called, what it costs and how many are there (None: not counted)."""

    variant: int
    title: str
    options: str
    sku: str
    price: Decimal | None
    stock: int | None


@dataclass(frozen=True, slots=True)
class Sold:
    """So many of a variant, at a price for one (None: the product's)."""

    variant: int
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tax:
    """So many per cent, in the prices already or on top of them."""

    rate: Decimal = ZERO
    included: bool = True

    def of(self, base: Decimal) -> Decimal:
        """Return the tax on what goods and shipping come to, discount taken off, in cents."""
        whole = 100 + self.rate if self.included else Decimal(100)
        return (base * self.rate / whole).quantize(_CENT, ROUND_HALF_UP)

    def total(self, base: Decimal) -> Decimal:
        """Return what is to be paid."""
        return base if self.included else base + self.of(base)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the next order by hand begins with: tax and country of the last."""

    tax: Tax = Tax()
    country: str = ""


def defaults(shop: Shop) -> Defaults:
    """Return what this shop's last order by hand had."""
    kept = shop.setting(_KEPT)
    if not isinstance(kept, dict):
        return Defaults()
    return Defaults(Tax(Decimal(str(kept["rate"])), bool(kept["included"])), str(kept["country"]))


def read_rate(text: str) -> Decimal:
    """Read a tax rate in per cent ("19", "7,25 %"); nothing is none. UserError for what is no rate."""
    said = text.strip().rstrip("%％").strip().replace(",", ".")
    try:
        rate = Decimal(said or "0")
    except InvalidOperation:
        rate = Decimal(-1)
    if not 0 <= rate < 100:
        raise UserError("“{text}” is no tax in per cent, such as 19 or 7.25. Nothing was saved.", text=text.strip())
    return rate


def sellable(shop: Shop, typed: str, limit: int = 30) -> list[Sellable]:
    """Return the variants that fit what was typed: a barcode or code exactly, else products by their words."""
    coded = [one.variant for one in shop.by_code(typed)]
    found = list(_variants(shop, coded).values()) if coded else []
    if not found:
        found = [(p, v) for p in shop.products(shop.search(typed, status="active")[:limit]) for v in p.variants]
    return [Sellable(v.id or 0, p.title, _options(v), v.sku, v.price, v.stock) for p, v in found[:limit]]


def write_order(
    shop: Shop,
    sold: Sequence[Sold],
    *,
    buyer: Buyer = _NOBODY,
    channel: str = "",
    state: OrderState = "delivered",
    discount: Decimal = ZERO,
    note: str = "",
    shipping: Decimal = ZERO,
    tax: Tax | None = None,
    ship_to: Address = _NOWHERE,
) -> int:
    """Write an order down as one action and take its goods from stock; return its id.

    Tax (None: the last order's) and country are remembered for the next. UserError for an order of nothing, for less
    than one piece, for a product without a price, for shipping below zero, and for a discount above what the goods
    come to.
    """
    if not sold:
        raise UserError("Nothing is sold yet: choose at least one product. Nothing was saved.")
    known = _variants(shop, [one.variant for one in sold])
    lines = tuple(_line(*known[one.variant], one) for one in sold)
    worth = sum((line.amount for line in lines), ZERO)
    if discount < 0 or discount > worth:
        raise UserError("The discount is more than the goods come to. Nothing was saved.")
    if shipping < 0:
        raise UserError("Shipping cannot cost less than nothing. Nothing was saved.")
    last = defaults(shop)
    tax, base = tax or last.tax, worth - discount + shipping
    at = _after_the_counts(shop, [one.variant for one in sold])
    number = f"{_FIRST}{shop.next_number(_FIRST)}"
    paid = at if state in {"paid", "packed", "sent", "delivered"} else ""
    done = at if state == "delivered" else ""
    order = Order(
        number, channel, at, state, lines=lines, discount=discount, shipping=shipping, tax=tax.of(base),
        total=tax.total(base), paid=paid, sent=done, closed=done, buyer=buyer,
        ship_to=replace(ship_to, name=ship_to.name or buyer.name, phone=ship_to.phone or buyer.phone),
        note=note.strip(),
    )  # fmt: skip
    with shop.act("Write down order {number}", number=number):
        (id,) = shop.intake().take([order]).orders
        for line, one in zip(shop.order(id).lines, sold, strict=True):
            if line.item is not None and line.variant is None:
                shop.link_item(line.item, one.variant)
        shop.book_orders([id])
        _remember(shop, last, Defaults(tax, ship_to.country or last.country))
    return id


def _remember(shop: Shop, last: Defaults, now: Defaults) -> None:
    if now != last:
        rate = f"{now.tax.rate:f}"
        shop.set_setting(_KEPT, {"rate": rate, "included": now.tax.included, "country": now.country})


def names() -> tuple[str, ...]:
    """Return the names of the actions, so that they are translated."""
    from desktop_app.words import _

    return (_("Write down order {number}"),)


def _line(product: Product, variant: Variant, one: Sold) -> OrderLine:
    price = variant.price if one.price is None else one.price
    if one.quantity <= 0:
        raise UserError("At least one piece of “{title}” has to be sold. Nothing was saved.", title=product.title)
    if price is None or price < 0:
        raise UserError("“{title}” has no price: say what it was sold for. Nothing was saved.", title=product.title)
    return OrderLine(
        product.title, variant.sku, one.quantity, price, barcode=variant.barcode, options=_options(variant),
        cost=variant.cost,
    )  # fmt: skip


def _options(variant: Variant) -> str:
    return ", ".join(f"{name}: {value}" for name, value in variant.options)


def _variants(shop: Shop, ids: Sequence[int]) -> dict[int, tuple[Product, Variant]]:
    products = shop.products(dict.fromkeys(_products(shop, ids)))
    found = {v.id: (p, v) for p in products for v in p.variants if v.id is not None and v.id in ids}
    if missing := [id for id in ids if id not in found]:
        raise UserError("The variant {id} is not in this shop.", id=missing[0])
    return found


def _products(shop: Shop, variants: Sequence[int]) -> list[int]:
    owners = shop.owners(variants)
    return [owners[id] for id in variants if id in owners]


def _after_the_counts(shop: Shop, variants: Sequence[int]) -> str:
    """Return now, or a second after the goods were last counted where that is later: these were there to be counted."""
    counted = max((move.at for id in variants for move in shop.moves(id, 1)), default="")
    at = now()
    if counted < at:
        return at
    return (dt.datetime.fromisoformat(counted) + dt.timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
