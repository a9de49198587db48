"""Which rows make one product: rows of a handle, variations of a parent, the children of a configurable product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.formats.reading import Reading, numbered
from desktop_app.records import Problem
from desktop_app.words import _


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, as wide as the headers."""

    number: int
    cells: list[str]


Group = tuple[list[Row], list[Row]]  # the rows of the product itself, and of its variants
_VARIATIONS = {"variation", "subscription_variation"}
_BELOW = {"wix": "variant", "ebay": "variation"}  # systems whose variants stand below their product, and their mark


def grouped(rows: Iterable[Row], data: bytes, reading: Reading) -> Iterator[Group | Problem]:
    """Yield the rows of each product; only rows of products that are not complete yet are held."""
    roles = [role for _column, role in reading.mapping]
    if "children" in roles:
        return _configurable(rows, cells_of(data, reading), reading)
    if "parent" in roles and reading.format == "woocommerce":
        return _parents(rows, cells_of(data, reading), roles, reading)
    if reading.dialect in _BELOW and "type" in roles:
        return _below(rows, roles.index("type"), _BELOW[reading.dialect])
    if "parent" in roles:
        return _families(rows, cells_of(data, reading), roles)
    if "handle" not in roles and "title" in roles and any(role.startswith("option:") for role in roles):
        return _same(rows, roles.index("title"), [n for n, role in enumerate(roles) if role.startswith("option:")])
    if "handle" not in roles:
        return (([row], []) for row in rows)
    place = roles.index("handle")
    return _scattered(rows, cells_of(data, reading), place) if reading.scattered else _same(rows, place)


def kept_together(roles: Sequence[str], reading: Reading) -> bool:
    """Say whether a column, or the order of the rows, tells which rows are one product."""
    return not {"handle", "parent", "children"}.isdisjoint(roles) or (reading.dialect in _BELOW and "type" in roles)


def _same(rows: Iterable[Row], place: int, merged: Sequence[int] = ()) -> Iterator[Group]:
    """Yield runs of rows with the same cell; an empty cell stands alone.

    Where a row says something in one of the columns ``merged``, an empty cell is the one above it: a merged cell of a
    sheet stands in its first row only.
    """
    group: list[Row] = []
    last = ""
    for row in rows:
        key = row.cells[place]
        if not key and last and any(row.cells[n].strip() for n in merged):
            key = last
        if group and (key != last or not key):
            yield group, []
            group = []
        group.append(row)
        last = key
    if group:
        yield group, []


def _below(rows: Iterable[Row], kind: int, mark: str) -> Iterator[Group]:
    """Yield products with the rows of variants right below them."""
    group: Group | None = None
    for row in rows:
        if row.cells[kind].strip().casefold() == mark and group is not None:
            group[1].append(row)
            continue
        if group is not None:
            yield group
        group = ([row], [])
    if group is not None:
        yield group


def _scattered(rows: Iterable[Row], again: Iterable[Row], place: int) -> Iterator[Group]:
    final = {row.cells[place]: row.number for row in again if row.cells[place]}
    waiting: dict[str, list[Row]] = {}
    for row in rows:
        key = row.cells[place]
        group = waiting.setdefault(key, [])
        group.append(row)
        if not key or final.get(key, row.number) <= row.number:
            yield waiting.pop(key), []
    yield from ((group, []) for group in waiting.values())


def _parents(
    rows: Iterable[Row], again: Iterable[Row], roles: list[str], reading: Reading
) -> Iterator[Group | Problem]:
    """Yield products with the rows that name them as parent, by SKU or ``id:N``."""
    parent, kind = roles.index("parent"), roles.index("type") if "type" in roles else None
    last: dict[str, int] = {}  # how a parent is called → the last row of its family
    own: dict[str, str] = {}  # what a product may be called → the one name its family goes by
    loose: dict[str, str] = {}
    for row in again:
        reference = row.cells[parent].strip()
        if reference and _is_variation(row, kind):
            last[reference] = row.number
            continue
        name, number = _called(row, roles)
        own[name] = own[f"id:{number}"] = loose[number] = name
    own = loose | own
    ends: dict[str, int] = {}
    for reference, number_of in last.items():
        if family := own.get(reference):
            ends[family] = max(number_of, ends.get(family, 0))
    waiting: dict[str, Group] = {}
    for row in rows:
        reference = row.cells[parent].strip()
        if reference and _is_variation(row, kind):
            family = own.get(reference)
            if family is None:
                why = _("The file has no row for the product {parent}, so this variant is left out: import a file that "
                        "holds both.")  # fmt: skip
                yield Problem(
                    row.number, reading.headers[parent], why.format(parent=reference), _variant_named(row, roles)
                )
                continue
            waiting.setdefault(family, ([], []))[1].append(row)
        elif _is_variation(row, kind) and kind is not None and row.cells[kind].strip().lower() in _VARIATIONS:
            yield Problem(
                row.number, reading.headers[parent],
                _("This variant does not say which product it belongs to, so it is left out."),
                _variant_named(row, roles),
            )  # fmt: skip
            continue
        else:
            family = _called(row, roles)[0]
            if family not in ends:
                yield [row], []
                continue
            waiting.setdefault(family, ([], []))[0].append(row)
        if ends[family] <= row.number and waiting[family][0]:
            yield waiting.pop(family)
    yield from _left(waiting, roles)


def _families(rows: Iterable[Row], again: Iterable[Row], roles: list[str]) -> Iterator[Group | Problem]:
    """Yield the rows that name the same parent, with the parent's own row where the file has one."""
    parent = roles.index("parent")
    names = [roles.index(role) for role in ("sku", "id") if role in roles]
    ends: dict[str, int] = {}
    own: dict[str, int] = {}
    for row in again:
        if reference := row.cells[parent].strip():
            ends[reference] = row.number
        own.update((name, row.number) for place in names if (name := row.cells[place].strip()))
    waiting: dict[str, Group] = {}
    for row in rows:
        reference = row.cells[parent].strip()
        key = reference or next((n for place in names if (n := row.cells[place].strip()) in ends), "")
        if not key:
            yield [row], []
            continue
        apart = own.get(key) not in {None, row.number}
        waiting.setdefault(key, ([], []))[1 if reference and apart else 0].append(row)
        if max(ends[key], own.get(key, 0)) <= row.number:
            yield from _left({key: waiting.pop(key)}, roles)
    yield from _left(waiting, roles)


def _left(waiting: dict[str, Group], roles: Sequence[str]) -> Iterator[Group | Problem]:
    """Yield what still waits; variants whose product's row could not be read are problems, not lost."""
    for name, (own, variants) in waiting.items():
        if own:
            yield own, variants
            continue
        why = _("The row of product {parent} could not be read, so this variant is left out too.")
        yield from (Problem(row.number, "", why.format(parent=name), _variant_named(row, roles)) for row in variants)


def _variant_named(row: Row, roles: Sequence[str]) -> str:
    """Return what a merchant knows a variant's row by: its code, its name, else the number of the row."""
    said = (row.cells[roles.index(role)].strip() for role in ("sku", "title") if role in roles)
    return next((text for text in said if text), str(row.number))


def _configurable(rows: Iterable[Row], again: Iterable[Row], reading: Reading) -> Iterator[Group | Problem]:
    """Yield products, a configurable one with the rows of the children it lists."""
    roles = [role for _column, role in reading.mapping]
    children, sku = roles.index("children"), roles.index("sku")
    view = roles.index("store_view") if "store_view" in roles else None
    family: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for row in again:
        name = row.cells[sku].strip()
        numbers.setdefault(name, row.number)
        for child, _options in listed_children(row.cells[children]):
            family[child] = name
    ends = dict(numbers)
    for child, parent in family.items():
        ends[parent] = max(ends.get(parent, 0), numbers.get(child, 0))
    parents = set(family.values())
    waiting: dict[str, Group] = {}
    for row in rows:
        name = row.cells[sku].strip()
        if view is not None and row.cells[view].strip() and numbers.get(name) != row.number:
            why = _("The texts for the store view {view} are left out.")
            yield Problem(row.number, reading.headers[view], why.format(view=row.cells[view].strip()))
            continue
        parent = family.get(name, name if name in parents else "")
        if not parent:
            yield [row], []
            continue
        waiting.setdefault(parent, ([], []))[0 if parent == name else 1].append(row)
        if ends[parent] <= row.number:
            yield from _left({parent: waiting.pop(parent)}, roles)
    yield from _left(waiting, roles)


def listed_children(cell: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return SKU and options of each child that Magento's ``configurable_variations`` lists."""
    found = []
    for part in cell.split("|") if cell else ():
        pairs = [tuple(pair.split("=", 1)) for pair in part.split(",") if "=" in pair]
        named = {str(name).strip(): str(value).strip() for name, value in pairs}
        sku = named.pop("sku", "")
        if sku:
            found.append((sku, tuple(named.items())))
    return found


def _called(row: Row, roles: list[str]) -> tuple[str, str]:
    """Return the name by which a WooCommerce product's family goes (SKU, else ``id:N``) and its bare number."""
    sku = row.cells[roles.index("sku")].strip() if "sku" in roles else ""
    number = row.cells[roles.index("id")].strip() if "id" in roles else ""
    return sku or f"id:{number}", number


def _is_variation(row: Row, kind: int | None) -> bool:
    return kind is None or row.cells[kind].strip().lower() in _VARIATIONS


def cells_of(data: bytes, reading: Reading) -> Iterator[Row]:
    """Yield the rows of data once more, for the lists that say which rows belong together."""
    width = len(reading.headers)
    for number, record in numbered(data, reading):
        if number >= reading.first_row and isinstance(record, list) and any(record):
            yield Row(number, record if len(record) >= width else record + [""] * (width - len(record)))
