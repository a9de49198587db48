"""Months a fact gives for sowing, flowering or harvest: "harvest from May" is not carried by "July to September"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.records import Fact, Finding
from desktop_app.words import _

_NAMES = "january february march april may june july august september october november december".split()
_HAN = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
_MONTH = re.compile(
    r"\b(?P<en>January|February|March|April|May(?!\s+(?:be|not|go|have|take|also|look|need|still|well|I|it|you|the)\b)|June|July|August|September|October|November|December)\b"
    r"|(?P<digit>(?<!\d)1[0-2]|(?<!\d)[1-9])(?=\s?月)|(?P<han>十[一二]?|[一二三四五六七八九])(?=月)"
)
_DOINGS = {
    "sow": re.compile(r"(?i)\bsow(?:n|ing|s|ed)?\b|\bplant(?:ed|ing)?\b|播种|播|下种"),
    "harvest": re.compile(
        r"(?i)\b(?:harvest(?:ed|ing|s)?|pick(?:ed|ing)?|ripe|crop)\b|采收|采摘|收获|收成|能收|可收|[采摘]"
    ),
    "bloom": re.compile(r"(?i)\b(?:flower(?:s|ing|ed)?|bloom(?:s|ing)?|blossom(?:s|ing)?)\b|花期|开花|花开"),
}
_RANGE = re.compile(r"(?i)\s*月?\s*(?:to|until|till|through|[-–—~～至到])\s*$")


@dataclass(frozen=True, slots=True)
class Season:
    """In which months something is done."""

    doing: str
    months: frozenset[int]


def seasons(found: Iterable[Fact]) -> tuple[Season, ...]:
    """Read off the facts in which months something is done; a range holds all months between."""
    out = []
    for fact in found:
        for doing, pattern in _DOINGS.items():
            if pattern.search(fact.name) and (several := _months(fact.value)):
                out.append(Season(doing, frozenset(several)))
    return tuple(out)


def of_sentence(sentence: str, known: tuple[Season, ...]) -> list[Finding]:
    """Return the months of ``sentence`` that the facts give for nothing of what it speaks of."""
    if not known:
        return []
    out = []
    for match in _MONTH.finditer(sentence):
        clause = _clause(sentence, match.start())
        about = [s for s in known if _DOINGS[s.doing].search(clause)]
        if about and not any(_number(match) in s.months for s in about):
            why = _("The facts give other months than “{text}”.", text=match[0])
            out.append(Finding(match.start(), match.end(), match[0], "number", why))
    return out


def _months(text: str) -> set[int]:
    found: set[int] = set()
    several = list(_MONTH.finditer(text))
    if digits := re.search(r"(\d{1,2})\s*[-–~～至到]\s*(\d{1,2})\s*月", text):
        found |= _between(int(digits[1]), int(digits[2]))
    for n, match in enumerate(several):
        found.add(_number(match))
        if n and _RANGE.fullmatch(text[several[n - 1].end() : match.start()]):
            found |= _between(_number(several[n - 1]), _number(match))
    return found


def _between(first: int, last: int) -> set[int]:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return set()
    return set(range(first, last + 1)) if first <= last else {*range(first, 13), *range(1, last + 1)}


def _number(match: re.Match[str]) -> int:
    if match["en"]:
        return _NAMES.index(match["en"].casefold()) + 1
    return int(match["digit"]) if match["digit"] else _HAN.index(match["han"]) + 1


def _clause(sentence: str, at: int) -> str:
    start = max((m.end() for m in re.finditer(r"[;.；。！!?？，,]", sentence[:at])), default=0)
    end = re.search(r"[;.；。！!?？，,]", sentence[at:])
    return sentence[start : at + end.start() if end else len(sentence)]
