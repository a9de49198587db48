"""Values that exclude each other: what is mild is not fiery, what wants full sun does not thrive in shade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop_app.language import facts, lexicon, negation, telling
from desktop_app.records import Finding, Product
from desktop_app.words import _

_DENIED = re.compile(
    rf"(?i)(?:{negation.BEFORE}|\b(?:hardly|less)\b)[^,;.]*$"
    r"|(?:不|没|无|别|避免|避开|远离|并非|非)[^，。；]{0,6}$"
)
_LEFT_ASIDE = re.compile(r"[\u4e00-\u9fff]{0,3}?(?:就算了|不行|不适|不宜|不能|不推荐|除外)")
_BETWEEN = re.compile(
    r"(?i)\b(?:neither|not)\s+(?:too\s+|very\s+|quite\s+)?\w+(?:\s+and|\s*,)?\s+(?:nor|not)\s+(?:too\s+|very\s+|quite\s+)?\w+"
    r"|\bsomewhere in between\b|\bin between\b|(?:既)?不(?:太|会太|算)?[\u4e00-\u9fff]{1,2}[，、]?(?:也|又)?不(?:太|会太|算)?[\u4e00-\u9fff]{1,2}|(?:刚好|正好)?居中"
)
_MIDDLE = re.compile(r"(?i)\b(?:medium|mid|moderate|balanced|normal|regular)\b|适中|中等|中度|居中")


@dataclass(frozen=True, slots=True)
class Excluded:
    """What the facts of one product exclude, and whether one of them gives a middle."""

    others: tuple[re.Pattern[str], ...] = ()
    middle: bool = False

    def denied(self, sentence: str) -> list[tuple[int, int]]:
        """Return the stretches that deny an excluded value, or say it is neither the one nor the other."""
        found = [m.span() for p in self.others for m in p.finditer(sentence) if _DENIED.search(sentence[: m.start()])]
        return found + ([m.span() for m in _BETWEEN.finditer(sentence)] if self.middle else [])


def of(product: Product) -> Excluded:
    """Read off the facts which values are excluded."""
    found = telling.usable(product)
    told = [f"{facts.clean_name(f.name)} {f.value}" for f in (*product.facts, *found)]
    told.append(product.title)
    return Excluded(tuple(_others(told)), any(_MIDDLE.search(f.value) for f in product.facts))


def _others(told: list[str]) -> Iterable[re.Pattern[str]]:
    whole = " ".join(told)
    for about, one, other in _rows():
        if any(about.search(t) and one.search(t) for t in told) and not other.search(whole):
            yield other


def of_sentence(sentence: str, excluded: Excluded) -> list[Finding]:
    """Return where ``sentence`` claims what the facts exclude; spans in code points of it."""
    found = []
    for pattern in excluded.others:
        for match in pattern.finditer(sentence):
            if not _DENIED.search(sentence[: match.start()]) and not _LEFT_ASIDE.match(sentence, match.end()):
                why = _("The facts say the opposite of “{text}”.", text=match[0])
                found.append(Finding(match.start(), match.end(), match[0], "contradiction", why))
    return found


@cache
def _rows() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(r["about"], re.I), re.compile(r["one"], re.I), re.compile(r["other"], re.I))
        for r in lexicon.rows("opposites")
    )
