"""What code reads of a message without weights: how it sounds, how soon it wants an answer, and what it names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from desktop_app import paths
from desktop_app.language import reply_reading
from desktop_app.language.tongue import language_of
from desktop_app.message_records import Entity, EntityKind, Mood, Reading, Urgency

# Delicate matters that cannot wait, and what they are called in a reading.
_PRESSING = {"legal": "legal", "health": "health", "dispute": "complaint", "anger": "complaint"}
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_PATTERNS: tuple[tuple[EntityKind, re.Pattern[str]], ...] = (
    (
        "order",
        re.compile(
            r"(?i)(?:\border(?: number| no\.?| id)?|订单(?:号|编号)?|单号|purchase)(?: is|是|为)?[\s#:：]*"
            r"([A-Za-z]{0,6}-?\d[\dA-Za-z-]{2,30})"
        ),
    ),
    ("order", re.compile(r"(?<![\w#])#([A-Za-z]{0,6}-?\d[\dA-Za-z-]{2,30})")),
    (
        "amount",
        re.compile(
            r"((?:[$€£¥￥]|(?:USD|EUR|GBP|CNY|RMB)\s?)\s?\d[\d,]*(?:\.\d{1,2})?"
            r"|\d[\d,]*(?:\.\d{1,2})?\s?(?:dollars?|euros?|pounds?|bucks|quid|yuan|元|块钱?|块|美元|欧元|英镑|USD|EUR|GBP|RMB|€|£))"
            r"(?![\w])",
            re.IGNORECASE,
        ),
    ),
    (
        "size",
        re.compile(
            r"(?i)(?<![A-Za-z0-9-])([smlx]{1,3}\s?码|size\s*(?:x{0,3}[sl]|m|[2-6]xl)(?![A-Za-z0-9'’])|(?-i:X{0,3}[SL]|M|[2-6]XL)(?![A-Za-z0-9'’])|size\s?\d{1,3}(?:\.5)?(?!\w)|(?<!\d)\d{2}(?:\.5)?\s?码"
            r"|(?:大|中|小|均|加大)[号码]|one size|small|medium|large|extra large"
            r"|\d+(?:\.\d+)?\s?(?:x|×|\*|by|乘)\s?\d+(?:\.\d+)?(?:\s?(?:cm|mm|in(?:ch(?:es)?)?|厘米|公分))?"
            r"|\d+(?:\.\d+)?\s?(?:cm|mm|厘米|公分|毫米|inch(?:es)?)(?!\w))"
        ),
    ),
    (
        "date",
        re.compile(
            r"(?i)(?<!\w)(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\d/])"
            r"|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*(?: \d{4})?"
            r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
            r"|(?:next |this |last |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|yesterday|tonight"
            r"|christmas|(?:下|上|本|这)?(?:周|星期|礼拜)[一二三四五六日天末]|今天|明天|后天|昨天|前天|大后天|月底|年前)"
        ),
    ),
)


def read_signs(text: str) -> Reading:
    """Return the language, mood, urgency and entities of a message; what it wants is left open."""
    read = reply_reading.read(text)
    kinds = {d.id for d in read.delicate}
    mood = _mood(text, read.complaint or read.late, "anger" in kinds)
    urgency, why = _urgency(text, kinds, read.complaint, read.late)
    return Reading(language_of(read.clean or text), mood=mood, urgency=urgency, why=why, entities=entities(text))


def entities(text: str) -> tuple[Entity, ...]:
    """Return the order numbers, amounts, sizes and dates in a text, in the order they stand; none inside another."""
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if not any(e.start < end and start < e.end for e in found):
                found.append(Entity(kind, match[1].strip(), start, end))
    return tuple(sorted(found, key=lambda e: e.start))


def colours(text: str) -> bool:
    """Tell whether a text names a colour."""
    return bool(_colours().search(text))


@cache
def _colours() -> re.Pattern[str]:
    rows = [line.split("\t") for line in (paths.assets() / "language" / "colours.tsv").read_text("utf-8").splitlines()]
    rows = [row for row in rows if not row[0].startswith(("#", "en"))]
    words = {w.strip() for row in rows for cell in row for w in re.split(r"[|,]", cell)}
    english = "|".join(sorted((re.escape(w) for w in words if w.isascii() and len(w) > 2), key=len, reverse=True))
    chinese = "|".join(re.escape(w) for w in words if re.search(r"[\u3400-\u9fff]", w) and len(w) > 1)
    return re.compile(rf"(?<![A-Za-z])(?:{english})(?![A-Za-z])|{chinese or '(?!)'}", re.IGNORECASE)


def with_products(found: Sequence[Entity], text: str, titles: Sequence[str]) -> tuple[Entity, ...]:
    """Add the products a text names by their title, the longest title where two overlap."""
    folded, named = text.casefold(), list[Entity]()
    for title in sorted(titles, key=len, reverse=True):
        start = folded.find(title.casefold())
        if start >= 0 and not any(e.start < start + len(title) and start < e.end for e in named):
            named.append(Entity("product", title, start, start + len(title)))
    rest = [e for e in found if not any(p.start <= e.start and e.end <= p.end for p in named)]
    return tuple(sorted([*rest, *named], key=lambda e: e.start))


def _mood(text: str, trouble: bool, anger: bool) -> Mood:
    shouted = len(_CAPITALS.findall(text)) > 3 or text.count("!") + text.count("！") > 3
    upset = bool(_pattern("upset").search(text))
    if anger or (shouted and (trouble or upset)):
        return "angry"
    if upset or trouble:
        return "upset"
    return "pleased" if _pattern("pleased").search(text) else ""


def _urgency(text: str, kinds: set[str], complaint: bool, late: bool) -> tuple[Urgency, str]:
    pressing = next((_PRESSING[kind] for kind in _PRESSING if kind in kinds), "")
    if pressing:
        return "urgent", pressing
    if _pattern("deadline").search(text):
        return "urgent", "deadline"
    if complaint or late or "human" in kinds:
        return "soon", "complaint" if complaint else "late" if late else "person"
    return "", ""


@cache
def _pattern(table: str) -> re.Pattern[str]:
    raw = tomllib.loads((paths.assets() / "replies" / "signs.toml").read_text("utf-8"))[table]
    english, chinese = "|".join(f"(?:{p})" for p in raw["en"]), "|".join(f"(?:{p})" for p in raw["zh"])
    return re.compile(rf"(?<!\w)(?:{english})(?!\w)|{chinese}", re.IGNORECASE)
