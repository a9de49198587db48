"""The rows of a file one by one, each as wide as the headers, and the ones that cannot be read as problems."""

from __future__ import annotations

import operator
from collections.abc import Iterator

from desktop_app.formats import encodings, headers
from desktop_app.formats.groups import Row
from desktop_app.formats.reading import Reading, numbered
from desktop_app.formats.records_of_text import Broken, Record
from desktop_app.records import Problem
from desktop_app.words import _


def rows(data: bytes, reading: Reading) -> Iterator[Row | Problem]:
    """Yield every row of data. A problem without a column is a row left out; with one, only that cell is."""
    width, first, simple = len(reading.headers), reading.first_row, not reading.damaged
    held: tuple[int, Record] | None = None
    for following in numbered(data, reading):
        if held is not None:
            number, record = held
            if simple and type(record) is list and len(record) == width and number >= first:
                if any(record):
                    yield from _plain(number, record, reading)
            elif number >= first:
                yield from _careful(number, record, reading, False)
        held = following
    if held is not None and held[0] >= first:
        unended = bool(reading.encoding) and not data.endswith((b"\n", b"\r", b"\n\0", b"\r\0"))
        yield from _careful(*held, reading, unended)


def _plain(number: int, record: list[str], reading: Reading) -> Iterator[Row | Problem]:
    """Yield a row unless it is the headers again, or only adds up the others."""
    if record[0] == reading.headers[0] and sum(map(operator.eq, record, reading.headers)) * 2 > len(record):
        return
    if headers.is_total(record):
        yield Problem(number, "", _("This row only adds up the others, so it was left out."))
        return
    yield Row(number, record)


def _careful(number: int, record: Record, reading: Reading, unended: bool) -> Iterator[Row | Problem]:
    """Yield one row that may be wrong; ``unended`` says that the file ends with it and without a line end."""
    width = len(reading.headers)
    if isinstance(record, Broken):
        yield _unclosed(number, record, reading)
        return
    if not any(record) or record == ["\x1a"]:  # old programs end a file with Ctrl-Z
        return
    if unended and (len(record) < width or (reading.damaged and record[-1].endswith("\ufffd"))):
        yield Problem(number, "", _("The file ends in the middle of this row."))
        return
    fault = _width(number, record, reading) if len(record) != width else None
    if fault:
        yield fault
        if not fault.column:
            return
    record = (record + [""] * (width - len(record)))[:width]
    if reading.damaged:
        yield from _damage(number, record, reading)
    yield from _plain(number, record, reading)


def _unclosed(number: int, record: Broken, reading: Reading) -> Problem:
    column = reading.headers[min(record.cell, len(reading.headers) - 1)]
    return Problem(number, "", _("The quote that opens the cell {column} is never closed.").format(column=column))


def _width(number: int, record: list[str], reading: Reading) -> Problem | None:
    width = len(reading.headers)
    if len(record) > width:
        if not any(cell.strip() for cell in record[width:]):
            return None
        why = _("The row has {cells} cells, the header has {columns}. A quote or a separator is wrong in it.")
        return Problem(number, "", why.format(cells=len(record), columns=width))
    if not reading.encoding:
        return None  # a sheet has no cells to lose
    why = _("The row has {cells} cells, the header has {columns}. What is missing was left empty.")
    return Problem(number, reading.headers[len(record)], why.format(cells=len(record), columns=width))


def _damage(number: int, record: list[str], reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each cell with characters that are none, and take NULs out of the row."""
    for place, cell in enumerate(record):
        if "\0" in cell:
            record[place] = cell.replace("\0", "")
            yield Problem(
                number, reading.headers[place], _("There were NUL characters in the cell; they were taken out.")
            )
        if "\ufffd" in cell:
            why = _("Some characters cannot be read as {encoding}. Perhaps the file has another encoding.")
            yield Problem(number, reading.headers[place], why.format(encoding=encodings.shown(reading.encoding)))
