"""From which day to which words hold: "until 30 November", "截至11月30日", "vom 1. bis 30.11.", as ISO days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from desktop_app.formats import headers
from desktop_app.formats.moments import moment, month_of

PAST = 30  # days that a day without a year may lie back before the one of next year is meant
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号號]?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")
_HAN = re.compile(
    r"(?:(\d{4}|今|明|本)\s*年\s*)?(?:(\d{1,2})|本|这个)\s*月\s*(?:份)?(?:(\d{1,2})\s*[日号號]?|([底末]))"
)
_YEAR_END = re.compile(r"(?:(\d{4})|今|明|本)?\s*年\s*[底末]")
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?!\d)")  # 30.11., without a year
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})(?![\d%/.])")  # 11/30 after Chinese words, month first
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?[\s-]+(?:of\s+|de\s+)?)?([^\W\d_]{3,12})\b\.?"
    r"(?:(?:\s+|-)(\d{1,2})(?:st|nd|rd|th)?(?![\d:.])(?!\s?(?:[%€£$]|am\b|pm\b)))?(?:,?[\s-]+(?:del?\s+)?(\d{4})\b)?"
)
_END_OF = re.compile(
    r"(?i)(?:the\s+)?(?:very\s+)?end\s+of\s+(?:the\s+|this\s+)?|ende\s+(?:des\s+|dieses\s+)?|(?:la\s+)?fin\s+(?:du\s+|de\s+|d['’])?"
    r"|finales\s+de\s+|fine\s+(?:di\s+)?|fim\s+d[eo]\s+|eind\s+"
)
_MONTH, _YEAR = re.compile(r"(?i)(?:month|monats?|mois|mes|mese|m[êe]s)\b"), re.compile(r"(?i)(?:year|jahr(?:es)?)\b")
_FILL = re.compile(
    r"(?i)\s*(?:(?:and\s+including|including|inclusive|einschließlich|midnight|the|on|dem|den|zum|le|el|il|al)\s+"
    r"|[^\W\d_]{3,12}day,?\s+|[^\W\d_]{4,12},\s+(?=\d)|\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*on)?\s+|[:：]\s*)*"
)
_DASHES = "-–—~～"


def days_of(text: str, on: str, *, offers: bool = False) -> tuple[str, str]:
    """Return the first and the last day on which a text says that it holds, each "" where it names none.

    ``on`` is the day on which it is read: a day without a year is the next such one, or one at most a month back.
    ``offers``: only what speaks of an offer, a closure or the like ends, as in a document that says many things.
    """
    if offers and not _speaks(text):
        return "", ""
    today = date.fromisoformat(on)
    last = max(_ends(text, today), default=None)
    first = min(_begins(text, today, last), default=None)
    if first is not None and (first >= last if last else first <= today):
        first = None
    return first.isoformat() if first else "", last.isoformat() if last else ""


def last_day(text: str) -> str:
    """Return the last day, its year written out, of an offer that a document speaks of; "" where it names none.

    What has no year means another day each time the document is read, so who reads it decides (see ``days_of``).
    """
    if not _speaks(text):
        return ""
    found = {max(_ends(text, date(year, 6, 15)), default=None) for year in (1972, 2004, 2101)}
    return found.pop().isoformat() if len(found) == 1 and None not in found else ""  # type: ignore[union-attr]


def _speaks(text: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in headers.table("knowledge")["ends"]["about"]) or bool(
        re.search(r"[\d一二三四五六七八九]\s*折(?!叠|疊|[1-9])|\d\s*%", folded)
    )


def _ends(text: str, today: date) -> Iterator[date]:
    for match in _before().finditer(text):
        found = _day(text, _filled(text, match.end()), today, han=_is_han(match[0]))
        if found is not None:
            exclusive = match[0].strip().casefold() in headers.table("knowledge")["ends"]["short_of"]
            yield found[0] - timedelta(days=1) if exclusive else found[0]
    for start in _starts(text):
        found = _day(text, start, today, han=True)
        if found is not None and _after().match(text, found[1]):
            yield found[0]
        range_ = _RANGE.match(text, found[1]) if found is not None else None
        if range_ and (end := _day(text, range_.end(), today, han=_is_han(text[start : found[1]]))):  # type: ignore[index]
            yield end[0]
    for match in _SHORT_RANGE.finditer(text):
        if (found := _day(text, match.end(), today, han=False)) is not None:
            yield found[0]


def _begins(text: str, today: date, last: date | None) -> Iterator[date]:
    for match in _words("since").finditer(text):
        if (found := _day(text, _filled(text, match.end()), today, han=_is_han(match[0]))) is not None:
            yield _no_later(found[0], last)
    for start in _starts(text):
        found = _day(text, start, today, han=True)
        if found is not None and (_words("begun").match(text, found[1]) or (last and _RANGE.match(text, found[1]))):
            yield _no_later(found[0], last)
    for match in _SHORT_RANGE.finditer(text):
        found = _day(text, match.end(), today, han=False)
        if found is not None and 0 < int(match[1]) <= found[0].day:
            yield found[0].replace(day=int(match[1]))


def _no_later(first: date, last: date | None) -> date:
    """Take the year before where a first day without one fell after the last."""
    return _in_year(first.year - 1, first.month, first.day) or first if last and first > last else first


_RANGE = re.compile(rf"\s*(?:[{_DASHES}]|至|到|to\b|through\b|until\b|bis\b|au\b|al\b|a\b)\s*")
_SHORT_RANGE = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:[{_DASHES}]|to|through|bis|au|al|a)\s*(?=\d{{1,2}}\D)"
)


_BEGINNING = re.compile(r"(?<![\d.,/-])\d{1,4}|(?:本|这个)月|[今明本]年|年[底末]|(?<!\w)[A-Z][a-z]{2,8}\.?\s+\d")


def _starts(text: str) -> Iterator[int]:
    """Yield where a day may begin: at a number that no other number goes before, or at a month."""
    yield from (match.start() for match in _BEGINNING.finditer(text))


def _filled(text: str, at: int) -> int:
    match = _FILL.match(text, at)
    return match.end() if match else at


def _day(text: str, at: int, today: date, *, han: bool) -> tuple[date, int] | None:
    """Return the day that is written at a place and where it ends; of a month alone its last."""
    for read in (_written_out, _in_han, _at_an_end, _by_name):
        if found := read(text, at, today):
            return found
    if match := _POINTS.match(text, at):
        return _made(_soon(int(match[2]), int(match[1]), today), match.end())
    if han and (match := _SLASHED.match(text, at)):
        return _made(_soon(int(match[1]), int(match[2]), today), match.end())
    return None


def _written_out(text: str, at: int, _today: date) -> tuple[date, int] | None:
    if match := _YEAR_FIRST.match(text, at):
        return _made(_in_year(*(int(part) for part in match.groups())), match.end())
    if match := _YEAR_LAST.match(text, at):
        read = moment(match[0])[:10]
        return (date.fromisoformat(read), match.end()) if read else None
    return None


def _in_han(text: str, at: int, today: date) -> tuple[date, int] | None:
    if match := _YEAR_END.match(text, at):
        ends = int(match[1]) if match[1] else today.year + match[0].startswith("明")
        return _made(_in_year(ends, 12, 31), match.end())
    match = _HAN.match(text, at)
    if match is None:
        return None
    year = str(match[1] or "")
    month = int(match[2] or today.month)
    named = int(year) if year.isdigit() else today.year + (year == "明") if year or not match[2] else 0
    if match[4] or not match[3]:
        return _made(_last_of(month, named, today), match.end())
    day = int(match[3])
    return _made(_in_year(named, month, day) if named else _soon(month, day, today), match.end())


def _at_an_end(text: str, at: int, today: date) -> tuple[date, int] | None:
    match = _END_OF.match(text, at)
    if match is None:
        return None
    if whole := _MONTH.match(text, match.end()):
        return _made(_last_of(today.month, today.year, today), whole.end())
    if whole := _YEAR.match(text, match.end()):
        return date(today.year, 12, 31), whole.end()
    return _by_name(text, match.end(), today)


def _by_name(text: str, at: int, today: date) -> tuple[date, int] | None:
    match = _NAMED.match(text, at)
    month = month_of(match[2]) if match else None
    if match is None or month is None:
        return None
    day, year = match[1] or match[3], int(match[4] or 0)
    if not day:
        # "until March", not "until may be"
        return _made(_last_of(month, year, today), match.end()) if year or match[2][0].isupper() else None
    return _made(_in_year(year, month, int(day)) if year else _soon(month, int(day), today), match.end())


def _soon(month: int, day: int, today: date) -> date | None:
    """Return the next such day, or one that is hardly past."""
    for year in range(today.year - 1, today.year + 5):
        found = _in_year(year, month, day)
        if found is not None and found >= today - timedelta(days=PAST):
            return found
    return None


def _last_of(month: int, year: int, today: date) -> date | None:
    if not 1 <= month <= 12:
        return None
    if year:
        return _in_year(year, month, calendar.monthrange(year, month)[1])
    found = _soon(month, 28, today)
    return None if found is None else found.replace(day=calendar.monthrange(found.year, month)[1])


def _in_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1970 <= year <= 2200 else None
    except ValueError:
        return None


def _made(day: date | None, end: int) -> tuple[date, int] | None:
    return None if day is None else (day, end)


def _is_han(text: str) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]", text))


@cache
def _words(kind: str) -> re.Pattern[str]:
    return _any(headers.table("knowledge")["ends"][kind])


@cache
def _before() -> re.Pattern[str]:
    ends = headers.table("knowledge")["ends"]
    return _any([*ends["before"], *ends["short_of"]])


@cache
def _after() -> re.Pattern[str]:
    return _any(headers.table("knowledge")["ends"]["after"])


def _any(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of these words, those in letters as words of their own."""
    longest = sorted(words, key=len, reverse=True)
    told = [rf"(?<!\w){re.escape(w)}(?!\w)\s*" if ord(w[0]) < 0x2000
            else re.escape(w) for w in longest]  # fmt: skip
    return re.compile(rf"(?i)\s*(?:{'|'.join(told)})")
