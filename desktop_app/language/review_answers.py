"""The words of an answer to a review, from a table in many languages: thanks, regret, a fact, a policy, nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from desktop_app import paths
from desktop_app.records import Span

LIST = {"zh": "、", "ja": "、"}
SPACED = frozenset("zh ja".split())  # written without spaces between sentences


@dataclass(frozen=True, slots=True)
class Answer:
    """A text, and what its stretches rest on."""

    text: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """All that an answer may say; what is empty is not said."""

    name: str = ""  # of the customer
    praised: tuple[str, ...] = ()  # names of themes, in the customer's language
    blamed: tuple[str, ...] = ()
    unhappy: bool = False  # few stars or blame, whatever it is about
    happy: bool = False
    fact: tuple[str, str] = ("", "")  # a product's fact that the blame is about: name and value
    policy: str = ""  # the shop's own words
    shop: str = ""
    handed_over: bool = False
    turn: int = 0  # which of several ways of saying it: fifty answers below one product shall not be one text


def languages() -> tuple[str, ...]:
    """Return the languages an answer can be written in without weights."""
    return tuple(_table())


def answer(given: Given, language: str) -> Answer:
    """Return the answer in ``language``; English where the table does not know it."""
    words = _table().get(language) or _table()["en"]
    gap = "" if language in SPACED else " "
    parts: list[tuple[str, tuple[str, ...]]] = []

    def say(key: str, *rests: str, **values: str) -> None:
        if key in words and all(values.values()):
            parts.append((_turned(words[key], given.turn + len(parts)).format(**values), rests))

    say("hello", name=given.name) if given.name else say("hello_bare")
    if given.handed_over:
        say("hand_over")
    else:
        mixed = given.unhappy and (given.happy or bool(given.praised))
        say("both" if mixed else "blame" if given.unhappy else "praise" if given.happy else "plain")
        say("glad", *given.praised, themes=_listed(given.praised, language))
        if given.unhappy:
            named = given.blamed and "sorry" in words
            say("sorry", *given.blamed, themes=_listed(given.blamed, language)) if named else say("sorry_bare")
            say("fact", given.fact[0], name=given.fact[0], value=given.fact[1])
            say("policy", text=given.policy)
            say("write")
    say("bye_shop", shop=given.shop) if given.shop else say("bye")
    return _joined(parts, gap)


def _joined(parts: Sequence[tuple[str, tuple[str, ...]]], gap: str) -> Answer:
    """Put a greeting, one paragraph and a farewell below each other, and note what each sentence rests on."""
    text, spans = "", list[Span]()
    for n, (said, rests) in enumerate(parts):
        text += "" if not n else "\n\n" if n in (1, len(parts) - 1) else gap
        if rests:
            spans.append(Span(len(text), len(text) + len(said), rests))
        text += said
    return Answer(text, tuple(spans))


def _turned(said: str | list[str], turn: int) -> str:
    return said if isinstance(said, str) else said[turn % len(said)]


def _listed(names: Sequence[str], language: str) -> str:
    return LIST.get(language, ", ").join(name if language in SPACED else name[:1].lower() + name[1:] for name in names)


@cache
def _table() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads((paths.assets() / "reviews" / "replies.toml").read_text("utf-8"))
