"""The numbers a product is known to have: those its facts, title and options give, and those that follow from them."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from desktop_app.language import counting, facts, quantities, units
from desktop_app.language.carrier import ANY_NOUN, Carrier, in_both_languages, told
from desktop_app.language.quantities import Quantity
from desktop_app.records import Fact, Product


def of(product: Product) -> tuple[Carrier, ...]:
    """Collect the numbers of title, brand, category, tags, options, prices, weights and facts, and what follows."""
    found: list[Carrier] = []
    for name, text in _sources(product):
        found += [*_carried(name, text), *_multiplied(name, text), *_ranges(name, text)]
    for name, text in _sources(product):
        if _TWOFOLD.search(text):
            nouns = frozenset(["layer", "wall", "side", "ply", "层", "面", "壁"])
            found.append(Carrier(Quantity(0, 0, "2", (Fraction(2),)), name, nouns))
    found += [*_money(product), *_left(product), *counting.of(product), *_differences(product)]
    found += [*_extended(product), *_added(product), *_servings(product), *_portions(product)]
    found += [*_leaves(product), *_parts_of_weight(product)]
    return (*found, *_sums(found, product))


def said(product: Product) -> str:
    """Return everything a product says as one text in lower case, for model numbers."""
    several: list[str] = []
    for name, text in _sources(product):
        several += [text, f"{name}{text}".replace(" ", "") if len(text) < 12 else ""]
    return " ".join(several).casefold()


def _sums(found: list[Carrier], product: Product) -> Iterable[Carrier]:
    """Twelve biscuits of 300 g are 25 g each; four tins of 230 ml hold 920 ml together."""
    yield from _areas(found)
    counts = {c.quantity.values[0] for c in found if _counts_pieces(c)}
    titled = {c.quantity.values[0] for c in found if _counts_pieces(c) and c.source == "title"}
    counts = titled if len(counts) > 1 and len(titled) == 1 else counts
    if not counts and any(_A_PAIR.search(text) for name, text in _sources(product) if name == "title"):
        counts = {Fraction(2)}
    measured = [c for c in found if c.quantity.unit and c.quantity.unit.dimension in {"weight", "volume", "length"}]
    for count in counts if len(counts) == 1 else ():
        for single in [c for c in found if not c.quantity.unit and not c.quantity.money and not c.counted]:
            if single.quantity.values and _PER_PIECE.search(f"{single.source} {single.quantity.shared}"):
                every = replace(single.quantity, values=(single.quantity.values[0] * count,), shared="sum", text="")
                yield Carrier(every, single.source, single.nouns)
        for price in (c for c in found if c.quantity.money):
            each = replace(price.quantity, values=(price.quantity.values[0] / count,), shared="each", text="")
            yield Carrier(each, price.source)
        for carrier in measured:
            value = carrier.quantity.values[0]
            for shared, meant in (("each", value / count), ("all", value * count)):
                quantity = replace(carrier.quantity, values=(meant,), shared=shared, text="")
                yield Carrier(quantity, carrier.source)


def _extended(product: Product) -> Iterable[Carrier]:
    """A chain of 45 cm with an extension of 5 is 50 cm long at most."""
    lengths = [(f, q) for f in product.facts for q in quantities.scan(told(f)) if q.unit]
    more = [q for f, q in lengths if _MORE.search(f.name) and q.unit and q.unit.dimension == "length"]
    for fact, quantity in lengths:
        for plus in more if _CHAIN.search(f"{fact.name} {fact.value}") and not _MORE.search(fact.name) else ():
            if quantity.unit == plus.unit and quantity.values and plus.values:
                yield Carrier(replace(quantity, values=(quantity.values[0] + plus.values[0],)), fact.name)


_MORE = re.compile(r"(?i)extension|extender|延长")
_CHAIN = re.compile(r"(?i)chain|necklace|bracelet|anklet|strap|length|cord|链|绳|带|长")


def _added(product: Product) -> Iterable[Carrier]:
    """Pockets of "4 outside, 1 inside" are five."""
    for fact in product.facts:
        measured = [q for q in quantities.scan(told(fact)) if q.unit and q.unit.dimension in {"weight", "volume"}]
        if len(measured) > 1 and len(measured) == len(facts.items(fact)) and len({q.unit for q in measured}) == 1:
            total = sum((q.values[0] for q in measured), Fraction(0))  # "front 95 g, rear 32 g"
            yield Carrier(replace(measured[0], values=(total,), shared="all", text=""), fact.name)
    for fact in product.facts:
        several = [q for q in quantities.scan(fact.value) if q.values and not (q.unit or q.code or q.money)]
        if len(several) > 1 and len(several) == len(facts.items(fact)) and not counting.LISTS.search(fact.name):
            nouns = frozenset(quantities.stem(w) for w in re.findall(r"[^\W\d_]+", fact.name))
            total = sum((q.values[0] for q in several), Fraction(0))
            yield Carrier(Quantity(0, 0, str(total), (total,)), fact.name, in_both_languages(nouns))


_RANGE = re.compile(r"\s*(?:[-–—~～至到]|to|bis|and|和)\s*")


def _ranges(name: str, text: str) -> Iterable[Carrier]:
    """What is between 55 and 70 cm is carried by 55–70 cm."""
    for one, two in itertools.pairwise(quantities.scan(text)):
        if one.code or two.code or one.money or two.money or not (one.values and two.values):
            continue
        between = text[one.end : two.start]
        if one.unit != two.unit or not _RANGE.fullmatch(between) or (between.strip() in {"and", "和"} and not one.unit):
            continue
        if between.strip() in {"and", "和"} and not re.search(r"(?i)\bbetween\s$", text[: one.start]):
            continue
        if one.values[0] < two.values[0]:
            nouns = frozenset(n for n in two.nouns if n not in ANY_NOUN)
            yield Carrier(
                replace(one, nouns=two.nouns, measure=two.measure), name, in_both_languages(nouns), until=two.values[0]
            )


_DOSE = re.compile(r"(?i)serving|dos(?:e|age)|brew|portion|每次|用量|冲饮|投茶|冲泡|一次")
_TURNS = frozenset("serving portion cup bowl brew glass drink use time wash dose pot 碗 杯 次 泡 份 顿 回 壶".split())


def _servings(product: Product) -> Iterable[Carrier]:
    """A tin of 30 g at 2 g a bowl is enough for fifteen bowls."""
    net = [q for f in product.facts if facts.role_of(f) in {"net_weight", "weight", "volume"} for q in _measured_in(f)]
    doses = [q for f in product.facts if _DOSE.search(f.name) for q in _measured_in(f)]
    yield from _days(product)
    for whole, dose in itertools.product(net, doses):
        if whole.unit and dose.unit and whole.unit.dimension == dose.unit.dimension and dose.values[0]:
            turns = whole.values[0] * whole.unit.factor / (dose.values[0] * dose.unit.factor)
            if turns > 1:
                count = Fraction(int(turns))
                yield Carrier(Quantity(0, 0, str(count), (count,)), "", _TURNS)


def _days(product: Product) -> Iterable[Carrier]:
    """Ninety capsules at three a day last thirty days."""
    counted = [q for f in product.facts if not _DAILY.search(f.name) for q in quantities.scan(f"{f.value} {f.name}")]
    for fact in product.facts:
        if not _DAILY.search(fact.name):
            continue
        for dose in quantities.scan(fact.value):
            for whole in counted:
                same = set(dose.nouns[:1]) & set(whole.nouns[:1]) and not (dose.unit or whole.unit)
                if same and dose.values and whole.values and dose.values[0] and whole.values[0] > dose.values[0]:
                    days = whole.values[0] / dose.values[0]
                    yield Carrier(Quantity(0, 0, f"{days} days", (days,), unit=units.find("days")), fact.name)
                    if days % 30 == 0:
                        yield Carrier(Quantity(0, 0, "", (days / 30,), unit=units.find("months")), fact.name)


_DAILY = re.compile(r"(?i)\bdaily\b|\bper day\b|\ba day\b|\bdose\b|每[日天]|一[日天]")
_PER_100 = re.compile(r"(?i)(?:per|/|每)\s?100\s?(?:g|ml|克|毫升)")
_PORTION = re.compile(r"(?i)^(?:portion|serving)(?: size)?\b|^(?:每份|一份|份量|每包|每袋|每次)")


def _portions(product: Product) -> Iterable[Carrier]:
    """Sixteen grams in a hundred are 7.2 in a portion of 45."""
    sizes = [q for f in product.facts if _PORTION.search(f.name) for q in _measured_in(f)]
    for fact in product.facts:
        if not _PER_100.search(f"{fact.name} {fact.value}"):
            continue
        for amount, size in itertools.product(_measured_in(fact), sizes):
            if size.unit and amount.unit and size.unit.dimension in {"weight", "volume"} and amount.text != "100 g":
                share = amount.values[0] * size.values[0] * size.unit.factor / 100
                yield Carrier(replace(amount, values=(share,), bound="", text="", shared=""), fact.name)


def _measured_in(fact: Fact) -> list[Quantity]:
    return [q for q in quantities.scan(told(fact)) if q.unit and q.values]


def _areas(found: list[Carrier]) -> Iterable[Carrier]:
    """A blanket of 150 × 200 cm covers three square metres."""
    for first, second in itertools.pairwise(found):
        one, two = first.quantity, second.quantity
        if first.source != second.source or not (one.unit and two.unit and one.values and two.values):
            continue
        square = units.find("m²")
        if square and one.unit.dimension == two.unit.dimension == "length" and 0 < two.start - one.end < 6:
            metres = one.values[0] * one.unit.factor * two.values[0] * two.unit.factor / 1_000_000
            yield Carrier(replace(one, values=(metres,), unit=square, text="", nouns=()), first.source)


def _counts_pieces(carrier: Carrier) -> bool:
    quantity = carrier.quantity
    if quantity.unit or quantity.money or quantity.code or not quantity.values or not 1 < quantity.values[0] <= 500:
        return False
    if carrier.source.endswith("规格") and not quantity.measure:
        return False
    return quantity.values[0].denominator == 1 and (
        facts.meaning_of(carrier.source, quantity.text).role == "count"
        or bool(_PIECES_NAME.fullmatch(carrier.source))
        or (carrier.source == "title" and quantity.pieces)
        or (carrier.source == "title" and bool(_SET.search(quantity.text + " " + " ".join(quantity.nouns))))
    )


_PER_PIECE = re.compile(r"(?i)\beach\b|\bper \w+|每[个只条块片件张]")
_A_PAIR = re.compile(r"(?i)\bpair\b|一[对双]|[双对]装|[两2][只支根条把]装")
_PIECES_NAME = re.compile(
    r"(?i)(?:(?:number of )?(?:sachets|bags|tea ?bags|bars|packs|packets|pieces|pcs|tablets|capsules|rolls|sheets|tins|jars|bottles|pairs|cards|portions)|[包袋支片块粒枚卷条]数|数量|件数|规格|包装规格)"
)
_SET = re.compile(r"(?i)\b(?:pack|pair|piece|set|box|bar|bag|tin)|[件只条双支本盒套片张块瓶袋把颗根枚包卷罐粒]")


def _sources(product: Product) -> Iterable[tuple[str, str]]:
    yield "title", html.unescape(product.title)
    yield "brand", product.vendor
    yield "category", product.category
    for tag in product.tags:
        yield "tag", tag
    for fact in product.facts:
        yield fact.name, told(fact)
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


_TIMES = re.compile(r"\s*[*x×]\s*")


def _multiplied(name: str, text: str) -> Iterable[Carrier]:
    """3g*15包 are 45 g in all."""
    for one, two in itertools.pairwise(quantities.scan(text)):
        measured, count = (one, two) if one.unit else (two, one)
        if one.unit and one.unit == two.unit and re.fullmatch(r"\d+", one.text):
            measured, count = two, replace(one, unit=None)  # the 3 of "3 x 100 g" shares the unit and counts
        if not measured.unit or count.unit or count.code or measured.unit.dimension not in {"weight", "volume"}:
            continue
        if measured.values and count.values and _TIMES.fullmatch(text[one.end : two.start]):
            meant = tuple(v * count.values[0] for v in measured.values)
            yield Carrier(replace(measured, values=meant, shared="sum", text=""), name)


def _carried(name: str, text: str) -> Iterable[Carrier]:
    named = frozenset(quantities.stem(w) for w in re.findall(r"[^\W\d_]+", name)) if name else frozenset()
    role = facts.meaning_of(name, text).role
    count = role in {"count", "sheets"}
    for quantity in quantities.scan(text):
        nouns = frozenset(n for n in quantity.nouns if n not in ANY_NOUN)
        loose = name == "title" or count or quantity.unit is not None or not nouns
        if loose and not nouns and not count and name not in {"title", "tag", "category"}:
            nouns = frozenset(n for n in named if n not in ANY_NOUN and n not in {"size", "feature", "detail", "spec"})
        if count or (quantity.nouns and quantity.nouns[0] in ANY_NOUN):
            nouns = frozenset()
        if times := _TIMES_OF.search(text[: quantity.start]):
            nouns = frozenset({times[1]})
        if _MEASURED.match(text, quantity.end):
            nouns = nouns if quantity.nouns else _before(text, quantity.start)
        named_pairs = bool(_PAIRS_NAME.match(name)) and quantity.unit is None
        if pair := _pairs_of(quantity, double=named_pairs or text[quantity.end : quantity.end + 1] == "双"):
            yield Carrier(pair, name)
        if plus := _EXTENSION.match(text, quantity.end):
            more = quantities.parse(plus[1])[0][0]
            yield Carrier(replace(quantity, values=tuple(v + more for v in quantity.values)), name)
        for part in _PLAIN_FRACTION.findall(quantity.text):
            yield Carrier(replace(quantity, values=(Fraction(part),), decimals=0), name)
        if quantity.unit and not quantity.shared and _TIMES_BEFORE.search(text[: quantity.start]):
            quantity = replace(quantity, shared="each") if quantity.unit.dimension in {"weight", "volume"} else quantity
        if role == "age" and quantity.unit is None:
            quantity = replace(quantity, unit=units.find("years"))
        yield Carrier(quantity, name, in_both_languages(nouns))


_PAIRS_NAME = re.compile(r"(?i)\s*(?:number of )?pairs\b|双数|对数")
_TIMES_BEFORE = re.compile(r"(?<![\d.])\d{1,3}\s?[x×*]\s?$")
_TIMES_OF = re.compile(r"([\u4e00-\u9fff]{1,6})\s?[×*xX]\s?$")  # 花盆×2
_TWOFOLD = re.compile(r"(?i)\b(?:double|twin|dual|two-ply|two-layer)\b|双[层面壁]")
_MEASURED = re.compile(rf"\s?[{quantities.MEASURES}](?![\u4e00-\u9fff])")
_EXTENSION = re.compile(r"\s*\+\s*(\d+(?:[.,]\d+)?)")
_PLAIN_FRACTION = re.compile(r"\d+(?=\s?/)|(?<=/)\d+")


def _before(text: str, start: int) -> frozenset[str]:
    """Return what is counted where it stands before the number: 墨囊2支."""
    found = re.search(r"([\u4e00-\u9fff]{2,6})\s?$", text[:start])
    return frozenset({found[1]}) if found and not re.match(r"每|各|共|单|前面|后面|左右", found[1]) else frozenset()


def _pairs_of(quantity: Quantity, *, double: bool = False) -> Quantity | None:
    """Two pairs are four socks."""
    if quantity.unit or (quantity.nouns[:1] != ("pair",) and not double):
        return None
    return replace(quantity, values=tuple(v * 2 for v in quantity.values), nouns=())


def _money(product: Product) -> Iterable[Carrier]:
    prices = {p for v in product.variants for p in (v.price, v.compare_at) if p is not None}
    for price in prices:
        yield Carrier(Quantity(0, 0, f"{price:f}", (Fraction(price),), money=True), "price")


_LEFT = frozenset("left stock remaining available more piece one 件 个 只 条 双 支".split())


def _left(product: Product) -> Iterable[Carrier]:
    """Four left, four in stock: of one variant, or of all together."""
    several = [v.stock for v in product.variants if v.stock is not None and v.stock > 0]
    for count in {*several, sum(several)} - {0}:
        yield Carrier(Quantity(0, 0, str(count), (Fraction(count),), nouns=("left",)), "stock", _LEFT)


def _leaves(product: Product) -> Iterable[Carrier]:
    """A hundred and ninety-two pages are ninety-six sheets."""
    for fact in product.facts:
        if not re.search(r"(?i)\b(?:pages?|sheets?|leaves|leafs?)\b|页|张", f"{fact.name} {fact.value}"):
            continue
        for quantity in quantities.scan(fact.value):
            if quantity.unit or quantity.code or not quantity.values or quantity.values[0] < 4:
                continue
            pages = bool(re.search(r"(?i)page|页", f"{fact.name} {' '.join(quantity.nouns)}"))
            value = quantity.values[0] / 2 if pages else quantity.values[0] * 2
            nouns = _SHEETS if pages else _PAGES
            yield Carrier(Quantity(0, 0, f"{value}", (value,), nouns=tuple(nouns)[:1]), fact.name, nouns)


_SHEETS, _PAGES = frozenset(["sheet", "leaf", "leave", "张"]), frozenset(["page", "side", "页", "面"])


def _words_about(fact: Fact, amount: Quantity) -> frozenset[str]:
    """Return what an amount of a list is of: almonds of "almonds 35 %, raisins 30 %"."""
    piece = next((p for p in re.split(r"[,;|，；、]", fact.value) if amount.text in p), "")
    words = re.findall(r"[^\W\d_]{3,}", piece) or re.findall(r"[^\W\d_]{3,}", fact.name)
    return frozenset(w.casefold() for w in words) | frozenset(quantities.stem(w) for w in words)


def _parts_of_weight(product: Product) -> Iterable[Carrier]:
    """Forty-five per cent of 200 g are 90 g; 28 g in a hundred are 56 in the jar."""
    net = [q for f in product.facts if facts.role_of(f) in {"net_weight", "weight", "volume"} for q in _measured_in(f)]
    if len(net) != 1 or net[0].unit is None or net[0].unit.dimension not in {"weight", "volume"}:
        return
    whole = net[0].values[0]
    for fact in product.facts:
        per = bool(_PER_100.search(f"{fact.name} {fact.value}"))
        for amount in _measured_in(fact):
            if amount.unit and amount.unit.dimension == "percent" and 0 < amount.values[0] < 100:
                yield Carrier(
                    replace(net[0], values=(whole * amount.values[0] / 100,), text="", bound=""),
                    fact.name,
                    _words_about(fact, amount),
                )
            elif per and amount.unit and amount.unit.dimension in {"weight", "energy food"} and amount.values[0] != 100:
                grams = whole * net[0].unit.factor
                whole_of_it = replace(amount, values=(amount.values[0] * grams / 100,), text="", bound="", shared="")
                yield Carrier(whole_of_it, fact.name, _words_about(fact, amount))


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
    for fact in product.facts:
        several = [q for q in quantities.scan(told(fact)) if q.unit and q.unit.dimension != "percent"]
        if len(several) > 1 and len(re.split(r"[,;|/]", fact.value)) == len(several):
            found.setdefault(fact.name, []).extend(several)
    return found
