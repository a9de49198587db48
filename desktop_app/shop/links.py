"""Which variant of the catalogue a sold thing is: by SKU, else barcode, else its very title; the merchant may say."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop_app.shop import words
from desktop_app.shop.connect import File

_THESE = "(SELECT value FROM json_each(?))"


def settle(file: File, since: int) -> None:
    """Link things that were sold before, and are not linked, to variants that came or changed since then."""
    touched = (
        "SELECT v.id FROM journal j JOIN variants v ON v.id BETWEEN j.row AND ifnull(j.detail, j.row)"
        " WHERE j.id > ? AND j.tbl = 'variants' AND j.op = 'insert' UNION SELECT v.id FROM journal j"
        " JOIN variants v ON v.id = j.row WHERE j.id > ? AND j.tbl = 'variants' AND j.op = 'update'"
    )
    some = "SELECT 1 FROM journal WHERE id > ? AND tbl = 'variants' LIMIT 1"
    if not file.value(some, (since,)) or not file.value("SELECT 1 FROM items WHERE variant IS NULL LIMIT 1"):
        return
    rows = file.all(
        f"SELECT i.id, v.id, 'sku' FROM variants v JOIN items i ON i.variant IS NULL AND i.linked <> 'never'"
        f" AND i.kind = 'goods' AND i.sku = v.sku WHERE v.sku <> '' AND v.id IN ({touched})",
        (since, since),
    )
    _set(file, rows)
    if file.value("SELECT 1 FROM items WHERE variant IS NULL AND barcode <> '' LIMIT 1"):
        rows = file.all(
            f"SELECT i.id, v.id, 'barcode' FROM variants v JOIN items i ON i.variant IS NULL AND i.linked <> 'never'"
            f" AND i.kind = 'goods' AND i.barcode = v.barcode WHERE v.barcode <> '' AND v.id IN ({touched})",
            (since, since),
        )
        _set(file, rows)


def find(file: File, items: Sequence[tuple[int, str, str, str, str]]) -> None:
    """Link new things (id, sku, barcode, title, options): what fits several variants is left alone."""
    for kind, place in (("sku", 1), ("barcode", 2)):
        wanted = {row[place]: row[0] for row in items if row[place]}
        rows = file.all(
            f"SELECT {kind}, min(id) FROM variants WHERE {kind} <> '' AND {kind} IN {_THESE} GROUP BY {kind}"
            " HAVING count(*) = 1",
            (json.dumps(list(wanted)),),
        )
        _set(file, [(wanted[value], variant, kind) for value, variant in rows])
    _by_title(file, [(id, title, options) for id, sku, _barcode, title, options in items if title and not sku])


def link(file: File, item: int, variant: int | None) -> None:
    """Say which variant a thing is, or that it is none."""
    file.require_action()
    how = "never" if variant is None else "merchant"
    file.run("UPDATE items SET variant = ?, linked = ? WHERE id = ?", (variant, how, item))


def _by_title(file: File, items: Sequence[tuple[int, str, str]]) -> None:
    """Link by the whole title where one product has it; of several variants, the one whose options the file names."""
    if not items or not file.value("SELECT 1 FROM products LIMIT 1"):
        return
    found = []
    for id, title, options in items:
        rows = file.all(
            "SELECT v.id, p.title, v.options, p.id FROM shelf s JOIN products p ON p.id = s.id"
            " JOIN variants v ON v.product = p.id WHERE s.title_key = ?",
            (words.sort_key(title),),
        )
        same = [row for row in rows if row[1].strip().casefold() == title.strip().casefold()]
        if len({row[3] for row in same}) != 1:
            continue
        if len(same) > 1:
            said = options.casefold()
            same = [row for row in same if said and all(v.casefold() in said for _n, v in json.loads(row[2] or "[]"))]
        if len(same) == 1:
            found.append((id, same[0][0], "title"))
    _set(file, found)


def _set(file: File, rows: Sequence[tuple[int, int, str]]) -> None:
    file.many(
        "UPDATE items SET variant = ?, linked = ? WHERE id = ? AND variant IS NULL", [(v, k, i) for i, v, k in rows]
    )
