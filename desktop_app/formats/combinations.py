"""PrestaShop's second file: the variants ("combinations") of products that are in the shop, and what each costs more.

Its importer's fields are those of PrestaShop 1.5 to 8 (AdminImportController) and of thirty bees: a list of attributes
``Name:Type:Position``, a list of values ``Value:Position``, and the impacts on price and weight, which are added to
the product's own. A product read from such a file says only which product it means; ``joined`` makes the two one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from desktop_app.formats import cells, headers
from desktop_app.formats.amounts import Amounts
from desktop_app.formats.groups import Row
from desktop_app.formats.places import Columns
from desktop_app.formats.reading import Reading
from desktop_app.records import Fact, FactKind, Problem, Product, Variant
from desktop_app.words import _

KEY = "combinations"
# What is kept of a product beside its fields, by the names of PrestaShop's own columns.
ID, REFERENCE, PRICE, GRAMS = "Product ID", "Reference", "Price without its variants", "Grams without its variants"
PLACE = "Image position"
ROWS = "Rows"  # of the file, one for each variant; not kept
_NAMES = re.compile(r"\s*[^:;,|]+:\s*(?:select|radio|color|colour|group)\s*(?::\s*\d+)?\s*(?:[;,|].*)?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s*(.+?)\s*(?::\s*(?:select|radio|color|colour|group)\s*)?(?::\s*\d*)?\s*", re.IGNORECASE)
_VALUE = re.compile(r"\s*(.*?)\s*(?::\s*\d*)?\s*")
_LISTS = (";", ",", "|")
_NOTHING = {"", "0", "0.0", "0.00", "0000-00-00"}


def are(sample: Iterable[Sequence[str]]) -> bool:
    """Say whether these rows hold combinations: one column names attributes as only PrestaShop does."""
    return _names_at(list(sample)) is not None


def dialect(names: Sequence[str], sample: Iterable[Sequence[str]]) -> tuple[str, str, dict[str, str]]:
    """Return key, label and columns of a file whose headers are in a language nobody wrote down."""
    own = next(d for d in headers.table("dialects")["dialect"] if d["key"] == KEY)
    roles = {headers.fold(word): role for word, role in own["roles"].items()}
    at = _names_at(list(sample)) or 0
    told = [headers.compared(name).words for name in names]
    found = {word: roles[word] for word in told if word in roles}
    found[told[at]] = "combination.names"
    if at + 1 < len(told):
        found[told[at + 1]] = "combination.values"
    if not {"product.id", "product.reference"} & set(found.values()) and at:
        found[told[0]] = "product.id"
    return KEY, own["label"], found


def placed(names: Sequence[str], roles: Sequence[str]) -> list[str]:
    """Return the roles, a code that stands twice told apart by its place: German calls both "Artikel-Nr".

    Before the attributes stands the product's, behind them the variant's.
    """
    found = list(roles)
    if "sku" not in found or "combination.names" not in found or "product.reference" in found:
        return found
    at, middle = found.index("sku"), found.index("combination.names")
    told = headers.compared(names[at]).words
    later = (n for n in range(middle + 1, len(names)) if headers.compared(names[n]).words == told)
    if at < middle and (again := next(later, None)) is not None:
        found[at], found[again] = "product.reference", "sku"
    return found


def _names_at(sample: list[Sequence[str]]) -> int | None:
    for place in range(max(map(len, sample), default=0)):
        said = [row[place] for row in sample if place < len(row) and row[place].strip()]
        if said and sum(1 for cell in said if _NAMES.fullmatch(cell)) * 5 >= len(said) * 4:
            return place
    return None


def notes() -> tuple[str, ...]:
    """Return what the merchant should know of such a file before it comes in."""
    return (
        _("This file holds variants of products that are in the shop already: import the products first. What a variant"
          " costs or weighs more is added to its product's price and weight."),
    )  # fmt: skip


class Combinations:
    """Makes of one file's rows what they say of each product; what could not be read is left in ``problems``."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.problems: list[Problem] = []
        self._columns = Columns.of(reading)
        self._amounts = Amounts(reading, self._columns, self.problems)
        self._kept = [(place, role[5:]) for place, (_c, role) in enumerate(reading.mapping) if role.startswith("keep:")]
        at = self._columns.first.get("surcharge.weight")
        self._unit = (dict(reading.units).get(reading.headers[at]) if at is not None else "") or "kg"

    def product(self, rows: Sequence[Row]) -> Product | None:
        """Return what rows of one product say of it; its variants' prices and weights are what they add."""
        first = rows[0]
        id, reference = self._text(first, "product.id"), self._text(first, "product.reference")
        found = [(row.number, v) for row in rows if (v := self._variant(row)) is not None]
        if not found:
            return None
        made = tuple(variant for _number, variant in found)
        places = " ".join(str(number) for number, _variant in found)
        named = ((ID, id if id not in _NOTHING else ""), (REFERENCE, reference), (ROWS, places))
        return Product(reference or id, variants=made, facts=options_of(made), extra=named, source_row=first.number)

    def _text(self, row: Row, role: str) -> str:
        place = self._columns.first.get(role)
        return cells.plain(row.cells[place]) if place is not None else ""

    def _variant(self, row: Row) -> Variant | None:
        options = self._options(row)
        if not options:
            return None
        place = self._text(row, "variant.image.place").split(",")[0].strip()
        pictures = cells.addresses(self._text(row, "variant.image"))
        kept = tuple((name, value) for at, name in self._kept if (value := row.cells[at].strip()) not in _NOTHING)
        if place not in _NOTHING and not pictures:
            kept = (*kept, (PLACE, place))
        weight = self._amounts.number(row, "surcharge.weight")
        barcode = self._text(row, "barcode")
        return Variant(
            self._text(row, "sku"), barcode if barcode not in _NOTHING else self._text(row, "barcode.more"), options,
            self._amounts.number(row, "surcharge"), None, self._amounts.number(row, "cost") or None,
            self._amounts.stock(row), None if weight is None else cells.in_grams(weight, self._unit),
            next(iter(pictures), ""), kept,
        )  # fmt: skip

    def _options(self, row: Row) -> tuple[tuple[str, str], ...]:
        names, values = self._text(row, "combination.names"), self._text(row, "combination.values")
        told = _split(names, None)
        said = _split(values, len(told))
        if not names or len(told) != len(said):
            why = _("The attributes and the values of this variant do not belong together, so it is left out.")
            place = self._columns.first.get("combination.values", 0)
            self.problems.append(Problem(row.number, self.reading.headers[place], why))
            return ()
        found = zip(_bare(told, _ATTRIBUTE), _bare(said, _VALUE), strict=True)
        return tuple((name, value) for name, value in found if name and value)


def families(rows: Iterable[Row], reading: Reading) -> Iterator[list[Row]]:
    """Yield runs of rows that mean the same product."""
    places = [n for n, (_c, role) in enumerate(reading.mapping) if role in {"product.id", "product.reference"}]
    group: list[Row] = []
    for row in rows:
        if group and any(row.cells[n] != group[0].cells[n] for n in places):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _split(cell: str, count: int | None) -> list[str]:
    """Return the parts of a list in a cell, by the mark that gives ``count`` of them; a cell meant as one is one."""
    if count == 1:
        return [cell]
    for mark in _LISTS:
        parts = [part for part in cell.split(mark) if part.strip()]
        if len(parts) > 1 if count is None else len(parts) == count:
            return parts
    return [cell]


def _bare(parts: Iterable[str], shape: re.Pattern[str]) -> list[str]:
    return [match[1] if (match := shape.fullmatch(part)) else part.strip() for part in parts]


def options_of(variants: Iterable[Variant]) -> tuple[Fact, ...]:
    """Return the facts that options are, each value once."""
    pairs = dict.fromkeys(option for variant in variants for option in variant.options)
    return tuple(Fact(n, v, kind=cast(FactKind, headers.fact_kind(n)), source=f"option:{n}") for n, v in pairs)


# --- joined with its product ------------------------------------------------------------------------------------------


def joined(mine: Product, told: Product) -> Product:
    """Return the product with the variants that ``told`` says of it; those it says nothing of stay."""
    price, grams, reference = _base(mine, told)
    alone = mine.variants[0] if len(mine.variants) == 1 and not mine.variants[0].options else None
    left = [] if alone is not None else list(mine.variants)
    free = dict(enumerate(left))
    made: list[Variant] = []
    for new in told.variants:
        at = _met(free, new)
        own = free.pop(at) if at is not None else None
        start = own if own is not None else replace(alone or Variant(), id=None, sku="", barcode="", stock=None)
        if alone is not None and new.sku == alone.sku and not any(v.id == alone.id for v in made):
            start = alone
        variant = _summed(start, new, price, grams, mine)
        if at is not None:
            left[at] = variant
        else:
            made.append(variant)
    variants = tuple(replace(v, position=n) for n, v in enumerate((*left, *made), 1))
    kept = {ID: dict(told.extra).get(ID, ""), REFERENCE: reference, PRICE: _said(price), GRAMS: _said(grams)}
    extra = dict(mine.extra) | {name: value for name, value in kept.items() if value}
    return replace(mine, variants=variants, facts=_facts(mine, variants), extra=tuple(extra.items()))


def rebased(merged: Product, mine: Product, theirs: Product) -> Product:
    """Return a product whose own row came again: where it costs or weighs something else, so do its variants."""
    extra, new = dict(mine.extra), theirs.variants[0]
    before = {name: Decimal(extra[name]) for name in (PRICE, GRAMS) if extra.get(name)}
    off = new.price - before[PRICE] if new.price is not None and PRICE in before else Decimal(0)
    more = new.weight_grams - before[GRAMS] if new.weight_grams is not None and GRAMS in before else Decimal(0)
    if not (off or more):
        return merged
    variants = tuple(
        replace(
            variant,
            price=None if variant.price is None else tidy(variant.price + off),
            weight_grams=None if variant.weight_grams is None else tidy(variant.weight_grams + more),
        )
        for variant in merged.variants
    )
    now = {PRICE: _said(new.price) or extra.get(PRICE, ""), GRAMS: _said(new.weight_grams) or extra.get(GRAMS, "")}
    kept = dict(merged.extra) | {name: value for name, value in now.items() if value}
    return replace(merged, variants=variants, extra=tuple(kept.items()))


def base_of(product: Product) -> tuple[Decimal | None, Decimal | None]:
    """Return what a product costs and weighs (grams) without its variants: what was said, else the least of theirs."""
    extra = dict(product.extra)
    price = Decimal(extra[PRICE]) if extra.get(PRICE) else _least([v.price for v in product.variants])
    grams = Decimal(extra[GRAMS]) if extra.get(GRAMS) else _least([v.weight_grams for v in product.variants])
    return price, grams


def tidy(value: Decimal) -> Decimal:
    """Return a sum without the zeros that PrestaShop's six decimals leave behind it."""
    short = value.normalize()
    return short if cast(int, short.as_tuple().exponent) <= 0 else short.quantize(Decimal(1))


def _base(mine: Product, told: Product) -> tuple[Decimal | None, Decimal | None, str]:
    """Return price and weight to add to, and the product's own code."""
    price, grams = base_of(mine)
    extra = dict(mine.extra)
    several = len(mine.variants) > 1
    if several and PRICE not in extra and price is not None:
        price -= _least([v.price or Decimal(0) for v in told.variants]) or 0
    if several and GRAMS not in extra and grams is not None:
        grams -= _least([v.weight_grams or Decimal(0) for v in told.variants]) or 0
    own = "" if several or mine.variants[0].options else mine.sku
    return price, grams, extra.get(REFERENCE, "") or dict(told.extra).get(REFERENCE, "") or own


def _summed(start: Variant, new: Variant, price: Decimal | None, grams: Decimal | None, mine: Product) -> Variant:
    extra = dict(start.extra) | dict(new.extra)
    place = extra.pop(PLACE, "")
    shown = [image.address for image in mine.images if place.isdecimal() and image.position == int(place)]
    more, heavier = new.price or Decimal(0), new.weight_grams or Decimal(0)
    compare = start.compare_at
    if start.id is None and compare is not None:
        compare = tidy(compare + more)
    return replace(
        start, sku=new.sku or start.sku, barcode=new.barcode or start.barcode, options=new.options,
        price=start.price if price is None else tidy(price + more), compare_at=compare,
        cost=new.cost if new.cost is not None else start.cost,
        stock=new.stock if new.stock is not None else start.stock,
        weight_grams=_weight(start, grams, heavier, mine),
        image=new.image or next(iter(shown), "") or start.image, extra=tuple(extra.items()),
    )  # fmt: skip


def _weight(start: Variant, grams: Decimal | None, more: Decimal, mine: Product) -> Decimal | None:
    """Return what a variant weighs: its product's weight and more; where that is nothing, what it says itself."""
    if grams is not None:
        return tidy(grams + more)
    unsaid = start.weight_grams is None and not any(fact.kind == "weight" for fact in mine.facts)
    return more if more and unsaid else start.weight_grams


def _facts(mine: Product, variants: tuple[Variant, ...]) -> tuple[Fact, ...]:
    known = {(fact.name.casefold(), fact.value.casefold()) for fact in mine.facts}
    new = (f for f in options_of(variants) if (f.name.casefold(), f.value.casefold()) not in known)
    return (*mine.facts, *new)


def _met(free: dict[int, Variant], new: Variant) -> int | None:
    """Return which of the shop's variants this is: by code and options, by its code, by its options alone."""
    tests: tuple[Callable[[Variant], bool], ...] = (
        lambda own: own.sku == new.sku and _same(own, new),
        lambda own: bool(new.sku) and own.sku == new.sku,
        lambda own: not (own.sku and new.sku) and _same(own, new),
    )
    return next((n for test in tests for n, own in free.items() if test(own)), None)


def _same(one: Variant, two: Variant) -> bool:
    return {(n.casefold(), v) for n, v in one.options} == {(n.casefold(), v) for n, v in two.options}


def _least(values: Sequence[Decimal | None]) -> Decimal | None:
    """Return the least value, None where one is not known."""
    known = [value for value in values if value is not None]
    return min(known) if known and len(known) == len(values) else None


def _said(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
