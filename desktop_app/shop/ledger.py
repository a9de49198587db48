"""Stock and its ledger: what is there is the sum of what came and went, each change with its reason."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from desktop_app.shop import parts
from desktop_app.shop.connect import File, Row
from desktop_app.trade import Coded, Lacking, Move, Reason

MOVES = "variant, change, reason, at, line, purchase, note"
_THESE = "(SELECT value FROM json_each(?))"
# What an order's lines should have done to stock since the last count, and what the ledger says they did. A count
# found the goods as they were: nothing that was sold before it may be taken off again.
_OWED = f"""
WITH wanted AS MATERIALIZED (
  SELECT l.id, i.variant, l.quantity, o.kind, o.state, o.placed FROM order_lines l
  JOIN orders o ON o.id = l."order" JOIN items i ON i.id = l.item JOIN variants v ON v.id = i.variant
  WHERE l."order" IN {_THESE} AND i.kind = 'goods' AND v.stock IS NOT NULL),
counted AS MATERIALIZED (
  SELECT m.variant, max(m.id) AS id, m.at FROM moves m WHERE m.reason IN ('count', 'import')
  AND m.variant IN (SELECT variant FROM wanted) GROUP BY m.variant)
SELECT w.id, w.variant, w.kind, w.state,
  CASE WHEN w.placed <= ifnull(c.at, '') OR w.state = 'cancelled' OR EXISTS (SELECT 1 FROM moves m
     WHERE m.line = w.id AND m.variant = w.variant AND m.id <= c.id) THEN 0
   WHEN w.kind = 'adjustment' THEN w.quantity ELSE -w.quantity END
  + ifnull((SELECT sum(r.quantity) FROM returns r
     WHERE r.line = w.id AND r.restocked AND r.at > ifnull(c.at, '')), 0),
  ifnull((SELECT sum(m.change) FROM moves m
     WHERE m.line = w.id AND m.variant = w.variant AND m.id > ifnull(c.id, 0)), 0)
FROM wanted w LEFT JOIN counted c ON c.variant = w.variant"""


class Ledger:
    """The part of a shop that counts stock."""

    _file: File

    @contextlib.contextmanager
    def because(self, reason: Reason, note: str = "") -> Iterator[None]:
        """Give the changes of stock made inside, by whatever way, this reason; without one they are counts."""
        self._file.require_action()
        self._file.run("UPDATE doing SET reason = ?, note = ?", (reason, note))
        try:
            yield
        finally:
            if self._file.writing:
                self._file.run("UPDATE doing SET reason = 'count', note = ''")

    def book(self, moves: Iterable[Move]) -> int:
        """Write moves and change the stock by them; return how many. What is not counted stays so but for a count."""
        self._file.require_action()
        listed = list(moves)
        counted = self.stock_of({move.variant for move in listed})
        kept = [
            m for m in listed if counted.get(m.variant) is not None or (m.reason == "count" and m.variant in counted)
        ]
        at, sums = parts.now(), defaultdict[int, int](int)
        for move in kept:
            sums[move.variant] += move.change
        with quiet(self._file):
            _write(self._file, [(m.variant, m.change, m.reason, m.at or at, m.line, m.purchase, m.note) for m in kept])
            self._file.many(
                "UPDATE variants SET stock = ifnull(stock, 0) + ? WHERE id = ?",
                [(change, variant) for variant, change in sums.items()],
            )
        return len(kept)

    def recount(self, counted: Mapping[int, int], note: str = "") -> int:
        """Set stock to what was counted; a count that finds what was expected is written down too."""
        known = self.stock_of(counted)
        return self.book(
            Move(variant, number - (known[variant] or 0), "count", note=note)
            for variant, number in counted.items()
            if variant in known
        )

    def book_orders(self, orders: Sequence[int]) -> int:
        """Bring the ledger to what these orders say, for goods counted before they were placed; return the moves."""
        self._file.require_action()
        counted = "SELECT 1 FROM items i JOIN variants v ON v.id = i.variant WHERE v.stock IS NOT NULL LIMIT 1"
        if not self._file.value(counted):
            return 0
        moves: list[Move] = []
        for line, variant, kind, state, target, booked in self._file.all(_OWED, (json.dumps(list(orders)),)):
            change = round(target - booked)
            if change:
                moves.append(Move(variant, change, _reason(kind, state, change), line=line))
        return self.book(moves)

    def stock_of(self, variants: Iterable[int]) -> dict[int, int | None]:
        """Return the stock of variants, None for what is not counted; unknown ids are left out."""
        return dict(
            self._file.all(f"SELECT id, stock FROM variants WHERE id IN {_THESE}", (json.dumps(list(variants)),))
        )

    def by_code(self, code: str) -> list[Coded]:
        """Return the variants with this barcode, else with this SKU; UPC-A and EAN-13 of one thing are one code."""
        code = code.strip()
        if not code:
            return []
        same = (
            {code, code.upper(), code.lstrip("0").zfill(12), code.lstrip("0").zfill(13)} if code.isdigit() else {code}
        )
        for test, value in ((f"v.barcode IN {_THESE}", json.dumps(sorted(same))), ("lower(v.sku) = lower(?)", code)):
            rows = self._file.all(
                "SELECT v.id, p.title, v.options, v.barcode, v.sku, v.stock FROM variants v JOIN products p"
                f" ON p.id = v.product WHERE {test} AND p.status <> 'archived' ORDER BY v.id LIMIT 20",
                (value,),
            )
            if rows:
                return [
                    Coded(id, title, _options(options), barcode or sku, stock)
                    for id, title, options, barcode, sku, stock in rows
                ]
        return []

    def moves(self, variant: int, limit: int = 500) -> list[Move]:
        """Return the ledger of one variant, newest first."""
        rows = self._file.all(
            f"SELECT id, {MOVES} FROM moves WHERE variant = ? ORDER BY id DESC LIMIT ?", (variant, limit)
        )
        return [
            Move(v, change, reason, at, line, purchase, note, id)
            for id, v, change, reason, at, line, purchase, note in rows
        ]

    def moves_version(self) -> tuple[int, int]:
        """Return what changes whenever the ledger does; cheap to ask."""
        found = self._file.all("SELECT ifnull(max(id), 0), count(*) FROM moves")[0]
        return int(found[0]), int(found[1])

    def stock_changes(self) -> list[tuple[int, int, int]]:
        """Return (variant, day since 1970, change) of every variant that is counted, by day: a sale on its order's day.

        An order may come in long after it was placed; what left with it left then.
        """
        return self._file.all(
            "SELECT m.variant, CASE WHEN m.reason = 'sale' AND o.day IS NOT NULL THEN o.day"
            " ELSE CAST(strftime('%s', m.at) AS INTEGER) / 86400 END AS day, sum(m.change) FROM moves m"
            ' LEFT JOIN order_lines l ON l.id = m.line LEFT JOIN orders o ON o.id = l."order"'
            " WHERE m.variant IN (SELECT id FROM variants WHERE stock IS NOT NULL) GROUP BY 1, 2 ORDER BY 1, 2"
        )

    def below_zero(self) -> list[int]:
        """Return the variants of which more was sold than was there."""
        return [id for (id,) in self._file.all("SELECT id FROM variants WHERE stock < 0 ORDER BY stock, id")]

    def lacking(self) -> list[Lacking]:
        """Return what stands below zero of the products that are not archived, the farthest below first."""
        rows = self._file.all(
            "SELECT v.id, p.id, p.title, v.options, v.stock FROM variants v JOIN products p ON p.id = v.product"
            " WHERE v.stock < 0 AND p.status <> 'archived' ORDER BY v.stock, v.id"
        )
        return [Lacking(id, product, title, _options(options), stock) for id, product, title, options, stock in rows]

    def disagreeing(self) -> list[int]:
        """Return the variants whose stock is not the sum of their moves: none, if all is well."""
        sql = (
            "SELECT v.id FROM variants v LEFT JOIN moves m ON m.variant = v.id GROUP BY v.id"
            " HAVING ifnull(v.stock, 0) <> total(m.change)"
        )
        return [id for (id,) in self._file.all(sql)]


@contextlib.contextmanager
def quiet(file: File) -> Iterator[None]:
    """Let stock change without the triggers writing moves: the caller writes them, or takes them back."""
    file.run("UPDATE doing SET quiet = 1")
    yield
    file.run("UPDATE doing SET quiet = 0")


def settle(file: File, since: int) -> None:
    """Write a move for stock that an undo brought back without one: it was changed before there was a ledger."""
    touched = "(SELECT row FROM journal WHERE id > ? AND tbl = 'variants')"
    sql = (
        "SELECT v.id, ifnull(v.stock, 0) - (SELECT ifnull(sum(m.change), 0) FROM moves m WHERE m.variant = v.id) AS d"
        f" FROM variants v WHERE v.id IN {touched} AND d <> 0"
    )
    off = file.all(sql, (since,))
    gone = f"variant IN {touched} AND variant NOT IN (SELECT id FROM variants)"
    if file.value(f"SELECT 1 FROM moves WHERE {gone} LIMIT 1", (since,)):
        file.run(f"DELETE FROM moves WHERE {gone}", (since,))
    _write(file, [(variant, change, "count", parts.now(), None, None, "") for variant, change in off])


def _write(file: File, rows: list[Row]) -> None:
    file.many(f"INSERT INTO moves ({MOVES}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _options(kept: str | None) -> str:
    return ", ".join(value for _name, value in json.loads(kept or "[]"))


def _reason(kind: str, state: str, change: int) -> Reason:
    if kind == "adjustment":
        return "loss" if change < 0 else "count"
    if change < 0:
        return "sale"
    return "cancel" if state == "cancelled" else "return"
