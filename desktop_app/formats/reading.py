"""What a look at a file found: what it is, how it is written, which column is what; enough to read it again."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from desktop_app.errors import UserError
from desktop_app.formats import encodings, workbooks
from desktop_app.formats.records_of_text import Record, records

Format = Literal["shopify", "shopify-legacy", "woocommerce", "table"]
_NOTHING = b"\0\r\n\t \xef\xbb\xbf\xff\xfe"
FORMATS: tuple[Format, ...] = ("shopify", "shopify-legacy", "woocommerce", "table")


@dataclass(frozen=True)
class Reading:
    """What was recognised in a file. Rows are counted as a spreadsheet counts them, from 1, empty lines included."""

    path: Path
    name: str
    format: Format
    label: str  # for people: "Shopify", "Magento 2", …
    encoding: str  # a Python codec name; "" for a workbook
    delimiter: str  # "" for a workbook
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    headers: tuple[str, ...]  # every one different, none empty
    sample: tuple[tuple[str, ...], ...]  # the first 20 rows
    mapping: tuple[tuple[str, str], ...]  # (column, field)
    signature: str  # the same for every file with these columns: remember a mapping by it
    rows: int | None
    sha256: str
    notes: tuple[str, ...] = ()  # plain sentences the merchant should see
    dialect: str = ""  # "magento", "prestashop", "etsy", … within "table"
    first_row: int = 2  # of the data
    quoted: bool = True
    damaged: bool = False  # some bytes do not fit the encoding, or are NUL
    scattered: bool = False  # the rows of one product do not stand together
    comma: bool = False  # decimals are written with a comma
    units: tuple[tuple[str, str], ...] = ()  # (column, unit) as the headers name them
    currency: str = ""  # that stands with the amounts, where it is one only
    doubtful: bool = False  # the file's numbers do not say how decimals are written
    twins: bool = False  # some rows that nothing else keeps together carry the same code

    @property
    def plan(self) -> str:
        """This reading as JSON, to be kept beside the file's bytes and given to ``put_texts``."""
        kept = asdict(self) | {"path": str(self.path)}
        del kept["sample"], kept["notes"]
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def from_plan(cls, plan: str) -> Reading:
        """Return the reading that ``plan`` was made of, without its sample. Raises UserError if it is no plan."""
        try:
            kept: dict[str, Any] = json.loads(plan)
            known = {field.name for field in fields(cls)}
            values = {key: _tuples(value) for key, value in kept.items() if key in known}
            return cls(**(values | {"path": Path(kept["path"]), "sample": (), "notes": ()}))
        except (ValueError, KeyError, TypeError) as error:
            raise UserError("What was remembered about this file cannot be read. Import the file again.") from error

    def fields(self) -> dict[str, str]:
        """Return column → field."""
        return dict(self.mapping)

    def with_mapping(self, mapping: Iterable[tuple[str, str]]) -> Reading:
        """Return this reading with other fields for some columns."""
        changed = dict(self.mapping) | dict(mapping)
        return replace(self, mapping=tuple((column, changed[column]) for column in self.headers))


def plan_of(reading: Reading) -> str:
    """Return ``reading`` as JSON, to be kept beside the file's bytes and given to ``put_texts``."""
    return reading.plan


def signature(headers: Iterable[str]) -> str:
    """Return a short hash that is the same for every file with these columns in this order."""
    return hashlib.sha256("\x1f".join(headers).encode("utf-8", "replace")).hexdigest()[:32]


def open_text(data: bytes, encoding: str) -> io.TextIOWrapper:
    """Return the lines of ``data``, line ends kept; bytes that fit nothing become U+FFFD."""
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")


def text_records(data: bytes, reading: Reading) -> Iterator[tuple[Record | None, list[str]]]:
    """Yield the records of a text file with the lines they stand on (see ``records``)."""
    width = len(reading.headers)
    return records(open_text(data, reading.encoding), reading.delimiter, reading.quoted, width)


def numbered(data: bytes, reading: Reading) -> Iterator[tuple[int, Record]]:
    """Yield each row of the file with its number; the first is 1."""
    if not reading.encoding:
        yield from enumerate(workbooks.rows(data, reading.sheet), 1)
        return
    row = 0
    for record, _lines in text_records(data, reading):
        if record is not None:
            row += 1
            yield row, record


def load(path: Path) -> bytes:
    """Return the bytes of a file; raises UserError if it cannot be read or is empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError("There is no file {name}.", name=path) from None
    except OSError as error:
        raise UserError("{name} cannot be read: {why}.", name=path.name, why=error.strerror or error) from error
    if not (data[:4096].strip(_NOTHING) or data.strip(_NOTHING)):
        raise UserError("{name} is empty.", name=path.name)
    return data


def named_encoding(reading: Reading) -> str:
    """Return the encoding as people know it."""
    return encodings.shown(reading.encoding) if reading.encoding else ""


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
