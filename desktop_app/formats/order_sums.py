"""What the amounts of an order's rows mean together: the price of one, the kind of order, what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.trade import ZERO, Buyer, OrderKind, OrderLine
from desktop_app.words import _

_NEAR = Decimal("0.02")


def each(quantity: Decimal, price: Decimal | None, amount: Decimal | None, off: Decimal) -> tuple[Decimal, Decimal]:
    """Return the price of one and the line's discount, from the price or else from what the line comes to."""
    if price is not None:
        return price, off
    if amount is None or not quantity:
        return ZERO, ZERO
    one = (amount / quantity).quantize(Decimal("0.0001"))
    # What does not divide evenly goes into the discount, so that the line comes to what the file says.
    return one, off + one * quantity - amount


def kind(lines: Sequence[OrderLine], buyer: Buyer) -> OrderKind:
    """Tell a sale from a note that takes one back, and from stock that is only written up or down."""
    if not lines or (lines[0].price and lines[0].quantity >= 0):
        return "sale"
    if all(line.quantity < 0 for line in lines):
        worthless = not any(line.price for line in lines)
        return "adjustment" if worthless and not (buyer.account or buyer.email or buyer.name) else "credit"
    worthless = not any(line.price for line in lines) and not (buyer.account or buyer.email or buyer.name)
    return "adjustment" if worthless and not any(line.title for line in lines) else "sale"


def of_nothing(lines: Sequence[OrderLine]) -> bool:
    """Say whether lines name nothing: figures without a thing are of a row that adds up others."""
    return all(not (line.sku or line.barcode) and line.title in {"", _("Sale")} for line in lines)


def is_part(amount: Decimal | None, lines: Sequence[OrderLine]) -> bool:
    """Say whether a sum that stands in each row may be what the first line comes to, with or without its tax."""
    return amount is not None and bool(lines) and abs(amount - lines[0].amount) <= lines[0].tax + _NEAR


def total(said: Sequence[Decimal | None], lines: Sequence[OrderLine]) -> Decimal | None:
    """Return what an order comes to by the cells of its rows: one sum that stands in each row, or a part in each.

    Parts are told by what the lines come to: where the cells together are that, with or without tax, they are parts.
    """
    told = [amount for amount in said if amount is not None]
    if len(told) < 2 or len(told) < len(said) or len(lines) != len(said):
        return told[0] if told else None
    goods = sum((line.amount for line in lines), ZERO)
    tax = sum((line.tax for line in lines), ZERO)
    whole = sum(told, ZERO)
    parts = any(abs(whole - one) <= _NEAR for one in (goods, goods + tax))
    return whole if parts and any(abs(one - whole) > _NEAR for one in told) else told[0]
