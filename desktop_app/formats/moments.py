"""Days and moments as people and programs write them, as ISO 8601 in UTC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
_YEAR_LAST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_NAMED = re.compile(  # 4 March 2026, 4-Mar-26, Mar-04-26, March 4th, 2026, 2. März 2026, 2 de enero de 2026
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:de\s+)?)?([^\W\d_]{3,12})\.?[\s-]+(?:del?\s+)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[\s-]+))?(\d{4}|\d{2})\b"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_CLOCK = re.compile(
    r"(上午|下午|凌晨|中午|晚上|\bAM|\bPM)?\s*(\d{1,2})[:：时h](\d{2})(?:[:：分](\d{2}))?(?:\.\d+)?\s*"
    r"(AM|PM|a\.\s?m\.|p\.\s?m\.)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?:\d\d|\d\.\d+)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})\b")
# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian (as in dates, and by itself); any
# beginning of three letters that means one month only is understood.
_SPOKEN = (
    "january januar janvier enero gennaio janeiro januari stycznia styczen января январь",
    "february februar fevrier febrero febbraio fevereiro februari lutego luty февраля февраль",
    "march marz mars marzo marco maart marca marzec mrz марта март",
    "april avril abril aprile kwietnia kwiecien апреля апрель",
    "may mai mayo maggio maio mei maja maj мая май",
    "june juni juin junio giugno junho czerwca czerwiec июня июнь",
    "july juli juillet julio luglio julho lipca lipiec июля июль",
    "august aout agosto augustus sierpnia sierpien августа август",
    "september septembre septiembre setiembre settembre setembro wrzesnia wrzesien сентября сентябрь",
    "october oktober octobre octubre ottobre outubro pazdziernika pazdziernik октября октябрь",
    "november novembre noviembre novembro listopada listopad ноября ноябрь",
    "december dezember decembre diciembre dicembre dezembro grudnia grudzien декабря декабрь",
)
_EXCEL_EPOCH = datetime(1899, 12, 30)


def day_first(cells: Sequence[str]) -> bool | None:
    """Tell whether dates like 03/04/2025 begin with the day; None where nothing in the column says so."""
    found = [match for cell in cells if (match := _YEAR_LAST.search(cell))]
    if any(int(match[1]) > 12 for match in found):
        return True
    return False if any(int(match[2]) > 12 for match in found) else None


def is_short(cell: str) -> bool:
    """Say whether a cell holds a day of numbers with the year last, of which the first two may be either way round."""
    return bool(_YEAR_LAST.search(cell)) and not _YEAR_FIRST.search(cell)


@lru_cache(1 << 14)
def turned(cell: str, first: bool | None) -> bool:
    """Say whether a day can only be read the other way round than the rest of its file."""
    return first is not None and is_short(cell) and not moment(cell, first) and bool(moment(cell, not first))


def likely_day_first(cells: Sequence[str]) -> bool | None:
    """Guess the same where nothing says so: the reading by which the days lie closer together; None for a draw."""
    pairs = [(int(m[1]), int(m[2]), int(m[3])) for cell in cells if (m := _YEAR_LAST.search(cell))]
    spans = []
    for front in (True, False):
        days = [date(2000 + y % 100, b, a).toordinal() if front else date(2000 + y % 100, a, b).toordinal()
                for a, b, y in pairs if 0 < a < 13 and 0 < b < 13]  # fmt: skip
        spans.append(max(days) - min(days) if days else 0)
    as_day, as_month = spans
    return None if as_day == as_month else as_day < as_month


def moment(cell: str, first: bool | None = None) -> str:
    """Return the day, or the moment in UTC where a time of day is given; "" where there is none to be read.

    ``first``: whether 03/04/2025 begins with the day (None: it does not, unless points stand between: 03.04.2025).
    """
    cell = cell.strip()
    day = _day(cell, first)
    if day is None:
        return ""
    clock = _CLOCK.search(cell)
    if clock is None:
        return day.strftime("%Y-%m-%d") if (day.hour, day.minute) == (0, 0) else day.strftime("%Y-%m-%dT%H:%M:%SZ")
    hour = int(clock[2]) % 24
    half = (clock[5] or clock[1] or "").lower()
    if half[:1] == "p" or half in {"下午", "晚上", "中午"}:
        hour = hour + 12 if hour < 12 and not (half == "中午" and hour > 9) else hour
    elif half and hour == 12:
        hour = 0
    at = day.replace(hour=hour, minute=min(int(clock[3]), 59), second=min(int(clock[4] or 0), 59))
    zone = _ZONE.search(cell)
    if zone and zone[1][0] in "+-":
        digits = zone[1].replace(":", "")
        off = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
        at = at - off if digits[0] == "+" else at + off
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(cell: str, first: bool | None) -> datetime | None:
    try:
        if match := _YEAR_FIRST.search(cell):
            return _date(int(match[1]), int(match[2]), int(match[3]))
        if match := _YEAR_LAST.search(cell):
            a, b, year = int(match[1]), int(match[2]), int(match[3])
            year += 2000 if year < 100 else 0
            front = first if first is not None else "." in match[0] or a > 12
            return _date(year, b, a) if front else _date(year, a, b)
        match = _NAMED.search(cell)
        while match:
            day, year = match[1] or match[3], int(match[4])
            if (month := month_of(match[2])) and (day or year > 99):
                return _date(year + 2000 if year < 100 else year, month, int(day or 1))
            match = _NAMED.search(cell, match.end(2))  # "Thu 05 March 2026": the word was none
        return _number(cell)
    except (ValueError, OverflowError):
        return None


@lru_cache(1 << 10)
def month_of(word: str) -> int | None:
    """Return the month that a word or its beginning means in any of nine languages, None where it means none or two."""
    flat = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    found = {n for n, names in enumerate(_SPOKEN, 1) if any(name.startswith(flat) for name in names.split())}
    exact = {n for n, names in enumerate(_SPOKEN, 1) if flat in names.split()}
    return (exact or found).pop() if len(exact or found) == 1 and len(flat) > 2 else None


def _number(cell: str) -> datetime | None:
    if match := re.fullmatch(_COMPACT, cell):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if re.fullmatch(r"\d{10}", cell) or re.fullmatch(r"\d{13}", cell):
        return datetime.fromtimestamp(int(cell[:10]), UTC).replace(tzinfo=None)
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", cell):  # a spreadsheet's own count of days
        return _EXCEL_EPOCH + timedelta(seconds=round(float(cell) * 86400))
    return None


def _date(year: int, month: int, day: int) -> datetime | None:
    return datetime(year, month, day) if 1970 <= year <= 2200 else None
