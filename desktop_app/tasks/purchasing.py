"""Buying: suppliers, what to order of whom, orders sent, and goods that arrive: each one action that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.errors import UserError
from desktop_app.records import Action, Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import reckoning, reordering, suppliers
from desktop_app.tasks.products import now
from desktop_app.trade import Move, Purchase, PurchaseLine, PurchaseState, Supplier, Supply


@dataclass(frozen=True, slots=True)
class Wanted:
    """One variant that could be ordered, how many are left, and what is known of buying it."""

    variant: int
    title: str
    sku: str
    stock: int | None
    quantity: int  # the forecast's proposal; 0: none
    cost: Decimal | None
    price: Decimal | None
    late: bool = False  # it is gone before a delivery can come
    by: str = ""  # the day to order by; "" where nothing is proposed
    why: str = ""  # why so many are proposed
    pack: int = 1  # how many come together
    code: str = ""  # what the supplier calls it

    @property
    def margin(self) -> float | None:
        """The share of the price that is left over the cost."""
        return float((self.price - self.cost) / self.price) if self.price and self.cost is not None else None


def save_supplier(shop: Shop, supplier: Supplier) -> int:
    """Add or change a supplier and return the id; UserError for what nobody can mean."""
    known = {s.id for s in shop.suppliers()}
    suppliers.save(shop, supplier)
    return supplier.id or next(s.id for s in shop.suppliers() if s.id is not None and s.id not in known)


def wanted(shop: Shop, supplier: int | None = None, today: dt.date | None = None) -> list[Wanted]:
    """Return what could be ordered, what the forecast asks for first; of a supplier what they are known to have.

    Where nothing is known of a supplier's goods, everything that is counted stands there.
    """
    day = today or reckoning.today_of(shop)
    lines = {line.product: line for line in reckoning.stock_lines(shop, day)}
    known = {s.variant: s for s in shop.supplies(supplier)} if supplier is not None else {}
    weekly: dict[int, float] = {}
    shelf = reckoning.shelf(shop)
    ids = list(dict.fromkeys(int(p) for p in shelf.product))
    found: list[Wanted] = []
    for start in range(0, len(ids), 500):
        for product in shop.products(ids[start : start + 500]):
            line = lines.get(product.id or 0)
            # The forecast is for the product; what it asks for goes to the variant there is least of.
            least = min((v for v in product.variants if v.stock is not None), key=lambda v: v.stock or 0, default=None)
            for variant in product.variants:
                if variant.stock is None or (known and variant.id not in known):
                    continue
                supply = known.get(variant.id or 0) or Supply(supplier or 0, variant.id or 0)
                buy = suppliers.in_packs(line.buy, supply.pack) if line is not None and variant is least else 0
                weekly[variant.id or 0] = line.weekly if line is not None and variant is least else 0.0
                cost = supply.cost
                found.append(
                    Wanted(
                        variant.id or 0, _called(product, variant), variant.sku, variant.stock, buy,
                        variant.cost if cost is None else cost, variant.price, bool(line and line.late and buy),
                        reordering.when(line, day) if line and buy else "",
                        reordering.why(line) if line and buy else "", supply.pack, supply.code,
                    )
                )  # fmt: skip
    minimum = next((s.minimum for s in shop.suppliers() if s.id == supplier), None)
    found = suppliers.reach(found, weekly, minimum)
    return sorted(found, key=lambda w: (not w.late, not w.quantity, w.title))


def _called(product: Product, variant: Variant) -> str:
    return " · ".join([product.title, *(value for _name, value in variant.options)])


def order(
    shop: Shop, supplier: int, lines: Sequence[PurchaseLine], *, number: str = "", note: str = "",
    today: dt.date | None = None,
) -> int:  # fmt: skip
    """Write down an order sent to a supplier, expected after their lead time; return its id.

    What it costs is remembered for the next order. UserError for nothing to order.
    """
    lines = [line for line in lines if line.quantity > 0]
    if not lines:
        raise UserError("Nothing is to be ordered yet: give at least one number.")
    known = next((s for s in shop.suppliers() if s.id == supplier), None)
    if known is None:
        raise UserError("This supplier is no longer in the shop.")
    day = today or reckoning.today_of(shop)
    expected = "" if known.lead_days is None else (day + dt.timedelta(known.lead_days)).isoformat()
    currency = known.currency or str(shop.setting("currency") or "")
    made = Purchase(
        supplier, number.strip() or f"P{len(shop.purchases()) + 1}", "ordered", now(), expected, "", currency,
        note=note.strip(), lines=tuple(lines),
    )  # fmt: skip
    with shop.act("Order from {name}", name=known.name):
        has = {s.variant: s for s in shop.supplies(supplier)}
        for line in lines:
            if line.variant is not None:
                before = has.get(line.variant, Supply(supplier, line.variant))
                shop.save_supply(replace(before, cost=before.cost if line.cost is None else line.cost))
        return shop.save_purchase(made)


def receive(shop: Shop, id: int, arrived: Mapping[int, int] | None = None, *, cost: bool = True) -> Action:
    """Put what arrived (line id → pieces; None: all that is still to come) into stock, with ``purchase`` as its reason.

    With ``cost`` the variants' cost becomes what was paid. UserError for more than was ordered.
    """
    purchase = shop.purchase(id)
    if purchase.state in {"received", "cancelled"}:
        raise UserError("This order is closed already. Nothing was changed.")
    came = {line.id: line.quantity - line.received for line in purchase.lines} if arrived is None else dict(arrived)
    lines, moves = [], []
    for line in purchase.lines:
        pieces = came.get(line.id or 0, 0)
        if not 0 <= pieces <= line.quantity - line.received:
            raise UserError("No more can arrive than was ordered and is not here yet. Nothing was changed.")
        lines.append(replace(line, received=line.received + pieces))
        if pieces and line.variant is not None:
            moves.append(Move(line.variant, pieces, "purchase", purchase=line.id, note=purchase.number))
    if not any(came.values()):
        raise UserError("Nothing arrived, so nothing was changed.")
    whole = all(line.received >= line.quantity for line in lines)
    state: PurchaseState = "received" if whole else "part"
    with shop.act("Goods of order {number} arrived", number=purchase.number) as action:
        shop.save_purchase(replace(purchase, lines=tuple(lines), state=state, received=now() if whole else ""))
        shop.book(moves)
        if cost:
            shop.set_costs({line.variant: line.cost for line in lines if line.variant is not None and line.cost})
    return action


def cancel(shop: Shop, id: int) -> Action:
    """Give an order to a supplier up; what arrived stays in stock. UserError where it is closed already."""
    purchase = shop.purchase(id)
    if purchase.state in {"received", "cancelled"}:
        raise UserError("This order is closed already. Nothing was changed.")
    with shop.act("Cancel order {number}", number=purchase.number) as action:
        shop.save_purchase(replace(purchase, state="cancelled"))
    return action


def names() -> tuple[str, ...]:
    """Return the names of the actions, so that they are translated."""
    from desktop_app.words import _

    return (
        _("Supplier {name}"), _("Order from {name}"), _("Goods of order {number} arrived"), _("Cancel order {number}"),
    )  # fmt: skip
