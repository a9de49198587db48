"""How a fact is put into English at all: frames, labels, measures and lines of detail."""

from __future__ import annotations

import re
from functools import cache

from desktop_app.language import facts, inflections, lexicon, own_lines, sayings, strangers, units
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, Line, resting
from desktop_app.language.said import Said, framed
from desktop_app.language.subjects import lowered_word
from desktop_app.records import Fact

_OWN = frozenset(
    [
        "color",
        "flavor",
        "taste",
        "fragrance",
        "aroma",
        "directions",
        "gsm",
        "paper weight",
        "net wt",
        "wattage",
        "laundry",
        "washing",
    ]
)


def make(key: str, names: tuple[str, ...], verb: str, verbs: str, rest: Line | list[Line], part: str = "") -> Said:
    """Put values behind a verb, and behind "made of", "with" and the like."""
    lines = [rest] if isinstance(rest, Line) else rest
    return framed(key, names, lines, (verb, verbs, part), "en")


def detail(fact: Fact) -> list[Said]:
    """Fall back to a line such as "Roast: medium"; nothing where even that would not read in English."""
    label = label_of(fact)
    values = []
    pieces = [piece.strip() for piece in fact.value.split("|") if piece.strip()]
    if (
        label
        and len(pieces) > 1
        and any(re.search(r"[:,]\s", piece) for piece in pieces)
        and not sayings.has_han(fact.value)
    ):
        return [Said(fact.kind, (fact.name,), label=label, value=resting("; ".join(pieces), fact.name))]
    for item in items(fact):
        if (
            re.fullmatch(r"[\d.,]+", item)
            and not facts.unit_of(fact)
            and fact.kind in {"size", "weight", "volume", "power"}
        ):
            return []  # a number without its unit tells a customer nothing
        said = sayings.amount(facts.with_unit(item, facts.unit_of(fact)), "en")
        values.append(said if said is not None else sayings.word(item, "en"))
    shown = [v for v in values if v]
    if not label or len(shown) < len(values) or not shown:
        if sayings.has_han(fact.value):
            return []
        shown = [fact.value]
    if not label or facts.is_yes(fact.value) or facts.is_no(fact.value):
        return []
    value = listed_values([resting(_tidy_value(fact, v), fact.name) for v in shown])
    return [Said(fact.kind, (fact.name,), label=label, value=value)]


_SAID_OTHERWISE = frozenset({"wash", "washing", "colours", "colors"})


def label_of(fact: Fact) -> str:
    """Return the label for a line of details: the merchant's own word, or ours where theirs is Chinese or technical."""
    meaning = facts.meaning_of(fact.name, fact.value)
    own = facts.clean_name(fact.name)
    if re.fullmatch(r"[A-Z]{2,5}", fact.name.strip()):
        return fact.name.strip()  # UPF, SPF
    if (
        meaning.role == "net_weight"
        and units.dimension_of(facts.with_unit(fact.value, facts.unit_of(fact))) == "volume"
    ):
        return "volume"
    if own in _SAID_OTHERWISE:
        return own  # "Care: 60 °C" and "Colour: 12 half pans" are nonsense where the merchant wrote Wash and Colours
    if own_lines.only(fact):
        return "" if sayings.has_han(own) else _shown(fact.name)
    if meaning.role in {"free", "labelled"} and not sayings.has_han(own) and own:
        return _shown(fact.name)
    if _named_so(own) or (meaning.role == "certificate" and own.isascii() and own not in facts.names()):
        return _shown(fact.name)  # "Waterproof: IP65"
    natural = (
        own in _english_names() and len(own) > 1 and (own in _OWN or bool(set(own.split()) & set(meaning.en.split())))
    )
    if sayings.has_han(own) or (not natural and meaning.role not in {"free", "labelled"}):
        label = meaning.en
        if sayings.has_han(label):
            term = lexicon.find(label, "word", "noun", "feature")
            label = term.en[0] if term else ""
        return label
    return own


def _shown(name: str) -> str:
    before, bracket, rest = own_lines.shown(name).partition(" (")
    return " ".join(lowered_word(w) for w in before.split()) + bracket + rest


def _named_so(own: str) -> bool:
    """Tell whether a name is English words of the merchant's that say what stands under them, no shop system's field."""
    words = re.findall(r"[a-z]+", own)
    known = facts.names()
    last = any(" ".join(own.split()[-n:]) in known for n in (1, 2, 3))
    return (
        bool(words) and own.isascii() and last and all(inflections.forms(w) & strangers.english_words() for w in words)
    )


@cache
def _english_names() -> frozenset[str]:
    return frozenset(n for row in lexicon.rows("names") for n in row["names"].split("|") if n.isascii())


def listed_values(lines: list[Line]) -> Line:
    """Write the values of a detail line with commas only."""
    out = NOTHING
    for n, line in enumerate(lines):
        out = out + ", " + _within(line) if n else line
    return out


def _within(line: Line) -> Line:
    """Return a value as it stands within a list: "spring water, cane sugar"; a name keeps its capital."""
    (text, names), *rest = line.bits
    first = text.split(" ")[0].rstrip(",")
    plain_word = re.fullmatch(r"[A-Z][a-z]+", first) and bool(
        inflections.forms(first.casefold()) & strangers.english_words()
    )
    small = plain_word and not re.search(r"[A-Z]", text[1:])
    return Line(((text[:1].lower() + text[1:], names), *rest)) if small else line


def _tidy_value(fact: Fact, value: str) -> str:
    if fact.kind in {"style", "feature", "colour", "material", "care"}:
        return sayings.lowered(value)
    first = value.split(" ")[0] if value else ""
    return (
        lowered_word(first) + value[len(first) :]
        if fact.kind == "free" and first.istitle() and " " not in value
        else value
    )


def words(fact: Fact, *kinds: str) -> list[Line] | None:
    """Return the single values in this language, or None if one of them cannot be said."""
    found: dict[str, Line] = {}
    for item in items(fact):
        said = sayings.word(item, "en", *kinds)
        if said is None:
            return None
        found[said] = resting(said, fact.name)
    return list(found.values()) or None


def measured(fact: Fact) -> str | None:
    """Return a value with its unit in English; None for a bare number nobody could understand."""
    unit = facts.unit_of(fact)
    text = fact.value.strip()
    known = units.find(unit)
    text = facts.with_unit(
        text, known.en if known and not unit.isascii() and known.dimension != "temperature" else unit
    )
    said = sayings.amount(text, "en")
    if said is None or re.fullmatch(r"[\d.,½¼¾/ x×*–-]+", said):
        return None
    return re.sub(r"(?<=\d)\s*[x*]\s*(?=\d)", " × ", said)
