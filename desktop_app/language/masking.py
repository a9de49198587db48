"""Personal data in a text: found in English and Chinese, put out of sight, and put back where it is needed.

Phones by `phonenumbers` (Google's libphonenumber), cards by Luhn (ISO/IEC 7812-1), Chinese ID numbers by their
checksum (GB 11643-1999).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import phonenumbers

from desktop_app import paths
from desktop_app.knowledge_records import Masked
from desktop_app.language.addresses import addresses

PersonalKind = Literal["email", "id", "card", "phone", "address"]
_EMAIL = re.compile(r"[^\W_][\w.%+’'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_SPELT = re.compile(r"(?i)[\w.+-]+\s*[(\[]\s*at\s*[)\]]\s*[\w-]+(?:\s*[(\[]\s*dot\s*[)\]]\s*\w+|\s+dot\s+\w+|\.\w+)+")
_SPREAD = re.compile(r"(?<!\d)1(?:[ .-]?\d){10}(?!\d)")
_WIDE = {
    n: n - 0xFEE0
    for n in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF20, 0xFF0B, 0xFF0D)
}
_DIGITS = re.compile(r"(?<![A-Za-z\d_.#/+-])\d(?:[ -]?\d){12,18}(?![A-Za-z\d_/]|[.-]\d)")
_CHINESE_ID = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_SHAPED_ID = re.compile(
    r"(?<![\w-])(?:(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}"  # US social security number
    r"|(?![DFIQUV])[A-Z](?![DFIQUVO])[A-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"  # UK national insurance number
    r"|[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2})(?![\w-])"  # UK driving licence
)
_AFTER_WORD = re.compile(
    r"[^A-Za-z\d\n]{0,4}(?:(?:number|card|no|num|is|号码|号|是)[^A-Za-z\d\n]{0,3}){0,3}"
    r"([A-Z]{0,3}\d[A-Za-z\d]*(?:[ -][A-Za-z]?\d[A-Za-z\d]*)*|[A-Z]{1,2}\d[A-Za-z\d]{5,9})",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")
_CHINESE_PHONE = re.compile(
    r"(?<![\d.-])(?:(?:\+?86|0086)[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\d-])"
    r"|(?<![\d.-])(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3}[ -])[ ]?[2-9]\d{2,3}[ -]?\d{4}(?:-\d{1,5})?(?!\d)"
    r"|(?<![\d.-])[48]00[ -]?\d{3}[ -]?\d{4}(?!\d)"
)
_PHONE = re.compile(r"(?<![A-Za-z\d_.#/-])(?:\+|00)?\(?\d(?:[\d().\s/-]|(?<=\d)\s?){6,20}\d(?![A-Za-z\d_/]|[.-]\d)")
_AMERICAN = re.compile(r"(?:\+?1[ .-])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}")
REGIONS = (
    "US",
    "GB",
    "IE",
    "DE",
    "AU",
    "FR",
    "NZ",
    "ES",
    "IT",
    "IN",
    "SG",
    "HK",
    "TW",
)  # whose way of writing is tried
ORDER: tuple[PersonalKind, ...] = ("email", "id", "card", "phone", "address")  # who keeps a stretch two of them claim


@dataclass(frozen=True, slots=True)
class Personal:
    """A stretch of a text (code points) that says something of a person."""

    kind: PersonalKind
    start: int
    end: int


def personal(text: str) -> list[Personal]:
    """Return the personal data of a text in order; no two stretches overlap."""
    found: list[Personal] = []
    text = text.translate(_WIDE)  # full-width digits and letters; every place stays what it was
    for kind in ORDER:
        for start, end in _FINDERS[kind](text):
            if not any(p.start < end and start < p.end for p in found if p.kind != kind or kind != "address"):
                found.append(Personal(kind, start, end))
    return _joined(sorted(found, key=lambda p: (p.start, p.end)))


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
        while not stand_in or (stand_in in text and stand_in not in table):
            counts[one.kind] = counts.get(one.kind, 0) + 1
            stand_in = f"[{one.kind} {counts[one.kind]}]"
        table[stand_in] = value
        out += [text[at : one.start], stand_in]
        at = one.end
    return Masked("".join([*out, text[at:]]), tuple(table.items()))


def _joined(found: list[Personal]) -> list[Personal]:
    """Make one of addresses that overlap."""
    kept: list[Personal] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            kept[-1] = Personal(kept[-1].kind, kept[-1].start, max(one.end, kept[-1].end))
        else:
            kept.append(one)
    return kept


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for match in (*_EMAIL.finditer(text), *_SPELT.finditer(text)):
        yield match.span()


def _ids(text: str) -> Iterator[tuple[int, int]]:
    for match in _CHINESE_ID.finditer(text):
        if _checked_id(match[0]) or _says(text, match.start(), "id"):
            yield match.span()
    for match in _SHAPED_ID.finditer(text):
        if not _says(text, match.start(), "thing"):
            yield match.span()
    for word in _words("id").finditer(text):
        if (found := _AFTER_WORD.match(text, word.end())) and sum(c.isdigit() for c in found[1]) >= 5:
            yield found.span(1)


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        told = _says(text, match.start(), "card")
        if _says(text, match.start(), "thing") and not told:
            continue
        if (_issued(digits) and _luhn(digits)) or (told and 14 <= len(digits) <= 19):
            yield match.span()


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):  # "+49 151 23456789" holds what would be a Chinese number
        if match[0].startswith("+") and _is_phone(text, match.start(), match[0]):
            yield match.span()
    for match in _CHINESE_PHONE.finditer(text):
        if not _says(text, match.start(), "thing") or _says(text, match.start(), "phone"):
            yield match.span()
    for match in _SPREAD.finditer(text):
        if _says(text, match.start(), "phone"):
            yield match.span()
    for match in _PHONE.finditer(text):
        if "\n" not in match[0] and _is_phone(text, match.start(), match[0]):
            yield match.span()


def _is_phone(text: str, at: int, written: str) -> bool:
    told = _says(text, at, "phone") or bool(
        re.match(r"\s*(?:is|was) my (?:cell|phone|mobile|number)|\s*is my\b", text[at + len(written) :])
    )
    if (_says(text, at, "thing") and not told) or _DATE.fullmatch(written):
        return False
    if written.startswith(("+", "00")):
        return _possible("+" + written.lstrip("+0 ").replace("(0)", ""))
    if _AMERICAN.fullmatch(written):
        return told or _possible(written, "US")
    grouped = len(re.findall(r"\d+", written)) > 1
    if not told and not ((written.startswith(("0", "(0")) and grouped) or re.fullmatch(r"0[1-9]\d{9}", written)):
        return False
    return any(_valid(written, region) for region in REGIONS)


def _valid(written: str, region: str) -> bool:
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(written, region)))
    except phonenumbers.NumberParseException:
        return False


def _possible(written: str, region: str | None = None) -> bool:
    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(written, region)))
    except phonenumbers.NumberParseException:
        return False


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        n = int(digit) * (1 + place % 2)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def _issued(digits: str) -> bool:
    """Tell whether a number begins and is as long as the cards of an issuer (ISO/IEC 7812)."""
    size, head = len(digits), int(digits[:4])
    return (
        (digits[0] == "4" and size in {13, 16, 19}) or (size == 16 and (5100 <= head <= 5599 or 2221 <= head <= 2720))
        or (size == 15 and digits[:2] in {"34", "37"}) or (16 <= size <= 19 and digits[:2] in {"62", "81"})
        or (16 <= size <= 19 and (digits[:4] == "6011" or digits[:2] == "65" or 6440 <= head <= 6499))
        or (size == 16 and 3528 <= head <= 3589) or (size in {14, 16} and digits[:2] in {"30", "36", "38", "39"})
    )  # fmt: skip


def _checked_id(number: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11] == number[17].upper()


def _says(text: str, at: int, kind: str) -> bool:
    """Tell whether what stands shortly before a number says that it is of this kind, and nothing nearer another."""
    before = text[max(0, at - 28) : at]
    clause = re.split(r"[,，。;；!！?？\n]|(?<=\d{5})\s|(?<!\bno)\.\s", before)[-1]
    found = {
        k: max((m.end() for m in _words(k).finditer(clause)), default=-1) for k in ("phone", "card", "thing", "id")
    }
    return found[kind] >= 0 and found[kind] == max(found.values())


@cache
def _words(kind: str) -> re.Pattern[str]:
    table = tomllib.loads((paths.assets() / "language" / "personal.toml").read_text("utf-8"))
    english = "|".join(sorted(map(re.escape, table["en"][kind]), key=len, reverse=True))
    chinese = "|".join(sorted(map(re.escape, table["zh"][kind]), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{english})(?![A-Za-z])|{chinese}", re.IGNORECASE)


_FINDERS = {"email": _emails, "id": _ids, "card": _cards, "phone": _phones, "address": addresses}
