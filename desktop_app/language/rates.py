"""What the facts give for one of something (so much a time, a spoon, a layer, an hour), and what is said of one or of all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.language import facts, quantities
from desktop_app.language.amounts import carries
from desktop_app.language.carrier import Carrier, told
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

# What is counted by one word is counted by the others of its row.
_ALIKE = (
    "次回遍",
    "枚个颗只粒",
    "册本",
    "节截",
    "片张枚",
    "袋包",
    "天日晚",
    "把件只",
    "支根条",
    "杯碗",
    "格层",
    "套组盒",
    "块片",
)
MEASURE = f"[{quantities.MEASURES}勺滴次回顿格天日晚周月年人秒壶泡圈页枝遍集册段串提盘碟锅排架扎]"
EACH = re.compile(
    rf"(?:每(?:一)?|单|/)(?:(?P<many>\d+(?:\.\d+)?\s?(?:ml|毫升|g|克|升|L))|(?P<of>小时|分钟|{MEASURE}))", re.I
)
_TIMES = re.compile(rf"[×xX*]\s?(?P<n>\d+)\s?(?P<of>{MEASURE})")
TURNS = "次回泡杯碗壶顿份遍"
DAYS = "天日晚"


@dataclass(frozen=True, slots=True)
class Rate:
    """So much (an amount of a fact) for ``many`` of what is counted by ``of``, or of an amount ``base``."""

    amount: Quantity
    of: str
    base: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """What one product's facts give for one of something, and how many of each there are."""

    rates: tuple[Rate, ...] = ()
    counts: tuple[tuple[str, Fraction, str], ...] = ()  # measure word, how many, the fact's name
    volts: tuple[Fraction, ...] = ()
    shares: tuple[tuple[str, Fraction], ...] = ()  # 鹅绒 of 鹅绒90%
    spans: tuple[tuple[str, Fraction], ...] = ()  # how much each range takes in, in base units
    lists: tuple[tuple[tuple[str, Fraction], ...], ...] = ()  # 手柄×1、批头×24
    deeds: tuple[tuple[str, Fraction], ...] = ()  # 续水 of 可续水2次

    def counts_so(self, quantity: Quantity, text: str) -> bool:
        """Tell whether there are so many of what a sentence counts, by this measure word or one that counts the same."""
        said = quantity.measure or text[quantity.end : quantity.end + 1]
        return quantity.unit is None and any(same(m, said) and n in quantity.values for m, n, _name in self.counts)


def of(product: Product) -> Rates:
    """Read off the facts."""
    rates: list[Rate] = []
    counts: list[tuple[str, Fraction, str]] = []
    volts: list[Fraction] = []
    lists: list[tuple[tuple[str, Fraction], ...]] = []
    for name, value in [("", product.title), *((f.name, told(f)) for f in product.facts)]:
        several = [q for q in quantities.scan(value) if q.values and not (q.code or q.money)]
        volts += [q.values[0] for q in several if q.unit and q.unit.dimension == "voltage" and q.values[0] < 100]
        rates += _rates(name, value, several)
        counts += [(m[3], counted(m[2]), m[1]) for m in _ITEM.finditer(value)]
        lists += (
            [tuple((m[1], Fraction(m[2])) for m in items)]
            if len(items := list(_TIMES_ITEM.finditer(value))) > 1
            else []
        )
        counts += [(_counted_by(q, value), q.values[0], name) for q in several if not q.unit and _counted_by(q, value)]
        if (
            (named := re.fullmatch(rf"[\u4e00-\u9fff]*?({MEASURE})数量?", facts.clean_name(name)))
            and several
            and not several[0].unit
        ):
            counts.append((named[1], several[0].values[0], name))
    shares = [(m[1], Fraction(m[2]) / 100) for f in product.facts for m in _SHARE.finditer(f.value)]
    return Rates(
        tuple(rates),
        tuple(dict.fromkeys(counts)),
        tuple(volts),
        tuple(shares),
        tuple(_spans(product)),
        tuple(lists),
        tuple(_deeds(product)),
    )


_DEED = re.compile(
    r"(?P<deed>续水|续杯|续泡|冲泡|重复使用|使用|清洗|水洗|充电|循环|敷|煮|泡|洗)\s?(?P<n>\d{1,4}|[两二三四五六七八九十]{1,3})\s?次"
)


def _deeds(product: Product) -> Iterable[tuple[str, Fraction]]:
    for fact in product.facts:
        for match in _DEED.finditer(fact.value):
            yield match["deed"], counted(match["n"])


def _spans(product: Product) -> Iterable[tuple[str, Fraction]]:
    for fact in product.facts:
        value = told(fact)
        for one, two in itertools.pairwise(quantities.scan(value)):
            if one.unit and one.unit == two.unit and re.fullmatch(r"\s*[-–—~～至到]\s*", value[one.end : two.start]):
                yield one.unit.dimension, (two.values[0] - one.values[0]) * one.unit.factor


_TIMES_ITEM = re.compile(
    r"(?:^|(?<=[，、；,;|/＋+\s]))([\u4e00-\u9fffA-Za-z-]{1,12})\s?[×xX*]\s?(\d{1,3})(?!\d|\s?[×xX*.])"
)
_ITEM = re.compile(
    rf"(?:^|(?<=[，、；,;|/＋+]))\s?([\u4e00-\u9fff]{{2,6}}?)(?:[×xX*]\s?)?(\d{{1,3}}|[一两二三四五六七八九十])({MEASURE})(?![\u4e00-\u9fff])"
)
_SHARE = re.compile(r"([\u4e00-\u9fff]{2,4})\s?(\d{1,2}(?:\.\d+)?)\s?[%％]")


def _counted_by(quantity: Quantity, value: str) -> str:
    found = re.match(rf"\s?({MEASURE})", value[quantity.end :])
    return quantity.measure or (found[1] if found else "")


def _rates(name: str, value: str, several: list[Quantity]) -> Iterable[Rate]:
    for quantity in several:
        if times := _TIMES.match(value[quantity.end :].lstrip()):
            yield Rate(quantity, times["of"])
        before = value[: quantity.start]
        each = next(iter(list(EACH.finditer(f"{name} {before}"))[::-1]), None)
        after = re.match(rf"\s*/\s*(?P<of>小时|分钟|{MEASURE})", value[quantity.end :])
        if after:
            yield Rate(quantity, after["of"])
        elif each and each["of"]:
            yield Rate(quantity, each["of"])
        elif each and each["many"]:
            many = quantities.scan(each["many"])
            if many and many[0].values != quantity.values:
                yield Rate(quantity, "", many[0])
        elif re.search(r"用量|冲泡|冲调|投茶|一次", name):
            yield Rate(quantity, "次")


def same(one: str, other: str) -> bool:
    """Tell whether two measure words may count the same thing."""
    return one == other or any(one in row and other in row for row in _ALIKE)


def base(quantity: Quantity) -> Fraction:
    """Return an amount in base units; a bare number as it is."""
    return quantity.values[0] * (quantity.unit.factor if quantity.unit else 1)


def comparable(one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts are of one dimension, or two bare numbers."""
    if one.unit and other.unit:
        return one.unit.dimension == other.unit.dimension
    return one.unit is None and other.unit is None


def fits(meant: Fraction, quantity: Quantity, *, whole: bool = False) -> bool:
    """Tell whether an amount in base units is the one that is said; ``whole``: rounded down to a whole number."""
    factor = quantity.unit.factor if quantity.unit else Fraction(1)
    slack = Fraction(6, 100) if quantity.bound == "about" else Fraction(1, 100)
    for value in quantity.values:
        said = value * factor
        if meant == said or abs(meant - said) <= said * (slack if quantity.unit or quantity.bound == "about" else 0):
            return True
        if whole and int(meant / factor) == value:
            return True
        if quantity.bound == "over" and said <= meant <= said * Fraction(13, 10):
            return True
        if quantity.bound == "under" and said * Fraction(3, 4) <= meant <= said:
            return True
    return False


def counted(numeral: str) -> Fraction:
    """Return the number that digits or Chinese numerals write."""
    return Fraction(numeral) if numeral.isdigit() else quantities.value_of_numerals(numeral)


# --- what a sentence says of one and the facts of all ------------------------------------------------------------------

ONE_OF = re.compile(
    rf"(?:每(?:一)?|单|(?:^|(?<=[，。；、]))一)({MEASURE})(?:都|就|各|的|里|有|是|重|装|能|放|约|才|只|净|[\u4e00-\u9fff]{{0,2}})*$"
)
_OF_ALL = re.compile(
    r"(?:总(?:共|计|重|承重|长|容量|量)?|一共|合计|共计|全部|加起来|合起来|整[套箱盒组]|全套|(?:^|[，。；])一[套箱])[^，。；\d]{0,5}$"
)


def of_sentence(sentence: str, known: Rates, carriers: Sequence[Carrier]) -> list[Finding]:
    """Return the amounts said of one that are those of all, or the other way; spans in code points of ``sentence``."""
    why = "The facts give “{text}” for something else."
    found = [
        finding(sentence, q.start, q.end, "relation", _(why, text=q.text))
        for q in quantities.scan(sentence)
        if of_other(sentence, q, known, carriers)
    ]
    for deed, times in known.deeds:
        for match in re.finditer(
            rf"{deed}(?:上|个|了)?(?P<n>[两二三四五六七八九十]{{1,3}}|\d{{1,3}})(?:次|回|遍|道)", sentence
        ):
            if counted(match["n"]) > times:
                found.append(finding(sentence, match.start("n"), match.end(), "number", _(why, text=match[0])))
    return found


def of_other(sentence: str, quantity: Quantity, known: Rates, carriers: Sequence[Carrier]) -> bool:
    """Tell whether ``sentence`` says of one layer what the facts give for all, or of all what they give for one."""
    if quantity.code or quantity.money or not quantity.values:
        return False
    before = sentence[: quantity.start]
    mine = [r for r in known.rates if r.of and comparable(r.amount, quantity) and base(r.amount) == base(quantity)]
    counts = {m: n for m, n, _name in known.counts if n > 1}
    if (one := ONE_OF.search(before)) and not mine:
        total = [c for c in carriers if c.source and carries(c, quantity)]
        if quantity.unit:  # a measure is as a rule one's own; a product of ours (3 g × 15) is of all of them
            return bool(total) and one[1] in counts and all(c.quantity.shared == "sum" for c in total)
        total = [c for c in total if c.quantity.text]
        return one[1] in counts and bool(total) and not any(EACH.search(c.source) or one[1] in c.source for c in total)
    if _OF_ALL.search(before) and mine:
        others = [c for c in carriers if c.source and carries(c, quantity) and not EACH.search(c.source)]
        rated = {r.of for r in mine}
        return not any(c.source for c in others if not _rated(c, known)) and any(
            same(m, r) for m in counts for r in rated
        )
    return False


def _rated(carrier: Carrier, known: Rates) -> bool:
    return any(
        r.amount.values == carrier.quantity.values and r.amount.unit == carrier.quantity.unit for r in known.rates
    )
