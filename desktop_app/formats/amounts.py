"""The numbers of a row: prices, counts and weights, and what is to be said where one is none or may be another."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from desktop_app.formats import cells, headers
from desktop_app.formats.groups import Row
from desktop_app.formats.places import Columns
from desktop_app.formats.reading import Reading
from desktop_app.records import Problem
from desktop_app.words import _

T = TypeVar("T")


class Amounts:
    """Reads the numbers of one file's rows; what could not be read is put into ``problems``."""

    def __init__(self, reading: Reading, columns: Columns, problems: list[Problem]) -> None:
        self._reading, self._columns, self._problems = reading, columns, problems
        self._units = dict(reading.units)
        place = columns.first.get("stock")
        # Some systems write every count with three decimals; elsewhere 1.000 pieces are a thousand.
        counts = [row[place] for row in reading.sample if place < len(row) and row[place]] if place is not None else []
        self._decimal_stock = len(counts) > 1 and all(cells.has_three_decimals(count) for count in counts)

    def number(self, row: Row, role: str) -> Decimal | None:
        """Return an amount of money; one below zero is left out, one that reads two ways is said."""
        place = self._columns.first.get(role)
        cell = row.cells[place] if place is not None else ""
        value = self._tried(row, role, cells.number, cell) if cell else None
        if value is None:
            return None
        why = ""
        more = role.startswith("surcharge")  # what is added may be below zero
        if value < 0 and not more:
            why = _("“{cell}” is below zero, which no amount of this kind is; it was left out.")
        elif self._reading.doubtful and cells.two_ways(cell, self._reading.comma):
            why = _("“{cell}” can be read in two ways; it was taken for {value}. The other amounts do not settle it.")
        if why:
            shown = why.format(cell=cell.strip()[:60], value=f"{value.normalize():f}")
            self._problems.append(Problem(row.number, self._header(role), shown))
        return value if value >= 0 or more else None

    def stock(self, row: Row) -> int | None:
        """Return a count, 0 for words that say so; None where it is not counted."""
        place = self._columns.first.get("stock")
        cell = row.cells[place] if place is not None else ""
        if cell[:1].isalpha() and (known := headers.stock_words().get(headers.fold(cell))):
            return 0 if known == "out" else None
        if not cell:
            return None
        thousands = not self._decimal_stock and cells.two_ways(cell, self._reading.comma)
        value = self._tried(row, "stock", cells.whole, cell.replace(".", "").replace(",", "") if thousands else cell)
        if value is not None and (thousands or not cells.is_whole(cell, self._reading.comma)):
            why = _("“{cell}” may mean something else as a count; it was taken for {value}.")
            shown = why.format(cell=cell.strip()[:60], value=value)
            self._problems.append(Problem(row.number, self._header("stock"), shown))
        return value

    def weight(self, row: Row) -> Decimal | None:
        """Return a weight in grams."""
        places = self._columns.first
        place = places.get("grams", places.get("weight"))
        cell = row.cells[place].strip() if place is not None else ""
        if not cell or place is None:
            return None
        unit_at = places.get("weight_unit")
        unit = "g" if "grams" in places else self._units.get(self._reading.headers[place], "")
        if unit_at is not None and not unit:
            unit = headers.units().get(headers.fold(row.cells[unit_at]), "")
        text, unit = cells.measure(cell, unit, self._reading.comma)
        value = self._tried(row, "grams" if "grams" in places else "weight", cells.number, text)
        return cells.in_grams(value, unit) if value else None

    def _tried(self, row: Row, role: str, read: Callable[[str, bool], T | None], cell: str) -> T | None:
        try:
            return read(cell, self._reading.comma)
        except (ValueError, ArithmeticError):
            why = _("“{cell}” is no number.")
            self._problems.append(Problem(row.number, self._header(role), why.format(cell=cell.strip()[:60])))
            return None

    def _header(self, role: str) -> str:
        place = self._columns.first.get(role)
        return self._reading.headers[place] if place is not None else ""
