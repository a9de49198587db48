"""An order written down by hand: at a market stall, over the telephone. One action, and the stock moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.errors import UserError
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks.products import now
from desktop_app.trade import ZERO, Address, Buyer, Order, OrderLine, OrderState

_NOBODY = Buyer()
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
) -> int:
    """Write an order down as one action and take its goods from stock; return its id.

    UserError for an order of nothing, for less than one piece, for a product without a price, and for a discount
    above what the goods come to.
    """
    if not sold:
        raise UserError("Nothing is sold yet: choose at least one product. Nothing was saved.")
    known = _variants(shop, [one.variant for one in sold])
    lines = tuple(_line(*known[one.variant], one) for one in sold)
    worth = sum((line.amount for line in lines), ZERO)
    if discount < 0 or discount > worth:
        raise UserError("The discount is more than the goods come to. Nothing was saved.")
    at = _after_the_counts(shop, [one.variant for one in sold])
    number = f"{_FIRST}{shop.next_number(_FIRST)}"
    paid = at if state in {"paid", "packed", "sent", "delivered"} else ""
    done = at if state == "delivered" else ""
    order = Order(
        number, channel, at, state, lines=lines, discount=discount, paid=paid, sent=done, closed=done, buyer=buyer,
        ship_to=Address(buyer.name, phone=buyer.phone), note=note.strip(),
    )  # fmt: skip
    with shop.act("Write down order {number}", number=number):
        (id,) = shop.intake().take([order]).orders
        for line, one in zip(shop.order(id).lines, sold, strict=True):
            if line.item is not None and line.variant is None:
                shop.link_item(line.item, one.variant)
        shop.book_orders([id])
    return id


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
