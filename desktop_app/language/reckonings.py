"""Amounts that follow from the facts where a sentence reckons: so many turns of a bottle, a spoon for thirty millilitres, a list added up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from desktop_app.language.carrier import Carrier
from desktop_app.language.quantities import Quantity
from desktop_app.language.rates import DAYS, MEASURE, ONE_OF, TURNS, Rates, base, comparable, counted, fits, same

_MAX = 6  # addends
_SUMMED = re.compile(
    r"一共|总共|共计|合计|加起来|加在一起|加一块|合起来|合在一起|凑[成齐足]|全套|整[套组盒箱]|[共合](?=[\d一二两三四五六七八九十])|(?:^|[，。])一[套箱盒]|加上|算上"
)
_VOLTS = (Fraction(37, 10), Fraction(36, 10), Fraction(385, 100))
_FILLED = re.compile(r"(?:装满|灌满|盛满|加满|倒满)")


def sums(text: str) -> bool:
    """Tell whether a sentence says that it adds up."""
    return bool(_SUMMED.search(text))


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
        or _as_many_days(quantity, known, text)
        or _so_many_days(quantity, others, own, known, text)
        or _divided(quantity, counts, known, own, text)
        or _summed(quantity, counts, known, text)
        or _of_a_piece(quantity, known, own, text)
        or _energy(quantity, known, own)
        or _filled(quantity, own, text)
        or _share_of(quantity, known, own, text)
        or _by_dose(quantity, others, own, text)
        or _fills(quantity, others, own, text)
        or _used(quantity, others, own, text)
        or _across(quantity, known, text)
    )  # fmt: skip


_SAID = re.compile(
    rf"(?<![第之唯统同万单\d.])(?P<n>[一两二三四五六七八九十百]{{1,4}}|\d{{1,4}})(?P<of>{MEASURE})(?![样起定直下])"
)


def _said_counts(text: str, quantity: Quantity) -> list[Quantity]:
    """Return what a sentence counts beside ``quantity``, with its measure words; 一 counts too."""
    return [
        Quantity(m.start(), m.end(), m[0], (counted(m["n"]),), measure=m["of"])
        for m in _SAID.finditer(text)
        if not (m.start() < quantity.end and quantity.start < m.end()) and counted(m["n"])
    ]


def _times_each(quantity: Quantity, counts: list[tuple[str, Fraction, int]], known: Rates, text: str) -> bool:
    one = ONE_OF.search(text[: quantity.start])
    for rate in known.rates:
        if one and one[1] == rate.of:
            continue  # what is said of one is no product
        if not rate.of or not comparable(rate.amount, quantity) or not _same_count(rate.amount, quantity, text):
            continue
        numbers = [n for m, n, _at in counts if same(m, rate.of) and n > 1]
        if _SUMMED.search(text):
            numbers += [n for m, n, _name in known.counts if same(m, rate.of) and n > 1]
        if any(fits(base(rate.amount) * n, quantity) for n in numbers):
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
        in_days = rate.of in DAYS and quantity.unit is not None and quantity.unit.dimension in {"time", "months"}
        in_turns = quantity.unit is None and rate.of in TURNS and said in TURNS
        counted = quantity.unit is None and bool(rate.of) and same(said, rate.of)
        hourly = rate.of in {"小时", "分钟"} and quantity.unit is not None and quantity.unit.dimension == "time"
        if not (in_days or in_turns or counted or hourly):
            continue
        for whole in own:
            total = whole.quantity
            if not comparable(total, rate.amount) or total is rate.amount or base(total) <= base(rate.amount):
                continue
            if not total.unit and not _same_count(total, rate.amount, total.text):
                continue
            turns = base(total) / base(rate.amount)
            if hourly:
                if fits(turns * (3600 if rate.of == "小时" else 60), quantity):
                    return True
            elif in_days and quantity.unit:
                days = Fraction(30 if quantity.unit.dimension == "months" else 86400)
                if fits(turns * 86400 if days == 86400 else turns / 30, quantity):
                    return True
            elif fits(turns, quantity, whole=True):
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
                    comparable(mine, quantity)
                    and comparable(theirs, other)
                    and fits(base(mine) * base(other) / base(theirs), quantity)
                ):
                    return True
    return False


_A_DAY = re.compile(rf"(?:一|每)[天日晚][^，。；\d]{{0,4}}?(?P<n>[一两二三四五六七八九十\d]{{1,3}})(?P<of>{MEASURE})")


def _as_many_days(quantity: Quantity, known: Rates, text: str) -> bool:
    """Fifteen packets, one a day: half a month."""
    if quantity.unit is None or quantity.unit.dimension not in {"time", "months"}:
        return False
    return any(
        fits(n / counted(m["n"]) * (86400 if quantity.unit.dimension == "time" else Fraction(1, 30)), quantity)
        for m in _A_DAY.finditer(text)
        for measure, n, _name in known.counts
        if same(measure, m["of"]) and counted(m["n"])
    )


_DAILY = re.compile(r"(?:每|一)(?:天|日|晚|次)[^，。；\d]{0,6}$")


def _so_many_days(
    quantity: Quantity, others: Sequence[Quantity], own: Sequence[Carrier], known: Rates, text: str
) -> bool:
    """Two hours a day: twenty days of forty hours; twice a day for ninety days: 180 times."""
    said = quantity.measure or text[quantity.end : quantity.end + 1]
    if quantity.unit is None and said in TURNS:
        days = [base(c.quantity) / 86400 for c in own if c.quantity.unit and c.quantity.unit.dimension == "time"]
        daily = [r.amount.values[0] for r in known.rates if r.of in DAYS and not r.amount.unit]
        daily += [c.quantity.values[0] for c in own if re.search(r"每[日天]", c.source) and not c.quantity.unit]
        return any(fits(d * n, quantity) for d in days for n in daily if d >= 1)
    for other in others:
        first, second = (quantity, other) if quantity.start < other.start else (other, quantity)
        if not _DAILY.search(text[: first.start]) or first.unit is None:
            continue
        count = second.values[0] * (30 if second.unit and second.unit.dimension == "months" else 1)
        if second.unit and second.unit.dimension not in {"time", "months"}:
            continue
        if second.unit and second.unit.dimension == "time":
            count = base(second) / 86400
        total = base(first) * count
        if any(comparable(c.quantity, first) and base(c.quantity) == total for c in own):
            return True
    return False


_SHARED_OUT = re.compile(rf"(?:每(?:一)?|各|平均|单|一)({MEASURE})?[\u4e00-\u9fff]{{0,4}}$")


def _of_a_piece(quantity: Quantity, known: Rates, own: Sequence[Carrier], text: str) -> bool:
    """What a hundred grams hold, held by one of ten slices of 400 g."""
    one = re.search(rf"[一每]({MEASURE})[^，。；\d]{{0,6}}$", text[: quantity.start])
    if not one:
        return False
    numbers = [n for m, n, _name in known.counts if same(m, one[1]) and n > 1]
    weights = [base(c.quantity) for c in own if c.quantity.unit and c.quantity.unit.dimension in {"weight", "volume"}]
    return any(
        r.base is not None and comparable(r.amount, quantity) and fits(base(r.amount) * w / n / base(r.base), quantity)
        for r in known.rates
        for w in weights
        for n in numbers
    )


def _divided(
    quantity: Quantity, counts: list[tuple[str, Fraction, int]], known: Rates, own: Sequence[Carrier], text: str
) -> bool:
    """Twelve on each of two layers of 24 pieces."""
    shared = _SHARED_OUT.search(text[: quantity.start])
    if not shared or (quantity.unit is not None and quantity.shared != "each" and not shared[1]):
        return False
    measure = shared[1] or ""
    numbers = {n for m, n, _name in known.counts if n > 1 and (not measure or same(m, measure))}
    numbers |= {n for m, n, _at in counts if n > 1 and not measure}
    return any(
        comparable(c.quantity, quantity) and _same_count(c.quantity, quantity, text) and fits(base(c.quantity) / n, quantity)
        for c in own
        for n in numbers
        if base(c.quantity) != n
    )  # fmt: skip


def _summed(quantity: Quantity, counts: list[tuple[str, Fraction, int]], known: Rates, text: str) -> bool:
    """One engine and three cars are four; what a sentence names of the facts, or counts itself."""
    if quantity.unit or not _SUMMED.search(text):
        return False
    said = [n for _m, n, at in counts if at < quantity.start]
    if 1 < len(said) <= _MAX and fits(sum(said, Fraction(0)), quantity):
        return True
    named = {
        name: n
        for _m, n, name in known.counts
        if name and any(w in text for w in (name, name.removesuffix("数量").removesuffix("数")))
    }
    if 1 < len(named) <= _MAX and fits(sum(named.values(), Fraction(0)), quantity):
        return True
    for several in known.lists:
        left_out = {name for name, _n in several if _spared(name, text)}
        if fits(sum((n for name, n in several if name not in left_out), Fraction(0)), quantity):
            return True
    rest = {name: n for _m, n, name in known.counts if name and name not in named and len(name) < 4}
    return len(named) == 1 and any(fits(n + m, quantity) for n in named.values() for m in rest.values())


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
        watts = [base(c.quantity) for c in own if c.quantity.unit and c.quantity.unit.dimension == "power"]
        if any(w * base(hours) / 3600 / 1000 == used.values[0] for w in watts):
            return True
    return False


def _energy(quantity: Quantity, known: Rates, own: Sequence[Carrier]) -> bool:
    """10,000 mAh at the usual 3.7 V are 37 Wh."""
    if quantity.unit is None or quantity.unit.dimension != "energy":
        return False
    charges = [base(c.quantity) / 1000 for c in own if c.quantity.unit and c.quantity.unit.dimension == "charge"]
    return any(abs(c * v - base(quantity)) <= base(quantity) / 50 for c in charges for v in known.volts or _VOLTS)


def _filled(quantity: Quantity, own: Sequence[Carrier], text: str) -> bool:
    """Full of water, a bottle of half a litre weighs its own weight and 500 g."""
    if quantity.unit is None or quantity.unit.dimension != "weight" or not _FILLED.search(text[: quantity.start]):
        return False
    held = [base(c.quantity) for c in own if c.quantity.unit and c.quantity.unit.dimension == "volume"]
    bare = [base(c.quantity) for c in own if c.quantity.unit and c.quantity.unit.dimension == "weight"]
    return any(fits(h + b, quantity) for h in held for b in (*bare, Fraction(0)))


_VESSEL = re.compile(r"的?(?:小|大)?(?:杯|瓶|碗|壶|盆|锅|罐|袋|桶)")
_SPAN = re.compile(r"(?:每(?:个|一)?[码档号]|一[码档号]|跨|相差|差)[^，。；\d]{0,4}$")


def _fills(quantity: Quantity, others: Sequence[Quantity], own: Sequence[Carrier], text: str) -> bool:
    """A can of 1.7 litres fills three cups of half a litre."""
    for other in others:
        each, count = (quantity, other) if quantity.unit else (other, quantity)
        if each.unit is None or count.unit is not None or not _VESSEL.match(text, each.end) or count.start > each.start:
            continue
        whole = [base(c.quantity) for c in own if comparable(c.quantity, each)]
        if any(int(w / base(each)) == count.values[0] for w in whole):
            return True
    return False


def _across(quantity: Quantity, known: Rates, text: str) -> bool:
    """How much a range of the facts takes in: ten centimetres a size of 95 to 105."""
    if quantity.unit is None or not _SPAN.search(text[: quantity.start]):
        return False
    return any(d == quantity.unit.dimension and fits(w, quantity) for d, w in known.spans)


_DOSE = re.compile(rf"(?:每|一)(?:{MEASURE})[^，。；\d]{{0,6}}$")


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
        if turns.unit is not None or (said not in TURNS and turns.text[-1:] not in DAYS):
            continue
        whole = [base(c.quantity) for c in own if comparable(c.quantity, dose) and base(c.quantity) > base(dose)]
        if any(fits(w / base(dose), turns, whole=True) for w in whole):
            return True
    return False


def _share_of(quantity: Quantity, known: Rates, own: Sequence[Carrier], text: str) -> bool:
    """Nine tenths of 1,200 g of filling are 1,080 g of down."""
    if quantity.unit is None or quantity.unit.dimension not in {"weight", "volume"}:
        return False
    named = [share for word, share in known.shares if word in text]
    return any(fits(base(c.quantity) * s, quantity) for c in own if comparable(c.quantity, quantity) for s in named)
