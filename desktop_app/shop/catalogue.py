"""The products of a shop: added in bulk, changed in place, read whole, found by what names them."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from desktop_app.errors import UserError
from desktop_app.records import Counts, Product, ProductRow, ProductStatus, Variant
from desktop_app.shop import ledger, parts, shelf, words
from desktop_app.shop.connect import File, Row, cleaned
from desktop_app.trade import Lacking

BATCH = 5_000
_THESE = "(SELECT value FROM json_each(?))"
_RANGE = "INSERT INTO journal (action, tbl, op, row, detail) SELECT action, ?, 'insert', ?, ? FROM doing"
_STOCK = parts.VARIANTS.split(", ").index("stock")
_PRICE = parts.VARIANTS.split(", ").index("price")
_ONE_VARIANT = (Variant(),)


class Catalogue:
    """The part of a shop that holds products."""

    _file: File
    _not_exported: Callable[[], int]
    lacking: Callable[[], list[Lacking]]

    def add(self, products: Iterable[Product], source: int | None = None) -> list[int]:
        """Add products with all their parts and return their new ids, in order; ids they carry are not looked at.

        A product without variants is given one, a fact without a date this moment's; ``source`` is the imported file
        they all came from, where it is not written in each. UserError for an amount no file can hold.
        """
        self._file.require_action()
        waiting, ids = iter(products), list[int]()
        while batch := list(islice(waiting, BATCH)):
            with _uncollected():
                try:
                    ids += self._add_batch(batch, source)
                except UnicodeEncodeError:
                    ids += self._add_batch(batch, source, clean=True)
        return ids

    def titles(self) -> list[tuple[int, str]]:
        """Return the id and the title of every product that is not archived."""
        return [
            (id, title) for id, title in self._file.all("SELECT id, title FROM products WHERE status <> 'archived'")
        ]

    def replace(self, product: Product) -> None:
        """Bring the stored product to what ``product`` says, writing only what differs.

        Parts keep their row where their id is known, else where they are equal; parts no longer there go.
        UserError if the product is unknown.
        """
        self._file.require_action()
        if product.id is None:
            raise ValueError("a product without an id cannot be replaced; add it")
        before = self.product(product.id)
        changed = self._replace_parts(product, before)
        old, new = parts.product_row(before, before.updated), parts.product_row(product, before.updated)
        if changed or old != new:
            row = parts.product_row(product, parts.now())
            listed = ", ".join(f"{name.strip()} = ?" for name in parts.PRODUCTS.split(","))
            self._file.run(f"UPDATE products SET {listed} WHERE id = ?", (*row, product.id))

    def set_status(self, ids: Iterable[int], status: ProductStatus) -> None:
        """Set the status of products; unknown ids are left out."""
        self._file.require_action()
        sql = f"UPDATE products SET status = ?1, updated = ?2 WHERE status <> ?1 AND id IN {_THESE.replace('?', '?3')}"
        self._file.run(sql, (status, parts.now(), json.dumps(list(ids))))

    def set_costs(self, costs: Mapping[int, Decimal | None]) -> None:
        """Set what variants cost; unknown ids are left out."""
        self._file.require_action()
        rows = [(parts.money(cost), variant) for variant, cost in costs.items()]
        self._file.many("UPDATE variants SET cost = ? WHERE id = ?", rows)

    def product(self, id: int) -> Product:
        """Return one product with all its parts; UserError if there is none with this id."""
        found = parts.read(self._file, [id])
        if not found:
            raise UserError("There is no product with the number {id} in this shop.", id=id)
        return found[0]

    def products(self, ids: Iterable[int]) -> list[Product]:
        """Return products with all their parts, in the order of ``ids``; unknown ids are left out."""
        wanted = list(ids)
        return [product for batch in shelf.batches(wanted) for product in parts.read(self._file, batch)]

    def has_products(self) -> bool:
        """Tell whether the shop holds any product, archived ones included."""
        return bool(self._file.value("SELECT EXISTS (SELECT 1 FROM products)"))

    def find(self, reference: str) -> list[int]:
        """Return the ids of the products that a SKU, a handle or ``id:N`` names, whatever the case if none exact."""
        reference = reference.strip()
        kind, _colon, number = reference.partition(":")
        if kind == "id" and number.isascii() and number.isdigit():
            known = self._file.all("SELECT id FROM products WHERE id = ?", (min(int(number), parts.LARGEST),))
            return [id for (id,) in known]
        if not reference:
            return []
        for test in ("{} = ?1", "lower({}) = lower(?1)"):
            sql = (
                f"SELECT product FROM variants WHERE sku <> '' AND {test.format('sku')}"
                f" UNION SELECT id FROM products WHERE handle <> '' AND {test.format('handle')} ORDER BY 1"
            )
            if rows := self._file.all(sql, (reference,)):
                return [id for (id,) in rows]
        return []

    def lookup(self, kind: Literal["sku", "handle", "title"], values: Iterable[str]) -> dict[str, int]:
        """Return which product each value names (the oldest of several): exact, but titles in any case."""
        return {value: ids[0] for value, ids in self.named(kind, values).items()}

    def named(self, kind: Literal["sku", "handle", "title"], values: Iterable[str]) -> dict[str, list[int]]:
        """Return every product that each value names, the oldest first: exact, but titles in any case."""
        wanted = [value for value in dict.fromkeys(values) if value]
        found: dict[str, list[int]] = {}
        for batch in shelf.batches(wanted, BATCH):
            found.update(self._titles(batch) if kind == "title" else self._codes(kind, batch))
        return found

    def owners(self, variants: Iterable[int]) -> dict[int, int]:
        """Return the product of each variant; unknown ids are left out."""
        wanted = json.dumps(list(variants))
        return dict(self._file.all(f"SELECT id, product FROM variants WHERE id IN {_THESE}", (wanted,)))

    def kept_as(self, name: str, values: Iterable[str]) -> dict[str, list[int]]:
        """Return every product beside which each value is kept under ``name`` (``Product.extra``), the oldest first."""
        wanted = json.dumps([value for value in dict.fromkeys(values) if value])
        sql = (
            "SELECT p.id, json_extract(e.value, '$[1]') FROM products p,"
            " json_each(iif(p.extra LIKE ?, p.extra, '[]')) e"
            f" WHERE json_extract(e.value, '$[0]') = ? AND json_extract(e.value, '$[1]') IN {_THESE} ORDER BY p.id"
        )
        found: dict[str, list[int]] = {}
        for id, value in self._file.all(sql, (f'%"{name}"%', name, wanted)) if wanted != "[]" else ():
            found.setdefault(value, []).append(id)
        return found

    def from_sources(self, sources: Iterable[int]) -> list[int]:
        """Return the ids of the products, archived ones left out, that these imported files brought."""
        sql = f"SELECT id FROM products WHERE status <> 'archived' AND source_file IN {_THESE} ORDER BY id"
        return [id for (id,) in self._file.all(sql, (json.dumps(list(sources)),))]

    def rows(self, ids: Iterable[int]) -> list[ProductRow]:
        """Return list rows in the order of ``ids``; unknown ids are left out."""
        wanted = [int(id) for id in ids]
        sql = (
            "SELECT s.id, p.title, s.sku, s.status, s.price_low, s.price_high, s.stock, s.variants, s.text"
            f" FROM shelf s JOIN products p ON p.id = s.id WHERE s.id IN {_THESE}"
        )
        rows = {row[0]: _list_row(row) for row in self._file.all(sql, (json.dumps(wanted),))}
        return [rows[id] for id in wanted if id in rows]

    def counts(self) -> Counts:
        """Count what the shop holds, as its front page shows it."""
        states = self._file.all("SELECT status, text, count(*) FROM shelf GROUP BY status, text")
        present = [(text, count) for status, text, count in states if status != "archived"]
        waiting, flagged = self._file.all("SELECT count(*), total(findings <> '') FROM drafts WHERE status = 'new'")[0]
        return Counts(
            products=sum(count for _text, count in present),
            missing=sum(count for text, count in present if text == "missing"),
            drafts_waiting=waiting,
            drafts_flagged=int(flagged),
            approved_not_exported=self._not_exported(),
            archived=sum(count for status, _text, count in states if status == "archived"),
            below_zero=len({low.product for low in self.lacking()}),
        )

    def _add_batch(self, batch: list[Product], source: int | None, clean: bool = False) -> list[int]:
        """Add some thousand products in one go; the journal keeps one entry a table, the first row and the last."""
        file = self._file
        first = {
            t: file.value(f"SELECT ifnull(max(id), 0) + 1 FROM {t}")
            for t in ("products", "variants", "facts", "images", "moves")
        }
        rows = _rows_of(batch, first, source, file.value("SELECT reason FROM doing"))
        with file.savepoint():
            file.run("UPDATE doing SET ranged = 1")
            for table, names, block in rows:
                file.fill(table, names, _clean(block) if clean else block)
            file.run("UPDATE doing SET ranged = 0")
            for table, _names, block in rows:
                if block and table in first:
                    start = first[table]
                    file.run(_RANGE, (table, start, start + len(block) - 1))
        return list(range(first["products"], first["products"] + len(batch)))

    def _replace_parts(self, product: Product, before: Product) -> bool:
        id, at = before.id or 0, parts.now()
        variants = product.variants or _ONE_VARIANT
        changed = [
            self._replace_rows(
                "variants", parts.VARIANTS, [(v.id, parts.variant_row(v, id, n)) for n, v in enumerate(variants)], id
            ),
            self._replace_rows(
                "facts", parts.FACTS, [(f.id, parts.fact_row(f, id, n, at)) for n, f in enumerate(product.facts)], id
            ),
            self._replace_rows(
                "images", parts.IMAGES, [(i.id, parts.image_row(i, id, n)) for n, i in enumerate(product.images)], id
            ),
        ]
        return any(changed)

    def _replace_rows(self, table: str, columns: str, new: list[tuple[int | None, Row]], product: int) -> bool:
        """Bring one product's rows of a table to ``new``: (id or None, row). Return whether anything differed."""
        old = {
            r[0]: tuple(r[1:])
            for r in self._file.all(f"SELECT id, {columns} FROM {table} WHERE product = ?", (product,))
        }
        named = {id for id, _row in new if id in old}
        free = {row[2:]: id for id, row in old.items() if id not in named}  # what it says, its place aside
        update, add, kept = [], [], set[int]()
        for id, row in new:
            own = id if id in named and id not in kept else free.pop(row[2:], None)
            if own is None:
                add.append(row)
                continue
            kept.add(own)
            if old[own] != row:
                update.append((*row, own))
        gone = [(id,) for id in old if id not in kept]
        file = self._file
        file.many(f"DELETE FROM {table} WHERE id = ?", gone)
        file.many(
            f"UPDATE {table} SET {', '.join(f'{c.strip()} = ?' for c in columns.split(','))} WHERE id = ?",
            _clean(update),
        )
        file.many(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})", _clean(add))
        return bool(update or add or gone)

    def _codes(self, kind: str, values: Sequence[str]) -> dict[str, list[int]]:
        sql = (
            f"SELECT DISTINCT sku, product FROM variants WHERE sku IN {_THESE} AND sku <> '' ORDER BY product"
            if kind == "sku"
            else f"SELECT handle, id FROM products WHERE handle IN {_THESE} AND handle <> '' ORDER BY id"
        )
        found: dict[str, list[int]] = {}
        for value, id in self._file.all(sql, (json.dumps(values),)):
            found.setdefault(value, []).append(id)
        return found

    def _titles(self, values: Sequence[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for value in values:
            sql = "SELECT s.id, p.title FROM shelf s JOIN products p ON p.id = s.id WHERE s.title_key = ? ORDER BY s.id"
            for id, title in self._file.all(sql, (words.sort_key(value),)):
                if title.strip().casefold() == value.strip().casefold():
                    found.setdefault(value, []).append(id)
        return found


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, over the rows of a batch, which hold no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rows_of(
    batch: list[Product], first: dict[str, int], source: int | None, reason: str
) -> list[tuple[str, str, list[Row]]]:
    """Return every row that the batch makes, as (table, columns, rows): products, parts, list rows, index entries."""
    at = parts.now()
    id, variant, fact, image = first["products"], first["variants"], first["facts"], first["images"]
    move = first["moves"]
    products, variants, facts, images, listed, indexed, moves = (list[Row]() for _n in range(7))
    for product in batch:
        products.append((id, *parts.product_row(product, at, source)))
        own = [parts.variant_row(v, id, n) for n, v in enumerate(product.variants or _ONE_VARIANT)]
        variants += [(variant + n, *row) for n, row in enumerate(own)]
        counted = [(variant + n, row[_STOCK]) for n, row in enumerate(own) if row[_STOCK] is not None]
        moves += [(move + n, id, stock, reason, at, None, None, "") for n, (id, stock) in enumerate(counted)]
        move += len(counted)
        facts += [(fact + n, *parts.fact_row(f, id, n, at)) for n, f in enumerate(product.facts)]
        images += [(image + n, *parts.image_row(i, id, n)) for n, i in enumerate(product.images)]
        text = words.of(product)
        indexed.append((id, *text))
        listed.append(shelf.row_of(product, id, at, [row[_PRICE] for row in own], text[3]))
        id += 1
        variant += len(own)
        fact += len(product.facts)
        image += len(product.images)
    return [
        ("products", f"id, {parts.PRODUCTS}", products),
        ("variants", f"id, {parts.VARIANTS}", variants),
        ("facts", f"id, {parts.FACTS}", facts),
        ("images", f"id, {parts.IMAGES}", images),
        ("moves", f"id, {ledger.MOVES}", moves),
        ("shelf", shelf.SHELF, listed),
        ("search", shelf.SEARCH, indexed),
    ]


def _clean(rows: list[Row]) -> list[Any]:
    return [cleaned(row) for row in rows]


def _list_row(row: Row) -> ProductRow:
    id, title, sku, status, low, high, stock, variants, text = row
    return ProductRow(id, title, sku, status, parts.amount(low), parts.amount(high), stock, variants, text)
