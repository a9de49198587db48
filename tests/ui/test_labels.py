"""Labels are drawn so that their bars read as the code, whatever the sheet; a scanner counts stock."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.formats import barcodes
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import labels
from desktop_app.ui.orders.counting import COUNTED, CountDialog
from desktop_app.ui.products.labels import DPI, SHEETS, LabelsDialog, Sheet, draw_page

Settle = Callable[[Any], None]


@pytest.fixture
def window(open_window: Any, tmp_path: Path, settle: Settle) -> Any:
    path = tmp_path / "shop.zhanggui"
    with Shop.create(path, name="Shop", currency="EUR") as shop, shop.act("Products"):
        shop.add([
            Product("Oak tray", "tray", variants=(Variant("T-1", "4006381333931", (("Size", "M"),), Decimal("16.50"), stock=3),)),
            Product("Mug", "mug", variants=(Variant("KIT-0012", "", price=Decimal(9), stock=30),)),
            Product("Soap", "soap", variants=(Variant("S-1", "036000291452", stock=None),)),
        ])  # fmt: skip
    opened = open_window(path)
    opened.go("products")
    settle(opened)
    opened.page.table.selectAll()
    settle(opened)
    return opened


def drawn(shop: Path, sheet: Sheet) -> QImage:
    """A page of labels, drawn as the PDF is."""
    with Shop.open(shop) as opened:
        found = labels.labels(opened, opened.search(sort="title"))
    image = QImage(*(int(mm * DPI / 25.4) for mm in sheet.page), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_page(painter, found, sheet, "EUR")
    painter.end()
    return image


def modules(image: QImage, left: float, top: float, wide: float) -> str:
    """Read the bars that cross a line (millimetres), as modules of the narrowest bar's width."""
    y, first, last = (int(mm * 600 / 25.4) for mm in (top, left, left + wide))
    line = [image.pixelColor(x, y).lightness() < 128 for x in range(first, last)]
    runs = [(dark, len(list(same))) for dark, same in groupby(line)]
    runs = runs[1:] if not runs[0][0] else runs
    runs = runs[:-1] if not runs[-1][0] else runs
    unit = min(length for _dark, length in runs)
    return "".join(("1" if dark else "0") * round(length / unit) for dark, length in runs)


@pytest.mark.parametrize("sheet", ["a4-24", "a4-65", "letter-30"])
def test_bars_on_paper_are_the_bars_of_the_code(window: Any, sheet: str) -> None:
    made = SHEETS[sheet]
    image = drawn(window.desk.shop.path, made)
    for place, code in enumerate(("KIT-0012", "4006381333931", "036000291452")):
        wanted = barcodes.bars(code)
        assert wanted is not None
        wide, high = made.label
        assert modules(image, made.left + place * wide, made.top + high * 0.5, wide) == wanted.modules


def test_labels_are_saved_one_a_page_for_a_printer_of_labels(
    window: Any, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.page.bulk.labels.click()
    dialog = window.findChildren(LabelsDialog)[-1]
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("roll-62"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "labels.pdf"), ""))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(window)
    read = PdfReader(tmp_path / "labels.pdf")
    assert len(read.pages) == 3
    assert [round(float(n) / 72 * 25.4) for n in read.pages[0].mediabox[2:]] == [62, 29]
    assert "Oak tray" in " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_one_label_for_each_piece_in_stock(window: Any, settle: Settle, tmp_path: Path) -> None:
    window.page.bulk.labels.click()
    dialog = window.findChildren(LabelsDialog)[-1]
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("a4-24"))
    dialog.count.setCurrentIndex(1)
    dialog.write(tmp_path / "away" / "labels.pdf")
    settle(window)
    assert "cannot be written there" in dialog.said.text()
    dialog.write(tmp_path / "labels.pdf")
    settle(window)
    assert len(PdfReader(tmp_path / "labels.pdf").pages) == 2  # 33 labels, 24 a page


def test_a_count_that_is_closed_before_its_end_loses_no_scan(qtbot: QtBot, window: Any, settle: Settle) -> None:
    window.go("buying")
    settle(window)
    window.page.count()
    dialog = window.findChildren(CountDialog)[-1]
    for code in ("4006381333931", "12*kit-0012"):
        qtbot.keyClicks(dialog.code, code)
        qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    settle(window)
    qtbot.keyClick(dialog.code, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    window.page.count()
    again = window.findChildren(CountDialog)[-1]
    assert {again.table.item(n, 0).text(): again.table.item(n, COUNTED).text() for n in range(2)} == {
        "Oak tray · M": "1", "Mug": "12",
    }  # fmt: skip
    qtbot.mouseClick(again.anew, Qt.MouseButton.LeftButton)
    assert again.table.rowCount() == 0
    assert not again.do.isEnabled()


def test_a_scanner_counts_and_one_press_sets_the_stock(qtbot: QtBot, window: Any, settle: Settle) -> None:
    window.go("buying")
    settle(window)
    window.page.count()
    dialog = window.findChildren(CountDialog)[-1]
    for code in ("4006381333931", "4006381333931", "0036000291452", "12*kit-0012", "nothing"):
        qtbot.keyClicks(dialog.code, code)
        qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    settle(window)
    assert dialog.isVisible()
    assert "“nothing”" in dialog.said.text()
    counted = {dialog.table.item(n, 0).text(): dialog.table.item(n, COUNTED).text() for n in range(3)}
    assert counted == {"Oak tray · M": "2", "Soap": "1", "Mug": "12"}
    dialog.table.item(2, COUNTED).setText("14")
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    settle(window)

    def stock() -> list[int | None]:
        with Shop.open(window.desk.shop.path) as shop:
            found = {p.title: p.variants[0] for p in shop.products(shop.search())}
            assert shop.disagreeing() == []
            assert shop.moves(found["Mug"].id or 0)[0].reason == "count"
            return [found[title].stock for title in ("Oak tray", "Soap", "Mug")]

    assert stock() == [2, 1, 14]
    window.desk.undo()
    settle(window)
    with Shop.open(window.desk.shop.path) as shop:
        assert [p.variants[0].stock for p in shop.products(shop.search(sort="title"))] == [30, 3, None]
