"""Known things named in a third language: Blau of "Keramikbecher Blau", латунь of "Латунный подсвечник"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from desktop_app.language import everyday, harmless, lexicon
from desktop_app.language.lexicon import Term
from desktop_app.language.spans import finding
from desktop_app.records import Finding
from desktop_app.words import _

_KINDS = ("material", "colour", "origin", "scent", "feature", "care", "use", "noun")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Endings of Russian nouns and adjectives: медный, медная, меди and медь have a stem in common.
_ENDINGS = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ный|ная|ное|ные|ной|ную|ных|ым|им|ом|ем|ый|ий|ой|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ах|ях|ам|ям|ов|ев|[аяыиуюеоьй])$"
)
_STEM = 3  # letters below which a stem tells nothing


def terms(text: str) -> set[Term]:
    """Return the known things that ``text`` names in a language other than English and Chinese."""
    return {term for _start, _end, several in scan(text) for term in several}


@lru_cache(maxsize=2048)
def scan(text: str) -> tuple[tuple[int, int, tuple[Term, ...]], ...]:
    """Return where ``text`` names known things in another language, in every reading; spans in code points.

    A word that is an English word too is none here ("Tee" in an English shop is no tea).
    """
    words = list(_WORD.finditer(text))
    found: list[tuple[int, int, tuple[Term, ...]]] = []
    n = 0
    while n < len(words):
        for size in (3, 2, 1):
            run = words[n : n + size]
            if len(run) == size and (several := _readings(text[run[0].start() : run[-1].end()].casefold())):
                found.append((run[0].start(), run[-1].end(), several))
                n += size
                break
        else:
            n += 1
    return tuple(found)


@cache
def _forms() -> dict[str, tuple[Term, ...]]:
    out: dict[str, tuple[Term, ...]] = {}
    for kind in _KINDS:
        for term in lexicon.terms(kind):
            for form in term.other:
                low = lexicon.key(form)
                for one in {low, _stem(low)}:
                    if term not in out.get(one, ()):
                        out[one] = (*out.get(one, ()), term)
    return out


def _stem(word: str) -> str:
    if not _CYRILLIC.search(word) or " " in word:
        return word
    bare = _ENDINGS.sub("", word)
    return f"{bare}~" if len(bare) >= _STEM else word


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[Term, ...]:
    low = lexicon.key(text)
    if len(low) < 3 or _is_english(low):
        return ()
    known = _forms()
    if several := known.get(low) or known.get(_stem(low)):
        return several
    if bent := next(
        (
            known[base]
            for e in ("es", "er", "en", "em", "e", "s")
            if (base := low.removesuffix(e)) != low and base in known
        ),
        (),
    ):
        return tuple(t for t in bent if t.kind in {"colour", "material"})  # rotes of rot
    return _compound(low)


def _compound(word: str) -> tuple[Term, ...]:
    """Keramikbecher is of Keramik: German, Dutch and Swedish put what a thing is of before what it is."""
    if " " in word or len(word) < 8 or _CYRILLIC.search(word):
        return ()
    for cut in range(len(word) - 3, 3, -1):
        first = _forms().get(word[:cut], ()) or _forms().get(word[:cut].rstrip("sn"), ())
        if stuffs := tuple(t for t in first if t.kind in {"material", "scent"}):
            return stuffs
    return ()


@lru_cache(maxsize=4096)
def _is_english(low: str) -> bool:
    known = harmless.words("en", ""), everyday.words("en"), everyday.plain("en"), everyday.cautious("en")
    return any(low in several for several in known) or any(
        low in {form.casefold() for form in term.en} for kind in _KINDS if (term := lexicon.find(low, kind))
    )


def of_sentence(sentence: str, carried: frozenset[Term]) -> list[Finding]:
    """Return the materials, colours, origins … that a sentence in a third language names and no fact carries."""
    out = []
    for start, end, several in scan(sentence):
        if several[0].kind != "noun" and not any(t in carried for t in several):
            why = _("No fact of this product says “{text}”.", text=sentence[start:end])
            out.append(finding(sentence, start, end, several[0].kind, why))
    return out
