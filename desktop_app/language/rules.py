"""Rule packs: data files that say which words need a fact or a policy of their own, and why."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.language import packs
from desktop_app.language.packs import SHIPPED as SHIPPED
from desktop_app.language.packs import Chosen as Chosen
from desktop_app.language.packs import kind_of_name

BY_FACT = frozenset(
    [
        "health",
        "care",
        "eco",
        "guarantee",
        "certificate",
        "delivery",
        "returns",
        "discount",
        "scarcity",
        "popularity",
        "opinion",
        "feature",
        "origin",
    ]
)  # what a fact of the product may carry; leaks and gaps nothing, superlatives and absolutes only a policy
PACKS = {"en": ("claims.en", "qualities.en"), "zh": ("advertising-law.zh", "qualities.zh")}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack: what it looks for, which kind of claim that is, and what to tell the merchant."""

    id: str
    kind: str
    why: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack: whose law or custom it is, of when, from which source."""

    name: str
    jurisdiction: str
    date: str
    source: str
    language: str
    rules: tuple[Rule, ...]


# Words of a machine and gaps nobody filled are never let through, whatever is switched off.
ALWAYS = frozenset(["leak", "placeholder"])
KINDS = BY_FACT | ALWAYS | {"superlative", "absolute"}
OF_REPLIES = ALWAYS | {"promise", "compensation", "blame"}


@cache
def load(name: str) -> Pack:
    """Return the shipped pack ``name``; raise UserError where there is none or it cannot be read."""
    return read(paths.assets() / "rules" / f"{name}.toml")


@cache
def of(chosen: Chosen = SHIPPED) -> tuple[tuple[str, Pack, bool], ...]:
    """Return every pack a shop has, with its name and whether it is on; its own stand in place of shipped ones."""
    return _of("texts", chosen, tuple(name for several in PACKS.values() for name in several))


@cache
def replies(language: str, chosen: Chosen = SHIPPED) -> tuple[tuple[str, Pack, bool], ...]:
    """Return the packs that replies in this language are held against, by name and whether on; English has the rest."""
    every = _of("replies", chosen, packs.REPLIES)
    return tuple(one for one in every if one[1].language == language) or tuple(
        one for one in every if one[1].language == "en"
    )


@cache
def of_replies(language: str, chosen: Chosen = SHIPPED) -> tuple[Rule, ...]:
    """Return the rules a reply in this language is held against."""
    return tuple(
        rule for _name, pack, on in replies(language, chosen) for rule in pack.rules if on or rule.kind in ALWAYS
    )


def _of(kind: packs.PackKind, chosen: Chosen, shipped: tuple[str, ...]) -> tuple[tuple[str, Pack, bool], ...]:
    own = {name: _from_text(text, name) for name, text in chosen.own if kind_of_name(name) == kind}
    names = packs.names(kind, chosen, shipped)
    return tuple((name, own.get(name) or load(name), name not in chosen.off) for name in names)


@cache
def in_force(chosen: Chosen = SHIPPED) -> tuple[Rule, ...]:
    """Return the rules a text is held against."""
    return tuple(rule for _name, pack, on in of(chosen) for rule in pack.rules if on or rule.kind in ALWAYS)


def read(path: Path) -> Pack:
    """Read a pack from a file; raise UserError with the reason."""
    try:
        return _from_text(path.read_text("utf-8"), path.stem)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=path.name, why=str(error)) from error


def prove(name: str, text: str) -> None:
    """Raise UserError where a pack a merchant brings may not be relied on.

    Each rule has to hit its own examples and miss its harmless ones: only then is it known to do what it says.
    """
    pack, replying = _from_text(text, name), kind_of_name(name) == "replies"
    if not pack.rules or not (replying or pack.language in PACKS):
        raise UserError("The rule pack {name} holds no rule, or is in no language known here.", name=name)
    for rule, data in zip(pack.rules, packs.read(name, text)["rule"], strict=True):
        _prove(name, rule, data, OF_REPLIES if replying else KINDS)


def _prove(name: str, rule: Rule, data: dict[str, Any], kinds: frozenset[str]) -> None:
    called = rule.id.rsplit("/", 1)[-1]
    if rule.kind not in kinds:
        raise UserError("In the rule pack {name} the rule {rule} is of no known kind.", name=name, rule=called)
    hits, misses = data.get("examples") or (), data.get("harmless") or ()
    if not hits or not misses or not isinstance(hits, list) or not isinstance(misses, list):
        raise UserError(
            "In the rule pack {name} the rule {rule} has no examples: words it has to hit, and harmless ones.",
            name=name, rule=called,
        )  # fmt: skip
    for example in hits:
        if not rule.pattern.search(str(example)):
            raise UserError(
                "In the rule pack {name} the rule {rule} does not hit its example “{text}”.",
                name=name, rule=called, text=str(example),
            )  # fmt: skip
    for example in misses:
        if rule.pattern.search(str(example)):
            raise UserError(
                "In the rule pack {name} the rule {rule} hits “{text}”, which it calls harmless.",
                name=name, rule=called, text=str(example),
            )  # fmt: skip


def _from_text(text: str, name: str) -> Pack:
    try:
        raw = tomllib.loads(text)
        language = str(raw.get("language", ""))
        rules = tuple(
            Rule(f"{name}/{r['id']}", str(r["kind"]), str(r["why"]), _compiled(r["patterns"], language))
            for r in raw["rule"]
        )
        return Pack(
            str(raw["name"]), str(raw.get("jurisdiction", "")), str(raw["date"]), str(raw.get("source", "")), language,
            rules,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=f"{name}.toml", why=str(error)) from error


def _compiled(patterns: list[str], language: str) -> re.Pattern[str]:
    one = "|".join(f"(?:{p})" for p in patterns)
    return re.compile(one if language == "zh" else rf"(?<![\w-])(?:{one})(?![\w-])|{_signs(patterns)}", re.I)


def _signs(patterns: list[str]) -> str:
    """Patterns that begin or end with a sign stand beside no word's edge."""
    signs = [p for p in patterns if not re.match(r"[\w(\\]", p) or re.search(r"[^\w)\]?*+}\\]$", p)]
    return "|".join(f"(?:{p})" for p in signs) or r"(?!)"
