"""What a stretch of a review is about: words of a taxonomy kept as data, in Chinese and English."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from desktop_app import paths

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing reviews speak of: its key, the kinds of shop it belongs to, its names, and what finds it."""

    key: str
    group: str
    names: tuple[tuple[str, str], ...]
    english: re.Pattern[str]
    chinese: re.Pattern[str]
    unless: re.Pattern[str] | None = None  # where its words are said of something else

    def name(self, language: str) -> str:
        """Return its name in Chinese for "zh", else in English."""
        return dict(self.names)["zh" if language.startswith("zh") else "en"]


@cache
def taxonomy() -> dict[str, Aspect]:
    """Return every aspect by its key."""
    table = tomllib.loads((paths.assets() / "reviews" / "aspects.toml").read_text("utf-8"))
    return {key: _aspect(key, kept) for key, kept in table.items()}


def _aspect(key: str, kept: dict[str, str]) -> Aspect:
    words = _english(kept["words_en"]), _chinese(kept["words_zh"])
    unless = re.compile(kept["unless"], re.IGNORECASE) if "unless" in kept else None
    return Aspect(key, kept["group"], (("en", kept["en"]), ("zh", kept["zh"])), *words, unless)


def groups() -> tuple[str, ...]:
    """Return the kinds of shop there are aspects for."""
    return tuple(dict.fromkeys(a.group for a in taxonomy().values() if a.group != "any"))


def aspects_in(text: str, allowed: frozenset[str] | None = None) -> list[tuple[str, int, int]]:
    """Return (aspect, start, end) for every word of the text that names one, of those ``allowed``, in order."""
    chinese = bool(_HAN.search(text))
    found = [
        (aspect.key, start, end)
        for aspect in taxonomy().values()
        if allowed is None or aspect.key in allowed
        for start, end in _said(text, aspect.chinese if chinese else aspect.english, aspect.unless)
    ]
    return sorted(found, key=lambda hit: (hit[1], -hit[2]))


def _said(text: str, words: re.Pattern[str], unless: re.Pattern[str] | None) -> list[tuple[int, int]]:
    """Return where words stand, but for those within what is said of something else ("送人很合适" is no size)."""
    hits = [match.span() for match in words.finditer(text)]
    if not hits or unless is None:
        return hits
    others = [match.span() for match in unless.finditer(text)]
    return [(a, b) for a, b in hits if not any(start <= a and b <= end for start, end in others)]


def kinds_of(texts: list[str]) -> frozenset[str]:
    """Return the aspects to look for in a product's reviews: those of every shop, and of the kinds they speak of most.

    A kind counts where at least a fifth as many of its words stand in the texts as of the commonest kind.
    """
    counts = dict.fromkeys(groups(), 0)
    own = [aspect for aspect in taxonomy().values() if aspect.group != "any"]
    for text in texts:
        chinese = bool(_HAN.search(text))
        for aspect in own:
            words = aspect.chinese if chinese else aspect.english
            if words.search(text) and (aspect.unless is None or _said(text, words, aspect.unless)):
                counts[aspect.group] += 1
    most = max(counts.values(), default=0)
    chosen = {group for group, n in counts.items() if n and n * 2 >= most}
    return frozenset(a.key for a in taxonomy().values() if a.group == "any" or a.group in chosen)


def _english(words: str) -> re.Pattern[str]:
    listed = sorted(
        (re.escape(w).replace(r"\*", r"\w*").replace("_", " ") for w in words.split()), key=len, reverse=True
    )
    return re.compile(r"\b(?:" + "|".join(listed) + r")\b", re.IGNORECASE)


# One character stands in many words (面 in 上面, 书 in 说明书): it is a word of its own only where its neighbours say so.
_ALONE = r"(?:(?<![\u4e00-\u9fff]){0}(?=[很太挺有也不真还比特好小大偏都是没略])|(?<=[的这那]){0}(?![\u4e00-\u9fff]))"


def _chinese(words: str) -> re.Pattern[str]:
    listed = sorted(words.split(), key=len, reverse=True)
    return re.compile("|".join(re.escape(w) if len(w) > 1 else _ALONE.format(re.escape(w)) for w in listed))
