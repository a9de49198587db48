"""Amounts said in two units or for one of several: 四斤六两, 5 ft 3 in, "25 g each", "400 g in all"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.language.quantities import Quantity

_BETWEEN = re.compile(r"\s?|\s?(?:and|又|零|,)\s?", re.I)
_LARGEST = 1000  # times the second unit: a metre and some millimetres; beyond that they are two amounts
_EACH_BEFORE = re.compile(
    r"(?:每(?:一)?[只条块支个件颗片双张枚盒包瓶罐把卷袋根份粒朵套]|(?:^|(?<=[，。；、]))一[块片颗支只枚粒节根]|各|\beach(?: \w+)?(?: weighs| is| of| holds| has)?|\bper \w+:?|\bevery \w+)[^,.;，。；]{0,6}$",
    re.I,
)
_EACH_AFTER = re.compile(
    r"\s*(?:each\b|apiece\b|a ?piece\b|every\b|per \w+|(?:一|每)[只条块支个件颗片双张枚盒包瓶罐])", re.I
)
_PRICE_EACH = re.compile(
    r"(?i)\s*(?:an?|per|each|apiece|every|for (?:each|every|one))\b|\s*(?:一|每)[只条块支个件颗片双张枚盒包瓶罐]"
)
_ALL_BEFORE = re.compile(
    r"(?:一共|总共|共(?:计)?|合计|加起来|合起来|合在一起|加在?一[起块]|凑一起|全套|整套|整盒|整箱|总重|一[对双]"
    r"|两[只个支根条把件]|\bthe (?:pair|two|set)(?: of them)? weighs? "
    r"|\b(?:two|both|three|four) of them(?: together)?(?: weigh| hold| are)? "
    r"|\b(?:altogether|together|in all|in total|a total of|all told)[^.;]{0,12})[^，。；,.;\d]{0,4}?(?:有|是|为|重"
    r"|才|只)?(?:不到|不足|将近|超过|about |around |大约|约)?$",
    re.I,
)
_ALL_AFTER = re.compile(
    r"\s*(?:(?:for|as|per)\s+(?:the|a|both|all)(?: (?:pair|set|two|three|four|six|lot))?\b(?<!the)(?<!\ba)|altogether|together|in all|in total|all told|all in all)\b",
    re.I,
)
_A_SQUARE = re.compile(r"每?平方米|平米|\bsquare metre|\bsquare meter|\bsq\.? ?m", re.I)


def joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Return ``found`` with neighbours such as 四斤 and 六两 made one amount in the smaller unit."""
    out: list[Quantity] = []
    for quantity in found:
        last = out[-1] if out else None
        if last and (whole := _one(text, last, quantity)):
            out[-1] = whole
        else:
            out.append(quantity)
    return out


def _one(text: str, big: Quantity, small: Quantity) -> Quantity | None:
    if not big.unit or not small.unit or big.unit.dimension != small.unit.dimension or big.unit == small.unit:
        return None
    ratio = big.unit.factor / small.unit.factor
    if not 1 < ratio <= _LARGEST or len(big.values) != 1 or len(small.values) != 1 or big.unit.dimension == "percent":
        return None
    if not _BETWEEN.fullmatch(text[big.end : small.start]) or small.values[0] >= ratio:
        return None
    value = big.values[0] * ratio + small.values[0]
    return replace(small, start=big.start, text=text[big.start : small.end], values=(value,))


def shared(text: str, quantity: Quantity) -> str:
    """Return "each" where an amount is said of one of several, "all" where of all together, else ""."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    if quantity.money:
        return "each" if _PRICE_EACH.match(text, quantity.end) or _EACH_BEFORE.search(before) else ""
    if _EACH_AFTER.match(text, quantity.end) or _EACH_BEFORE.search(before):
        return "each"
    if _ALL_AFTER.match(text, quantity.end) or _ALL_BEFORE.search(before):
        return "all"
    return ""


def of_a_square(text: str) -> bool:
    """Tell whether a weight in ``text`` is said of a square metre of cloth or paper."""
    return bool(_A_SQUARE.search(text))
