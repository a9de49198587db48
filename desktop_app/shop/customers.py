"""The people a shop sold to: lists, one in full, who may be the same, merged and parted, and forgotten for good."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from desktop_app.errors import UserError
from desktop_app.shop import order_rows, parts, traces, words
from desktop_app.shop.connect import File, Row
from desktop_app.shop.people import CUSTOMERS, address_text, fold
from desktop_app.trade import Address, Customer, CustomerRow

CustomerSort = Literal["last", "spent", "orders", "name"]
Why = Literal["phone", "place"]
_ORDER = {"last": "ifnull(p.last_day, -1000000)", "spent": "p.spent", "orders": "p.orders", "name": "p.name_key"}
_THESE = "(SELECT value FROM json_each(?))"


class Customers:
    """The part of a shop that knows its customers."""

    _file: File

    def find_customers(self, query: str = "", *, sort: CustomerSort = "last", descending: bool = True) -> list[int]:
        """Return the ids of customers by name, e-mail, phone or account; whoever was merged stands under the other."""
        where, values = "", list[Any]()
        if query.strip():
            match = words.match(query)
            if match is None:
                return []
            where = (
                "WHERE p.id IN (SELECT ifnull(c.main, c.id) FROM search_customers s JOIN customers c ON c.id = s.rowid"
                " WHERE search_customers MATCH ?)"
            )
            values.append(match)
        way = "DESC" if descending else "ASC"
        sql = f"SELECT group_concat(id) FROM (SELECT p.id FROM patrons p {where} ORDER BY {_ORDER[sort]} {way}, p.id)"
        found = self._file.value(sql, values)
        return [int(id) for id in found.split(",")] if found else []

    def customer_rows(self, ids: Iterable[int]) -> list[CustomerRow]:
        """Return list rows in the order of ``ids``; unknown ids are left out."""
        wanted = [int(id) for id in ids]
        sql = (
            "SELECT c.id, c.name, c.email, c.country, p.orders, p.spent, p.currency, p.first_day, p.last_day,"
            " (SELECT value FROM customer_keys k WHERE k.customer = c.id AND k.kind = 'account' ORDER BY k.id LIMIT 1)"
            f" FROM customers c JOIN patrons p ON p.id = c.id WHERE c.id IN {_THESE}"
        )
        rows = {row[0]: _list_row(row) for row in self._file.all(sql, (json.dumps(wanted),))}
        return [rows[id] for id in wanted if id in rows]

    def customer(self, id: int) -> Customer:
        """Return one customer with what they are recognised by; UserError if there is none with this number."""
        row = self._file.one(f"SELECT {CUSTOMERS} FROM customers WHERE id = ?", (id,))
        if row is None:
            raise UserError("There is no customer with the number {id} in this shop.", id=id)
        keys = self._file.all("SELECT kind, value FROM customer_keys WHERE customer = ? ORDER BY id", (id,))
        (main, name, email, phone, company, country, address, tags, note, consent, consent_at, language, made,
         updated) = row  # fmt: skip
        listed = tuple(json.loads(tags or "[]"))
        return Customer(
            name, email, phone, company, country, Address(**json.loads(address or "{}")), listed, note,
            consent, consent_at, language, main, tuple((k, v) for k, v in keys), made, updated, id,
        )  # fmt: skip

    def replace_customer(self, customer: Customer) -> None:
        """Bring a stored customer to what ``customer`` says; what they are recognised by stays."""
        self._file.require_action()
        c = customer
        tags = json.dumps(c.tags, ensure_ascii=False) if c.tags else ""
        row = (
            c.main, c.name, c.email, c.phone, c.company, c.country, address_text(c.address), tags, c.note, c.consent,
            c.consent_at, c.language, c.made, parts.now(),
        )  # fmt: skip
        listed = ", ".join(f"{name.strip()} = ?" for name in CUSTOMERS.split(","))
        self._file.run(f"UPDATE customers SET {listed} WHERE id = ?", (*row, c.id))

    def merged_under(self, id: int) -> list[int]:
        """Return the customers that were found to be the same as this one."""
        return [other for (other,) in self._file.all("SELECT id FROM customers WHERE main = ? ORDER BY id", (id,))]

    def set_main(self, ids: Iterable[int], main: int | None) -> None:
        """Show customers under ``main``, those under them too; None: each is one of their own again."""
        self._file.require_action()
        these = [id for id in ids if id != main]
        if main is not None:
            these += [under for id in these for under in self.merged_under(id)]
        self._file.run(
            f"UPDATE customers SET main = ?, updated = ? WHERE id IN {_THESE} AND main IS NOT ?",
            (main, parts.now(), json.dumps(these), main),
        )

    def alike(self, id: int) -> list[tuple[int, Why]]:
        """Return who may be the same person: the same phone, or the same name and postcode; never by name alone."""
        mine = self.customer(id)
        found: dict[int, Why] = {}
        for kind, value in mine.keys:
            if kind == "phone":
                digits = value.split(" ", 1)[0]
                rows = self._file.all(
                    "SELECT DISTINCT customer FROM customer_keys WHERE kind = 'phone' AND value >= ? AND value < ?",
                    (f"{digits} ", f"{digits}!"),
                )
                found |= {other: "phone" for (other,) in rows}
        postcode = fold(mine.address.postcode)
        if mine.name and postcode:
            rows = self._file.all(
                "SELECT c.id, c.name, json_extract(c.address, '$.postcode') FROM patrons p"
                " JOIN customers c ON c.id = p.id WHERE p.name_key = ? AND c.address <> ''",
                (words.sort_key(mine.name),),
            )
            for other, name, code in rows:
                if fold(name) == fold(mine.name) and code and fold(code) == postcode:
                    found.setdefault(other, "place")
        known = {id, *self.merged_under(id), *([mine.main] if mine.main else [])}
        mains: dict[int, int | None] = dict(
            self._file.all(f"SELECT id, main FROM customers WHERE id IN {_THESE}", (json.dumps(list(found)),))
        )
        return [(other, why) for other, why in found.items() if other not in known and mains.get(other) is None]

    def erase_customers(self, ids: Sequence[int]) -> int:
        """Forget customers for good: their rows and keys, and who they are in orders, journal, index and free pages.

        Orders and their sums stay, without anybody's name. This cannot be undone and is no action. Return how many
        orders lost their person.
        """
        listed = list(dict.fromkeys([*ids, *(under for id in ids for under in self.merged_under(id))]))
        told = json.dumps(listed)
        with self._file.transaction():
            orders = [n for (n,) in self._file.all(f"SELECT id FROM orders WHERE customer IN {_THESE}", (told,))]
            self._blank_orders(json.dumps(orders), told)
            self._forget_rows(told)
            for index in ("search_orders", "search_customers"):
                self._file.run(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
            traces.recount_actions(self._file)
        traces.sweep(self._file)
        return len(orders)

    def _blank_orders(self, orders: str, customers: str) -> None:
        self._file.run(f"UPDATE orders SET customer = NULL, person = '', kept = '' WHERE id IN {_THESE}", (orders,))
        names = self._file.columns("orders")
        person, kept, customer = (f"v{names.index(name)}" for name in ("person", "kept", "customer"))
        # What the journal would bring back is an order without anybody as well. A column an update left alone is NULL.
        for column, blank in ((person, "''"), (kept, "''"), (customer, "NULL")):
            self._file.run(
                f"UPDATE journal SET {column} = {blank} WHERE tbl = 'orders' AND {column} IS NOT NULL"
                f" AND (row IN {_THESE} AND op <> 'insert' OR op = 'delete' AND {customer} IN {_THESE})",
                (orders, customers),
            )
        self._file.run(f"DELETE FROM search_orders WHERE rowid IN {_THESE}", (orders,))

    def _forget_rows(self, told: str) -> None:
        of = f"v{self._file.columns('customer_keys').index('customer')}"
        keys = [id for (id,) in self._file.all(f"SELECT id FROM customer_keys WHERE customer IN {_THESE}", (told,))]
        self._file.run(f"DELETE FROM search_customers WHERE rowid IN {_THESE}", (told,))
        self._file.run(f"DELETE FROM customer_keys WHERE customer IN {_THESE}", (told,))
        self._file.run(f"UPDATE conversations SET customer = NULL WHERE customer IN {_THESE}", (told,))
        self._file.run(f"UPDATE customers SET main = NULL WHERE main IN {_THESE}", (told,))
        self._file.run(f"DELETE FROM customers WHERE id IN {_THESE}", (told,))
        self._file.run(f"DELETE FROM patrons WHERE id IN {_THESE}", (told,))
        self._file.run(f"DELETE FROM journal WHERE tbl = 'customers' AND op <> 'insert' AND row IN {_THESE}", (told,))
        self._file.run(
            "DELETE FROM journal WHERE tbl = 'customer_keys' AND op <> 'insert'"
            f" AND (row IN {_THESE} OR {of} IN {_THESE})",
            (json.dumps(keys), told),
        )


def _list_row(row: Row) -> CustomerRow:
    id, name, email, country, orders, spent, currency, first, last, account = row
    known = (account or "").partition(":")[2]
    return CustomerRow(id, name, email, country, orders, order_rows.amount(spent), currency, first, last, known)
