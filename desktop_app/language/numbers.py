"""Numbers and units of a text held against the product: what no fact, title, option or price carries is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.language import kinship, known_amounts, quantities, units
from desktop_app.language.carrier import ANY_NOUN, Carrier
from desktop_app.language.quantities import Quantity
from desktop_app.records import Finding, Product
from desktop_app.words import _

_PRICED = re.compile(r"(?i)\b(?:price[ds]?|costs?|yours for|sells for)\b|售价|价格|定价|卖|单价")
_SMALL = Fraction(2, 100)


@dataclass(frozen=True, slots=True)
class Known:
    """All numbers a product carries; made once, then held against any number of sentences."""

    carriers: tuple[Carrier, ...]
    words: str  # everything the product says, as a key, for model numbers

    @staticmethod
    def of(product: Product) -> Known:
        """Collect the numbers of title, brand, category, tags, options, prices, weights and facts."""
        return Known(known_amounts.of(product), known_amounts.said(product))

    def unsupported(self, text: str) -> list[Finding]:
        """Return a finding for every number of ``text`` that nothing carries, spans in code points."""
        several = quantities.scan(text)
        missing = [q for q in several if self.carrier(q) is None]
        if _PRICED.search(text):
            missing = [q for q in missing if q.unit or q.code or not self._price(q)]
        derived = [q for q in missing if self._times(q, several) or self._together(q, several, text)]
        derived += [q for q in missing if q not in derived and self._reckoned(q, several, text)]
        beside = [d for d in derived if d.unit or _is_count(d)]
        return [self._finding(q) for q in missing if q not in derived and not self._counts_of(q, beside, several)]

    def _reckoned(self, quantity: Quantity, several: list[Quantity], text: str) -> bool:
        """ "Three filters see you through twelve weeks": a known amount times, or shared by, a count of the sentence."""
        if quantity.money or quantity.code or not quantity.values:
            return False
        for other in several:
            if other is quantity or not other.values or other.money or other.code:
                continue
            if quantity.unit and _is_count(other):
                for factor in (1 / other.values[0], other.values[0] if self.carrier(other) is not None else 0):
                    values = tuple(v * factor for v in quantity.values)
                    if factor and self._carries(replace(quantity, values=values, shared="")):
                        return True
            elif _is_count(quantity) and other.unit and self._ratio(quantity, other):
                return True  # "two hours a night: twenty nights" of 40 hours
        return bool(quantity.unit) and bool(_OF_A_PAIR.search(text)) and self._one_of_a_pair(quantity)

    def _carries(self, quantity: Quantity) -> bool:
        return any(carries(c, quantity) for c in self.carriers if c.source)

    def _ratio(self, count: Quantity, each: Quantity) -> bool:
        assert each.unit is not None
        values = tuple(v * count.values[0] for v in each.values)
        return self._carries(replace(each, values=values, shared="", bound=count.bound))

    def _one_of_a_pair(self, quantity: Quantity) -> bool:
        """ "A pair weighs 2.8 g, one of them 1.4"."""
        double = replace(quantity, values=tuple(v * 2 for v in quantity.values), shared="")
        half = replace(quantity, values=tuple(v / 2 for v in quantity.values), shared="")
        return bool(_PAIRED.search(self.words)) and (self._carries(double) or self._carries(half))

    def _counts_of(self, quantity: Quantity, derived: list[Quantity], several: list[Quantity]) -> bool:
        """The two portions of "two portions … 14 grams", once the 14 grams follow from them."""
        for other in derived:
            if other is quantity or not quantity.values:
                continue
            if other.unit and _is_count(quantity) and self.carrier(other) is None:
                share = replace(other, values=tuple(v / quantity.values[0] for v in other.values), shared="")
                if self._carries(share):
                    return True
            if quantity.unit and _is_count(other) and self._ratio(other, quantity):
                return True
        return False

    def _together(self, quantity: Quantity, several: list[Quantity], text: str) -> bool:
        """ "Four shelves bear 120 kg together", "two labels for every jar": what follows from a count and an amount."""
        counts = [q for q in several if q is not quantity and _is_count(q) and self.carrier(q) is not None]
        if quantity.unit and quantity.values and _TOGETHER.search(text):
            return any(
                self.carrier(replace(quantity, values=tuple(v / c.values[0] for v in quantity.values), shared=""))
                is not None
                for c in counts
            )
        if _is_count(quantity) and (per := _FOR_EACH.match(text, quantity.end)):
            of, for_each = self._counted(quantity.nouns[:1]), self._counted((quantities.stem(per["each"]),))
            return any(a == b * quantity.values[0] for a in of for b in for_each)
        return False

    def _counted(self, nouns: tuple[str, ...]) -> set[Fraction]:
        wanted = set(nouns)
        return {
            c.quantity.values[0]
            for c in self.carriers
            if _is_count(c.quantity) and wanted & (set(c.quantity.nouns) | c.nouns)
        }

    def _price(self, quantity: Quantity) -> bool:
        """ "The price is 24.90": a bare number where a price is spoken of."""
        return self.carrier(replace(quantity, money=True, nouns=())) is not None

    def _times(self, quantity: Quantity, missing: list[Quantity]) -> bool:
        """A ten-litre can that is filled twenty-one times from 210 litres: two amounts that multiply to a known one."""
        for other in missing:
            measured, count = (quantity, other) if quantity.unit else (other, quantity)
            if not measured.unit or count.unit or count.code or count.money or not (measured.values and count.values):
                continue
            if measured.unit.dimension in {"volume", "weight", "length"} and count.values[0] > 1:
                product = tuple(v * count.values[0] for v in measured.values)
                if self.carrier(replace(measured, values=product, bound="", shared="")) is not None:
                    return True
        return False

    def carrier(self, quantity: Quantity) -> str | None:
        """Return the name of what carries ``quantity``, or None."""
        if quantity.code:
            return (
                ""
                if re.search(rf"(?<![a-z0-9]){re.escape(quantity.text.casefold())}(?![a-z0-9])", self.words)
                else None
            )
        if (
            quantity.pieces
            and re.search(r"(?i)pair|[对双]", quantity.text)
            and re.search(r"(?i)\bpairs?\b|[一两2二三3]?[对双](?!层|面|肩|人|色)", self.words)
        ):
            return ""
        for carrier in self.carriers:
            if carries(carrier, quantity):
                return carrier.source
        if (
            quantity.nouns
            and _is_han(quantity.nouns[0])
            and f"{quantity.text[:1]}{quantity.nouns[0][:1]}" in self.words
        ):
            return ""  # 四个角 of 四角防滑垫
        if quantity.nouns and re.search(
            rf"{re.escape(quantity.text)}.{{0,2}}{re.escape(quantity.nouns[0][:2])}", self.words
        ):
            return ""  # 四个防滑垫 of 四角防滑垫
        if "/" in quantity.text and quantity.text in self.words:
            return ""  # 18/8 steel
        return None

    def _finding(self, quantity: Quantity) -> Finding:
        nearest = self._nearest(quantity)
        why = _("“{text}” is not in this product’s facts.", text=quantity.text)
        if nearest:
            why = _("“{text}” is not in this product’s facts, which say “{known}”.", text=quantity.text, known=nearest)
        return Finding(
            quantity.start,
            quantity.end,
            quantity.text,
            "price" if quantity.money else "number",
            why,
            None,
            nearest or None,
        )

    def _nearest(self, quantity: Quantity) -> str:
        if quantity.code or not quantity.values:
            return ""
        same = [
            c.quantity.text
            for c in self.carriers
            if not c.quantity.code
            and c.quantity.money == quantity.money
            and (c.quantity.unit and quantity.unit and c.quantity.unit.dimension == quantity.unit.dimension)
        ]
        return same[0] if len(set(same)) == 1 else ""


_PAIRED = re.compile(r"(?i)\bpairs?\b|[一/每][对双]|\bearbuds?\b|\bearrings?\b|单只|耳[钉环坠]")
_OF_A_PAIR = re.compile(
    r"(?i)\bpair\b|\bone (?:of them|alone)\b|\beach\b|\bboth\b|\btogether\b|一[对双]|[单每一][只支根]|[两俩]只|加在?一起"
)
_TOGETHER = re.compile(
    r"(?i)\b(?:in all|altogether|together|in total|a total of|all (?:two|three|four|five|six|eight|ten|twelve|\d+))\b|一共|总共|共计|合计|加起来|全部"
)
_FOR_EACH = re.compile(r"(?i)\s+\w+(?: \w+)?\s+(?:for|per|to|with)\s+(?:every |each |a )?(?P<each>[a-z]+)")


def _is_count(quantity: Quantity) -> bool:
    return not (quantity.unit or quantity.code or quantity.money) and bool(quantity.values) and quantity.values[0] > 1


def unsupported(text: str, product: Product, language: str = "") -> list[Finding]:
    """Return a finding for each number or unit of ``text`` that no fact, title, option or price of ``product`` carries.

    Both languages are always read; ``language`` is for callers that know it. Units are converted where that is exact
    (38 cm is 0.38 m), and rounded as shown between metric and inch, ounce, pound (38 cm is 15 in).
    """
    return Known.of(product).unsupported(text)


def carries(carrier: Carrier, quantity: Quantity) -> bool:
    """Tell whether ``quantity`` says no more than ``carrier``: same value, same dimension, the same thing counted."""
    known = carrier.quantity
    if known.code or known.money != quantity.money:
        return False
    if known.shared and not known.text and known.shared != quantity.shared:
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
        return not _counts_something(quantity) and not quantity.pieces
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
        return any(_near_months(v, mine, said, theirs) for v in known.values for said in quantity.values)
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


def _near_months(value: Fraction, mine: units.Unit, said: Fraction, theirs: units.Unit) -> bool:
    """Ninety days are three months."""
    days = value * mine.factor * (_MONTH if mine.dimension == "months" else 1)
    meant = said * theirs.factor * (_MONTH if theirs.dimension == "months" else 1)
    return days >= 7 * 86400 and abs(days - meant) * 100 <= 3 * days


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


def _same_noun(carrier: Carrier, quantity: Quantity) -> bool:
    said = [n for n in quantity.nouns if n not in ANY_NOUN]
    if quantity.pieces and carrier.counted:
        return False  # "a set of three", because three things are listed
    if carrier.counted and not quantity.nouns and quantity.measure and quantity.measure in _SINGLE:
        return any(quantity.measure in k for k in carrier.nouns if len(k) < 4)  # 三双装 is not of three sizes
    if _PLAYERS & set(said[:1]) and not _PLAYERS & carrier.nouns and carrier.source != "tag":
        return False  # a train set of 32 pieces is not for 32 children
    known = carrier.nouns
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
    if any(_shares_two(noun, k) for noun in said for k in known if _is_han(noun) and _is_han(k)):
        return True
    for noun in said:
        if any(
            noun == k
            or (_is_han(noun) and (noun.startswith(k) or k.startswith(noun[:2]) or k in noun or _ends_so(noun, k)))
            for k in known
        ):
            return True
    return False


def _pair_of(known: Quantity) -> bool:
    return known.nouns[:1] == ("pair",) or known.measure in {"双", "对"}


def _said_as_pair(quantity: Quantity) -> bool:
    return quantity.measure in {"", "双", "对", "份", "套", "盒"} and _is_han(quantity.nouns[0])


def _ends_so(noun: str, known: str) -> bool:
    """插手袋 counts the 拉链插手袋 of a fact."""
    return any(known.endswith(noun[:n]) for n in range(min(len(noun), len(known)), 1, -1))


def _same_things(nouns: frozenset[str]) -> frozenset[str]:
    english, chinese = kinship.alike(nouns, nouns)
    return frozenset(quantities.stem(w) for w in english) | {z for z in chinese if len(z) > 1}


def _is_han(word: str) -> bool:
    return "\u4e00" <= word[:1] <= "\u9fff"
