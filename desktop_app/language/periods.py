"""Spans of time as people name them in Chinese and English: 上个月, last 30 days, March 2025, 去年第四季度, since Monday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

_HAN = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_MONTHS = (
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct "
    "november|nov december|dec"
).split()
_MONTH = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_NUMBER = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "couple of": 2, "few": 3, "": 1,
}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_N = r"(\d+|[一二三四五六七八九十两]+)"
_E = r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple of|few)"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included, and where in the text they were named."""

    first: dt.date
    last: dt.date
    start: int = 0
    end: int = 0

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """The span of the same kind just before: the month before a month, the year before a year, else as many days."""
        if self.first.day == 1 and _month_end(self.last) == self.last:
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            first = _shift(self.first, -months)
            return Period(first, _month_end(_shift(first, months - 1)))
        return Period(self.first - dt.timedelta(self.days), self.first - dt.timedelta(1))


def periods(text: str, today: dt.date) -> list[Period]:
    """Return the spans a text names, in its order; later readings do not overlap earlier, longer ones.

    A month without a year is the latest one that has begun; what runs on ends today.
    """
    lowered = text.casefold()
    found: list[Period] = []
    for pattern, reading in _READINGS:
        for match in pattern.finditer(lowered):
            if any(match.start() < p.end and p.start < match.end() for p in found):
                continue
            try:
                span = reading(match, today)
            except (ValueError, OverflowError):
                continue
            if span is not None and span[0] <= span[1]:
                found.append(Period(span[0], span[1], match.start(), match.end()))
    return sorted(found, key=lambda p: p.start)


def count(word: str) -> int:
    """Return the number that a word or a figure says: 3, three, 三, 十二."""
    return _count(word)


def month_names() -> dict[str, int]:
    """Return the English names of the months, short and long, with their number."""
    return _MONTH


def names_of_months() -> str:
    """Return the names of the months as the alternatives of a pattern, long ones first."""
    return _NAMES


def day_names() -> tuple[str, ...]:
    """Return the English names of the days, Monday first."""
    return _DAYS


Span = tuple[dt.date, dt.date]
Reading = Callable[[re.Match[str], dt.date], Span | None]


def _count(word: str | None) -> int:
    if word is None:
        return 1
    if word.isdigit():
        return int(word)
    if word in _NUMBER:
        return _NUMBER[word]
    tens, ten, ones = word.partition("十")
    if ten:
        return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)
    return _HAN[word[0]]


def _month_end(day: dt.date) -> dt.date:
    return _shift(day.replace(day=1), 1) - dt.timedelta(1)


def _shift(day: dt.date, months: int) -> dt.date:
    total = day.year * 12 + day.month - 1 + months
    return dt.date(total // 12, total % 12 + 1, 1)


def _month(year: int, month: int) -> Span:
    first = dt.date(year, month, 1)
    return first, _month_end(first)


def _months_back(today: dt.date, n: int) -> Span:
    first = _shift(today, -n)
    return first, _month_end(first)


def _week(today: dt.date, back: int) -> Span:
    monday = today - dt.timedelta(today.weekday() + 7 * back)
    return monday, monday + dt.timedelta(6)


def _quarter(year: int, quarter: int) -> Span:
    return dt.date(year, quarter * 3 - 2, 1), _month_end(dt.date(year, quarter * 3, 1))


def _now(span: Span, today: dt.date) -> Span:
    return (span[0], min(span[1], today)) if span[0] <= today else span


def _year(year: int) -> Span:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _since(span: Span, today: dt.date) -> Span:
    return span[0], today


def _full_year(word: str) -> int:
    return int(word) if len(word) == 4 else 2000 + int(word)


def _bare_month(month: int, today: dt.date) -> Span:
    year = today.year if month <= today.month else today.year - 1
    return _now(_month(year, month), today)


def _year_of(word: str | None, today: dt.date) -> int | None:
    """Return the year that 今年, 去年, last year's, 2025年 … name."""
    if not word:
        return None
    word = word.strip()
    if word[:4].isdigit():
        return int(word[:4])
    return today.year - {"今年": 0, "去年": 1, "前年": 2, "this year": 0, "last year": 1}.get(
        word.removesuffix("'s"), 0
    )


def _last(match: re.Match[str], today: dt.date, unit: str, n: int) -> Span:
    if unit in {"day", "天", "日"}:
        return today - dt.timedelta(n - 1), today
    if unit in {"week", "周", "星期", "礼拜"}:
        return today - dt.timedelta(7 * n - 1), today
    if unit in {"month", "月"}:
        year, month = divmod(today.year * 12 + today.month - 1 - n, 12)
        day = min(today.day, _month_end(dt.date(year, month + 1, 1)).day)
        return dt.date(year, month + 1, day) + dt.timedelta(1), today
    return dt.date(today.year - n, today.month, min(today.day, 28)) + dt.timedelta(1), today


def _chinese_month(match: re.Match[str], today: dt.date) -> Span:
    year, month = _year_of(match[1], today), _count(match[2])
    return _now(_month(year, month), today) if year else _bare_month(month, today)


def _english_month(match: re.Match[str], today: dt.date) -> Span:
    month = _MONTH[match[1]]
    year = _year_of(match[2], today)
    return _now(_month(year, month), today) if year else _bare_month(month, today)


def _weekday(match: re.Match[str], today: dt.date) -> Span:
    place = _DAYS.index(match[2])
    back = (today.weekday() - place) % 7 or (7 if match[1] else 0)
    day = today - dt.timedelta(back)
    return day, day


def _chinese_weekday(match: re.Match[str], today: dt.date) -> Span:
    place = 6 if match[2] in "日天" else _HAN[match[2]] - 1
    monday = today - dt.timedelta(today.weekday() + (7 if match[1] == "上" else 0))
    day = monday + dt.timedelta(place)
    return (day, day) if day <= today else (day - dt.timedelta(7), day - dt.timedelta(7))


def _day_of_month(match: re.Match[str], today: dt.date) -> Span:
    year = _year_of(match[1], today)
    day = dt.date(year or today.year, _count(match[2]), int(match[3]))
    if not year and day > today:
        day = day.replace(year=day.year - 1)
    return day, day


def _english_day(match: re.Match[str], today: dt.date) -> Span:
    month, number = (match[1], match[2]) if match[1] in _MONTH else (match[2], match[1])
    year = int(match[3]) if match[3] else None
    day = dt.date(year or today.year, _MONTH[month], int(number))
    if not year and day > today:
        day = day.replace(year=day.year - 1)
    return day, day


def _half(match: re.Match[str], today: dt.date) -> Span:
    year = _year_of(match[1], today) or today.year
    first = 1 if match[2] in {"上", "first", "h1"} else 7
    return _now((dt.date(year, first, 1), _month_end(dt.date(year, first + 5, 1))), today)


def _season(match: re.Match[str], today: dt.date) -> Span:
    number = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}[match[2]]
    year = _year_of(match[1], today)
    if year is None:
        year = today.year if number * 3 - 2 <= today.month else today.year - 1
    return _now(_quarter(year, number), today)


def _english_quarter(match: re.Match[str], today: dt.date) -> Span:
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = int(match[1]) if match[1] else names[match[2]]
    year = _year_of(match[3], today)
    if year is None:
        year = today.year if number * 3 - 2 <= today.month else today.year - 1
    return _now(_quarter(year, number), today)


def _ago(unit: str, n: int, today: dt.date) -> Span:
    if unit in {"day", "天", "日"}:
        return (today - dt.timedelta(n),) * 2
    if unit in {"week", "周", "星期", "礼拜"}:
        return _week(today, n)
    return _months_back(today, n) if unit in {"month", "月"} else _year(today.year - n)


def _feast(word: str | None, today: dt.date, month: int, day: int) -> Span:
    year = _year_of(word, today)
    found = dt.date(year or today.year, month, day)
    if not year and found > today:
        found = found.replace(year=found.year - 1)
    return found, found


def _between(match: re.Match[str], today: dt.date) -> Span:
    first, last = dt.date.fromisoformat(match[1]), dt.date.fromisoformat(match[2])
    return min(first, last), max(first, last)


def _months_between(match: re.Match[str], today: dt.date) -> Span:
    one, two = (_MONTH[m] if m in _MONTH else _count(m) for m in (match[2], match[3]))
    year = _year_of(match[1], today) or _year_of(match[4], today)
    if year is None:
        year = today.year if one <= today.month else today.year - 1
    last = _month(year if two >= one else year + 1, two)
    return dt.date(year, one, 1), min(last[1], today) if dt.date(year, one, 1) <= today else last[1]


def _fixed(make: Callable[[dt.date], Span]) -> Reading:
    return lambda _match, today: make(today)


def _quarter_back(today: dt.date, back: int) -> Span:
    first = _shift(dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1), -3 * back)
    return first, _month_end(_shift(first, 2))


_Y = r"(今年|去年|前年|\d{4}\s*年)?\s*的?\s*"
_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"(\d{4}-\d\d-\d\d)\s*(?:to|until|till|through|and|-|–|~|到|至)\s*(\d{4}-\d\d-\d\d)", _between),
        (_Y + r"(\d{1,2}|[一二三四五六七八九十]+)月?\s*(?:到|至|-|–|~)\s*(\d{1,2}|[一二三四五六七八九十]+)月(?:份)?()", _months_between),
        (rf"()\b({_NAMES})\.?\s*(?:to|until|till|through|-|–)\s*({_NAMES})\b(?:,?\s*(\d{{4}}))?", _months_between),
        (rf"(?:since|from)\s+({_NAMES})\b(?:,?\s*(\d{{4}}))?(?!\s*(?:to|until|-))", lambda m, t: _since(_english_month(m, t), t)),
        (r"since\s+(\d{4}-\d\d-\d\d)", lambda m, t: (dt.date.fromisoformat(m[1]), t)),
        (rf"(?:自|从)?{_Y}(\d{{1,2}}|[一二三四五六七八九十]+)月(?:份)?(?:以来|至今|到现在|起)", lambda m, t: _since(_chinese_month(m, t), t)),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", lambda m, t: (dt.date(int(m[1]), int(m[2]), int(m[3])),) * 2),
        (_Y + r"(\d{1,2}|[一二三四五六七八九十]+)月(\d{1,2})[日号]?(?!\d)", _day_of_month),
        (rf"\b({_NAMES})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(\d{{4}}))?", _english_day),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_NAMES})\b(?:,?\s+(\d{{4}}))?", _english_day),
        (r"(\d{4})-(\d\d)(?!\d)", lambda m, t: _now(_month(int(m[1]), int(m[2])), t)),
        (_Y + r"(?:第)?([一二三四1-4])季度?", _season),
        (_Y + r"(上|下)半年", _half),
        (r"(?:\b(?:q|quarter\s+)([1-4])\b|\b(first|second|third|fourth)\s+quarter\b)(?:\s*(?:of)?\s*(\d{4}|last year|this year))?", _english_quarter),
        (_Y + r"(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?", _chinese_month),
        (rf"\b({_NAMES})\b\.?(?:,?\s*(?:of\s+)?(\d{{4}}|last year|this year))?", lambda m, t: None if m[1] == "may" and not m[2] and not re.search(r"(?:in|of|during|for|last|this)\s+$", m.string[: m.start()]) else _english_month(m, t)),
        (rf"(?:最近|近|过去|前)\s*{_N}\s*个?\s*(天|日|周|星期|礼拜|月|年)", lambda m, t: _last(m, t, m[2], _count(m[1]))),
        (r"(?:最近|近|过去)?半年", lambda m, t: _last(m, t, "月", 6)),
        (r"(?:最近|近|过去)一?个?(周|星期|月|年)", lambda m, t: _last(m, t, m[1], 1)),
        (rf"\b(?:last|past|previous|recent)\s+{_E}\s+(day|week|month|year)s?", lambda m, t: _last(m, t, m[2], _count(m[1]))),
        (r"\bpast\s+(week|month|year)", lambda m, t: _last(m, t, m[1], 1)),
        (_Y + r"双(?:十一|11)", lambda m, t: _feast(m[1], t, 11, 11)),
        (_Y + r"双(?:十二|12)", lambda m, t: _feast(m[1], t, 12, 12)),
        (_Y + r"六一八|" + _Y + r"(?<!\d)618(?!\d)", lambda m, t: _feast(m[1] or m[2], t, 6, 18)),
        (r"\bsingles'? day\b", _fixed(lambda t: _feast(None, t, 11, 11))),
        (rf"\b{_E}\s+(day|week|month|year)s?\s+ago\b", lambda m, t: _ago(m[2], _count(m[1]), t)),
        (rf"{_N}\s*个?\s*(天|日|周|星期|礼拜|月|年)(?:以?前)(?!\d)", lambda m, t: _ago(m[2], _count(m[1]), t)),
        (r"大前天", _fixed(lambda t: (t - dt.timedelta(3),) * 2)),
        (r"前天|\bday before yesterday", _fixed(lambda t: (t - dt.timedelta(2),) * 2)),
        (r"昨天|昨日|\byesterday", _fixed(lambda t: (t - dt.timedelta(1),) * 2)),
        (r"今天|今日|\btoday", _fixed(lambda t: (t, t))),
        (r"上周末|\blast weekend", _fixed(lambda t: (_week(t, 1)[0] + dt.timedelta(5), _week(t, 1)[1]))),
        (r"(上|这|本)?(?:周|星期|礼拜)([一二三四五六日天])(?![天周个])", _chinese_weekday),
        (r"上上周|\bweek before last", _fixed(lambda t: _week(t, 2))),
        (r"上(?:个)?(?:周|星期|礼拜)|\blast week\b", _fixed(lambda t: _week(t, 1))),
        (r"(?:这|本)(?:个)?(?:周|星期|礼拜)|\bthis week\b", _fixed(lambda t: _now(_week(t, 0), t))),
        (r"上上个?月|\bmonth before last", _fixed(lambda t: _months_back(t, 2))),
        (r"上个?月|\b(?:last|previous) month\b", _fixed(lambda t: _months_back(t, 1))),
        (r"(?:这个?|本|当)月|\bthis month\b|\bmonth to date\b", _fixed(lambda t: _now(_months_back(t, 0), t))),
        (r"上个?季度?|\b(?:last|previous) quarter\b", _fixed(lambda t: _quarter_back(t, 1))),
        (r"(?:这个?|本)季度?|\bthis quarter\b", _fixed(lambda t: _now(_quarter_back(t, 0), t))),
        (r"前年|\byear before last", _fixed(lambda t: _year(t.year - 2))),
        (r"去年|\b(?:last|previous) year\b", _fixed(lambda t: _year(t.year - 1))),
        (r"今年|\bthis year\b|\byear to date\b|\bytd\b", _fixed(lambda t: _now(_year(t.year), t))),
        (r"(?<!\d)(20\d\d)\s*年", lambda m, t: _now(_year(int(m[1])), t)),
        (r"\b(?:last|on)?\s*(last\s+)?(" + "|".join(_DAYS) + r")\b(?!s)", _weekday),
        (r"(?:\b(?:in|of|during|for|since)\s+)(20\d\d)\b", lambda m, t: _now(_year(int(m[1])), t)),
    )
)  # fmt: skip
