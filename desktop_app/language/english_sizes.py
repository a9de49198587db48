"""Sizes in English: what is measured, which side is how long, and what there is to choose from."""

from __future__ import annotations

import re

from desktop_app.language import english_forms, facts, lexicon, sayings, units
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, Line, fill, listed, plain, resting
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

LETTERS = ["xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "xxxl", "3xl", "4xl", "5xl"]
RANK = {letter: n for n, row in enumerate(("xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl 2xl", "xxxl 3xl", "4xl", "5xl"))
        for letter in row.split()}  # fmt: skip
_SIZES = {
    "均码": "one size",
    "大号": "large",
    "中号": "medium",
    "小号": "small",
    "大": "large",
    "中": "medium",
    "小": "small",
    "加大": "extra large",
}
_SIZE_ORDER = {w: n for n, w in enumerate(["extra small", "small", "medium", "large", "extra large"])}
_SIDES = {
    "length": "long",
    "width": "wide",
    "height": "high",
    "diameter": "in diameter",
    "depth": "deep",
    "thickness": "thick",
}
_PLAIN_SIDES = lexicon.words(
    "length width height depth diameter thickness l w h d ø 长 长度 宽 宽度 高 高度 深 深度 直径 厚 厚度"
)


def is_side(fact: Fact) -> bool:
    """Tell whether a fact is one of the sides of the whole thing."""
    named = facts.role_of(fact) in _SIDES and facts.clean_name(fact.name) in _PLAIN_SIDES
    return named and bool(re.search(r"\d", fact.value))  # the height of a sock is "crew"


def sides(found: list[Fact]) -> list[Said]:
    """Width, height and depth, said together."""
    lines, names = [], []
    order = list(_SIDES)
    for fact in sorted(found, key=lambda f: order.index(facts.role_of(f))):
        measured = re.sub(r"(?<=\d) in$", " inches", english_forms.measured(fact) or "")
        if measured and len(items(fact)) == 1:
            lines.append(resting(measured, fact.name) + f" {_SIDES[facts.role_of(fact)]}")
            names.append(fact.name)
    if not lines:
        return []
    rest = listed(lines, "en")
    return [Said("size", tuple(names), fill("is {x}", x=rest), fill("are {x}", x=rest), rest, value=rest)]


def several_sides(fact: Fact) -> list[Said]:
    """A side to choose: "comes in diameters of 14 cm and 18 cm"."""
    measured = [sayings.amount(i, "en") for i in items(fact)]
    if not all(m and re.search(r"[a-z]", m) for m in measured):
        return []
    role = facts.role_of(fact)
    many = {"thickness": "thicknesses"}.get(role, f"{role}s")
    rest = plain(f"{many} of ") + listed([resting(m, fact.name) for m in measured if m], "en")
    return [english_forms.make("options", (fact.name,), "comes in", "come in", rest)]


def sizes(fact: Fact) -> list[str]:
    """Say which sizes there are."""
    return [] if facts.role_of(fact) != "size" else items(fact)


def size(fact: Fact, subject: Subject) -> list[Said]:
    """Say its size: a measure measures, a letter is a size it comes in."""
    several = items(fact)
    if len(several) > 1:
        return []
    text = several[0]
    measured = english_forms.measured(fact)
    if measured and re.search(r"\d", measured) and not re.match(r"(?i)(eu|uk|us|size|no)\b|\d+(xl|y|t)?$", measured):
        other = units.dimension_of(measured) not in {None, "length"} or re.search(
            r"(?i)\d\s*(?:cups?|persons?)", measured
        )
        if other or re.search(r"(?i)\b[hwldø]\b|:", measured):
            return [Said("size", (fact.name,), label="size", value=resting(measured, fact.name))]
        if "×" not in measured and subject.noun and "worn" in subject.noun.marks:
            return [Said("size", (fact.name,), label="size", value=resting(measured, fact.name))]
        return [
            english_forms.make("size", (fact.name,), "measures", "measure", resting(measured, fact.name), "measuring")
        ]
    plain_size = _SIZES.get(text, text)
    if plain_size.casefold() == "one size":
        return [english_forms.make("size", (fact.name,), "comes in", "come in", resting("one size", fact.name), "in")]
    if plain_size.casefold() in _SIZE_ORDER:
        return [
            english_forms.make(
                "size", (fact.name,), "comes in", "come in", "size " + resting(plain_size.casefold(), fact.name), "in"
            )
        ]
    if plain_size.casefold() in LETTERS or re.fullmatch(r"(?i)(eu|uk|us)?\s?\d{1,3}([.,]5)?", plain_size):
        return [
            english_forms.make(
                "size", (fact.name,), "comes in", "come in", "size " + resting(plain_size, fact.name), "in"
            )
        ]
    return []


def length(fact: Fact, subject: Subject) -> list[Said]:
    """A length of a part ("Inseam", "Cable length") keeps its name."""
    measured = english_forms.measured(fact)
    if not measured:
        return []
    return [
        Said("size", (fact.name,), label=english_forms.label_of(fact) or "length", value=resting(measured, fact.name))
    ]


def options(found: list[Fact]) -> list[Said]:
    """Colours and sizes to choose from, said together: "comes in black and red, in sizes XS to XL"."""
    rest, names = NOTHING, []
    for fact in sorted(found, key=lambda f: f.kind != "colour"):
        if fact.kind == "colour":
            lines = english_forms.words(fact, "colour")
            said = listed(lines, "en") if lines else NOTHING
        else:
            said = size_range(fact)
        if said:
            rest = rest + ", in " + said if rest else said
            names.append(fact.name)
    if not rest:
        return []
    return [english_forms.make("options", tuple(names), "comes in", "come in", rest)]


def size_range(fact: Fact) -> Line:
    """Return the sizes of a fact as one says them: "sizes XS to XL"."""
    sizes = [_SIZES.get(s, s) for s in items(fact)]
    if any(sayings.has_han(s) for s in sizes):
        sizes = [sayings.amount(s, "en") or "" for s in sizes]
        if not all(sizes):
            return NOTHING
    low = [s.casefold() for s in sizes]
    if all(s in LETTERS for s in low):
        ordered = sorted(low, key=lambda s: RANK[s])
        together = [RANK[s] for s in ordered]
        if len(low) > 2 and together == list(range(together[0], together[0] + len(low))):
            return "sizes " + resting(f"{ordered[0].upper()} to {ordered[-1].upper()}", fact.name)
        return "sizes " + listed([resting(s.upper(), fact.name) for s in ordered], "en")
    if all(s in _SIZE_ORDER for s in low):
        return listed([resting(s, fact.name) for s in sorted(low, key=lambda s: _SIZE_ORDER[s])], "en")
    if all(re.fullmatch(r"\d{1,3}", s) for s in sizes):
        ordered = sorted(sizes, key=int)
        if len(ordered) > 3 and [int(s) for s in ordered] == list(
            range(int(ordered[0]), int(ordered[0]) + len(ordered))
        ):
            return "sizes " + resting(f"{ordered[0]} to {ordered[-1]}", fact.name)
        if len(ordered) > 6:
            return (
                plain(f"{len(ordered)} sizes from ")
                + resting(ordered[0], fact.name)
                + " to "
                + resting(ordered[-1], fact.name)
            )
        return "sizes " + listed([resting(s, fact.name) for s in ordered], "en")
    if len(sizes) > 8:
        return NOTHING
    if all(re.fullmatch(r"\d{1,3}\s?[-–/]\s?\d{1,3}", s) for s in sizes):
        return "sizes " + listed([resting(s, fact.name) for s in sizes], "en")
    worded = [re.sub(r"(?<=\d)\s*[x*]\s*(?=\d)", " × ", s) for s in sizes]
    named = [re.fullmatch(r"([A-Za-z]+(?: [a-z]+)?)[ :]+((?:Ø\s?)?\d.*)", s) for s in worded]
    if all(named):  # "Medium 70 x 50 cm"
        worded = [f"{sayings.lowered(m[1]) if len(m[1]) > 3 else m[1]} ({m[2]})" for m in named if m]
    if all(re.fullmatch(r"[A-Z][a-z]+", s) for s in worded):
        worded = [s.casefold() for s in worded]  # "single, double and king"
    letters = all(re.match(rf"(?i)(?:{'|'.join(LETTERS)})\b", s) for s in worded)
    return plain("sizes " if letters else "") + listed([resting(s, fact.name) for s in worded], "en")
