"""Spans of time to come as people name them in Chinese and English: next week, 下个月, in December, 未来三天, tomorrow.

`periods` reads the same words of the past: "in December" is the last one where it is asked what was sold, and the next
one where it is asked what will be.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from desktop_app.language.periods import Period, count, day_names, month_names, names_of_months

Span = tuple[dt.date, dt.date]
Reading = Callable[[re.Match[str], dt.date], Span]

_NAMES, _DAYS = names_of_months(), day_names()
_N = r"(\d+|[一二三四五六七八九十两]+)"
_E = r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple of|few)"
_UNIT = r"(day|week|month|quarter|year)s?"
_OF_MAY = re.compile(r"\b(?:in|of|during|for|by|this|next|until|till)\s+$")
_YEAR = r"(今年|明年|\d{4}\s*年)?\s*的?\s*"


def ahead(text: str, today: dt.date) -> list[Period]:
    """Return the spans to come that a text names, in its order, whole; one that runs begins with its first day.

    A month, quarter or day of the year without a year is the next one that is not over.
    """
    lowered = text.casefold()
    found: list[Period] = []
    for pattern, reading in _READINGS:
        for match in pattern.finditer(lowered):
            if any(match.start() < p.end and p.start < match.end() for p in found):
                continue
            try:
                first, last = reading(match, today)
            except (ValueError, OverflowError):
                continue
            if first <= last:
                found.append(Period(first, last, match.start(), match.end()))
    return sorted(found, key=lambda p: p.start)


def _shift(day: dt.date, months: int) -> dt.date:
    total = day.year * 12 + day.month - 1 + months
    return dt.date(total // 12, total % 12 + 1, 1)


def _months(first: dt.date, months: int = 1) -> Span:
    first = first.replace(day=1)
    return first, _shift(first, months) - dt.timedelta(1)


def _week(today: dt.date, on: int, weeks: int = 1) -> Span:
    monday = today - dt.timedelta(today.weekday()) + dt.timedelta(7 * on)
    return monday, monday + dt.timedelta(7 * weeks - 1)


def _quarter(today: dt.date, on: int, quarters: int = 1) -> Span:
    first = _shift(dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * on)
    return _months(first, 3 * quarters)


def _year(year: int) -> Span:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _fixed(make: Callable[[dt.date], Span]) -> Reading:
    return lambda _match, today: make(today)


def _day(today: dt.date, on: int) -> Span:
    return (today + dt.timedelta(on),) * 2


def _coming(unit: str, n: int, today: dt.date) -> Span:
    """Return the next days, weeks, months … from tomorrow on."""
    start = today + dt.timedelta(1)
    if unit in {"day", "天", "日"}:
        return start, today + dt.timedelta(n)
    if unit in {"week", "周", "星期", "礼拜"}:
        return start, today + dt.timedelta(7 * n)
    months = n * {"month": 1, "月": 1, "quarter": 3, "季度": 3}.get(unit, 12)
    after = _shift(today, months)
    end = _shift(after, 1) - dt.timedelta(1)
    return start, after.replace(day=min(today.day, end.day))


def _rest(unit: str, today: dt.date) -> Span:
    if unit in {"week", "周", "星期", "礼拜"}:
        return today, _week(today, 0)[1]
    if unit in {"month", "月"}:
        return today, _months(today)[1]
    return today, _quarter(today, 0)[1] if unit in {"quarter", "季度"} else _year(today.year)[1]


def _year_of(word: str | None, today: dt.date) -> int | None:
    if not word:
        return None
    word = word.strip()
    return int(word[:4]) if word[:4].isdigit() else today.year + (word in {"明年", "next year"})


def _not_over(make: Callable[[int], Span], year: int | None, today: dt.date) -> Span:
    """Return the span of ``year``; where none is named, of this year, or of the next once it is over."""
    if year is not None:
        return make(year)
    span = make(today.year)
    return span if span[1] >= today else make(today.year + 1)


def _month(month: int, year: int | None, today: dt.date) -> Span:
    return _not_over(lambda y: _months(dt.date(y, month, 1)), year, today)


def _english_month(match: re.Match[str], today: dt.date) -> Span:
    if match[1] == "may" and not match[2] and not _OF_MAY.search(match.string[: match.start()]):
        raise ValueError("may is a verb here")
    return _month(month_names()[match[1]], _year_of(match[2], today), today)


def _months_between(match: re.Match[str], today: dt.date) -> Span:
    one, two = (month_names().get(word) or count(word) for word in (match[2], match[3]))
    first, _last = _month(one, _year_of(match[1], today), today)
    return first, _months(dt.date(first.year + (two < one), two, 1))[1]


def _three_months(number: int, year: int | None, today: dt.date) -> Span:
    return _not_over(lambda y: _months(dt.date(y, number * 3 - 2, 1), 3), year, today)


def _english_quarter(match: re.Match[str], today: dt.date) -> Span:
    names = ("first", "second", "third", "fourth")
    number = names.index(match[2]) + 1 if match[2] else int(match[1])
    return _three_months(number, _year_of(match[3], today), today)


def _chinese_quarter(match: re.Match[str], today: dt.date) -> Span:
    return _three_months(count(match[2]), _year_of(match[1], today), today)


def _half(match: re.Match[str], today: dt.date) -> Span:
    first = 1 if match[2] == "上" else 7
    return _not_over(lambda year: _months(dt.date(year, first, 1), 6), _year_of(match[1], today), today)


def _date(year: int | None, month: int, day: int, today: dt.date) -> Span:
    return _not_over(lambda y: (dt.date(y, month, day),) * 2, year, today)


def _weekday(match: re.Match[str], today: dt.date) -> Span:
    """Return the next such day; "next Friday" is the one of next week where this week's is still to come."""
    on = (_DAYS.index(match[2]) - today.weekday()) % 7
    if match[1] and match[1].strip() == "next" and today.weekday() + on < 7:
        on += 7
    return _day(today, on)


def _chinese_weekday(match: re.Match[str], today: dt.date) -> Span:
    place = 6 if match[2] in "日天" else count(match[2]) - 1
    if match[1] and match[1].startswith("下"):
        return _day(today, place - today.weekday() + 7 * len(match[1]))
    return _day(today, place - today.weekday() if match[1] else (place - today.weekday()) % 7)


def _weekend(today: dt.date, on: int) -> Span:
    monday, sunday = _week(today, on)
    return monday + dt.timedelta(5), sunday


def _english_day(match: re.Match[str], today: dt.date) -> Span:
    month, number = (match[1], match[2]) if match[1] in month_names() else (match[2], match[1])
    return _date(int(match[3]) if match[3] else None, month_names()[month], int(number), today)


_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"(\d{4}-\d\d-\d\d)\s*(?:to|until|till|through|and|-|–|~|到|至)\s*(\d{4}-\d\d-\d\d)",
         lambda m, _t: (dt.date.fromisoformat(m[1]), dt.date.fromisoformat(m[2]))),
        (_YEAR + r"(\d{1,2}|[一二三四五六七八九十]+)月?\s*(?:到|至|-|–|~)\s*(\d{1,2}|[一二三四五六七八九十]+)月(?:份)?", _months_between),
        (rf"()\b({_NAMES})\.?\s*(?:to|until|till|through|-|–)\s*({_NAMES})\b", _months_between),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", lambda m, _t: (dt.date(int(m[1]), int(m[2]), int(m[3])),) * 2),
        (_YEAR + r"(\d{1,2}|[一二三四五六七八九十]+)月(\d{1,2})[日号]?(?!\d)",
         lambda m, t: _date(_year_of(m[1], t), count(m[2]), int(m[3]), t)),
        (rf"\b({_NAMES})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(\d{{4}}))?", _english_day),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_NAMES})\b(?:,?\s+(\d{{4}}))?", _english_day),
        (r"(\d{4})-(\d\d)(?!\d)", lambda m, _t: _months(dt.date(int(m[1]), int(m[2]), 1))),
        (rf"\b(?:next|coming|following|upcoming)\s+{_E}\s+{_UNIT}\b", lambda m, t: _coming(m[2], count(m[1]), t)),
        (rf"\b{_E}\s+{_UNIT}\s+(?:from now|ahead)\b", lambda m, t: _coming(m[2], count(m[1]), t)),
        (rf"(?:未来|接下来|今后|往后|之后|以后|将来)的?\s*{_N}\s*个?\s*(天|日|周|星期|礼拜|月|季度|年)",
         lambda m, t: _coming(m[2], count(m[1]), t)),
        (r"(?:未来|接下来|今后|往后)的?\s*半年", _fixed(lambda t: _coming("month", 6, t))),
        (r"(?:未来|接下来|今后|往后)的?\s*一?个?(周|星期|礼拜|月|季度|年)", lambda m, t: _coming(m[1], 1, t)),
        (rf"下\s*{_N}\s*个?\s*(周|星期|礼拜)(?![一二三四五六日天末])", lambda m, t: _week(t, 1, count(m[1]))),
        (rf"下\s*{_N}\s*个?\s*月", lambda m, t: _months(_shift(t, 1), count(m[1]))),
        (r"(?:rest|remainder) of (?:the|this) (week|month|quarter|year)\b", lambda m, t: _rest(m[1], t)),
        (r"(?:by|until|till|before) (?:the )?end of (?:the |this )?(week|month|quarter|year)\b", lambda m, t: _rest(m[1], t)),
        (r"(?:到)?(?:今)?年底(?:前|之前|以前)?|今年(?:剩下|余下|剩余)的?(?:时间|日子)?", _fixed(lambda t: _rest("year", t))),
        (r"(?:到)?(?:这个?|本)?月底(?:前|之前|以前)?|(?:这个|本)月(?:剩下|余下|剩余)的?(?:时间|日子)?", _fixed(lambda t: _rest("month", t))),
        (r"(?:\b(?:q|quarter\s+)([1-4])\b|\b(first|second|third|fourth)\s+quarter\b)(?:\s*(?:of)?\s*(\d{4}|next year|this year))?", _english_quarter),
        (_YEAR + r"(?:第)?([一二三四1-4])季度?", _chinese_quarter),
        (_YEAR + r"(上|下)半年", _half),
        (_YEAR + r"(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?", lambda m, t: _month(count(m[2]), _year_of(m[1], t), t)),
        (rf"\b({_NAMES})\b\.?(?:,?\s*(?:of\s+)?(\d{{4}}|next year|this year))?", _english_month),
        (r"\bday after tomorrow\b|大?后天", lambda m, t: _day(t, 3 if m[0].startswith("大") else 2)),
        (r"\btomorrow\b|明天|明日", _fixed(lambda t: _day(t, 1))),
        (r"\b(?:today|tonight)\b|今天|今日", _fixed(lambda t: _day(t, 0))),
        (r"\bnext weekend\b|下(?:个)?周末", _fixed(lambda t: _weekend(t, 1))),
        (r"\b(?:this |the |coming )?weekend\b|(?:这个?|本)?周末", _fixed(lambda t: _weekend(t, 0))),
        (r"(下下|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])(?![天周个])", _chinese_weekday),
        (r"\b(?:week after next)\b|下下(?:个)?(?:周|星期|礼拜)", _fixed(lambda t: _week(t, 2))),
        (r"\b(?:next|coming|following) week\b|下(?:个)?(?:周|星期|礼拜)", _fixed(lambda t: _week(t, 1))),
        (r"\bthis week\b|(?:这|本)(?:个)?(?:周|星期|礼拜)", _fixed(lambda t: _week(t, 0))),
        (r"\bmonth after next\b|下下个?月", _fixed(lambda t: _months(_shift(t, 2)))),
        (r"\b(?:next|coming|following) month\b|下个?月", _fixed(lambda t: _months(_shift(t, 1)))),
        (r"\bthis month\b|(?:这个?|本|当)月", _fixed(_months)),
        (r"\b(?:next|coming|following) quarter\b|下(?:个|一)?季度?", _fixed(lambda t: _quarter(t, 1))),
        (r"\bthis quarter\b|(?:这个?|本)季度?", _fixed(lambda t: _quarter(t, 0))),
        (r"\b(?:next|coming|following) year\b|明年", _fixed(lambda t: _year(t.year + 1))),
        (r"\bthis year\b|今年", _fixed(lambda t: _year(t.year))),
        (r"(?<!\d)(20\d\d)\s*年|(?:\b(?:in|of|during|for)\s+)(20\d\d)\b", lambda m, _t: _year(int(m[1] or m[2]))),
        (r"\bchristmas\b|圣诞节?", _fixed(lambda t: _date(None, 12, 25, t))),
        (r"双(?:十一|11)|\bsingles'? day\b", _fixed(lambda t: _date(None, 11, 11, t))),
        (r"双(?:十二|12)", _fixed(lambda t: _date(None, 12, 12, t))),
        (r"六一八|(?<!\d)618(?!\d)", _fixed(lambda t: _date(None, 6, 18, t))),
        (r"\b(?:on\s+)?(next\s+|this\s+|coming\s+)?(" + "|".join(_DAYS) + r")\b(?!s)", _weekday),
    )
)  # fmt: skip
