"""Words of praise and blame, counted with their negations: a baseline, and what there is where no weights are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from desktop_app import paths

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_REACH = 3


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    praise: frozenset[str]
    blame: frozenset[str]
    turn: frozenset[str]
    but: frozenset[str]
    irony: re.Pattern[str]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of "en" or "zh"."""
    table = tomllib.loads((paths.assets() / "reviews" / "words.toml").read_text("utf-8"))[language]
    words = {key: frozenset(table[key].split()) for key in ("praise", "blame", "turn", "but")}
    return Lexicon(**words, irony=re.compile("|".join(table["irony"]), re.IGNORECASE))


def leaning(text: str) -> float:
    """Return praise less blame as the words have it; what stands after the last "but" counts twice."""
    chinese = bool(_HAN.search(text))
    known = lexicon("zh" if chinese else "en")
    found = _chinese(text, known) if chinese else _english(text.casefold().replace("’", "'"), known)
    if not found:
        return 0.0
    total = sum(found)
    return -abs(total) if known.irony.search(text) and total > 0 else float(total)


def marker_of(text: str) -> frozenset[str]:
    """Return which of "negation", "contrast" and "irony" a text has a sign of."""
    chinese = bool(_HAN.search(text))
    known, plain = lexicon("zh" if chinese else "en"), text.casefold().replace("’", "'")
    words = frozenset(_WORD.findall(plain))
    found = {
        "negation": any(sign in plain for sign in known.turn) if chinese
        else bool(words & known.turn) or any(word.endswith("n't") for word in words),
        "contrast": any(sign in plain for sign in known.but) if chinese else bool(words & known.but),
        "irony": bool(known.irony.search(text)),
    }  # fmt: skip
    return frozenset(name for name, there in found.items() if there)


def _english(text: str, known: Lexicon) -> list[float]:
    found: list[float] = []
    turned = 0
    for word in _WORD.findall(text):
        if word in known.but:
            found = [value * 0.5 for value in found]
            turned = 0
        if word in known.praise or word in known.blame:
            sign = 1.0 if word in known.praise else -1.0
            found.append(-sign if turned and sign > 0 else sign * (0.3 if turned else 1.0))
        turned = _REACH if word in known.turn or word.endswith("n't") else max(turned - 1, 0)
    return found


@cache
def _parts() -> re.Pattern[str]:
    known = lexicon("zh")
    words = sorted(known.praise | known.blame | known.but, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _chinese(text: str, known: Lexicon) -> list[float]:
    found: list[float] = []
    for match in _parts().finditer(text):
        word = match[0]
        if word in known.but:
            found = [value * 0.5 for value in found]
            continue
        before = text[max(match.start() - 3, 0) : match.start()]
        turned = any(sign in before for sign in known.turn) and "不仅" not in before and "不但" not in before
        sign = 1.0 if word in known.praise else -1.0
        found.append(-sign if turned and sign > 0 else sign * (0.3 if turned else 1.0))
    return found
