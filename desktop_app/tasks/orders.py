"""Orders moved on, notes, stock counted: each one action that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.records import Action
from desktop_app.shop import Shop
from desktop_app.trade import OrderState


def set_state(shop: Shop, ids: Sequence[int], state: OrderState) -> Action:
    """Bring orders to a state; stock that was taken for an order that is cancelled comes back."""
    with shop.act("Mark {n} orders as {state}", n=len(ids), state=state) as action:
        shop.set_order_state(ids, state)
        shop.book_orders(ids)
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
        _("Mark {n} orders as {state}"), _("Note on order {number}"), _("Count the stock of {n} variants"),
    )  # fmt: skip
