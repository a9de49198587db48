"""What a translation must keep: numbers with their units, sizes, codes, brands and the words of a glossary."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop_app.language import quantities
from desktop_app.language.quantities import Quantity
from desktop_app.words import _

_NEAR = Fraction(1, 100)  # an inch in centimetres, written with one decimal


def differences(source: str, target: str, names: Sequence[str] = ()) -> list[str]:
    """Return, each as a sentence, what ``target`` does not keep of ``source`` or says beyond it; nothing is best.

    ``names`` are brands and glossary words that stand in both as they are.
    """
    before, after = _measured(source), _measured(target)
    lost = [q.text for q in before if not any(_same(q, other) for other in after)]
    new = [q.text for q in after if not any(_same(q, other) for other in before)]
    said = [_("“{text}” is not in the translation.", text=text) for text in lost]
    said += [_("“{text}” is not in the text that was translated.", text=text) for text in new]
    for name in names:
        if name and name.casefold() in source.casefold() and name.casefold() not in target.casefold():
            said.append(_("“{text}” is not in the translation.", text=name))
    return said


def _measured(text: str) -> list[Quantity]:
    """Return the numbers that are more than a small count in words: "one" and "two" are often just articles."""
    return [q for q in quantities.scan(text) if q.unit or q.code or q.money or any(c.isdigit() for c in q.text)]


def _same(first: Quantity, second: Quantity) -> bool:
    if first.code or second.code:
        return first.text.casefold() == second.text.casefold()
    if (first.unit is None) != (second.unit is None):
        return False
    if first.unit is not None and second.unit is not None:
        if first.unit.dimension != second.unit.dimension:
            return False
        return any(_close(a * first.unit.factor, b * second.unit.factor) for a in first.values for b in second.values)
    return any(_close(a, b) for a in first.values for b in second.values)


def _close(first: Fraction, second: Fraction) -> bool:
    return abs(first - second) <= _NEAR * max(abs(first), abs(second))
