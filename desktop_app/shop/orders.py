"""The orders of a shop: taken in, read, found, changed; and what was sold, by day and thing, for whoever reckons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from desktop_app.errors import UserError
from desktop_app.shop import coming_back, links, order_finding, order_rows, takings, words
from desktop_app.shop.connect import File, Row
from desktop_app.shop.intake import Intake
from desktop_app.trade import EVERY, Order, OrderRow, OrderState, Return, Which

Ids = npt.NDArray[np.int64]
OrderSort = Literal["placed", "total", "name", "number"]
_THESE = "(SELECT value FROM json_each(?))"
_ORDER = {
    "placed": "placed {0}, id {0}", "total": "total {0}, id", "name": "person {0}, id", "number": "number {0}, id",
}  # fmt: skip


class Orders:
    """The part of a shop that holds orders."""

    _file: File
    setting: Callable[..., Any]

    def intake(self, lines: int = 0) -> Intake:
        """Begin an import of orders; what it takes belongs inside ``step``. ``lines`` says about how many come."""
        return Intake(self._file, str(self.setting("timezone") or "UTC"), str(self.setting("currency") or ""), lines)

    def order(self, id: int) -> Order:
        """Return one order with its lines; UserError if there is none with this number."""
        found = order_rows.read_orders(self._file, [id])
        if not found:
            raise UserError("There is no order with the number {id} in this shop.", id=id)
        return found[0]

    def orders(self, ids: Iterable[int]) -> list[Order]:
        """Return orders with their lines, in the order of ``ids``; unknown ids are left out."""
        return order_rows.read_orders(self._file, ids)

    def replace_order(self, order: Order) -> None:
        """Bring a stored order to what ``order`` says; lines it no longer has go."""
        self._file.require_action()
        kept = json.dumps([line.id for line in order.lines if line.id is not None])
        gone = f'SELECT id FROM order_lines WHERE "order" = ? AND id NOT IN {_THESE}'
        self._file.run(f"UPDATE moves SET line = NULL WHERE line IN ({gone})", (order.id, kept))
        self._file.run(f"DELETE FROM returns WHERE line IN ({gone})", (order.id, kept))
        self._file.run(f'DELETE FROM order_lines WHERE "order" = ? AND id NOT IN {_THESE}', (order.id, kept))
        self.intake().write(order)

    def set_order_state(self, ids: Iterable[int], state: OrderState) -> None:
        """Set the state of orders and note when they were paid, sent or ended; unknown ids are left out."""
        self._file.require_action()
        moment = {"paid": "paid", "sent": "sent"}.get(state, "" if state in {"placed", "packed"} else "closed")
        at = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
        noted = f", {moment} = CASE {moment} WHEN '' THEN {at} ELSE {moment} END" if moment else ""
        sql = f"UPDATE orders SET state = ?, updated = {at}{noted} WHERE state <> ? AND id IN {_THESE}"
        self._file.run(sql, (state, state, json.dumps(list(ids))))

    def add_returns(self, returns: Iterable[Return]) -> None:
        """Write down what came back; the ledger follows with ``book_orders``."""
        self._file.require_action()
        coming_back.add(self._file, list(returns), order_rows.zone(str(self.setting("timezone") or "UTC")))

    def returns_of(self, order: int) -> list[Return]:
        """Return what came back of an order, oldest first."""
        return coming_back.rows_of(self._file, order)

    def book_money_back(self, order: int, reason: str, at: str) -> None:
        """Write down the part of the money given back that is for goods which did not come back, with their lines."""
        self.add_returns(coming_back.of_money(self.order(order), self.returns_of(order), reason, at))

    def next_number(self, prefix: str) -> int:
        """Return the number after the highest of the orders that are numbered ``prefix`` and digits."""
        sql = "SELECT number FROM orders WHERE number GLOB ?"
        rest = (number[len(prefix) :] for (number,) in self._file.all(sql, (f"{prefix}[0-9]*",)))
        return max((int(digits) for digits in rest if digits.isdecimal()), default=0) + 1

    def unlinked_items(self) -> int:
        """Count the goods that were sold and are no variant of the catalogue."""
        return int(self._file.value("SELECT count(*) FROM items WHERE variant IS NULL AND kind = 'goods'"))

    def link_item(self, item: int, variant: int | None) -> None:
        """Say which variant a sold thing is; None: none of them."""
        links.link(self._file, item, variant)

    # --- lists ------------------------------------------------------------------------------------------------------

    def find_orders(
        self,
        query: str = "",
        which: Which = EVERY,
        *,
        state: OrderState | None = None,
        channel: str | None = None,
        customer: int | None = None,
        since: int | None = None,
        until: int | None = None,
        sort: OrderSort = "placed",
        descending: bool = True,
    ) -> list[int]:
        """Return the ids of orders, found by number, person or what was sold; ``since`` and ``until`` are days.

        ``which`` narrows them to those that are meant.
        """
        tests: list[tuple[str, Any]] = []
        for sql, value in (("state = ?", state), ("channel = ?", channel), ("day >= ?", since), ("day <= ?", until)):
            if value is not None:
                tests.append((sql, value))
        if customer is not None:
            of = "customer IN (SELECT id FROM customers WHERE id = ? OR main = ?)"
            tests += [(of, customer), ("", customer)]
        if query.strip():
            sql, values = self._matching_orders(query)
            tests += [(f"id IN ({sql})", values[0]), *(("", value) for value in values[1:])]
        for sql, values in order_finding.tests_of(which):
            tests += [(sql, None)] if not values else [(sql, values[0]), *(("", value) for value in values[1:])]
        where = " AND ".join(sql for sql, _value in tests if sql)
        order = _ORDER[sort].format("DESC" if descending else "ASC")
        listed = f"SELECT id FROM orders {'WHERE ' + where if where else ''} ORDER BY {order}"
        rows = self._file.value(
            f"SELECT group_concat(id) FROM ({listed})", [v for sql, v in tests if "?" in sql or not sql]
        )
        return list(np.fromstring(rows or "", dtype=np.int64, sep=",").tolist())

    def _matching_orders(self, query: str) -> tuple[str, list[str]]:
        """Return a SELECT of the orders that fit what was typed, and its values: number, person or what was sold."""
        match, typed = words.match(query), query.strip()
        if match is None:
            return "SELECT id FROM orders WHERE instr(person, ?)", [typed]
        near = 'SELECT id FROM orders WHERE "key" >= ? AND "key" < ? || char(1114111)'
        found: dict[str, list[str]] = {
            "SELECT rowid FROM search_orders WHERE search_orders MATCH ?": [match],
            "SELECT o.id FROM search_customers s JOIN orders o ON o.customer = s.rowid"
            " WHERE search_customers MATCH ?": [match],
            near: [typed, typed],
            f"{near} ": [typed.upper(), typed.upper()],
        }
        items = self._file.all(
            "SELECT id FROM items WHERE sku = ?1 OR barcode = ?1 OR instr(lower(title), lower(?1))", (typed,)
        )
        if items and len(typed) > 1:
            sold = f'SELECT "order" FROM order_lines WHERE item IN {_THESE}'
            found[sold] = [json.dumps([id for (id,) in items])]
        return " UNION ".join(found), [value for values in found.values() for value in values]

    def order_rows(self, ids: Iterable[int]) -> list[OrderRow]:
        """Return list rows in the order of ``ids``; unknown ids are left out."""
        wanted = [int(id) for id in ids]
        sql = (
            "SELECT o.id, o.number, o.channel, o.state, o.kind, o.placed, o.person, o.country, o.total, o.currency,"
            ' o.customer, (SELECT count(*) FROM order_lines l WHERE l."order" = o.id) FROM orders o'
            f" WHERE o.id IN {_THESE}"
        )
        rows = {row[0]: _list_row(row) for row in self._file.all(sql, (json.dumps(wanted),))}
        return [rows[id] for id in wanted if id in rows]

    def main_customer(self, customer: int) -> int:
        """Return the customer that ``customer`` is shown under: the one it was found to be the same as, or itself."""
        return int(self._file.value("SELECT ifnull(main, id) FROM customers WHERE id = ?", (customer,)) or customer)

    def order_counts(self) -> dict[OrderState, int]:
        """Count the orders in each state."""
        return dict(self._file.all("SELECT state, count(*) FROM orders GROUP BY state"))

    def count_came_back(self) -> int:
        """Count the orders of which something came back, or that are said to have."""
        return len(self.find_orders(which=Which(back=True)))

    def channels(self) -> list[str]:
        """Return the channels orders came by, the busiest first."""
        rows = self._file.all("SELECT channel FROM takings GROUP BY channel ORDER BY sum(orders) DESC, channel")
        return [channel for (channel,) in rows]

    def currencies(self) -> list[str]:
        """Return the currencies orders were paid in, the most used first."""
        rows = self._file.all("SELECT currency FROM takings GROUP BY currency ORDER BY sum(orders) DESC, currency")
        return [currency for (currency,) in rows]

    # --- for whoever reckons ----------------------------------------------------------------------------------------

    def freshen(self) -> None:
        """Make up for sums that a killed import left undone."""
        if not self._file.read_only and takings.is_outdated(self._file):
            with self._file.transaction():
                takings.freshen(self._file)

    def sale_lines(self, newest: int = -1) -> dict[str, npt.NDArray[Any]]:
        """Return every line of goods of every order that counts, as columns of one length, oldest first.

        ``newest`` is how many orders, the newest, are looked at; all by default.

        ``order``, ``day``, ``customer`` (the main one; 0: nobody known), ``item``, ``variant`` (0: not linked) as
        int64; ``quantity`` (negative: taken back) and ``amount`` (in the order's currency, discount off) as float64.
        Cancelled orders, adjustments of stock and lines of postage and fees are left out.
        """
        counts = "kind <> 'adjustment' AND state <> 'cancelled'"
        rows = self._file.all(
            'SELECT l."order", o.day, ifnull(ifnull(c.main, o.customer), 0), l.item, ifnull(i.variant, 0), l.quantity,'
            f" l.amount FROM (SELECT * FROM orders WHERE {counts} ORDER BY placed DESC LIMIT ?) o"
            ' CROSS JOIN order_lines l ON l."order" = o.id CROSS JOIN items i ON i.id = l.item'
            " LEFT JOIN customers c ON c.id = o.customer WHERE i.kind = 'goods' ORDER BY o.placed, l.id",
            (newest,),
        )
        columns = list(zip(*rows, strict=True)) if rows else [()] * 7
        names = ("order", "day", "customer", "item", "variant", "quantity", "amount")
        found: dict[str, npt.NDArray[Any]] = {
            name: np.array(column, dtype=np.float64 if name in {"quantity", "amount"} else np.int64)
            for name, column in zip(names, columns, strict=True)
        }
        found["amount"] = found["amount"] / 10000
        return found

    def bought_by(self, customer: int) -> list[int]:
        """Return the products of the catalogue that a customer bought, oldest first."""
        rows = self._file.all(
            'SELECT v.product FROM orders o JOIN order_lines l ON l."order" = o.id JOIN items i ON i.id = l.item'
            " JOIN variants v ON v.id = i.variant WHERE o.customer IN (SELECT id FROM customers WHERE id = ?1 OR"
            " main = ?1) AND o.kind <> 'adjustment' AND o.state <> 'cancelled' AND l.quantity > 0"
            " ORDER BY o.placed, l.id",
            (customer,),
        )
        return [product for (product,) in rows]

    def items(self, ids: Iterable[int] | None = None) -> dict[int, tuple[str, str, str, int | None]]:
        """Return things sold by their id: SKU, title, kind, and the variant they are."""
        where = "" if ids is None else f" WHERE id IN {_THESE}"
        rows = self._file.all(
            f"SELECT id, sku, title, kind, variant FROM items{where}", () if ids is None else (json.dumps(list(ids)),)
        )
        return {id: (sku, title, kind, variant) for id, sku, title, kind, variant in rows}


def _list_row(row: Row) -> OrderRow:
    id, number, channel, state, kind, placed, person, country, total, currency, customer, lines = row
    name = person.split("\n", 1)[0]
    return OrderRow(
        id, number, channel, state, kind, placed, name, country, order_rows.amount(total), currency, customer, lines
    )
