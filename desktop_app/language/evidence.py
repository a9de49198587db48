"""Which stretch of a finished text says what a fact says: found by words, in either language."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop_app.language import facts, lexicon, telling
from desktop_app.records import Fact, Product, Span

_LATIN = re.compile(r"[0-9A-Za-zÀ-ɏ]")
_LOOSE = re.compile(r"[\s\-–×x*·,.、]+")


def spans(text: str, product: Product, language: str) -> tuple[Span, ...]:
    """Return the stretches of ``text`` (code points) that a fact's value, or its translation, stands in literally.

    Spans do not overlap; where two facts carry one stretch the longer value takes it. Only whole words count in
    Latin script; spacing, hyphens and case do not.
    """
    found: list[Span] = []
    for pattern, name in _wanted(product, language):
        for match in pattern.finditer(text):
            same = next((s for s in found if (s.start, s.end) == match.span()), None)
            if same is not None:
                if name not in same.facts:
                    found[found.index(same)] = Span(same.start, same.end, (*same.facts, name))
            elif not any(s.start < match.end() and match.start() < s.end for s in found):
                found.append(Span(match.start(), match.end(), (name,)))
    return tuple(sorted(found, key=lambda s: s.start))


@lru_cache(maxsize=128)  # every sentence about a product is held against the same forms
def _wanted(product: Product, language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what to look for, the longest form first, with the fact it stands for."""
    several = [(form, fact.name) for fact in telling.usable(product) for form in _forms(fact, language)]
    return tuple((_pattern(form), name) for form, name in sorted(several, key=lambda pair: -len(pair[0])))


def _forms(fact: Fact, language: str) -> list[str]:
    """Return the ways to write each single value of a fact: as it is, with its unit, and in the text's language."""
    forms: list[str] = []
    for item in facts.items(fact):
        unit = facts.unit_of(fact)
        if item.replace(".", "").replace(",", "").isdigit():
            if unit:  # a bare number says nothing of this fact; with its unit it does
                forms.append(f"{item} {unit}")
            continue
        forms.append(item)
        term = lexicon.find(item)
        if term is not None:
            forms.extend(term.zh if language == "zh" else term.en)
    return [form for form in forms if len(form) > 1 or not _LATIN.match(form)]


def _pattern(form: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in _LOOSE.split(form) if part]
    body = r"[\s\-–×x*·,.、]*".join(parts) or re.escape(form)
    before = r"(?<![0-9A-Za-zÀ-ɏ])" if _LATIN.match(form) else ""
    after = r"(?![0-9A-Za-zÀ-ɏ])" if _LATIN.match(form[-1]) else ""
    return re.compile(before + body + after, re.IGNORECASE)
