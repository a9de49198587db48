"""Qualities of which a thing has one: soft bristles are not hard ones, what is for medium and large dogs is not for small ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop_app.language import facts, inflections, kinship, lexicon, negation, vocabulary
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[-'’][A-Za-zÀ-ÿ]+)*['’]?")
_AND = frozenset(["and", "or", "to", "very", "extra", "rather"])
_IS = re.compile(
    r"(?i)\b(?P<noun>[a-z]{3,})\s+(?:is|are|was|were|comes?|come|stays?|feels?|looks?)\s+(?:an?\s+|the\s+|very\s+|quite\s+|rather\s+|all\s+|both\s+|knotted\s+|woven\s+|made\s+)?$"
)
_BEFORE = re.compile(rf"(?i)(?:{negation.BEFORE}|\b(?:hardly|less)\b)[^,;.]*$")


@dataclass(frozen=True, slots=True)
class Scale:
    """One row: which value each word names, and whether it counts wherever it is said."""

    values: tuple[tuple[str, int], ...]
    anywhere: bool


@dataclass(frozen=True, slots=True)
class Claims:
    """Which values of which rows the facts of one product give to which things."""

    given: tuple[tuple[int, str, frozenset[int]], ...] = ()  # row, thing ("": the product), values
    stuffs: tuple[tuple[str, str, frozenset[lexicon.Term]], ...] = ()  # kind, thing, what colour or stuff it has


@cache
def _rows() -> tuple[Scale, ...]:
    return tuple(
        Scale(
            tuple((w.replace("_", " "), n) for n, value in enumerate(row["values"].split("|")) for w in value.split()),
            row["how"] == "any",
        )
        for row in lexicon.rows("scales")
    )


@cache
def _where() -> dict[str, tuple[tuple[int, int], ...]]:
    """Return for every word the rows and values it names."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for n, scale in enumerate(_rows()):
        for word, value in scale.values:
            found[word] = (*found.get(word, ()), (n, value))
    return found


def of(product: Product) -> Claims:
    """Read off the facts which value of a row each thing has."""
    found: dict[tuple[int, str], set[int]] = {}
    coloured: dict[tuple[str, str], set[lexicon.Term]] = {}
    for fact in product.facts:
        name = [w.casefold() for w in _WORD.findall(facts.clean_name(fact.name))]
        for kind, stuff, noun in _stuffs(fact.value):
            coloured.setdefault((kind, noun), set()).add(stuff)
        for word, row, value, noun in _said(fact.value):
            things = {noun, *(name[-1:] if not noun else ())} | ({""} if _rows()[row].anywhere else set())
            if name and not noun and row in {r for w in name for r, _v in _where().get(w, ())}:
                continue  # "Outer: …": the name is one of the row itself
            for thing in things - {""} | ({""} & things):
                found.setdefault((row, thing), set()).add(value)
            if name and noun and word != noun:
                found.setdefault((row, name[-1]), set()).add(value)
    return Claims(
        tuple((row, thing, frozenset(values)) for (row, thing), values in found.items()),
        tuple((k, noun, frozenset(kinship.broader(terms))) for (k, noun), terms in coloured.items()),
    )


def _stuffs(text: str) -> Iterable[tuple[str, lexicon.Term, str]]:
    """Yield the colours and materials that stand right before a thing: black of "white, black numerals"."""
    for start, end, term in vocabulary.scan(text):
        following = _NOUN_NEXT.match(text, end)
        if term.kind in {"colour", "material"} and following and start < end:
            noun = following["noun"].casefold()
            if not vocabulary.readings(noun) or all(t.kind == "noun" for t in vocabulary.readings(noun)):
                yield term.kind, term, noun


_NOUN_NEXT = re.compile(
    r"[ -](?!and\b|or\b|with\b|on\b|in\b|of\b|to\b|for\b|over\b|under\b|look\b|effect\b)(?P<noun>[A-Za-z]{4,})(?=\s*(?:[,;.()|]|$))"
)


def _said(text: str) -> Iterable[tuple[str, int, int, str]]:
    """Yield every word of a row in a fact's value, with its row, its value and the thing it is said of, where one follows."""
    words = [(m[0].casefold().replace("’", "'"), m.end()) for m in _WORD.finditer(text)]
    for n, (word, end) in enumerate(words):
        pairs = _where().get(word, ())
        if n + 1 < len(words):
            pairs += _where().get(f"{word} {words[n + 1][0]}", ())
        if not pairs or _BEFORE.search(text[:end]):
            continue
        noun = ""
        for following, _end in words[n + 1 : n + 4]:
            if following in _AND or _where().get(following):
                continue
            noun = following
            break
        if noun and re.match(r"\s*[,;|/]", text[end:]):
            noun = ""  # "soft, nylon"
        for row, value in pairs:
            yield word, row, value, noun


def of_sentence(sentence: str, claims: Claims) -> list[Finding]:
    """Return the qualities ``sentence`` gives a thing to which the facts give another; spans in code points of it."""
    out = _of_stuffs(sentence, claims) if claims.stuffs else []
    if not claims.given:
        return out
    words = list(_WORD.finditer(sentence))
    for n, match in enumerate(words):
        low = match[0].casefold().replace("’", "'")
        end = match.end()
        pairs = _where().get(low, ())
        if n + 1 < len(words) and (longer := _where().get(f"{low} {words[n + 1][0].casefold()}")):
            pairs, end = longer, words[n + 1].end()
        for row, value in pairs:
            things = _things(sentence, words, n, match.start(), end) | ({""} if _rows()[row].anywhere else set())
            told = [
                v for r, thing, v in claims.given if r == row and (thing in things or inflections.forms(thing) & things)
            ]
            if not told or any(value in v for v in told):
                continue
            if _BEFORE.search(sentence[: match.start()]) or negation.behind(sentence, end):
                continue
            why = _("The facts say the opposite of “{text}”.", text=sentence[match.start() : end])
            out.append(finding(sentence, match.start(), end, "contradiction", why))
            break
    return out


def _of_stuffs(sentence: str, claims: Claims) -> list[Finding]:
    out: list[Finding] = []
    for start, end, term in vocabulary.scan(sentence):
        following = re.match(r"[ -](?P<noun>[A-Za-z]{4,})", sentence[end:])
        if term.kind not in {"colour", "material"} or not following or _BEFORE.search(sentence[:start]):
            continue
        forms = inflections.forms(following["noun"])
        told = [terms for kind, noun, terms in claims.stuffs if kind == term.kind and inflections.forms(noun) & forms]
        readings = vocabulary.readings(sentence[start:end])
        if told and not any(t in terms for terms in told for t in readings):
            why = _("The facts say the opposite of “{text}”.", text=sentence[start:end])
            out.append(finding(sentence, start, end, "contradiction", why))
    return out


def _things(sentence: str, words: list[re.Match[str]], n: int, start: int, end: int) -> set[str]:
    """Return what a quality is said of: the next word, or what stands before "is"."""
    found: set[str] = set()
    for following in words[n + 1 : n + 3]:
        between = sentence[end : following.start()]
        if following.start() < end or between.strip(" -"):
            continue
        low = following[0].casefold()
        if low in _AND or _where().get(low):
            continue
        found |= {low, *inflections.forms(low)}
        break
    if before := _IS.search(sentence[:start]):
        found |= {before["noun"].casefold(), *inflections.forms(before["noun"])}
    return found
