"""What another shop will see change: an export is written aside and held against the file that was imported."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from desktop_app import formats
from desktop_app.records import Change, Exported, Preview, Product, Progress, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import export_products, import_products

SHOWN = 300
_FIELDS = ("title", "description", "vendor", "category", "status", "seo_title", "seo_description")


def preview_export(
    shop: Shop, stop: threading.Event, *, format: str = "shopify", source: int | None = None
) -> Iterator[Progress | Exported | Preview]:
    """Yield the export as it would end (what its format cannot carry) and then the differences, product by product.

    An empty cell is no change: shop systems leave what a file does not say. Raises UserError as the export does, and
    where no file was imported to compare with.
    """
    known = export_products.original_of(shop, source)
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "before", Path(folder) / "after"
        before.mkdir()
        after.mkdir()
        (before / Path(known.name).name).write_bytes(known.data)
        own = Path(known.name).name if format == "original" else f"export{formats.layout(format).ending}"
        written = after / own
        yield from export_products.export_products(
            shop, stop, path=written, format=format, source=source, mark=False
        )  # fmt: skip
        there = _products(shop, before / Path(known.name).name, stop)
        here = _products(shop, written, stop)
        beside = formats.second_path(format, written) if format != "original" else None
        if beside is not None and beside.exists():
            here = formats.with_second(here, formats.load(beside))
        yield _compared(there, here)


def _products(shop: Shop, path: Path, stop: threading.Event) -> list[Product]:
    reading = import_products.look(shop, path)
    return [item for item in formats.read(reading, stop) if isinstance(item, Product)]


def _compared(before: list[Product], after: list[Product]) -> Preview:
    known: dict[tuple[str, str], Product] = {}
    for product in before:
        for key in _keys(product):
            known.setdefault(key, product)
    counts = {"add": 0, "change": 0, "same": 0, "archive": 0}
    changes: list[Change] = []
    for product in after:
        change = _change(next((known[key] for key in _keys(product) if key in known), None), product)
        counts[change.kind] += 1
        if change.kind != "same" and len(changes) < SHOWN:
            changes.append(change)
    return Preview(counts["add"], counts["change"], counts["same"], 0, tuple(changes))


def _keys(product: Product) -> Iterator[tuple[str, str]]:
    if product.handle:
        yield "handle", product.handle
    for variant in product.variants:
        if variant.sku:
            yield "sku", variant.sku
    if not product.handle and not product.sku:
        yield "title", product.title


def _change(before: Product | None, after: Product) -> Change:
    if before is None:
        return Change("add", after.title, after.sku)
    fields = tuple(
        (name, str(getattr(before, name)), str(getattr(after, name)))
        for name in _FIELDS
        if getattr(after, name) and getattr(after, name) != getattr(before, name)
    )
    told = [_told(variant) for variant in before.variants], [_told(variant) for variant in after.variants]
    variants = (before.variants, after.variants) if told[0] != told[1] else ((), ())
    return Change("change" if fields or variants[1] else "same", before.title, before.sku, None, fields, variants)


def _told(variant: Variant) -> tuple[object, ...]:
    return variant.sku, variant.barcode, variant.options, variant.price, variant.compare_at, variant.stock
