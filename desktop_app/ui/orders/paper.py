"""Packing lists and simple invoices as PDF, by Qt alone: one order a page, names and amounts as they were sold."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

from desktop_app.trade import Address, Order, OrderLine
from desktop_app.ui import local, printing
from desktop_app.words import _

Paper = Literal["packing", "invoice"]
_STYLE = (
    "h2 { font-size: 16pt; margin: 0 0 6px 0; } p { margin: 0 0 12px 0; } .said { color: #555; }"
    " .note { margin-top: 12px; } td, th { padding: 4px 6px; }"
    " th { font-weight: normal; color: #555; border-bottom: 1px solid #999; } .line { border-bottom: 1px solid #ddd; }"
)
_BREAK = '<p style="page-break-after: always"></p>'


def write(orders: Sequence[Order], path: Path, paper: Paper, shop: str, timezone: str) -> None:
    """Write a packing list or an invoice for each order into one PDF."""
    title = _("Packing list") if paper == "packing" else _("Invoice")
    printing.write(_BREAK.join(page(order, paper, shop, timezone) for order in orders), title, path, _STYLE)


def page(order: Order, paper: Paper, shop: str, timezone: str) -> str:
    """Return one order as the HTML of a page."""
    head = _("Packing list") if paper == "packing" else _("Invoice")
    number = order.number or f"id:{order.id}"
    day = local.moment(order.placed, timezone, whole=True) if order.placed else ""
    said = [
        f"<h2>{_escaped(head)} {_escaped(number)}</h2>",
        f'<p class="said">{_escaped(shop)}{" · " if shop and day else ""}{_escaped(day)}</p>',
        f"<p>{_address(order)}</p>",
        _packing(order) if paper == "packing" else _invoice(order),
    ]
    if paper == "packing" and order.note:
        said.append(f'<p class="note"><b>{_escaped(_("Note"))}:</b> {_escaped(order.note)}</p>')
    return "".join(said)


def _packing(order: Order) -> str:
    goods = [line for line in order.lines if line.kind == "goods"]
    rows = [(local.number(line.quantity), _named(line), _escaped(line.sku), "☐") for line in goods]
    return _table(((_("Number"), 12), (_("Product"), 54), (_("SKU"), 26), ("", 8)), rows, right=(0, 3))


def _invoice(order: Order) -> str:
    def money(amount: object) -> str:
        return _escaped(local.money(amount, order.currency))  # type: ignore[arg-type]

    rows = [(local.number(line.quantity), _named(line), money(line.price), money(line.amount)) for line in order.lines]
    sums = (
        (_("Discount"), -order.discount), (_("Shipping"), order.shipping),
        (_("Tax, in the prices") if order.tax_inside else _("Tax"), order.tax),
        (_("Refunded"), -order.refunded),
    )  # fmt: skip
    rows += [("", "", _escaped(name), money(amount)) for name, amount in sums if amount]
    total = (order.total or 0) - order.refunded
    rows.append(("", "", f"<b>{_escaped(_('Total'))}</b>", f"<b>{money(total)}</b>"))
    return _table(((_("Number"), 12), (_("Product"), 46), (_("Price"), 21), (_("Amount"), 21)), rows, right=(0, 2, 3))


def _table(columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], right: Collection[int]) -> str:
    """Return a table: names with their share of the width in per cent, and which of them hold figures."""

    def cell(kind: str, at: int, said: str) -> str:
        side = "right" if at in right else "left"
        return f'<{kind} class="line" width="{columns[at][1]}%" align="{side}">{said}</{kind}>'

    head = "".join(cell("th", at, _escaped(name)) for at, (name, _wide) in enumerate(columns))
    body = "".join(f"<tr>{''.join(cell('td', at, said) for at, said in enumerate(row))}</tr>" for row in rows)
    return f'<table width="100%" cellspacing="0"><tr>{head}</tr>{body}</table>'


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
