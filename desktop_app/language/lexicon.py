"""The word lists in ``assets/language``: read once, looked up by any form in any of seven languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from desktop_app import paths

KINDS = ("material", "colour", "scent", "origin", "use", "feature", "care", "certificate", "noun", "word")
_FILES = {
    "material": "materials",
    "colour": "colours",
    "scent": "scents",
    "origin": "origins",
    "use": "uses",
    "feature": "features",
    "care": "care",
    "certificate": "certificates",
    "noun": "nouns",
    "word": "words",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing with its words: the first English and the first Chinese form are the ones that are written."""

    kind: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    other: tuple[str, ...] = ()
    plural: str = ""  # nouns: "=" same, "-" none (a mass word), else the plural of the first form
    measure: str = ""  # nouns: the Chinese measure word
    group: str = ""
    marks: frozenset[str] = frozenset()

    def word(self, language: str) -> str:
        """Return the form to write in ``language`` ("zh", or English for all else)."""
        return (self.zh or self.en)[0] if language == "zh" else (self.en or self.zh)[0]


def key(text: str) -> str:
    """Return ``text`` as it is looked up: NFKC, lower case, trademark signs and runs of spaces gone."""
    plain = unicodedata.normalize("NFKC", re.sub(r"[®™©]", "", text)).casefold()
    return re.sub(r"[\s_]+", " ", plain).strip(" .,;:!·、，。；：")


def rows(name: str) -> list[dict[str, str]]:
    """Read a word list: the rows of a tab-separated file under its header, comments left out."""
    text = (paths.assets() / "language" / f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in lines[1:]]


@cache
def terms(kind: str) -> tuple[Term, ...]:
    """Return every term of a kind, in the order of its file."""
    return tuple(_term(kind, row) for row in rows(_FILES[kind]))


def find(text: str, *kinds: str) -> Term | None:
    """Return the term that ``text`` is a form of, looking through ``kinds`` in order (all kinds when none is named)."""
    wanted = key(text)
    for index in (
        _index,
        _other_index,
    ):  # an English or Chinese reading comes before any other ("Tee" is no German tea)
        for kind in kinds or KINDS:
            if found := index(kind).get(wanted):
                return found
    return None


def words(text: str) -> frozenset[str]:
    """Return the words of a short list written as one string."""
    return frozenset(text.split())


def longest(text: str, start: int, *kinds: str) -> tuple[int, Term] | None:
    """Return the longest term that begins at ``start`` of ``text`` (already a ``key``), with where it ends."""
    for end in range(min(len(text), start + _longest_form()), start, -1):
        piece = text[start:end]
        for kind in kinds or KINDS:
            if found := _index(kind).get(piece):
                return end, found
    return None


@cache
def forms(kind: str) -> frozenset[str]:
    """Return every form of every term of a kind, as keys."""
    return frozenset(_index(kind)) | frozenset(_other_index(kind))


def plural(word: str) -> str:
    """Return the regular English plural of ``word`` (its last word, where there are several)."""
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")


@cache
def _index(kind: str) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for term in terms(kind):
        names = list(term.en) + list(term.zh)
        if kind == "noun":
            names += [_plural_of(term, form) for form in term.en]
        for name in names:
            found.setdefault(key(name), term)
    return found


@cache
def _other_index(kind: str) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for term in terms(kind):
        for name in term.other:
            found.setdefault(key(name), term)
    return found


@cache
def _longest_form() -> int:
    return max(len(form) for kind in KINDS for form in _index(kind))


def _term(kind: str, row: dict[str, str]) -> Term:
    def parts(name: str) -> tuple[str, ...]:
        return tuple(p for p in row.get(name, "").split("|") if p)

    english = parts("en")
    many = row.get("plural", "")
    return Term(
        kind,
        english,
        parts("zh"),
        parts("other"),
        plural=plural(english[0]) if many == "+" else many,
        measure=row.get("measure", ""),
        group=row.get("group", ""),
        marks=frozenset(row.get("marks", "").split()),
    )


def _plural_of(term: Term, form: str) -> str:
    if term.plural in {"=", "-"}:
        return form
    return term.plural if form == term.en[0] else plural(form)
