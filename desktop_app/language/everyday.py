"""Everyday words: where a sentence paints a scene they say nothing of the product, where it says what the product is they do."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app import paths
from desktop_app.language import lexicon

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-zà-öø-ɏ]+(?:['’][a-z]+)?", re.I)
_CLAUSE_END = re.compile(
    r"[,;:.!?—–()，。；！？：、]|\b(?:and|so|but|or)\s+(?:you|your|it|they)\b|\b(?:while|when|where|if|whenever|until|before|after|unless)\b|\byou\b",
    re.I,
)
_HAN_CLAUSE_END = re.compile(r"[，。；！？：,;.!?]")
_SUBJECT = re.compile(
    r"(?:^|[,;:.—–(]\s*|\b(?:and|but|so|because|that|which|then)\s+)(?P<who>(?:it|they|this|these|both|each|all|one)\b|(?:the|this|these|that|every|each|an?|its|their|our|both)\s+(?:[a-z’'-]+\s+){0,4}?[a-z’'-]+)\s+(?:[a-z]+ly\s+|also\s+|just\s+)?(?=(?P<verb>THING\b|[a-z’']+))",
    re.I,
)
_TIED = re.compile(r"\b(?P<noun>[a-z’'-]+)\s+(?P<tie>with|without|for|from|in|on|that|which)\b", re.I)
_PRONOUNS = frozenset("it they this these both each all one".split())


@dataclass(frozen=True, slots=True)
class Usual:
    """What is customary for one product's kind of thing: words that need no fact of their own."""

    en: frozenset[str] = frozenset()
    zh: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Places:
    """Where in one sentence everyday words do not count, and where not even customary ones do; spans in code points."""

    claims: tuple[tuple[int, int], ...] = ()
    hard: tuple[tuple[int, int], ...] = ()

    def claimed(self, start: int) -> bool:
        """Tell whether what stands at ``start`` is said of the product."""
        return any(a <= start < b for a, b in self.claims)

    def bound(self, start: int) -> bool:
        """Tell whether only a fact can carry what stands at ``start``: an ingredient, a material, a thing in the box."""
        return any(a <= start < b for a, b in self.hard)


@cache
def words(language: str) -> frozenset[str]:
    """Return the everyday words of a language ("en": base forms, or "zh"), those that always need a fact left out."""
    text = (paths.assets() / "language" / f"everyday.{language}.txt").read_text("utf-8")
    found = {w for line in text.splitlines() if not line.startswith("#") for w in line.split()}
    return frozenset(found - cautious(language))


@cache
def cautious(language: str) -> frozenset[str]:
    """Return the words that are a claim wherever they stand ("oven", 烤箱)."""
    return frozenset(str(_places()[language]["cautious"]).split())


def usual(said: str) -> Usual:
    """Return what is customary for a thing whose title, category and tags are ``said``."""
    low = said.casefold()
    latin = {w for word in _WORD.findall(low) for w in (word, word.removesuffix("s"), word.removesuffix("es"))}
    english: set[str] = set()
    chinese: set[str] = set()
    for names, en, zh in _kinds():
        if any((name in low) if _HAN.search(name) else (name in latin) for name in names):
            english |= en
            chinese |= zh
    return Usual(frozenset(english), frozenset(chinese))


def places(sentence: str, language: str, carried: frozenset[str]) -> Places:
    """Find where ``sentence`` says what the product is; ``carried`` are the words its facts carry."""
    if language == "zh":
        return Places(_until(sentence, _claims("zh"), _HAN_CLAUSE_END), _until(sentence, _hard("zh"), _HAN_CLAUSE_END))
    claims = [*_until(sentence, _claims("en"), _CLAUSE_END), *_said_of_it(sentence, carried)]
    claims += _tied(sentence, carried)
    claims += _describing(sentence, carried)
    return Places(tuple(claims), _until(sentence, _hard("en"), _CLAUSE_END))


def _until(sentence: str, opening: re.Pattern[str], ending: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    return tuple((m.start(), _end(sentence, m.end(), ending)) for m in opening.finditer(sentence))


def _end(sentence: str, at: int, ending: re.Pattern[str]) -> int:
    found = ending.search(sentence, at)
    return found.start() if found else len(sentence)


def _said_of_it(sentence: str, carried: frozenset[str]) -> list[tuple[int, int]]:
    found = []
    for m in _subject().finditer(sentence):
        who = _WORD.findall(m["who"].casefold())
        if not who:
            continue
        thing = who[0] in {"its", "their"} or any(w in carried for w in who[1:])
        if (who[0] in _PRONOUNS and len(who) == 1) or (thing and _does().fullmatch(m["verb"])):
            found.append((m.end(), _end(sentence, m.end(), _CLAUSE_END)))
    if alone := _alone().match(sentence):
        found.append((alone.end(), _end(sentence, alone.end(), _CLAUSE_END)))
    return found


def _tied(sentence: str, carried: frozenset[str]) -> list[tuple[int, int]]:
    """ "A mug with …", "a towel for …": what comes after the thing's own name."""
    return [
        (m.end("noun"), _end(sentence, m.end(), _CLAUSE_END))
        for m in _TIED.finditer(sentence)
        if m["noun"].casefold() in carried and not re.search(r"(?i)\byou(?:r|rself)?\b", sentence[: m.start()])
    ]


def _describing(sentence: str, carried: frozenset[str]) -> list[tuple[int, int]]:
    describing = _describing_words()
    found = []
    several = list(_WORD.finditer(sentence))
    for this, following in zip(several, several[1:], strict=False):
        if (
            this[0].casefold() in describing
            and following[0].casefold() in carried
            and not sentence[this.end() : following.start()].strip(" -")
        ):
            found.append(this.span())
    return found


@cache
def _places() -> dict[str, dict[str, Any]]:
    return tomllib.loads((paths.assets() / "language" / "places.toml").read_text("utf-8"))


@cache
def _claims(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _places()[language]["claim"]), re.I)


@cache
def _hard(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _places()[language]["hard"]), re.I)


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(_SUBJECT.pattern.replace("THING", str(_places()["en"]["thing"])), re.I)


@cache
def _does() -> re.Pattern[str]:
    return re.compile(str(_places()["en"]["thing"]) + r"|(?!this\b)[a-z]{3,}s", re.I)


@cache
def _alone() -> re.Pattern[str]:
    """A sentence without a subject: "Keeps for a year", "Works on gas"."""
    return re.compile(rf"(?:{_places()['en']['alone']})\b", re.I)


@cache
def _describing_words() -> frozenset[str]:
    return lexicon.words(str(_places()["en"]["describing"]))


@cache
def _kinds() -> tuple[tuple[tuple[str, ...], frozenset[str], frozenset[str]], ...]:
    raw = tomllib.loads((paths.assets() / "language" / "customary.toml").read_text("utf-8"))
    return tuple(
        (tuple(k["is"].casefold().split()), lexicon.words(k["en"]), lexicon.words(k["zh"])) for k in raw["kind"]
    )
