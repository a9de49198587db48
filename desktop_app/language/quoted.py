"""Lines that quote a fact under its own name ("Power supply: USB-C, 5 V / 2 A"): they say what the fact says, word for word."""

from __future__ import annotations

import html
import re

from desktop_app.language import facts
from desktop_app.records import Finding, Product

# What a line cannot be blamed for that says nothing but the fact: not what a law forbids to say at all.
_CARRIED = frozenset(
    "unsupported relation contradiction number material colour size origin cut_off leak repetition".split()
)
_LINE = re.compile(r"([^:：\n]{1,60})[:：]\s*(.+)", re.S)
_UNITS = (
    ("厘米", "cm"),
    ("毫米", "mm"),
    ("公斤", "kg"),
    ("千克", "kg"),
    ("毫升", "ml"),
    ("克", "g"),
    ("升", "l"),
    ("瓦", "w"),
    ("伏", "v"),
    ("米", "m"),
)


def of_line(sentence: str, product: Product, found: list[Finding]) -> list[Finding]:
    """Return ``found`` without what a line that quotes a fact of ``product`` rests on."""
    if not found or (line := _LINE.fullmatch(sentence.strip().removeprefix("- "))) is None:
        return found
    label, value = _bare(line[1]), _bare(line[2])
    for fact in product.facts:
        if (
            value
            and value == _bare(f"{fact.value}{fact.unit}")
            and label in (_bare(fact.name), _bare(facts.clean_name(fact.name)))
        ):
            return [f for f in found if f.kind not in _CARRIED and not re.fullmatch(r"\d+A", f.text)]
    return found


def _bare(text: str) -> str:
    low = html.unescape(text).casefold().replace("×", "x").replace("*", "x")
    for written, short in _UNITS:
        low = low.replace(written, short)
    return re.sub(r"[^\w.%°℃Ø]|_|(?<!\d)\.|\.(?!\d)", "", low)
