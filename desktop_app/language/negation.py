"""The words that deny, in one place: what stands before what is denied, what stands behind it, and what facts deny themselves."""

from __future__ import annotations

import re

# English words that deny what follows them in their clause, and every "-n't".
BEFORE = (
    r"\b(?:not?|never|none|nothing|nobody|no one|without|neither|nor|cannot|avoid\w*|skip\w*|spare|except|instead of|rather than|away from|out of(?! the box)"
    r"|free (?:of|from)|unsuitable|lacks?|lacking|minus|exclud\w+|far from|anything but|off[- ]limits|taboo|forbidden|prohibited|no-go|out of the question|banned|too \w+ (?:for|to))\b|\b\w+n['’]t\b"
)
_BEHIND = re.compile(
    r"(?i)[^\w?]*(?:[a-z]+\s+){0,1}?(?:(?:is|are|was|were|stays?|stayed|has been|have been|been)\s+(?:[a-z]+\s+)?(?:out|off|away|absent|missing)\b"
    r"|\?\s*(?:none|no|not|never)\b|[\s-]free\b|:\s*(?:none|no)\b|(?:is|are|was|were|does|do|did|can|could|will|has|have|may|need|should)(?:n['’]t|\s+not|\s+never)\b)"
)


def behind(sentence: str, end: int) -> bool:
    """Tell whether what ends at ``end`` is denied by what follows: "palm oil stayed out", "Fragrance? None"."""
    return bool(_BEHIND.match(sentence, end))


def told(word: str, known: str) -> bool:
    """Tell whether ``known`` (the facts as one text) denies ``word`` itself: "Batteries: not needed", "not waterproof"."""
    stem = re.escape(re.sub(r"(?:ies|y|es|s)$", "", word.casefold()))
    return bool(
        re.search(
            rf"(?:\b(?:not?|non|without|free (?:of|from)|except|instead of|rather than|never|excl\w*)\b|n['’]t\b)[^.;\n]{{0,24}}?\b{stem}"
            rf"|\b{stem}\w*(?:[\s:]+(?:not?|none|never|without|excluded)\b|[\s-]*free|[^.;\n]{{0,30}}\b(?:not included|not supplied|sold separately|excluded))",
            known,
        )
    )
