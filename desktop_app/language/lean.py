"""A second, narrower gate for the tries of small weights: they may join what the plain sentence says, and little else.

The check lets through what a careful person may write. Small weights use the same words to say nonsense ("holds 1 l of
glass", "comes in cotton wick"), so their sentences are held to the plain sentence's own words and to the frames that
fit the kinds of the facts told.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?")
_JOINING = frozenset(
    "a an the this these it its it's they their is are and or with of in on for to from by as has have can be not "
    "comes come made measures measuring measure hold holds holding weighs weigh weighing includes include including "
    "available which that also set sets size sizes colour colours color colors tall wide long high wash washed machine "
    "dry do suits suit".split()
)
# A frame may be used only of facts of these kinds.
_FRAMES = (
    (re.compile(r"\b(?:made|crafted) (?:of|from|with)\b", re.I), {"material", "contents"}),
    (re.compile(r"\b(?:comes?|available) in\b", re.I), {"colour", "size", "count", "volume", "scent", "style"}),
    (re.compile(r"\bholds?\b|\bholding\b", re.I), {"volume"}),
    (re.compile(r"\bmeasur(?:es?|ing)\b", re.I), {"size"}),
    (re.compile(r"\bweigh(?:s|ing)?\b", re.I), {"weight"}),
    (re.compile(r"\b(?:comes? from|made in)\b", re.I), {"origin"}),
)
_MADE_OF = re.compile(r"\bmade (?:of|from) ([^,.;]+?)(?=[,.;]| and | with |$)", re.I)
_SO_MUCH_OF = re.compile(r"\b\d[\d.,]*\s?[A-Za-z]{1,11}\s+of\s+\w+", re.I)
_WRONG_ARTICLE = re.compile(r"\ba [aeio]\w+|\ban [bcdfgjklmnpqrstvwxz]\w+", re.I)
_ONE_OF_MANY = re.compile(r"\ban? (?:[\w-]+ )?([\w-]+[^s\W]s)\b", re.I)


def fits(text: str, said: str, told: Collection[str], kinds: Collection[str], materials: str) -> bool:
    """Tell whether ``text`` (English) only joins words of ``said``, the plain sentence, and of ``told``.

    ``told`` are the title and the facts' names and values; ``kinds`` the kinds of the facts the sentence is about,
    ``materials`` the words for what the product as a whole is made of.
    """
    if not text[:1].isupper() and not text[:1].isdigit():
        return False
    of = {_stem(w) for w in _WORD.findall(materials)}
    for made in _MADE_OF.finditer(text):
        if any(_stem(w) not in of and w.casefold() not in _JOINING for w in _WORD.findall(made[1])):
            return False
    known = {_stem(w) for source in (said, *told) for w in _WORD.findall(source)}
    if any(_stem(w) not in known and w.casefold() not in _JOINING for w in _WORD.findall(text)):
        return False
    plain = said.casefold()
    for frame, wanted in _FRAMES:
        for found in frame.findall(text):
            if not wanted & set(kinds) and found.casefold() not in plain:
                return False
    if any(m[0].casefold() not in plain for m in _SO_MUCH_OF.finditer(text)):
        return False
    if _WRONG_ARTICLE.search(text):
        return False
    return all(m[0].casefold() in plain for m in _ONE_OF_MANY.finditer(text)) and not _again(text)


def _again(text: str) -> bool:
    """Tell whether one phrase of three words stands twice in a sentence."""
    words = [w.casefold() for w in re.findall(r"[\w-]+", text)]
    triples = list(zip(words, words[1:], words[2:], strict=False))
    return len(triples) != len(set(triples))


def _stem(word: str) -> str:
    low = word.casefold().replace("’", "'")
    for ending in ("'s", "es", "s", "ed", "d"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)].rstrip("e")
    return low.rstrip("e")
