"""How a measure is tied to the product: a weight is weighed, a side measured, the same amount said in two units is the same."""

from __future__ import annotations

import re
from itertools import pairwise

from desktop_app.language import quantities
from desktop_app.language.amounts import carries
from desktop_app.language.lexicon import Term
from desktop_app.language.numbers import Known
from desktop_app.language.spans import finding
from desktop_app.records import Finding
from desktop_app.words import _

# What a verb or word wants beside it: the dimension of the quantity that follows or comes before.
_AFTER = (
    (
        re.compile(r"\b(?:holds?|holding|capacity(?: of| is|:)?|contains?|containing)\s+(?:up to |about )?$", re.I),
        {"volume", "weight", "charge", "energy", "data", ""},
    ),
    (re.compile(r"\b(?:weighs?|weighing|weight(?: of| is|:)?)\s+(?:about |only |just )?$", re.I), {"weight", "areal"}),
    (
        re.compile(r"\b(?:measures?|measuring|size(?: of| is|:)?|dimensions?(?: of| are|:)?)\s+(?:about )?$", re.I),
        {"length", ""},
    ),
    (re.compile(r"\b(?:burns?|burning|lasts?|lasting)\s+(?:for )?(?:about )?$", re.I), {"time", "months"}),
    (re.compile(r"容量(?:为|是|约)?$|可?装(?:下)?$"), {"volume", "weight", "charge", "energy", "data", ""}),
    (re.compile(r"(?:净)?重(?:量)?(?:为|是|约)?$|净含量(?:为|是)?$"), {"weight", "volume", "areal"}),
    (re.compile(r"尺寸(?:为|是|约)?$|(?:^|[，、])(?:长|宽|高|深|厚|直径)(?:度)?(?:为|是|约)?$"), {"length", ""}),
    (re.compile(r"燃烧(?:时间)?(?:约|为)?$"), {"time"}),
)
_SIDE_AFTER = re.compile(
    r"\s*(long|wide|high|tall|deep|thick|in diameter|across|in height|in width|in length|in depth)\b", re.I
)


def of_sentence(sentence: str, terms: list[tuple[int, int, Term]], known: Known) -> list[Finding]:
    """Return the measures of ``sentence`` that are said of the wrong thing or side."""
    return [*_measured(sentence, known), *_other_measure(sentence, terms, known), *_converted(sentence)]


def _measured(sentence: str, known: Known) -> list[Finding]:
    found = []
    for quantity in quantities.scan(sentence):
        if quantity.code or quantity.money:
            continue
        dimension = quantity.unit.dimension if quantity.unit else ""
        before = sentence[: quantity.start]
        for pattern, wanted in _AFTER:
            if re.search(r"(?i)size[^.;]{0,8}$|尺寸.{0,2}$", before) and _named_so(quantity, known):
                continue  # "Size: 15 ml", as a fact calls it
            if pattern.search(before) and dimension not in wanted and (dimension or not quantity.nouns):
                why = _("“{text}” is no measure of that kind.", text=quantity.text)
                found.append(finding(sentence, quantity.start, quantity.end, "relation", why))
        side = _SIDE_AFTER.match(sentence, quantity.end)
        if side and dimension and dimension != "length":
            why = _("“{text}” is no measure of that kind.", text=quantity.text)
            found.append(finding(sentence, quantity.start, side.end(), "relation", why))
    return found


def _named_so(quantity: quantities.Quantity, known: Known) -> bool:
    return any(re.search(r"(?i)\bsize\b|尺寸|规格", c.source) and carries(c, quantity) for c in known.carriers)


_LOAD = re.compile(
    r"(?i)load|carr|support|capacity|for (?:cats|dogs|persons|people|users)|up to|承重|限重|载重|承载|适合体重|适用体重"
)
_WEIGHS = re.compile(
    r"(?i)\b(?:weighs?|weighing|heavy at|weight of)\s+(?:only |just |about |around |a mere )?$|(?:自重|净重|重达|重量(?:只有|为|是)?)$"
)


def _other_measure(sentence: str, terms: list[tuple[int, int, Term]], known: Known) -> list[Finding]:
    """ "It weighs 120 kg" of what bears 120 kg; "the handles are 40 cm long" of a tray that is."""
    found = []
    for quantity in quantities.scan(sentence):
        if not quantity.unit or quantity.unit.dimension not in {"weight", "length"}:
            continue
        sources = {c.source for c in known.carriers if carries(c, quantity)}
        before = sentence[: quantity.start]
        loads = bool(sources) and all(_LOAD.search(s) for s in sources)
        if loads and _WEIGHS.search(before):
            why = _("The facts give “{text}” for something else.", text=quantity.text)
            found.append(finding(sentence, quantity.start, quantity.end, "relation", why))
        elif sources and (part := _measured_part(before, terms)) and not _names_part(part, sources, known):
            why = _("No fact says this of that part: “{text}”.", text=quantity.text)
            found.append(finding(sentence, quantity.start, quantity.end, "relation", why))
    return found


_IS_MEASURED = re.compile(
    r"(?i)^\s*(?:is|are|measures?|spans?|stands?)\s+(?:about |around |just |only |roughly )?$|^(?:约|大约)?[长宽高厚重](?:度)?(?:约|为|是|有)?$"
)


# "This pendant shade is …", "The Acoustic Guitar Strap is …", "the basket with a lid is …": the thing itself.
_ITSELF = re.compile(
    r"(?:.*, )?[Tt](?:his|hese) (?:[\w-]+ )+[\w-]+ (?:is|are|measures?|spans?|stands?) $"
    r"|(?:.*, )?[Tt]he (?:[A-Z\d][^\s]* ){2,}(?:with .{1,60} )?(?:is|are|measures?|spans?|stands?) $|.*\bwith (?:an? |the )?(?:[\w-]+ )?[\w-]+ (?:is|are|measures?) $"
)


def _measured_part(before: str, terms: list[tuple[int, int, Term]]) -> Term | None:
    """Return the part of the thing whose measure follows: handles of "the handles are …", 提手 of 提手长 …."""
    if _ITSELF.match(before):
        return None
    for a, b, term in reversed(terms):
        if re.search(r"(?i)\b(?:without|excluding)\s+(?:the\s+|its\s+)?$|不含$", before[:a]):
            return None
        if b <= len(before) and term.kind == "noun" and "part" in term.marks and _IS_MEASURED.match(before[b:]):
            return term
    return None


def _names_part(part: Term, sources: set[str], known: Known) -> bool:
    names = " ".join([*sources, known.words]).casefold()
    called = [*part.zh, *(e.casefold() for e in part.en)]
    if any(s in {"title", "tag"} for s in sources):
        return True
    return any(
        re.search(rf"{re.escape(c)}s?[^.;,；，]{{0,16}}\d|{re.escape(c)}s?\b", " ".join(sources).casefold())
        for c in called
    ) or any(
        re.search(rf"{re.escape(c)}s?[^.;；]{{0,12}}\d|\d[\d.,]*\s?\w{{1,4}}\s{re.escape(c)}", names) for c in called
    )


_EQUALS = re.compile(
    r"(?i)[\s，,、(（]*(?:也就是|即|约?等于|折合|约?合|相当于|换算成|=|≈|that is|that['’]s|i\.e\.|equals?|which is|or about|or roughly)\s*(?:about|around|roughly|just|约|大约)?\s*"
)


def _converted(sentence: str) -> list[Finding]:
    """ "227克，约等于一磅": two amounts that a sentence makes equal are."""
    found = []
    for one, two in pairwise(quantities.scan(sentence)):
        if not (one.unit and two.unit and one.values and two.values) or one.unit.dimension != two.unit.dimension:
            continue
        first, second = one.values[0] * one.unit.factor, two.values[0] * two.unit.factor
        if _EQUALS.fullmatch(sentence[one.end : two.start]) and abs(first - second) * 100 > 8 * first:
            why = _("“{text}” is not the same amount.", text=two.text)
            found.append(finding(sentence, two.start, two.end, "relation", why))
    return found
