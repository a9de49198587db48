"""Questions and denials of the most: who asks "never tied a knot before?" promises nothing, nor who says "not the warmest"."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?;]*[.!?;]?")
_IT = re.compile(r"(?i)\b(?:it|its|they|their|them|these|our|we)\b")
_WISHED = re.compile(
    r"(?i)\W*(?:looking|searching|want|wanting|need|needing|fancy|longing|is|are|does|do|did|can|could|will|would|has|isn['’]t|aren['’]t|why)\b"
)
_NOT_THE_MOST = re.compile(
    r"(?i)(?:\b(?:neither|nor|not|hardly|far from|without being)|n['’]t)\s+(?:exactly\s+|quite\s+|necessarily\s+|even\s+|be\s+)?$"
)


def of_the_reader(sentence: str, start: int) -> bool:
    """Tell whether what stands at ``start`` is in a question that asks about the reader and wishes nothing of the product."""
    for match in _SENTENCE.finditer(sentence):
        if match.start() <= start < match.end():
            return match[0].endswith("?") and not _IT.search(match[0]) and not _WISHED.match(match[0])
    return False


def not_the_most(sentence: str, start: int) -> bool:
    """Tell whether a superlative at ``start`` is denied: "neither the warmest nor the lightest"."""
    return bool(_NOT_THE_MOST.search(sentence[:start]))


_NOT_FOR = re.compile(
    r"(?i)\b(?:not|nothing|hardly|unsuitable)\s+(?:suitable\s+|meant\s+|made\s+|right\s+|good\s+)?for\s+$"
)
_DOING = re.compile(
    r"(?i)\s+(?!loves?|likes?|wants?|needs?|agrees?|knows?|will|can|raves?|says?|deserves?|looks?|is|has|fits?|of|in|with|from)[a-z]{3,}s\b"
)


def of_people(sentence: str, match: re.Match[str]) -> bool:
    """Tell whether "everyone" or "anyone" only tells what people do ("everyone sails alone") or for whom it is not."""
    if not match[0].casefold().strip().endswith(("one", "body")):
        return False
    before = sentence[: match.start()]
    return bool(_NOT_FOR.search(before)) or (
        not re.search(r"[A-Za-z]", before.rsplit(".", 1)[-1]) and bool(_DOING.match(sentence, match.end()))
    )
