"""Any table of what was sold, as lines: order, product, quantity, day, price, customer; and baskets without a header.

Columns are known by what they are called, in several languages, and where there is no header by what stands in them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from desktop_app.errors import UserError
from desktop_app.formats import cells, encodings, headers, workbooks
from desktop_app.formats.reading import load, open_text

Role = Literal["order", "item", "name", "quantity", "date", "price", "amount", "customer"]
ROLES: tuple[Role, ...] = get_args(Role)
SAMPLE = 400  # rows looked at to tell what a column holds

_SPOKEN: dict[Role, str] = {
    "order": "invoice no|invoiceno|invoice|invoice number|invoice id|order id|orderid|order number|order no|order|name|"
    "transaction|transaction id|receipt|receipt no|basket|basket id|bestellnummer|rechnungsnummer|commande|pedido|"
    "номер заказа|заказ|订单号|订单编号|订单|交易号|单号|主订单编号|父订单编号|小票号",
    "item": "stock code|stockcode|sku|item sku|lineitem sku|product id|product|item|item id|product code|item code|"
    "article|artikelnummer|artikel|ref|reference|codigo|asin|артикул|商品编码|商品id|商品编号|货号|商家编码|sku编码|"
    "产品编号|条码|barcode",
    "name": "description|product name|item name|lineitem name|product title|title|bezeichnung|artikelname|descripcion|"
    "designation|наименование|название|商品名称|商品标题|宝贝标题|商品|品名|产品名称|名称",
    "quantity": "quantity|qty|units|units sold|lineitem quantity|pieces|count|menge|anzahl|quantite|cantidad|"
    "количество|数量|销量|购买数量|商品数量|件数",
    "date": "invoice date|invoicedate|date|order date|orderdate|created at|order purchase timestamp|purchase date|"
    "timestamp|paid at|time|day|datum|bestelldatum|fecha|дата|日期|下单时间|订单创建时间|付款时间|交易时间|时间|"
    "订单付款时间|订单提交时间",
    "price": "unit price|unitprice|price|lineitem price|item price|preis|einzelpreis|prix|precio|цена|单价|价格|售价|"
    "商品单价|商品价格",
    "amount": "amount|dollars|sales|revenue|total|line total|betrag|umsatz|montant|importe|сумма|金额|实付金额|销售额",
    "customer": "customer id|customerid|customer|customer no|client|client id|user|user id|buyer|email|cust id|kunde|"
    "kundennummer|cliente|клиент|покупатель|客户|客户编号|会员|会员id|买家|买家会员名|会员名",
}
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_SOLID = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\Z")


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line of a sale; what the file does not say is empty, a quantity it does not say is one."""

    order: str
    item: str
    name: str = ""
    quantity: float = 1.0
    day: dt.date | None = None
    price: float | None = None
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Sales:
    """The lines of a file in its order, which column was taken for what, and how many rows could not be read."""

    lines: tuple[SaleLine, ...]
    columns: tuple[tuple[Role, str], ...]
    skipped: int = 0


def sales_lines(path: Path, mapping: Iterable[tuple[str, str]] = ()) -> Sales:
    """Read a table of sales (CSV, TSV, spaces, XLSX); ``mapping`` is (column, role) where the guess is wrong.

    Raises UserError where no product can be told, naming the columns there are.
    """
    rows = _rows(load(path))
    if not rows:
        raise UserError("{name} is empty.", name=path.name)
    head = rows[0]
    places = _by_name(head)
    if len(places) >= 2 or mapping or (places and len({len(row) for row in rows[:SAMPLE]}) == 1):
        body = rows[1:]
        _overrule(places, head, mapping)
    elif _is_baskets(rows):
        return Sales(tuple(_baskets(rows)), (("item", ""),))
    else:
        head, body, places = [f"column {n}" for n in range(1, len(rows[0]) + 1)], rows, _by_content(rows)
    if "item" not in places and "name" in places:
        places["item"] = places["name"]
    if "item" not in places and not {"customer", "amount", "date"} <= set(places):
        raise UserError(
            "It is not clear which column of {name} is the product. It has: {columns}. "
            "Name it with --map COLUMN=item.", name=path.name, columns=", ".join(head[:12]),
        )  # fmt: skip
    lines = list(_lines(body, places))
    columns = tuple((role, head[place]) for role, place in places.items())
    return Sales(tuple(lines), columns, len(body) - len(lines))


def _rows(data: bytes) -> list[list[str]]:
    if workbooks.is_workbook(data):
        sheets = workbooks.sheet_names(data)
        return [list(row) for row in workbooks.rows(data, sheets[0]) if any(row)] if sheets else []
    text = open_text(data, encodings.detect(data).encoding).read()
    first = text[:20000].splitlines()[:60]
    marks = {mark: sum(mark in line for line in first) for mark in (",", ";", "\t", "|")}
    mark = max(marks, key=lambda m: marks[m])
    if not marks[mark]:
        return [line.split() for line in text.splitlines() if line.strip()]
    if mark == "," and marks[";"] == len(first) and marks[";"] >= marks[","]:
        mark = ";"  # decimals with a comma
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if any(c.strip() for c in row)]


@cache
def _names() -> dict[str, Role]:
    return {headers.fold(word): role for role, words in _SPOKEN.items() for word in words.split("|")}


def _by_name(head: Sequence[str]) -> dict[Role, int]:
    """Return role → place for the headers we know; the better known name wins where two claim a role."""
    known = _names()
    found: dict[Role, tuple[int, int]] = {}
    for place, cell in enumerate(head):
        words = headers.compared(cell.strip().lstrip("\ufeff")).words if len(cell) < 60 else ""
        words = words if words in known else headers.fold(cell)
        if role := known.get(words):
            rank = _SPOKEN[role].split("|").index(next(w for w in _SPOKEN[role].split("|") if headers.fold(w) == words))
            if role not in found or rank < found[role][0]:
                found[role] = (rank, place)
    return {role: place for role, (_rank, place) in found.items()}


def _overrule(places: dict[Role, int], head: Sequence[str], mapping: Iterable[tuple[str, str]]) -> None:
    for column, wanted in mapping:
        role = next((r for r in ROLES if r == wanted), None)
        if role is None:
            raise UserError("There is no field {field}. Known: {known}.", field=wanted, known=", ".join(ROLES))
        if column not in head:
            raise UserError("There is no column {column}. The file has: {known}.", column=column, known=", ".join(head))
        places[role] = list(head).index(column)


def _is_baskets(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether each row is a basket: words in rows of many lengths, hardly a number or a date among them."""
    some = rows[:SAMPLE]
    filled = [cell.strip() for row in some for cell in row if cell.strip()]
    numbers = sum(_number(cell) is not None or _ISO.match(cell) is not None for cell in filled)
    widths = {sum(1 for cell in row if cell.strip()) for row in some}
    return len(widths) > 2 and numbers < len(filled) * 0.2


def _baskets(rows: Sequence[Sequence[str]]) -> Iterator[SaleLine]:
    for number, row in enumerate(rows, 1):
        for item in dict.fromkeys(cell.strip() for cell in row):
            if item:
                yield SaleLine(str(number), item, item)


def _by_content(rows: Sequence[Sequence[str]]) -> dict[Role, int]:
    """Guess roles from what stands in nameless columns: dates, small whole numbers, amounts, codes that come again."""
    some = [row for row in rows[:SAMPLE] if len(row) == len(rows[0])]
    found: dict[Role, int] = {}
    for place in range(len(rows[0])):
        column = [row[place].strip() for row in some if row[place].strip()]
        if not column:
            continue
        numbers = [_number(cell) for cell in column]
        whole = all(n is not None and n == int(n) and "." not in cell for n, cell in zip(numbers, column, strict=True))
        if "date" not in found and all(_ISO.match(cell) or _SHORT.match(cell) or _SOLID.match(cell) for cell in column):
            found["date"] = place
        elif whole and max(abs(n) for n in numbers if n is not None) < 1000 and "quantity" not in found and found:
            found["quantity"] = place
        elif all(n is not None for n in numbers) and not whole and "amount" not in found:
            found["amount"] = place
        elif len(set(column)) <= len(column) and "customer" not in found and whole:
            found["customer"] = place
        elif "item" not in found and not whole:
            found["item"] = place
    return found


def _lines(body: Sequence[Sequence[str]], places: dict[Role, int]) -> Iterator[SaleLine]:
    day_first = _day_first(row[places["date"]] for row in body if "date" in places and places["date"] < len(row))
    width = max(places.values()) + 1
    days: dict[str, dt.date | None] = {}

    def cell(row: Sequence[str], role: Role) -> str:
        return row[places[role]].strip() if role in places else ""

    for number, row in enumerate(body, 1):
        if len(row) < width:
            continue
        date = cell(row, "date")
        if date not in days:
            days[date] = day_of(date, day_first)
        quantity = _number(cell(row, "quantity")) if "quantity" in places else 1.0
        customer = cell(row, "customer").removesuffix(".0")
        order = cell(row, "order") or (f"{customer} {date}" if customer else str(number))
        item = cell(row, "item")
        if quantity is None or ("date" in places and days[date] is None) or ("item" in places and not item):
            continue
        price = _number(cell(row, "price"))
        if price is None and (amount := _number(cell(row, "amount"))) is not None and quantity:
            price = amount / quantity
        yield SaleLine(order, item, cell(row, "name"), quantity, days[date], price, customer)


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        pass
    try:
        value = cells.number(cell)
    except ValueError:
        return None
    return None if value is None else float(value)


def day_of(cell: str, day_first: bool = False) -> dt.date | None:
    """Return the day a cell names (2011-12-09 08:50, 12/9/2011, 20111209, 2011年12月9日); None for anything else."""
    if (found := _ISO.match(cell)) or (found := _SOLID.match(cell)):
        year, month, day = (int(part) for part in found.groups())
    elif found := _SHORT.match(cell):
        first, second, year = (int(part) for part in found.groups())
        day, month = (first, second) if day_first or "." in found[0] else (second, first)
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _day_first(dates: Iterable[str]) -> bool:
    """Tell whether 3/4/2011 is the third of April: some first number over twelve, or only so the days do not jump."""
    pairs = [(int(m[1]), int(m[2]), int(m[3])) for cell in dates if (m := _SHORT.match(cell.strip()))]
    if any(first > 12 for first, _second, _year in pairs):
        return True
    if any(second > 12 for _first, second, _year in pairs):
        return False
    as_day = [(year, second, first) for first, second, year in pairs]
    as_month = [(year, first, second) for first, second, year in pairs]
    return _jumps(as_day) < _jumps(as_month)


def _jumps(days: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """Return how often the days go back, and how far they jump in all; the true reading does both least."""
    steps = [372 * (b[0] - a[0]) + 31 * (b[1] - a[1]) + b[2] - a[2] for a, b in itertools.pairwise(days)]
    return sum(step < 0 for step in steps), sum(map(abs, steps))
