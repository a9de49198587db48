"""How a fact is put into Chinese at all: clauses, labels, measures and lines of detail."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_app.language import facts, lexicon, own_lines, sayings, units
from desktop_app.language.facts import items
from desktop_app.language.phrases import Line, joined, listed, plain, resting
from desktop_app.language.said import Said, framed
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact


def make(key: str, fact: Fact, verb: str, lines: Line | list[Line], part: str = "") -> list[Said]:
    """Put values behind a verb, and behind "made of", "with" and the like."""
    several = [lines] if isinstance(lines, Line) else lines
    return [framed(key, (fact.name,), several, (verb or "\u200b", verb or "\u200b", part), "zh")] if several else []


def so(key: str, names: tuple[str, ...], lines: list[Line]) -> Said:
    """Return properties in a row: "防水、可上锁"."""
    rest = joined(lines, "、")
    return Said(key, names, verb=rest, verbs=rest, value=rest, lines=tuple(lines), frame=("so", "so", ""))


def around(key: str, fact: Fact, template: str, lines: list[Line]) -> list[Said]:
    """Put a list into the middle of a clause: "通过{x}认证"."""
    before, after = template.split("{x}")
    line = plain(before) + listed(lines, "zh") + after
    return [Said(key, (fact.name,), verb=line, verbs=line, value=listed(lines, "zh"))]


_MANY = "零一两三四五六七八九十"


def offered(fact: Fact, label: str, lines: list[Line]) -> Said:
    """Say in which it comes: "有500毫升和1升两种容量"; of more than ten, only that there are these."""
    lines = [Line(tuple((_weighed(in_units(text)), names) for text, names in line.bits)) for line in lines]
    if not fact.source.startswith("option:"):  # listed, and nobody said that these are all
        return clause("options", fact, f"{label}有", listed(lines, "zh"), "")
    many = f"{_MANY[len(lines)]}种{label}" if 1 < len(lines) <= 10 else f"等{label}"
    return clause("options", fact, "有", listed(lines, "zh"), many)


def _weighed(text: str) -> str:
    """Return "150 × 200厘米（4斤）" of "150 × 200厘米 4斤"."""
    return re.sub(r"^(\S.*厘米) (\d[^ ]*)$", r"\1（\2）", text)


def clause(key: str, fact: Fact, before: str, rest: Line, after: str) -> Said:
    """Put a line between two words into one clause."""
    line = plain(before) + rest + after
    return Said(key, (fact.name,), verb=line, verbs=line, value=rest)


_WORDS = ("word", "noun", "scent", "feature", "material", "colour")


def detail(fact: Fact) -> list[Said]:
    """Fall back to a line such as "Roast: medium"; nothing where even that would not read."""
    if all(facts.is_yes(i) or facts.is_no(i) for i in items(fact)):
        return []
    label = label_of(fact)
    values = []
    whole = fact.kind in {"free", "care"} or facts.role_of(fact) == "ingredients"
    for item in [re.sub(r"\s*\|\s*", "、", fact.value)] if whole and sayings.has_han(fact.value) else items(fact):
        unit = facts.unit_of(fact)
        if re.fullmatch(r"[\d.,]+", item) and not unit and fact.kind in {"size", "weight", "volume", "power"}:
            return []
        text = facts.with_unit(item, unit)
        known = None if sayings.has_han(text) else sayings.word(text, "zh", *_WORDS)
        shown = re.sub(r"(?<=[\u4e00-\u9fff)）]),\s*(?=[\u4e00-\u9fff])", "、", (known or text).replace("；", "，"))
        shown = re.sub(r"(?<=[×x*]\d)\s+(?=[^\W\d])", "、", shown)  # 盖×1 碗×1
        shown = re.sub(r"(?<=[\d)）])\s+(?=[\u4e00-\u9fff])|(?<=\d)\s+(?=[a-z]{1,2}$)", "", shown)
        shown = in_units(shown)
        values.append(resting(shown, fact.name))  # a list is one line here
    if fact.source.startswith("option:") and len(values) > 1 and label and "选" not in label:
        label = f"可选{label}"  # or a candle would smell of all of them
    return [Said(fact.kind, (fact.name,), label=label, value=joined(values, "、"))] if label and values else []


def label_of(fact: Fact) -> str:
    """Return the label for a line of details: the merchant's own word where it is Chinese, ours otherwise."""
    own = facts.clean_name(fact.name)
    if sayings.has_han(own):
        return own_lines.shown(fact.name)
    if own_lines.only(fact):
        return fact.name.strip()
    meaning = facts.meaning_of(fact.name, fact.value)
    if meaning.role in {"labelled", "part_material", "part_colour"} and not sayings.has_han(meaning.zh):
        term = lexicon.find(own, "word", "noun", "feature")
        return term.zh[0] if term else fact.name.strip()
    if meaning.role in {"part_material", "part_colour"} and meaning.en == "material":
        term = lexicon.find(re.sub(r"\b(materials?|fabric)\b", "", own).strip(), "noun", "word")
        return f"{term.zh[0]}材质" if term else fact.name.strip()
    if not sayings.has_han(meaning.zh) and (term := lexicon.find(meaning.zh, "word", "noun", "feature")):
        return term.zh[0]
    return meaning.zh if sayings.has_han(meaning.zh) else fact.name.strip()


def words(fact: Fact, *kinds: str) -> list[Line] | None:
    """Return the single values in this language, or None if one of them cannot be said."""
    found = dict.fromkeys(sayings.word(i, "zh", *kinds) for i in items(fact))
    return [resting(w, fact.name) for w in found if w] if all(found) and found else None


def measured(fact: Fact) -> str | None:
    """Return a value with its unit; None for a bare number nobody could understand."""
    unit = facts.unit_of(fact)
    text = fact.value.strip()
    if re.fullmatch(r"[\d.,½¼¾/ x×*–-]+", text) and unit:
        known = units.find(unit)
        shown = known.zh if known else unit
        text = f"{text}{shown}" if sayings.has_han(shown) else f"{text} {shown}"
    said = sayings.amount(text, "zh")
    if said is None or re.fullmatch(r"[\d.,½¼¾/ x×*–-]+", said):
        return None
    return in_units(said)


def in_units(text: str) -> str:
    """Return a text with its units in Chinese and its sides apart: 12 × 8厘米."""
    said = _UNITS.sub(lambda unit: _WRITTEN[unit[0].strip().casefold()], text)
    return re.sub(r"(?<=[\dm米])\s*[x*×]\s*(?=\d)", " × ", said)


# One text writes units one way, whichever way each column did: 高12厘米、直径7厘米.
_WRITTEN = {"cm": "厘米", "mm": "毫米", "m": "米", "kg": "公斤", "g": "克", "ml": "毫升", "l": "升"}
_UNITS = re.compile(
    r"(?<=\d)\s*(?:[cC][mM]|[mM][mM]|m|[kK][gG]|g|[mM][lL]|[lL])(?:(?![A-Za-z/²³2-3])|(?=/[\u4e00-\u9fff]))"
)


def simple(key: str, verb: str) -> Callable[[Fact, Subject], list[Said]]:
    """Return what says one measure behind one word."""

    def said(fact: Fact, subject: Subject) -> list[Said]:
        shown = measured(fact)
        return make(key, fact, verb, resting(shown, fact.name)) if shown and len(items(fact)) == 1 else []

    return said
