"""Reviews pasted as text: lists, paragraphs, and what is copied from a shop's page, names and stars around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.formats.moments import moment
from desktop_app.formats.reviews import key_of, private, stars_of
from desktop_app.review_records import Review

_MARKER = re.compile(r"^\s*(?:\(?\d{1,3}[.)、]|[-•*·–])\s+(?=\S)|^\s*[•·]\s*|^\s*\d{1,3}、")
_DRAWN = r"[★⭐🌟☆½\ufe0f]{1,16}"
_OF_FIVE = r"(?:/|out of|von|sur|su|de)\s*5(?:\s*(?:stars?|sternen|étoiles|stelle|estrellas))?"
_COUNTED = rf"[1-5](?:[.,]\d)?\s*(?:{_OF_FIVE}|stars?\b|颗?星|\*)"
_STARS = re.compile(  # at the head of a line, and what follows
    rf"^(?:(?:rating|stars?|score|评分|星级|评价)\s*[:：]\s*)?({_DRAWN}|{_COUNTED}|[1-5](?=\s*$))[\s:：,.，。·|–—-]*",
    re.IGNORECASE,
)
_LAST = re.compile(rf"[\s,，(（–—-]+({_DRAWN}|{_COUNTED})\s*[)）]?\s*$", re.IGNORECASE)
_DAY = re.compile(
    r"^(?:reviewed|posted|written|date|on|by|rezension|commenté|revisado|recensito|日期|时间|评价时间|发表于|评价于)\b",
    re.IGNORECASE,
)
_VARIANT = re.compile(
    r"^((?:colou?r|size|style|pattern|flavou?r|颜色(?:分类)?|尺码|规格|型号|款式|版本|尺寸)\s*[:：].{1,70}?)"
    r"(?:verified purchase)?$",
    re.IGNORECASE,
)
_AROUND = re.compile(  # what a page shows beside the words of a review
    r"^(?:helpful|report(?: abuse)?|verified (?:purchase|buyer)|read more|share|reply|translate (?:review|all).*|"
    r"(?:\d+|one) (?:person|people) found this helpful|images? in this review|有用(?:\s*\(?\d+\)?)?|举报|回复|展开|"
    r"\d+\s*人觉得有(?:用|帮助)|已购买|追评)\s*[.。:：]?$",
    re.IGNORECASE,
)
_SAYS = re.compile(r"[.!?。！？,，;；:：]")
_SAID_BY = re.compile(r"^[\"“«「](.+)[\"”»」]\s*[–—-]+\s*(\w[^\d,，]{0,30}?)\s*$", re.DOTALL)


def pasted_reviews(text: str) -> list[Review]:
    """Return the reviews of a pasted text: one a paragraph, or one a line where no empty lines stand between."""
    parts = re.split(r"\n\s*\n", text.strip())
    if len(parts) == 1 and not _is_one(parts[0].splitlines()):
        parts = text.strip().splitlines()
    if sum(bool(_MARKER.match(part)) for part in parts) * 2 > len(parts) > 1:
        parts = [_MARKER.sub("", part, count=1) for part in parts]
    seen: Counter[str] = Counter()
    made = [review for part in parts if (review := _pasted(part.strip()))]
    return [replace(review, key=key_of(review, seen)) for review in made]


def _is_one(lines: Sequence[str]) -> bool:
    """Say whether these lines are one review as a page shows it: one line of stars, and a day or a choice beside it."""
    stars = sum(bool(_STARS.match(line.strip())) for line in lines)
    return stars == 1 and any(_is_day(line.strip()) or _VARIANT.match(line.strip()) for line in lines)


def _is_day(line: str) -> bool:
    return len(line) < 60 and bool(moment(line)) and (len(line) < 24 or bool(_DAY.match(line)))


def _pasted(part: str) -> Review | None:
    """Take stars, day, choice and name from the lines around the words."""
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    stars: float | None = None
    title, author, written, variant, kept = "", "", "", "", list[str]()
    for place, line in enumerate(lines):
        if stars is None and (lead := _STARS.match(line)) and (found := stars_of(lead[1])) is not None:
            stars, rest = found, line[lead.end() :].strip()
            if place == 1 and len(kept) == 1 and _is_name(kept[0]):
                author, kept = kept[0], []
            if rest and place and place + 1 < len(lines):
                title = rest  # a page sets the headline beside the stars
            elif rest:
                kept.append(rest)
        elif not written and _is_day(line) and (place or len(lines) > 1):
            written = moment(line)
            if place == 1 and len(kept) == 1 and _is_name(kept[0]):
                author, kept = kept[0], []
        elif not variant and len(lines) > 1 and (choice := _VARIANT.match(line)):
            variant = choice[1].strip()
        elif not _AROUND.match(line):
            kept.append(line)
    words = "\n".join(kept)
    if stars is None and (last := _LAST.search(words)):
        stars, words = stars_of(last[1]), words[: last.start()].rstrip(" ,，(（–—-")
    if said := _SAID_BY.match(words):
        words, author = said[1], said[2]
    words = private(words)
    if not words and stars is None:
        return None
    return Review(words, private(title), stars, author=author, written=written, variant=variant)


def _is_name(line: str) -> bool:
    """Say whether the line above the stars or the day is who wrote it, rather than what was written."""
    return len(line) <= 24 and len(line.split()) <= 3 and not _SAYS.search(line.removesuffix("."))
