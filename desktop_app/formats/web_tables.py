"""Tables that shop systems save as .xls and that are no workbooks: web pages, Excel's XML of 2003 → rows of text."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from html.parser import HTMLParser

from desktop_app.formats import encodings

_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*|<!doctype[^>]*>\s*|<!--.*?-->\s*|<\?mso[^>]*\?>\s*)*<(\w+:)?(\w+)",
    re.DOTALL | re.IGNORECASE,
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\xa0]+")
_HEAD = 4096
_ROOTS = {"html", "head", "body", "meta", "style", "table", "workbook", "div", "center", "title"}
_WIDEST = 2000  # columns a cell may span; a damaged file may say anything
_OTHER_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "unicode": "utf-16",
}
Sheets = dict[str, list[list[str]]]


def is_web_table(data: bytes) -> bool:
    """Say whether ``data`` is a web page or Excel's XML with a table in it."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = data[: 2 * _HEAD].decode("utf-16", "ignore").encode("utf-8")
    if not head.startswith(b"<"):
        return False
    root = _START.match(head.decode("latin-1"))
    return bool(root) and root[2].casefold() in _ROOTS and bool(sheets(data))  # type: ignore[index]


@lru_cache(2)
def sheets(data: bytes) -> Sheets:
    """Return the tables that hold anything, by their names or numbers; of tables in one another the inner ones."""
    reader = _Reader()
    reader.feed(data.decode(_encoding(data), "replace"))
    reader.close()
    return reader.found()


def _encoding(data: bytes) -> str:
    """Return the encoding that the page names, where its bytes are in it and not in UTF-8, else what they look like."""
    if encodings.fits(data, "utf-8"):
        return "utf-8-sig"
    if data[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and (named := _CHARSET.search(data[:_HEAD])):
        name = named[1].decode("ascii", "replace").lower()
        name = _OTHER_NAMES.get(name, name)
        try:
            data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
        else:
            return name
    return encodings.detect(data).encoding


class _Reader(HTMLParser):
    """Collects the rows of every table; a cell that spans others leaves these empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tables: list[tuple[str, list[list[str]]]] = []
        self._open: list[int] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._name, self._wide, self._down = "", 1, 1
        self._below: dict[int, int] = {}  # columns that a cell above holds → for how many rows
        self._silent = 0

    def found(self) -> Sheets:
        """Return what was read."""
        kept = [(name, rows) for name, rows in self._tables if any(any(row) for row in rows)]
        return {name or str(n): rows for n, (name, rows) in enumerate(kept, 1)}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        tag = tag.rpartition(":")[2]
        said = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag in {"style", "script"}:
            self._silent += 1
        elif tag == "worksheet":
            self._name = said.get("name", "")
        elif tag == "table":
            self._open.append(len(self._tables))
            self._tables.append((self._name, []))
            self._row, self._cell, self._below = None, None, {}
        elif tag in {"tr", "row"} and self._open:
            self._end_row()
            rows = self._tables[self._open[-1]][1]
            while _number(said.get("index", "")) - 1 > len(rows) < 1_000_000:
                rows.append([])
            self._row = []
        elif tag in {"td", "th", "cell"} and self._row is not None:
            self._end_cell()
            if at := _number(said.get("index", "")):
                self._row += [""] * (at - 1 - len(self._row))
            self._skip()
            self._wide = max(1, _number(said.get("colspan", "")), _number(said.get("mergeacross", "")) + 1)
            self._down = max(1, _number(said.get("rowspan", "")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\0")

    def handle_endtag(self, tag: str) -> None:
        """Close what ends."""
        tag = tag.rpartition(":")[2]
        if tag in {"style", "script"}:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th", "cell"}:
            self._end_cell()
        elif tag in {"tr", "row"}:
            self._end_row()
        elif tag == "table" and self._open:
            self._end_row()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Take the words of a cell."""
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        """Close what the file left open."""
        super().close()
        self._end_row()

    def _skip(self) -> None:
        assert self._row is not None
        while (left := self._below.get(len(self._row), 0)) > 0:
            self._below[len(self._row)] = left - 1
            self._row.append("")

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text = "\n".join(_SPACE.sub(" ", part).strip(" ") for part in "".join(self._cell).split("\0")).strip("\n")
        wide = min(self._wide, _WIDEST)
        if self._down > 1:
            self._below |= dict.fromkeys(range(len(self._row), len(self._row) + wide), self._down - 1)
        self._row += [text] + [""] * (wide - 1)
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None and self._open:
            self._skip()
            self._tables[self._open[-1]][1].append(self._row)
        self._row = None


def _number(text: str) -> int:
    return min(int(text), 1 << 20) if text.isdecimal() else 0
