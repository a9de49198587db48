"""What the books hold around one order or one product, for whoever weighs risk and price: facts, no judgement."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.errors import UserError
from desktop_app.shop.connect import File, Row

MONEY = 10_000
_THESE = "(SELECT value FROM json_each(?))"
SHOP, NEAR = 2_000, 30  # orders of the shop looked at; days in which an address counts as used again


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an order; amounts in its currency."""

    number: str
    amount: float
    shop: tuple[float, ...]  # totals of the shop's other newest orders
    own: tuple[float, ...]  # of this customer's earlier orders
    same_day: int  # orders of this customer on that day, this one counted
    address_names: int  # different names that used its street and postcode in thirty days
    phone_names: int  # different names that use its telephone number
    paid_from: str  # country of the buyer …
    sent_to: str  # … and of the parcel; "" where not known
    bought: float  # pieces this customer bought before
    returned: float
    all_bought: float
    all_returned: float


@dataclass(frozen=True, slots=True)
class _Past:
    """An order of a customer, as far as it says what is usual of them."""

    order: int
    total: int
    currency: str
    day: int
    sale: bool
    live: bool  # a sale that was not cancelled
    bought: float
    back: float


class Evidence:
    """The part of a shop that says what stands around an order or a price."""

    _file: File

    def around(self, order: int) -> Around:
        """Return what is known around an order; UserError if there is none with this number."""
        found = dict(self.around_many([order]))
        if order not in found:
            raise UserError("There is no order with the number {id} in this shop.", id=order)
        return found[order]

    def around_many(self, orders: Sequence[int]) -> Iterator[tuple[int, Around]]:
        """Yield (order, what is known around it), reading for all of them at once; unknown ids are left out."""
        rows = self._file.all(
            f"SELECT id, number, total, currency, customer, day, {_said('to.street')}, {_said('to.postcode')},"
            f" {_said('buyer.country')}, {_said('to.country')} FROM orders WHERE id IN {_THESE}",
            (json.dumps(list(orders)),),
        )
        totals = {currency: self._totals(currency) for currency in {row[3] for row in rows}}
        history = self._history({row[4] for row in rows if row[4] is not None})
        used = self._addresses(rows)
        phones: dict[int | None, int] = {None: 1}
        everything = self._file.one("SELECT ifnull(sum(units), 0), ifnull(sum(back_units), 0) FROM sales") or (0, 0)
        for id, number, total, currency, customer, day, street, postcode, paid_from, sent_to in rows:
            mine = history.get(customer, ())
            own = [h for h in mine if h.order != id]
            if customer not in phones:
                phones[customer] = self._phone_names(customer)
            names = {name for at, name in used.get((street, postcode or ""), ()) if abs(at - day) <= NEAR and name}
            others = [t / MONEY for other, t in totals[currency] if other != id][:SHOP]
            earlier = [h.total / MONEY for h in own if h.live and h.day <= day and h.currency == currency]
            yield id, Around(
                number, total / MONEY, tuple(others), tuple(earlier),
                max(1, sum(h.sale and h.day == day for h in mine)), max(1, len(names)),
                phones[customer], paid_from or "", sent_to or "",
                sum(h.bought for h in own), sum(h.back for h in own), float(everything[0]), float(everything[1]),
            )  # fmt: skip

    def _totals(self, currency: str) -> list[tuple[int, int]]:
        """Return (order, total) of the newest sales that count, one more than are looked at."""
        live = "kind = 'sale' AND state <> 'cancelled' AND currency = ?"
        sql = f"SELECT id, total FROM orders WHERE {live} ORDER BY placed DESC LIMIT ?"
        return [(id, total) for id, total in self._file.all(sql, (currency, SHOP + 1))]

    def _history(self, customers: set[int]) -> dict[int | None, list[_Past]]:
        """Return the orders of each customer, under whatever of their names they were made."""
        listed = json.dumps(sorted(customers))
        mains: dict[int, int] = dict(
            self._file.all(f"SELECT id, ifnull(main, id) FROM customers WHERE id IN {_THESE}", (listed,))
        )
        group = json.dumps(sorted(set(mains.values())))
        members = f"SELECT id, ifnull(main, id) AS main FROM customers WHERE id IN {_THESE} OR main IN {_THESE}"
        rows = self._file.all(
            f"SELECT m.main, o.id, o.total, o.currency, o.day, o.kind, o.state, (SELECT ifnull(sum(max(l.quantity, 0)),"
            ' 0) FROM order_lines l WHERE l."order" = o.id), (SELECT ifnull(sum(r.quantity), 0) FROM order_lines l'
            f' JOIN returns r ON r.line = l.id WHERE l."order" = o.id) FROM ({members}) m'
            " JOIN orders o ON o.customer = m.id",
            (group, group),
        )
        of: dict[int, list[_Past]] = defaultdict(list)
        for main, id, total, currency, day, kind, state, bought, back in rows:
            sale, stands = kind == "sale", state != "cancelled"
            of[main].append(_Past(id, total, currency, day, sale, sale and stands, bought if stands else 0, back))
        return {customer: of.get(main, []) for customer, main in mains.items()}

    def _addresses(self, rows: Sequence[Row]) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """Return (day, name) of the orders that went to one of the streets of these orders, near their days."""
        streets = sorted({row[6] for row in rows if row[6]})
        if not streets:
            return {}
        days = [row[5] for row in rows if row[6]]
        found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for day, name, street, postcode in self._file.all(
            f"SELECT day, lower({_said('to.name')}), {_said('to.street')} AS street, ifnull({_said('to.postcode')}, '')"
            f" FROM orders WHERE day BETWEEN ? AND ? AND street IN {_THESE}",
            (min(days) - NEAR, max(days) + NEAR, json.dumps(streets)),
        ):
            found[street, postcode].append((day, name))
        return found

    def _phone_names(self, customer: int | None) -> int:
        found = 1
        for (key,) in self._file.all(
            "SELECT value FROM customer_keys WHERE customer = ? AND kind = 'phone'", (customer,)
        ):
            digits = key.split(" ", 1)[0]
            same = self._file.value(
                "SELECT count(DISTINCT value) FROM customer_keys WHERE kind = 'phone' AND value >= ? AND value < ?",
                (f"{digits} ", f"{digits}!"),
            )
            found = max(found, same)
        return found

    def asked_prices(self, variant: int) -> list[tuple[int, Decimal]]:
        """Return (day, price) of each sale of a variant, oldest first: what was really asked."""
        rows = self._file.all(
            'SELECT o.day, max(l.price) FROM order_lines l JOIN orders o ON o.id = l."order" WHERE l.item IN'
            " (SELECT id FROM items WHERE variant = ?) AND l.quantity > 0"
            " AND o.kind = 'sale' AND o.state <> 'cancelled' GROUP BY o.day ORDER BY o.day",
            (variant,),
        )
        return [(day, Decimal(price) / MONEY) for day, price in rows]

    def set_prices(self, variants: Sequence[int]) -> dict[int, list[tuple[str, Decimal | None]]]:
        """Return, for each variant, (when, price set then), oldest first, as the journal knows it.

        The first entry is the variant's coming, or, where the journal no longer knows that, nothing: a price then
        begins to be known at its first change, with what it was before left out.
        """
        listed = json.dumps(list(variants))
        at = self._file.columns("variants").index("price")
        rows = self._file.all(
            f"SELECT v.value, a.at, j.op, j.v{at} FROM journal j JOIN actions a ON a.id = j.action JOIN json_each(?) v"
            " ON v.value BETWEEN j.row AND CASE WHEN j.op = 'insert' THEN ifnull(j.detail, j.row) ELSE j.row END"
            " WHERE j.tbl = 'variants' AND a.undone = 0"
            f" AND (j.op = 'insert' OR (j.op = 'update' AND j.detail & {1 << at}))"
            " ORDER BY j.id DESC",
            (listed,),
        )
        prices: dict[int, int | None] = dict(
            self._file.all(f"SELECT id, price FROM variants WHERE id IN {_THESE}", (listed,))
        )
        found: dict[int, list[tuple[str, Decimal | None]]] = defaultdict(list)
        for variant, when, op, old in rows:
            found[variant].insert(0, (when, _money(prices.get(variant))))
            prices[variant] = None if op == "insert" else old
        return found


def _money(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value) / MONEY


def _said(name: str) -> str:
    """Return the SQL of what an order says of a place or a person; one that says nothing keeps no JSON at all."""
    return f"json_extract(nullif(kept, ''), '$.{name}')"
