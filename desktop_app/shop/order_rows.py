"""Orders and their lines as rows, and rows as orders."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop_app.shop import parts
from desktop_app.shop.connect import File, Row
from desktop_app.trade import WAITING, ZERO, Address, Buyer, Order, OrderLine

ORDERS = (
    '"key", number, channel, kind, state, placed, day, paid, sent, closed, currency, goods, discount, shipping, tax,'
    " fees, refunded, total, customer, person, country, kept, source_file, updated"
)
LINES = '"order", item, title, quantity, price, discount, tax, amount, cost'
AMOUNT = 6  # where the amount stands in a line's row, without ids
_THESE = "(SELECT value FROM json_each(?))"
_EPOCH = date(1970, 1, 1).toordinal()
_ADDRESS = tuple(f.name for f in fields(Address))
_BUYER = tuple(f.name for f in fields(Buyer))
_buyer_of, _address_of = attrgetter(*_BUYER), attrgetter(*_ADDRESS)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Items = Mapping[tuple[str, str], tuple[int, str]]  # (key, kind) -> (id, title)


@lru_cache(1 << 16)
def scaled(amount: Decimal) -> int:
    """Return an amount in ten-thousandths."""
    return parts.money(amount) or 0


@lru_cache(1 << 12)
def number_of(quantity: Decimal) -> int | float:
    """Return a quantity as it is kept: whole numbers whole."""
    whole = int(quantity)
    return whole if whole == quantity else float(quantity)


@lru_cache(1 << 12)
def quantity_of(number: float) -> Decimal:
    """Return a kept number as a quantity."""
    return Decimal(number) if isinstance(number, int) else Decimal(repr(number))


def zone(name: str) -> ZoneInfo:
    """Return the shop's time zone; UTC for a name that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@lru_cache(1 << 15)
def moment(text: str, place: ZoneInfo) -> tuple[str, int]:
    """Return a moment in UTC and the shop's day it falls on; one without a zone is the shop's local time.

    What is no moment stands on day 0, as it is written.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text, 0
    local = found.replace(tzinfo=place) if found.tzinfo is None else found.astimezone(place)
    return local.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z", local.date().toordinal() - _EPOCH


def key_of(order: Order) -> str:
    """Return what an order is known by in its channel."""
    return order.key or order.number


def item_key(line: OrderLine) -> str:
    """Return what tells one thing sold from another: its SKU, else its barcode, else its title and options."""
    if line.sku:
        return "s:" + line.sku
    if line.barcode:
        return "b:" + line.barcode
    return f"t:{line.title}\t{line.options}" if line.options else "t:" + line.title


def line_row(line: OrderLine, items: Items) -> Row:
    """Return the row of a line without its id and the order's."""
    item, title = items[item_key(line), line.kind]
    quantity, price, off = number_of(line.quantity), scaled(line.price), scaled(line.discount)
    return (
        item, None if line.title == title else line.title, quantity, price, off, scaled(line.tax),
        round(quantity * price) - off, None if line.cost is None else scaled(line.cost),
    )  # fmt: skip


def order_row(
    order: Order, goods: int, customer: int | None, place: ZoneInfo, currency: str, source: int | None, at: str
) -> Row:
    """Return an order's row without its id; ``goods`` is what its lines come to, in ten-thousandths."""
    o = order
    placed, day = moment(o.placed, place)
    paid, sent, closed = (moment(m, place)[0] if m else "" for m in (o.paid, o.sent, o.closed))
    shipping, tax, off = scaled(o.shipping), scaled(o.tax), scaled(o.discount)
    total = goods - off + shipping + tax if o.total is None else scaled(o.total)
    return (
        o.key or o.number, o.number, o.channel, o.kind, _state(o), placed, day, paid, sent, closed,
        o.currency or currency, goods, off, shipping, tax, scaled(o.fees), scaled(o.refunded), total,
        o.customer if customer is None else customer,
        person_of(o), o.ship_to.country or o.buyer.country, kept_of(o),
        source if o.source_file is None else o.source_file, at,
    )  # fmt: skip


def _state(order: Order) -> str:
    """Return the state of an order; what only changes stock, or takes a sale back, waits for nothing."""
    if order.kind == "sale" or order.state not in WAITING.states:
        return order.state
    return "refunded" if order.kind == "credit" else "delivered"


def person_of(order: Order) -> str:
    """Return the words an order's person is found by: names, e-mail, phone."""
    b, to = order.buyer, order.ship_to
    if not (b.name or b.email or b.phone or to.name or to.phone):
        return b.account
    found = dict.fromkeys((to.name or b.name, b.name, to.company, b.email, b.phone, to.phone, b.account))
    return "\n".join(word for word in found if word)


def kept_of(order: Order) -> str:
    """Return the rest of an order as JSON: what nobody sorts or sums by."""
    kept: dict[str, Any] = {}
    if buyer := _told(_buyer_of(order.buyer), _BUYER):
        kept["buyer"] = buyer
    if address := _told(_address_of(order.ship_to), _ADDRESS):
        kept["to"] = address
    if order.note:
        kept["note"] = order.note
    if order.extra:
        kept["extra"] = order.extra
    if order.source_row is not None:
        kept["row"] = order.source_row
    return _encode(kept) if kept else ""


def _told(values: tuple[str, ...], names: Sequence[str]) -> dict[str, str]:
    return {name: value for name, value in zip(names, values, strict=True) if value} if any(values) else {}


def read_orders(file: File, ids: Iterable[int]) -> list[Order]:
    """Return orders with their lines, in the order of ``ids``; unknown ids are left out."""
    wanted = list(ids)
    listed = json.dumps(wanted)
    rows = {row[0]: row[1:] for row in file.all(f"SELECT id, {ORDERS} FROM orders WHERE id IN {_THESE}", (listed,))}
    lines = _lines(file, listed)
    return [_order(id, rows[id], lines.get(id, ())) for id in wanted if id in rows]


def _lines(file: File, listed: str) -> dict[int, list[OrderLine]]:
    sql = (
        "SELECT r.line, sum(r.quantity), max(r.reason), max(r.at), min(r.restocked OR r.quantity = 0) FROM returns r"
        f' JOIN order_lines l ON l.id = r.line WHERE l."order" IN {_THESE} GROUP BY r.line'
    )
    back = {line: tuple(rest) for line, *rest in file.all(sql, (listed,))}
    found: dict[int, list[OrderLine]] = defaultdict(list)
    sql = (
        'SELECT l.id, l."order", ifnull(l.title, i.title), i.sku, l.quantity, l.price, l.discount, l.tax, i.barcode,'
        " i.options, i.kind, l.cost, l.item, i.variant FROM order_lines l JOIN items i ON i.id = l.item"
        f' WHERE l."order" IN {_THESE} ORDER BY l.id'
    )
    for id, order, title, sku, quantity, price, off, tax, barcode, options, kind, cost, item, variant in file.all(
        sql, (listed,)
    ):
        came, reason, at, restocked = back.get(id, (0, "", "", True))
        line = OrderLine(
            title, sku, quantity_of(quantity), amount(price), amount(off), amount(tax), barcode, options, kind,
            parts.amount(cost), quantity_of(came), item, variant, id, reason, at if came else "", bool(restocked),
        )  # fmt: skip
        found[order].append(line)
    return found


def amount(number: int) -> Decimal:
    """Return the amount of so many ten-thousandths."""
    return parts.amount(number) or ZERO


def _order(id: int, row: Row, lines: Sequence[OrderLine]) -> Order:
    (key, number, channel, kind, state, placed, day, paid, sent, closed, currency, _goods, off, shipping, tax, fees,
     refunded, total, customer, _person, _country, kept, source_file, updated) = row  # fmt: skip
    rest = json.loads(kept) if kept else {}
    return Order(
        number, channel, placed, state, kind, tuple(lines), currency, amount(off), amount(shipping), amount(tax),
        amount(fees), amount(refunded), amount(total), paid, sent, closed, Buyer(**rest.get("buyer", {})),
        Address(**rest.get("to", {})), rest.get("note", ""), tuple((n, v) for n, v in rest.get("extra", ())), key, True,
        customer, source_file, rest.get("row"), day, id, updated,
    )  # fmt: skip
