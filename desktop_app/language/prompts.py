"""How the weights are asked: prompts are data in ``assets/prompts``, rendered with a product's facts."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any, Literal

from desktop_app import paths
from desktop_app.language import facts, sentences
from desktop_app.records import Product, Wishes

Role = Literal["system", "user", "assistant"]
NAME = "description"
MOST_FACTS = 8  # more than this and small weights lose the thread
_OPENING = re.compile(
    r"^\s*(?:(?:sure|certainly|of course|okay)[,!.]\s*)?"
    r"(?:here(?:'s| is| are)[^\n:]{0,80}:|(?:product )?description:)\s*",
    re.IGNORECASE,
)
_DRESS = re.compile(r"^\s*(?:#+\s*|[\"“”*_`]+)|[\"“”*_`]+\s*$")


def version(wishes: Wishes) -> str:
    """Return the name and version of the prompt that ``render`` uses, for the draft's provenance."""
    return f"{NAME}/{_prompts()['version']}/{_tongue(wishes.language)}"


def render(product: Product, wishes: Wishes) -> tuple[tuple[Role, str], ...]:
    """Return the turns of the conversation that asks for a description of ``product``: (role, text)."""
    asked = _prompts()[_tongue(wishes.language)]
    hints = asked["more"][wishes.tone] + asked["more"][wishes.length]
    turns: list[tuple[Role, str]] = [("system", asked["system"] + hints)]
    for example in asked["examples"]:
        turns += [("user", example["asked"]), ("assistant", example["answered"])]
    return (*turns, ("user", facts_of(product, wishes.language)))


def facts_of(product: Product, language: str) -> str:
    """Return the product's title and its usable facts, one a line, the way the examples show them."""
    colon = "：" if _tongue(language) == "zh" else ": "
    lines = [product.title]
    for fact in facts.usable(product)[:MOST_FACTS]:
        value = "、".join(facts.items(fact)) if _tongue(language) == "zh" else ", ".join(facts.items(fact))
        unit = facts.unit_of(fact)
        lines.append(f"{fact.name}{colon}{value}{' ' + unit if unit and not value.endswith(unit) else ''}")
    return "\n".join(lines)


def tidy(text: str, *, complete: bool) -> str:
    """Return what the weights wrote without their introduction, marks and broken last sentence.

    ``complete`` says that the text ended by itself; otherwise an unfinished last sentence is dropped, unless it is
    all there is.
    """
    text = _OPENING.sub("", text.strip())
    text = _DRESS.sub("", text).strip()
    text = re.sub(r"\n{3,}", "\n\n", text)
    if complete or not text or text[-1] in '.!?。！？…”"':
        return text
    found = sentences.split(text, "")
    return text[: found[-2][1]].rstrip() if len(found) > 1 else text


def _tongue(language: str) -> str:
    return "zh" if language == "zh" else "en"


@cache
def _prompts() -> dict[str, Any]:
    with (paths.assets() / "prompts" / f"{NAME}.toml").open("rb") as file:
        return tomllib.load(file)
