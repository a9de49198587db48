"""Rows of a list of returns: what each says went back, and which of them did not happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from desktop_app.formats import order_columns
from desktop_app.records import Problem
from desktop_app.trade import ZERO
from desktop_app.words import _

Row = tuple[int, list[str]]
_SAID = ("state.after", "state")


def happened(rows: Sequence[Row], at: dict[str, int], columns: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """Return the rows of what did come back, and of the others what to say: refused, called off, or only asked for."""
    place = next((at[role] for role in _SAID if role in at), None)
    if place is None:
        return list(rows), []
    kept, problems = list[Row](), list[Problem]()
    for number, record in rows:
        said = record[place].strip()
        if order_columns.is_undone(said):
            why = _("“{cell}” says that nothing came back, so this return was left out.", cell=said[:40])
            problems.append(Problem(number, columns[place], why))
        else:
            kept.append((number, record))
    return kept, problems


def money(rows: Sequence[Row], place: int, read: Callable[[str], Decimal | None]) -> Decimal:
    """Return what went back in all: in such a list each row says its own."""
    return sum((abs(read(record[place].strip()) or ZERO) for _number, record in rows), ZERO)
