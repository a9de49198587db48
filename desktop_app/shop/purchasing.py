"""Whom the shop buys from, for how much and how soon, and what it has ordered there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from desktop_app.errors import UserError
from desktop_app.shop import order_rows, parts
from desktop_app.shop.connect import File, Row
from desktop_app.trade import Purchase, PurchaseLine, PurchaseState, Supplier, Supply

_SUPPLIER = "name, email, phone, address, currency, lead_days, minimum, note, updated"
_SUPPLY = "supplier, variant, code, cost, pack, lead_days"
_PURCHASE = "supplier, number, state, ordered, expected, received, currency, shipping, note, updated"
_LINE = "purchase, variant, title, quantity, received, cost"
_THESE = "(SELECT value FROM json_each(?))"


class Purchasing:
    """The part of a shop that buys."""

    _file: File

    def suppliers(self) -> list[Supplier]:
        """Return all suppliers by name."""
        rows = self._file.all(f"SELECT {_SUPPLIER}, id FROM suppliers ORDER BY lower(name), id")
        return [
            Supplier(name, email, phone, address, currency, lead, parts.amount(minimum), note, id, updated)
            for name, email, phone, address, currency, lead, minimum, note, updated, id in rows
        ]

    def save_supplier(self, supplier: Supplier) -> int:
        """Add a supplier, or bring a known one to what ``supplier`` says; return its id."""
        self._file.require_action()
        s = supplier
        row = (
            s.name,
            s.email,
            s.phone,
            s.address,
            s.currency,
            s.lead_days,
            parts.money(s.minimum),
            s.note,
            parts.now(),
        )
        return _saved(self._file, "suppliers", _SUPPLIER, row, s.id)

    def supplies(self, supplier: int | None = None, variants: Iterable[int] | None = None) -> list[Supply]:
        """Return what a supplier has, or who has these variants; everything without either."""
        tests, values = [], list[object]()
        if supplier is not None:
            tests.append("supplier = ?")
            values.append(supplier)
        if variants is not None:
            tests.append(f"variant IN {_THESE}")
            values.append(json.dumps(list(variants)))
        where = f" WHERE {' AND '.join(tests)}" if tests else ""
        rows = self._file.all(f"SELECT {_SUPPLY}, id FROM supplies{where} ORDER BY id", values)
        return [
            Supply(by, variant, code, parts.amount(cost), pack, lead, id)
            for by, variant, code, cost, pack, lead, id in rows
            if variant is not None
        ]

    def save_supply(self, supply: Supply) -> int:
        """Write down that a supplier has a variant, for how much; what was written of the two before is replaced."""
        self._file.require_action()
        s = supply
        known = self._file.value("SELECT id FROM supplies WHERE supplier = ? AND variant = ?", (s.supplier, s.variant))
        row = (s.supplier, s.variant, s.code, parts.money(s.cost), s.pack, s.lead_days)
        return _saved(self._file, "supplies", _SUPPLY, row, known)

    def purchases(self, ids: Iterable[int] | None = None) -> list[Purchase]:
        """Return orders to suppliers with their lines, the newest first."""
        where = "" if ids is None else f" WHERE id IN {_THESE}"
        values = () if ids is None else (json.dumps(list(ids)),)
        rows = self._file.all(f"SELECT {_PURCHASE}, id FROM purchases{where} ORDER BY id DESC", values)
        lines: dict[int, list[PurchaseLine]] = defaultdict(list)
        told = json.dumps([row[-1] for row in rows])
        for purchase, variant, title, quantity, received, cost, id in self._file.all(
            f"SELECT {_LINE}, id FROM purchase_lines WHERE purchase IN {_THESE} ORDER BY id", (told,)
        ):
            lines[purchase].append(PurchaseLine(variant, quantity, received, parts.amount(cost), title, id))
        return [_purchase(row, lines[row[-1]]) for row in rows]

    def purchase(self, id: int) -> Purchase:
        """Return one order to a supplier; UserError if there is none with this number."""
        found = self.purchases([id])
        if not found:
            raise UserError("There is no purchase order with the number {id} in this shop.", id=id)
        return found[0]

    def save_purchase(self, purchase: Purchase) -> int:
        """Add a purchase order, or bring a known one to what ``purchase`` says; lines it no longer has go."""
        self._file.require_action()
        p = purchase
        row = (
            p.supplier, p.number, p.state, p.ordered, p.expected, p.received, p.currency, order_rows.scaled(p.shipping),
            p.note, parts.now(),
        )  # fmt: skip
        id = _saved(self._file, "purchases", _PURCHASE, row, p.id)
        kept = json.dumps([line.id for line in p.lines if line.id is not None])
        gone = f"SELECT id FROM purchase_lines WHERE purchase = ? AND id NOT IN {_THESE}"
        self._file.run(f"UPDATE moves SET purchase = NULL WHERE purchase IN ({gone})", (id, kept))
        self._file.run(f"DELETE FROM purchase_lines WHERE purchase = ? AND id NOT IN {_THESE}", (id, kept))
        for line in p.lines:
            told = (id, line.variant, line.title, line.quantity, line.received, parts.money(line.cost))
            _saved(self._file, "purchase_lines", _LINE, told, line.id)
        return id


def _saved(file: File, table: str, columns: str, row: Row, id: int | None) -> int:
    if id is None:
        marks = ", ".join("?" * len(row))
        return file.run(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)
    listed = ", ".join(f"{name.strip()} = ?" for name in columns.split(","))
    file.run(f"UPDATE {table} SET {listed} WHERE id = ?", (*row, id))
    return id


def _purchase(row: Row, lines: list[PurchaseLine]) -> Purchase:
    supplier, number, state, ordered, expected, received, currency, shipping, note, updated, id = row
    known: PurchaseState = state
    return Purchase(
        supplier, number, known, ordered, expected, received, currency, order_rows.amount(shipping), note, tuple(lines),
        id, updated,
    )  # fmt: skip
