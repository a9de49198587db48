"""The merchant's own workbook comes back with the approved texts in it; all other parts are byte for byte the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from desktop_app import formats
from desktop_app.errors import UserError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "goods.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("Notes").write(0, 0, "nothing here")
        sheet = workbook.add_worksheet("Goods & more")
        bold = workbook.add_format({"bold": True})
        for column, name in enumerate(("SKU", "Title", "Price", "Description", "Colour")):
            sheet.write(0, column, name, bold)
        sheet.write_row(1, 0, ["0012", "Mug", 5.5, "old text", "blue"])
        sheet.write_row(2, 0, ["0013", "Cup", 12])
        sheet.write(2, 4, "red")
        sheet.write_row(4, 0, ["0014", "Jug", 7, "third", "green"], bold)
    return path


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_only_the_sheet_changes_and_only_that_cell(book: Path, whole: Callable[..., Any]) -> None:
    data, before = book.read_bytes(), whole(book)
    assert before.reading.sheet == "Goods & more"
    new = formats.put_texts(
        data, before.reading.plan, {2: {"description": "New <b> & 杯 🧵\nline"}, 5: {"description": "five"}}
    )
    old_parts, new_parts = members(data), members(new)
    assert [name for name in old_parts if old_parts[name] != new_parts[name]] == ["xl/worksheets/sheet2.xml"]
    book.write_bytes(new)
    after = whole(book)
    assert [p.description for p in after.products] == ["New <b> & 杯 🧵\nline", "", "five"]
    assert [(p.sku, p.title, p.variants, p.facts) for p in after.products] == [
        (p.sku, p.title, p.variants, p.facts) for p in before.products
    ]


def test_empty_cell_gets_its_place_in_the_row(book: Path, whole: Callable[..., Any]) -> None:
    reading = whole(book).reading
    book.write_bytes(formats.put_texts(book.read_bytes(), reading, {3: {"description": "put in"}}))
    assert whole(book).named("Cup").description == "put in"
    assert whole(book).named("Cup").facts[0].value == "red"


def test_other_members_keep_their_compressed_bytes(book: Path, whole: Callable[..., Any]) -> None:
    data = book.read_bytes()
    new = formats.put_texts(data, whole(book).reading, {2: {"description": "x"}})
    for info in zipfile.ZipFile(io.BytesIO(data)).infolist():
        if info.filename != "xl/worksheets/sheet2.xml":
            raw = data[info.header_offset : info.header_offset + 30 + len(info.filename) + info.compress_size]
            assert raw in new


def test_formula_is_left_alone(tmp_path: Path, whole: Callable[..., Any]) -> None:
    path = tmp_path / "goods.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["SKU", "Title", "Description"])
        sheet.write_row(1, 0, ["A1", "Mug"])
        sheet.write_formula(1, 2, '=B2&"!"', value="Mug!")
    with pytest.raises(UserError, match="formula"):
        formats.put_texts(path.read_bytes(), whole(path).reading, {2: {"description": "x"}})


def test_character_no_cell_may_hold_is_named(book: Path, whole: Callable[..., Any]) -> None:
    with pytest.raises(UserError, match=r"U\+0007"):
        formats.put_texts(book.read_bytes(), whole(book).reading, {2: {"description": "bell \a"}})
