"""Which side of a thing is spoken of: its height, width, depth, length, thickness or diameter."""

from __future__ import annotations

import re
from functools import cache

from desktop_app.language import facts

_SAID = {
    "height": r"\bheight\b|\bhigh\b|\btall\b|高度|(?<![最提较更])高(?![硼出处兴级档亮速弹温清端粱])",
    "width": r"\bwidth\b|\bwide\b|宽度|宽(?!松|大|敞|裕)",
    "depth": r"\bdepth\b|\bdeep\b|深度|深(?!色|浅|蓝|灰|绿|红|棕|受|层|夜|烘)",
    "length": r"\blength\b|\blong\b|长度|(?<![延加])长(?!大|高|久|时|期|辈|途|袖|裤|款)",
    "thickness": r"\bthickness\b|\bthick\b|厚度|厚(?!实|道|重)",
    "diameter": r"\bdiameter\b|\bacross\b|直径|口径",
}
_PATTERN = {name: re.compile(said, re.I) for name, said in _SAID.items()}
_RIGHT_AFTER = re.compile(
    r"\s*(?:in |of )?(?P<w>height|high|tall|width|wide|depth|deep|length|long|thickness|thick|diameter|across)\b|(?:的)?(?P<z>[高宽深长厚])(?![度出处手])",
    re.I,
)
_NEAR = frozenset(
    [
        ("length", "height"),
        ("width", "diameter"),
        ("length", "diameter"),
        ("depth", "diameter"),
        ("length", "depth"),
        ("depth", "thickness"),
        ("height", "thickness"),
        ("width", "length"),
        ("depth", "height"),
    ]
)


@cache
def of_fact(name: str) -> str:
    """Return the side that a fact's name gives, or nothing: "Folded length" is a length."""
    role = facts.meaning_of(name, "1 cm").role
    if role in _SAID:
        return role
    named = sorted(side for side, pattern in _PATTERN.items() if pattern.search(name))
    return named[0] if len(named) == 1 and role in {"labelled", "free"} else ""


def said(near: str, after: str) -> str:
    """Return the side a stretch says of its number; ``after`` is what follows the number. Nothing where it says several."""
    if beside := _RIGHT_AFTER.match(after):
        word = beside["w"] or beside["z"]
        return next(side for side, pattern in _PATTERN.items() if pattern.search(word))
    several = [side for side, pattern in _PATTERN.items() if pattern.search(near)]
    return several[0] if len(several) == 1 else ""


def may_be(said_side: str, given: str) -> bool:
    """Tell whether one may say ``said_side`` of what a fact gives as ``given``: "long" of a height, "wide" of a diameter."""
    return said_side == given or (said_side, given) in _NEAR
