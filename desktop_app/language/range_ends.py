"""The ends of a range: what grows between 1,300 and 1,500 metres does not grow above 1,500."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.language import quantities
from desktop_app.language.amounts import carries
from desktop_app.language.carrier import Carrier, told
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_TO = re.compile(r"\s*(?:[-–—~～至到])\s*")
_LEAST = re.compile(r"(?:以上|起步|往上|开外|及以上)|起(?=[，。、；！的]|$)")
_LEAST_BEFORE = re.compile(r"(?:至少|最少|不低于|不少于|起码|超过|高于|大于)(?:有|是|要)?$")
_MOST = re.compile(r"(?:以下|以内|之内|及以下|封顶)")
_MOST_BEFORE = re.compile(r"(?:最多|至多|不超过|不高于|不大于|低于|小于|不到)(?:有|是|也就)?$")
_STOP = re.compile(r"(?:的)?(?:话)?[，]?(?:就|则|都|也)?(?:别|不|太|会|要|得|需)")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of a fact, in base units."""

    name: str
    dimension: str
    low: Fraction
    high: Fraction


def of(product: Product) -> tuple[Range, ...]:
    """Return the ranges the facts give."""
    found = []
    for fact in product.facts:
        value = told(fact)
        for one, two in itertools.pairwise(quantities.scan(value)):
            if (
                one.unit
                and one.unit == two.unit
                and one.values
                and two.values
                and _TO.fullmatch(value[one.end : two.start])
            ):
                found.append(
                    Range(
                        fact.name, one.unit.dimension, one.values[0] * one.unit.factor, two.values[0] * two.unit.factor
                    )
                )
    return tuple(r for r in found if r.low < r.high)


def of_sentence(sentence: str, ranges: tuple[Range, ...], carriers: Sequence[Carrier]) -> list[Finding]:
    """Return the amounts said to be a floor (or a ceiling) that are the far end of a range; spans in code points."""
    found = []
    for quantity in quantities.scan(sentence) if ranges else ():
        if quantity.unit and quantity.values and _wrong_end(sentence, quantity, ranges, carriers):
            why = _("The facts give “{text}” as the other end.", text=quantity.text)
            found.append(finding(sentence, quantity.start, quantity.end, "number", why))
    return found


def _wrong_end(sentence: str, quantity: Quantity, ranges: tuple[Range, ...], carriers: Sequence[Carrier]) -> bool:
    assert quantity.unit is not None
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    least = _LEAST.match(after) or _LEAST_BEFORE.search(before)
    most = _MOST.match(after) or _MOST_BEFORE.search(before)
    behind = _LEAST.match(after) or _MOST.match(after)
    if bool(least) == bool(most) or _STOP.match(after, behind.end() if behind else 0):
        return False
    said = quantity.values[0] * quantity.unit.factor
    ends = [r for r in ranges if r.dimension == quantity.unit.dimension and said == (r.high if least else r.low)]
    names = {r.name for r in ends}
    return bool(ends) and not any(
        c.source and c.source not in names and c.quantity.text and carries(c, quantity) for c in carriers
    )
