"""One cell of a table → a value: prices, counts, weights, flags, lists, without what programs wrap around."""

from __future__ import annotations

import html
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from desktop_app.formats import headers
from desktop_app.records import ProductStatus

_ARABIC = str.maketrans("٫٬−", ".,-")
_NOTHING = {"-", "--", "—", "n/a", "na", "null", "none", "nil", "variable", "无", "暂无", "нет"}
_NUMBER = re.compile(r"[-+]?\d[\d.,'’ \u00a0\u202f]*")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}([.,])\d{3}(?![\d.,])")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2}")
_GUARDED = re.compile(r"'(?=[=+\-@\t]|\d+$)")
_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_EQUALS = re.compile(r'="(.*)"\Z', re.DOTALL)
_HTML = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)
_MEASURE = re.compile(r"([-+]?[\d.,]+)\s*([^\W\d_]+)\.?\Z")
_NEXT_ADDRESS = re.compile(r"\s*[,;|\n]\s*(?=https?://|/)|\s+(?=https?://)", re.IGNORECASE)
_NEXT_NAME = re.compile(r"\s*[,;|\n]\s*")


def plain(cell: str) -> str:
    """Return ``cell`` without the spaces, TABs and guards that exports put around codes: ``'007``, ``="007"``."""
    cell = cell.strip()
    if cell[:1] == "'" and _GUARDED.match(cell):
        return cell[1:].strip()
    if cell[:2] == '="' and (inside := _EQUALS.match(cell)):
        return inside[1]
    return cell


def is_shortened(code: str) -> bool:
    """Say whether a spreadsheet made a long number of a code, and kept its first digits only: 6.90123E+12."""
    return "E+" in code.upper() and _SHORTENED.fullmatch(code.upper()) is not None


@lru_cache(1 << 16)
def number(cell: str, comma: bool = False) -> Decimal | None:
    """Return the number in ``cell``, whatever stands around it (currency, spaces); None for an empty cell.

    ``comma`` says that this file writes decimals with a comma. Raises ValueError where there is no single number.
    """
    try:
        value = Decimal(cell)
        if value.is_finite() and "_" not in cell and not (comma and "." in cell):
            return value
    except InvalidOperation:
        pass
    cell = plain(unicodedata.normalize("NFKC", cell).translate(_ARABIC))
    if not cell or cell.casefold() in _NOTHING:
        return None
    found = _NUMBER.findall(cell)
    if len(found) != 1 or any(c.isdigit() for c in cell.replace(found[0], "", 1)):
        raise ValueError(cell)
    value = Decimal(_point(found[0], comma))
    return -value if _is_minus(cell, found[0]) else value


def unescaped(text: str) -> str:
    """Return a text with the characters that some exports write as ``&amp;`` or ``&#39;``; only whole marks count."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _is_minus(cell: str, found: str) -> bool:
    """Say whether a number is taken off though no sign stands right before it: (5.00), -$5.00, 5.00-; 5,- is five."""
    if found[0] in "+-":
        return False
    before, _number, after = cell.partition(found)
    if before.startswith("(") and after.endswith(")"):
        return True
    before = before.strip()
    sign = before[:1] == "-" or before[-1:] == "-"
    return sign or (after.strip()[:1] == "-" and found[-1] not in ".,")


def currency(cell: str) -> str:
    """Return the code of the currency that stands with an amount; "" for none, and for signs of several ($, ¥, kr)."""
    words = "".join(c for c in cell if not (c.isdigit() or c in " \u00a0\u202f.,'’+-−()")).strip().upper()
    if len(words) == 3 and words.isascii() and words.isalpha():
        return words
    return headers.currencies().get(words, "")


def whole(cell: str, comma: bool = False) -> int | None:
    """Return the whole number in ``cell`` (5.0 is 5); None for an empty one. Raises ValueError for anything else."""
    if cell.isascii() and cell.isdigit() and len(cell) < 16:
        return int(cell)
    value = number(cell, comma)
    if value is None:
        return None
    if abs(value) > 10**15:
        raise ValueError(cell)
    return int(value.to_integral_value())


def is_whole(cell: str, comma: bool = False) -> bool:
    """Say whether a cell holds a whole number and nothing that makes it another: 5, 5.0, 1,000; not 1.5 or >10."""
    if cell.isascii() and cell.isdigit():
        return True
    value = number(cell, comma)
    return value is not None and value == value.to_integral_value() and not any(mark in cell for mark in "<>~≥≤约+")


def has_three_decimals(cell: str) -> bool:
    """Say whether a count is written as 5.000."""
    return re.fullmatch(r"-?\d+[.,]\d{3}", cell.strip()) is not None


@lru_cache(1 << 15)
def measure(cell: str, unit: str, comma: bool = False) -> tuple[str, str]:
    """Return value and unit of a measurement: ``2,5 kg`` → ("2.5", "kg"); a bare number has the column's ``unit``."""
    cell = plain(cell)
    match = _MEASURE.match(cell)
    if match and headers.fold(match[2]) in headers.units():
        try:
            value = number(match[1], comma)
        except ValueError:
            return cell, ""
        return f"{value:f}" if value is not None else cell, headers.units()[headers.fold(match[2])]
    try:
        value = number(cell, comma)
    except ValueError:
        return cell, ""
    bare = cell.replace(",", ".", 1) if comma else cell
    return (bare, unit) if value is not None and _NUMBER.fullmatch(cell) else (cell, "")


@lru_cache(1 << 15)
def in_grams(value: Decimal, unit: str) -> Decimal | None:
    """Return a weight in grams, None where ``unit`` is no unit of weight."""
    factor = headers.grams().get(unit)
    if factor is None:
        return None
    weight = (value * Decimal(factor)).normalize()
    return weight if weight.as_tuple().exponent <= 0 else weight.quantize(Decimal(1))  # type: ignore[operator]


def weight_in_grams(value: str, unit: str) -> Decimal | None:
    """Return what a fact such as ("0.6", "kg") weighs in grams, None where it says no weight."""
    try:
        return in_grams(Decimal(value), unit)
    except InvalidOperation:
        return None


@lru_cache(1 << 10)
def status(cell: str) -> ProductStatus:
    """Return what a status cell says; what nobody knows counts as active, since the product is in the file."""
    word = headers.flat(cell)
    if word in headers.words_of("draft"):
        return "draft"
    return "archived" if word in headers.words_of("archived") else "active"


def says_no(cell: str) -> bool:
    """Say whether a flag is off."""
    return headers.flat(cell) in headers.words_of("no")


def is_flag(cell: str) -> bool:
    """Say whether ``cell`` is nothing but yes or no."""
    word = headers.flat(cell)
    return word in headers.words_of("no") or word in headers.words_of("yes")


def is_html(text: str) -> bool:
    """Say whether ``text`` holds HTML markup."""
    return "<" in text and _HTML.search(text) is not None


@lru_cache(1 << 13)
def split_list(cell: str) -> tuple[str, ...]:
    """Split a list in a cell by lines, else ``;``, ``|`` or commas; empty and double parts are left out."""
    for mark in ("\n", ";", "|", "；"):
        if mark in cell:
            break
    else:
        cell = (
            cell.replace("\\,", "\0").replace("，", ",").replace("、", ",")
        )  # WooCommerce: a comma in a value is "\\,"
        return tuple(dict.fromkeys(p for p in (part.strip().replace("\0", ",") for part in cell.split(",")) if p))
    return tuple(dict.fromkeys(part for part in map(str.strip, cell.split(mark)) if part))


def addresses(cell: str) -> list[str]:
    """Split a cell of picture addresses; a comma inside an address stays."""
    mark = _NEXT_ADDRESS if cell.lower().startswith(("http", "/")) else _NEXT_NAME
    parts = (part.strip().strip(",;|") for part in mark.split(cell))
    return [part for part in dict.fromkeys(parts) if part]


@lru_cache(1 << 13)
def category(cell: str) -> str:
    """Return the most exact category of a cell: the deepest path of a list, ``A > B``, without Magento's root."""
    if "\n" in cell:
        return ", ".join(split_list(cell))
    if ">" not in cell and "/" not in cell:
        return cell.strip()
    if cell.startswith("Default Category/") and "," not in cell:
        return " > ".join(cell.split("/")[1:])
    paths = [path.strip() for path in re.split(r"[,;|]\s*(?=[^,;|]*[>/]|[^,;|]*\Z)", cell) if path.strip()]
    mark = ">" if ">" in cell else "/"
    split = [[step.strip() for step in path.split(mark)] for path in paths]
    if mark == "/" and not any(len(steps) > 2 for steps in split):
        return cell.strip()
    steps = max(split, key=len)
    return " > ".join(steps[1:] if len(steps) > 1 and steps[0] == "Default Category" else steps)


def uses_comma(samples: list[str]) -> bool:
    """Say whether these number cells write decimals with a comma."""
    return decimal_marks(samples)[0]


def decimal_marks(samples: list[str]) -> tuple[bool, bool]:
    """Return whether these cells write decimals with a comma, and whether they leave that in doubt.

    They do where some write a comma and some a point, and where none has decimals.
    """
    commas = sum(1 for cell in samples if re.search(r"\d,\d{1,2}(?!\d)", cell) and not re.search(r",.*\.", cell))
    points = sum(1 for cell in samples if re.search(r"\d\.\d{1,2}(?!\d)", cell) and not re.search(r"\..*,", cell))
    return commas > points, bool(commas) == bool(points)


def two_ways(cell: str, comma: bool) -> bool:
    """Say whether an amount may be a thousand times as much: 1.250, or 1,250 where decimals have a comma."""
    found = _THOUSANDS.search(cell)
    return found is not None and (found[1] == "." or comma)


def _point(text: str, comma: bool) -> str:
    """Return ``text`` with a point before the decimals and nothing between the thousands."""
    text = re.sub(r"['’ \u00a0\u202f]", "", text).rstrip(".,")
    commas, points = text.count(","), text.count(".")
    if commas and points:
        decimal = max(",.", key=text.rfind)
    elif commas:
        thousands = commas > 1 or (not comma and len(text.rpartition(",")[2]) == 3 and not text.startswith("0,"))
        decimal = "" if thousands else ","
    else:
        thousands = points > 1 or (comma and len(text.rpartition(".")[2]) == 3)
        decimal = "" if thousands or not points else "."
    head, _mark, rest = text.rpartition(decimal) if decimal else (text, "", "")
    head = head.replace(",", "").replace(".", "")
    return f"{head}.{rest}" if rest else head
