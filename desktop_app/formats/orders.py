"""Order files of any shop system, and any table of what was sold: recognised by content, read as orders."""

from __future__ import annotations

import csv
import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats import cells, encodings, headers, moments, order_columns, workbooks
from desktop_app.formats.moments import day_first, likely_day_first
from desktop_app.formats.order_build import OrderBuilder, Row
from desktop_app.formats.reading import load, open_text
from desktop_app.formats.records_of_text import Broken, records
from desktop_app.records import Problem, Progress
from desktop_app.trade import Order
from desktop_app.words import _

SPACES = " "
_MARKS = (",", ";", "\t", "|")
_STEP = 5_000
_SIGNS = ("$", "¥", "￥", "kr")  # of several currencies each
_MONTH_FIRST = {"etsy", "ebay"}
_DAYS = {"date", "paid", "sent", "delivered", "cancelled"}
_SAMPLE = 3_000  # rows looked at to learn how dates and numbers are written


@dataclass(frozen=True)
class OrderReading:
    """What was recognised in a file of orders. Rows are counted from 1, the header row included."""

    path: Path
    name: str
    format: str  # "shopify", "amazon", …, "table", or "baskets" for rows of nothing but names of products
    label: str
    encoding: str  # a Python codec name; "" for a workbook
    delimiter: str  # " " for columns set apart by spaces, "" for a workbook
    sheet: str
    first_row: int
    headers: tuple[str, ...]
    mapping: tuple[tuple[str, str], ...]  # (column, field)
    sample: tuple[tuple[str, ...], ...]
    signature: str
    comma: bool = False
    first: bool | None = None  # dates begin with the day
    rows: int | None = None  # lines of text, which is no more than about as many
    coded: bool = False  # amounts stand with their currency
    currency: str = ""  # of amounts that stand without one; "" for the shop's own
    sign: str = ""  # that stands with the amounts and is of several currencies: "$", "¥", "kr"
    notes: tuple[str, ...] = ()  # plain sentences the merchant should see

    @property
    def channel(self) -> str:
        """What the orders' channel is called."""
        return "" if self.format in {"table", "baskets"} else self.format


def look_orders(
    path: Path | str,
    *,
    format: str | None = None,
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> OrderReading:
    """Recognise a file of orders; ``mapping`` (column → field) overrules what was guessed.

    Raises UserError for what is unreadable, empty or no orders, and for a wrong column, field or format.
    """
    path = Path(path)
    data = load(path)
    page = _page(data, path, encoding)
    names, first, body = _headed(page.rows, set(mapping or ()))
    if names:
        key, label, own = order_columns.dialect(names)
        roles = order_columns.roles(names, own)
        roles = roles if key else order_columns.people(names, roles, body)
    else:
        key, label, names, roles = _nameless(body)
    if format is not None:
        key, label, roles = _wished(format, names, roles, key, label)
    for column, field in (mapping or {}).items():
        roles[_place(names, column)] = _checked(field)
    if (
        key != "baskets"
        and not mapping
        and not order_columns.is_orders(roles)
        and not {"account", "date"} <= set(roles)
    ):
        raise UserError(
            "{name} does not look like orders. Say what its columns hold with --map COLUMN=FIELD; it has: {columns}.",
            name=path.name, columns=", ".join(names[:12]),
        )  # fmt: skip
    sample = tuple(tuple(row) for row in body[:20])
    reading = OrderReading(
        path, path.name, key or "table", label or _("Table"), page.encoding, page.delimiter, page.sheet, first, names,
        tuple(zip(names, roles, strict=True)), sample,
        "orders:" + hashlib.sha256("\x1f".join(names).encode("utf-8", "replace")).hexdigest()[:32],
    )  # fmt: skip
    return _measured(data, reading, body)


def look_anyhow(path: Path | str, *, format: str | None = None, encoding: str | None = None) -> OrderReading:
    """Return the columns of a table nobody can guess, for a person to say: its first row names them if it is words.

    Raises UserError for what is unreadable or no table.
    """
    bare = look_orders(path, format=format, encoding=encoding, mapping={"A": "ignore"})
    first = [cell.strip() for cell in bare.sample[0]] if bare.sample and bare.headers[:1] == ("(A)",) else []
    if len(first) < 2 or len(set(first)) < len(first) or not all(map(_is_word, first)):
        return bare
    return look_orders(path, format=format, encoding=encoding, mapping=dict.fromkeys(first, "ignore"))


def _is_word(cell: str) -> bool:
    return bool(cell) and any(c.isalpha() for c in cell) and not any(c.isdigit() for c in cell)


@dataclass(frozen=True, slots=True)
class _Page:
    encoding: str
    delimiter: str
    sheet: str
    rows: list[list[str]]


def _page(data: bytes, path: Path, encoding: str | None) -> _Page:
    if workbooks.is_workbook(data):
        best = _Page("", "", "", [])
        for sheet in workbooks.sheet_names(data):
            rows = list(itertools.islice(workbooks.rows(data, sheet), _SAMPLE))
            if _best(rows) > (_best(best.rows) if best.rows else -1):
                best = _Page("", "", sheet, rows)
        if not best.rows:
            raise UserError("{name} is empty.", name=path.name)
        return best
    found = encodings.checked(data, encoding) if encoding else encodings.detect(data)
    lines = list(itertools.islice(open_text(data, found.encoding), _SAMPLE))
    if sum(line.count("\0") for line in lines) * 20 > sum(map(len, lines)):
        raise UserError("{name} is no table. Choose a CSV, TSV, XLSX, XLS or ODS file.", name=path.name)
    mark = _mark(lines)
    rows = [row or [] for row in itertools.islice(_text_rows(lines, mark), _SAMPLE)]
    return _Page(found.encoding, mark, "", rows)


def _mark(lines: Sequence[str]) -> str:
    """Return what stands between the cells: the mark under which the most headers are known, else the commonest."""
    head = [line for line in lines[:60] if line.strip()]
    known = {mark: _best([_split(line, mark) for line in head[:20]]) for mark in _MARKS}
    if max(known.values()) >= 2:
        return max(known, key=lambda mark: known[mark])
    often = {mark: sum(mark in line for line in head) for mark in _MARKS}
    best = max(often, key=lambda mark: often[mark])
    if often[best] * 2 > len(head):
        return best
    spaced = {len(line.split()) for line in head}
    return SPACES if len(spaced) == 1 and max(spaced, default=0) > 1 else best if often[best] else ","


def _best(rows: Sequence[Sequence[str]]) -> int:
    return max((order_columns.known(row) for row in rows[:20]), default=0)


def _split(line: str, mark: str) -> list[str]:
    return line.rstrip("\r\n").replace('"', "").split(mark)


def _text_rows(lines: Iterable[str], mark: str) -> Iterator[list[str] | None]:
    if mark == SPACES:
        for line in lines:
            yield line.split()
        return
    for record, _lines in records(lines, mark):
        if record is not None:
            yield None if isinstance(record, Broken) else record


def _headed(rows: Sequence[Sequence[str]], named: set[str]) -> tuple[tuple[str, ...], int, list[list[str]]]:
    """Return the headers, the number of the first row of data, and the rows looked at; no headers, for none.

    ``named`` are columns a person spoke of: a first row that has them all is the headers, known or not.
    """
    best, most = -1, 1
    if named and rows and named <= {cell.strip() for cell in rows[0]}:
        best, most = 0, len(rows[0])
    for place, row in enumerate(rows[:20]):
        filled = sum(1 for cell in row if cell.strip())
        known = order_columns.known(row)
        if known > most and known * 4 >= filled:
            best, most = place, known
    if best < 0:
        return (), 1, [list(row) for row in rows if any(row)]
    names = [cell.strip().lstrip("\ufeff").strip() for cell in rows[best]]
    while names and not names[-1]:
        names.pop()
    return headers.unique(names), best + 2, [list(row) for row in rows[best + 1 :] if any(row)]


def _nameless(body: Sequence[Sequence[str]]) -> tuple[str, str, tuple[str, ...], list[str]]:
    if not body:
        return "", "", (), []
    width = max(map(len, body))
    names = headers.unique([""] * width)
    if order_columns.is_baskets(body[:400]):
        return "baskets", _("Baskets"), names, ["line.title"] * width
    return "", "", names, order_columns.by_content(body[:400])


def _wished(format: str, names: tuple[str, ...], roles: list[str], key: str, label: str) -> tuple[str, str, list[str]]:
    known = {d["key"]: d for d in headers.table("orders")["dialect"]}
    if format == "baskets":
        return "baskets", _("Baskets"), ["line.title"] * len(names)
    if format == "table":
        return "", "", order_columns.roles(names, {}) if key else roles
    if format not in known:
        raise UserError(
            "There is no format called {format}. Known: {known}.",
            format=format, known=", ".join([*known, "table", "baskets"]),
        )  # fmt: skip
    own = {headers.fold(word): role for word, role in known[format]["roles"].items()}
    return format, known[format]["label"], order_columns.roles(names, own)


def _place(names: Sequence[str], column: str) -> int:
    loose = {headers.fold(name): n for n, name in reversed(list(enumerate(names)))}
    loose |= {headers.letters(n).casefold(): n for n in range(len(names)) if headers.letters(n).casefold() not in loose}
    found = names.index(column) if column in names else loose.get(headers.fold(column))
    if found is None:
        raise UserError("There is no column {column}. The file has: {known}.", column=column, known=", ".join(names))
    return found


def _checked(field: str) -> str:
    if field not in order_columns.all_fields():
        known = ", ".join(order_columns.all_fields())
        raise UserError("There is no field {field}. Known: {known}.", field=field, known=known)
    return field


def _measured(data: bytes, reading: OrderReading, body: Sequence[Sequence[str]]) -> OrderReading:
    """Learn how numbers and dates are written, and about how many rows there are."""
    money = [
        n for n, (_c, role) in enumerate(reading.mapping) if role in {"line.price", "line.amount", "total", "shipping"}
    ]
    comma = cells.uses_comma([row[n] for row in body for n in money if n < len(row)])
    first, note = _days(reading, body)
    codes = {code for row in body for n in money if n < len(row) and (code := cells.currency(row[n]))}
    usual = order_columns.currency(reading.format) or (next(iter(codes)) if len(codes) == 1 else "")
    notes = tuple(filter(None, (note, _priceless(reading), _dayless(reading))))
    signs = Counter(sign for row in body for n in money if n < len(row) for sign in _SIGNS if sign in row[n])
    sign = next(iter(signs), "") if not usual and "currency" not in {role for _name, role in reading.mapping} else ""
    ends = max(data.count(b"\n"), data.count(b"\r"))
    rows = ends if reading.encoding else sum(1 for _row in order_rows(data, reading))
    rows = max(rows - reading.first_row + 1, 0)
    return replace(
        reading, comma=comma, first=first, rows=rows, coded=bool(codes), currency=usual, sign=sign, notes=notes
    )


def _days(reading: OrderReading, body: Sequence[Sequence[str]]) -> tuple[bool | None, str]:
    """Return whether days begin with the day, and what to say where no cell of the file settles it."""
    places = [(n, name) for n, (name, role) in enumerate(reading.mapping) if role in _DAYS]
    found = [row[n] for n, _name in places for row in body if n < len(row)]
    first = day_first(found)
    if first and (turned := next((c for c in found if day_first([c]) is False), "")):
        return first, _("Days are written both ways in this file, as “{one}” and as “{other}”. Where only one way "
                        "makes sense it is taken; all others are read with the day first.",
                        one=next(c for c in found if day_first([c])), other=turned)  # fmt: skip
    spoken = next((cell for cell in found if moments.is_short(cell)), "")
    if first is not None or not spoken or "." in spoken.split()[0]:
        return first, ""
    if reading.format in _MONTH_FIRST:
        return False, ""
    if any(order_columns.says_day_first(name) for _n, name in places):
        return True, ""
    first = bool(likely_day_first(found))
    day = moments.moment(spoken, first)[:10]
    return first, _("It is not certain whether days begin with the day or the month: “{cell}” is read as {day}.",
                    cell=spoken, day=day)  # fmt: skip


def _priceless(reading: OrderReading) -> str:
    roles = {role for _name, role in reading.mapping}
    back = "line.returned" in roles and "line.quantity" not in roles  # a list of what came back sells nothing
    if back or reading.format == "baskets" or roles & {"line.price", "line.amount", "total"}:
        return ""
    return _("No column was recognised as a price or a sum, so these sales would count for nothing.")


def _dayless(reading: OrderReading) -> str:
    roles = {role for _name, role in reading.mapping}
    if reading.format == "baskets" or roles & {*_DAYS, "line.back", "line.returned"}:
        return ""
    return _("No column was recognised as a day, so these orders stand on none and in no span of time.")


def order_rows(data: bytes, reading: OrderReading) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each row of the file with its number, None for one that cannot be read."""
    if not reading.encoding:
        yield from enumerate(workbooks.rows(data, reading.sheet), 1)
        return
    lines = open_text(data, reading.encoding)
    if reading.delimiter == SPACES or b'"' in data:
        yield from enumerate(_text_rows(lines, reading.delimiter), 1)
    else:  # nothing is quoted, so nothing can be broken
        yield from enumerate(csv.reader(lines, delimiter=reading.delimiter), 1)


def read_orders(reading: OrderReading, data: bytes | None = None) -> Iterator[Order | Problem | Progress]:
    """Yield the orders of a file, the rows that cannot be read, and now and then how far it is (in rows)."""
    data = load(reading.path) if data is None else data
    builder = OrderBuilder(
        reading.mapping, reading.channel, reading.comma, reading.first, reading.format, reading.coded, reading.currency
    )
    heads = [name for name, _role in reading.mapping]
    key_at = next((n for n, (_c, role) in enumerate(reading.mapping) if role == "number"), -1)
    width, told = len(reading.headers), reading.first_row
    rows = itertools.islice(order_rows(data, reading), reading.first_row - 1, None)
    waiting: list[Row] = []  # the rows of one order
    short: list[int] = []  # rows with too few cells
    cell = key = ""
    for row in rows:
        number, record = row
        if record is None:
            yield _broken(number)
            continue
        if len(record) < width:
            short.append(number)
            record += [""] * (width - len(record))
        own = record[key_at] if key_at >= 0 else ""
        if own != cell or not own:
            if waiting and not own.strip() and builder.goes_on(record):
                waiting.append((number, record))
                continue
            cell, before = own, key
            key = own.strip()  # files put spaces around a number now and then
            if waiting and key != before:
                yield from builder.orders(waiting)
                waiting = []
                if number - told >= _STEP:
                    told = number
                    yield Progress(told - reading.first_row, reading.rows)
            if key and key == heads[key_at] and _is_header(record, heads):
                key = ""  # files put one behind another bring their headers again
                continue
            if not key:
                if any(record):
                    yield from builder.orders([(number, record)])
                continue
        waiting.append((number, record))
    if waiting and short == [waiting[-1][0]] and reading.encoding and _is_cut(data, waiting[-1][1], reading):
        yield Problem(waiting.pop()[0], "", _("The file ends in the middle of this row, so it was left out."))
    if waiting:
        yield from builder.orders(waiting)
    yield Progress(reading.rows or 0, reading.rows)


def _is_header(record: Sequence[str], heads: Sequence[str]) -> bool:
    same = sum(cell.strip() == name for cell, name in zip(record, heads, strict=False))
    return same * 2 > len(heads)


def _is_cut(data: bytes, record: Sequence[str], reading: OrderReading) -> bool:
    """Say whether a file stops within its last row: no line ends there, and what an order is made of is missing."""
    told = [role for cell, (_name, role) in zip(record, reading.mapping, strict=False) if cell]
    needed = {role for _name, role in reading.mapping if role in _DAYS | {"total"} or role.startswith("line.")}
    return not data.rstrip(b"\0").endswith((b"\n", b"\r")) and bool(needed - set(told))


def _broken(number: int) -> Problem:
    return Problem(number, "", _("A quote in this row is never closed, so it was left out."))
