"""What the books hold around one order or one product, for whoever weighs risk and price: facts, no judgement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.errors import UserError
from desktop_app.shop.connect import File

MONEY = 10_000
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


class Evidence:
    """The part of a shop that says what stands around an order or a price."""

    _file: File

    def around(self, order: int) -> Around:
        """Return what is known around an order; UserError if there is none with this number."""
        row = self._file.one(
            f"SELECT number, total, currency, customer, day, {_said('to.street')}, {_said('to.postcode')},"
            f" {_said('buyer.country')}, {_said('to.country')} FROM orders WHERE id = ?",
            (order,),
        )
        if row is None:
            raise UserError("There is no order with the number {id} in this shop.", id=order)
        number, total, currency, customer, day, street, postcode, paid_from, sent_to = row
        live = "kind = 'sale' AND state <> 'cancelled' AND currency = ?"
        others = self._file.all(
            f"SELECT total FROM orders WHERE {live} AND id <> ? ORDER BY placed DESC LIMIT ?", (currency, order, SHOP)
        )
        mine = (
            "(SELECT id FROM customers WHERE id = ?1 OR main = ?1 OR id = (SELECT main FROM customers WHERE id = ?1))"
        )
        own = self._file.all(
            f"SELECT total FROM orders WHERE customer IN {mine} AND id <> ?2 AND day <= ?3 AND kind = 'sale'"
            " AND state <> 'cancelled' AND currency = ?4",
            (customer, order, day, currency),
        )
        same = self._file.value(
            f"SELECT count(*) FROM orders WHERE customer IN {mine} AND day = ?2 AND kind = 'sale'", (customer, day)
        )
        names = 1
        if street:
            names = self._file.value(
                f"SELECT count(DISTINCT lower({_said('to.name')})) FROM orders WHERE day BETWEEN ? AND ?"
                f" AND {_said('to.street')} = ? AND ifnull({_said('to.postcode')}, '') = ?",
                (day - NEAR, day + NEAR, street, postcode or ""),
            )
        return Around(
            number, total / MONEY, tuple(t / MONEY for (t,) in others), tuple(t / MONEY for (t,) in own),
            max(1, same), max(1, names), self._phone_names(customer), paid_from or "", sent_to or "",
            *self._pieces(f"o.customer IN {mine} AND o.id <> ?2", (customer, order)), *self._pieces("1", ()),
        )  # fmt: skip

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

    def _pieces(self, test: str, values: tuple[object, ...]) -> tuple[float, float]:
        if test == "1":
            row = self._file.one("SELECT ifnull(sum(units), 0), ifnull(sum(back_units), 0) FROM sales")
            return (float(row[0]), float(row[1])) if row else (0.0, 0.0)
        bought = self._file.value(
            'SELECT ifnull(sum(max(l.quantity, 0)), 0) FROM orders o JOIN order_lines l ON l."order" = o.id'
            f" WHERE {test} AND o.state <> 'cancelled'",
            values,
        )
        back = self._file.value(
            'SELECT ifnull(sum(r.quantity), 0) FROM orders o JOIN order_lines l ON l."order" = o.id'
            f" JOIN returns r ON r.line = l.id WHERE {test}",
            values,
        )
        return float(bought), float(back)

    def asked_prices(self, product: int) -> list[tuple[int, Decimal]]:
        """Return (day, price) of each sale of a product's first variant sold, oldest first: what was really asked."""
        rows = self._file.all(
            'SELECT o.day, max(l.price) FROM order_lines l JOIN orders o ON o.id = l."order" WHERE l.item IN'
            " (SELECT i.id FROM items i JOIN variants v ON v.id = i.variant WHERE v.product = ?) AND l.quantity > 0"
            " AND o.kind = 'sale' AND o.state <> 'cancelled' GROUP BY o.day ORDER BY o.day",
            (product,),
        )
        return [(day, Decimal(price) / MONEY) for day, price in rows]


def _said(name: str) -> str:
    """Return the SQL of what an order says of a place or a person; one that says nothing keeps no JSON at all."""
    return f"json_extract(nullif(kept, ''), '$.{name}')"
