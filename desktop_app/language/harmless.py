"""Words that need no fact: the small harmless vocabulary, what is customary for a kind of thing, plain and everyday words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.language import everyday, inflections

if TYPE_CHECKING:
    from desktop_app.language.vocabulary import World

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?")


@cache
def words(language: str, group: str) -> frozenset[str]:
    """Return the words that claim nothing, in ``language`` ("en" or "zh") for a product of ``group``."""
    text = (paths.assets() / "language" / f"harmless.{language}.txt").read_text("utf-8")
    wanted, found = True, set()
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if heading := re.match(r"\[(\w+)\]", line):
            wanted = heading[1] == group
        elif wanted:
            found.update(line.split())
    return frozenset(found)


def is_usual(text: str, world: World) -> bool:
    """Tell whether all words of ``text`` are customary for this kind of thing."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return text in world.usual.zh
    words = [w for w in WORD.findall(text) if w.casefold() not in {"the", "a", "an", "of"}]
    return bool(words) and all(inflections.forms(w) & world.usual.en for w in words)


@cache
def components(language: str = "en") -> frozenset[str]:
    """Return the words for what a thing may be fitted with or not ("en": base forms, or "zh")."""
    text = (paths.assets() / "language" / f"components.{language}.txt").read_text("utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


@cache
def ordinary(kind: str) -> frozenset[str]:
    """Return the English "adverbs", "nouns" or "verbs" (base forms) that claim nothing of a thing."""
    text = (paths.assets() / "language" / "ordinary.en.txt").read_text("utf-8")
    block = text.split(f"# {kind}\n", 1)[1].split("#", 1)[0]
    return frozenset(block.split())


def is_ordinary(word: str) -> bool:
    """Tell whether an English word tells when, where, how or what one thinks, and so claims nothing of a thing."""
    low = word.casefold().replace("’", "'").removesuffix("'s")
    return low in ordinary("adverbs") or bool({low, low.removesuffix("s"), low.removesuffix("es")} & ordinary("nouns"))


def is_done_by_people(word: str) -> bool:
    """Tell whether an English word is what somebody thinks, feels, says or sees; only people do, so no thing is said to."""
    return bool(inflections.forms(word) & ordinary("verbs"))


def _compared(word: str) -> set[str]:
    """Return what "hotter" and "wider" compare."""
    low = word.casefold()
    if not low.endswith("er") or len(low) < 5:
        return set()
    base = low[:-2]
    return {
        base,
        base + "e",
        base[:-1] if base[-1] == base[-2] else base,
        base[:-1] + "y" if base.endswith("i") else base,
    }


def is_plain(word: str) -> bool:
    """Tell whether an English word claims nothing, even of the product."""
    found = inflections.forms(word) | _compared(word)
    return bool(found & everyday.plain("en")) and not found & everyday.cautious("en")


def is_everyday(text: str) -> bool:
    """Tell whether all words of ``text`` are everyday words, none of which is a claim wherever it stands."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return text in everyday.words("zh")
    words = WORD.findall(text)
    known, cautious = everyday.words("en"), everyday.cautious("en")
    return bool(words) and all(inflections.forms(w) & known and not inflections.forms(w) & cautious for w in words)
