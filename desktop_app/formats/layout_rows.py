"""What stands in a cell of a file this program writes, by the words of ``assets/formats/layouts.toml``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from desktop_app.formats import headers
from desktop_app.formats.combination_cells import CELLS
from desktop_app.formats.outgoing import plain_text, unused, unused_handle
from desktop_app.records import Product, Variant

APART = (";", "|", "；", "\n", "，", "、")  # what programs take for the end of one value in a list
_TOLD = {"active": 0, "draft": 1, "archived": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the product, the variant it is about (none on a row of the product alone) and what they are called."""

    product: Product
    variant: Variant | None
    codes: tuple[str, ...]  # one a variant, none empty
    family: str  # a name for the product that nothing else in the file has
    options: tuple[str, ...]
    varies: bool
    place: int = 0

    @property
    def sold(self) -> Variant:
        """The variant whose price and stock stand in this row."""
        return self.variant or (Variant() if self.varies else self.product.variants[0])


Cell = Callable[[Line], str]


def lines(product: Product, shape: str, codes: tuple[str, ...], family: str) -> Iterator[Line]:
    """Yield the rows of a product in a file of this shape."""
    options = tuple(dict.fromkeys(name for v in product.variants for name, _value in v.options))
    varies = len(product.variants) > 1 or bool(options)
    whole = Line(product, None, codes, family, options, varies)
    each = [
        Line(product, variant, codes, family, options, varies, place) for place, variant in enumerate(product.variants)
    ]
    if shape == "varying" and not varies:
        return
    if shape == "one" or (shape in {"children", "parents"} and not varies):
        yield Line(product, product.variants[0], codes, family, options, varies)
    elif shape == "children":
        yield from (*each, whole)
    elif shape == "parents":
        yield from (whole, *each)
    else:
        yield from each


@cache
def cell(source: str) -> Cell:
    """Return what makes the cell that ``source`` names."""
    head, mark, rest = source.partition(":")
    if source.startswith("="):
        return lambda _line: source[1:]
    if mark and head in _WITH:
        return _WITH[head](rest)
    if source[:-1] in _LISTS and source[-1:] in ";|_":
        return _joined(_LISTS[source[:-1]], source[-1])
    if source in _LISTS:
        return _joined(_LISTS[source], ",")
    if source.startswith("image") and source[5:].isdigit():
        at = int(source[5:]) - 1
        return lambda line: line.product.images[at].address if at < len(line.product.images) else ""
    if source.startswith("option") and source[6:7].isdigit():
        return _option(int(source[6]) - 1, source[8:])
    return _OF_PRODUCT.get(source) or CELLS.get(source) or _OF_VARIANT[source]


def _joined(listed: Callable[[Product], Iterable[str]], mark: str) -> Cell:
    if mark == "_":  # Etsy writes spaces in tags as underscores
        return lambda line: ",".join(text.replace(" ", "_") for text in listed(line.product))
    return lambda line: mark.join(listed(line.product))


def _option(at: int, what: str) -> Cell:
    def values(line: Line, mark: str) -> str:
        found = (dict(v.options).get(line.options[at], "") for v in line.product.variants)
        return mark.join(dict.fromkeys(value for value in found if value))

    def made(line: Line) -> str:
        if at >= len(line.options):
            return ""
        if what == "name":
            return line.options[at]
        if what.startswith("type:"):
            return what[5:]
        if what == "values":
            return values(line, ",")
        if what == "own":
            return dict(line.sold.options).get(line.options[at], "")
        return dict(line.variant.options).get(line.options[at], "") if line.variant else values(line, ";")

    return made


def _choice(words: str) -> list[str]:
    return next(csv.reader([words]))


def _status(words: str) -> Cell:
    listed = _choice(words)
    return lambda line: listed[_TOLD[line.product.status]]


def _kind(words: str) -> Cell:
    one, many = _choice(words)  # a thing that is sold, a product of several
    alone = many == "Product"  # Wix calls a product so even where it has no variants
    return lambda line: many if line.variant is None or (alone and not line.varies) else one


def _seen(words: str) -> Cell:
    hidden, shown = _choice(words)
    return lambda line: hidden if line.varies and line.variant is not None else shown


def _parent(source: str) -> Cell:
    inner = cell(source)
    return lambda line: inner(line) if line.variant is None or not line.varies else ""


def _child(source: str) -> Cell:
    inner = cell(source)
    return lambda line: inner(line) if line.varies and line.variant is not None else ""


def _beside(words: str) -> Cell:
    source, said = words.split(",")
    inner = cell(source)
    return lambda line: said if inner(line) else ""


def _fact(name: str) -> Cell:
    wanted = headers.fact_kind(name)
    return lambda line: ",".join(f.value for f in line.product.facts if f.kind == wanted or f.name == name)


def _kept(name: str) -> Cell:
    return lambda line: dict(line.sold.extra).get(name, "")


_WITH: dict[str, Callable[[str], Cell]] = {
    "status": _status, "kind": _kind, "seen": _seen, "parent": _parent, "child": _child, "with": _beside, "fact": _fact,
    "keep": _kept,
}  # fmt: skip
_LISTS: dict[str, Callable[[Product], Iterable[str]]] = {
    "tags": lambda p: p.tags,
    "images": lambda p: (image.address for image in p.images),
    "images.more": lambda p: (image.address for image in p.images[1:]),
}


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _lowered(variant: Variant) -> bool:
    return variant.price is not None and variant.compare_at is not None and variant.compare_at > variant.price


def _listing(line: Line) -> str:
    """Return Magento's list of a product's children, each with its options."""
    if line.variant is not None or not line.varies:
        return ""
    rows = []
    for code, variant in zip(line.codes, line.product.variants, strict=True):
        said = dict(variant.options)
        rows.append(",".join([f"sku={code}", *(f"{name}={said[name]}" for name in line.options if name in said)]))
    return "|".join(rows)


def _attributes(line: Line) -> str:
    """Return facts as Magento's ``name=value`` list; options stand with the children."""
    if line.varies and line.variant is not None:
        return ""
    found: dict[str, list[str]] = {}
    for fact in line.product.facts:
        if fact.source == "tag" or fact.source.startswith("option:") or fact.name in line.options:
            continue
        found.setdefault(fact.name.replace(" ", "_").lower(), []).append(f"{fact.value} {fact.unit}".strip())
    return ",".join(f"{name}={'|'.join(values)}" for name, values in found.items())


def _picture(line: Line) -> str:
    """Return the picture of a variant on its row, and the product's first on its own."""
    if line.varies and line.variant is not None:
        return line.variant.image
    return line.product.images[0].address if line.product.images else ""


def _facts(line: Line) -> str:
    """Return facts, one a line, as the program's own table has them."""
    facts = [f for f in line.product.facts if f.source != "tag" and f.name not in line.options]
    return "\n".join(f"{fact.name}: {f'{fact.value} {fact.unit}'.strip()}" for fact in facts if "\n" not in fact.value)


def _features(line: Line) -> str:
    facts = [f for f in line.product.facts if f.source != "tag" and not f.source.startswith("option:")]
    named = ((fact.name, f"{fact.value} {fact.unit}".strip()) for fact in facts)
    said = (f"{name}:{value}" for name, value in named if not any(mark in name + value for mark in ",;:"))
    return ",".join(f"{one}:{n}" for n, one in enumerate(said))


def _relation(line: Line) -> str:
    """Return eBay's ``Size=M|Colour=red``; on the product's own row all values of each."""
    if not line.varies:
        return ""
    if line.variant is not None:
        return "|".join(f"{name}={value}" for name, value in line.variant.options)
    values = {name: _option(at, "value")(line) for at, name in enumerate(line.options)}
    return "|".join(f"{name}={value}" for name, value in values.items())


def _wix_discount(line: Line) -> Decimal | None:
    """Return what is off every variant alike: Wix knows one discount for a product."""
    offs = {v.compare_at - v.price if _lowered(v) and v.compare_at and v.price else None for v in line.product.variants}
    return offs.pop() if len(offs) == 1 else None


def _wix_price(line: Line) -> str:
    """Return the lowest price on the product's own row, before its discount; variants say what they cost more."""
    prices = [variant.price for variant in line.product.variants if variant.price is not None]
    if not prices or (line.varies and line.variant is not None):
        return ""
    return _decimal(min(prices) + (_wix_discount(line) or 0))


def _wix_surcharge(line: Line) -> str:
    if not (line.varies and line.variant is not None) or line.variant.price is None:
        return ""
    more = line.variant.price - min(v.price for v in line.product.variants if v.price is not None)
    return _decimal(more) if more else ""


_OF_PRODUCT: dict[str, Cell] = {
    "wix.price": _wix_price,
    "wix.surcharge": _wix_surcharge,
    "wix.discount": lambda line: "" if line.varies and line.variant is not None else _decimal(_wix_discount(line)),
    "title": lambda line: line.product.title,
    "handle": lambda line: line.family,
    "description": lambda line: line.product.description,
    "text": lambda line: plain_text(line.product.description),
    "vendor": lambda line: line.product.vendor,
    "category": lambda line: line.product.category,
    "language": lambda line: line.product.language,
    "seo_title": lambda line: line.product.seo_title,
    "seo_description": lambda line: line.product.seo_description,
    "image": lambda line: line.product.images[0].address if line.product.images else "",
    "alt": lambda line: line.product.images[0].alt if line.product.images else "",
    "currency": lambda line: dict(line.product.extra).get("CURRENCY_CODE", ""),
    "image.own": _picture,
    "children": _listing,
    "attributes": _attributes,
    "features": _features,
    "facts": _facts,
    "skus": lambda line: ",".join(v.sku for v in line.product.variants) if line.product.sku else "",
    "stock.all": lambda line: _total(line.product),
}
_OF_VARIANT: dict[str, Cell] = {
    "code": lambda line: line.codes[line.place] if line.variant is not None else line.family,
    "sku": lambda line: line.sold.sku,
    "barcode": lambda line: line.sold.barcode,
    "price": lambda line: _decimal(line.sold.price),
    "regular": lambda line: _decimal(line.sold.compare_at if _lowered(line.sold) else line.sold.price),
    "sale": lambda line: _decimal(line.sold.price) if _lowered(line.sold) else "",
    "compare_at": lambda line: _decimal(line.sold.compare_at),
    "cost": lambda line: _decimal(line.sold.cost),
    "stock": lambda line: "" if line.sold.stock is None else str(line.sold.stock),
    "in_stock": lambda line: "" if line.sold.stock is None else "1" if line.sold.stock > 0 else "0",
    "grams": lambda line: _decimal(line.sold.weight_grams),
    "kg": lambda line: "" if line.sold.weight_grams is None else _decimal(line.sold.weight_grams / 1000),
    "variant.image": lambda line: line.sold.image,
    "options": lambda line: " / ".join(value for _name, value in line.sold.options),
    "relation": _relation,
    "barcode.kind": lambda line: {8: "EAN", 12: "UPC", 13: "EAN", 14: "GTIN"}.get(len(line.sold.barcode), ""),
    "kind.colour": lambda line: _by_kind(line, "colour"),
    "kind.size": lambda line: _by_kind(line, "size"),
}


def _by_kind(line: Line, kind: str) -> str:
    """Return the option of this kind, whatever it is called; of a product without variants the fact."""
    for name, value in line.sold.options:
        if headers.fact_kind(name) == kind:
            return value
    facts = (f.value for f in line.product.facts if f.kind == kind) if not line.varies else ()
    return next(iter(facts), "")


def _total(product: Product) -> str:
    counted = [variant.stock for variant in product.variants if variant.stock is not None]
    return str(sum(counted)) if counted else ""


def named(product: Product, handles: set[str], codes: set[str]) -> tuple[str, tuple[str, ...]]:
    """Return a handle for a product and a code for each variant that nothing else in the file has, and note them.

    The codes are SKUs; where there is none, the handle with the variant's number.
    """
    family = unused_handle(product, handles)
    many = len(product.variants) > 1 or any(v.options for v in product.variants)
    if many:
        codes.add(family)
    wished = (v.sku or (f"{family}-{n}" if many else family) for n, v in enumerate(product.variants, 1))
    return family, tuple(unused(code, codes) for code in wished)
