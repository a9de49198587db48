"""Reading a customer's message for its answer: what it asks about, what must not be answered alone, words to a program."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from desktop_app import paths
from desktop_app.language import sentences

Topic = Literal["order", "price", "stock"]
_GREETING = re.compile(
    r"(?i)^\W*(?:hi|hello|hey|hiya|dear\b.*|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: (?:so|very) much)?(?: in advance)?"
    r"|cheers|(?:kind |best |warm )?regards.*|best wishes.*|bye|ok(?:ay)?|please|你好|您好|亲*[，,]?(?:在吗|在么|在不在)|亲+|谢谢(?:你|您|啦|了)?|麻烦(?:了|你了)?|哈喽|嗨|好的|老板|客服)\W*$"
)
_ASKS = re.compile(
    r"(?i)[?？]|^\W*(?:how|what|when|where|why|who|which|whose|can|could|do|does|did|is|are|was|were|will|would|may|should|any|i (?:want|need|would like|['’]d like)|please|tell me)\b"
    r"|吗|呢|么|怎么|如何|什么|多少|多久|几|哪|能不能|可不可以|可以|有没有|是不是|想(?:问|知道|要|退|换|买)|我要|麻烦|请|能否|是否|不[。！!]*$"
)


@dataclass(frozen=True, slots=True)
class Delicate:
    """Why a message is not for a program to answer alone."""

    id: str
    action: Literal["ask", "hand_over"]
    why: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a message asks, sentence by sentence, with words to a program and greetings left out."""

    questions: tuple[str, ...]  # what is to be looked up
    clean: str  # the message without words to a program
    instructed: bool  # such words were there
    topics: frozenset[Topic]
    facts: frozenset[str]  # kinds of product facts that are asked for
    delicate: tuple[Delicate, ...]
    complaint: bool
    late: bool


def read(text: str) -> Read:
    """Read a message; a sentence that speaks to a program is not read any further."""
    kept, instructed = list[str](), False
    for start, end in sentences.split(text):
        sentence = text[start:end]
        if _pattern("instructions").search(sentence):
            instructed = True
            continue
        kept.append(sentence)
    clean = "\n".join(kept)
    several = [s for s in kept if not _GREETING.match(s)]
    questions = _questions(several)
    tables = _tables()
    return Read(
        tuple(questions), clean, instructed,
        frozenset(topic for topic in ("order", "price", "stock") if _pattern("about", topic).search(clean)),
        frozenset(kind for kind in tables["facts"] if _pattern("facts", kind).search(clean)),
        tuple(d for d, pattern in _delicate() if pattern.search(clean)),
        bool(_pattern("complaint").search(clean)), bool(_pattern("late").search(clean)),
    )  # fmt: skip


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks or wants something."""
    return bool(_ASKS.search(sentence))


def says_something(sentence: str) -> bool:
    """Tell whether a sentence is more than a greeting."""
    return bool(sentence.strip()) and not _GREETING.match(sentence)


def _questions(several: list[str]) -> list[str]:
    """Return each sentence that asks, with the one before it where it is too short to be understood alone."""
    found: list[str] = []
    for n, sentence in enumerate(several):
        if not asks(sentence):
            continue
        short = len(re.findall(r"[\u4e00-\u9fff]|\w+", sentence)) < 5
        found.append(f"{several[n - 1]} {sentence}" if short and n and not asks(several[n - 1]) else sentence)
    return found or ([" ".join(several)] if several else [])


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "replies" / "policies.toml").read_text("utf-8"))


@cache
def _pattern(table: str, key: str = "") -> re.Pattern[str]:
    found = _tables()[table]
    return _compiled(found[key] if key else found)


@cache
def _delicate() -> tuple[tuple[Delicate, re.Pattern[str]], ...]:
    return tuple((Delicate(d["id"], d["action"], d["why"]), _compiled(d)) for d in _tables()["delicate"])


def _compiled(found: dict[str, list[str]]) -> re.Pattern[str]:
    english = "|".join(f"(?:{p})" for p in found["en"])
    chinese = "|".join(f"(?:{p})" for p in found["zh"])
    return re.compile(rf"(?<!\w)(?:{english})(?!\w)|{chinese}|{_loose(found['en'])}", re.IGNORECASE)


def _loose(patterns: list[str]) -> str:
    """Patterns that begin or end with a sign stand beside no word's edge."""
    signs = [p for p in patterns if re.search(r"^(?:\\\[|<|\\b)|[:>\]]\)?$", p)]
    return "|".join(f"(?:{p})" for p in signs) or r"(?!)"
