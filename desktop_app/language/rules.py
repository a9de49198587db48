"""Rule packs: data files that say which words need a fact or a policy of their own, and why."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.errors import UserError

BY_FACT = frozenset(
    [
        "health",
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


@cache
def load(name: str) -> Pack:
    """Return the shipped pack ``name``; raise UserError where there is none or it cannot be read."""
    return read(paths.assets() / "rules" / f"{name}.toml")


def read(path: Path) -> Pack:
    """Read a pack from a file, so that packs can be edited and added; raise UserError with the reason."""
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
        language = raw.get("language", "")
        rules = tuple(
            Rule(f"{path.stem}/{r['id']}", r["kind"], r["why"], _compiled(r["patterns"], language)) for r in raw["rule"]
        )
        return Pack(raw["name"], raw.get("jurisdiction", ""), raw["date"], raw.get("source", ""), language, rules)
    except (OSError, KeyError, TypeError, ValueError, re.error) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=path.name, why=str(error)) from error


def _compiled(patterns: list[str], language: str) -> re.Pattern[str]:
    one = "|".join(f"(?:{p})" for p in patterns)
    return re.compile(one if language == "zh" else rf"(?<![\w-])(?:{one})(?![\w-])|{_signs(patterns)}", re.I)


def _signs(patterns: list[str]) -> str:
    """Patterns that begin or end with a sign stand beside no word's edge."""
    signs = [p for p in patterns if not re.match(r"[\w(\\]", p) or re.search(r"[^\w)\]?*+}\\]$", p)]
    return "|".join(f"(?:{p})" for p in signs) or r"(?!)"
