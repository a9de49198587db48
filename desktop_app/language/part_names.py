"""What a piece of a fact calls its parts: the scoop of "1 wooden scoop", the marbles of "10 glass marbles", what is imitated."""

from __future__ import annotations

import re

from desktop_app.language import everyday, harmless, inflections, kinship, vocabulary
from desktop_app.language.lexicon import Term

_IMITATED = re.compile(
    r"(?i)\b(?:synthetic|faux|imitation|artificial|fake|vegan|mock|PU|man-made)\s+([a-z]+)|(?:人造|合成|仿)([\u4e00-\u9fff]{1,3})"
)


def item(piece: str) -> frozenset[str]:
    """Return what an item of a list may be called: 木铲 and 铲 of 木铲1把, "scoop" of "1 wooden scoop"."""
    bare = re.sub(
        r"[一二两三四五六七八九十\d]+\s*[个把只条双支本套片张块瓶袋颗根枚副包对根件]?(?:装)?", "", piece
    ).strip()
    if runs := re.findall(r"[\u4e00-\u9fff]{2,6}", bare):
        return frozenset({runs[-1]})
    several = re.findall(r"[a-z]{3,}", bare.casefold())
    return frozenset(inflections.forms(several[-1])) if several else frozenset()


def behind_its_stuff(piece: str) -> frozenset[str]:
    """Return what a stuff stands right before: the marbles of "10 glass marbles"."""
    found: set[str] = set()
    counted = re.match(r"\s*\(?\d", piece) is not None
    for _start, end, term in vocabulary.scan(piece):
        if term.kind == "material" and (noun := _ITS_NOUN.match(piece, end)):
            forms = inflections.forms(noun[1])
            found |= forms if counted or forms & (harmless.components() | everyday.part_words()) else set()
    return frozenset(found)


_ITS_NOUN = re.compile(r" ([A-Za-z]{4,})\)?\s*$")


def imitations(text: str) -> frozenset[Term]:
    """Return the stuffs that a text says are imitated."""
    several = (t for m in _IMITATED.finditer(text) for t in vocabulary.named(m[1] or m[2]) if t.kind == "material")
    return frozenset(kinship.broader(several))
