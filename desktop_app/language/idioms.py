"""Turns of speech that claim nothing, whatever they name: the silver of a silver lining, the scales a laptop tips."""

from __future__ import annotations

import re
from functools import cache

from desktop_app import paths

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")


def spans(sentence: str) -> list[tuple[int, int]]:
    """Return where idioms stand in an English sentence (code points)."""
    low = sentence.casefold()
    if len(low) != len(sentence):
        return []
    found: list[tuple[int, int]] = []
    starts = _starts()
    for word in _WORD.finditer(low):
        if found and word.start() < found[-1][1]:
            continue
        ends = [m.end() for p in starts.get(word[0], ()) if (m := p.match(low, word.start()))]
        if ends:
            found.append((word.start(), max(ends)))
    return found


@cache
def _starts() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return the idioms under each word they may begin with."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for line in (paths.assets() / "language" / "idioms.en.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pattern = re.compile(line.replace("~ ", "[a-z’']+ ").replace(" ", r"\s+") + r"\b")
        for first in _first(line):
            found[first] = (*found.get(first, ()), pattern)
    return found


def _first(line: str) -> set[str]:
    """Return the words an idiom may begin with: both of "(do|does) it", "reach" and "easy" of "(easy )?reach"."""
    out: set[str] = set()
    rest = line
    while True:
        if not rest.startswith("("):
            return out | set(re.findall(r"[a-z]+", re.sub(r"\w\?", "", rest))[:1])
        inner, rest = rest[1:].split(")", 1)
        out |= {words[0] for part in inner.split("|") if (words := re.findall(r"[a-z]+", part))}
        if not rest.startswith("?"):
            return out
        rest = rest[1:].lstrip()
