"""What a column header says, without case, accents and punctuation, and the tables of known headers (in assets)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app import paths

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_BRACKET = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_LOOSE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Header:
    """A header as it is compared: its words, and the unit it names ("" where it names none)."""

    words: str
    unit: str = ""


@cache
def table(name: str) -> dict[str, Any]:
    """Read one of the alias tables of ``assets/formats`` (``columns``, ``shopify``, ``woocommerce``, ``dialects``)."""
    return tomllib.loads((paths.assets() / "formats" / f"{name}.toml").read_text("utf-8"))


@cache
def compared(header: str) -> Header:
    """Return ``header`` in the form in which headers are compared; a unit in brackets or at the end is taken off."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", header)).replace("'", " ").replace("’", " ")
    unit = ""
    for match in _BRACKET.finditer(text):
        unit = unit or units().get(fold(match[1] or match[2] or ""), "")
    words = fold(_BRACKET.sub(" ", text)) or fold(text)
    if not unit and " " in words:
        front, _space, last = words.rpartition(" ")
        if last in units() and _is_measure(front):
            return Header(front, units()[last])
    return Header(words, unit)


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, every run of punctuation one space."""
    flat = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return _LOOSE.sub(" ", "".join(c for c in flat if not unicodedata.combining(c))).strip()


@cache
def units() -> dict[str, str]:
    """Return every spelling of a unit with the unit it means, e.g. ``{"克": "g"}``."""
    spelled: dict[str, list[str]] = table("columns")["units"]
    return {fold(word): unit for unit, words in spelled.items() for word in words}


_MONEY = re.compile(r"(?<=[\d.,])\s*[^\W\d_]{1,4}\.?\s*$|^\s*[^\W\d_]{1,4}\.?\s*(?=\d)")  # 3 149,97 zł, EUR 12


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(fold, table("columns")["totals"]))


def is_total(record: Sequence[str]) -> bool:
    """Say whether a row adds up those above: it begins with such a word, and the rest of it is numbers or nothing."""
    filled = (cell for cell in record if cell)
    first = next(filled, "")
    if len(record) < 2 or len(first) > 40 or first[:1].isdigit() or fold(first) not in _totals():
        return False
    return not any(c.isalpha() for cell in filled for c in _MONEY.sub("", cell) if len(cell) > 4)


@cache
def stock_words() -> dict[str, str]:
    """Return words that stand for a count, in compared form: "in" for some, "out" for none."""
    listed: dict[str, list[str]] = table("columns")["stocked"]
    return {fold(word): which for which, words in listed.items() for word in words}


@cache
def currencies() -> dict[str, str]:
    """Return the signs, in capitals, that stand for one currency only, with its code."""
    known: dict[str, str] = table("columns")["currencies"]
    return {sign.upper(): code for sign, code in known.items()}


@cache
def grams() -> dict[str, str]:
    """Return how many grams one unit of weight has, as decimal text."""
    known: dict[str, str] = table("columns")["grams"]
    return known


@cache
def aliases() -> dict[str, str]:
    """Return compared header → field of the mapper (``title``, ``price``, …)."""
    known: dict[str, list[str]] = table("columns")["fields"]
    return {fold(word): field for field, words in known.items() for word in words}


@cache
def fact_kinds() -> dict[str, str]:
    """Return compared header → kind of fact (``material``, ``colour``, …)."""
    known: dict[str, list[str]] = table("columns")["facts"]
    return {fold(word): kind for kind, words in known.items() for word in words}


@cache
def option_words() -> frozenset[str]:
    """Return the compared headers of columns that say which variant a row is."""
    return frozenset(fold(word) for word in table("columns")["options"]["words"])


@cache
def note_words() -> frozenset[str]:
    """Return the compared headers of columns in which merchants write notes for themselves."""
    return frozenset(fold(word) for word in table("columns")["notes"]["words"])


@cache
def noise() -> re.Pattern[str]:
    """Return the pattern of headers that only a shop system reads: ids, dates, flags, counters."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in table("columns")["noise"]["patterns"]))


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words that mean ``yes``, ``no``, ``active``, ``draft`` or ``archived`` in a cell (see ``flat``)."""
    return frozenset(flat(word) for word in table("columns")["values"][kind])


def flat(word: str) -> str:
    """Return a short word as the lists of ``words_of`` hold it; a sign stays, since -1 is not 1."""
    word = word.strip()
    return word.casefold() if word[:1] == "-" else fold(word) or word


@cache
def without_beside(words: str) -> str:
    """Return ``words`` without what they say at their end of tax, money or pieces; never nothing."""
    for said in _beside():
        spaced = said.isascii() or " " in words
        found = f" {words}".removesuffix(f" {said}").strip() if spaced else words.removesuffix(said)
        if found and found != words:
            return without_beside(found)
    return words


@cache
def _beside() -> tuple[str, ...]:
    return tuple(sorted(map(fold, table("columns")["beside"]), key=len, reverse=True))


@cache
def without_prefix(words: str) -> str:
    """Return ``words`` without "product", "item", "variant" … in front; unchanged where nothing would be left."""
    for prefix in table("columns")["prefixes"]["words"]:
        rest = words.removeprefix(prefix).strip()
        if rest and rest != words and (not prefix.isascii() or words.startswith(prefix + " ")):
            return rest
    return words


@cache
def fact_kind(header: str) -> str:
    """Return the kind of fact a column called ``header`` holds, "free" where the name does not say."""
    words = compared(header).words
    kinds = fact_kinds()
    return kinds.get(words) or kinds.get(without_prefix(words)) or "free"


@cache
def readable(header: str) -> str:
    """Return a fact's name as a person reads it: ``strap_bags`` → ``Strap bags``, ``MATERIALI`` → ``Materiali``."""
    text = _BRACKET.sub(" ", header.removeprefix("C:"))  # eBay's item specifics
    snake = "_" in text
    text = " ".join(text.replace("_", " ").split()).strip(" :*#?")
    shown = compared(header)
    front, _space, last = text.rpartition(" ")
    if shown.unit and front and units().get(fold(last)) == shown.unit:
        text = front.rstrip(" ,")
    if snake:
        words = text.split(" ", 1)
        text = words[1] if len(words) > 1 and words[0].casefold() in {"product", "item"} else text
    if text.isupper() and len(text) > 3:
        text = text.lower()
    return text[:1].upper() + text[1:] if snake or text.islower() else text


def unique(headers: list[str]) -> tuple[str, ...]:
    """Return ``headers`` with every one different and none empty, so that a column can be named."""
    seen: set[str] = set()
    named: list[str] = []
    for place, header in enumerate(headers):
        name = " ".join(header.split()) or f"({letters(place)})"
        again, count = name, 1
        while again in seen:
            count += 1
            again = f"{name} ({count})"
        seen.add(again)
        named.append(again)
    return tuple(named)


def letters(place: int) -> str:
    """Return the letters a spreadsheet shows above column ``place`` (0 is "A")."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def _is_measure(words: str) -> bool:
    last = words.rpartition(" ")[2]
    return fact_kinds().get(last) in {"size", "weight", "volume"} or aliases().get(last) == "weight"
