"""What the shop's books say, as columns of numbers for whoever reckons; read once and kept until something changes."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.shop.connect import File

Column = npt.NDArray[np.float64]
MONEY = 10_000


@dataclass(frozen=True, slots=True)
class Books:
    """The sums of sales and orders in one currency, with what their numbers mean (see `insight.cube.Cube`)."""

    sales: dict[str, Column]
    visits: dict[str, Column]
    titles: tuple[str, ...]
    products: npt.NDArray[np.int64]  # ids in the catalogue, 0 where a sold thing is in none
    items: tuple[tuple[int, ...], ...]  # ids of the things sold that each title stands for
    categories: tuple[str, ...]
    channels: tuple[str, ...]
    currency: str
    others: int  # orders in other currencies, left out
    currencies: tuple[str, ...] = ()  # of all orders, the busiest first


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands on the shelf: one entry a variant whose stock is counted, money in the shop's currency."""

    product: npt.NDArray[np.int64]
    variant: npt.NDArray[np.int64]
    titles: tuple[str, ...]
    sku: tuple[str, ...]
    stock: Column
    cost: Column  # NaN: not known
    price: Column
    coming: Column  # ordered from suppliers, not here yet
    lead_days: Column  # NaN: not known
    pack: Column


@dataclass(frozen=True, slots=True)
class People:
    """One entry a customer with an order: how many, how much, from when to when (days)."""

    customer: npt.NDArray[np.int64]
    names: tuple[str, ...]
    orders: npt.NDArray[np.int64]
    spent: Column
    first_day: npt.NDArray[np.int64]
    last_day: npt.NDArray[np.int64]


class Figures:
    """The part of a shop that lends its books to whoever reckons."""

    _file: File

    def books_version(self) -> tuple[int, int]:
        """Return what changes whenever anything in the file changed; cheap to ask."""
        return int(self._file.value("PRAGMA data_version")), int(self._file.connection.total_changes)

    def books(self, currency: str = "", *, every: bool = False) -> Books:
        """Return sales and orders as columns; the busiest currency where none is named.

        With ``every`` those in all currencies, for what is counted: their amounts are no sums of anything.
        """
        counted = self._file.all("SELECT currency, sum(orders) FROM takings GROUP BY currency ORDER BY 2 DESC, 1")
        currency = currency or next((name for name, _n in counted), "")
        others = 0 if every else sum(n for name, n in counted if name != currency)
        where, values = ("", ()) if every else (" WHERE currency = ?", (currency,))
        channels = [c for (c,) in self._file.all("SELECT DISTINCT channel FROM takings ORDER BY channel")]
        place_of, titles, products, items, categories = self._things()
        numbered = (
            "(SELECT channel AS name, row_number() OVER (ORDER BY channel) - 1 AS n FROM takings GROUP BY channel)"
        )
        names = ("day", "item", "channel", "units", "amount", "costed", "cost", "back_units", "back_amount")
        rows = self._file.all(
            f"SELECT day, item, c.n, {', '.join(names[3:])} FROM sales s JOIN {numbered} c ON c.name = s.channel"
            f"{where}",
            values,
        )
        sales = _columns(names, rows)
        place = np.full(max(place_of, default=0) + 2, -1)
        place[list(place_of)] = list(place_of.values())
        sales["place"] = place[np.minimum(sales["item"].astype(np.int64), len(place) - 1)].astype(np.float64)
        known = sales["place"] >= 0
        sales = {name: column[known] for name, column in sales.items()}
        _to_money(sales, ("amount", "costed", "cost", "back_amount"))
        visited = (
            "day", "channel", "orders", "cancelled", "discount", "shipping", "tax", "fees", "refunded", "total",
        )  # fmt: skip
        rows = self._file.all(
            f"SELECT day, c.n, {', '.join(visited[2:])} FROM takings t JOIN {numbered} c ON c.name = t.channel{where}",
            values,
        )
        visits = _columns(visited, rows)
        _to_money(visits, visited[4:])
        return Books(
            sales, visits, tuple(titles), np.array(products, np.int64), tuple(map(tuple, items)), tuple(categories),
            tuple(channels), currency, others, tuple(name for name, _n in counted),
        )  # fmt: skip

    def _things(self) -> tuple[dict[int, int], list[str], list[int], list[list[int]], list[str]]:
        """Return item → place, and by place the title, the product, its items and its category; goods only."""
        rows = self._file.all(
            "SELECT i.id, i.title, i.sku, ifnull(p.id, 0), p.title, p.category FROM items i"
            " LEFT JOIN variants v ON v.id = i.variant LEFT JOIN products p ON p.id = v.product WHERE i.kind = 'goods'"
        )
        place_of: dict[int, int] = {}
        seen: dict[object, int] = {}
        titles, products, items, categories = list[str](), list[int](), list[list[int]](), list[str]()
        for item, title, sku, product, name, category in rows:
            key = product or (title, "" if title else sku)
            if key not in seen:
                seen[key] = len(titles)
                titles.append(name or title or sku)
                products.append(product)
                items.append([])
                categories.append(category or "")
            place_of[item] = seen[key]
            items[seen[key]].append(item)
        return place_of, titles, products, items, categories

    def shelf_now(self) -> Shelf:
        """Return every variant with counted stock of products that are not archived."""
        rows = self._file.all(
            "SELECT v.product, v.id, p.title, v.sku, v.stock, v.cost, v.price,"
            " (SELECT ifnull(sum(max(l.quantity - l.received, 0)), 0) FROM purchase_lines l JOIN purchases u"
            "  ON u.id = l.purchase WHERE l.variant = v.id AND u.state IN ('ordered', 'part')),"
            " (SELECT min(ifnull(s.lead_days, r.lead_days)) FROM supplies s JOIN suppliers r ON r.id = s.supplier"
            "  WHERE s.variant = v.id), (SELECT max(s.pack) FROM supplies s WHERE s.variant = v.id)"
            " FROM variants v JOIN products p ON p.id = v.product WHERE v.stock IS NOT NULL AND p.status <> 'archived'"
        )
        column = _columns(("stock", "cost", "price", "coming", "lead", "pack"), [row[4:] for row in rows])
        _to_money(column, ("cost", "price"))
        return Shelf(
            np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.int64),
            tuple(row[2] for row in rows), tuple(row[3] for row in rows), column["stock"], column["cost"],
            column["price"], column["coming"], column["lead"], np.where(column["pack"] > 0, column["pack"], 1.0),
        )  # fmt: skip

    def people_now(self, currency: str) -> People:
        """Return every customer with an order in ``currency`` (of those with several, the most used one counts)."""
        rows = self._file.all(
            "SELECT p.id, c.name, c.email, p.orders, p.spent, p.first_day, p.last_day FROM patrons p"
            " JOIN customers c ON c.id = p.id WHERE p.orders > 0 AND p.currency = ? ORDER BY p.id",
            (currency,),
        )
        return People(
            np.array([row[0] for row in rows], np.int64), tuple(row[1] or row[2] or f"#{row[0]}" for row in rows),
            np.array([row[3] for row in rows], np.int64), np.array([row[4] for row in rows], np.float64) / MONEY,
            np.array([row[5] for row in rows], np.int64), np.array([row[6] for row in rows], np.int64),
        )  # fmt: skip

    def orders_behind(
        self, *, since: int | None = None, until: int | None = None, channel: str | None = None,
        items: Iterable[int] | None = None, state: str | None = None, limit: int = 500, live: bool = False,
    ) -> list[int]:  # fmt: skip
        """Return the ids of the newest orders that a figure was made of; ``live``: sales that were not cancelled."""
        tests, values = ["o.kind <> 'adjustment'"], list[Any]()
        if live:
            tests.append("o.kind = 'sale' AND o.state <> 'cancelled'")
        for sql, value in (
            ("o.day >= ?", since),
            ("o.day <= ?", until),
            ("o.channel = ?", channel),
            ("o.state = ?", state),
        ):
            if value is not None:
                tests.append(sql)
                values.append(value)
        if items is not None:
            tests.append('o.id IN (SELECT "order" FROM order_lines WHERE item IN (SELECT value FROM json_each(?)))')
            values.append(json.dumps(list(items)))
        sql = f"SELECT o.id FROM orders o WHERE {' AND '.join(tests)} ORDER BY o.placed DESC, o.id DESC LIMIT ?"
        return [id for (id,) in self._file.all(sql, (*values, limit))]

    def countries(self, since: int | None, until: int | None, currency: str) -> list[tuple[str, int, float]]:
        """Return country, orders and total of the orders in a span of days, the largest first."""
        rows = self._file.all(
            "SELECT country, count(*), sum(total) FROM orders WHERE kind = 'sale' AND state <> 'cancelled'"
            " AND currency = ? AND day BETWEEN ? AND ? GROUP BY country ORDER BY 3 DESC",
            (currency, -(10**9) if since is None else since, 10**9 if until is None else until),
        )
        return [(country, n, total / MONEY) for country, n, total in rows]

    def first_orders(self, currency: str | None = None) -> npt.NDArray[np.int64]:
        """Return (customer, day, total in ten-thousandths) of every sale by a known customer, shape (n, 3).

        Of one currency where it is named; else of all, whose totals add up to nothing.
        """
        rows = self._file.all(
            "SELECT customer, day, total FROM orders WHERE customer IS NOT NULL AND kind = 'sale'"
            " AND state <> 'cancelled' AND (?1 IS NULL OR currency = ?1)",
            (currency,),
        )
        found = np.fromiter(itertools.chain.from_iterable(rows), np.int64, 3 * len(rows)).reshape(-1, 3)
        merged = self._file.all("SELECT id, main FROM customers WHERE main IS NOT NULL ORDER BY id")
        if merged:
            ids, mains = np.array(merged, np.int64).T
            at = np.minimum(np.searchsorted(ids, found[:, 0]), len(ids) - 1)
            found[:, 0] = np.where(ids[at] == found[:, 0], mains[at], found[:, 0])
        ordered: npt.NDArray[np.int64] = found[np.argsort(found[:, 1], kind="stable")]
        return ordered

    def products_of_variants(self) -> dict[int, int]:
        """Return the product of every variant."""
        return dict(self._file.all("SELECT id, product FROM variants"))

    def bought_with(self, items: Iterable[int], since: int | None, until: int | None) -> list[tuple[int, int, float]]:
        """Return (item, orders, amount) of the other goods in orders that held one of ``items``, most orders first."""
        rows = self._file.all(
            'WITH these AS (SELECT DISTINCT l."order" AS id FROM order_lines l JOIN orders o ON o.id = l."order"'
            " WHERE l.item IN (SELECT value FROM json_each(?1)) AND l.quantity > 0 AND o.kind = 'sale'"
            " AND o.state <> 'cancelled' AND o.day BETWEEN ?2 AND ?3) SELECT l.item, count(DISTINCT l.\"order\"),"
            ' sum(l.amount) FROM these JOIN order_lines l ON l."order" = these.id JOIN items i ON i.id = l.item'
            " WHERE l.item NOT IN (SELECT value FROM json_each(?1)) AND i.kind = 'goods' GROUP BY 1"
            " ORDER BY 2 DESC, 3 DESC",
            (json.dumps(list(items)), -(10**9) if since is None else since, 10**9 if until is None else until),
        )
        return [(item, n, amount / MONEY) for item, n, amount in rows]

    def waiting_orders(self) -> list[tuple[str, int]]:
        """Return how many orders are in each state before they are sent."""
        rows = self._file.all(
            "SELECT state, count(*) FROM orders WHERE kind = 'sale' AND state IN ('placed', 'paid', 'packed')"
            " GROUP BY 1"
        )
        return [(state, n) for state, n in rows]


def _columns(names: Iterable[str], rows: list[tuple[Any, ...]]) -> dict[str, Column]:
    wide = tuple(names)
    cells = (np.nan if cell is None else cell for row in rows for cell in row)
    if not any(None in row for row in rows):
        cells = itertools.chain.from_iterable(rows)  # type: ignore[assignment]
    table = np.fromiter(cells, np.float64, len(rows) * len(wide)).reshape(-1, len(wide))
    return {name: np.ascontiguousarray(table[:, n]) for n, name in enumerate(wide)}


def _to_money(columns: dict[str, Column], names: Iterable[str]) -> None:
    for name in names:
        columns[name] = columns[name] / MONEY
