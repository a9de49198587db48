"""Days and moments as people and programs write them, as ISO 8601 in UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
_YEAR_LAST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([A-Za-z]{3,9})\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_CLOCK = re.compile(r"(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?(?:\.\d+)?\s*(AM|PM|上午|下午)?", re.IGNORECASE)
_ZONE = re.compile(r"(?:\d\d|\d\.\d+)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})\b")
_MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_EXCEL_EPOCH = datetime(1899, 12, 30)


def day_first(cells: Sequence[str]) -> bool | None:
    """Tell whether dates like 03/04/2025 begin with the day; None where nothing in the column says so."""
    found = [match for cell in cells if (match := _YEAR_LAST.search(cell))]
    if any(int(match[1]) > 12 for match in found):
        return True
    return False if any(int(match[2]) > 12 for match in found) else None


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
    hour = int(clock[1]) % 24
    if clock[4] and clock[4].lower() in {"pm", "下午"} and hour < 12:
        hour += 12
    at = day.replace(hour=hour, minute=min(int(clock[2]), 59), second=min(int(clock[3] or 0), 59))
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
        if (match := _NAMED.search(cell)) and match[2][:3].lower() in _MONTHS:
            return _date(int(match[4]), _MONTHS[match[2][:3].lower()], int(match[1] or match[3] or 1))
        return _number(cell)
    except (ValueError, OverflowError):
        return None


def _number(cell: str) -> datetime | None:
    if match := re.fullmatch(_COMPACT, cell):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if re.fullmatch(r"\d{10}", cell) or re.fullmatch(r"\d{13}", cell):
        return datetime.fromtimestamp(int(cell[:10]), UTC).replace(tzinfo=None)
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", cell):  # a spreadsheet's own count of days
        return _EXCEL_EPOCH + timedelta(days=int(float(cell)))
    return None


def _date(year: int, month: int, day: int) -> datetime | None:
    return datetime(year, month, day) if 1970 <= year <= 2200 else None
