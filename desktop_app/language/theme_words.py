"""What a group of remarks is about, in its own words: terms that stand in it and hardly anywhere else."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from desktop_app import paths
from desktop_app.language import opinion_words

_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-zà-ÿ]+(?:['’-][a-zà-ÿ]+)*")
SHORTEST, LONGEST = 2, 4  # Han characters of a term
WORDS = 4  # terms a theme is known by
OWN = 0.6  # of the reviews that hold a term, those within the group
NAMED = 0.34  # of the group's reviews, those that hold the first term
COVERED = 0.5  # those that hold any
FRESH = 2  # reviews that a further term adds
ALONE = 0.7  # of the places of a word in Chinese, those where one character stands beside it


@dataclass(frozen=True, slots=True)
class Named:
    """A group's name and the terms that remarks of it are known by, the first of which names it."""

    name: str
    words: tuple[str, ...]


def terms_of(text: str) -> frozenset[str]:
    """Return what a remark may be called by: words and pairs of words, runs of Han characters."""
    found = set[str]()
    low = text.casefold().replace("’", "'")
    words = _WORD.findall(low)
    able = [_one(word) if _may_name(word) else "" for word in words]
    found |= {word for word in able if word}
    found |= {f"{a} {b}" for (a, b) in pairwise(words) if _may_name(a) and _may_name(b)}
    edges, empty, opinions = _chinese()
    for run in _HAN.findall(text):
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(len(run) - size + 1):
                term = run[start : start + size]
                if term[0] not in edges and term[-1] not in edges and term not in empty and not opinions.search(term):
                    found.add(term)
    return frozenset(found)


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a theme's terms in a remark: whole words, also in the plural; Han characters anywhere."""
    parts = []
    for word in words:
        plain = re.escape(word.casefold())
        parts.append(plain if _HAN.search(word) else rf"(?<![a-z]){plain}(?:e?s)?(?![a-z])")
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def name(
    groups: Sequence[Sequence[int]], texts: Sequence[str], owner: Sequence[int], least: int, taboo: str = ""
) -> list[Named]:
    """Return a name for each group of remarks that has one of its own; ``owner`` says whose review each remark is.

    A term names a group where at least ``least`` of its reviews hold it and few others do, and where it is no part of
    ``taboo`` (what the products are called). Groups that come to the same first term are one theme.
    """
    terms = [terms_of(text) for text in texts]
    everywhere: dict[str, set[int]] = defaultdict(set)
    for some, review in zip(terms, owner, strict=True):
        for term in some:
            everywhere[term].add(review)
    known = _Known(texts, terms, owner, everywhere, len(set(owner)), least, taboo.casefold())
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        words = _of_group(group, known)
        if words and not any(words[0] in other for other in found.values()):
            found[words[0]] = words
    return [Named(_spelled(first, texts), words) for first, words in found.items()]


@dataclass(frozen=True, slots=True)
class _Known:
    """What every group is named from."""

    texts: Sequence[str]
    terms: Sequence[frozenset[str]]
    owner: Sequence[int]
    everywhere: dict[str, set[int]]  # term → reviews that hold it
    whole: int  # reviews
    least: int
    taboo: str


def _of_group(group: Sequence[int], known: _Known) -> tuple[str, ...]:
    """Return the terms of one group, the one that names it first; none where no term is its own."""
    reviews = {known.owner[n] for n in group}
    inside: dict[str, set[int]] = defaultdict(set)
    for n in group:
        for term in known.terms[n]:
            inside[term].add(known.owner[n])
    chosen: list[str] = []
    covered = set[int]()
    for term in _worthy(inside, len(reviews), known):
        held = inside[term]
        if chosen:
            able = len(held - covered) >= FRESH and not any(term in c or c in term for c in chosen)
        else:
            able = len(held) >= max(known.least, NAMED * len(reviews))
        if able and _stands_alone(term, [known.texts[n] for n in group]):
            chosen.append(term)
            covered |= held
        if len(chosen) == WORDS:
            break
    return tuple(chosen) if len(covered) >= COVERED * len(reviews) else ()


def _worthy(inside: dict[str, set[int]], reviews: int, known: _Known) -> list[str]:
    """Return the terms that are the group's own, the most telling first."""
    worth: dict[str, float] = {}
    for term, held in inside.items():
        everywhere = len(known.everywhere[term])
        if len(held) >= FRESH and len(held) >= OWN * everywhere and term not in known.taboo:
            rare = math.log(len(held) / reviews / (everywhere / known.whole) + 1e-9)
            worth[term] = len(held) * rare * _fullness(term, held, inside)
    return sorted((t for t, w in worth.items() if w > 0), key=lambda t: (-worth[t], t))


def _stands_alone(term: str, texts: Sequence[str]) -> bool:
    """Tell whether Han characters are a word: one that the same character always stands before or behind is none."""
    if not _HAN.search(term):
        return True
    sides: tuple[list[str], list[str]] = ([], [])
    for text in texts:
        at = text.casefold().find(term)
        if at >= 0:
            sides[0].append(text[at - 1 : at] if at else "")
            sides[1].append(text[at + len(term) : at + len(term) + 1])
    return all(
        max((side.count(one) for one in set(side) if _HAN.match(one)), default=0) <= ALONE * len(side) for side in sides
    )


def _fullness(term: str, held: set[int], inside: dict[str, set[int]]) -> float:
    """Prefer the whole of a term to a piece of it: 充电 to 充, "memory card" to "memory", where they stand together."""
    longer = (other for other in inside if term != other and term in other)
    return 0.5 if any(len(inside[other]) >= 0.8 * len(held) for other in longer) else 1.0


def _may_name(word: str) -> bool:
    return len(word) > 2 and word not in _english() and not word.endswith("n't")


def _one(word: str) -> str:
    """Return a word without the s of its plural, so that both are one term."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word


def _spelled(term: str, texts: Sequence[str]) -> str:
    """Return a term as reviews mostly write it, in the plural where they do, with a capital first."""
    forms = Counter(match[0].casefold() for text in texts for match in pattern((term,)).finditer(text))
    said = max(forms, key=lambda form: (forms[form], form), default=term)
    return said[:1].upper() + said[1:]


@cache
def _english() -> frozenset[str]:
    known = opinion_words.lexicon("en")
    return frozenset(_table()["en"]["empty"].split()) | known.praise | known.blame | known.turn | known.but


@cache
def _chinese() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    known, table = opinion_words.lexicon("zh"), _table()["zh"]
    words = sorted((w for w in known.praise | known.blame | known.but if len(w) > 1), key=len, reverse=True)
    return (frozenset(table["edges"]), frozenset(table["empty"].split()), re.compile("|".join(map(re.escape, words))))


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((paths.assets() / "reviews" / "themes.toml").read_text("utf-8"))
