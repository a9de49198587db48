"""Amounts that follow from what a fact gives for one of something: so much a time, a spoon, a layer, an hour."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
_MEASURE = f"[{quantities.MEASURES}勺滴次回顿格天日晚周月年人秒壶泡圈页枝遍集册段串提盘碟锅排架扎]"
_EACH = re.compile(
    rf"(?:每(?:一)?|单|/)(?:(?P<many>\d+(?:\.\d+)?\s?(?:ml|毫升|g|克|升|L))|(?P<of>小时|分钟|{_MEASURE}))", re.I
)
_TIMES = re.compile(rf"[×xX*]\s?(?P<n>\d+)\s?(?P<of>{_MEASURE})")
_TURNS = "次回泡杯碗壶顿份遍"
_DAYS = "天日晚"
_MAX = 6  # addends
_SUMMED = re.compile(
    r"一共|总共|共计|合计|加起来|加在一起|加一块|合起来|合在一起|凑[成齐足]|全套|整[套组盒箱]|[共合](?=[\d一二两三四五六七八九十])|(?:^|[，。])一[套箱盒]|加上|算上"
)
_VOLTS = (Fraction(37, 10), Fraction(36, 10), Fraction(385, 100))
_FILLED = re.compile(r"(?:装满|灌满|盛满|加满|倒满)")


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
        volts += [q.values[0] for q in several if q.unit and q.unit.dimension == "voltage" and q.values[0] < 30]
        rates += _rates(name, value, several)
        counts += [(m[3], counted(m[2]), m[1]) for m in _ITEM.finditer(value)]
        lists += (
            [tuple((m[1], Fraction(m[2])) for m in items)]
            if len(items := list(_TIMES_ITEM.finditer(value))) > 1
            else []
        )
        counts += [(_counted_by(q, value), q.values[0], name) for q in several if not q.unit and _counted_by(q, value)]
        if (
            (named := re.fullmatch(rf"[\u4e00-\u9fff]*?({_MEASURE})数量?", facts.clean_name(name)))
            and several
            and not several[0].unit
        ):
            counts.append((named[1], several[0].values[0], name))
    shares = [(m[1], Fraction(m[2]) / 100) for f in product.facts for m in _SHARE.finditer(f.value)]
    return Rates(
        tuple(rates), tuple(dict.fromkeys(counts)), tuple(volts), tuple(shares), tuple(_spans(product)), tuple(lists)
    )


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
    rf"(?:^|(?<=[，、；,;|/＋+]))\s?([\u4e00-\u9fff]{{2,6}}?)(?:[×xX*]\s?)?(\d{{1,3}}|[一两二三四五六七八九十])({_MEASURE})(?![\u4e00-\u9fff])"
)
_SHARE = re.compile(r"([\u4e00-\u9fff]{2,4})\s?(\d{1,2}(?:\.\d+)?)\s?[%％]")


def _counted_by(quantity: Quantity, value: str) -> str:
    found = re.match(rf"\s?({_MEASURE})", value[quantity.end :])
    return quantity.measure or (found[1] if found else "")


def _rates(name: str, value: str, several: list[Quantity]) -> Iterable[Rate]:
    for quantity in several:
        if times := _TIMES.match(value[quantity.end :].lstrip()):
            yield Rate(quantity, times["of"])
        before = value[: quantity.start]
        each = next(iter(list(_EACH.finditer(f"{name} {before}"))[::-1]), None)
        after = re.match(rf"\s*/\s*(?P<of>小时|分钟|{_MEASURE})", value[quantity.end :])
        if after:
            yield Rate(quantity, after["of"])
        elif each and each["of"]:
            yield Rate(quantity, each["of"])
        elif each and each["many"]:
            base = quantities.scan(each["many"])
            if base and base[0].values != quantity.values:
                yield Rate(quantity, "", base[0])
        elif re.search(r"用量|冲泡|冲调|投茶|一次", name):
            yield Rate(quantity, "次")


def same(one: str, other: str) -> bool:
    """Tell whether two measure words may count the same thing."""
    return one == other or any(one in row and other in row for row in _ALIKE)


def _base(quantity: Quantity) -> Fraction:
    return quantity.values[0] * (quantity.unit.factor if quantity.unit else 1)


def _comparable(one: Quantity, other: Quantity) -> bool:
    if one.unit and other.unit:
        return one.unit.dimension == other.unit.dimension
    return one.unit is None and other.unit is None


def _fits(meant: Fraction, quantity: Quantity, *, whole: bool = False) -> bool:
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


def follows(
    quantity: Quantity, several: Sequence[Quantity], known: Rates, carriers: Sequence[Carrier], text: str
) -> bool:
    """Tell whether an amount of the sentence ``text`` follows from a rate of the facts and another number."""
    if quantity.code or quantity.money or not quantity.values or not quantity.values[0]:
        return False
    own = [
        c
        for c in carriers
        if c.source and c.quantity.text and c.until is None and c.quantity.values and not c.quantity.code
    ]
    others = [q for q in several if q is not quantity and q.values and q.values[0] and not (q.code or q.money)]
    said = _said_counts(text, quantity)
    others += [q for q in said if not any(o.start == q.start for o in others)]
    counts = [(q.measure, q.values[0], q.start) for q in said]
    return (
        _times_each(quantity, counts, known, text)
        or _turns(quantity, known, own, text)
        or _proportion(quantity, others, known)
        or _so_many_days(quantity, others, own, known, text)
        or _divided(quantity, counts, known, own, text)
        or _summed(quantity, counts, known, text)
        or _energy(quantity, known, own)
        or _filled(quantity, own, text)
        or _share_of(quantity, known, own, text)
        or _by_dose(quantity, others, own, text)
        or _fills(quantity, others, own, text)
        or _used(quantity, others, own, text)
        or _across(quantity, known, text)
    )  # fmt: skip


_SAID = re.compile(
    rf"(?<![第之唯统同万单\d.])(?P<n>[一两二三四五六七八九十百]{{1,4}}|\d{{1,4}})(?P<of>{_MEASURE})(?![样起定直下])"
)


def sums(text: str) -> bool:
    """Tell whether a sentence says that it adds up."""
    return bool(_SUMMED.search(text))


def _said_counts(text: str, quantity: Quantity) -> list[Quantity]:
    """Return what a sentence counts beside ``quantity``, with its measure words; 一 counts too."""
    return [
        Quantity(m.start(), m.end(), m[0], (counted(m["n"]),), measure=m["of"])
        for m in _SAID.finditer(text)
        if not (m.start() < quantity.end and quantity.start < m.end()) and counted(m["n"])
    ]


def counted(numeral: str) -> Fraction:
    """Return the number that digits or Chinese numerals write."""
    return Fraction(numeral) if numeral.isdigit() else quantities.value_of_numerals(numeral)


def _times_each(quantity: Quantity, counts: list[tuple[str, Fraction, int]], known: Rates, text: str) -> bool:
    one = _ONE_OF.search(text[: quantity.start])
    for rate in known.rates:
        if one and one[1] == rate.of:
            continue  # what is said of one is no product
        if not rate.of or not _comparable(rate.amount, quantity) or not _same_count(rate.amount, quantity, text):
            continue
        numbers = [n for m, n, _at in counts if same(m, rate.of) and n > 1]
        if _SUMMED.search(text):
            numbers += [n for m, n, _name in known.counts if same(m, rate.of) and n > 1]
        if any(_fits(_base(rate.amount) * n, quantity) for n in numbers):
            return True
    return False


def _same_count(known: Quantity, said: Quantity, text: str) -> bool:
    """Tell whether two bare numbers count the same: pages and pages."""
    if known.unit or said.unit:
        return True
    mine, theirs = known.measure or known.text[-1:], said.measure or text[said.end : said.end + 1]
    return not mine or not theirs or mine.isdigit() or same(mine, theirs)


def _turns(quantity: Quantity, known: Rates, own: Sequence[Carrier], text: str) -> bool:
    """A bottle of 3 kg at 30 g a time is a hundred times; ninety tablets at two a day are 45 days."""
    said = quantity.measure or text[quantity.end : quantity.end + 1]
    for rate in known.rates:
        in_days = rate.of in _DAYS and quantity.unit is not None and quantity.unit.dimension in {"time", "months"}
        in_turns = quantity.unit is None and rate.of in _TURNS and said in _TURNS
        counted = quantity.unit is None and bool(rate.of) and same(said, rate.of)
        hourly = rate.of in {"小时", "分钟"} and quantity.unit is not None and quantity.unit.dimension == "time"
        if not (in_days or in_turns or counted or hourly):
            continue
        for whole in own:
            total = whole.quantity
            if not _comparable(total, rate.amount) or total is rate.amount or _base(total) <= _base(rate.amount):
                continue
            if not total.unit and not _same_count(total, rate.amount, total.text):
                continue
            turns = _base(total) / _base(rate.amount)
            if hourly:
                if _fits(turns * (3600 if rate.of == "小时" else 60), quantity):
                    return True
            elif in_days and quantity.unit:
                days = Fraction(30 if quantity.unit.dimension == "months" else 86400)
                if _fits(turns * 86400 if days == 86400 else turns / 30, quantity):
                    return True
            elif _fits(turns, quantity, whole=True):
                return True
    return False


def _proportion(quantity: Quantity, others: Sequence[Quantity], known: Rates) -> bool:
    """Five spoons for 150 ml, where a fact gives one for 30."""
    for rate in known.rates:
        if rate.base is None:
            continue
        for other in others:
            for mine, theirs in ((rate.amount, rate.base), (rate.base, rate.amount)):
                if (
                    _comparable(mine, quantity)
                    and _comparable(theirs, other)
                    and (_fits(_base(mine) * _base(other) / _base(theirs), quantity))
                ):
                    return True
    return False


_DAILY = re.compile(r"(?:每|一)(?:天|日|晚|次)[^，。；\d]{0,6}$")


def _so_many_days(
    quantity: Quantity, others: Sequence[Quantity], own: Sequence[Carrier], known: Rates, text: str
) -> bool:
    """Two hours a day: twenty days of forty hours; twice a day for ninety days: 180 times."""
    said = quantity.measure or text[quantity.end : quantity.end + 1]
    if quantity.unit is None and said in _TURNS:
        days = [_base(c.quantity) / 86400 for c in own if c.quantity.unit and c.quantity.unit.dimension == "time"]
        daily = [r.amount.values[0] for r in known.rates if r.of in _DAYS and not r.amount.unit]
        daily += [c.quantity.values[0] for c in own if re.search(r"每[日天]", c.source) and not c.quantity.unit]
        return any(_fits(d * n, quantity) for d in days for n in daily if d >= 1)
    for other in others:
        first, second = (quantity, other) if quantity.start < other.start else (other, quantity)
        if not _DAILY.search(text[: first.start]) or first.unit is None or first.unit.dimension != "time":
            continue
        count = second.values[0] * (30 if second.unit and second.unit.dimension == "months" else 1)
        if second.unit and second.unit.dimension not in {"time", "months"}:
            continue
        if second.unit and second.unit.dimension == "time":
            count = _base(second) / 86400
        total = _base(first) * count
        if any(c.quantity.unit and c.quantity.unit.dimension == "time" and _base(c.quantity) == total for c in own):
            return True
    return False


_SHARED_OUT = re.compile(rf"(?:每(?:一)?|各|平均|单|一)({_MEASURE})?[\u4e00-\u9fff]{{0,4}}$")


def _divided(
    quantity: Quantity, counts: list[tuple[str, Fraction, int]], known: Rates, own: Sequence[Carrier], text: str
) -> bool:
    """Twelve on each of two layers of 24 pieces."""
    shared = _SHARED_OUT.search(text[: quantity.start])
    if not shared or (quantity.unit is not None and quantity.shared != "each"):
        return False
    measure = shared[1] or ""
    numbers = {n for m, n, _name in known.counts if n > 1 and (not measure or same(m, measure))}
    numbers |= {n for m, n, _at in counts if n > 1 and not measure}
    return any(
        _comparable(c.quantity, quantity) and _same_count(c.quantity, quantity, text) and _fits(_base(c.quantity) / n, quantity)
        for c in own
        for n in numbers
        if _base(c.quantity) != n
    )  # fmt: skip


def _summed(quantity: Quantity, counts: list[tuple[str, Fraction, int]], known: Rates, text: str) -> bool:
    """One engine and three cars are four; what a sentence names of the facts, or counts itself."""
    if quantity.unit or not _SUMMED.search(text):
        return False
    said = [n for _m, n, at in counts if at < quantity.start]
    if 1 < len(said) <= _MAX and _fits(sum(said, Fraction(0)), quantity):
        return True
    named = {
        name: n
        for _m, n, name in known.counts
        if name and any(w in text for w in (name, name.removesuffix("数量").removesuffix("数")))
    }
    if 1 < len(named) <= _MAX and _fits(sum(named.values(), Fraction(0)), quantity):
        return True
    for several in known.lists:
        left_out = {name for name, _n in several if _spared(name, text)}
        if _fits(sum((n for name, n in several if name not in left_out), Fraction(0)), quantity):
            return True
    rest = {name: n for _m, n, name in known.counts if name and name not in named and len(name) < 4}
    return len(named) == 1 and any(_fits(n + m, quantity) for n in named.values() for m in rest.values())


_SPARED = r"(?:不算|不含|除了?|除去|去掉|不连|不计|刨去|抛开)(?:上)?"


def _spared(name: str, text: str) -> bool:
    """Tell whether a sentence leaves an item of a list out: 不算盒子 of 收纳盒."""
    core = name.removesuffix("子")
    return bool(re.search(rf"{_SPARED}[^，。；]{{0,4}}(?:{re.escape(name)}|{re.escape(core[-1])})", text))


def _used(quantity: Quantity, others: Sequence[Quantity], own: Sequence[Carrier], text: str) -> bool:
    """Twelve watts for ten hours use 0.12 degrees, as kilowatt-hours are called."""
    for other in others:
        used, hours = (quantity, other) if quantity.text.endswith(("度", "度电")) else (other, quantity)
        if not used.text.endswith(("度", "度电")) or "电" not in text:
            continue
        if hours.unit is None or hours.unit.dimension != "time":
            continue
        watts = [_base(c.quantity) for c in own if c.quantity.unit and c.quantity.unit.dimension == "power"]
        if any(w * _base(hours) / 3600 / 1000 == used.values[0] for w in watts):
            return True
    return False


def _energy(quantity: Quantity, known: Rates, own: Sequence[Carrier]) -> bool:
    """10,000 mAh at the usual 3.7 V are 37 Wh."""
    if quantity.unit is None or quantity.unit.dimension != "energy":
        return False
    charges = [_base(c.quantity) / 1000 for c in own if c.quantity.unit and c.quantity.unit.dimension == "charge"]
    return any(abs(c * v - _base(quantity)) <= _base(quantity) / 50 for c in charges for v in known.volts or _VOLTS)


def _filled(quantity: Quantity, own: Sequence[Carrier], text: str) -> bool:
    """Full of water, a bottle of half a litre weighs its own weight and 500 g."""
    if quantity.unit is None or quantity.unit.dimension != "weight" or not _FILLED.search(text[: quantity.start]):
        return False
    held = [_base(c.quantity) for c in own if c.quantity.unit and c.quantity.unit.dimension == "volume"]
    bare = [_base(c.quantity) for c in own if c.quantity.unit and c.quantity.unit.dimension == "weight"]
    return any(_fits(h + b, quantity) for h in held for b in (*bare, Fraction(0)))


_VESSEL = re.compile(r"的?(?:小|大)?(?:杯|瓶|碗|壶|盆|锅|罐|袋|桶)")
_SPAN = re.compile(r"(?:每(?:个|一)?[码档号]|一[码档号]|跨|相差|差)[^，。；\d]{0,4}$")


def _fills(quantity: Quantity, others: Sequence[Quantity], own: Sequence[Carrier], text: str) -> bool:
    """A can of 1.7 litres fills three cups of half a litre."""
    for other in others:
        each, count = (quantity, other) if quantity.unit else (other, quantity)
        if each.unit is None or count.unit is not None or not _VESSEL.match(text, each.end) or count.start > each.start:
            continue
        whole = [_base(c.quantity) for c in own if _comparable(c.quantity, each)]
        if any(int(w / _base(each)) == count.values[0] for w in whole):
            return True
    return False


def _across(quantity: Quantity, known: Rates, text: str) -> bool:
    """How much a range of the facts takes in: ten centimetres a size of 95 to 105."""
    if quantity.unit is None or not _SPAN.search(text[: quantity.start]):
        return False
    return any(d == quantity.unit.dimension and _fits(w, quantity) for d, w in known.spans)


_DOSE = re.compile(rf"(?:每|一)(?:{_MEASURE})[^，。；\d]{{0,6}}$")


def _by_dose(quantity: Quantity, others: Sequence[Quantity], own: Sequence[Carrier], text: str) -> bool:
    """Twenty grams a time, eleven times, of 227 grams: the reader's own dose and what comes of it."""
    for other in others:
        dose, turns = (quantity, other) if quantity.unit else (other, quantity)
        if dose.unit is None or not _DOSE.search(text[: dose.start]):
            continue
        if turns.unit is not None:
            days = turns.unit.en == "days" and re.search(r"[每一][天日晚]", text[: dose.start])
            turns = replace(turns, unit=None) if days else turns
        said = turns.measure or text[turns.end : turns.end + 1]
        if turns.unit is not None or (said not in _TURNS and turns.text[-1:] not in _DAYS):
            continue
        whole = [_base(c.quantity) for c in own if _comparable(c.quantity, dose) and _base(c.quantity) > _base(dose)]
        if any(_fits(w / _base(dose), turns, whole=True) for w in whole):
            return True
    return False


def _share_of(quantity: Quantity, known: Rates, own: Sequence[Carrier], text: str) -> bool:
    """Nine tenths of 1,200 g of filling are 1,080 g of down."""
    if quantity.unit is None or quantity.unit.dimension not in {"weight", "volume"}:
        return False
    named = [share for word, share in known.shares if word in text]
    return any(_fits(_base(c.quantity) * s, quantity) for c in own if _comparable(c.quantity, quantity) for s in named)


# --- what a sentence says of one and the facts of all ------------------------------------------------------------------

_ONE_OF = re.compile(
    rf"(?:每(?:一)?|单|(?:^|(?<=[，。；、]))一)({_MEASURE})(?:都|就|各|的|里|有|是|重|装|能|放|约|才|只|净|[\u4e00-\u9fff]{{0,2}})*$"
)
_OF_ALL = re.compile(
    r"(?:总(?:共|计|重|承重|长|容量|量)?|一共|合计|共计|全部|加起来|合起来|整[套箱盒组]|全套|(?:^|[，。；])一[套箱])[^，。；\d]{0,5}$"
)


def of_sentence(sentence: str, known: Rates, carriers: Sequence[Carrier]) -> list[Finding]:
    """Return the amounts said of one that are those of all, or the other way; spans in code points of ``sentence``."""
    why = "The facts give “{text}” for something else."
    return [
        finding(sentence, q.start, q.end, "relation", _(why, text=q.text))
        for q in quantities.scan(sentence)
        if of_other(sentence, q, known, carriers)
    ]


def of_other(sentence: str, quantity: Quantity, known: Rates, carriers: Sequence[Carrier]) -> bool:
    """Tell whether ``sentence`` says of one layer what the facts give for all, or of all what they give for one."""
    if quantity.code or quantity.money or not quantity.values:
        return False
    before = sentence[: quantity.start]
    mine = [r for r in known.rates if r.of and _comparable(r.amount, quantity) and _base(r.amount) == _base(quantity)]
    counts = {m: n for m, n, _name in known.counts if n > 1}
    if (one := _ONE_OF.search(before)) and not mine:
        total = [c for c in carriers if c.source and carries(c, quantity)]
        if quantity.unit:  # a measure is as a rule one's own; a product of ours (3 g × 15) is of all of them
            return bool(total) and one[1] in counts and all(c.quantity.shared == "sum" for c in total)
        total = [c for c in total if c.quantity.text]
        return one[1] in counts and bool(total) and not any(_EACH.search(c.source) or one[1] in c.source for c in total)
    if _OF_ALL.search(before) and mine:
        others = [c for c in carriers if c.source and carries(c, quantity) and not _EACH.search(c.source)]
        rated = {r.of for r in mine}
        return not any(c.source for c in others if not _rated(c, known)) and any(
            same(m, r) for m in counts for r in rated
        )
    return False


def _rated(carrier: Carrier, known: Rates) -> bool:
    return any(
        r.amount.values == carrier.quantity.values and r.amount.unit == carrier.quantity.unit for r in known.rates
    )
