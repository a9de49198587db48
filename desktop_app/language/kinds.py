"""What kind of thing a product is, by its name: "Linen tea towel" is a tea towel, 竹砧板 is a 砧板.

Two things of one kind can stand in for each other; two that only share a stuff, a colour or "set of" cannot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.language import lexicon
from desktop_app.language.lexicon import Term
from desktop_app.language.plurals import stem

_FIRST = re.compile(r"[,;:|/(（【\[，；：]|\s[-–—]\s|\b(?:with|for|in|of|from|set|pack)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BESIDE = frozenset(
    "a an and the new mini small large big set pack pair piece pcs ml cm mm kg size black white red blue green grey gray "
    "pink brown yellow orange purple beige navy cream".split()
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name says: the thing where the lists know it, its last word, and the words about the thing alone."""

    thing: Term | None
    head: str  # the last word of the thing, in the singular; the last two characters in Chinese
    words: str

    @property
    def group(self) -> str:
        """The group of things it belongs to; "" where nobody knows."""
        return self.thing.group if self.thing else ""


@lru_cache(maxsize=20_000)
def kind_of(title: str) -> Kind:
    """Return the kind of thing that a product's name says."""
    text = lexicon.key(title)
    cut = _FIRST.search(text)
    first = text[: cut.start()] if cut and cut.start() > 2 else text
    found = _things(first)
    nouns = [(end, start, term) for start, end, term in found if term.kind == "noun"]
    if nouns:
        end, start, thing = max(nouns, key=lambda noun: (noun[0], noun[0] - noun[1]))
        words = first[start:end]
        return Kind(thing, _head(words), words)
    for start, end, _stuff in found:
        first = first[:start] + " " * (end - start) + first[end:]
    kept = [w for w in _WORD.findall(first) if w not in _BESIDE and len(w) > 1] or _HAN.findall(first)
    words = "".join(kept) if kept and _HAN.match(kept[0]) else " ".join(kept)
    return Kind(None, _head(words), words)


def same(one: Kind, other: Kind) -> bool:
    """Tell whether two things are of one kind by their names: the same thing, or two with the same last word."""
    if one.thing is not None and one.thing == other.thing:
        return True
    return bool(one.head) and one.head == other.head


def _head(words: str) -> str:
    latin = _WORD.findall(words)
    if latin:
        return stem(latin[-1])
    han = "".join(_HAN.findall(words))
    return han[-2:] if len(han) >= 2 else ""


def _things(text: str) -> list[tuple[int, int, Term]]:
    """Return what the lists know in a text, longest first at each place: nouns, stuffs and colours."""
    found, at = list[tuple[int, int, Term]](), 0
    while at < len(text):
        begins = not (text[at].isascii() and at and text[at - 1].isascii() and text[at - 1].isalpha())
        known = lexicon.longest(text, at, "noun", "material", "colour") if begins and text[at].isalpha() else None
        if known is not None and known[0] < len(text) and text[known[0] - 1].isascii() and text[known[0]].isascii():
            known = known if not text[known[0]].isalpha() else None
        if known is None:
            at += 1
        else:
            found.append((at, known[0], known[1]))
            at = known[0]
    return found
