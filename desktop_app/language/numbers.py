"""Numbers and units of a text held against the product: what no fact, title, option or price carries is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.language import known_amounts, lexicon, quantities, rates, reckoning, stand_alone
from desktop_app.language.amounts import carries, is_han
from desktop_app.language.carrier import ANY_NOUN, Carrier
from desktop_app.language.quantities import Quantity
from desktop_app.records import Finding, Product
from desktop_app.words import _

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PRICED = re.compile(r"(?i)\b(?:price[ds]?|costs?|yours for|sells for)\b|售价|价格|定价|卖|单价")


@dataclass(frozen=True, slots=True)
class Known:
    """All numbers a product carries; made once, then held against any number of sentences."""

    carriers: tuple[Carrier, ...]
    words: str  # everything the product says, as a key, for model numbers
    rates: rates.Rates  # what the facts give for one of something

    @staticmethod
    def of(product: Product) -> Known:
        """Collect the numbers of title, brand, category, tags, options, prices, weights and facts."""
        return Known(known_amounts.of(product), known_amounts.said(product), rates.of(product))

    def unsupported(self, text: str) -> list[Finding]:
        """Return a finding for every number of ``text`` that nothing carries, spans in code points."""
        several = quantities.scan(text)
        missing = [q for q in several if self.carrier(q) is None or self._only_apart(q, text)]
        if _PRICED.search(text):
            missing = [q for q in missing if q.unit or q.code or not self._price(q)]
        missing = [q for q in missing if not (_bare(q) and self._price(q))]
        missing = [q for q in missing if not (self._elided(q, several) or _ruled_out(q, text))]
        if _IN_STOCK.search(text):
            left = {c.quantity.values[0] for c in self.carriers if c.source == "stock"}
            missing = [q for q in missing if q.unit or q.money or q.code or not left & set(q.values)]
        derived = [q for q in missing if self._times(q, several) or self._together(q, several, text)]
        derived += [q for q in missing if q not in derived and self._reckoned(q, several, text)]
        derived += [
            q for q in missing if q not in derived and reckoning.follows(q, several, self.rates, self.carriers, text)
        ]
        if not _HAN.search(text):
            missing = [q for q in missing if not stand_alone.may_stand(q, several, self.carriers, text)]
        beside = [d for d in derived if d.unit or _is_count(d)]
        return [self._finding(q) for q in missing if q not in derived and not self._counts_of(q, beside, several)]

    def reckons(self, quantity: Quantity, several: list[Quantity], text: str) -> bool:
        """Tell whether a sentence adds up to an amount, whatever else a fact gives the same amount for."""
        if _OUT_OF.match(text, quantity.end) and not quantity.unit:
            return self.carrier(quantity) is not None
        return reckoning.counts_up(text) and (
            self.rates.counts_so(quantity, text)
            or reckoning.follows(quantity, several, self.rates, self.carriers, text)
        )

    def _only_apart(self, quantity: Quantity, text: str) -> bool:
        """Tell whether what carries an amount of a Chinese sentence is a difference of two others, and none is said."""
        if quantity.unit is None or not _HAN.search(text) or _APART.search(text):
            return False
        holding = [c for c in self.carriers if carries(c, quantity)]
        return bool(holding) and all(not c.source and not c.nouns for c in holding)

    def _elided(self, quantity: Quantity, several: list[Quantity]) -> bool:
        """ "40 cm, or L for 50", "three drops in the morning and three before bed": what stands beside the other goes without saying."""
        if quantity.unit or quantity.money or quantity.code or not quantity.values:
            return False
        for other in several:
            if other is quantity or other.code or other.money or self.carrier(other) is None:
                continue
            if other.unit and self._carries(replace(quantity, unit=other.unit, nouns=(), bound=quantity.bound)):
                return True
            if not other.unit and set(other.values) == set(quantity.values) and other.start < quantity.start:
                return not self._own(quantity)
        return False

    def _reckoned(self, quantity: Quantity, several: list[Quantity], text: str) -> bool:
        """ "Three filters see you through twelve weeks": a known amount times, or shared by, a count of the sentence."""
        if quantity.money or quantity.code or not quantity.values:
            return False
        for other in several:
            if other is quantity or not other.values or other.money or other.code:
                continue
            if other.nouns[:1] in {("a",), ("an",), ("per",)}:
                continue  # three a day
            if quantity.unit and _is_count(other):
                for factor in (1 / other.values[0], other.values[0] if self.carrier(other) is not None else 0):
                    values = tuple(v * factor for v in quantity.values)
                    if factor and self._carries(replace(quantity, values=values, shared="")):
                        return True
            elif _is_count(quantity) and other.unit and not self._own(quantity) and self._ratio(quantity, other):
                return True  # "two hours a night: twenty nights" of 40 hours
        return bool(quantity.unit) and bool(_OF_A_PAIR.search(text)) and self._one_of_a_pair(quantity)

    def _carries(self, quantity: Quantity) -> bool:
        return any(carries(c, quantity) for c in self.carriers if c.source)

    def _own(self, count: Quantity) -> bool:
        """Tell whether it counts what the product itself is or has: "four bars" of a set of three bars."""
        return any(re.search(rf"\b{re.escape(n)}s?\b", self.words) for n in count.nouns[:1] if n not in _SMALL_WORDS)

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
                self._single(replace(quantity, values=tuple(v / c.values[0] for v in quantity.values), shared=""))
                for c in counts
            )
        if _is_count(quantity) and (per := _FOR_EACH.match(text, quantity.end)):
            of, for_each = self._counted(quantity.nouns[:1]), self._counted((quantities.stem(per["each"]),))
            return any(a == b * quantity.values[0] for a in of for b in for_each)
        return False

    def _single(self, quantity: Quantity) -> bool:
        """Tell whether an amount is carried as one's own, not as the sum of several."""
        return any(carries(c, quantity) for c in self.carriers if c.quantity.shared != "sum")

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
            if self._own(count):
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
        if self._another_count(quantity):
            return None
        for carrier in self.carriers:
            if carries(carrier, quantity):
                return carrier.source
        if quantity.nouns and is_han(quantity.nouns[0]) and f"{quantity.text[:1]}{quantity.nouns[0][:1]}" in self.words:
            return ""  # 四个角 of 四角防滑垫
        if quantity.nouns and re.search(
            rf"{re.escape(quantity.text)}.{{0,2}}{re.escape(quantity.nouns[0][:2])}", self.words
        ):
            return ""  # 四个防滑垫 of 四角防滑垫
        if "/" in quantity.text and quantity.text in self.words:
            return ""  # 18/8 steel
        if (
            quantity.nouns
            and not quantity.unit
            and quantity.values
            and quantity.values[0] > 99
            and self._grade(quantity)
        ):
            return ""  # 304 stainless steel, of "stainless steel 304"
        return None

    def _another_count(self, quantity: Quantity) -> bool:
        """ "Three hand pockets" of two hand pockets and one within: the full name has a count of its own."""
        phrase = quantity.nouns[:2]
        if quantity.unit or len(phrase) < 2 or not quantity.values or set(phrase) & ANY_NOUN:
            return False
        same = [c.quantity for c in self.carriers if c.quantity.nouns[:2] == phrase and not c.quantity.unit]
        return bool(same) and not any(set(q.values) & set(quantity.values) for q in same)

    def _grade(self, quantity: Quantity) -> bool:
        number, noun = re.escape(quantity.text), re.escape(quantity.nouns[0])
        return bool(
            re.search(
                rf"(?<![\d.,]){number}\W+(?:\w+\W+)?{noun}|{noun}\w*\W+(?:\w+\W+){{0,2}}{number}(?![\d.,])", self.words
            )
        )

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


_OUT_OF = re.compile(
    r"[个只条把块片根支]?[\u4e00-\u9fff]{0,4}(?:里头?|中|当中)(?:有)?[一二两三四五六七八九十\d]"
)  # 四个轮子里两个带刹
_HAN = re.compile(r"[\u4e00-\u9fff]")
_APART = re.compile(r"差|比|每|递增|依次|[多少长短高矮宽窄大小重轻厚薄]出|加[大长宽高]|再[加长高大]|跨|间隔|之间|隔|管")
_SMALL_WORDS = lexicon.words(
    "before after for in on at with when if later more each per by from to of under over until and or so then"
)
_PAIRED = re.compile(r"(?i)\bpairs?\b|[一/每][对双]|\bearbuds?\b|\bearrings?\b|单只|耳[钉环坠]")
_OF_A_PAIR = re.compile(
    r"(?i)\bpair\b|\bone (?:of them|alone)\b|\beach\b|\bboth\b|\btogether\b|一[对双]|[单每一][只支根]|[两俩]只|加在?一起"
)
_TOGETHER = re.compile(
    r"(?i)\b(?:in all|altogether|together|in total|a total of|all (?:two|three|four|five|six|eight|ten|twelve|\d+))\b|一共|总共|共计|合计|加起来|全部"
)
_FOR_EACH = re.compile(r"(?i)\s+\w+(?: \w+)?\s+(?:for|per|to|with)\s+(?:every |each |a )?(?P<each>[a-z]+)")


_IN_STOCK = re.compile(r"(?i)\b(?:left|in stock|remaining|remain|available|to go)\b|[剩余]|库存|现货")
_NO_SUCH = re.compile(
    r"(?i)(?:不是|并非|而非|没有|不止|不等于)\s*$|\b(?:no|not|never|nor)\s+(?:an?\s+|the\s+|size\s+|in\s+)?$"
)


def _ruled_out(quantity: Quantity, text: str) -> bool:
    """ "With no 35": a number that is said not to be there is not claimed."""
    return bool(_NO_SUCH.search(text[: quantity.start])) and not quantity.money


def _bare(quantity: Quantity) -> bool:
    """ "148 either way": a number that counts nothing and is too large for an accident."""
    loose = not quantity.nouns or quantity.nouns[0] in _SMALL_WORDS | {"either", "all", "any", "whichever", "no"}
    return loose and not (quantity.unit or quantity.code) and bool(quantity.values) and quantity.values[0] >= 15


def _is_count(quantity: Quantity) -> bool:
    return not (quantity.unit or quantity.code or quantity.money) and bool(quantity.values) and quantity.values[0] > 1


def unsupported(text: str, product: Product, language: str = "") -> list[Finding]:
    """Return a finding for each number or unit of ``text`` that no fact, title, option or price of ``product`` carries.

    Both languages are always read; ``language`` is for callers that know it. Units are converted where that is exact
    (38 cm is 0.38 m), and rounded as shown between metric and inch, ounce, pound (38 cm is 15 in).
    """
    return Known.of(product).unsupported(text)
