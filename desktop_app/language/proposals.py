"""Facts that an old description, or the words of a picture, tell and the ledger does not: proposed, never taken silently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.language import facts, lexicon, markup, sentences, telling
from desktop_app.language.lexicon import Term
from desktop_app.language.numbers import Known
from desktop_app.language.quantities import Quantity, scan
from desktop_app.records import Fact, FactKind, Product

SOURCE, PICTURE = "description", "picture"  # where a fact was read
MOST = 12  # of one product
_LABELLED = re.compile(r"^\s*[-•*·–]?\s*([^\W\d_][\w ()/&-]{1,24}?)\s*[:：]\s*(\S.{0,79}?)[.。;；]?\s*$")
_KINDS: dict[FactKind, tuple[str, str]] = {
    "material": ("Material", "材质"),
    "colour": ("Colour", "颜色"),
    "scent": ("Scent", "香味"),
    "origin": ("Origin", "产地"),
    "certificate": ("Certificate", "认证"),
}
_MEASURES: dict[str, tuple[FactKind, str, str]] = {
    "length": ("size", "Size", "尺寸"),
    "weight": ("weight", "Weight", "重量"),
    "volume": ("volume", "Capacity", "容量"),
    "power": ("power", "Power", "功率"),
}
# What is denied, compared with or only wished for is no fact.
_DENIED = re.compile(
    r"(?i)(?:\b(?:no|not|without|free of|never|unlike|instead of|like|as|than|looks?|inspired by)|n['’]t)\s+(?:\w+\s+){0,2}$"
    r"|(?:不含|不是|没有|不像|无|非|未|像|如|比|仿)\w{0,3}$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SIDES = {
    "thick": "Thickness", "high": "Height", "tall": "Height", "wide": "Width", "long": "Length", "deep": "Depth",
    "厚": "厚度", "高": "高度", "宽": "宽度", "长": "长度", "深": "深度",
}  # fmt: skip
_WORDS, _FILE = (
    re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]"),
    re.compile(r"(?i)\.(?:jpe?g|png|webp|gif)$|^(?:img|dsc|image)[_ -]?\d+$"),
)
_CROSS = re.compile(r"\s*(?:[x×*]|by)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact as it would be kept, and the sentence it was read in: of the old description, or of what a picture shows."""

    fact: Fact
    quote: str

    @property
    def topic(self) -> str:
        """Name it, so that a refusal is remembered."""
        return f"proposal:{self.fact.kind}:{lexicon.key(self.fact.value)} {self.fact.unit}".rstrip()


def of(product: Product) -> tuple[Proposal, ...]:
    """Return the facts that the product's description and the words of its pictures tell and no fact of it carries."""
    known = {lexicon.key(item) for fact in telling.usable(product) for item in (*facts.items(fact), fact.value)}
    terms = {term for word in known for kind in _KINDS if (term := lexicon.find(word, kind))}
    found: dict[str, Proposal] = {}
    for source, text in _read(product):
        tongue = "zh" if _HAN.search(text) else "en"
        for line in filter(str.strip, text.splitlines()):
            for proposal in _line(line.strip(), tongue, product, known, terms):
                found.setdefault(proposal.topic, replace(proposal, fact=replace(proposal.fact, source=source)))
    return tuple(found.values())[:MOST]


def _read(product: Product) -> Iterator[tuple[str, str]]:
    """Yield what may tell facts, with where it stands."""
    yield SOURCE, markup.to_text(product.description)
    for alt in dict.fromkeys(image.alt.strip() for image in product.images):
        if _WORDS.search(alt) and not _FILE.search(alt):
            yield PICTURE, alt


def _line(line: str, tongue: str, product: Product, known: set[str], terms: set[Term]) -> Iterator[Proposal]:
    labelled = _LABELLED.match(line)
    if labelled and not telling.is_noise(labelled[1], labelled[2]):
        name, value = labelled[1].strip(), labelled[2].strip()
        kind = facts.kind_of(name, value)
        names = {lexicon.key(fact.name) for fact in product.facts}
        told = lexicon.key(value) in known or lexicon.key(name) in names
        if kind not in ("free", "price", "stock") and not told:
            yield Proposal(Fact(name, value, kind=kind, language=tongue, source=SOURCE), line)
        return
    for start, end in sentences.split(line, tongue):
        sentence = line[start:end].strip()
        yield from _terms(sentence, tongue, terms)
        yield from _measures(sentence, tongue, product)


def _terms(sentence: str, tongue: str, known: set[Term]) -> Iterator[Proposal]:
    text, at = lexicon.key(sentence), 0
    while at < len(text):
        hit = lexicon.longest(text, at, *_KINDS)
        if hit is None or not _whole(text, at, hit[0]):
            at += 1
            continue
        end, term = hit
        if term not in known and not _DENIED.search(text[:at]) and _said(text, at, end, term):
            english, chinese = _KINDS[term.kind]  # type: ignore[index]
            name = chinese if tongue == "zh" else english
            kind: FactKind = term.kind  # type: ignore[assignment]
            place = sentence.casefold().find(text[at:end])
            value = sentence[place : place + end - at] if place >= 0 else text[at:end]
            yield Proposal(Fact(name, value, kind=kind, language=tongue, source=SOURCE), sentence)
        at = end


def _said(text: str, start: int, end: int, term: Term) -> bool:
    """Tell whether the sentence says it of the product: a place must be where it is made, a scent be named as one."""
    around = text[max(0, start - 24) : end + 12]
    if term.kind == "origin":
        return bool(re.search(r"made in|woven in|from|origin|产地|产自|原产|产于|制造", around))
    if term.kind == "scent":
        return bool(re.search(r"scent|fragran|smell|aroma|香|味", around))
    return True


def _measures(sentence: str, tongue: str, product: Product) -> Iterator[Proposal]:
    known, done = Known.of(product), -1
    several = scan(sentence)
    for n, quantity in enumerate(several):
        measured = quantity.unit is not None and quantity.unit.dimension in _MEASURES
        if quantity.start < done or not (measured or _joined(sentence, several, n)):
            continue
        start, end, last = quantity.start, quantity.end, quantity
        while n + 1 < len(several) and _CROSS.fullmatch(sentence[end : several[n + 1].start]):
            n += 1
            end, last = several[n].end, several[n]
        if last.unit is None or start < done or _DENIED.search(sentence[:start]):
            continue
        done = end
        if known.carrier(last) is not None or quantity.bound or last.unit.dimension not in _MEASURES:
            continue
        kind, english, chinese = _MEASURES[last.unit.dimension]
        name = _sided(sentence[end:]) or (chinese if tongue == "zh" else english)
        yield Proposal(Fact(name, sentence[start:end], kind=kind, language=tongue, source=SOURCE), sentence)


def _sided(after: str) -> str:
    """Return what a length is called by the word after it ("2.5 cm thick"), or nothing."""
    return next((name for word, name in _SIDES.items() if re.match(rf"\s*(?:in )?{word}", after, re.I)), "")


def _joined(sentence: str, several: list[Quantity], n: int) -> bool:
    """Tell whether a bare number is the first of some that share a unit: "38 x 25 cm"."""
    return n + 1 < len(several) and bool(_CROSS.fullmatch(sentence[several[n].end : several[n + 1].start]))


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin word is not a piece of a longer one."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_latin(before) and _latin(text[start])) and not (_latin(after) and _latin(text[end - 1]))


def _latin(letter: str) -> bool:
    return bool(letter) and letter.isalnum() and not _HAN.match(letter)
