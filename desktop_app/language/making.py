"""Where which step of its making was done: what was roasted in Berlin was not grown there."""

from __future__ import annotations

import re

_STEPS = {
    "raw": r"(?:grown|harvested|picked|farmed|caught|mined|bred|raised)\b|种植|种在|采自|捕捞|养殖|采摘|原料|奶源",
    "roasted": r"roast\w*|烘焙",
    "designed": r"design\w*|设计",
    "packed": r"(?:pack(?:ed|aged)|bottled)\b|包装|灌装|分装",
    "printed": r"(?:print\w*|dyed)\b|印制|印刷|染制",
    "tanned": r"tann\w*|鞣制",
    "assembled": r"assembl\w*|组装",
    "worked": r"加工|缝制|织造|制造地|生产地",
}
_STEP = {name: re.compile(rf"(?i)(?<![a-z])(?:{pattern})") for name, pattern in _STEPS.items()}
_AT = re.compile(
    r"(?i)\b(?:grown|harvested|picked|farmed|caught|mined|bred|raised|roasted|designed|packed|bottled|printed|dyed|tanned|assembled)"
    r"\s+(?:by hand\s+|high\s+)?in\s+(?:the\s+)?(?:northern\s+|southern\s+|eastern\s+|western\s+)?$"
    r"|(?:种植|种|采|捕捞|养殖|烘焙|设计|包装|灌装|印制|鞣制|组装)[于在自]$"
)


def steps(text: str) -> frozenset[str]:
    """Return the steps of its making that a fact's name speaks of: roasted of "Roasted in"."""
    return frozenset(name for name, pattern in _STEP.items() if pattern.search(text))


def said_before(text: str) -> frozenset[str]:
    """Return the step that ``text``, what stands before a place, says was done there; nothing for "from" and "made in"."""
    found = _AT.search(text)
    return steps(found[0]) if found else frozenset()


_GROWN = re.compile(r"(?:当地|本地|那边)?(?:种出来|种的|种植|长出来|长的|产的棉|采的|采摘|养的|养殖|出产)")


def said_behind(text: str) -> frozenset[str]:
    """Return the step that ``text``, what stands behind a place in Chinese, says was done there: 南通种出来的."""
    return frozenset({"raw"}) if _GROWN.match(text) else frozenset()
