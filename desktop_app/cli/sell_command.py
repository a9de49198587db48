"""`zhanggui sell`: an order written down by hand."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from desktop_app.errors import UserError
from desktop_app.trade import Buyer
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def add_words(commands: Any) -> None:
    """Add the command to the grammar."""
    words: argparse.ArgumentParser = commands.add_parser("sell", help="write an order down by hand")
    words.add_argument(
        "products", nargs="+", metavar="PRODUCT[=N]", help="SKU, barcode, handle or id:N; N pieces of it"
    )
    words.add_argument("--channel", default="", metavar="NAME", help="where it was sold")
    words.add_argument("--customer", default="", metavar="NAME", help="who bought it")
    words.add_argument("--email", default="", help="of the customer")
    words.add_argument("--phone", default="", help="of the customer")
    words.add_argument("--off", default="0", metavar="AMOUNT", help="a discount on the whole order")
    words.add_argument("--note", default="", help="a word on it")
    words.add_argument("--state", choices=("placed", "paid", "delivered"), default="delivered",
                       help="not paid yet, paid and to be sent, or paid and handed over")  # fmt: skip


def sell(call: Call) -> None:
    """Write an order down."""
    from desktop_app.tasks import selling

    wishes = call.wishes
    with call.shop() as shop:
        sold = [_sold(shop, word) for word in wishes.products]
        buyer = Buyer(wishes.customer, wishes.email, wishes.phone)
        id = selling.write_order(
            shop, sold, buyer=buyer, channel=wishes.channel, state=wishes.state, discount=_number(wishes.off),
            note=wishes.note,
        )  # fmt: skip
        order = shop.order(id)
        action = shop.actions(1)[0].id
        said = _("Order {number}: {sum} {currency}. Action {id}.", number=order.number, sum=f"{order.total:.2f}",
                 currency=order.currency, id=action)  # fmt: skip
        call.show.event("sold", said, order=id, number=order.number, total=str(order.total), action=action)


def _sold(shop: Any, word: str) -> Any:
    from desktop_app.tasks.products import find_one
    from desktop_app.tasks.selling import Sold

    name, mark, count = word.rpartition("=")
    if not mark or not _is_number(count):
        name, count = word, "1"
    coded = shop.by_code(name)
    if coded:
        return Sold(coded[0].variant, Decimal(count))
    variants = shop.product(find_one(shop, name)).variants
    if len(variants) > 1:
        raise UserError("“{name}” has several variants: give the code (SKU) of one. Nothing was saved.", name=name)
    return Sold(variants[0].id or 0, Decimal(count))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise UserError("“{text}” is no amount.", text=text) from None
