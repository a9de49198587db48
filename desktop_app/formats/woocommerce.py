"""Products → WooCommerce's product file, parents before their variations, and what that file cannot carry, in words.

Source: WooCommerce's own exporter and importer (columns, ``-1`` for a draft, commas inside a list written as ``\\,``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from desktop_app.formats.outgoing import description_of, slug, unused
from desktop_app.records import Field, Product, Variant
from desktop_app.words import _

WOOCOMMERCE_TEXTS: frozenset[Field] = frozenset(["description", "title", "bullets"])
ATTRIBUTES = 12  # as many as the file has room for a product; its options come first
COLUMNS = (
    "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Description", "In stock?", "Stock", "Weight (kg)",
    "Sale price", "Regular price", "Categories", "Tags", "Images", "Parent", "Position", "Brands",
    *(f"Attribute {n} {part}" for n in range(1, ATTRIBUTES + 1) for part in ("name", "value(s)", "visible", "global")),
)  # fmt: skip
_APART = (";", "|", "；", "\n", "，", "、")  # what other programs take for the end of one value


def woocommerce_losses(products: Iterable[Product]) -> list[str]:
    """Say in words what these products have and WooCommerce's file does not carry; the same words for every batch."""
    lost = {
        _("WooCommerce finds products with variants by a code of their own; this file makes one from the handle or the"
          " name. To change products that are in a WooCommerce shop already, export the file you imported."): False,
        _("WooCommerce's file has no column for what a product cost you."): False,
        _("WooCommerce's file does not carry search titles, search descriptions or picture descriptions."): False,
        _("WooCommerce knows no archived products; they go out as drafts."): False,
        _("A compare-at price that is not above the price has no place in WooCommerce's file."): False,
        _("Facts that have no column in WooCommerce's file stay in this shop."): False,
        _("WooCommerce's file does not say in which language a product is written."): False,
    }  # fmt: skip
    keys = list(lost)
    for product in products:
        for key, is_lost in zip(keys, _lost(product), strict=True):
            lost[key] = lost[key] or is_lost
    return [key for key in keys if lost[key]]


def _lost(product: Product) -> tuple[bool, ...]:
    variants = product.variants
    return (
        _varies(product),
        any(v.cost is not None for v in variants),
        bool(product.seo_title or product.seo_description or any(image.alt for image in product.images)),
        product.status == "archived",
        any(v.compare_at is not None and (v.price is None or v.compare_at <= v.price) for v in variants),
        not _facts(product)[1] or bool(product.extra) or any(v.extra for v in variants),
        bool(product.language),
    )


def _varies(product: Product) -> bool:
    return len(product.variants) > 1 or any(variant.options for variant in product.variants)


def _facts(product: Product) -> tuple[list[tuple[str, list[str]]], bool]:
    """Return attributes, the options first, and whether every fact is among them."""
    names: dict[str, dict[str, None]] = {}
    for variant in product.variants:
        for name, value in variant.options:
            names.setdefault(name, {})[value] = None
    options, whole = set(names), True
    for fact in product.facts:
        said = f"{fact.value} {fact.unit}".strip()
        if fact.name in options or fact.source == "tag" or fact.source.startswith("option:"):
            continue
        if fact.kind == "weight" and any(variant.weight_grams is not None for variant in product.variants):
            continue
        if any(mark in said for mark in _APART):
            whole = False
        else:
            names.setdefault(fact.name, {})[said] = None
    listed = [(name, list(values)) for name, values in names.items()]
    return listed[:ATTRIBUTES], whole and len(listed) <= ATTRIBUTES


def rows_of(product: Product, texts: Mapping[str, str], used: set[str]) -> Iterator[list[str]]:
    """Yield the rows of one product; ``used`` are the codes already used in the file, new ones are put in."""
    return ([row.get(name, "") for name in COLUMNS] for row in _rows(product, texts, used))


def _rows(product: Product, texts: Mapping[str, str], used: set[str]) -> Iterator[dict[str, str]]:
    variants = product.variants or (Variant(),)
    used.update(variant.sku for variant in variants)
    attributes = _facts(product)[0]
    rewritten = texts.get("description") or texts.get("bullets")
    row = {
        "Name": texts.get("title") or product.title,
        "Published": "1" if product.status == "active" else "-1",
        # WooCommerce makes paragraphs of plain text itself; what nobody wrote anew goes out as it came.
        "Description": description_of(product, texts) if rewritten else product.description,
        "Categories": _listed([product.category]),
        "Tags": _listed(product.tags),
        "Images": ", ".join(image.address for image in product.images),
        "Brands": _listed([product.vendor]),
    }
    for number, (name, values) in enumerate(attributes, 1):
        row |= _attribute(number, name, _listed(values))
    if not _varies(product):
        yield row | _sold(variants[0]) | {"Type": "simple"}
        return
    code = _code(product, used)
    yield row | {"Type": "variable", "SKU": code, "In stock?": "1"}
    places = {name: number for number, (name, _values) in enumerate(attributes, 1)}
    for position, variant in enumerate(variants, 1):
        own = {"Type": "variation", "Parent": code, "Position": str(position), "Images": variant.image}
        for name, value in variant.options:
            own |= _attribute(places[name], name, _listed([value])) if name in places else {}
        yield own | {"Name": row["Name"], "Published": "1"} | _sold(variant)


def _attribute(number: int, name: str, values: str) -> dict[str, str]:
    start = f"Attribute {number} "
    return {f"{start}name": name, f"{start}value(s)": values, f"{start}visible": "1", f"{start}global": "0"}


def _sold(variant: Variant) -> dict[str, str]:
    lowered = variant.price is not None and variant.compare_at is not None and variant.compare_at > variant.price
    weight = variant.weight_grams
    return {
        "SKU": variant.sku,
        "GTIN, UPC, EAN, or ISBN": variant.barcode,
        "In stock?": "0" if variant.stock is not None and variant.stock <= 0 else "1",
        "Stock": "" if variant.stock is None else str(variant.stock),
        "Weight (kg)": "" if weight is None else f"{weight / Decimal(1000):f}",
        "Sale price": _decimal(variant.price) if lowered else "",
        "Regular price": _decimal(variant.compare_at if lowered else variant.price),
    }


def _code(product: Product, used: set[str]) -> str:
    """Return a code for a product with variations that nothing else in the file has."""
    wished = product.handle or slug(product.title) or f"product-{product.id or len(used) + 1}"
    return unused(wished, used)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(value.replace(",", "\\,") for value in values)


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
