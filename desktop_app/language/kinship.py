"""What follows from a carried word: oak is wood, navy a dark blue, a detachable hood can be taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from desktop_app.language import everyday, harmless, inflections, lexicon
from desktop_app.language.lexicon import Term

_HAN = re.compile(r"[\u4e00-\u9fff]")


def broader(terms: Iterable[Term]) -> set[Term]:
    """Return ``terms`` and everything they also are."""
    found = set(terms)
    for term in tuple(found):
        for wider, _shade in _wider().get(term, ()):
            found.add(wider)
    return found


def shades(terms: Iterable[Term]) -> frozenset[str]:
    """Return the words that may stand before a broader colour of ``terms``: "dark" before the blue of navy."""
    return frozenset(w for t in terms for _wide, shade in _wider().get(t, ()) for w in shade)


def alike(words: frozenset[str], grams: frozenset[str]) -> tuple[set[str], set[str]]:
    """Return the English words and Chinese stretches that say what carried ones say."""
    english: set[str] = set()
    chinese: set[str] = set()
    for en, zh in rows():
        if en & words or zh & grams:
            english |= en
            chinese |= zh
    return english, chinese


@cache
def _wider() -> dict[Term, tuple[tuple[Term, tuple[str, ...]], ...]]:
    found: dict[Term, tuple[tuple[Term, tuple[str, ...]], ...]] = {}
    for row in lexicon.rows("broader"):
        wide = lexicon.find(row["broader"], row["kind"])
        for name in row["narrower"].split("|"):
            narrow = lexicon.find(name, row["kind"])
            if wide and narrow and narrow != wide:
                shade = tuple(w for w in row["shade"].split("|") if w)
                found[narrow] = (*found.get(narrow, ()), (wide, shade))
    return found


@cache
def rows() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return the rows of words that say the same: the English and the Chinese ones."""
    out = []
    for row in lexicon.rows("alike"):
        words = row["words"].split()
        english = {p for w in words if not _HAN.search(w) for p in w.casefold().split("-") if len(p) > 2}
        out.append((frozenset(english), frozenset(w for w in words if _HAN.search(w))))
    return tuple(out)


@cache
def halves(word: str) -> tuple[str, ...]:
    """Return the two words a compound is made of: screw and driver, rain and coat."""
    low = word.casefold()
    if len(low) < 8 or not low.isalpha():
        return ()
    for cut in range(4, len(low) - 3):
        if all(_is_word(half) for half in (low[:cut], low[cut:])):
            return low[:cut], low[cut:]
    return ()


def _is_word(text: str) -> bool:
    known = everyday.words("en") | everyday.plain("en") | harmless.components()
    forms = inflections.forms(text) | ({text[:-2], text[:-1]} if text.endswith("er") else set())
    return bool(forms & known) or lexicon.find(text, "noun", "material") is not None
