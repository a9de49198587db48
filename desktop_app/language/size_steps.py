"""How far the sizes of one product lie apart: L比S长4厘米, 每大一码胸围加4厘米, 一码差20克, each held against the row that gives it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.language import quantities
from desktop_app.language.carrier import told
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Fact, Finding, Product
from desktop_app.words import _

_LABEL = r"(?<![A-Za-z])(?:\d?X{0,3}[SL]|M|\d{2,3}码|[大中小]号|[大中小](?=[只个条把盘碗锅杯件])|标准|加[大长宽])(?![A-Za-z])"
_PIECE = re.compile(r"[，、；,;/|\n]")
_AGAINST = re.compile(
    rf"(?P<a>{_LABEL})码?[^，。；]{{0,4}}比(?P<b>{_LABEL})码?[^，。；]{{0,6}}?(?P<how>[长短大小多少重轻宽窄高矮厚薄肥])(?:出|了|上)?$"
)
_STEP = re.compile(
    r"(?:每(?:往上|大|小|加|升|增|多)?(?:一个?)?[码号]|一[码号]比一[码号]|(?<![A-Za-z\d])一?[码号]差|递增|依次)[^，。；\d]{0,6}$"
)
_HOW = {
    "长": "长",
    "短": "长",
    "重": "重",
    "轻": "重",
    "宽": "宽",
    "窄": "宽",
    "高": "高",
    "矮": "高",
    "厚": "厚",
    "薄": "厚",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A fact that gives one amount for each size."""

    name: str
    dimension: str
    amounts: tuple[tuple[str, Fraction], ...]  # size and amount in base units, in the order of the fact


def of(product: Product) -> tuple[Row, ...]:
    """Return the rows of the facts; options that carry amounts (大号 500ml) are rows too."""
    several = [*product.facts]
    options: dict[str, list[str]] = {}
    for name, value in dict.fromkeys(o for v in product.variants for o in v.options):
        options.setdefault(name, []).append(value)
    several += [Fact(name, "，".join(values)) for name, values in options.items()]
    return tuple(row for fact in several if (row := _row(fact)))


def _row(fact: Fact) -> Row | None:
    amounts: list[tuple[str, Fraction]] = []
    dimensions = set[str]()
    for piece in _PIECE.split(told(fact)):
        label = re.search(_LABEL, piece)
        numbers = [q for q in quantities.scan(piece) if q.unit and q.values]
        if label and len(numbers) == 1 and numbers[0].unit:
            amounts.append((label[0], numbers[0].values[0] * numbers[0].unit.factor))
            dimensions.add(numbers[0].unit.dimension)
    return Row(fact.name, dimensions.pop(), tuple(amounts)) if len(amounts) > 1 and len(dimensions) == 1 else None


def of_sentence(sentence: str, rows: tuple[Row, ...]) -> list[Finding]:
    """Return the differences a sentence says of two sizes that no row gives; spans in code points of it."""
    found = []
    for quantity in quantities.scan(sentence) if rows else ():
        if quantity.unit and quantity.values and _wrong(sentence, quantity, rows):
            why = _("The sizes differ by another amount than “{text}”.", text=quantity.text)
            found.append(finding(sentence, quantity.start, quantity.end, "number", why))
    return found


def _wrong(sentence: str, quantity: Quantity, rows: tuple[Row, ...]) -> bool:
    assert quantity.unit is not None
    before = sentence[: quantity.start]
    said = quantity.values[0] * quantity.unit.factor
    same = [r for r in rows if r.dimension == quantity.unit.dimension]
    if against := _AGAINST.search(before):
        about = _about(same, before, _HOW.get(against["how"], ""))
        apart = [abs(one - two) for r in about for one, two in _pairs(r, against["a"], against["b"])]
        return bool(apart) and said not in apart
    if _STEP.search(before):
        about = _about(same, before, "")
        steps = [abs(b[1] - a[1]) for r in about for a, b in itertools.pairwise(r.amounts)]
        return bool(steps) and said not in steps
    return False


def _about(rows: list[Row], before: str, how: str) -> list[Row]:
    """Return the rows a sentence names; else those whose name fits the adjective; else all."""
    named = [r for r in rows if r.name in before or (len(r.name) > 1 and r.name[-2:] in before)]
    return named or [r for r in rows if how and how in r.name] or rows


def _pairs(row: Row, one: str, two: str) -> Iterable[tuple[Fraction, Fraction]]:
    amounts = dict(row.amounts)
    if one in amounts and two in amounts:
        yield amounts[one], amounts[two]
