"""Whether an amount that is said is one the product is known to have: same value, same dimension, the same thing counted."""

from __future__ import annotations

import re
from fractions import Fraction

from desktop_app.language import kinship, quantities, units
from desktop_app.language.carrier import ANY_NOUN, Carrier
from desktop_app.language.quantities import Quantity

_SMALL = Fraction(2, 100)


def carries(carrier: Carrier, quantity: Quantity) -> bool:
    """Tell whether ``quantity`` says no more than ``carrier``: same value, same dimension, the same thing counted."""
    known = carrier.quantity
    if known.code or known.money != quantity.money:
        return False
    if known.shared == "sum" and quantity.shared == "each":
        return False  # 300 g of "3 x 100 g" are not each one's
    weighed = known.unit is not None and known.unit.dimension in {"weight", "volume"}
    if known.shared == "each" and quantity.shared == "all" and weighed and known.text:
        return False  # 50 g of "4 x 50 g" are not all of it
    if known.shared in {"each", "all"} and not known.text and known.shared != quantity.shared:
        return False  # a sum of our own counts only where the sentence says "each" or "in all"
    if not _bounds_agree(known, quantity):
        return False
    if carrier.until is not None:
        return _within(carrier, quantity)
    if quantity.unit:
        return known.unit is not None and _same_measure(known, quantity)
    if not any(_near(v, said, quantity.bound) for v in known.values for said in quantity.values):
        return False
    if known.unit:
        reckoned = not carrier.source and bool(quantity.nouns)  # a difference of ours carries no count of bags
        return not _counts_something(quantity) and not quantity.pieces and not reckoned
    return _same_noun(carrier, quantity)


def _bounds_agree(known: Quantity, quantity: Quantity) -> bool:
    """ "At least 40 hours" is more than "about 40 hours" says."""
    if quantity.bound == "over" and known.bound != "over" and _same_amount(known, quantity):
        return False  # "well over 29 litres" of 29
    return not (quantity.bound == "least" and known.bound in {"about", "under"})


def _same_amount(known: Quantity, quantity: Quantity) -> bool:
    mine = known.unit.factor if known.unit else 1
    theirs = quantity.unit.factor if quantity.unit else 1
    same = (known.unit is None) == (quantity.unit is None)
    return same and any(k * mine == q * theirs for k in known.values for q in quantity.values)


def _within(carrier: Carrier, quantity: Quantity) -> bool:
    """A chest of 60 cm is within 55–70 cm; "from 60 cm" and "up to 60 cm" speak of other ends than the fact's."""
    known = carrier.quantity
    assert carrier.until is not None
    if quantity.edge or (known.unit is None) != (quantity.unit is None):
        return False
    factor = Fraction(1)
    if known.unit and quantity.unit:
        if known.unit.dimension != quantity.unit.dimension:
            return False
        factor = quantity.unit.factor / known.unit.factor
    elif not _same_noun(carrier, quantity):
        return False
    low, high = known.values[0], carrier.until
    return bool(quantity.values) and all(low <= v * factor <= high for v in quantity.values)


_NEAR = {
    "under": (Fraction(75, 100), Fraction(1)),
    "over": (Fraction(1), Fraction(130, 100)),
    "about": (Fraction(94, 100), Fraction(106, 100)),
    "least": (Fraction(1), Fraction(125, 100)),
}


def _near(meant: Fraction, said: Fraction, bound: str) -> bool:
    """ "Just under 2 cm" is said of 1.8 cm, "over 20" of 24, "about 45" of 44; which way it was rounded counts."""
    low, high = _NEAR.get(bound, (Fraction(1), Fraction(1)))
    if bound == "over" and 1 <= said < 10 and said.denominator == 1:
        high = (said + 1) / said  # 两斤多: two and something
    if bound == "about" and said == 1:
        low, high = Fraction(88, 100), Fraction(112, 100)  # "about a foot" of 30 cm
    return said * low <= meant <= said * high


def _same_measure(known: Quantity, quantity: Quantity) -> bool:
    assert known.unit is not None
    assert quantity.unit is not None
    mine, theirs = known.unit, quantity.unit
    if {mine.dimension, theirs.dimension} == {"temperature", "angle"}:
        return bool(set(known.values) & set(quantity.values))
    if quantity.square and mine.dimension == "areal":
        return any(
            _near(v * mine.factor, said * theirs.factor, quantity.bound)
            for v in known.values
            for said in quantity.values
        )
    water = quantity.water and {mine.dimension, theirs.dimension} == {"weight", "volume"}
    if {mine.dimension, theirs.dimension} == {"time", "months"}:
        return any(
            _near_months(v, mine, said, theirs, about=quantity.bound == "about")
            for v in known.values
            for said in quantity.values
        )
    if mine.dimension != theirs.dimension and not water:
        return False
    for value in known.values:
        for said in quantity.values:
            meant = value * mine.factor / theirs.factor
            if (
                meant == said
                or _near(meant, said, quantity.bound)
                or (_rounded(mine, theirs) and _close(meant, said, quantity.decimals))
            ):
                return True
    return False


_MONTH = Fraction(2629800)  # seconds


def _near_months(value: Fraction, mine: units.Unit, said: Fraction, theirs: units.Unit, *, about: bool) -> bool:
    """Ninety days are three months."""
    days = value * mine.factor * (_MONTH if mine.dimension == "months" else 1)
    meant = said * theirs.factor * (_MONTH if theirs.dimension == "months" else 1)
    return days >= 7 * 86400 and abs(days - meant) * 100 <= (10 if about else 3) * days


def _rounded(mine: units.Unit, theirs: units.Unit) -> bool:
    ratio = mine.factor / theirs.factor
    number = max(ratio, 1 / ratio)
    return number.denominator != 1 or bool(re.search(r"[1-9]", str(number.numerator)[1:]))


def _close(meant: Fraction, said: Fraction, decimals: int) -> bool:
    off = abs(meant - said)
    return off <= Fraction(1, 2 * 10**decimals) and off <= abs(meant) * _SMALL


_SINGLE = "双对件只条支瓶盒包袋套把根枚卷罐"
_PLAYERS = frozenset(["child", "children", "kid", "player", "guest", "friend", "baby", "cat", "dog"])


def _counts_something(quantity: Quantity) -> bool:
    return bool([n for n in quantity.nouns[:1] if n not in ANY_NOUN])


def _shares_two(noun: str, known: str) -> bool:
    """放钞票的夹层 counts the 钞票夹 of a fact."""
    return len(known) > 2 and "的" in noun and any(known[i : i + 2] in noun for i in range(len(known) - 1))


_TWOS, _ONES = frozenset("副双对"), frozenset("只支枚")


def _same_noun(carrier: Carrier, quantity: Quantity) -> bool:
    said = [n for n in quantity.nouns if n not in ANY_NOUN]
    if quantity.nouns[:1] in {("a",), ("an",), ("per",), ("each",), ("every",)}:
        said = []  # "three a day" counts what the sentence has named before
    if quantity.pieces and carrier.counted:
        return False  # "a set of three", because three things are listed
    if carrier.counted and not quantity.nouns and quantity.measure and quantity.measure in _SINGLE:
        return any(quantity.measure in k for k in carrier.nouns if len(k) < 4)  # 三双装 is not of three sizes
    if _PLAYERS & set(said[:1]) and not _PLAYERS & carrier.nouns and carrier.source != "tag":
        return False  # a train set of 32 pieces is not for 32 children
    known = carrier.nouns
    if (
        carrier.quantity.text
        and {quantity.measure, carrier.quantity.measure} & _TWOS
        and {quantity.measure, carrier.quantity.measure} & _ONES
    ):
        return False  # a hundred pairs are not a hundred
    if (
        quantity.nouns[:1] == ("pair",)
        and carrier.quantity.nouns[:1] != ("pair",)
        and not re.search(r"(?i)\bpairs?\b|双|对", carrier.source)
        and not (carrier.source and carrier.quantity.measure == "双")
        and carrier.source not in {"title", "tag"}
    ):
        return False
    if _pair_of(carrier.quantity) and said and not _said_as_pair(quantity) and "pair" not in quantity.nouns:
        return False  # two pairs are not two socks
    if said and said[0][0] == "人" and carrier.quantity.measure == "人":
        return True
    if said and said[0].startswith("颜色") and carrier.quantity.measure == "色":
        return True
    if quantity.measure in {"种", "样", "类"} and "种" in carrier.nouns:
        return bool(said) and not re.match(r"颜|尺|大小|香|味|口味|[\u4e00-\u9fff]?[色码味款]", said[0])
    if quantity.nouns == ("size",) and re.search(r"(?i)size|码|尺", carrier.source):
        return True
    if said and said[0][0] == "人" and any("人" in k for k in known):
        return True
    if quantity.measure in set("格层档页孔片包支卷瓶罐块") and any(quantity.measure in k for k in known):
        return True  # 四格 of 4个内格
    if not said or not known or not _counts_something(quantity):
        return True
    known = known | _same_things(known)
    if any(_shares_two(noun, k) for noun in said for k in known if is_han(noun) and is_han(k)):
        return True
    for noun in said:
        if any(
            noun == k
            or (is_han(noun) and (noun.startswith(k) or k.startswith(noun[:2]) or k in noun or _ends_so(noun, k)))
            for k in known
        ):
            return True
    return False


def _pair_of(known: Quantity) -> bool:
    return known.nouns[:1] == ("pair",) or known.measure in {"双", "对"}


def _said_as_pair(quantity: Quantity) -> bool:
    return quantity.measure in {"", "双", "对", "份", "套", "盒"} and is_han(quantity.nouns[0])


def _ends_so(noun: str, known: str) -> bool:
    """插手袋 counts the 拉链插手袋 of a fact."""
    return any(known.endswith(noun[:n]) for n in range(min(len(noun), len(known)), 1, -1))


def _same_things(nouns: frozenset[str]) -> frozenset[str]:
    english, chinese = kinship.alike(nouns, nouns)
    return frozenset(quantities.stem(w) for w in english) | {z for z in chinese if len(z) > 1}


def is_han(word: str) -> bool:
    """Tell whether a word is written in Han letters."""
    return "\u4e00" <= word[:1] <= "\u9fff"
