"""Products and their parts as rows, and rows as products."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any

from desktop_app.errors import UserError
from desktop_app.records import Fact, Image, Product, Variant
from desktop_app.shop.connect import File, Row

LARGEST = 2**63 - 1
PRODUCTS = (
    "title, handle, description, vendor, category, tags, status, language, seo_title, seo_description, extra,"
    " source_file, source_row, edited, updated"
)
VARIANTS = "product, place, sku, barcode, options, price, compare_at, cost, stock, weight_grams, image, extra, position"
FACTS = "product, place, name, value, unit, kind, language, source, at"
IMAGES = "product, place, address, alt, position"


def insert(table: str, columns: str) -> str:
    """Return the statement that inserts one row with its id."""
    return f"INSERT INTO {table} (id, {columns}) VALUES ({', '.join('?' * (columns.count(',') + 2))})"


def now() -> str:
    """Return the present moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def money(amount: Decimal | None) -> int | None:
    """Return an amount in ten-thousandths, rounded half to even; UserError if it is no amount or too large."""
    if amount is None:
        return None
    try:
        scaled = int((amount * 10000).to_integral_value())
    except (DecimalException, ValueError, OverflowError) as error:
        raise UserError("{value} is not an amount of money. Nothing was changed.", value=amount) from error
    return scaled if -LARGEST <= scaled <= LARGEST else whole(scaled)


def whole(number: int | None) -> int | None:
    """Return a whole number that the file can hold; UserError if it is too large."""
    if number is not None and not -LARGEST <= number <= LARGEST:
        raise UserError("The number {value} is too large. Nothing was changed.", value=number)
    return number


def amount(scaled: int | None) -> Decimal | None:
    """Return the amount of so many ten-thousandths, with two decimals or, where needed, four."""
    if scaled is None:
        return None
    cents, rest = divmod(scaled, 100)
    return Decimal(scaled).scaleb(-4) if rest else Decimal(cents).scaleb(-2)


def product_row(product: Product, updated: str, source: int | None = None) -> Row:
    """Return a product's own row, without its id; ``source`` stands in where the product names no file."""
    p = product
    return (
        p.title, p.handle, p.description, p.vendor, p.category, _list(p.tags), p.status, p.language, p.seo_title,
        p.seo_description, _list(p.extra), source if p.source_file is None else p.source_file, p.source_row,
        _list(p.edited), updated,
    )  # fmt: skip


def variant_row(variant: Variant, product: int, place: int) -> Row:
    """Return a variant's row, without its id."""
    v = variant
    weight = None if v.weight_grams is None else str(v.weight_grams)
    return (
        product, place, v.sku, v.barcode, _list(v.options), money(v.price), money(v.compare_at), money(v.cost),
        whole(v.stock), weight, v.image, _list(v.extra), v.position,
    )  # fmt: skip


def fact_row(fact: Fact, product: int, place: int, at: str) -> Row:
    """Return a fact's row, without its id; a fact without a date is dated ``at``."""
    return (product, place, fact.name, fact.value, fact.unit, fact.kind, fact.language, fact.source, fact.at or at)


def image_row(image: Image, product: int, place: int) -> Row:
    """Return an image's row, without its id."""
    return (product, place, image.address, image.alt, image.position)


def read(file: File, ids: Iterable[int]) -> list[Product]:
    """Return the products with these ids, in this order, with all their parts; unknown ids are left out."""
    wanted = list(ids)
    listed = json.dumps(wanted)
    rows = {row[0]: row for row in file.all(f"SELECT id, {PRODUCTS} FROM products WHERE id IN {_THESE}", (listed,))}
    variants = _parts(file, "variants", VARIANTS, listed)
    facts = _parts(file, "facts", FACTS, listed)
    images = _parts(file, "images", IMAGES, listed)
    return [
        replace(
            _product(rows[i]),
            variants=tuple(map(_variant, variants[i])),
            facts=tuple(map(_fact, facts[i])),
            images=tuple(map(_image, images[i])),
        )
        for i in wanted
        if i in rows
    ]


_THESE = "(SELECT value FROM json_each(?))"


def _parts(file: File, table: str, columns: str, listed: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in file.all(
        f"SELECT id, {columns} FROM {table} WHERE product IN {_THESE} ORDER BY product, place, id", (listed,)
    ):
        found[row[1]].append(row)
    return found


def _product(row: Row) -> Product:
    (id, title, handle, description, vendor, category, tags, status, language, seo_title, seo_description, extra,
     source_file, source_row, edited, updated) = row  # fmt: skip
    return Product(
        title, handle, description, vendor, category, tuple(_listed(tags)), status, language, seo_title,
        seo_description, (), (), (), _pairs(extra), source_file, source_row, tuple(_listed(edited)), id, updated,
    )  # fmt: skip


def _variant(row: Row) -> Variant:
    id, _product, _place, sku, barcode, options, price, compare_at, cost, stock, weight, image, extra, position = row
    return Variant(
        sku, barcode, _pairs(options), amount(price), amount(compare_at), amount(cost), stock,
        None if weight is None else Decimal(weight), image, _pairs(extra), position, id,
    )  # fmt: skip


def _fact(row: Row) -> Fact:
    id, _product, _place, name, value, unit, kind, language, source, at = row
    return Fact(name, value, unit, kind, language, source, at, id)


def _image(row: Row) -> Image:
    id, _product, _place, address, alt, position = row
    return Image(address, alt, position, id)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=4096)  # options and the like come again and again
def _list(values: tuple[Any, ...]) -> str:
    return _encode(values) if values else ""


def _listed(text: str) -> list[Any]:
    return list(json.loads(text)) if text else []


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in _listed(text))
