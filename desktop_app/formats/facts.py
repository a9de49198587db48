"""What a row says about the product: columns, options, lists of attributes, telling tags; with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import cast

from desktop_app.formats import cells, headers
from desktop_app.formats.groups import Row
from desktop_app.formats.reading import Reading
from desktop_app.records import Fact, FactKind, Variant

_PAIR = re.compile(r",(?=[^\W\d_][\w ]*=)")
_TAG = re.compile(r"([^\W\d_][\w ]{1,30}?)\s*[:=]\s*(\S.{0,60})")
# "材质:陶瓷;颜色:蓝色", one cell that says several things by name; Taobao's own numbers ("20021:28320") name nothing.
_NAMED = re.compile(r"\s*([^\W\d_][^:：=;；|\n]{0,30}?)\s*[:：=]\s*([^:：=\s/][^:：=]*?)\s*")
_KEPT = 1 << 16
_SPLIT = {"material", "colour", "style", "feature", "contents", "certificate", "scent"}
AXES = {"size", "colour", "scent", "volume", "count"}  # kinds of facts by which variants of one thing differ
LONGEST = 60  # longer words name no variant
# Sizes a thing comes in, "35,36,37" or "S,M,L": each is one, as colours are.
_SIZE = r"(?:\d{2,3}(?:\.5)?|\dX+L|X*[SML]|均码)"
_SIZES = re.compile(rf"{_SIZE}(?:\s*[,，、/]\s*{_SIZE}){{2,}}")
_MEASURED = {"size", "weight", "volume"}


class Facts:
    """Finds the facts in the rows of one file."""

    def __init__(self, reading: Reading) -> None:
        units = dict(reading.units)
        self._columns: list[tuple[int, str, str, FactKind, str, bool]] = []
        self._attributes: list[tuple[int, int, str]] = []
        self._lists: list[tuple[int, str, str]] = []
        self._weight: tuple[int, str, str, str] | None = None
        self._tags: int | None = None
        self._comma = reading.comma
        self._made: dict[tuple[int, str], tuple[Fact, ...]] = {}  # facts are frozen: the same cell gives the same ones
        pairs: dict[str, dict[str, int]] = {}
        for place, (header, role) in enumerate(reading.mapping):
            source = f"column:{header}"
            if role.startswith("fact:"):
                kind, unit = _kind(role[5:]), units.get(header, "")
                self._columns.append((place, role[5:], unit, kind, source, kind in _SPLIT))
            elif role.startswith("attribute") and "." in role:
                number, _dot, part = role.partition(".")
                pairs.setdefault(number, {})[part] = place
            elif role in _LISTED:
                self._lists.append((place, role, source))
            elif role == "weight":
                self._weight = (place, headers.readable(header), units.get(header, ""), source)
            elif role == "tags":
                self._tags = place
        for pair in pairs.values():
            if len(pair) == 2:
                self._attributes.append((pair["name"], pair["value"], f"column:{reading.headers[pair['value']]}"))

    def varying(self, rows: Sequence[Row]) -> list[tuple[str, int]]:
        """Return name and place of the fact columns in which the rows of one product differ: these are its options.

        A fact that stands in some rows only, and is the same in these, is the product's. Where sizes and colours tell
        the rows apart, nothing else needs to; notes and long words never do.
        """
        found = [
            (name, place, kind)
            for place, name, _unit, kind, _source, _list in self._columns
            if len({cell for row in rows if (cell := row.cells[place].strip())}) > 1
            and headers.compared(name).words not in headers.note_words()
            and max(len(row.cells[place]) for row in rows) <= LONGEST
        ]
        named = [(name, place) for name, place, kind in found if kind in AXES]
        told = {tuple(row.cells[place].strip() for _name, place in named) for row in rows}
        return named if named and len(told) == len(rows) else [(name, place) for name, place, _kind in found]

    def of(self, own: Sequence[Row], variants: Sequence[Variant], options: Sequence[str]) -> tuple[Fact, ...]:
        """Return the facts of a product, each value once; ``options`` are the names its variants differ by."""
        row = own[0].cells
        found: list[Fact] = []
        for place, name, unit, kind, source, is_list, cell in self._said(own):
            if name in options:
                continue
            made = self._made.get((place, cell))
            if made is None:
                made = tuple(self._column(cell.strip(), name, unit, kind, source, is_list)) if cell.strip() else ()
                if len(self._made) < _KEPT:
                    self._made[place, cell] = made
            found += made
        for name_at, value_at, source in self._attributes:
            name, cell = row[name_at].strip(), row[value_at].strip()
            if name and cell:
                origin = f"option:{name}" if name in options else source
                found += [Fact(name, value, kind=_kind(name), source=origin) for value in cells.split_list(cell)]
        for place, role, source in self._lists:
            if row[place]:
                found += _LISTED[role](row[place], source)
        # A weight the merchant gave a name says it already, perhaps rounded in another unit.
        # Where variants weigh differently, no one weight is the product's.
        if self._weight is not None and not any(fact.kind == "weight" for fact in found):
            weights = {cell for line in own if (cell := line.cells[self._weight[0]].strip())}
            found += self._weighed(weights.pop()) if len(weights) == 1 else []
        if options:
            found += _options(variants)
        if self._tags is not None and row[self._tags]:
            found += _tags(row[self._tags])
        return _once(found) if len(found) > 1 else tuple(found)

    def _said(self, own: Sequence[Row]) -> Iterable[tuple[int, str, str, FactKind, str, bool, str]]:
        """Yield each column with each cell that says something, in whichever row of the product it stands."""
        for column in self._columns:
            if len(own) == 1:
                if cell := own[0].cells[column[0]]:
                    yield (*column, cell)
            else:
                yield from ((*column, cell) for cell in dict.fromkeys(r.cells[column[0]] for r in own) if cell)

    def _column(self, cell: str, name: str, unit: str, kind: FactKind, source: str, is_list: bool) -> Iterable[Fact]:
        if kind == "free" and (several := named(cell)):
            for said, value in several:
                yield from self._column(value, said, "", _kind(said), source, _kind(said) in _SPLIT)
        elif kind == "size" and _SIZES.fullmatch(cell):
            for value in cells.split_list(cell.replace("/", ",")):
                yield Fact(name, value, kind=kind, source=source)
        elif unit or kind in _MEASURED:
            value, read = cells.measure(cell, unit, self._comma)
            if value not in {"0", "0.0", "0.00"}:
                yield Fact(name, value, read, kind, source=source)
        elif "\n" in cell or (is_list and len(cell) < 200 and not cells.is_html(cell)):
            for value in cells.split_list(cell):
                yield Fact(name, value, kind=kind, source=source)
        else:
            yield Fact(name, cell, kind=kind, source=source)

    def _weighed(self, cell: str) -> list[Fact]:
        if self._weight is None or not cell:
            return []
        _place, name, unit, source = self._weight
        value, read = cells.measure(cell, unit, self._comma)
        return [Fact(name, value, read, "weight", source=source)] if value.strip("0.,") else []


def _once(facts: list[Fact]) -> tuple[Fact, ...]:
    """Return ``facts`` without those that only say again what an earlier one says."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for fact in facts:
        key = (fact.name.casefold(), fact.value)
        if key not in seen:
            seen.add(key)
            kept.append(fact)
    return tuple(kept)


def _kind(name: str) -> FactKind:
    return cast(FactKind, headers.fact_kind(name))


def _attributes(cell: str, source: str) -> list[Fact]:
    """Return the facts of ``material=Wool,climate=Cool|Indoor``, flags and the system's own left out."""
    found = []
    for part in _PAIR.split(cell):
        name, mark, text = part.strip().strip('"').partition("=")
        words = headers.compared(name).words
        if not mark or cells.is_flag(text) or headers.noise().search(words):
            continue
        shown = headers.readable(name)
        values = [value.strip().strip('"') for value in text.split("|")]
        found += [Fact(shown, value, kind=_kind(name), source=f"{source}/{name}") for value in values if value]
    return found


def _features(cell: str, source: str) -> list[Fact]:
    """Return the facts of PrestaShop's ``Name:Value:Position`` lists."""
    found = []
    for part in re.split(r"[;,]\s*(?=[^:;,]+:)", cell):
        steps = [step.strip() for step in part.split(":")]
        if len(steps) >= 2 and steps[0] and steps[1]:
            found.append(Fact(steps[0], steps[1], kind=_kind(steps[0]), source=source))
    return found


def _lines(cell: str, source: str) -> list[Fact]:
    """Return the facts of lines such as ``Material: linen``, as `write_table` writes them."""
    found = []
    for name, mark, value in (line.partition(": ") for line in cell.splitlines()):
        if mark and value:
            weighs = headers.aliases().get(headers.compared(name).words) == "weight"
            kind: FactKind = "weight" if weighs else _kind(name)
            measured = cells.measure(value, "") if kind in _MEASURED else (value, "")
            found.append(Fact(name, *measured, kind=kind, source=source))
    return found


def named(cell: str) -> list[tuple[str, str]]:
    """Return names and values of a cell that is nothing but such pairs, two at least; else nothing."""
    parts = [part for part in re.split(r"[;；|\n]", cell) if part.strip()]
    found = [match.groups() for part in parts if (match := _NAMED.fullmatch(part))]
    return [(name, value) for name, value in found] if len(found) == len(parts) > 1 else []


def _properties(cell: str, source: str) -> list[Fact]:
    """Return the facts of Taobao's ``材质:陶瓷;颜色:蓝色``; pairs of its own numbers, which only it knows, are left."""
    found = []
    for part in re.split(r"[;；|\n]", cell):
        if match := _NAMED.fullmatch(part):
            kind = _kind(match[1])
            values = cells.split_list(match[2]) if kind in _SPLIT else [match[2]]
            found += [Fact(match[1], value, kind=kind, source=source) for value in values]
    return found


_LISTED = {"properties": _properties, "attributes": _attributes, "features": _features, "facts": _lines}


def _options(variants: Sequence[Variant]) -> list[Fact]:
    pairs = dict.fromkeys(option for variant in variants for option in variant.options)
    return [Fact(name, value, kind=_kind(name), source=f"option:{name}") for name, value in pairs]


def _tags(cell: str) -> list[Fact]:
    """Return the facts of tags that say what they mean, such as ``Material: linen``."""
    found = []
    for tag in cell.split(",") if ":" in cell or "=" in cell else ():
        if match := _TAG.fullmatch(tag.strip()):
            found.append(Fact(match[1].strip(), match[2].strip(), kind=_kind(match[1]), source="tag"))
    return found
