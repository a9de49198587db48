"""What lists and searches read: one narrow row and one index entry a product, made anew after every change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop_app.records import Product
from desktop_app.shop import parts, words
from desktop_app.shop.connect import File, Row
from desktop_app.shop.schema import PARTS

BATCH = 1000
SHELF = "id, title_key, sku, status, price_low, price_high, stock, variants, described, text, updated"
SEARCH = "rowid, title, codes, facts, text"
_STATE = """CASE (SELECT d.status FROM drafts d WHERE d.product = shelf.id AND d.field = 'description'
 AND d.status <> 'rejected' ORDER BY d.id DESC LIMIT 1) WHEN 'new' THEN 'draft' WHEN 'approved' THEN 'approved'
 ELSE CASE WHEN described THEN 'present' ELSE 'missing' END END"""
_LIGHT = f"""UPDATE shelf SET text = {_STATE},
 (status, updated) = (SELECT p.status, p.updated FROM products p WHERE p.id = shelf.id)
 WHERE id IN (SELECT value FROM json_each(?))"""


def row_of(product: Product, id: int, updated: str, prices: Sequence[int | None], text: str) -> Row:
    """Return the list row of a product without drafts, from its prices in ten-thousandths and its plain text."""
    known = [price for price in prices if price is not None]
    stocks = [v.stock for v in product.variants if v.stock is not None]
    low, high = (min(known), max(known)) if known else (None, None)
    stock = parts.whole(sum(stocks)) if stocks else None
    described = bool(text) and not text.isspace()
    state = "present" if described else "missing"
    key = words.sort_key(product.title)
    return (id, key, product.sku, product.status, low, high, stock, len(prices), described, state, updated)


def refresh(file: File, since: int) -> None:
    """Make the rows and index entries of every product anew that the journal touched after entry ``since``."""
    whole, light = touched(file, since)
    for batch in batches(sorted(whole)):
        _rewrite(file, batch)
    for batch in batches(sorted(light - whole)):
        file.run(_LIGHT, (json.dumps(batch),))


def touched(file: File, since: int) -> tuple[set[int], set[int]]:
    """Return the products whose words may have changed, and those of which only the status or a draft did."""
    light = _mask(file, ("status", "updated"))
    own = "SELECT row FROM journal WHERE id > ? AND tbl = 'products' AND"
    whole = _ids(file, f"{own} op <> 'insert' AND ifnull(detail, -1) & ~{light}", since)
    whole |= _ids(file, f"{own} op = 'insert' AND detail IS NULL", since)
    states = _ids(file, f"{own} op = 'update' AND detail & {light}", since)
    for table in PARTS:
        into = states if table == "drafts" else whole
        into |= _ids(file, f"SELECT v0 FROM journal WHERE id > ? AND tbl = '{table}' AND op = 'delete'", since)
        into |= _ids(
            file,
            f"SELECT t.product FROM journal j JOIN {table} t ON t.id = j.row WHERE j.id > ? AND j.tbl = '{table}'"
            " AND (j.op = 'update' OR (j.op = 'insert' AND j.detail IS NULL))",
            since,
        )
    return whole, states


def batches(ids: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    """Yield ``ids`` some hundred at a time."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _ids(file: File, sql: str, since: int) -> set[int]:
    return {row[0] for row in file.all(sql, (since,))}


def _mask(file: File, names: Iterable[str]) -> int:
    order = file.columns("products")
    return sum(1 << order.index(name) for name in names)


def _rewrite(file: File, ids: Sequence[int]) -> None:
    listed = json.dumps(ids)
    products = {product.id or 0: product for product in parts.read(file, ids)}
    indexed = {id: words.of(product) for id, product in products.items()}
    listing = [
        row_of(p, id, p.updated, [parts.money(v.price) for v in p.variants], indexed[id][3])
        for id, p in products.items()
    ]
    sql = "SELECT rowid, title, codes, facts, text FROM search WHERE rowid IN (SELECT value FROM json_each(?))"
    known = {row[0]: row[1:] for row in file.all(sql, (listed,))}
    file.run("DELETE FROM shelf WHERE id IN (SELECT value FROM json_each(?))", (listed,))
    file.fill("shelf", SHELF, listing)
    file.many("DELETE FROM search WHERE rowid = ?", [(id,) for id, old in known.items() if indexed.get(id) != old])
    file.fill("search", SEARCH, [(id, *new) for id, new in indexed.items() if known.get(id) != new])
    file.run(_LIGHT, (listed,))
