"""XLSX, XLS and ODS → rows of text, as a merchant sees them: 12.0 is "12", a date is a date, a code keeps its zeros.

A web page that is called a workbook is read as one.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from desktop_app.errors import UserError
from desktop_app.formats import web_tables


def is_workbook(data: bytes) -> bool:
    """Say whether ``data`` starts like a workbook (a zip or an old Office file), or is a web page saved as one."""
    return _is_office(data) or web_tables.is_web_table(data)


def _is_office(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def sheet_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the sheets; raises UserError for a damaged or locked workbook."""
    if not _is_office(data):
        return tuple(web_tables.sheets(data))
    return tuple(_workbook(data).sheet_names)


def rows(data: bytes, sheet: str) -> Iterator[list[str]]:
    """Yield the rows of ``sheet`` from its first line on, empty ones included, so that row numbers stay true."""
    from python_calamine import CalamineError

    if not _is_office(data):
        yield from (list(row) for row in web_tables.sheets(data).get(sheet, ()))
        return
    try:
        page = _workbook(data).get_sheet_by_name(sheet)
        if page.start is None:
            return
        margin = [""] * page.start[1]  # calamine leaves empty columns on the left out, and empty rows on top in
        for cells in page.iter_rows():
            yield margin + [shown(cell) for cell in cells]
    except CalamineError as error:
        raise _damaged(error) from error


def shown(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, dates as ISO, nothing for an empty one."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return "" if cell is None else str(cell)


def _workbook(data: bytes) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise UserError("The workbook is locked with a password. Save it without one and try again.") from None
    except CalamineError as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> UserError:
    return UserError(
        "The workbook is damaged and cannot be read. Open it in your spreadsheet program and save it again. ({why})",
        why=error,
    )
