"""`zhanggui sell`: an order written down by hand."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from desktop_app.errors import UserError
from desktop_app.trade import Address, Buyer
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call

PLACE = ("company", "street", "postcode", "city", "province", "country")


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
    words.add_argument("--shipping", default="0", metavar="AMOUNT", help="what shipping costs")
    words.add_argument("--tax", metavar="RATE", help="tax in per cent, 0 for none (default: as in the last order)")
    words.add_argument(
        "--tax-on-top", action=argparse.BooleanOptionalAction, default=None,
        help="the tax is added to the prices, or is in them (default: as in the last order)",
    )  # fmt: skip
    for part in PLACE:
        words.add_argument(f"--{part}", default="", help="of the address it goes to")
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
            note=wishes.note, shipping=_number(wishes.shipping), tax=_tax(shop, wishes),
            ship_to=Address(**{part: getattr(wishes, part) for part in PLACE}),
        )  # fmt: skip
        order = shop.order(id)
        action = shop.actions(1)[0].id
        said = _("Order {number}: {sum} {currency}. Action {id}.", number=order.number, sum=f"{order.total:.2f}",
                 currency=order.currency, id=action)  # fmt: skip
        if order.tax:
            kind = _("Tax in it: {sum}.") if order.tax_inside else _("With tax of {sum}.")
            said += " " + kind.format(sum=f"{order.tax:.2f}")
        call.show.event("sold", said, order=id, number=order.number, total=str(order.total), tax=str(order.tax),
                        action=action)  # fmt: skip


def _tax(shop: Any, wishes: Any) -> Any:
    """Return the tax that was asked for; what was not said is as in the last order."""
    from desktop_app.tasks.selling import Tax, defaults, read_rate

    last = defaults(shop).tax
    rate = last.rate if wishes.tax is None else read_rate(wishes.tax)
    return Tax(rate, last.included if wishes.tax_on_top is None else not wishes.tax_on_top)


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
