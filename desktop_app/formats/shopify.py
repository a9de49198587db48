"""Products → Shopify's product file in the dialect it gives out today, and what that file cannot carry, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from desktop_app.formats import dialects
from desktop_app.formats.outgoing import description_of, unused_handle
from desktop_app.records import Fact, Field, Image, Product, Variant
from desktop_app.words import _

OPTIONS = 3  # Shopify's limit


def rows_of(product: Product, texts: Mapping[str, str], handles: set[str]) -> Iterator[list[str]]:
    """Yield the rows of one product; ``handles`` are those already used in the file, the new one is put in."""
    handle = unused_handle(product, handles)
    options = tuple(dict.fromkeys(name for v in product.variants for name, _value in v.options))[:OPTIONS]
    variants = product.variants or (Variant(),)
    for place in range(max(len(variants), len(product.images))):
        row: dict[str, str] = {"URL handle": handle}
        if place == 0:
            row |= _product(product, texts)
        if place < len(variants):
            row |= _variant(variants[place], options, place == 0)
        if place < len(product.images):
            row |= _image(product.images[place], place + 1)
            if place == 0 and texts.get("alt"):
                row["Image alt text"] = texts["alt"]
        yield [row.get(column.name, "") for column in dialects.shopify_columns()]


SHOPIFY_TEXTS: frozenset[Field] = frozenset(["description", "title", "bullets", "seo", "alt"])


def shopify_losses(products: Iterable[Product]) -> list[str]:
    """Say in words what these products have and Shopify's file does not carry; the same words for every batch."""
    facts = options = language = False
    for product in products:
        facts = facts or any(not _carried(fact) for fact in product.facts)
        options = options or len({name for v in product.variants for name, _value in v.options}) > OPTIONS
        language = language or bool(product.language)
    lost = []
    if facts:
        lost.append(_("Facts that have no column in Shopify's file stay in this shop."))
    if options:
        lost.append(_("Some products have more than three options; Shopify takes the first three."))
    if language:
        lost.append(_("Shopify's file does not say in which language a product is written."))
    return lost


def _product(product: Product, texts: Mapping[str, str]) -> dict[str, str]:
    extra = {name: value for name, value in product.extra if name in _known()}
    facts: dict[str, list[str]] = {}
    row = _defaults("extra") | extra
    for fact in product.facts:
        column = _fact_columns().get(fact.source)
        if column:
            facts.setdefault(column, []).append(fact.value)
    row |= {column: "; ".join(values) for column, values in facts.items()}
    title, cut, meta = texts.get("seo", "").partition("\n")
    return row | {
        "Title": texts.get("title") or product.title,
        "Description": description_of(product, texts),
        "Vendor": product.vendor,
        "Type": product.category,
        "Tags": ", ".join(product.tags),
        "Published on online store": extra.get("Published on online store") or str(product.status == "active").lower(),
        "Status": product.status,
        "SEO title": (title if cut else "") or product.seo_title,
        "SEO description": (meta if cut else title) or product.seo_description,
    }


def _variant(variant: Variant, options: tuple[str, ...], first: bool) -> dict[str, str]:
    extra = {name: value for name, value in variant.extra if name in _known()}
    row = _defaults("variant.extra") | {"Inventory tracker": "shopify" if variant.stock is not None else ""} | extra
    values = dict(variant.options)
    for number, name in enumerate(options or ("Title",), 1):
        row[f"Option{number} name"] = name if first else ""
        row[f"Option{number} value"] = values.get(name, "") if options else "Default Title"
    return row | {
        "SKU": variant.sku,
        "Barcode": variant.barcode,
        "Price": _decimal(variant.price),
        "Compare-at price": _decimal(variant.compare_at),
        "Cost per item": _decimal(variant.cost),
        "Inventory quantity": "" if variant.stock is None else str(variant.stock),
        "Weight value (grams)": _decimal(variant.weight_grams),
        "Variant image URL": variant.image,
    }


def _image(image: Image, position: int) -> dict[str, str]:
    return {"Product image URL": image.address, "Image position": str(position), "Image alt text": image.alt}


def _decimal(value: object) -> str:
    return "" if value is None else f"{value:f}"


@cache
def _defaults(role: str) -> dict[str, str]:
    return {c.name: c.default for c in dialects.shopify_columns() if c.role == role and c.default}


@cache
def _known() -> frozenset[str]:
    return frozenset(column.name for column in dialects.shopify_columns())


@cache
def _fact_columns() -> dict[str, str]:
    """Return where facts that came out of one of Shopify's own columns go back to: source → column."""
    return {
        f"column:{name}": column.name
        for column in dialects.shopify_columns()
        if column.role.startswith("fact:")
        for name in (column.name, column.name.replace("Age group", "Age Group"))
    }


def _carried(fact: Fact) -> bool:
    return fact.source.startswith("option:") or fact.source == "tag" or fact.source in _fact_columns()
