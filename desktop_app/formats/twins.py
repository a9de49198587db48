"""Rows with one code or one name: variants of a product, the same row twice, or two products that share a code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.formats import cells, headers
from desktop_app.formats.facts import AXES
from desktop_app.formats.groups import Group, Row
from desktop_app.formats.reading import Reading
from desktop_app.records import Problem
from desktop_app.words import _

SHORT = 40  # longer values tell about a thing, they do not name a variant of it
_NUMBERS = {"price", "sale_price", "compare_at", "cost", "stock", "weight", "grams"}
_OPTIONS = ("option", "attribute", "variation", "relation", "fact:")


_PRODUCTS = ("description", "vendor", "category")  # what two variants of one product have in common


def axes(roles: Sequence[str], reading: Reading) -> list[int]:
    """Return the columns of a merchant's own table that tell variants of one name apart; none in a system's export."""
    if reading.dialect or reading.format != "table":
        return []
    return [n for n, role in enumerate(roles) if role.startswith("fact:") and headers.fact_kind(role[5:]) in AXES]


def joined(
    units: Iterable[Group | Problem], again: Iterable[Group | Problem], reading: Reading
) -> Iterator[Group | Problem]:
    """Yield together the units that are one product; what was taken for granted in that is said.

    Units are one product where code and name are the same, or the name alone with other sizes or colours. A code that
    two names share is said, and both come in. ``again`` are the same units once more, looked through before the first
    is yielded.
    """
    roles = [role for _column, role in reading.mapping]
    families = _Families(roles, axes(roles, reading))
    for unit in again:
        if not isinstance(unit, Problem):
            families.note(unit[0])
    waiting: dict[int, list[Row]] = {}
    for unit in units:
        if isinstance(unit, Problem):
            yield unit
            continue
        number = unit[0][0].number
        if said := families.said.get(number):
            yield Problem(number, *said.of(reading))
        family = families.of.get(number)
        if family is None:
            yield unit
            continue
        waiting.setdefault(family, []).extend(unit[0])
        if families.ends[family] <= unit[0][-1].number:
            yield waiting.pop(family), []
    yield from ((rows, []) for rows in waiting.values())


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be said of a unit: a code that another name has too, or (no code) a name taken from above."""

    code: str
    row: int
    name: str

    def of(self, reading: Reading) -> tuple[str, str]:
        """Return the column it is about, and the sentence."""
        roles = [role for _column, role in reading.mapping]
        if not self.code:
            why = _(
                "The row has no name, so it was taken for a variant of “{name}” in row {row}.", name=self.name,
                row=self.row,
            )  # fmt: skip
            return reading.headers[roles.index("title")], why
        why = _(
            "The code {code} is also that of “{name}” in row {row}. Both came in, but orders and stock cannot tell "
            "them apart: give one of them a code of its own.",
            code=self.code, name=self.name, row=self.row,
        )  # fmt: skip
        return reading.headers[roles.index("sku")], why


class _Families:
    """Which units of rows are one product, by the number of the unit's first row."""

    def __init__(self, roles: Sequence[str], axes: Sequence[int]) -> None:
        self.of: dict[int, int] = {}  # a unit's first row → the first row of its family
        self.ends: dict[int, int] = {}  # family → its last row
        self.said: dict[int, _Said] = {}
        self._sku = roles.index("sku") if "sku" in roles else None
        self._title = roles.index("title") if "title" in roles else None
        self._axes = axes
        self._common = [roles.index(role) for role in _PRODUCTS if role in roles]
        self._known: dict[tuple[str, str], int] = {}  # code and name → family
        self._first: dict[str, tuple[int, str]] = {}  # code → row and name
        self._named: dict[str, int] = {}  # name → family
        self._rows: dict[int, list[Row]] = {}  # rows of a family that has sizes or colours
        self._last: tuple[int, str] | None = None  # family and name of the unit before

    def note(self, own: list[Row]) -> None:
        """Put a unit into the family it belongs to."""
        number = own[0].number
        name = own[0].cells[self._title].strip() if self._title is not None else ""
        codes = [code for row in own if (code := self._code(row))]
        named = {code: (name or self._first.get(code, (0, ""))[1]).casefold() for code in codes}
        family = next((self._known[key] for key in named.items() if key in self._known), number)
        if family == number:
            family = self._by_name(own, name, number)
        if family != number:
            self.of[number] = self.of[family] = family
            self.ends[family] = own[-1].number
        elif other := next(((code, *self._first[code]) for code in codes if code in self._first), None):
            self.said[number] = _Said(*other)
        for code in codes:
            self._known.setdefault((code, named[code]), family)
            self._first.setdefault(code, (number, name))
        if self._axes:
            self._rows.setdefault(family, []).extend(own)
            if name:
                self._named.setdefault(name.casefold(), family)
            self._last = (family, name or (self._last[1] if self._last and family == self._last[0] else ""))

    def _by_name(self, own: list[Row], name: str, number: int) -> int:
        """Return the family of the same name whose sizes or colours are others; ``number`` for none.

        A row without a name may continue the one above it: a merged cell of a sheet stands in its first row only.
        """
        if not self._axes or len(own) > 1 or not any(own[0].cells[n].strip() for n in self._axes):
            return number
        family = self._named.get(name.casefold()) if name else (self._last or (None,))[0]
        if family is None or (not name and not (self._last and self._last[1])):
            return number
        rows = self._rows.get(family, [])
        if not all(self._varies(row, own[0]) and self._agrees(row, own[0]) for row in rows):
            return number
        if not name and self._last:
            self.said[number] = _Said("", family, self._last[1])
        return family

    def _varies(self, one: Row, two: Row) -> bool:
        pairs = ((one.cells[n].strip().casefold(), two.cells[n].strip().casefold()) for n in self._axes)
        return any(a and b and a != b for a, b in pairs)

    def _agrees(self, one: Row, two: Row) -> bool:
        pairs = ((one.cells[n].strip(), two.cells[n].strip()) for n in self._common)
        return all(not a or not b or a == b for a, b in pairs)

    def _code(self, row: Row) -> str:
        return cells.plain(row.cells[self._sku]) if self._sku is not None else ""


def once(rows: list[Row], reading: Reading) -> tuple[list[Row], list[Problem]]:
    """Return a product's rows without those that repeat one of them, and what is to be said of each of these.

    Rows with one code are variants where an option differs. A cell the first has nothing readable in is filled from
    the second; what else differs is named, so that nothing is lost.
    """
    roles = [role for _column, role in reading.mapping]
    sku = roles.index("sku") if "sku" in roles else None
    if sku is None or len({row.cells[sku] for row in rows if row.cells[sku]}) == sum(1 for r in rows if r.cells[sku]):
        return rows, []
    kept: list[Row] = []
    problems: list[Problem] = []
    seen: dict[str, list[int]] = {}  # code → places in ``kept``
    for row in rows:
        code = cells.plain(row.cells[sku])
        twin = next((n for n in seen.get(code, ()) if not _vary(kept[n], row, roles)), None) if code else None
        if twin is None:
            if code:
                seen.setdefault(code, []).append(len(kept))
            kept.append(row)
            continue
        kept[twin], why = _filled(kept[twin], row, reading, code)
        problems.append(Problem(row.number, reading.headers[sku], why))
    return kept, problems


def _vary(one: Row, two: Row, roles: Sequence[str]) -> bool:
    """Say whether an option of two rows differs: a short value that both have, in a column that names variants."""
    for role, mine, other in zip(roles, one.cells, two.cells, strict=False):
        if not role.startswith(_OPTIONS) or role.endswith(".name"):
            continue
        mine, other = mine.strip(), other.strip()
        if mine and other and mine.casefold() != other.casefold() and max(len(mine), len(other)) <= SHORT:
            return True
    return False


def _filled(first: Row, second: Row, reading: Reading, code: str) -> tuple[Row, str]:
    line, taken, differing = list(first.cells), [], []
    for place, (column, role) in enumerate(reading.mapping):
        mine, other = first.cells[place].strip(), second.cells[place].strip()
        if not other or mine == other:
            continue
        if not mine or (role in _NUMBERS and not _readable(mine, reading) and _readable(other, reading)):
            line[place] = second.cells[place]
            taken.append(f"{column} {other[:SHORT]}")
        else:
            differing.append(f"{column} {other[:SHORT]} ({mine[:SHORT]})")
    said = [_("The code {code} is in row {row} already, so this row was not brought in.", code=code, row=first.number)]
    if taken:
        said.append(_("Taken from here: {cells}.", cells=", ".join(taken)))
    if differing:
        said.append(_("It differs, and row {row} was kept: {cells}.", row=first.number, cells=", ".join(differing)))
    return Row(first.number, line), " ".join(said)


def _readable(cell: str, reading: Reading) -> bool:
    if headers.stock_words().get(headers.fold(cell)):
        return True
    try:
        return cells.number(cell, reading.comma) is not None
    except (ValueError, ArithmeticError):
        return False
