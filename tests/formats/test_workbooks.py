"""A workbook is read as a merchant sees it."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import formats
from desktop_app.errors import UserError


def book(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet("商品")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
    return path


def test_numbers_codes_and_dates_read_as_they_are_shown(tmp_path: Path, whole: Callable[..., Any]) -> None:
    path = book(
        tmp_path / "goods.xlsx",
        [
            [], ["Spring list"], [], [None, "货号", "商品名称", "条码", "售价", "库存", "生产日期说明"],
            [None, "007", "杯子", 6901234567892, 12.0, 3, dt.datetime(2024, 5, 1)],
            [None, "=1+1", "碗", "", 0.1 + 0.2, 4.0, "x"],
        ],
    )  # fmt: skip
    read = whole(path)
    cup, bowl = read.products
    assert (read.reading.header_row, cup.source_row, read.reading.sheet) == (4, 5, "商品")
    assert (cup.sku, cup.variants[0].barcode, str(cup.variants[0].price), cup.variants[0].stock) == (
        "007",
        "6901234567892",
        "12",
        3,
    )
    assert str(bowl.variants[0].price) == "0.3"


def test_named_sheet_is_read_and_a_missing_one_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "goods.xlsx", [["sku", "title"], ["a", "Mug"]])
    assert formats.look(path, sheet="商品").rows == 1
    with pytest.raises(UserError, match="no sheet"):
        formats.look(path, sheet="Sheet9")


def test_empty_workbook_is_empty(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is empty"):
        formats.look(book(tmp_path / "goods.xlsx", []))


@given(cut=st.floats(0.0, 0.999))
@settings(max_examples=60, deadline=None)
def test_workbook_cut_short_is_a_plain_sentence(tmp_path_factory: pytest.TempPathFactory, cut: float) -> None:
    path = book(tmp_path_factory.mktemp("cut") / "goods.xlsx", [["sku", "title"], ["a", "Mug"]])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(UserError):
        formats.look(path)


def test_opendocument_sheet_is_read(tmp_path: Path, whole: Callable[..., Any]) -> None:
    rows = [["SKU", "Title", "Price"], ["007", "Mug", "5.5"]]
    kinds = {"5.5": 'office:value-type="float" office:value="5.5"'}
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell {kinds.get(c, chr(32) + 'office:value-type=' + chr(34) + 'string' + chr(34))}>"
            f"<text:p>{c}</text:p></table:table-cell>"
            for c in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Goods">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    path = tmp_path / "goods.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    read = whole(path)
    assert [(p.sku, p.title, str(p.variants[0].price)) for p in read.products] == [("007", "Mug", "5.5")]
    with pytest.raises(UserError, match="CSV, TSV and XLSX"):
        formats.put_texts(path.read_bytes(), read.reading, {2: {"title": "Cup"}})
