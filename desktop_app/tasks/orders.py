"""Orders moved on, goods that came back, notes, stock counted: each one action that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.errors import UserError
from desktop_app.records import Action
from desktop_app.shop import Shop
from desktop_app.tasks.products import now
from desktop_app.trade import OrderState, Return


def set_state(shop: Shop, ids: Sequence[int], state: OrderState) -> Action:
    """Bring orders to a state; stock that was taken for an order that is cancelled comes back."""
    with shop.act("Mark {n} orders as {state}", n=len(ids), state=state) as action:
        shop.set_order_state(ids, state)
        shop.book_orders(ids)
    return action


def take_back(
    shop: Shop, line: int, order: int, quantity: Decimal, *, reason: str = "", restocked: bool = True
) -> Action:
    """Write down that goods of an order's line came back; UserError for more than were sold and not back yet."""
    found = next((v for v in shop.order(order).lines if v.id == line), None)
    if found is None or not 0 < quantity <= found.quantity - found.returned:
        raise UserError("No more can come back than was sold. Nothing was changed.")
    amount = (found.amount / found.quantity * quantity).quantize(Decimal("0.0001"))
    with shop.act("Take back {title}", title=found.title or found.sku) as action:
        shop.add_returns([Return(line, quantity, amount, reason, at=now(), restocked=restocked)])
        after = shop.order(order)
        if all(v.returned >= v.quantity for v in after.lines if v.kind == "goods"):
            shop.set_order_state([order], "returned")
        shop.book_orders([order])
    return action


def set_note(shop: Shop, id: int, note: str) -> Action:
    """Keep a note with an order."""
    order = shop.order(id)
    with shop.act("Note on order {number}", number=order.number or f"id:{id}") as action:
        shop.replace_order(replace(order, note=note.strip()))
    return action


def recount(shop: Shop, counted: Mapping[int, int]) -> Action:
    """Set the stock of variants to what was counted."""
    with shop.act("Count the stock of {n} variants", n=len(counted)) as action:
        shop.recount(counted)
    return action


def names() -> tuple[str, ...]:
    """Return the names of the actions, so that they are translated."""
    from desktop_app.words import _

    return (
        _("Mark {n} orders as {state}"), _("Take back {title}"), _("Note on order {number}"),
        _("Count the stock of {n} variants"),
    )  # fmt: skip
