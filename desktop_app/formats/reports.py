"""Tables for people: rows to mend, and drafts to read, in which a spreadsheet finds no formula to run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from desktop_app.formats.orders import OrderReading, order_rows
from desktop_app.formats.reading import Reading, load, numbered
from desktop_app.formats.saving import write_bytes
from desktop_app.records import Draft, Problem
from desktop_app.words import _

_PLAIN = re.compile(r"-\d+(?:[.,]\d+)*%?")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")


def write_problems(problems: Sequence[Problem], reading: Reading | OrderReading, path: Path | str) -> None:
    """Write the rows that have problems: the file's own columns, and in front row number, column and reason.

    The cells stand as they do in the file, so that the mended rows can be imported. UTF-8 with a mark, for Excel.
    Raises UserError when the imported file is gone or the report cannot be written.
    """
    why: dict[int, list[Problem]] = {}
    for problem in problems:
        why.setdefault(problem.row, []).append(problem)
    width = len(reading.headers)
    table = [[_("Row"), _("Column"), _("Reason"), *reading.headers]]
    data = load(reading.path)
    rows = order_rows(data, reading) if isinstance(reading, OrderReading) else numbered(data, reading)
    for number, record in rows:
        if number not in why:
            continue
        cells = record if isinstance(record, list) else []
        columns = ", ".join(dict.fromkeys(p.column for p in why[number] if p.column))
        reasons = " ".join(dict.fromkeys(p.why for p in why[number]))
        table.append([str(number), columns, reasons, *cells, *[""] * (width - len(cells))])
    write_bytes(_csv(table), path)


def write_drafts(drafts: Iterable[tuple[str, Draft]], path: Path | str) -> None:
    """Write drafts with the names of their products, one a row. Raises UserError if the file cannot be written."""
    names = ("Product", "Field", "Language", "Status", "Written by", "Weights", "Date", "Text")
    table = [[_(name) for name in names]]
    for title, draft in drafts:
        row = (title, draft.field, draft.language, draft.status, draft.source, draft.weights, draft.made, draft.text)
        table.append([harmless(cell) for cell in row])
    write_bytes(_csv(table), path)


def write_table(table: Iterable[Sequence[str]], path: Path | str) -> None:
    """Write rows of words for a spreadsheet, which finds no formula in them. Raises UserError if it cannot write."""
    write_bytes(_csv([[harmless(cell) for cell in row] for row in table]), path)


def write_sheet(table: Iterable[Sequence[str]], path: Path | str, numbers: Collection[str] | None = None) -> None:
    """Write rows as the sheet of a workbook (XLSX): numbers as numbers, words as words and never as formulas.

    With ``numbers`` only the columns of these names hold numbers: a code keeps its zeros. Raises UserError
    if it cannot be written.
    """
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, strong = book.add_worksheet(), book.add_format({"bold": True})
        names: Sequence[str] = ()
        for y, cells in enumerate(table):
            names = names or cells
            for x, cell in enumerate(cells):
                if y and _NUMBER.fullmatch(cell) and (numbers is None or names[x] in numbers):
                    sheet.write_number(y, x, float(cell))
                else:
                    sheet.write_string(y, x, cell, strong if y == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    write_bytes(made.getvalue(), path)


def harmless(cell: str) -> str:
    """Return ``cell`` with an apostrophe in front where a spreadsheet would run it as a formula; -3 is a number."""
    if cell[:1] == "-" and _PLAIN.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip()[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r"} else cell


def _csv(table: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def words() -> tuple[str, ...]:
    """Return the headings of the drafts, so that they are translated."""
    return _("Product"), _("Field"), _("Language"), _("Status"), _("Written by"), _("Weights"), _("Date"), _("Text")
