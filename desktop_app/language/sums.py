"""Amounts that are parts, sums, differences or shares of what several facts give."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from fractions import Fraction

from desktop_app.language import facts, mentions
from desktop_app.language.carrier import Carrier
from desktop_app.language.quantities import Quantity
from desktop_app.language.rates import base
from desktop_app.language.reckoned_from import Asked

_MOST = 6  # addends; more are no sum anybody reckons
_MEASURED = re.compile(r"重量|净重|容量|长度|宽度|高度|数量|尺寸|厚度|件数|[长宽高厚重]$")  # of which part a fact tells
_INCLUDING = re.compile(r"(?i)\b(?:with|incl\.?|including)\s+(?:the\s+)?([a-z]{3,})")


# --- parts that are named, rows of sizes ------------------------------------------------------------------------------


def named_parts(asked: Asked) -> bool:
    """连锅带盖 of pan and lid: of parts the sentence names, or of all facts that give the same measure of parts."""
    if not asked.words.added.search(asked.text):
        return False
    one: dict[str, Carrier] = {}
    for carrier in asked.alike():
        one.setdefault(carrier.source, carrier)
    named = [c for source, c in one.items() if _names(source, asked.text)]
    groups = [named, *_same_measure(one.values())]
    return any(total == base(asked.quantity) for group in groups for total in _totals(group))


def step(asked: Asked) -> bool:
    """每大一码加4厘米 of a row of sizes."""
    if not asked.quantity.unit or not asked.just_before(asked.words.step):
        return False
    rows: dict[str, list[Fraction]] = {}
    for carrier in asked.alike():
        rows.setdefault(carrier.source, []).append(base(carrier.quantity))
    for values in rows.values():
        apart = {b - a for a, b in itertools.pairwise(values)}
        if len(values) > 2 and apart == {base(asked.quantity)}:
            return True
    return False


def difference_told(asked: Asked) -> bool:
    """比小号重200克: a difference of any two facts where one is said before the amount."""
    words = asked.words
    if not asked.quantity.unit or asked.just_before(words.step) or not asked.just_before(words.differ):
        return False
    return any(
        abs(base(a.quantity) - base(b.quantity)) == base(asked.quantity)
        for a, b in itertools.combinations(asked.alike(), 2)
    )


def _names(source: str, text: str) -> bool:
    part = _MEASURED.sub("", source)
    return bool(part) and (part in text or (len(part) > 1 and (part[-2:] in text or part[-1] in text)))


def _same_measure(several: Iterable[Carrier]) -> list[list[Carrier]]:
    ends: dict[str, list[Carrier]] = {}
    for carrier in several:
        if found := _MEASURED.search(carrier.source):
            ends.setdefault(found[0], []).append(carrier)
    return list(ends.values())


def _totals(group: list[Carrier]) -> Iterable[Fraction]:
    """Yield what any two to six of a group come to."""
    for size in range(2, min(len(group), _MOST) + 1):
        for several in itertools.combinations(group, size):
            yield sum((base(c.quantity) for c in several), Fraction(0))


# --- what a word near the amount says ---------------------------------------------------------------------------------


def fraction(asked: Asked) -> bool:
    """ "Half of the bits" of 24, twelve of which are in the handle."""
    quantity = asked.quantity
    if not _percent(asked) or not _one(quantity) or not asked.words.fraction.search(quantity.text):
        return False
    part = quantity.values[0] / 100
    return any(
        a.quantity.values[0] == part * b.quantity.values[0]
        and _counted(b) & frozenset(quantity.nouns)
        and _counted(a) & _counted(b)
        for a, b in itertools.permutations(_counts(asked), 2)
    )


def total(asked: Asked) -> bool:
    """Of the numbers of one fact, of facts with one measure, or of those the sentence names."""
    if not _one(asked.quantity) or not asked.near(asked.words.together):
        return False
    same = _positive(asked)
    groups: dict[str, list[Carrier]] = {}
    for carrier in same:
        groups.setdefault(f"fact {carrier.source}", []).append(carrier)
        if (role := facts.meaning_of(carrier.source, carrier.quantity.text).role) not in {"free", "labelled", "size"}:
            groups.setdefault(f"role {role}", []).append(carrier)
    named = [c for c in same if mentions.says(asked.text, mentions.tokens(c.source, measures=False))]
    return any(
        _close(base(asked.quantity), found, asked.quantity)
        for group in (*groups.values(), named)
        for found in _totals(_once(group))
    )


def multiple(asked: Asked) -> bool:
    """ "Six hundred grams in all" of three at 200 g each."""
    quantity = asked.quantity
    if not quantity.unit or _percent(asked) or not _one(quantity) or not asked.near(asked.words.together):
        return False
    return any(
        _close(base(quantity), base(one.quantity) * count.quantity.values[0], quantity)
        for one in _positive(asked)
        for count in _counts(asked)
        if count.quantity.values[0] > 1 and (one.quantity.shared == "each" or asked.words.of_each.search(one.source))
    )


def difference(asked: Asked) -> bool:
    """ "Five more in M": of two amounts of one fact, or of two of which one is counted in the other."""
    quantity = asked.quantity
    if not (quantity.unit or quantity.nouns) or _percent(asked) or not _one(quantity):
        return False
    if not asked.near(asked.words.more):
        return False
    return any(
        (a.source == b.source or _counted_in(a.source, b.source))
        and abs(base(a.quantity) - base(b.quantity)) == base(quantity)
        for a, b in itertools.combinations(_once(_positive(asked)), 2)
    )


def share(asked: Asked) -> bool:
    """ "110 kg a seat" of 330 kg and three seats, "100 mg a capsule" of "300 mg per 3 capsules"."""
    quantity = asked.quantity
    if not quantity.unit or quantity.unit.dimension in {"time", "months", "temperature", "percent"}:
        return False
    if not _one(quantity) or not asked.near(asked.words.one_of_them):
        return False
    wholes = [c for c in _positive(asked) if c.quantity.shared != "each" and not asked.words.of_each.search(c.source)]
    counts = [n for c in _counts(asked) if (n := c.quantity.values[0]) > 1]
    return any(_close(base(quantity) * n, base(whole.quantity), quantity) for whole in wholes for n in counts)


def _one(quantity: Quantity) -> bool:
    return len(quantity.values) == 1 and bool(quantity.values[0])


def _percent(asked: Asked) -> bool:
    return asked.quantity.unit is not None and asked.quantity.unit.dimension == "percent"


def _positive(asked: Asked) -> list[Carrier]:
    return [c for c in asked.alike() if c.quantity.values[0] > 0]


def _counts(asked: Asked) -> list[Carrier]:
    return [
        c
        for c in asked.given
        if c.quantity.unit is None
        and not c.quantity.money
        and len(c.quantity.values) == 1
        and c.quantity.values[0] > 0
        and c.quantity.values[0].denominator == 1
    ]


def _counted(carrier: Carrier) -> frozenset[str]:
    return frozenset(carrier.quantity.nouns[:2]) | carrier.nouns | mentions.tokens(carrier.source)


def _once(group: Iterable[Carrier]) -> list[Carrier]:
    found: dict[tuple[str, Fraction, int], Carrier] = {}
    for carrier in group:
        found.setdefault((carrier.source, base(carrier.quantity), carrier.quantity.start), carrier)
    return list(found.values())[: 2 * _MOST]


def _counted_in(one: str, other: str) -> bool:
    """ "Weight with lid" and "Lid weight": the second is counted in the first."""
    return any(
        (found := _INCLUDING.search(a)) is not None and found[1].casefold() in b.casefold()
        for a, b in ((one, other), (other, one))
    )


def _close(said: Fraction, meant: Fraction, quantity: Quantity) -> bool:
    """Tell whether an amount is what was reckoned, rounded as its words say."""
    if said == meant:
        return True
    if not quantity.unit or not meant:
        return False
    return abs(said - meant) * 100 <= (6 if quantity.bound == "about" else 1) * meant and quantity.bound != "least"
