"""Which side of a thing a number measures: what the facts say is its height is not its width, whatever the words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop_app.language import facts, mentions, quantities
from desktop_app.language.amounts import carries
from desktop_app.language.carrier import Carrier, told
from desktop_app.language.numbers import Known
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_SAID = {
    "height": r"\bheight\b|(?<!-)\bhigh\b|(?<!-)\btall\b|高度|(?<![最提较更])高(?![硼出处兴级档亮速弹温清端粱])",
    "width": r"\bwidth\b|(?<!-)\bwide\b|宽度|宽(?!松|大|敞|裕)",
    "depth": r"\bdepth\b|(?<!-)\bdeep\b|深度|深(?!色|浅|蓝|灰|绿|红|棕|受|层|夜|烘)",
    "length": r"\blength\b|(?<!-)\blong\b|长度|(?<![延加])长(?!大|高|久|时|期|辈|途|袖|裤|款)",
    "thickness": r"\bthickness\b|(?<!-)\bthick\b|厚度|厚(?!实|道|重)",
    "diameter": r"\bdiameter\b|\bacross\b|直径|口径|内径|外径",
}
_PATTERN = {name: re.compile(said, re.I) for name, said in _SAID.items()}
_RIGHT_AFTER = re.compile(
    r"\s*(?:in |of )?(?P<w>height|high|tall|width|wide|depth|deep|length|long|thickness|thick|diameter|across)\b|(?:的)?(?P<z>[高宽深长厚])(?![度出处手])",
    re.I,
)
_BEFORE = re.compile(
    r"(?i)\b(?P<w>height|width|depth|length|thickness|diameter|high|wide|deep|long|tall|thick)(?:\s+(?:of|is|measures|comes to|at|:)|\s*[:=])?\s+(?:about |around |just |only |roughly )?$"
    r"|(?P<z>直径|长|宽|高|厚|深)(?:度)?(?:约|为|是|有|达|足有|才|只有)?$"
)
# What one may say of what a fact gives as another: "long" of a height, "wide" of a diameter.
_NEAR = frozenset(
    [
        ("length", "height"),
        ("width", "diameter"),
        ("length", "diameter"),
        ("depth", "diameter"),
        ("length", "depth"),
        ("depth", "thickness"),
        ("height", "thickness"),
        ("width", "length"),
        ("depth", "height"),
    ]
)
_LETTER = {
    "w": "width", "b": "width", "l": "length", "d": "depth", "t": "depth", "h": "height", "ø": "diameter",
    "宽": "width", "长": "length", "深": "depth", "高": "height", "厚": "thickness",
}  # fmt: skip
_ORDER = re.compile(
    r"(?i)(?<![a-z])(?:[wldhbt]|width|length|depth|height)(?:\s?[x×*/]\s?(?:[wldhbt]|width|length|depth|height)){1,2}(?![a-z])|[长宽深高](?:\s?[x×*]\s?[长宽深高厚]){1,2}"
)
_LABEL = re.compile(r"(?i)(?<![a-z])(?P<letter>[wldhø]|长|宽|高|深|厚)\s*[:=]?\s*$")


_HAN = re.compile(r"[\u4e00-\u9fff]")
_SIZED = re.compile(r"(?<![A-Za-z])(?:[SM]|X+[SL])(?![A-Za-z])")  # the L of "S 28, L 42" is no length


@dataclass(frozen=True, slots=True)
class Side:
    """A number of a fact that measures one side, and the part it is of (nothing: the whole thing)."""

    name: str
    carrier: Carrier
    part: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sides:
    """What the facts of one product say of its sides."""

    known: tuple[Side, ...] = ()
    flat: bool = False  # its size is two numbers of no named side: it lies flat


def of(product: Product) -> Sides:
    """Read off the facts which number is which side."""
    found: list[Side] = []
    sizes = 0
    for fact in product.facts:
        value = told(fact)
        several = [q for q in quantities.scan(value) if q.unit and q.unit.dimension == "length"]
        role = facts.meaning_of(fact.name, "1 cm").role
        part = _part(fact.name, role)
        ordered = _ORDER.search(f"{fact.name} {value} {fact.unit}")
        letters = re.split(r"\s?[x×*/]\s?", ordered[0].casefold()) if ordered else []
        whole = of_fact(fact.name)
        for n, quantity in enumerate(several):
            label = None if _SIZED.search(value) else _LABEL.search(value[: quantity.start])
            after = _RIGHT_AFTER.match(value, quantity.end)
            name = (
                whole
                if whole in _PATTERN and role in _PATTERN
                else _LETTER[label["letter"].casefold()]
                if label
                else _word(after["w"] or after["z"])
                if after
                else whole
                or (_side_of(letters[n]) if ordered and n < len(letters) and len(letters) == len(several) else "")
            )
            if not name and role == "size" and n == 2 and len(several) == 3 and _HAN.match(fact.name):
                name = "height"  # 尺寸 30×20×20 is said length, width, height, and of a flat thing thickness
                found.append(Side("thickness", Carrier(quantity, fact.name), part))
            if name:
                found.append(Side(name, Carrier(quantity, fact.name), part))
            elif role == "size":
                sizes += 1
    return Sides(tuple(found), 0 < sizes < 3)


def _side_of(letter: str) -> str:
    return letter if letter in _PATTERN else _LETTER[letter[0]]


def _part(name: str, role: str) -> frozenset[str]:
    """Return what part a fact's name speaks of: the heel of "Heel height"."""
    if role in _PATTERN or role == "size":
        return frozenset()
    return mentions.tokens(re.sub(r"[（(\[][^)）\]]*[)）\]]", " ", facts.clean_name(name)), measures=False)


@cache
def of_fact(name: str) -> str:
    """Return the side that a fact's name gives, or nothing: "Folded length" is a length."""
    role = facts.meaning_of(name, "1 cm").role
    if role in _SAID:
        return role
    named = sorted(side for side, pattern in _PATTERN.items() if pattern.search(name))
    return named[0] if len(named) == 1 and role in {"labelled", "free"} else ""


def _word(word: str) -> str:
    return next(side for side, pattern in _PATTERN.items() if pattern.search(word))


def said(near: str, after: str) -> str:
    """Return the side a stretch says of its number; ``after`` is what follows the number. Nothing where it says several."""
    if beside := _RIGHT_AFTER.match(after):
        return _word(beside["w"] or beside["z"])
    several = [side for side, pattern in _PATTERN.items() if pattern.search(near)]
    return several[0] if len(several) == 1 else ""


def beside(source: str, sentence: str, quantity: Quantity) -> bool:
    """Tell whether the side that stands right behind the number is the one a fact called ``source`` gives."""
    role = facts.meaning_of(source, "1 cm").role
    after = _RIGHT_AFTER.match(sentence, quantity.end)
    return (
        role in _PATTERN
        and after is not None
        and may_be(_word(after["w"] or after["z"]), role)
        and not re.search(r"(?i)(?<!\bit )(?<!\bthey )\b(?:is|are|measures?|stands?)\s+$", sentence[: quantity.start])
    )


def may_be(said_side: str, given: str) -> bool:
    """Tell whether one may say ``said_side`` of what a fact gives as ``given``: "long" of a height, "wide" of a diameter."""
    return said_side == given or (said_side, given) in _NEAR


def of_sentence(sentence: str, sides: Sides, several: Iterable[Quantity], numbers: Known) -> list[Finding]:
    """Return the lengths of ``sentence`` that the facts give for another side; spans in code points of it."""
    found = []
    lengths = [q for q in several if q.unit and q.unit.dimension == "length" and not q.code]
    for quantity in lengths:
        name = _named(sentence, quantity, lengths)
        if name and _another(name, quantity, sentence, sides, numbers):
            why = _("The facts give “{text}” for another side.", text=quantity.text)
            found.append(finding(sentence, quantity.start, quantity.end, "relation", why))
    return found


def _named(sentence: str, quantity: Quantity, lengths: list[Quantity]) -> str:
    """Return the side a sentence names right at a number, or as the only one of its stretch."""
    after = _RIGHT_AFTER.match(sentence, quantity.end)
    before = _BEFORE.search(sentence[: quantity.start])
    if after or before:
        hit = after or before
        assert hit is not None
        return _word(hit["w"] or hit["z"])
    start = max((q.end for q in lengths if q.end <= quantity.start), default=0)
    end = min((q.start for q in lengths if q.start >= quantity.end), default=len(sentence))
    near = mentions.segment(sentence[:end], quantity.start, quantity.end)
    return said(near[max(0, start - (quantity.start - near.find(quantity.text))) :] if start else near, "")


def _another(name: str, quantity: Quantity, sentence: str, sides: Sides, numbers: Known) -> bool:
    holding = [s for s in sides.known if carries(s.carrier, quantity)]
    given = [s for s in sides.known if s.name == name]
    titled = any(c.source in {"title", "tag", "category"} and carries(c, quantity) for c in numbers.carriers)
    if titled and not (given and holding):
        return False  # 18 mm of the title is no thickness where the facts give one
    if _of_a_part_alone(quantity, sentence, given, numbers):
        return True
    if holding:
        sources = {s.carrier.source for s in holding}
        if any(
            c.source not in {"", "title", "tag", "category", *sources} and carries(c, quantity)
            for c in numbers.carriers
        ):
            return False  # another fact carries it too
        return not any(_may(name, s, given, sentence) for s in holding)
    sizes = [c for c in numbers.carriers if carries(c, quantity)]
    if not sizes or not all(facts.meaning_of(c.source, "1 cm").role == "size" for c in sizes):
        return False
    if any(not s.part for s in given):
        return True  # "10 cm tall" of 10 x 8 cm with a height of its own
    return sides.flat and name in {"height", "depth", "thickness"}  # 40 × 28 cm lies flat; no fact gives a height


def _of_a_part_alone(quantity: Quantity, sentence: str, given: list[Side], numbers: Known) -> bool:
    """ "The height is 1.8 m" of a lamp 40 cm high whose cord is as long: the whole thing has a height of its own."""
    whole = [s for s in given if not s.part]
    if not whole or any(carries(s.carrier, quantity) for s in whole) or _HAN.search(sentence):
        return False
    if not (_RIGHT_AFTER.match(sentence, quantity.end) or _BEFORE.search(sentence[: quantity.start])):
        return False
    sources = {c.source for c in numbers.carriers if c.source and carries(c, quantity)}
    parts = [mentions.tokens(facts.clean_name(s), measures=False) for s in sources]
    return all(parts) and bool(parts) and not any(mentions.says(sentence, p) for p in parts)


def _may(name: str, side: Side, given: list[Side], sentence: str) -> bool:
    if side.name == name:
        return True
    if side.part and mentions.says(sentence, side.part) and not any(g.part == side.part for g in given):
        return True  # "the handles are 12 cm long" of "Handle drop: 12 cm"
    return may_be(name, side.name) and not any(g.part == side.part for g in given)
