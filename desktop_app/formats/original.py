"""The merchant's own file with some cells changed and every other byte as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.errors import UserError
from desktop_app.formats import cells
from desktop_app.formats.original_sheet import put_cells
from desktop_app.formats.outgoing import comment, paragraphs
from desktop_app.formats.reading import Reading, numbered
from desktop_app.formats.records_of_text import records
from desktop_app.words import _

_FIELDS = {"seo": "seo_description", "bullets": "description", "alt": "image.alt"}
# Columns that an import has no use for and a text goes back into, by their headers in compared form.
_HEADERS = {
    "keywords": ("meta keywords", "meta keyword", "generic keywords", "search terms", "关键词", "搜索词", "关键字"),
    "points": ("subtitle", "item highlights", "selling points", "卖点", "商品卖点", "副标题"),
}
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PLAIN = {"title", "seo_title", "seo_description", "seo", "image.alt", "keywords", "points"}


@dataclass(frozen=True, slots=True)
class _Span:
    """A cell in the text of its record: where it starts and ends, quotes included."""

    start: int
    end: int
    quoted: bool


def put_texts(data: bytes, reading: Reading | str, texts: Mapping[int, Mapping[str, str]]) -> bytes:
    """Return the file with the texts of some rows replaced; ``reading`` may be the plan that was kept of it.

    ``texts`` is row → field → plain text; in a column of HTML the text becomes paragraphs. Raises UserError when the
    file has no such column or row, when its encoding cannot write a character, or for XLS and ODS.
    """
    if isinstance(reading, str):
        reading = Reading.from_plan(reading)
    if not texts:
        return data
    wanted = {field for fields in texts.values() for field in fields} - {"metadata"}
    places = _places(reading, wanted)
    if "seo" in wanted and (title := _place(reading, "seo_title")) is not None:
        places["seo_title"] = title
    marked = _html_columns(data, reading, set(places.values()))
    changes: dict[int, dict[int, str]] = {}
    for row, fields in texts.items():
        for field, text in _joined(fields).items():
            if field not in places:
                continue  # a search title where the file has a search description only
            place = places[field]
            shown = text
            if place in marked and field not in _PLAIN:
                shown = paragraphs(text) + comment(fields.get("metadata", ""))
            changes.setdefault(row, {})[place] = shown.replace("\r\n", "\n")
    return _in_text(data, reading, changes) if reading.encoding else put_cells(data, reading, changes)


def _joined(fields: Mapping[str, str]) -> dict[str, str]:
    """Return one text a column: bullet points go below the description they belong to."""
    joined = {_FIELDS.get(field, field): text for field, text in fields.items() if field not in ("bullets", "metadata")}
    title, cut, meta = fields.get("seo", "").partition("\n")
    if cut:
        joined |= {"seo_title": title, "seo_description": meta}
    if "points" in joined:
        joined["points"] = " ".join(joined["points"].split("\n"))  # one line there
    if "bullets" in fields:
        joined["description"] = "\n\n".join(filter(None, (fields.get("description"), fields["bullets"])))
    return joined


def _places(reading: Reading, fields: Iterable[str]) -> dict[str, int]:
    found = {}
    for field in {_FIELDS.get(field, field) for field in fields}:
        if (place := _place(reading, field)) is not None:
            found[field] = place
        else:
            raise UserError(
                "{name} has no column for {what}, so the texts cannot be put into it. Export to Shopify instead, "
                "or add such a column to the file and import it again.",
                name=reading.name,
                what=_called(field),
            )
    return found


def _place(reading: Reading, field: str) -> int | None:
    """Return the column that a field's text goes into; None where the file has none."""
    roles = [role for _column, role in reading.mapping]
    if field in roles:
        return roles.index(field)
    if field == "description" and "short_description" in roles:
        return roles.index("short_description")
    names = [re.sub(r"[\W_]+", " ", header).strip().casefold() for header in reading.headers]
    return next((names.index(name) for name in _HEADERS.get(field, ()) if name in names), None)


def carried(reading: Reading | str, fields: Iterable[str]) -> frozenset[str]:
    """Return those of ``fields`` whose texts this file has a column for."""
    if isinstance(reading, str):
        reading = Reading.from_plan(reading)
    return frozenset(field for field in fields if _place(reading, _FIELDS.get(field, field)) is not None)


def _called(field: str) -> str:
    """Return what the texts of a field are called, for people."""
    names = {
        "description": _("descriptions"),
        "title": _("titles"),
        "seo_title": _("search titles"),
        "seo_description": _("search descriptions"),
    }
    return names.get(field, field)


def _html_columns(data: bytes, reading: Reading, places: set[int]) -> set[int]:
    """Return the columns that hold HTML: by the format, or because a cell of them does."""
    if reading.format != "table" or reading.dialect in {"magento", "prestashop"}:
        return places
    found: set[int] = set()
    for number, record in numbered(data, reading):
        if number >= reading.first_row and isinstance(record, list):
            found |= {p for p in places - found if p < len(record) and cells.is_html(record[p])}
            if found == places:
                break
    return found


def _in_text(data: bytes, reading: Reading, changes: Mapping[int, Mapping[int, str]]) -> bytes:
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark) or reading.encoding
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    try:
        body = data[len(mark) :].decode(encoding, errors)
    except UnicodeDecodeError:
        body = ""
    if body.encode(encoding, errors) != data[len(mark) :]:
        raise UserError(
            "{name} has bytes that do not fit its encoding, so it cannot be given back unchanged around the texts. "
            "Export to Shopify instead.",
            name=reading.name,
        )
    parts: list[bytes] = [mark]
    done = at = row = 0
    left = set(changes)
    lines_of = io.StringIO(body, newline="")
    for record, lines in records(lines_of, reading.delimiter, reading.quoted, len(reading.headers)):
        start, at = at, at + sum(map(len, lines))
        row += record is not None
        if record is None or row not in left:
            continue
        left.discard(row)
        if not isinstance(record, list):
            raise UserError(
                "Row {row} of {name} is damaged, so no text can be put into it.", row=row, name=reading.name
            )
        parts.append(body[done:start].encode(encoding, errors))
        parts.append(_record(body[start:at], record, reading, row, changes[row], (encoding, errors)))
        done = at
    if left:
        raise UserError("{name} has no row {row}. Import the file again.", name=reading.name, row=min(left))
    parts.append(body[done:].encode(encoding, errors))
    return b"".join(parts)


def _record(
    text: str, record: list[str], reading: Reading, row: int, cells_of: Mapping[int, str], codec: tuple[str, str]
) -> bytes:
    spans = _spans(text, reading.delimiter, reading.quoted)
    if len(spans) != len(record):
        raise UserError("Row {row} of {name} is damaged, so no text can be put into it.", row=row, name=reading.name)
    every = reading.quoted and all(span.quoted for span in spans)
    parts: list[str] = []
    done = 0
    for place in sorted(cells_of):
        new = cells_of[place]
        if place >= len(spans):  # the row is short: the cells between are there now, and empty
            last = spans[-1].end
            parts += [text[done:last], reading.delimiter * (place - len(spans) + 1)]
            done = last
            spans += [_Span(last, last, False)] * (place - len(spans) + 1)
            parts.append(_cell(new, reading, every))
            continue
        span = spans[place]
        parts += [text[done : span.start], _cell(new, reading, span.quoted or every)]
        done = span.end
    parts.append(text[done:])
    whole = "".join(parts)
    try:
        return whole.encode(*codec)
    except UnicodeEncodeError:
        raise _cannot_say("".join(cells_of.values()), reading) from None


def _cannot_say(text: str, reading: Reading) -> UserError:
    bad = []
    for char in dict.fromkeys(text):
        try:
            char.encode(reading.encoding.removesuffix("-sig"))
        except UnicodeEncodeError:
            bad.append(char)
    return UserError(
        "{name} is written in {encoding}, which has no {characters}. Change the text, or save the file as UTF-8 and "
        "import it again.",
        name=reading.name,
        encoding=reading.encoding,
        characters=" ".join(bad[:10]),
    )


def _cell(text: str, reading: Reading, quote: bool) -> str:
    """Return ``text`` as a cell of this file, quoted where it must be or where its neighbours are."""
    if not reading.quoted:
        return re.sub(r"[\r\n]+", " ", text).replace(reading.delimiter, " ")
    must = quote or any(mark in text for mark in (reading.delimiter, '"', "\n", "\r")) or text != text.strip()
    return '"' + text.replace('"', '""') + '"' if must else text


def _spans(text: str, delimiter: str, quoted: bool) -> list[_Span]:
    """Return where the cells of one record stand in its text, by the rules of the ``csv`` module."""
    found: list[_Span] = []
    end = len(text.rstrip("\r\n"))  # a record that csv has read ends outside of quotes
    at = 0
    while True:
        start, is_quoted = at, quoted and text.startswith('"', at)
        if is_quoted:
            at += 1
            while (mark := text.find('"', at)) >= 0 and text.startswith('""', mark):
                at = mark + 2
            at = len(text) if mark < 0 else mark + 1
        while at < end and text[at] != delimiter:
            at += 1
        found.append(_Span(start, min(at, max(end, start)), is_quoted))
        if at >= end:
            return found
        at += 1
