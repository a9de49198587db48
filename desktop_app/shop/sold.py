"""What order lines sold, as rows: things met or made and linked to the catalogue, each different line made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_app.shop import links
from desktop_app.shop.connect import File, Row
from desktop_app.shop.order_rows import LINES, item_key, line_row
from desktop_app.shop.people import fill, journal, unwatched
from desktop_app.trade import Order, OrderLine

ITEMS = '"key", sku, barcode, title, options, kind, variant, linked'
_REMEMBERED = 200_000


class Sold:
    """The things an import knows, and the rows of the lines it saw; what is kept holds while nobody else writes."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._items: dict[tuple[str, str], tuple[int, str]] = {}  # (key, kind) -> (id, title)
        # By the very object, held so that its number stays its own: readers give one line for the same cells.
        self._rows: dict[int, Row] = {}
        self._held: list[OrderLine] = []
        self.plain = True  # whether no row says more than thing, quantity, price and amount

    def look_again(self) -> None:
        """Read the things of the shop anew."""
        rows = self._file.all('SELECT "key", kind, id, title FROM items')
        self._items = {(key, kind): (id, title) for key, kind, id, title in rows}
        self._forget()

    def rows_of(self, orders: Sequence[Order]) -> list[list[Row]]:
        """Return the rows of each order's lines, without their ids and the order's; what is new is made."""
        if len(self._rows) > _REMEMBERED:
            self._forget()
        known, found, new = self._rows, list[list[Row]](), list[int]()
        for order in orders:
            try:
                found.append([known[number] for number in map(id, order.lines)])
            except KeyError:
                new.append(len(found))
                found.append([])
        self._meet([orders[place] for place in new])
        for place in new:
            found[place] = [known[id(line)] for line in orders[place].lines]
        return found

    def _forget(self) -> None:
        self._rows.clear()
        self._held.clear()

    def _meet(self, orders: Sequence[Order]) -> None:
        fresh: dict[tuple[str, str], OrderLine] = {}
        lines = {id(line): line for order in orders for line in order.lines if id(line) not in self._rows}
        for line in lines.values():
            if (name := (item_key(line), line.kind)) not in self._items:
                fresh.setdefault(name, line)
        if fresh:
            self._make(fresh)
        for number, line in lines.items():
            row = self._rows[number] = line_row(line, self._items)
            if row[1] is not None or row[4] or row[5] or row[7] is not None:
                self.plain = False
        self._held += lines.values()

    def _make(self, fresh: dict[tuple[str, str], OrderLine]) -> None:
        """Make things that were never sold before, and link them to the catalogue."""
        start = self._file.value("SELECT ifnull(max(id), 0) + 1 FROM items")
        rows: list[Row] = [
            (start + n, key, v.sku, v.barcode, v.title, v.options, kind, None, "")
            for n, ((key, kind), v) in enumerate(fresh.items())
        ]
        fill(self._file, "items", ITEMS, rows)
        links.find(self._file, [(r[0], r[2], r[3], r[4], r[5]) for r in rows if r[6] == "goods"])
        self._items |= {(row[1], row[6]): (row[0], row[4]) for row in rows}


def fill_lines(file: File, rows: Sequence[tuple[int, list[Row]]], plain: bool) -> None:
    """Insert the lines of orders (order, rows of its lines), as one entry of the journal.

    ``plain`` rows say nothing in half of their columns, and so half as much is handed over.
    """
    values: list[Any] = []
    for order, own in rows:
        if plain:
            for item, _title, quantity, price, _off, _tax, amount, _cost in own:
                values += (order, item, quantity, price, amount)
        else:
            for row in own:
                values += (order, *row)
    if not values:
        return
    first = file.value("SELECT ifnull(max(id), 0) + 1 FROM order_lines")
    each = "(?, ?, NULL, ?, ?, 0, 0, ?, NULL)" if plain else ""
    with unwatched(file, "order_lines", len(values) // (each.count("?") or 9)):
        file.fill_flat("order_lines", LINES, values, each)
    last = file.value("SELECT max(id) FROM order_lines")
    journal(file, "order_lines", first, last)
