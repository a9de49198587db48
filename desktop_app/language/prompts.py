"""How the weights are asked: prompts are data in ``assets/prompts``, rendered with a product's facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from desktop_app import paths
from desktop_app.language import english_sizes, facts, general, sayings, sentences, telling
from desktop_app.records import Fact, Product, Span

Role = Literal["system", "user", "assistant"]
NAME = "sentence"
# How a fact's name is said so that small weights tie it to the product as it is tied: "Climate: spring" they misread.
_LABELS = {"use": "Suits", "climate": "Suits", "audience": "For", "age": "For", "contents": "Comes with"}
_SEVERAL = {"colour": "Comes in", "size": "Sizes"}
EXAMPLES, LONGEST = 3, 140  # of the merchant's own: how many, and how many letters each
MOST_FACTS = 8  # more than this and small weights lose the thread
_OPENING = re.compile(
    r"^\s*(?:(?:sure|certainly|of course|okay)[,!.]\s*)?"
    r"(?:here(?:'s| is| are)[^\n:]{0,80}:|(?:product )?description:)\s*",
    re.IGNORECASE,
)
_DRESS = re.compile(r"^\s*(?:#+\s*|[\"“”*_`]+)|[\"“”*_`]+\s*$")


@dataclass(frozen=True, slots=True)
class Example:
    """A product's facts as they are asked about, and the sentence that answered."""

    asked: str
    answered: str


def version(language: str) -> str:
    """Return the name and version of the prompt for this language, for the draft's provenance."""
    return f"{NAME}/{_prompts()['version']}/{_tongue(language)}"


def render(
    product: Product, language: str, *, names: Collection[str] = (), tone: str = "plain", whole: bool = False,
    examples: Sequence[Example] = (),
) -> tuple[tuple[Role, str], ...]:  # fmt: skip
    """Return the turns, (role, text), that ask for one sentence about the facts called ``names`` (all when empty).

    ``whole`` asks for a short text instead of one sentence; ``examples`` of the merchant's own come last of all.
    """
    asked = _prompts()[_tongue(language)]
    wishes = (asked["warm"] if tone == "warm" else "") + (asked["whole"] if whole else "")
    turns: list[tuple[Role, str]] = [("system", asked["system"] + wishes)]
    for example in asked["examples"]:
        turns += [("user", example["asked"]), ("assistant", example["answered"])]
    for one in examples:
        turns += [("user", one.asked), ("assistant", one.answered)]
    return (*turns, ("user", facts_of(product, language, names)))


def examples_of(
    approved: Iterable[tuple[Product, str, Sequence[Span]]], language: str, *, most: int = EXAMPLES
) -> tuple[Example, ...]:
    """Return sentences of the merchant's own texts, (product, text, evidence), as examples of how the shop sounds.

    Of each text the first sentence that rests on one to three facts and is short enough for small weights to follow.
    """
    found: list[Example] = []
    for product, text, evidence in approved:
        for start, end in sentences.split(text, language):
            names = dict.fromkeys(n for s in evidence if start <= s.start < end for n in s.facts)
            if 0 < len(names) < 4 and end - start < LONGEST:
                found.append(Example(facts_of(product, language, names), text[start:end]))
                break
        if len(found) == most:
            break
    return tuple(found)


def facts_of(product: Product, language: str, names: Collection[str] = ()) -> str:
    """Return the product's title and its usable facts, one a line, the way the examples show them."""
    chinese = _tongue(language) == "zh"
    lines = [product.title]
    for fact in telling.usable(product):
        if names and fact.name not in names:
            continue
        value = _listed(fact, chinese)
        unit = facts.unit_of(fact)
        more = f" {unit}" if unit and not value.endswith(unit) else ""
        lines.append(f"{_label(fact, chinese)}{'：' if chinese else ': '}{value}{more}")
    return "\n".join(lines[: MOST_FACTS + 1])


def _label(fact: Fact, chinese: bool) -> str:
    if chinese:
        return fact.name
    role, several = facts.role_of(fact), len(facts.items(fact)) > 1
    said = _LABELS.get(role) or (_SEVERAL.get(role) if several else "")
    return said or facts.clean_name(fact.name).capitalize() or fact.name


def _listed(fact: Fact, chinese: bool) -> str:
    """Return a fact's values as one says them: small weights repeat what they read, "XS, S, M" and capitals and all."""
    values = general.uses(facts.items(fact)) if fact.kind == "feature" else facts.items(fact)
    if chinese:
        return "、".join(values)
    if fact.kind == "size" and len(values) > 1 and (run := english_sizes.size_range(fact).text):
        return run.removeprefix("sizes ")
    said = list(dict.fromkeys(sayings.word(v, "en") or v for v in values))
    return ", ".join(said[:-1]) + " and " + said[-1] if len(said) > 1 else "".join(said)


def tidy(text: str) -> str:
    """Return what the weights wrote without an introduction and without the marks of headings and quotes."""
    text = _OPENING.sub("", text.strip())
    text = _DRESS.sub("", text).strip()
    return re.sub(r"\s*\n\s*", " ", text)


def _tongue(language: str) -> str:
    return "zh" if language == "zh" else "en"


@cache
def _prompts() -> dict[str, Any]:
    with (paths.assets() / "prompts" / f"{NAME}.toml").open("rb") as file:
        return tomllib.load(file)
