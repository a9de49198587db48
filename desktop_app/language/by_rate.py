"""Amounts that follow from so much for one: so many turns of a bottle, a spoon for thirty millilitres, a list added up."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from desktop_app.language.quantities import Quantity
from desktop_app.language.rates import DAYS, TURNS, base, comparable, counted, fits, same
from desktop_app.language.reckoned_from import Asked

_MOST = 6  # addends
_VOLTS = (Fraction(37, 10), Fraction(36, 10), Fraction(385, 100))
_HOURS = {"小时": 3600, "分钟": 60}  # seconds
_TIME = {"time", "months"}


def times_each(asked: Asked) -> bool:
    """Three packets of 20 g each are 60 g."""
    one = asked.words.of_a_kind.search(asked.before)
    for rate in asked.rates.rates:
        if one and one[1] == rate.of:
            continue  # what is said of one is no product
        amount = rate.amount
        if not rate.of or not comparable(amount, asked.quantity) or not _same_count(amount, asked.quantity, asked.text):
            continue
        numbers = [n for m, n, _at in asked.counts if same(m, rate.of) and n > 1]
        if asked.words.counted_up.search(asked.text):
            numbers += [n for m, n, _name in asked.rates.counts if same(m, rate.of) and n > 1]
        if any(fits(base(amount) * n, asked.quantity) for n in numbers):
            return True
    return False


def _same_count(known: Quantity, said: Quantity, text: str) -> bool:
    """Tell whether two bare numbers count the same: pages and pages."""
    if known.unit or said.unit:
        return True
    mine, theirs = known.measure or known.text[-1:], said.measure or text[said.end : said.end + 1]
    return not mine or not theirs or mine.isdigit() or same(mine, theirs)


def turns(asked: Asked) -> bool:
    """A bottle of 3 kg at 30 g a time is a hundred times; ninety tablets at two a day are 45 days."""
    quantity, said = asked.quantity, asked.counted_by
    for rate in asked.rates.rates:
        in_days = rate.of in DAYS and quantity.unit is not None and quantity.unit.dimension in _TIME
        in_turns = quantity.unit is None and rate.of in TURNS and said in TURNS
        counts = quantity.unit is None and bool(rate.of) and same(said, rate.of)
        hourly = rate.of in _HOURS and quantity.unit is not None and quantity.unit.dimension == "time"
        if not (in_days or in_turns or counts or hourly):
            continue
        for found in _turns_of(asked, rate.amount):
            if hourly:
                if fits(found * _HOURS[rate.of], quantity):
                    return True
            elif in_days and quantity.unit:
                if fits(found / 30 if quantity.unit.dimension == "months" else found * 86400, quantity):
                    return True
            elif fits(found, quantity, whole=True):
                return True
    return False


def _turns_of(asked: Asked, amount: Quantity) -> list[Fraction]:
    """Return how often an amount goes into each larger one of the facts."""
    wholes = [c.quantity for c in asked.given if comparable(c.quantity, amount) and c.quantity is not amount]
    return [
        base(whole) / base(amount)
        for whole in wholes
        if base(whole) > base(amount) and (whole.unit or _same_count(whole, amount, whole.text))
    ]


def proportion(asked: Asked) -> bool:
    """Five spoons for 150 ml, where a fact gives one for 30."""
    return any(
        comparable(mine, asked.quantity)
        and comparable(theirs, other)
        and fits(base(mine) * base(other) / base(theirs), asked.quantity)
        for rate in asked.rates.rates
        if rate.base is not None
        for other in asked.others
        for mine, theirs in ((rate.amount, rate.base), (rate.base, rate.amount))
    )


def as_many_days(asked: Asked) -> bool:
    """Fifteen packets, one a day: half a month."""
    quantity = asked.quantity
    if quantity.unit is None or quantity.unit.dimension not in _TIME:
        return False
    day = Fraction(86400) if quantity.unit.dimension == "time" else Fraction(1, 30)
    return any(
        fits(n / counted(m["n"]) * day, quantity)
        for m in asked.words.a_day.finditer(asked.text)
        for measure, n, _name in asked.rates.counts
        if same(measure, m["of"]) and counted(m["n"])
    )


def so_many_days(asked: Asked) -> bool:
    """Two hours a day: twenty days of forty hours; twice a day for ninety days: 180 times."""
    quantity = asked.quantity
    if quantity.unit is None and asked.counted_by in TURNS:
        days = [n / 86400 for n in asked.bases("time")]
        daily = [r.amount.values[0] for r in asked.rates.rates if r.of in DAYS and not r.amount.unit]
        daily += [
            c.quantity.values[0] for c in asked.given if asked.words.daily_fact.search(c.source) and not c.quantity.unit
        ]
        return any(fits(d * n, quantity) for d in days for n in daily if d >= 1)
    for other in asked.others:
        first, second = (quantity, other) if quantity.start < other.start else (other, quantity)
        if not asked.words.daily.search(asked.text[: first.start]) or first.unit is None:
            continue
        count = second.values[0] * (30 if second.unit and second.unit.dimension == "months" else 1)
        if second.unit and second.unit.dimension not in _TIME:
            continue
        if second.unit and second.unit.dimension == "time":
            count = base(second) / 86400
        whole = base(first) * count
        if any(comparable(c.quantity, first) and base(c.quantity) == whole for c in asked.given):
            return True
    return False


def of_a_piece(asked: Asked) -> bool:
    """What a hundred grams hold, held by one of ten slices of 400 g."""
    one = asked.words.of_a_piece.search(asked.before)
    if not one:
        return False
    numbers = [n for m, n, _name in asked.rates.counts if same(m, one[1]) and n > 1]
    return any(
        r.base is not None
        and comparable(r.amount, asked.quantity)
        and fits(base(r.amount) * w / n / base(r.base), asked.quantity)
        for r in asked.rates.rates
        for w in asked.bases("weight", "volume")
        for n in numbers
    )


def divided(asked: Asked) -> bool:
    """Twelve on each of two layers of 24 pieces."""
    quantity, shared = asked.quantity, asked.words.shared_out.search(asked.before)
    if not shared or (quantity.unit is not None and quantity.shared != "each" and not shared[1]):
        return False
    measure = shared[1] or ""
    numbers = {n for m, n, _name in asked.rates.counts if n > 1 and (not measure or same(m, measure))}
    numbers |= {n for m, n, _at in asked.counts if n > 1 and not measure}
    wholes = [
        c.quantity
        for c in asked.given
        if comparable(c.quantity, quantity) and _same_count(c.quantity, quantity, asked.text)
    ]
    return any(fits(base(whole) / n, quantity) for whole in wholes for n in numbers if base(whole) != n)


def counted_up(asked: Asked) -> bool:
    """One engine and three cars are four; what a sentence names of the facts, or counts itself."""
    quantity, text, counts = asked.quantity, asked.text, asked.rates.counts
    if quantity.unit or not asked.words.counted_up.search(text):
        return False
    said = [n for _m, n, at in asked.counts if at < quantity.start]
    if 1 < len(said) <= _MOST and fits(sum(said, Fraction(0)), quantity):
        return True
    named = {name: n for _m, n, name in counts if name and any(word in text for word in _names_of(asked, name))}
    if 1 < len(named) <= _MOST and fits(sum(named.values(), Fraction(0)), quantity):
        return True
    for several in asked.rates.lists:
        if fits(sum((n for name, n in several if not _left_out(asked, name)), Fraction(0)), quantity):
            return True
    rest = {name: n for _m, n, name in counts if name and name not in named and len(name) < 4}
    return len(named) == 1 and any(fits(n + m, quantity) for n in named.values() for m in rest.values())


def _names_of(asked: Asked, name: str) -> tuple[str, str]:
    """Return the name of a count, and the name without what a sentence leaves off: 批头数量, 批头."""
    bare = name
    for end in asked.words.quantity_ends:
        bare = bare.removesuffix(end)
    return name, bare


def _left_out(asked: Asked, name: str) -> bool:
    """Tell whether a sentence leaves an item of a list out: 不算盒子 of 收纳盒."""
    core = name.removesuffix("子")
    out = rf"{asked.words.left_out}[^，。；]{{0,4}}(?:{re.escape(name)}|{re.escape(core[-1])})"
    return bool(re.search(out, asked.text))


def used(asked: Asked) -> bool:
    """Twelve watts for ten hours use 0.12 degrees, as kilowatt-hours are called."""
    ends = asked.words.power_ends
    if asked.words.power_word not in asked.text:
        return False
    for other in asked.others:
        told, hours = (asked.quantity, other) if asked.quantity.text.endswith(ends) else (other, asked.quantity)
        if not told.text.endswith(ends) or hours.unit is None or hours.unit.dimension != "time":
            continue
        if any(w * base(hours) / 3600 / 1000 == told.values[0] for w in asked.bases("power")):
            return True
    return False


def energy(asked: Asked) -> bool:
    """10,000 mAh at the usual 3.7 V are 37 Wh."""
    quantity = asked.quantity
    if quantity.unit is None or quantity.unit.dimension != "energy":
        return False
    volts = asked.rates.volts or _VOLTS
    charges = [n / 1000 for n in asked.bases("charge")]
    return any(abs(c * v - base(quantity)) <= base(quantity) / 50 for c in charges for v in volts)


def filled(asked: Asked) -> bool:
    """Full of water, a bottle of half a litre weighs its own weight and 500 g."""
    quantity = asked.quantity
    if quantity.unit is None or quantity.unit.dimension != "weight" or not asked.words.filled.search(asked.before):
        return False
    bare = (*asked.bases("weight"), Fraction(0))
    return any(fits(held + weight, quantity) for held in asked.bases("volume") for weight in bare)


def fills(asked: Asked) -> bool:
    """A can of 1.7 litres fills three cups of half a litre."""
    for other in asked.others:
        each, count = (asked.quantity, other) if asked.quantity.unit else (other, asked.quantity)
        if each.unit is None or count.unit is not None or count.start > each.start:
            continue
        if not asked.words.vessel.match(asked.text, each.end):
            continue
        wholes = [base(c.quantity) for c in asked.given if comparable(c.quantity, each)]
        if any(int(whole / base(each)) == count.values[0] for whole in wholes):
            return True
    return False


def across(asked: Asked) -> bool:
    """How much a range of the facts takes in: ten centimetres a size of 95 to 105."""
    quantity = asked.quantity
    if quantity.unit is None or not asked.words.across.search(asked.before):
        return False
    return any(d == quantity.unit.dimension and fits(w, quantity) for d, w in asked.rates.spans)


def by_dose(asked: Asked) -> bool:
    """Twenty grams a time, eleven times, of 227 grams: the reader's own dose and what comes of it."""
    for other in asked.others:
        dose, often = (asked.quantity, other) if asked.quantity.unit else (other, asked.quantity)
        if dose.unit is None or not asked.words.dose.search(asked.text[: dose.start]):
            continue
        if often.unit is not None:
            days = often.unit.en == "days" and asked.words.by_day.search(asked.text[: dose.start])
            often = replace(often, unit=None) if days else often
        said = often.measure or asked.text[often.end : often.end + 1]
        if often.unit is not None or (said not in TURNS and often.text[-1:] not in DAYS):
            continue
        wholes = [base(c.quantity) for c in asked.given if comparable(c.quantity, dose)]
        if any(fits(whole / base(dose), often, whole=True) for whole in wholes if whole > base(dose)):
            return True
    return False


def share_of(asked: Asked) -> bool:
    """Nine tenths of 1,200 g of filling are 1,080 g of down."""
    quantity = asked.quantity
    if quantity.unit is None or quantity.unit.dimension not in {"weight", "volume"}:
        return False
    named = [share for word, share in asked.rates.shares if word in asked.text]
    wholes = [base(c.quantity) for c in asked.given if comparable(c.quantity, quantity)]
    return any(fits(whole * share, quantity) for whole in wholes for share in named)
