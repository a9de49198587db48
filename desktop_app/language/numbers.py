"""Numbers and units of a text held against the product: what no fact, title, option or price carries is named."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.language import facts, kinship, lexicon, quantities, units
from desktop_app.language.quantities import Quantity
from desktop_app.records import Finding, Product
from desktop_app.words import _

_ANY_NOUN = lexicon.words(
    "is are was were it they we you that which who for on from with has have as than then gave give "
    "behind high wide long deep across tall apart thick together at people buyer customer small little different more less piece pc pcs set pack count item unit box bag pair of in total per and or by to the a an x"
)
_SMALL = Fraction(2, 100)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A quantity the product is known to have, and the fact (or part of the product) it comes from."""

    quantity: Quantity
    source: str
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """All numbers a product carries; made once, then held against any number of sentences."""

    carriers: tuple[Carrier, ...]
    words: str  # everything the product says, as a key, for model numbers

    @staticmethod
    def of(product: Product) -> Known:
        """Collect the numbers of title, brand, category, tags, options, prices, weights and facts."""
        carriers: list[Carrier] = []
        said: list[str] = []
        for name, text in _sources(product):
            said.append(text)
            said.append(f"{name}{text}".replace(" ", "") if len(text) < 12 else "")
            carriers += _carried(name, text)
        carriers += _money(product)
        carriers += _counts(product)
        carriers += _differences(product)
        return Known(tuple(carriers), " ".join(said).casefold())

    def unsupported(self, text: str) -> list[Finding]:
        """Return a finding for every number of ``text`` that nothing carries, spans in code points."""
        return [self._finding(q) for q in quantities.scan(text) if self.carrier(q) is None]

    def carrier(self, quantity: Quantity) -> str | None:
        """Return the name of what carries ``quantity``, or None."""
        if quantity.code:
            return (
                ""
                if re.search(rf"(?<![a-z0-9]){re.escape(quantity.text.casefold())}(?![a-z0-9])", self.words)
                else None
            )
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
    if quantity.unit:
        return known.unit is not None and _same_measure(known, quantity)
    if not any(_near(v, said, quantity.bound) for v in known.values for said in quantity.values):
        return False
    if known.unit:
        return not _counts_something(quantity)
    return _same_noun(carrier, quantity)


_NEAR = {
    "under": (Fraction(80, 100), Fraction(1)),
    "over": (Fraction(1), Fraction(125, 100)),
    "about": (Fraction(95, 100), Fraction(105, 100)),
}


def _near(meant: Fraction, said: Fraction, bound: str) -> bool:
    """ "Just under 2 cm" is said of 1.8 cm, "over 20" of 24, "about 45" of 44; which way it was rounded counts."""
    low, high = _NEAR.get(bound, (Fraction(1), Fraction(1)))
    return said * low <= meant <= said * high


def _same_measure(known: Quantity, quantity: Quantity) -> bool:
    assert known.unit is not None
    assert quantity.unit is not None
    mine, theirs = known.unit, quantity.unit
    if {mine.dimension, theirs.dimension} == {"temperature", "angle"}:
        return bool(set(known.values) & set(quantity.values))
    water = quantity.water and {mine.dimension, theirs.dimension} == {"weight", "volume"}
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


def _rounded(mine: units.Unit, theirs: units.Unit) -> bool:
    ratio = mine.factor / theirs.factor
    number = max(ratio, 1 / ratio)
    return number.denominator != 1 or bool(re.search(r"[1-9]", str(number.numerator)[1:]))


def _close(meant: Fraction, said: Fraction, decimals: int) -> bool:
    off = abs(meant - said)
    return off <= Fraction(1, 2 * 10**decimals) and off <= abs(meant) * _SMALL


def _counts_something(quantity: Quantity) -> bool:
    return bool([n for n in quantity.nouns[:1] if n not in _ANY_NOUN])


def _same_noun(carrier: Carrier, quantity: Quantity) -> bool:
    said = [n for n in quantity.nouns if n not in _ANY_NOUN]
    known = carrier.nouns
    if (
        quantity.nouns[:1] == ("pair",)
        and carrier.quantity.nouns[:1] != ("pair",)
        and carrier.source not in {"title", "tag"}
    ):
        return False
    if not said or not known or not _counts_something(quantity):
        return True
    known = known | _same_things(known)
    for noun in said:
        if any(
            noun == k or (_is_han(noun) and (noun.startswith(k) or k.startswith(noun[:2]) or k in noun)) for k in known
        ):
            return True
    return False


def _same_things(nouns: frozenset[str]) -> frozenset[str]:
    english, chinese = kinship.alike(nouns, nouns)
    return frozenset(quantities.stem(w) for w in english) | chinese


def _is_han(word: str) -> bool:
    return "\u4e00" <= word[:1] <= "\u9fff"


# --- what the product carries -----------------------------------------------------------------------------------------


def _sources(product: Product) -> Iterable[tuple[str, str]]:
    yield "title", html.unescape(product.title)
    yield "brand", product.vendor
    yield "category", product.category
    for tag in product.tags:
        yield "tag", tag
    for fact in product.facts:
        unit = facts.unit_of(fact)
        text = html.unescape(fact.value)
        value = text if not unit or unit in text else f"{text} {unit}"
        yield fact.name, value
        if re.search(r"\d", fact.name):
            yield fact.name, fact.name
    seen: set[tuple[str, str]] = set()
    for variant in product.variants:
        for option in variant.options:
            if option not in seen:
                seen.add(option)
                yield option
        if variant.sku:
            yield "SKU", variant.sku
    for grams in {v.weight_grams for v in product.variants if v.weight_grams}:
        yield "Weight", f"{grams:f} g"


def _carried(name: str, text: str) -> Iterable[Carrier]:
    named = frozenset(quantities.stem(w) for w in re.findall(r"[^\W\d_]+", name)) if name else frozenset()
    role = facts.meaning_of(name, text).role
    count = role in {"count", "sheets"}
    for quantity in quantities.scan(text):
        nouns = frozenset(n for n in quantity.nouns if n not in _ANY_NOUN)
        loose = name == "title" or count or quantity.unit is not None or not nouns
        if loose and not nouns and not count and name not in {"title", "tag", "category"}:
            nouns = frozenset(n for n in named if n not in _ANY_NOUN and n not in {"size", "feature", "detail", "spec"})
        if count or (quantity.nouns and quantity.nouns[0] in _ANY_NOUN):
            nouns = frozenset()
        if _MEASURED.match(text, quantity.end):
            nouns = nouns if quantity.nouns else _before(text, quantity.start)
        if pair := _pairs_of(quantity, double=text[quantity.end : quantity.end + 1] == "双"):
            yield Carrier(pair, name)
        if plus := _EXTENSION.match(text, quantity.end):
            more = quantities.parse(plus[1])[0][0]
            yield Carrier(replace(quantity, values=tuple(v + more for v in quantity.values)), name)
        for part in _PLAIN_FRACTION.findall(quantity.text):
            yield Carrier(replace(quantity, values=(Fraction(part),), decimals=0), name)
        if role == "age" and quantity.unit is None:
            quantity = replace(quantity, unit=units.find("years"))
        yield Carrier(quantity, name, _in_both_languages(nouns))


_MEASURED = re.compile(rf"\s?[{quantities.MEASURES}](?![\u4e00-\u9fff])")
_EXTENSION = re.compile(r"\s*\+\s*(\d+(?:[.,]\d+)?)")
_PLAIN_FRACTION = re.compile(r"\d+(?=\s?/)|(?<=/)\d+")


def _before(text: str, start: int) -> frozenset[str]:
    """Return what is counted where it stands before the number: 墨囊2支."""
    found = re.search(r"([\u4e00-\u9fff]{2,6})\s?$", text[:start])
    return frozenset({found[1]}) if found else frozenset()


def _pairs_of(quantity: Quantity, *, double: bool = False) -> Quantity | None:
    """Two pairs are four socks."""
    if quantity.unit or (quantity.nouns[:1] != ("pair",) and not double):
        return None
    return replace(quantity, values=tuple(v * 2 for v in quantity.values), nouns=())


def _in_both_languages(nouns: frozenset[str]) -> frozenset[str]:
    found = set(nouns)
    for noun in nouns:
        ending = (
            next((noun[:n] for n in range(len(noun), 0, -1) if lexicon.find(noun[:n], "noun")), "")
            if _is_han(noun)
            else noun
        )
        if ending and (term := lexicon.find(ending, "noun")):
            found.update(term.zh)
            found.update(quantities.stem(word) for form in term.en for word in form.split()[-1:])
    return frozenset(found)


def _money(product: Product) -> Iterable[Carrier]:
    prices = {p for v in product.variants for p in (v.price, v.compare_at) if p is not None}
    for price in prices:
        yield Carrier(Quantity(0, 0, f"{price:f}", (Fraction(price),), money=True), "price")


def _differences(product: Product) -> Iterable[Carrier]:
    """Two heights, 35 and 50 cm, differ by 15; three pots and a set of four make sums nobody is told of."""
    for _name, several in _by_source(product).items():
        values = sorted({(q.values[0], q.unit) for q in several if q.unit and q.values}, key=lambda v: v[0])
        for (low, unit), (high, other) in itertools.pairwise(values):
            if unit == other and unit is not None:
                yield Carrier(Quantity(0, 0, f"{float(high - low):g}", (high - low,), unit=unit), "")


def _by_source(product: Product) -> dict[str, list[Quantity]]:
    found: dict[str, list[Quantity]] = {}
    for variant in product.variants:
        for name, value in variant.options:
            if len(several := quantities.scan(value)) == 1:
                found.setdefault(name, []).extend(several)
    return found


def _counts(product: Product) -> Iterable[Carrier]:
    """How many colours or sizes there are is known too, by counting them."""
    values: dict[str, set[str]] = {}
    for variant in product.variants:
        for name, value in variant.options:
            values.setdefault(name, set()).add(value)
    for fact in product.facts:
        if (several := facts.items(fact)) and len(several) > 1:
            values.setdefault(fact.name, set(several))
    for name, all_values in values.items():
        nouns = {quantities.stem(w) for w in re.findall(r"[^\W\d_]+", facts.clean_name(name))}
        meaning = facts.meaning_of(name, next(iter(all_values)))
        nouns |= {quantities.stem(meaning.en), meaning.zh}
        if meaning.kind == "colour":
            nouns |= {"color", "colour", "shade", "tone", "cover", "finish", "颜色", "色", "可选"}
        if meaning.kind == "size":
            nouns |= {"size", "尺码", "尺寸", "规格", "大小", "码"}
        nouns |= {"version", "option", "choice", "款"}
        yield Carrier(Quantity(0, 0, str(len(all_values)), (Fraction(len(all_values)),)), name, frozenset(nouns))
