"""Where one thing said ends and the next begins: clauses cut at contrasts, lists and stops, in Chinese and English."""

from __future__ import annotations

import re

from desktop_app.language import sentences

_SIGN = r"|(?<=[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])\s*(?=\w)"  # what stands behind a 👍 is another remark
_CUT_EN = re.compile(
    r"[;:]|\s[-–—]+\s|--|,\s*(?=(?:but|and|though|although|however|yet|while|whereas|which|so|except|plus)\b)"
    r"|\s(?=(?:but|although|though|however|whereas|while|except|despite|yet)\s)|,\s|\.\.+|[()]|\s(?=and\s+(?:the|my|our|their|i|we|they|it|was|is|were|are|had)\b)"
    + _SIGN,
    re.IGNORECASE,
)
_CUT_ZH = re.compile(r"[，,；;：:、～~…]+|\s+|(?=但是|但|可是|不过|然而|只是|就是|虽然|唯一)" + _SIGN)


def clauses(text: str, language: str = "") -> list[tuple[int, int]]:
    """Return the stretches (code points) of a text that say one thing each; every one lies within a sentence."""
    found: list[tuple[int, int]] = []
    for start, end in sentences.split(text, language):
        cut = _CUT_ZH if any("\u3400" <= c <= "\u9fff" for c in text[start:end]) else _CUT_EN
        at = start
        for mark in cut.finditer(text, start, end):
            if mark.start() > at:
                found.append((at, mark.start()))
            at = mark.end()
        if at < end:
            found.append((at, end))
    return [span for span in (_trimmed(text, *span) for span in found) if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
