"""One quantity a product is known to have, and a fact's value with its unit beside every number."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.language import facts, lexicon, quantities, units
from desktop_app.language.quantities import Quantity
from desktop_app.records import Fact

ANY_NOUN = lexicon.words(
    "time times is are was were it they we you that which who for on from with has have as than then gave give "
    "behind large big medium round flat high wide long deep across tall apart thick together at people buyer customer small little different more less piece pc pcs set pack count item unit box bag pair of in total per and or by to the a an x"
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A quantity the product is known to have, and the fact (or part of the product) it comes from."""

    quantity: Quantity
    source: str
    nouns: frozenset[str] = frozenset()
    counted: bool = False  # how many colours or sizes there are, found by counting them
    until: Fraction | None = None  # the other end of a range that begins with the quantity, in the same unit


def told(fact: Fact) -> str:
    """Return a fact's value with its unit beside every bare number: "42 cm + 5 cm extender"."""
    unit, value = facts.unit_of(fact), html.unescape(fact.value)
    if not unit and _YEAR.fullmatch(value.strip()) and "年" in fact.name:
        return f"{value}年"  # 年份: 2019
    if (ended := _LIST_AND_UNIT.fullmatch(value)) and units.find(ended["unit"]):
        unit, value = ended["unit"], ended["list"]
    if not unit or unit in value:
        return value
    if _LISTED.fullmatch(value):
        return re.sub(r"(\d+(?:[.,]\d+)?)(?=\s*(?:[,;|/]|$))", rf"\1 {unit}", value)
    if re.search(r"[\d½¼¾]\s*$", value) or any(q.unit for q in quantities.scan(value)):
        return f"{value} {unit}"
    return _BARE.sub(rf"\1 {unit}", value)


_LISTED = re.compile(
    r"(?:[^\W\d]{1,12}:?\s+\d+(?:[.,]\d+)?\s*[,;|/]\s*)+[^\W\d]{1,12}:?\s+\d+(?:[.,]\d+)?"
)  # S 30, M 40, L 50
_LIST_AND_UNIT = re.compile(rf"(?P<list>{_LISTED.pattern})\s*(?P<unit>[a-z]{{1,12}})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BARE = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)(?=\s*(?:[+,;|(]|[^\W\d_]|$))(?!\s*[xX×])")


def in_both_languages(nouns: frozenset[str]) -> frozenset[str]:
    """Return ``nouns`` and what the lexicon calls them in the other language."""
    found = set(nouns)
    for noun in nouns:
        ending = (
            next((noun[:n] for n in range(len(noun), 0, -1) if lexicon.find(noun[:n], "noun")), "")
            if "\u4e00" <= noun[:1] <= "\u9fff"
            else noun
        )
        if ending and (term := lexicon.find(ending, "noun")):
            found.update(term.zh)
            found.update(quantities.stem(word) for form in term.en for word in form.split()[-1:])
    return frozenset(found)
