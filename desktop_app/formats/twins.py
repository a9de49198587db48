"""Rows that carry the same code: variants of one product, the same row twice, or two products that share a code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_app.formats import cells, headers
from desktop_app.formats.groups import Group, Row
from desktop_app.formats.reading import Reading
from desktop_app.records import Problem
from desktop_app.words import _

SHORT = 40  # longer values tell about a thing, they do not name a variant of it
_NUMBERS = {"price", "sale_price", "compare_at", "cost", "stock", "weight", "grams"}
_OPTIONS = ("option", "attribute", "variation", "relation", "fact:")


@dataclass(slots=True)
class _Families:
    """Which units of rows are one product, by the number of the unit's first row."""

    of: dict[int, int] = field(default_factory=dict)  # a unit's first row → the first row of its family
    ends: dict[int, int] = field(default_factory=dict)  # family → its last row
    shared: dict[int, tuple[str, int, str]] = field(default_factory=dict)  # unit → code, row and name of another's


def joined(
    units: Iterable[Group | Problem], again: Iterable[Group | Problem], reading: Reading
) -> Iterator[Group | Problem]:
    """Yield units of one code and one name together; a code that two names share is said, and both come in.

    ``again`` are the same units once more, looked through before the first is yielded.
    """
    roles = [role for _column, role in reading.mapping]
    sku, title = roles.index("sku"), roles.index("title") if "title" in roles else None
    families = _families(again, sku, title)
    waiting: dict[int, list[Row]] = {}
    for unit in units:
        if isinstance(unit, Problem):
            yield unit
            continue
        own, below = unit
        number = own[0].number
        if other := families.shared.get(number):
            code, row, name = other
            why = _(
                "The code {code} is also that of “{name}” in row {row}. Both came in, but orders and stock cannot tell "
                "them apart: give one of them a code of its own.",
                code=code, name=name, row=row,
            )  # fmt: skip
            yield Problem(number, reading.headers[sku], why)
        family = families.of.get(number)
        if family is None:
            yield own, below
            continue
        waiting.setdefault(family, []).extend(own)
        if families.ends[family] <= own[-1].number:
            yield waiting.pop(family), []
    yield from ((rows, []) for rows in waiting.values())


def _families(units: Iterable[Group | Problem], sku: int, title: int | None) -> _Families:
    found = _Families()
    known: dict[tuple[str, str], int] = {}
    first: dict[str, tuple[int, str]] = {}  # code → row and name
    for unit in units:
        if isinstance(unit, Problem):
            continue
        own = unit[0]
        number = own[0].number
        name = own[0].cells[title].strip() if title is not None else ""
        codes = [code for row in own if (code := cells.plain(row.cells[sku]))]
        named = {code: (name or first.get(code, (0, ""))[1]).casefold() for code in codes}
        family = next((known[key] for key in named.items() if key in known), number)
        if family != number:
            found.of[number] = found.of[family] = family
            found.ends[family] = own[-1].number
        elif other := next(((code, *first[code]) for code in codes if code in first), None):
            found.shared[number] = other
        for code in codes:
            known.setdefault((code, named[code]), family)
            first.setdefault(code, (number, name))
    return found


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
