"""What a format cannot carry of these very products: the file is made, read back, and held against them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

from desktop_app.errors import UserError
from desktop_app.formats import combinations, sites
from desktop_app.formats.layouts import as_bytes, layout, second, second_bytes
from desktop_app.formats.reader import read_data
from desktop_app.formats.recognise import look_at
from desktop_app.records import Product, Variant
from desktop_app.words import _


def losses(key: str, products: Sequence[Product]) -> list[str]:
    """Say in words what these products have and the format does not carry; the same words for every batch."""
    chosen = layout(key)
    if chosen.losses is not None:
        return chosen.losses(products)
    lost = lost_fields(key, products)
    if "products" in lost:
        return [_("{format} cannot carry some of these products at all.", format=chosen.name)]
    said, names = [], _names()
    if "twins" in lost:
        same = _(
            "{format} tells products apart by their names, and some of these have the same one.", format=chosen.name
        )
        said.append(same)
    if named := ", ".join(names[field] for field in names if field in lost):
        some = _(
            "Not all of this has a place in {format}'s file: {names}.", format=chosen.name,
            names=named,
        )  # fmt: skip
        said.append(some)
    return said


def said_before(key: str, products: Sequence[Product], currency: str, language: str) -> list[str]:
    """Say what the merchant should know before such a file is written: which site it is for, that there are two."""
    return [*sites.said(layout(key), currency, language), *second_said(key, products)]


def second_said(key: str, products: Iterable[Product]) -> list[str]:
    """Say that the format takes the variants of these products from a second file, where it does."""
    if second(key) is None or not any(len(p.variants) > 1 or any(v.options for v in p.variants) for p in products):
        return []
    return [
        _("{format} reads variants from a second file. It is written beside the first one, with “{name}” at the end of"
          " its name: import the products first, then the variants.", format=layout(key).name, name=_("combinations")),
    ]  # fmt: skip


def lost_fields(key: str, products: Sequence[Product]) -> set[str]:
    """Return the names of the fields that do not come back the same; "products" where whole products do not."""
    found = came_back(key, products)
    if len(found) == len(products):
        return set().union(*(differing(a, b) for a, b in zip(products, found, strict=True)))
    lost: set[str] = set()
    for product in products:
        alone = came_back(key, [product])
        lost |= differing(product, alone[0]) if len(alone) == 1 else {"products"}
    return lost if "products" in lost else lost | {"twins"}


def came_back(key: str, products: Sequence[Product]) -> list[Product]:
    """Return what is read from the file that these products make, in their order."""
    chosen = layout(key)
    data = as_bytes(key, products)
    try:
        reading = look_at(data, f"out{chosen.ending}")
    except UserError:
        return []
    found = [item for item in read_data(data, reading, threading.Event()) if isinstance(item, Product)]
    found.sort(key=lambda product: product.source_row or 0)
    more = second_bytes(key, products)
    return with_second(found, more) if more else found


def with_second(products: Sequence[Product], data: bytes) -> list[Product]:
    """Return products with what the second file of their export says of them."""
    by_reference = {product.sku: n for n, product in enumerate(products) if product.sku}
    found = list(products)
    for told in read_data(data, look_at(data, "second.csv"), threading.Event()):
        if isinstance(told, Product) and (n := by_reference.get(dict(told.extra)[combinations.REFERENCE])) is not None:
            found[n] = combinations.joined(found[n], told)
    return found


def differing(one: Product, two: Product) -> set[str]:
    """Return the names of the fields in which a product and the same one read back differ."""
    lost = {name for name, value in _OWN.items() if value(one) != value(two) and value(one)}
    if one.status != two.status:
        lost.add("status")
    here, there = one.variants or (Variant(),), two.variants or (Variant(),)
    if len(here) != len(there):
        return lost | {"options"}
    for mine, other in zip(here, there, strict=True):
        lost |= {name for name, value in _SOLD.items() if value(mine) != value(other) and value(mine) not in ("", None)}
    if not _facts(one) <= _facts(two) | {(name.casefold(), value) for v in there for name, value in v.options}:
        lost.add("facts")
    return lost


def _facts(product: Product) -> set[tuple[str, str]]:
    weighed = any(variant.weight_grams is not None for variant in product.variants)
    return {
        (fact.name.casefold(), f"{fact.value} {fact.unit}".strip())
        for fact in product.facts
        if fact.source != "tag" and not fact.source.startswith("option:") and not (weighed and fact.kind == "weight")
    }


_OWN: dict[str, Callable[[Product], object]] = {
    "title": lambda p: " ".join(p.title.split()),
    "handle": lambda p: p.handle,
    "description": lambda p: p.description.strip(),
    "vendor": lambda p: p.vendor,
    "category": lambda p: p.category,
    "tags": lambda p: p.tags,
    "language": lambda p: p.language,
    "seo": lambda p: (p.seo_title, p.seo_description) if p.seo_title or p.seo_description else None,
    "images": lambda p: tuple(image.address for image in p.images),
    "alt": lambda p: tuple(image.alt for image in p.images) if any(image.alt for image in p.images) else None,
}
_SOLD: dict[str, Callable[[Variant], object]] = {
    "sku": lambda v: v.sku,
    "barcode": lambda v: v.barcode,
    "options": lambda v: v.options or None,
    "price": lambda v: v.price,
    "compare_at": lambda v: v.compare_at,
    "cost": lambda v: v.cost,
    "stock": lambda v: v.stock,
    "weight": lambda v: v.weight_grams,
    "variant.image": lambda v: v.image,
}


def _names() -> dict[str, str]:
    return {
        "title": _("names"), "handle": _("web addresses"), "description": _("descriptions"), "vendor": _("brands"),
        "category": _("categories"), "tags": _("tags"), "status": _("whether it is for sale"),
        "language": _("the language"), "seo": _("search texts"), "images": _("pictures"),
        "alt": _("picture descriptions"), "sku": _("codes (SKU)"), "barcode": _("barcodes"),
        "options": _("variants and their options"), "price": _("prices"), "compare_at": _("compare-at prices"),
        "cost": _("cost prices"), "stock": _("stock"), "weight": _("weights"),
        "variant.image": _("pictures of variants"), "facts": _("some facts"),
    }  # fmt: skip
