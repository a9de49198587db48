"""Units of measure in the languages a shop meets, and the quantities written with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from desktop_app.language import lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many base units it is, and how it is written."""

    dimension: str
    factor: Fraction
    en: str
    zh: str


@cache
def forms() -> dict[str, Unit]:
    """Return every written form, lower case, with its unit."""
    found: dict[str, Unit] = {}
    for row in lexicon.rows("units"):
        unit = Unit(row["dimension"], Fraction(row["factor"]), row["en"], row["zh"])
        for form in row["forms"].split("|"):
            found.setdefault(form.casefold(), unit)
    return found


def find(form: str) -> Unit | None:
    """Return the unit written ``form``, or None."""
    text = form.strip().casefold()
    return forms().get(text) or forms().get(text.rstrip("."))


# No letter but a Chinese one goes on. Han has no cases; looking for them anyhow costs the compiler 3 ms each time.
_ENDS = r"(?!(?-i:(?![\u4e00-\u9fff]))[^\W\d_])"
_Tree = dict[str, "_Tree"]


@cache
def pattern() -> str:
    """Return a regular expression (no groups) that matches any unit, the longest form first.

    Forms of Latin letters end at a word's end; "5 in a row" is left to the reader of the match. Written as a tree: the
    compiler takes half a second for the forms side by side, and each of them would be tried at every number.
    """
    tree: _Tree = {}
    for form in forms():
        branch = tree
        for letter in form:
            branch = branch.setdefault(letter, {})
        branch[_ENDS if form[-1].isalpha() and not "\u4e00" <= form[-1] <= "\u9fff" else ""] = {}
    return f"(?:{_written(tree)})"


def _written(tree: _Tree, told: bool = False) -> str:
    """Return the expression for what may follow, the end of a form last; ``told``: how all ends stands behind it."""
    if not told and _ends(tree) == {_ENDS}:
        return _written(tree, True) + _ENDS
    longer = [re.escape(letter) + _written(branch, told) for letter, branch in tree.items() if len(letter) == 1]
    either = longer + ["" if told else end for end in tree if len(end) != 1]
    return either[0] if len(either) == 1 else f"(?:{'|'.join(either)})"


def _ends(tree: _Tree) -> set[str]:
    return {end for end in tree if len(end) != 1}.union(
        *(_ends(branch) for key, branch in tree.items() if len(key) == 1)
    )


@cache
def _whole() -> re.Pattern[str]:
    number = r"(?:\d+(?:[.,]\d+)?(?:\s*[½¼¾])?|[½¼¾]|\d+/\d+)"
    one = rf"{number}\s*-?\s*(?:{pattern()})?"
    label = r"(?:[^\W\d_]{1,12}\.?\s*:?\s*)?"
    return re.compile(
        rf"{label}(?:{one})(?:\s*(?:[x×*✕–—~～至到-]|by|to|bis|a)\s*{label}(?:{one}))*\s*(?:{pattern()})?", re.I
    )


@cache
def _last() -> re.Pattern[str]:
    return re.compile(rf"\d[\d.,½¼¾\s]*-?\s*({pattern()})", re.I)


def dimension_of(value: str) -> str:
    """Return the dimension of a value that is nothing but a quantity ("38 × 25 cm" → "length"), else ""."""
    text = value.strip()
    if not re.search(r"\d|[½¼¾]", text) or not _whole().fullmatch(text):
        return ""
    found = _last().search(text)
    unit = find(found[1]) if found else None
    return unit.dimension if unit else ""
