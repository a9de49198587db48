"""What comes back of an order, and the money that goes back for it: each one action that can be undone.

Of a line never more is booked as given back than it came to: money that went back before the goods did is not counted
again when they arrive, nor goods that came back when their money follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.errors import UserError
from desktop_app.records import Action
from desktop_app.shop import Shop
from desktop_app.shop.coming_back import booked_of, of_pieces
from desktop_app.tasks.products import now
from desktop_app.trade import ZERO, Order

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Back:
    """Pieces of one line that came back; ``restocked``: they are for sale again."""

    line: int
    quantity: Decimal
    restocked: bool = True


def take_back(
    shop: Shop, order: int, backs: Sequence[Back], *, reason: str = "", money: Decimal | None = None
) -> Action:  # fmt: skip
    """Write down what came back of an order, and the ``money`` that went back for it, if any.

    UserError for more than was sold and is not back yet, for nothing, and for more money than was paid.
    """
    found = shop.order(order)
    wanted = [back for back in backs if back.quantity]
    lines = {line.id: line for line in found.lines}
    for back in wanted:
        line = lines.get(back.line)
        whole = sum(other.quantity for other in wanted if other.line == back.line)
        if line is None or back.quantity < 0 or whole > line.quantity - line.returned:
            raise UserError("No more can come back than was sold. Nothing was changed.")
    if not wanted:
        raise UserError("Nothing came back yet: give at least one number. Nothing was changed.")
    if money is not None:
        _check_money(found, money)
    title = lines[wanted[0].line].title or lines[wanted[0].line].sku
    with shop.act("Take back {title}", title=title) as action:
        booked, at = booked_of(shop.returns_of(order)), now()
        shop.add_returns(
            of_pieces(lines[b.line], b.quantity, booked, reason, at, restocked=b.restocked) for b in wanted
        )
        if all(v.returned >= v.quantity for v in shop.order(order).lines if v.kind == "goods" and v.quantity > 0):
            shop.set_order_state([order], "returned")
        shop.book_orders([order])
        if money:
            _give(shop, order, money, reason)
    return action


def give_back(shop: Shop, order: int, money: Decimal, *, reason: str = "") -> Action:
    """Write down that money went back; with all of it back the order counts as refunded.

    UserError for nothing and for more than was paid and is not back yet.
    """
    found = shop.order(order)
    _check_money(found, money)
    if not money:
        raise UserError("How much went back? Type an amount. Nothing was changed.")
    with shop.act("Give back {money} of order {number}", money=f"{money:f}", number=_named(found)) as action:
        if found.refunded + money >= _paid(found):
            shop.set_order_state([order], "refunded")
        _give(shop, order, money, reason)
    return action


def left_to_give(order: Order) -> Decimal:
    """Return how much of what was paid is not given back yet."""
    return max(ZERO, _paid(order) - order.refunded)


def worth(order: Order, backs: Sequence[Back]) -> Decimal:
    """Return what was paid for these pieces, in cents: their part of the order's discount off, of its tax added."""
    goods = _goods(order)
    lines = {line.id: line for line in order.lines}
    value = sum((lines[b.line].amount / lines[b.line].quantity * b.quantity for b in backs if b.quantity), ZERO)
    if goods <= 0:
        return ZERO
    paid = _paid(order) - order.shipping - sum((v.amount for v in order.lines if v.kind != "goods"), ZERO)
    return min((value / goods * max(ZERO, paid)).quantize(_CENT, ROUND_HALF_UP), left_to_give(order))


def names() -> tuple[str, ...]:
    """Return the names of the actions, so that they are translated."""
    from desktop_app.words import _

    return _("Take back {title}"), _("Give back {money} of order {number}")


def _check_money(order: Order, money: Decimal) -> None:
    if money < 0 or money > left_to_give(order):
        left = f"{left_to_give(order):.2f}"
        raise UserError("No more can go back than was paid: {left} is left. Nothing was changed.", left=left)


def _give(shop: Shop, order: int, money: Decimal, reason: str) -> None:
    """Add to what was given back; the part of it for goods that did not come back is booked with their lines."""
    before = shop.order(order)
    shop.replace_order(replace(before, refunded=before.refunded + money))
    shop.book_money_back(order, reason, now())


def _goods(order: Order) -> Decimal:
    return sum((line.amount for line in order.lines if line.kind == "goods"), ZERO)


def _paid(order: Order) -> Decimal:
    return max(ZERO, order.total or ZERO)


def _named(order: Order) -> str:
    return order.number or f"id:{order.id}"
