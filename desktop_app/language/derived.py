"""What follows from a value by common knowledge: 2700 K is warm white, IPX7 bears a dip, "Handed: right" is right-handed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from desktop_app.language import charts, facts
from desktop_app.records import Fact, Product

_KELVIN = re.compile(r"(?<![\d.])(\d{4})\s?K\b")
_IP = re.compile(r"\bIP(?P<solid>[\dX])(?P<water>[\dX])\b")
_PAPER = re.compile(r"(?<![A-Za-z\d])(?P<row>[AB])(?P<size>[0-8])(?![A-Za-z\d])")
# ISO 216: the longer side of size 0 in millimetres; each size halves the one before.
_A0, _B0 = (841, 1189), (1000, 1414)
_HANDED = re.compile(r"(?i)^(?:handed(?:ness)?|hand|orientation)$")
# EN 12464-1 and common use: what the light of a colour temperature is called.
_WARM, _COOL = 3300, 5000
# IEC 60529, second digit: what kind of water it bears.
_WATER = {
    "1": "drip", "2": "drip", "3": "rain spray", "4": "splash-proof splash rain", "5": "splash-proof splash rain jet", "6": "splash-proof splash rain jet",
    "7": "splash-proof splash rain waterproof dip submerged under water", "8": "splash-proof splash rain waterproof dip submerged under water",
}  # fmt: skip


def spread(product: Product) -> Product:
    """Return ``product`` with its charts read out and with what follows from its facts said as facts of their own."""
    product = charts.spread(product)
    more = tuple(new for fact in product.facts for new in _of_fact(fact))
    return replace(product, facts=(*product.facts, *more)) if more else product


def _of_fact(fact: Fact) -> Iterable[Fact]:
    text = f"{fact.value} {fact.unit}"
    kelvin = sorted(int(k) for k in _KELVIN.findall(text))
    if kelvin:
        yield Fact("Light", ", ".join(dict.fromkeys(_light(k) for k in kelvin)))
    for found in _IP.finditer(text):
        if water := _WATER.get(found["water"]):
            yield Fact(fact.name, water)
        if found["solid"] in {"5", "6"}:
            yield Fact(fact.name, "dust-proof dust")
    if _HANDED.match(facts.clean_name(fact.name)) and fact.value.strip().casefold() in {"right", "left"}:
        yield Fact("Players", f"{fact.value.strip().casefold()}-handed")
    if re.search(r"(?i)format|size|paper|page|尺寸|开本|规格", fact.name):
        for found in _PAPER.finditer(fact.value):
            wide, high = _A0 if found["row"] == "A" else _B0
            for _n in range(int(found["size"])):
                wide, high = high // 2, wide
            yield Fact(fact.name, f"{wide / 10:g} x {high / 10:g} cm")


def _light(kelvin: int) -> str:
    return "warm white" if kelvin < _WARM else "neutral white" if kelvin < _COOL else "cool white daylight white"
