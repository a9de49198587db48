"""What a product is known to be: facts typed from names and values, without the bookkeeping of shop systems."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import cast

from desktop_app.language import lexicon, units
from desktop_app.records import Fact, FactKind

YES = lexicon.words("yes true 1 y x ja sì si sí sim oui да tak 是 有 支持 可以 可 ✓ ✔")
NO = lexicon.words("no false 0 n nein non não nee нет nie nej 否 无 没有 不支持 不可以 不可 ✗ ✘")
LONG = 160  # code points; beyond this a value is prose, not a fact
_WHOLE = lexicon.words("main product item the type composition family map primary outer 主要 产品 商品 主体 面料 整体")
_ANYTHING = lexicon.words(
    "attribute attributes spec specs specification specifications property properties tag value other "
    "info misc 参数 属性 其他"
)
_SPLIT = re.compile(r"\s*(?:[|\n;；、]|(?<=\S)\s+/\s+(?=\S)|,\s+|,(?=\D)|(?<=\D),(?=\d)|，)\s*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a fact's name says its value is."""

    role: str  # finer than the kind: "width", "lining", "flavour", …
    kind: FactKind
    en: str
    zh: str


def kind_of(name: str, value: str) -> FactKind:
    """Return the kind of fact that ``name`` and ``value`` make, judged by both, in any of seven languages."""
    return meaning_of(name, value).kind


@lru_cache(maxsize=8192)
def meaning_of(name: str, value: str) -> Meaning:
    """Return what the fact means; role "free" and the name itself as label where nothing is known about it."""
    cleaned = clean_name(name)
    named = by_name(cleaned)
    seen = _by_value(value)
    told = cleaned.startswith("是否") and not (is_yes(value) or is_no(value))
    if told or re.fullmatch(rf"[1-9]\d? {re.escape(cleaned)}", value):
        return Meaning("feature", "feature", cleaned, cleaned)  # told as the property it is (telling.py)
    if named is None:
        label = cleaned or name.strip()
        if seen:
            return _named_by_value(seen, cleaned, label)
        if (is_yes(value) or is_no(value)) and lexicon.find(cleaned, "feature", "care", "noun", "certificate"):
            return Meaning("feature", "feature", label, label)
        return Meaning("free", "free", label, label)
    if seen and _value_wins(named, seen, value):
        return _named_by_value(seen, cleaned, cleaned) if named.kind in {"feature", "style", "free"} else seen
    return named


def items(fact: Fact) -> list[str]:
    """Return the single values of a fact that lists several ("Nylon | Polyester"), in order, without doubles."""
    text = fact.value.strip()
    if fact.kind in {"free"} and len(text) > 60:
        return [text]
    if shares := _SHARES.fullmatch(text):
        text = re.sub(r"(?<=[%％])\s+(?=\S)" if shares[1] else r"(?<=\S)\s+(?=\d)", "\n", text)
    parts = [_bared(p) if len(p) > 1 else p for p in _split(text)]
    return list(dict.fromkeys(p for p in parts if p))


# "羊毛62% 锦纶36% 氨纶2%", "55% linen 45% viscose": a blend with nothing but spaces between its stuffs
_SHARES = re.compile(
    r"([^\W\d]+[^\d%％]*\d+(?:[.,]\d+)?\s?[%％](?:\s+[^\W\d]+[^\d%％]*\d+(?:[.,]\d+)?\s?[%％])+)"
    r"|\d+(?:[.,]\d+)?\s?[%％]\s?[^\W\d][^\d%％,;、]*(?:\s+\d+(?:[.,]\d+)?\s?[%％]\s?[^\W\d][^\d%％,;、]*)+"
)


def _bared(part: str) -> str:
    """Take list marks and stops off a value; the minus of "-20 °C" is no list mark."""
    return part.strip(" .•·") if re.match(r"\s*[-–−]\s?\d", part) else part.strip(" .•·-–")


def _split(text: str) -> list[str]:
    """Part a list; what stands in brackets stays together: "3 (3000 / 4000 K)"."""
    parts, at, depth = list[str](), 0, 0
    marks = {m.start(): m.end() for m in _SPLIT.finditer(text)}
    for place, letter in enumerate(text):
        depth += (letter in "(（[") - (letter in ")）]" and depth > 0)
        if place in marks and place >= at and depth == 0:
            parts.append(text[at:place])
            at = marks[place]
    return [*parts, text[at:]]


def with_unit(text: str, unit: str) -> str:
    """Return a value with the unit that stands beside it: "max. 60" and "140 x 245" are nothing without theirs."""
    return f"{text} {unit}" if unit and re.search(r"\d$", text) and unit not in text else text


def role_of(fact: Fact) -> str:
    """Return the role of a fact, finer than its kind."""
    return meaning_of(fact.name, fact.value).role


def is_yes(value: str) -> bool:
    """Tell whether a value only says yes."""
    return value.strip().casefold() in YES


def is_no(value: str) -> bool:
    """Tell whether a value only says no."""
    return value.strip().casefold() in NO


def clean_name(name: str) -> str:
    """Return a fact's name as words: technical prefixes, units in brackets and underscores gone, lower case."""
    text = re.sub(
        r"\(product\.metafields[^)]*\)|^(option|column|meta|tag):\s*|^(attribute_)?pa_", "", name.strip(), flags=re.I
    )
    text = re.sub(r"[（(\[][^)）\]]*[)）\]]", " ", text)
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", text)
    text = re.sub(r"[_\-./*:：]+", " ", text)
    text = re.sub(r"(?i)^product\s+(?=\S)|\s+(cm|mm|kg|g|ml|oz|lbs?)$|(?<=[htre])_in$", "", text.strip())
    return re.sub(r"\s+", " ", text).strip().casefold()


def field(cleaned: str) -> str:
    """Return what a technical name calls a fact: "strap" of the "strap bags" that a shop system asks for."""
    words = cleaned.split()
    if any(" ".join(words[-n:]) in names() for n in range(1, 4)) or len(words) != 2:
        return cleaned
    technical = words[0] in names() and names()[words[0]].role in {"style", "feature", "strap", "pattern"}
    return words[0] if technical else cleaned


def unit_of(fact: Fact) -> str:
    """Return the unit of a bare number: the fact's own, or the one its name holds in brackets ("Weight (kg)")."""
    if fact.unit:
        return fact.unit
    bracket = re.search(r"[（(\[]\s*([^)）\]]{1,8})\s*[)）\]]", fact.name)
    if bracket and units.find(bracket[1]):
        return bracket[1]
    ending = re.search(r"[_\s](cm|mm|kg|g|ml|l|in|oz|lb|lbs|grams)$", fact.name.strip(), re.I)
    if ending is None and _BARE_NUMBER.fullmatch(fact.value.strip()):
        named = _NAMED_UNIT.search(clean_name(fact.name))
        return (named["unit"] or named["first"]) if named else ""
    return ending[1] if ending else ""


_BARE_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:\s*(?:[-–~]|to)\s*\d+(?:[.,]\d+)?)?")
# "Battery hours: 12", "Warranty years: 3": the name ends in, or begins with, what the number is counted in.
_NAMED_UNIT = re.compile(
    r"(?:^|.*\b)(?P<unit>seconds|minutes|hours|days|weeks|months|years|grams|kilograms|kilos|ounces|litres|liters|millilitres|milliliters"
    r"|centimetres|centimeters|millimetres|millimeters|metres|meters|inches|watts|volts|lumens|decibels|percent)(?: of \w+)?$"
    r"|^(?P<first>hours|minutes|days|weeks|months|years) (?:of|to|until|after|per)\b"
)


# --- what a name means ------------------------------------------------------------------------------------------------


@cache
def names() -> dict[str, Meaning]:
    """Return every known name of a fact with its meaning."""
    found: dict[str, Meaning] = {}
    for row in lexicon.rows("names"):
        for name in row["names"].split("|"):
            found.setdefault(name, Meaning(row["role"], _kind(row["kind"]), row["en"], row["zh"]))
    return found


def _kind(text: str) -> FactKind:
    return cast(FactKind, text)


@lru_cache(maxsize=4096)
def by_name(cleaned: str) -> Meaning | None:
    """Return what a cleaned name means, or None where no list knows it."""
    known = names()
    if cleaned in known:
        return known[cleaned]
    words = cleaned.split()
    if sum(known[w].kind == "size" for w in words if w in known) > 1:  # "W x H"
        return known["size"]
    if len(words) > 5:
        return None
    for take in range(min(3, len(words)), 0, -1):  # "strap material": the head ends the name
        piece = " ".join(words[-take:])
        if piece in known:
            return _qualified(known[piece], cleaned, piece)
    for take in range(min(3, len(words) - 1), 0, -1):  # "style bags", "features general": a technical name
        piece = " ".join(words[:take])
        if piece in known and known[piece].role in {"style", "feature", "strap", "pattern"} and len(words) <= 4:
            return known[piece]
    if re.search(r"[\u4e00-\u9fff]", cleaned):
        for start in range(1, len(cleaned)):
            if cleaned[start:] in known and len(cleaned[start:]) > 1:
                return _qualified(known[cleaned[start:]], cleaned, cleaned[start:])
    return None


def _qualified(meaning: Meaning, cleaned: str, piece: str) -> Meaning:
    rest = cleaned.replace(piece, "").strip()
    if not rest or rest in _WHOLE:
        return meaning
    if meaning.role in {"material", "colour"}:
        return replace(meaning, role=f"part_{meaning.role}", en=cleaned, zh=cleaned)
    if meaning.kind in {"style", "feature"} and (part := lexicon.find(rest, "noun")) and "part" in part.marks:
        return Meaning("free", "free", cleaned, cleaned)  # 肩带样式: 可调节 is not how the bag is
    if meaning.kind == "count" and not re.fullmatch(r"(?:total |whole )?(?:number|no|amount)?(?: of)?(?: the)?", rest):
        return replace(meaning, role="labelled", en=cleaned, zh=cleaned)  # a thread count is no set of 200
    if meaning.kind in {"size", "weight", "volume", "power"}:  # a screen's size is not the size of the thing
        return replace(meaning, role="labelled", en=cleaned, zh=cleaned)
    return meaning


def _named_by_value(seen: Meaning, cleaned: str, label: str) -> Meaning:
    """A value that is a quantity or a colour under a name of the merchant's own ("Strap drop: 60 cm", "Trim: red")."""
    if not cleaned or cleaned in _ANYTHING or seen.role in {"care", "certificate"}:
        return seen
    role = {"colour": "part_colour", "material": "part_material"}.get(seen.role, "labelled")
    return Meaning(role, seen.kind, label, label)


# --- what a value says ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _by_value(value: str) -> Meaning | None:
    text = html.unescape(value).strip()
    if not text or len(text) > LONG:
        return None
    if dimension := units.dimension_of(text):
        roles = {
            "length": ("size", "size", "size", "尺寸"),
            "weight": ("weight", "weight", "weight", "重量"),
            "areal": ("density", "weight", "fabric weight", "克重"),
            "volume": ("volume", "volume", "capacity", "容量"),
            "power": ("power", "power", "power", "功率"),
            "voltage": ("voltage", "power", "voltage", "电压"),
            "charge": ("battery", "power", "battery", "电池"),
        }
        if dimension in roles:
            role, kind, en, zh = roles[dimension]
            return Meaning(role, _kind(kind), en, zh)
        return None
    pieces = items(Fact("", text))
    for kind, role, en, zh in (
        ("colour", "colour", "colour", "颜色"),
        ("material", "material", "material", "材质"),
        ("care", "care", "care", "洗护"),
        ("certificate", "certificate", "certificate", "认证"),
        ("origin", "origin", "origin", "产地"),
    ):
        if pieces and all(lexicon.find(_bare(p), kind) for p in pieces):
            return Meaning(role, _kind(kind), en, zh)
    return None


def _bare(piece: str) -> str:
    return re.sub(r"\d+([.,]\d+)?\s*%", "", piece).strip()


def _value_wins(named: Meaning, seen: Meaning, value: str) -> bool:
    """A value with a unit outranks its name ("Size: 350 ml", "Material: 38 × 25 cm"); a word does not."""
    if named.role in {"size", "material", "colour", "count"} or named.kind in {"style", "feature", "free"}:
        return seen.kind in {"volume", "weight", "power"} or (seen.kind == "size" and named.role != "size")
    return False
