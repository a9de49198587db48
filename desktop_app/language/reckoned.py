"""Amounts that follow from several facts where a sentence reckons: 连锅带盖 of pan and lid, 每大一码加4厘米 of a row of sizes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from desktop_app.language.carrier import Carrier
from desktop_app.language.quantities import Quantity

_SUMMED = re.compile(
    r"一共|总共|共计|合计|加(?:起来|在一起|一块|上)|算上|算在内|连[^，。；]{1,4}(?:带|和|也|都|一起)|合起来|凑[成齐足]|正好|刚好|总重|全部|全套|整[套组盒]|in all\b|altogether|together|in total",
    re.I,
)
_STEP = re.compile(r"每(?:往上|大|小|加|升|增|多|少|降|差|高|低|上)|一码(?:比一码|[加大长]|差)|递增|依次", re.I)
_DIFFER = re.compile(
    r"相差|差(?:了|出|着)?|[比较][^，。；]{1,8}[多少长短大小重轻高矮宽窄厚薄]|[多少长短大小重轻高矮宽窄厚薄]出?了?$"
)
_MOST = 6  # addends; more are no sum anybody reckons
_MEASURE = re.compile(r"重量|净重|容量|长度|宽度|高度|数量|尺寸|厚度|件数|[长宽高厚重]$")


def follows(quantity: Quantity, carriers: Sequence[Carrier], text: str) -> bool:
    """Tell whether ``quantity`` of the sentence ``text`` is a sum or a difference of what the facts give."""
    if quantity.code or quantity.money or not quantity.values:
        return False
    same = [c for c in carriers if c.source and c.until is None and c.quantity.text and _alike(c.quantity, quantity)]
    if _SUMMED.search(text) and _is_sum(quantity, same, text):
        return True
    if not quantity.unit:
        return False
    before = text[max(0, quantity.start - 12) : quantity.start]
    if _STEP.search(before):
        return any(_base(quantity) == step for step in _steps(same))
    return bool(_DIFFER.search(before)) and any(
        abs(_base(a.quantity) - _base(b.quantity)) == _base(quantity) for a, b in itertools.combinations(same, 2)
    )


def _alike(known: Quantity, quantity: Quantity) -> bool:
    if known.code or known.money or len(known.values) != 1:
        return False
    if known.unit and quantity.unit:
        return known.unit.dimension == quantity.unit.dimension
    return known.unit is None and quantity.unit is None


def _base(quantity: Quantity) -> Fraction:
    return quantity.values[0] * (quantity.unit.factor if quantity.unit else 1)


def _is_sum(quantity: Quantity, same: Sequence[Carrier], text: str) -> bool:
    """Of parts the sentence names, or of all facts that give the same measure of different parts."""
    single: dict[str, Carrier] = {}
    for carrier in same:
        single.setdefault(carrier.source, carrier)
    named = [c for source, c in single.items() if _names(source, text)]
    groups = [named, *_same_measure(list(single.values()))]
    return any(
        sum((_base(c.quantity) for c in several), Fraction(0)) == _base(quantity)
        for group in groups
        for size in range(2, min(len(group), _MOST) + 1)
        for several in itertools.combinations(group, size)
    )


def _names(source: str, text: str) -> bool:
    part = _MEASURE.sub("", source)
    return bool(part) and (part in text or (len(part) > 1 and (part[-2:] in text or part[-1] in text)))


def _same_measure(several: list[Carrier]) -> Iterable[list[Carrier]]:
    ends: dict[str, list[Carrier]] = {}
    for carrier in several:
        if found := _MEASURE.search(carrier.source):
            ends.setdefault(found[0], []).append(carrier)
    return [group for group in ends.values() if len(group) > 1]


def _steps(same: Sequence[Carrier]) -> set[Fraction]:
    """Return the even steps of rows such as 104/108/112/116 cm."""
    rows: dict[str, list[Fraction]] = {}
    for carrier in same:
        rows.setdefault(carrier.source, []).append(_base(carrier.quantity))
    found = set()
    for values in rows.values():
        apart = {b - a for a, b in itertools.pairwise(values)}
        if len(values) > 2 and len(apart) == 1:
            found |= apart
    return found
