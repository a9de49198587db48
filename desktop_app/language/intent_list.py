"""What customers of a shop usually want, with examples in both languages: the list every shop begins with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app import paths


@dataclass(frozen=True, slots=True)
class Usual:
    """One want of the list: its key, its names by language, what is proposed for it, and examples."""

    key: str
    names: tuple[tuple[str, str], ...]
    policy: str
    examples: tuple[str, ...]
    questions: tuple[tuple[str, str], ...] = ()  # by language: the usual question, for answers of a whole kind

    def question(self, language: str) -> str:
        """Return the usual question in ``language``; "" where a kind of messages has no answer of its own."""
        return dict(self.questions).get(language, "")

    def name(self, language: str) -> str:
        """Return the name in ``language``, the English one where there is none."""
        known = dict(self.names)
        return known.get(language) or known["en"]


@cache
def usual() -> dict[str, Usual]:
    """Return the list by key, in its order."""
    found = {}
    for one in _table()["intent"]:
        names = tuple((tongue, one[tongue]) for tongue in ("en", "zh"))
        examples = tuple(text for several in one["examples"].values() for text in several)
        found[one["key"]] = Usual(
            one["key"], names, one.get("policy", ""), examples, tuple(one.get("asks", {}).items())
        )
    return found


@cache
def strangers() -> tuple[str, ...]:
    """Return messages that are none of the list."""
    return tuple(text for several in _table()["none"].values() for text in several)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "replies" / "intents.toml").read_text("utf-8"))
