"""Where sentences begin and end, in Chinese and English (and languages written like English)."""

from __future__ import annotations

import re

from desktop_app.language import lexicon

_ABBREVIATIONS = lexicon.words(
    "no nos nr vol approx ca incl excl max min dia diam qty pcs pc ref fig figs art e.g i.e etc vs mr mrs "
    "ms dr st jr sr inc ltd co corp oz lb lbs ft in cm mm fl sq tbsp tsp dept est min. p pp ed a.m p.m "
    "u.s u.k z.b bzw ca. d.h"
)
_CLOSERS = "\"'”’»)]）】」』》"
_END = re.compile(r"[.!?…]+|[。！？；]+|\n+")


def split(text: str, language: str = "") -> list[tuple[int, int]]:
    """Return where each sentence starts and ends, in code points, without the space around it.

    Every letter belongs to exactly one sentence. A full stop ends none within a number (1.5), after an abbreviation
    ("No. 5", "approx. 3 cm"), an initial or before a small letter. Line breaks always end one. ``language`` is a hint:
    only "zh" takes the Chinese semicolon for an end.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for mark in _END.finditer(text):
        if mark.start() < start:
            continue
        end = _closed(text, mark.end())
        if mark[0][0] != "\n" and not _ends(text, start, mark, end, language):
            continue
        _add(found, text, start, mark.start() if mark[0][0] == "\n" else end)
        start = mark.end() if mark[0][0] == "\n" else end
    _add(found, text, start, len(text))
    return found


def _closed(text: str, end: int) -> int:
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return end


def _ends(text: str, start: int, mark: re.Match[str], end: int, language: str) -> bool:
    sign = mark[0]
    if sign[0] in "。！？":
        return True
    if sign[0] == "；":
        return language == "zh"
    following = text[end : end + 1]
    if following and not following.isspace():
        return _is_han(following) and sign != "." and "…" not in sign
    if sign[0] in "!?" or not following:
        return True
    if sign == "." and _abbreviated(text[start : mark.start()], text[end:]):
        return False
    after = text[end:].lstrip()[:1]
    return not after.islower() or after in "-•"


def _abbreviated(before: str, after: str) -> bool:
    word = re.search(r"(\S+)$", before)
    if not word:
        return True
    last = word[1].lstrip("(\"'“‘").casefold()
    if re.fullmatch(r"\d+", last):  # "1." at the start of a line is a list number, "from 1998." an end
        return not before[: word.start()].strip()
    if len(last) == 1 and last.isalpha() and word[1].isupper():  # an initial: "J. Smith"
        return after.lstrip()[:1].isupper() and not before[: word.start()].rstrip().endswith(("size", "Size"))
    if last in {
        "etc",
        "inc",
        "ltd",
        "co",
        "in",
        "oz",
        "lb",
        "lbs",
        "ft",
        "cm",
        "mm",
        "pcs",
        "pc",
        "a.m",
        "p.m",
        "max",
        "min",
        "u.s",
        "u.k",
    }:
        return not re.match(r"\s+[A-Z\u4e00-\u9fff]", after)
    return last in _ABBREVIATIONS


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        found.append((start + lead, start + lead + len(stripped)))
