"""A table as an OpenDocument spreadsheet (ISO/IEC 26300): one sheet, words and numbers, nothing that runs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}:office:1.0"'
    f' xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="1">'
)
_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"'
    f' manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML may hold


def sheet(table: Iterable[Sequence[str]], numbers: Collection[str]) -> bytes:
    """Return a workbook whose columns named in ``numbers`` hold numbers, all others words."""
    names: Sequence[str] = ()
    rows = []
    for cells in table:
        names = names or cells
        made = (_cell(cell, names[x] in numbers and cells is not names) for x, cell in enumerate(cells))
        rows.append(f"<table:table-row>{''.join(made)}</table:table-row>")
    made_file = io.BytesIO()
    with zipfile.ZipFile(made_file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), _MIME)  # first and not compressed, as the standard has it
        book.writestr("content.xml", _HEAD + "".join(rows) + _TAIL)
        book.writestr("META-INF/manifest.xml", _MANIFEST)
    return made_file.getvalue()


def _cell(cell: str, number: bool) -> str:
    if not cell:
        return "<table:table-cell/>"
    if number and _NUMBER.fullmatch(cell):
        return f'<table:table-cell office:value-type="float" office:value={quoteattr(cell)}/>'
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in _UNFIT.sub("\ufffd", cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """Return a line in which runs of spaces, which XML would join, are kept."""
    return re.sub(" {2,}", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', escape(line))
