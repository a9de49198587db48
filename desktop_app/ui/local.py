"""Numbers, money and dates as people here write them; no page writes a date its own way."""

from __future__ import annotations

import datetime as dt
import html
import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTimeZone

from desktop_app.words import _, language, several

if TYPE_CHECKING:
    from desktop_app.records import Fact

_SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "JPY": "¥", "KRW": "₩", "INR": "₹", "TWD": "NT$", "HKD": "HK$",
    "AUD": "A$", "CAD": "CA$", "NZD": "NZ$", "SGD": "S$", "CHF": "CHF ", "SEK": "SEK ", "PLN": "zł ", "BRL": "R$",
    "MXN": "MX$", "THB": "฿", "VND": "₫", "PHP": "₱", "TRY": "₺",
}  # fmt: skip
# The longer name first where one ends as another does.
_GRAMS: dict[str, int | Decimal] = {
    "kg": 1000, "公斤": 1000, "千克": 1000, "g": 1, "克": 1, "斤": 500,
    "lb": Decimal("453.59237"), "oz": Decimal("28.349523125"),
}  # fmt: skip
_WHOLE = {"JPY", "KRW", "VND", "CLP", "ISK"}
_ISO_DAY = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")


def locale() -> QLocale:
    """Return the machine's own locale where it speaks the language of the window, else that language's usual one."""
    mine, spoken = QLocale.system(), language()
    if spoken == "zh":
        return mine if mine.language() == QLocale.Language.Chinese else QLocale("zh_CN")
    # Somebody in Berlin may use the English window: the German comma is then still how they write money.
    return QLocale("en_US") if mine.language() in (QLocale.Language.C, QLocale.Language.Chinese) else mine


def number(value: int | Decimal) -> str:
    """Write a number with the separators of this locale."""
    return locale().toString(value) if isinstance(value, int) else locale().toString(float(value), "f", -128)


def counted(words: str, count: int) -> str:
    """Write the count in a sentence made by ``several`` with the separators of this locale."""
    return words.replace(str(count), number(count), 1) if count > 999 else words


def beside(*parts: str) -> str:
    """Put short words beside each other in one line, those that are there.

    A name written from right to left keeps its own way and turns round nothing beside it: without that "4 in stock"
    and an amount after an Arabic code would be read backwards (Unicode bidirectional algorithm, isolates).
    """
    said = [part for part in parts if part]
    if not any(unicodedata.bidirectional(letter) in {"R", "AL"} for part in said for letter in part):
        return " · ".join(said)
    return "\u200e" + " · ".join(f"\u2068{part}\u2069" for part in said)


def money(amount: Decimal | None, currency: str) -> str:
    """Write an amount in the shop's currency; nothing for no price."""
    if amount is None:
        return ""
    if amount < 0:  # with a minus, not in brackets as bookkeepers write it
        return f"−{money(-amount, currency)}"
    places = 0 if currency in _WHOLE and amount == amount.to_integral_value() else 2
    return locale().toCurrencyString(float(amount), _SYMBOLS.get(currency, f"{currency} "), places)


def prices(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """Write the price of a product, or the lowest and highest of its variants."""
    if low is None or high is None or low == high:
        return money(low if low is not None else high, currency)
    return f"{money(low, currency)} – {money(high, currency)}"


def price_from(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """Write the price of a product where there is little room: of several, the lowest."""
    if low is None or high is None or low == high:
        return money(low if low is not None else high, currency)
    return _("from {price}", price=money(low, currency))


def fact(known: Fact) -> str:
    """Write what a fact says, with its unit; a file may hold a mark such as ``&trade;`` where people see ™."""
    value = f"{known.value} {known.unit}" if known.unit and not known.value.endswith(known.unit) else known.value
    return html.unescape(value)


def today() -> str:
    """Write today's date with its weekday, as one says it."""
    if language() == "zh":
        return QLocale("zh_CN").toString(QDate.currentDate(), "M月d日 dddd")
    return QLocale("en_GB").toString(QDate.currentDate(), "dddd, MMMM d" if _american() else "dddd, d MMMM")


def day(number: int) -> str:
    """Write a day that is counted from 1970-01-01."""
    return date(dt.date(1970, 1, 1) + dt.timedelta(number))


def days(text: str) -> str:
    """Write each day that stands as 2026-11-26 in a text of the tasks or of a file as people here write it."""

    def written(found: re.Match[str]) -> str:
        try:
            return date(dt.date(*map(int, found.groups())))
        except ValueError:  # no day of the calendar
            return found.group()

    return _ISO_DAY.sub(written, text)


def date(on: dt.date) -> str:
    """Write a day with its month in words, so that nobody takes the month for the day."""
    form = "yyyy年M月d日" if language() == "zh" else "MMM d, yyyy" if _american() else "d MMM yyyy"
    return _spoken(on, form)


def day_of_year(on: dt.date) -> str:
    """Write a day without its year."""
    return _spoken(on, "M月d日" if language() == "zh" else "MMM d" if _american() else "d MMM")


def month(on: dt.date) -> str:
    """Write a month with its year."""
    return _spoken(on, "yyyy年M月" if language() == "zh" else "MMM yyyy")


def month_of(kept: str) -> str:
    """Write a month kept as "2026-11"; what is none as it stands."""
    year, _dash, number = kept.partition("-")
    return month(dt.date(int(year), int(number), 1)) if year.isdecimal() and number.isdecimal() else kept


def _spoken(on: dt.date, form: str) -> str:
    return QLocale("zh_CN" if language() == "zh" else "en_GB").toString(QDate(on.year, on.month, on.day), form)


def _american() -> bool:
    return locale().territory() == QLocale.Country.UnitedStates


def moment(when: str, timezone: str, *, whole: bool = False) -> str:
    """Write a stored UTC time in the shop's time zone; what cannot be read is shown as it stands.

    The year stands there where it is another than this one, and with ``whole`` always, as on paper.
    """
    shown, now = _there(when, timezone), _there(_now(), timezone)
    if shown is None or now is None:
        return when
    on = _python_day(shown)
    day = date(on) if whole or on.year != now.date().year() else day_of_year(on)
    return f"{day} {_time(shown)}" if language() == "zh" else f"{day}, {_time(shown)}"


def lately(when: str, timezone: str) -> str:
    """Write the time of something of today, the day of what is older; nothing for what cannot be read."""
    shown, now = _there(when, timezone), _there(_now(), timezone)
    if shown is None or now is None:
        return ""
    if shown.date() == now.date():
        return _time(shown)
    on = _python_day(shown)
    return day_of_year(on) if on.year == now.date().year() else date(on)


def today_in(timezone: str) -> dt.date:
    """Return the day it is in a time zone."""
    shown = _there(_now(), timezone)
    return dt.date.today() if shown is None else _python_day(shown)


def _there(when: str, timezone: str) -> QDateTime | None:
    read = QDateTime.fromString(when, Qt.DateFormat.ISODateWithMs)
    if not read.isValid():
        return None
    read.setTimeZone(QTimeZone.utc())
    zone = QTimeZone(timezone.encode())
    return read.toTimeZone(zone) if zone.isValid() else read.toLocalTime()


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _python_day(shown: QDateTime) -> dt.date:
    day = shown.date()
    return dt.date(day.year(), day.month(), day.day())


def _time(shown: QDateTime) -> str:
    return locale().toString(shown.time(), QLocale.FormatType.ShortFormat)


def duration(seconds: float) -> str:
    """Say about how long something takes: "under a minute", "about 6 minutes", "about 2 hours"."""
    if seconds < 50:
        return _("under a minute")
    minutes = round(seconds / 60) or 1
    if minutes < 90:
        return several("about {count} minute", "about {count} minutes", minutes)
    return several("about {count} hour", "about {count} hours", round(minutes / 60))


def size(count: int) -> str:
    """Write a number of bytes in the largest unit that keeps it readable."""
    return locale().formattedDataSize(count, 0 if count < 10_000_000 else 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def size_of(done: int, total: int) -> str:
    """Write how many bytes of how many there are, both in the unit of the whole: "373 of 1,500 MB"."""
    unit, name, places = (1e9, "GB", 1) if total >= 10e9 else (1e6, "MB", 0) if total >= 1e6 else (1e3, "kB", 0)
    far, whole = (locale().toString(n / unit, "f", places) for n in (done, total))
    return _("{done} of {total}", done=far, total=f"{whole} {name}")


def read_amount(typed: str) -> Decimal | None:
    """Read an amount as typed ("12.50", "12,50", "1.299,00", "¥1,299"); None for nothing, ValueError for no number."""
    text = "".join(c for c in typed if c.isdigit() or c in ".,-")
    if not typed.strip():
        return None
    if not any(c.isdigit() for c in text) or any(c.isalpha() for c in typed.strip(" ¥$€£₩₹")):
        raise ValueError(typed)
    point = max(text.rfind("."), text.rfind(","))
    if point >= 0:
        whole, rest = text[:point], text[point + 1 :]
        both = "." in text and "," in text
        # One mark with three digits after it parts thousands, unless this locale writes its cents with that mark.
        thousands = (
            not both and len(rest) == 3 and (text.count(text[point]) > 1 or text[point] != locale().decimalPoint())
        )
        whole = whole.replace(".", "").replace(",", "")
        text = whole + rest if thousands else f"{whole or '0'}.{rest or '0'}"
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise ValueError(typed) from error


def read_grams(typed: str) -> Decimal | None:
    """Read a weight as typed, in grams unless it says otherwise ("900", "0.9 kg", "2斤"); ValueError for no weight."""
    text = typed.strip().casefold()
    unit = next((unit for unit in _GRAMS if text.endswith(unit)), "")
    try:
        value = read_amount(text.removesuffix(unit))
    except ValueError as error:
        raise ValueError(typed) from error
    if value is None and text:
        raise ValueError(typed)
    return None if value is None else value * _GRAMS.get(unit, 1)
