"""The merchant's own XLSX with some cells changed: only those in the sheet's XML, all other parts byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape

from desktop_app.errors import UserError
from desktop_app.formats.headers import letters
from desktop_app.formats.reading import Reading

LONGEST = 32_767  # characters a cell of Excel holds
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BAD = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = re.compile(rb'\ss\s*=\s*("[^"]*"|\'[^\']*\')')
_NAME = re.compile(rb"<([^\s/>]+)")


@dataclass(slots=True)
class _Line:
    """A row of the sheet in its XML: where it and its cells stand, in bytes."""

    start: int
    end: int = 0
    inner_end: int = 0  # where the closing tag starts; 0 where the row closes itself
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    formulas: set[int] = field(default_factory=set)


def put_cells(data: bytes, reading: Reading, changes: Mapping[int, Mapping[int, str]]) -> bytes:
    """Return the workbook with cells (row → column from 0 → text) replaced. Raises UserError where it cannot be."""
    if not data.startswith(b"PK"):
        raise _cannot(reading)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = _member(archive, reading)
            sheet = archive.read(member)
            return _repacked(data, archive, member, _changed(sheet, reading, changes))
    except (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, expat.ExpatError, struct.error) as error:
        raise _cannot(reading) from error


def put_rows(data: bytes, reading: Reading, first: int, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the workbook with rows added from row ``first`` on, where nothing stands; all other parts byte for byte.

    Empty rows that only carry a style give way. Raises UserError where it cannot be.
    """
    if not data.startswith(b"PK"):
        raise _cannot(reading)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = _member(archive, reading)
            return _repacked(data, archive, member, _with_rows(archive.read(member), reading, first, rows))
    except (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, expat.ExpatError, struct.error) as error:
        raise _cannot(reading) from error


def _with_rows(sheet: bytes, reading: Reading, first: int, rows: Sequence[Sequence[str]]) -> bytes:
    made = []
    closing = re.search(rb"<(/?)([A-Za-z0-9]*:?)sheetData(\s*/)?>(?![\s\S]*sheetData)", sheet)
    if closing is None:
        raise _cannot(reading)
    prefix = closing[2]
    for number, cells in enumerate(rows, first):
        told = b"".join(_cell(prefix, number, n, b"", _checked(c, reading)) for n, c in enumerate(cells) if c)
        made.append(b'<%srow r="%d">%s</%srow>' % (prefix, number, told, prefix))
    block = b"".join(made)
    if closing[3]:  # a sheet without any row
        whole = b"<%ssheetData>%s</%ssheetData>" % (prefix, block, prefix)
        return sheet[: closing.start()] + whole + sheet[closing.end() :]
    blank = _lines(sheet, set(range(first, first + 20_000)))
    start = min((line.start for line in blank.values()), default=closing.start())
    grown = sheet[:start] + block + sheet[closing.start() :]
    last = first + len(rows) - 1
    return re.sub(rb'(<[A-Za-z0-9]*:?dimension\s+ref="[A-Z]+\d+:[A-Z]+)\d+"', rb'\g<1>%d"' % last, grown, count=1)


def _cannot(reading: Reading) -> UserError:
    return UserError(
        "Texts can be put into CSV, TSV and XLSX files only. Save {name} as one of these and import it again.",
        name=reading.name,
    )


def _member(archive: zipfile.ZipFile, reading: Reading) -> str:
    """Return the name of the part that holds the reading's sheet."""
    if "xl/workbook.xml" not in archive.namelist():
        raise _cannot(reading)
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in workbook.iter():
        if element.tag.endswith("}sheet") and element.get("name") == reading.sheet:
            target = targets[element.get(_RELATION)]
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    raise _cannot(reading)


def _changed(sheet: bytes, reading: Reading, changes: Mapping[int, Mapping[int, str]]) -> bytes:
    if sheet[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise _cannot(reading)
    lines = _lines(sheet, set(changes))
    edits: list[tuple[int, int, bytes]] = []
    for row, texts in changes.items():
        line = lines.get(row)
        if line is None:
            raise UserError("{name} has no row {row}. Import the file again.", name=reading.name, row=row)
        edits += _edits(sheet, line, row, texts, reading)
    parts, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [sheet[done:start], new]
        done = end
    return b"".join([*parts, sheet[done:]])


def _edits(
    sheet: bytes, line: _Line, row: int, texts: Mapping[int, str], reading: Reading
) -> list[tuple[int, int, bytes]]:
    name = _NAME.match(sheet, line.start)
    prefix = name[1].rpartition(b"row")[0] if name else b""
    edits: list[tuple[int, int, bytes]] = []
    added: dict[int, bytes] = {}  # new cells by the byte they go in front of
    for place, text in sorted(texts.items()):
        if place in line.formulas:
            raise UserError("There is a formula in row {row} of {name}; it stays as it is.", row=row, name=reading.name)
        span = line.cells.get(place)
        style = _STYLE.search(sheet[span[0] : _tag_end(sheet, span[0])]) if span else None
        cell = _cell(prefix, row, place, style[0] if style else b"", _checked(text, reading))
        if span:
            edits.append((*span, cell))
        else:
            before = min((s for column, (s, _end) in line.cells.items() if column > place), default=line.inner_end)
            added[before] = added.get(before, b"") + cell
    if 0 in added:  # the row closes itself: it gets an end of its own
        opening = sheet[line.start : line.end].rstrip(b"/>").rstrip()
        edits.append((line.start, line.end, opening + b">" + added.pop(0) + b"</" + prefix + b"row>"))
    return edits + [(at, at, cell) for at, cell in added.items()]


def _cell(prefix: bytes, row: int, place: int, style: bytes, text: str) -> bytes:
    content = escape(text).replace("\r\n", "\n").encode("utf-8")
    return b'<%sc r="%s"%s t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>' % (
        prefix, f"{letters(place)}{row}".encode(), style, prefix, prefix, content, prefix, prefix, prefix,
    )  # fmt: skip


def _checked(text: str, reading: Reading) -> str:
    if bad := list(dict.fromkeys(_BAD.findall(text))):
        shown = " ".join(f"U+{ord(char):04X}" for char in bad[:10])
        raise UserError(
            "A cell of {name} cannot hold {characters}. Change the text.", name=reading.name, characters=shown
        )
    if len(text) > LONGEST:
        raise UserError("A text is longer than the {limit} characters a cell of a workbook holds.", limit=LONGEST)
    return text


def _lines(sheet: bytes, wanted: set[int]) -> dict[int, _Line]:
    """Return where the wanted rows and their cells stand in the XML of a sheet."""
    found: dict[int, _Line] = {}
    state = {"row": 0, "column": -1, "start": 0, "depth": 0}
    parser = expat.ParserCreate()
    current: list[_Line] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            state["row"] = int(attributes.get("r", state["row"] + 1))
            state["column"] = -1
            current[:] = [_Line(parser.CurrentByteIndex)] if state["row"] in wanted else []
        elif local == "c" and current:
            named = re.match(r"[A-Za-z]+", attributes.get("r", ""))
            state["column"] = _place(named[0]) if named else state["column"] + 1
            state["start"] = parser.CurrentByteIndex
        elif local == "f" and current:
            current[0].formulas.add(state["column"])

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        if not current or local not in {"row", "c"}:
            return
        at, closing = parser.CurrentByteIndex, sheet.startswith(b"</", parser.CurrentByteIndex)
        if local == "c":
            first = state["start"]
            current[0].cells[state["column"]] = (first, _tag_end(sheet, at if closing else first))
            return
        line = current[0]
        line.inner_end = at if closing else 0
        line.end = _tag_end(sheet, at if closing else line.start)
        found[state["row"]] = line

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(sheet, True)
    return found


def _tag_end(sheet: bytes, start: int) -> int:
    """Return where the tag that starts at ``start`` ends; a ``>`` inside an attribute does not end it."""
    match = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>").match(sheet, start)
    return match.end() if match else start


def _place(named: str) -> int:
    place = 0
    for letter in named.upper():
        place = place * 26 + ord(letter) - 64
    return place - 1


def _repacked(data: bytes, archive: zipfile.ZipFile, member: str, content: bytes) -> bytes:
    """Return the zip with one member replaced; the bytes of all others stay, their records but for the places."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    directory = archive.start_dir
    out = bytearray(data[: infos[0].header_offset])
    moved: dict[str, tuple[int, bytes | None]] = {}
    for info, following in zip(infos, [*(i.header_offset for i in infos[1:]), directory], strict=True):
        raw = data[info.header_offset : following]
        packed: bytes | None = None
        if info.filename == member:
            raw, packed = _packed(raw, info, content)
        moved[info.filename] = (len(out), packed)
        out += raw
    start = len(out)
    at = directory
    while data[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack("<HHH", data[at + 28 : at + 34])
        size = 46 + name + extra + comment
        entry = bytearray(data[at : at + size])
        info = next(i for i in infos if i.header_offset == struct.unpack("<I", entry[42:46])[0])
        place, packed = moved[info.filename]
        struct.pack_into("<I", entry, 42, place)
        if packed is not None:
            flags = struct.unpack("<H", entry[8:10])[0] & ~8
            struct.pack_into("<HH", entry, 8, flags, zipfile.ZIP_DEFLATED)
            struct.pack_into("<III", entry, 16, zlib.crc32(content), len(packed), len(content))
        out += entry
        at += size
    size = len(out) - start
    if data[at : at + 4] != b"PK\x05\x06":
        raise zipfile.BadZipFile("zip64")
    tail = bytearray(data[at:])
    struct.pack_into("<II", tail, 12, size, start)
    return bytes(out + tail)


def _packed(raw: bytes, info: zipfile.ZipInfo, content: bytes) -> tuple[bytes, bytes]:
    """Return a member's new local record and its compressed bytes; sizes stand in front, not in a trailer."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(content) + squeeze.flush()
    name, extra = struct.unpack("<HH", raw[26:30])
    head = bytearray(raw[: 30 + name + extra])
    flags = struct.unpack("<H", head[6:8])[0] & ~8
    struct.pack_into("<HH", head, 6, flags, zipfile.ZIP_DEFLATED)
    struct.pack_into("<III", head, 14, zlib.crc32(content), len(packed), len(content))
    return bytes(head) + packed, packed
