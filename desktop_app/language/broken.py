"""Texts gone wrong: words going round in a loop, a sentence cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.records import Finding
from desktop_app.words import _

_AGAIN = re.compile(r"(?i)\b(\w+)(?:[\s,]+\1\b){2,}|(?<![\d.,])\b(\w+(?:\s+\w+){1,7})(?:[\s,]+(?:and\s+)?\2\b)+")
_AGAIN_ZH = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:[，、]?\1){2,}|([\u4e00-\u9fff]{5,12})[，、]?\2|([\u4e00-\u9fff])\3{3,}"
)
_TWICE = frozenset("very so really that had no bye ha far long".split())
_HANGING = re.compile(
    r"(?i)(?:(?<!-)\b(?:and|or|but|the|an?)\s*[.!?]?|\b(?:and|but) (?:it|they)\s*[.!?]?"
    r"|\b(?:comes?|available|offered|sold) in\s*[.!?]?|\b(?:of|with|for|from|to|its|their|your|which|that|as|is|are|has|because|than|very|into|by)"
    r"|(?:[，、]|^)(?:长|宽|高|厚|深|重|直径|材质|颜色|尺寸)|[,，、:：(（\-–×]|[和与及或的因而把被将]|以及|并且|因为|而且)\s*$"
)
_ENDS = re.compile(r"[.!?…。！？；;:：]['\"”’)）」]*\s*$")
_OPEN = (("(", ")"), ("（", "）"), ("“", "”"), ("「", "」"), ("《", "》"), ("[", "]"))


def loops(sentence: str) -> Iterator[Finding]:
    """Yield what a sentence says over and over; "very very" and 慢慢 are no loops."""
    for match in [*_AGAIN.finditer(sentence), *_AGAIN_ZH.finditer(sentence)]:
        if (match[1] or "").casefold() in _TWICE and match.re is _AGAIN:
            continue
        why = _("The same words over and over.")
        yield Finding(match.start(), match.end(), match[0], "repetition", why)


def cut_off(sentence: str, *, last: bool = False, others_end: bool = False) -> Iterator[Finding]:
    """Yield a finding where a sentence stops in the middle.

    A sentence that hangs on a comma, "and" or 和, or leaves a bracket open, is cut off wherever it stands; the ``last``
    one also where it has no full stop and the sentences before it do (``others_end``).
    """
    text = sentence.rstrip()
    hanging = _HANGING.search(text)
    opened = next((text.rfind(a) for a, b in _OPEN if text.count(a) > text.count(b)), -1)
    unended = last and others_end and not _ENDS.search(text)
    if not text or not (hanging or opened >= 0 or unended):
        return
    start = hanging.start() if hanging else opened if opened >= 0 else max(text.rfind(" "), len(text) - 4, 0)
    yield Finding(start, len(text), text[start:], "cut_off", _("This stops in the middle."))
