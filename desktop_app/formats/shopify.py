"""Products → Shopify's product file in the dialect it gives out today, and what that file cannot carry, in words."""

from __future__ import annotations

import csv
import html
import io
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from desktop_app.errors import Cancelled
from desktop_app.formats import cells, dialects
from desktop_app.formats.saving import saving
from desktop_app.records import Fact, Field, Image, Product, Progress, Variant
from desktop_app.words import _

OPTIONS = 3  # Shopify's limit
_STEP = 250
_BLANK = re.compile(r"\n\s*\n")


def write_shopify(
    products: Iterable[tuple[Product, Mapping[str, str]]], path: Path | str, stop: threading.Event
) -> Iterator[Progress]:
    """Write products, with the approved texts that replace theirs, as UTF-8 without a mark, one row a variant.

    Raises UserError if the file cannot be written, and Cancelled when ``stop`` is set; then no file has changed.
    """
    handles: set[str] = set()
    done = 0
    with saving(path) as file:
        text = io.TextIOWrapper(file, "utf-8", errors="replace", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column.name for column in dialects.shopify_columns())
        for product, texts in products:
            if stop.is_set():
                raise Cancelled
            writer.writerows(rows_of(product, texts, handles))
            done += 1
            if done % _STEP == 0:
                yield Progress(done, None)
        text.flush()
        text.detach()
    yield Progress(done, done)


def rows_of(product: Product, texts: Mapping[str, str], handles: set[str]) -> Iterator[list[str]]:
    """Yield the rows of one product; ``handles`` are those already used in the file, the new one is put in."""
    handle = _handle(product, handles)
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


def as_html(text: str) -> str:
    """Return plain text as paragraphs; text that is HTML already stays as it is."""
    return text if cells.is_html(text) else paragraphs(text)


def paragraphs(text: str) -> str:
    """Return plain text as escaped ``<p>`` paragraphs, single line ends as ``<br>``; nothing for nothing."""
    parts = (part.strip() for part in _BLANK.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in parts if part)


def comment(metadata: str) -> str:
    """Return what a program may read in an HTML text and no reader sees; nothing for nothing."""
    return f"<!-- {metadata.replace('--', '- -')} -->" if metadata else ""


def description_of(product: Product, texts: Mapping[str, str]) -> str:
    """Return the description as HTML: the approved text or the product's own, bullet points behind it."""
    description = paragraphs(texts["description"]) if texts.get("description") else as_html(product.description)
    if texts.get("bullets"):
        items = (line.strip(" •-*\t") for line in texts["bullets"].splitlines())
        description += "<ul>" + "".join(f"<li>{html.escape(i, quote=False)}</li>" for i in items if i) + "</ul>"
    return description + (comment(texts.get("metadata", "")) if texts.get("description") else "")


def slug(text: str) -> str:
    """Return ``text`` as Shopify makes a handle of it: letters and digits of any script, hyphens between."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", flat).strip("-")


def _handle(product: Product, handles: set[str]) -> str:
    wished = product.handle or slug(product.title) or slug(product.sku) or f"product-{product.id or len(handles) + 1}"
    handle, count = wished, 1
    while handle in handles:
        count += 1
        handle = f"{wished}-{count}"
    handles.add(handle)
    return handle


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
