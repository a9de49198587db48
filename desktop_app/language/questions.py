"""The missing-facts interview: which questions about a product would help its text most, asked best first."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app import paths
from desktop_app.language import facts, lexicon, subjects, telling
from desktop_app.language.lexicon import Term
from desktop_app.records import FactKind, Product

_GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the merchant; the answer becomes a fact called ``fact_en`` or ``fact_zh``."""

    role: str
    kind: FactKind
    fact_en: str
    fact_zh: str
    en: str
    zh: str
    unit_en: str = ""
    unit_zh: str = ""

    def text(self, language: str) -> str:
        """Return the question in ``language`` ("zh", or English for all else)."""
        return self.zh if language == "zh" else self.en

    def fact(self, language: str) -> str:
        """Return the name of the fact that the answer becomes."""
        return self.fact_zh if language == "zh" else self.fact_en

    def hint(self, language: str) -> str:
        """Return what an answer looks like: a unit or an example; may be empty."""
        return self.unit_zh if language == "zh" else self.unit_en


def missing(product: Product, *, most: int = 3, skip: tuple[str, ...] = ()) -> tuple[Question, ...]:
    """Return at most ``most`` questions, the most helpful first; ``skip`` are roles the merchant will not answer.

    What a fact, an option or the title tells already is not asked. Nothing is asked of a product whose kind nobody can
    tell but what every thing has: material, size, colour, features, use.
    """
    noun = _noun(product)
    known = _known(product)
    asked: dict[str, tuple[int, Question]] = {}
    for row in _rows():
        if row["role"] in skip or known & set(str(row["unless"]).split()) or not _fits(row, noun):
            continue
        gain = int(row["gain"])
        if row["role"] not in asked or asked[row["role"]][0] < gain:
            asked[row["role"]] = (gain, _question(row))
    best = sorted(asked.values(), key=lambda pair: -pair[0])
    return tuple(question for _gain, question in best[:most])


def _noun(product: Product) -> Term | None:
    """Return what kind of thing it is, by its title or else by the last words of its category."""
    for text in (product.title, *reversed(product.category.replace(">", "/").replace("&", "/").split("/"))):
        for language in ("en", "zh"):
            if text.strip() and (noun := subjects.of_title(text.strip(), language).noun):
                return noun
    return None


def _known(product: Product) -> set[str]:
    """Return the roles that the product's facts fill; a material in the title is told too, a colour or size is not."""
    known: set[str] = set()
    for fact in telling.usable(product):
        known.add(facts.role_of(fact))
        if fact.kind in {"care", "power", "scent", "certificate", "use", "compatibility"}:
            known.add(str(fact.kind))
    words = product.title.split()
    if any(lexicon.find(" ".join(words[a:b]), "material") for a in range(len(words)) for b in (a + 1, a + 2)):
        known.add("material")
    if any(lexicon.find(product.title[:n], "material") for n in range(1, min(5, len(product.title)))):
        known.add("material")
    return known


def _fits(row: dict[str, Any], noun: Term | None) -> bool:
    group = (noun.group if noun else "") or _GENERAL
    if group not in str(row["groups"]).split():
        return False
    names = {n for n in str(row.get("nouns", "")).split("|") if n}
    if names and not (noun and names & set(noun.en)):
        return False
    marks = noun.marks if noun else frozenset()
    return not (row.get("only") and row["only"] not in marks) and not (row.get("not") and row["not"] in marks)


def _question(row: dict[str, Any]) -> Question:
    kind = facts.kind_of(str(row["fact_en"]), "")
    return Question(
        str(row["role"]),
        kind,
        str(row["fact_en"]),
        str(row["fact_zh"]),
        str(row["en"]),
        str(row["zh"]),
        str(row["unit_en"]),
        str(row["unit_zh"]),
    )


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    raw = tomllib.loads((paths.assets() / "language" / "questions.toml").read_text("utf-8"))
    return tuple(raw["question"])
