"""Labelled tables for scoring: any table or JSON lines as plain rows, and a product made of one cell of attributes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from desktop_app.formats.build import Builder
from desktop_app.formats.groups import Row, grouped
from desktop_app.formats.headers import unique
from desktop_app.formats.reading import Reading, load, numbered
from desktop_app.formats.recognise import look, look_at
from desktop_app.formats.rows import rows
from desktop_app.records import Problem, Product


def labelled(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV, TSV, XLSX or JSONL file as column → cell; UserError when a column is missing."""
    found = _lines(path) if path.suffix.lower() in {".jsonl", ".ndjson"} else _table(path, columns)
    for number, row in enumerate(found):
        missing = [name for name in columns if name not in row]
        if missing and number == 0:
            raise UserError(
                "{name} has no column {missing}; it has: {columns}.",
                name=path.name, missing=", ".join(missing), columns=", ".join(list(row)[:12]),
            )  # fmt: skip
        yield row


def product_of(attributes: Mapping[str, Any], name: str = "row") -> Product | None:
    """Return the product that a row with these columns would be, read as a product file is; None where it is none."""
    told = {str(k): "" if v is None else str(v) for k, v in attributes.items()}
    text = io.StringIO()
    table = csv.writer(text)
    table.writerows([list(told), list(told.values())])
    data = text.getvalue().encode()
    reading = look_at(data, name)
    good = (row for row in rows(data, reading) if isinstance(row, Row))
    for group in grouped(good, data, reading):
        if not isinstance(group, Problem):
            return Builder(reading).product(*group)
    return None


def _table(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    data = load(path)
    reading = _with_columns(data, look(path, mapping=()), columns)
    for row in rows(data, reading):
        if isinstance(row, Row):
            yield dict(zip(reading.headers, row.cells, strict=True))
        elif not row.column:  # a row that cannot be read is answered all the same, as an empty one
            yield dict.fromkeys(reading.headers, "")


def _with_columns(data: bytes, reading: Reading, columns: tuple[str, ...]) -> Reading:
    """Take the row that holds the wished names for the header, wherever a table of products would have had it."""
    if set(columns) <= set(reading.headers):
        return reading
    for number, record in islice(numbered(data, reading), 5):
        names = [cell.strip().lstrip("\ufeff") for cell in record] if isinstance(record, list) else []
        if set(columns) <= set(names):
            return replace(reading, headers=unique(names), header_row=number, first_row=number + 1)
    return reading


def _lines(path: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(load(path).decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UserError("Line {n} of {name} is not JSON.", n=number, name=path.name) from error
        yield {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in row.items()}
