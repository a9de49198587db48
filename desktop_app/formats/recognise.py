"""A first look at a file: how it is written, what it holds, which column is what; or why it is no products."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats import cells, combinations, dialects, encodings, groups, headers, mapper, twins, workbooks
from desktop_app.formats.reading import FORMATS, Format, Reading, load, numbered, open_text, signature
from desktop_app.formats.records_of_text import Broken, records
from desktop_app.words import _, several

_PREVIEW = 300
_NAMED = 8  # columns that are named when they are left out
_DELIMITERS = (",", ";", "\t", "|")
_LABELS = {"shopify": "Shopify", "shopify-legacy": "Shopify", "woocommerce": "WooCommerce"}


@dataclass(frozen=True, slots=True)
class _Page:
    """The first rows of a file or sheet, with how they were read and where the headers stand (0: nowhere)."""

    encoding: str
    damaged: bool
    delimiter: str
    quoted: bool
    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header_row: int


def look(
    path: Path | str,
    *,
    format: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    delimiter: str | None = None,
) -> Reading:
    """Recognise a file of products; what is given overrules what was recognised.

    ``mapping`` is column → field for some columns. With a mapping, even an empty one, nothing is refused as "no
    products" or "columns cannot be guessed": the person has taken over. Raises UserError otherwise for such files,
    and for what is unreadable or empty.
    """
    path = Path(path)
    data = load(path)
    wanted = None if mapping is None else dict(mapping)
    page = _page(data, path.name, encoding, sheet, delimiter)
    return recognised(path, data, page, format, wanted)


def look_at(data: bytes, name: str) -> Reading:
    """Recognise the bytes of a table whatever it holds; nothing is refused, the guesses stand."""
    path = Path(name)
    return recognised(path, data, _page(data, name, None, None, None), None, {})


def recognised(path: Path, data: bytes, page: _Page, format: str | None, wanted: dict[str, str] | None) -> Reading:
    """Return the reading of a page whose headers were found."""
    if page.header_row == 0 and wanted is None:
        if page.rows and (what := dialects.refused(page.rows[0])):
            raise _no_products(path.name, what)
        raise _no_guess(path.name)
    names, first, sample = _table(page)
    kind = _format(names, sample, format)
    key, label, own = dialects.known_table(names) if kind == "table" else ("", _LABELS[kind], {})
    if kind == "table" and key in {"", "prestashop"} and combinations.are(sample):
        key, label, own = combinations.dialect(names, sample)
    if kind == "table" and wanted is None and key != combinations.KEY and (what := dialects.refused(names)):
        raise _no_products(path.name, what)
    roles = _roles(kind, names, sample, own)
    if key == combinations.KEY:
        roles = combinations.placed(names, roles)
    units = tuple((name, unit) for name in names if (unit := headers.compared(name).unit))
    comma, doubtful = _marks(roles, sample)
    reading = Reading(
        path, path.name, kind, label or _("Table"), page.encoding, page.delimiter, page.sheet, page.sheets,
        page.header_row, names,
        tuple(tuple(row) for row in sample[:20]), tuple(zip(names, roles, strict=True)), signature(names), None,
        hashlib.sha256(data).hexdigest(), (), key, first, page.quoted, page.damaged, False, comma,
        units, currency=_currency(names, roles, sample), doubtful=doubtful,
    )  # fmt: skip
    if wanted:
        reading = reading.with_mapping(_named(reading, wanted).items())
    if wanted is None and key != combinations.KEY and not _enough(reading):
        raise _no_guess(path.name)
    return _counted(data, reading)


def _page(data: bytes, name: str, encoding: str | None, sheet: str | None, delimiter: str | None) -> _Page:
    if workbooks.is_workbook(data):
        return _workbook_page(data, name, sheet)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise UserError("{name} is a web page, not a table. Save it as XLSX or CSV and try again.", name=name)
    if head.startswith(
        (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"\x1f\x8b", b"7z\xbc\xaf", b"sqlite format", b"gguf")
    ):
        raise UserError("{name} is no table. Choose a CSV, TSV, XLSX, XLS or ODS file.", name=name)
    found = encodings.checked(data, encoding) if encoding else encodings.detect(data)
    lines = list(itertools.islice(open_text(data, found.encoding), 4000))
    if sum(line.count("\0") for line in lines) * 20 > sum(map(len, lines)):
        raise UserError("{name} is no table. Choose a CSV, TSV, XLSX, XLS or ODS file.", name=name)
    mark, quoted = _sniff(lines, delimiter)
    rows = [r for r, _text in itertools.islice(records(lines, mark, quoted), _PREVIEW) if isinstance(r, list)]
    return _Page(found.encoding, found.damaged, mark, quoted, "", (), tuple(map(tuple, rows)), _header_row(rows))


def _workbook_page(data: bytes, name: str, sheet: str | None) -> _Page:
    names = workbooks.sheet_names(data)
    if sheet is not None and sheet not in names:
        raise UserError("There is no sheet {sheet} in {name}.", sheet=sheet, name=name)
    best: _Page | None = None
    most = -1
    for each in (sheet,) if sheet else names:
        rows = list(itertools.islice(workbooks.rows(data, each), _PREVIEW))
        row = _header_row(rows)
        worth = _known(rows[row - 1]) + 1 if row else 0
        if rows and worth > most:
            best, most = _Page("", False, "", True, each, names, tuple(map(tuple, rows)), row), worth
    if best is None:
        raise UserError("{name} is empty.", name=name)
    return best


def _sniff(lines: Sequence[str], delimiter: str | None) -> tuple[str, bool]:
    """Return the delimiter under which most rows have the same, large number of cells, and whether quotes count."""
    if lines and lines[0][:4].lower() == "sep=" and lines[0][4:5] in _DELIMITERS:  # a hint for Excel
        return lines[0][4], True
    best, most = (",", True), 0.0
    for mark in (delimiter,) if delimiter else _DELIMITERS:
        for quoted in (True, False) if mark == "\t" else (True,):
            found = list(itertools.islice(records(lines, mark, quoted), _PREVIEW))[: _PREVIEW - 1]
            widths = [len(r) for r, _text in found if isinstance(r, list) and any(r)]
            broken = sum(1 for r, _text in found if isinstance(r, Broken))
            if not widths:
                continue
            usual = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w))
            worth = (widths.count(usual) / (len(widths) + 3 * broken)) * (usual - 1) ** 0.5
            if worth > most + 1e-9:
                best, most = (mark, quoted), worth
    return (delimiter, best[1]) if delimiter else best


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the row (from 1) that names the columns: the one with the most headers we know; 0 for none."""
    best, most = 0, 0.0
    width = max((len(row) for row in rows[:40]), default=0)
    for place, row in enumerate(rows[:20], 1):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) < min(2, width) or any(len(cell) > 200 for cell in filled):
            continue
        known = _known(row)
        if place > 1 and known < 3 and known < len(filled) and all(cell.strip() for cell in rows[0]):
            continue  # a row of data with a word or two that are headers elsewhere, below headers of the file's own
        worth = known * known / len(filled) + (1.0 if place == 1 and known >= 2 else 0.0)
        if worth > most + 0.5:
            best, most = place, worth
    return best or _nameless(rows)


def _nameless(rows: Sequence[Sequence[str]]) -> int:
    """Return 1 if the first row, though nothing in it is known, looks like headers: different words, no numbers."""
    first = [cell.strip() for cell in rows[0]] if rows else []
    words = (
        len(first) > 1
        and all(first)
        and len(set(first)) == len(first)
        and not any(c.isdigit() for h in first for c in h)
    )
    below = [cell for row in rows[1:20] for cell in row]
    return 1 if words and any(any(c.isdigit() for c in cell) for cell in below) else 0


def _known(row: Sequence[str]) -> int:
    """Return how many different headers we know stand in ``row``."""
    shop, woo = dialects.shopify_names(), dialects.woocommerce_roles(row)
    found: set[str] = set()
    for name, role in zip(row, woo, strict=True):
        words = headers.compared(name).words if len(name) < 100 else ""
        if words and (
            name.casefold().strip() in shop or role != "ignore" or mapper.is_known(words) or words in _spoken()
        ):
            found.add(words)
    return len(found)


def _spoken() -> frozenset[str]:
    """Return the words by which tables of other systems, or of no products, are known."""
    data = headers.table("dialects")
    signs = {word for dialect in data["dialect"] for listed in dialect["signs"] for word in listed}
    rules = {word for rule in data["refusal"] for key in ("any", "all") for word in rule.get(key, ())}
    return frozenset(signs | {word for word in rules if not word.startswith("~")})


def _table(page: _Page) -> tuple[tuple[str, ...], int, list[tuple[str, ...]]]:
    """Return headers, the number of the first row of data, and the rows of the preview."""
    if page.header_row == 0:
        width = max((len(row) for row in page.rows), default=0)
        return headers.unique([""] * width), 1, [row for row in page.rows if any(row)]
    names = [cell.strip().lstrip("\ufeff") for cell in page.rows[page.header_row - 1]]
    while names and not names[-1]:
        names.pop()
    first = page.header_row + 1
    for row in page.rows[page.header_row : page.header_row + 3]:  # Taobao and Amazon name their columns twice
        filled = [cell for cell in row if cell.strip()]
        again = _known(row) >= 3 and _known(row) * 2 >= len(filled)
        if not filled or not (again or dialects.known_table(row)[0]):
            break
        first += 1
    return headers.unique(names), first, [row for row in page.rows[first - 1 :] if any(row)]


def _format(names: Sequence[str], sample: Sequence[Sequence[str]], wanted: str | None) -> Format:
    if wanted is not None:
        for known in FORMATS:
            if wanted == known:
                return known
        raise UserError("There is no format called {format}. Known: {known}.", format=wanted, known=", ".join(FORMATS))
    shop = dialects.shopify(names)
    if shop == "shopify":
        return "shopify"
    if shop:
        return "shopify-legacy"
    return "woocommerce" if dialects.woocommerce(names, sample) else "table"


def _roles(kind: Format, names: Sequence[str], sample: Sequence[Sequence[str]], own: dict[str, str]) -> list[str]:
    if kind == "table":
        return mapper.guess(mapper.columns(names, sample), own)
    return dialects.woocommerce_roles(names) if kind == "woocommerce" else dialects.shopify_roles(names)


def _currency(names: Sequence[str], roles: Sequence[str], sample: Sequence[Sequence[str]]) -> str:
    """Return the one currency that stands with the prices or in their headers; "" for none and for several."""
    places = [place for place, role in enumerate(roles) if role in {"price", "sale_price", "compare_at"}]
    found = {cells.currency(row[place]) for row in sample for place in places if place < len(row)}
    found |= {cells.currency(part) for place in places for part in re.findall(r"[（(\[]([^)）\]]+)", names[place])}
    found.discard("")
    return next(iter(found)) if len(found) == 1 else ""


def _marks(roles: Sequence[str], sample: Sequence[Sequence[str]]) -> tuple[bool, bool]:
    """Return whether decimals are written with a comma, and whether the file's numbers leave that in doubt."""
    counted = {"price", "sale_price", "compare_at", "cost", "weight", "surcharge", "surcharge.weight"}
    places = [place for place, role in enumerate(roles) if role in counted]
    return cells.decimal_marks([row[place] for row in sample for place in places if place < len(row)])


def _named(reading: Reading, wanted: dict[str, str]) -> dict[str, str]:
    """Return the wished fields by the file's own headers; raises UserError for a column or a field there is not."""
    loose = {headers.compared(name).words: name for name in reversed(reading.headers)}
    loose |= {
        headers.letters(place).casefold(): name for place, name in enumerate(reading.headers) if not reading.header_row
    }
    found = {}
    for column, field in wanted.items():
        name = column if column in reading.headers else loose.get(headers.compared(column).words)
        if name is None:
            known = ", ".join(reading.headers)
            raise UserError("There is no column {column}. The file has: {known}.", column=column, known=known)
        own = {role for _column, role in reading.mapping}
        right = field in {*mapper.FIELDS, *own} or re.fullmatch(r"(?:option|fact):.+", field)
        if not right:
            raise UserError("There is no field {field}. Known: {known}.", field=field, known=", ".join(mapper.FIELDS))
        found[name] = field
    return found


def _enough(reading: Reading) -> bool:
    """Say whether the columns found make products: a title or a code, or an id and things said about it."""
    roles = [role for _column, role in reading.mapping]
    if {"title", "sku", "handle"} & set(roles):
        return len([role for role in roles if role != "ignore"]) > 1 or len(roles) == 1
    return ("id" in roles or "barcode" in roles) and sum(1 for role in roles if role not in {"ignore", "id"}) >= 2


def _counted(data: bytes, reading: Reading) -> Reading:
    """Return the reading with its number of rows and whether the rows of a product are scattered."""
    roles = [role for _column, role in reading.mapping]
    place = roles.index("handle") if "handle" in roles else -1
    alike = _Alike(roles, reading)
    seen: set[str] = set()
    silent = {n for n, role in enumerate(roles) if role == "ignore"}
    dropped: set[int] = set()
    last, rows, scattered = "", 0, False
    for row, record in numbered(data, reading):
        if row < reading.first_row or not record:
            continue
        rows += 1
        if silent and isinstance(record, list):
            dropped |= (told := {n for n in silent if n < len(record) and record[n].strip()})
            silent -= told
        if place >= 0 and isinstance(record, list) and len(record) > place:
            handle = record[place]
            if handle != last:
                scattered = scattered or handle in seen
                seen.add(last := handle)
        if alike.places and isinstance(record, list):
            alike.note(record)
    left = [reading.headers[n] for n in sorted(dropped) if not _bare(reading.headers[n])]
    said = combinations.notes() if reading.dialect == combinations.KEY else _notes(roles, rows)
    notes = (*said, *_left_out(left, reading))
    return replace(reading, rows=rows, scattered=scattered, twins=alike.found, notes=notes)


class _Alike:
    """Whether rows that nothing else keeps together carry one code, or one name beside sizes and colours."""

    def __init__(self, roles: Sequence[str], reading: Reading) -> None:
        kept = groups.kept_together(roles, reading)
        named = bool(twins.axes(roles, reading))
        self.places = {
            roles.index(role): set[str]() for role in ("sku", "title")
            if role in roles and not kept and (role == "sku" or named)
        }  # fmt: skip
        self._title = roles.index("title") if "title" in roles else -1
        self.found = False

    def note(self, record: Sequence[str]) -> None:
        """Look at one more row."""
        for place, seen in self.places.items():
            cell = record[place].strip() if place < len(record) else ""
            if cell in seen or (not cell and place == self._title):
                self.found = True
            if cell:
                seen.add(cell)


def _bare(header: str) -> bool:
    """Say whether a column has no name of the file's own."""
    return header.startswith("(")


def _left_out(columns: Sequence[str], reading: Reading) -> tuple[str, ...]:
    """Say which columns hold something and are not brought in."""
    if not columns:
        return ()
    shown = ", ".join(columns[:_NAMED]) + (" …" if len(columns) > _NAMED else "")
    if reading.format == "table" and not reading.dialect:
        one = "{count} column is not brought in; say what it holds to keep it: {names}"
        many = "{count} columns are not brought in; say what they hold to keep them: {names}"
    else:
        one = "{count} column of {system} is not brought in, which only that system reads: {names}"
        many = "{count} columns of {system} are not brought in, which only that system reads: {names}"
    return (several(one, many, len(columns), names=shown, system=reading.label),)


def _notes(roles: Sequence[str], rows: int) -> tuple[str, ...]:
    notes = []
    if rows == 0:
        notes.append(_("The file has column names and no rows."))
    if "title" not in roles:
        notes.append(_("The file has no product names: a name is made of the category and the number."))
    if not {"description", "short_description"} & set(roles):
        notes.append(_("The file has no descriptions."))
    return tuple(notes)


def _no_products(name: str, what: str) -> UserError:
    return UserError("{name} holds no products. It looks like {what}.", name=name, what=what)


def _no_guess(name: str) -> UserError:
    return UserError(
        "It is not clear which column of {name} is what. "
        "Choose the columns in the window, or name them with --map COLUMN=FIELD.",
        name=name,
    )
