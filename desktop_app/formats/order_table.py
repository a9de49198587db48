"""Orders → a table of their lines under names that any import of orders knows, this program's own first of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from desktop_app.trade import Order, OrderLine

COLUMNS = (
    "Order number", "Order date", "Status", "Sales channel", "Product name", "SKU", "Barcode", "Options", "Quantity",
    "Unit price", "Line discount", "Line tax", "Unit cost", "Quantity returned", "Return reason",
    "Return date", "Restocked", "Currency", "Shipping", "Tax",
    "Discount", "Fees", "Refunded amount", "Total", "Paid at", "Shipped at", "Customer ID", "Customer name", "Email",
    "Phone", "Country", "Shipping name", "Shipping company", "Shipping street", "Shipping city", "Shipping zip",
    "Shipping province", "Shipping country", "Shipping phone", "Notes",
)  # fmt: skip


def rows(orders: Iterable[Order]) -> Iterator[list[str]]:
    """Yield the names of the columns and then a row for each line; the order's own cells stand on its first row."""
    yield list(COLUMNS)
    for order in orders:
        lines = order.lines or (OrderLine(quantity=Decimal(0)),)
        for place, line in enumerate(lines):
            yield _row(order, line, first=place == 0)


def _row(order: Order, line: OrderLine, *, first: bool) -> list[str]:
    o, b, to = order, order.buyer, order.ship_to
    sold = (
        line.title, line.sku, line.barcode, line.options, _said(line.quantity), _said(line.price),
        _money(line.discount), _money(line.tax), "" if line.cost is None else _said(line.cost), _money(line.returned),
        *((line.reason, line.back, "yes" if line.restocked else "no") if line.returned else ("", "", "")),
    )  # fmt: skip
    whole = (
        o.currency, _money(o.shipping), _money(o.tax), _money(o.discount), _money(o.fees), _money(o.refunded),
        "" if o.total is None else _said(o.total), o.paid, o.sent, b.account, b.name, b.email, b.phone, b.country,
        to.name, to.company, to.street.replace("\n", ", "), to.city, to.postcode, to.province, to.country, to.phone,
        o.note,
    )  # fmt: skip
    head = (o.number or o.key, o.placed, o.state, o.channel)
    return [*head, *sold, *(whole if first else ("",) * len(whole))]


def _money(amount: Decimal) -> str:
    return _said(amount) if amount else ""


def _said(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
