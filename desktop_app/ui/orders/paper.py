"""Packing lists and simple invoices as PDF, by Qt alone: one order a page, names and amounts as they were sold."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from desktop_app.trade import Address, Order, OrderLine
from desktop_app.ui import local
from desktop_app.words import _

Paper = Literal["packing", "invoice"]
_STYLE = (
    "<style>th { text-align: left; } td, th { padding: 3px 6px; } .n { text-align: right; } h2 { margin: 0; }</style>"
)
_BREAK = '<p style="page-break-after: always"></p>'


def write(orders: Sequence[Order], path: Path, paper: Paper, shop: str, timezone: str) -> None:
    """Write a packing list or an invoice for each order into one PDF."""
    document = QTextDocument()
    pages = (page(order, paper, shop, timezone) for order in orders)
    document.setHtml(_STYLE + _BREAK.join(pages))
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout.Unit.Millimeter)
    writer.setTitle(_("Packing list") if paper == "packing" else _("Invoice"))
    document.print_(writer)


def page(order: Order, paper: Paper, shop: str, timezone: str) -> str:
    """Return one order as the HTML of a page."""
    head = _("Packing list") if paper == "packing" else _("Invoice")
    number = order.number or f"id:{order.id}"
    day = local.moment(order.placed, timezone, whole=True) if order.placed else ""
    said = [
        f"<h2>{_escaped(head)} {_escaped(number)}</h2>",
        f"<p>{_escaped(shop)}{' · ' if shop and day else ''}{_escaped(day)}</p>",
        f"<p>{_address(order)}</p>",
        _packing(order) if paper == "packing" else _invoice(order),
    ]
    if paper == "packing" and order.note:
        said.append(f"<p><b>{_escaped(_('Note'))}:</b> {_escaped(order.note)}</p>")
    return "".join(said)


def _packing(order: Order) -> str:
    goods = [line for line in order.lines if line.kind == "goods"]
    rows = "".join(
        f'<tr><td class="n">{_escaped(local.number(line.quantity))}</td><td>{_named(line)}</td>'
        f"<td>{_escaped(line.sku)}</td><td>☐</td></tr>"
        for line in goods
    )
    names = (_("Number"), _("Product"), _("SKU"), "")
    return _table(names, rows)


def _invoice(order: Order) -> str:
    def money(amount: object) -> str:
        return _escaped(local.money(amount, order.currency))  # type: ignore[arg-type]

    rows = "".join(
        f'<tr><td class="n">{_escaped(local.number(line.quantity))}</td><td>{_named(line)}</td>'
        f'<td class="n">{money(line.price)}</td><td class="n">{money(line.amount)}</td></tr>'
        for line in order.lines
    )
    sums = (
        (_("Discount"), -order.discount), (_("Shipping"), order.shipping),
        (_("Tax, in the prices") if order.tax_inside else _("Tax"), order.tax),
        (_("Refunded"), -order.refunded),
    )  # fmt: skip
    rows += "".join(
        f'<tr><td></td><td></td><td>{_escaped(name)}</td><td class="n">{money(amount)}</td></tr>'
        for name, amount in sums
        if amount
    )
    total = (order.total or 0) - order.refunded
    rows += f'<tr><td></td><td></td><td><b>{_escaped(_("Total"))}</b></td><td class="n"><b>{money(total)}</b></td></tr>'
    return _table((_("Number"), _("Product"), _("Price"), _("Amount")), rows)


def _table(names: Sequence[str], rows: str) -> str:
    head = "".join(f"<th>{_escaped(name)}</th>" for name in names)
    return f'<table width="100%" cellspacing="0"><tr>{head}</tr>{rows}</table>'


def _named(line: OrderLine) -> str:
    return _escaped(line.title or line.sku) + (f"<br><small>{_escaped(line.options)}</small>" if line.options else "")


def _address(order: Order) -> str:
    return "<br>".join(_escaped(part) for part in address_lines(order.ship_to, order.buyer.name))


def address_lines(to: Address, name: str = "") -> list[str]:
    """Return an address as the lines of a label."""
    place = " ".join(part for part in (to.postcode, to.city, to.province) if part)
    street = to.street.split("\n") if to.street else []
    return [part for part in (to.name or name, to.company, *street, place, to.country, to.phone) if part]


def _escaped(text: str) -> str:
    return html.escape(text)
