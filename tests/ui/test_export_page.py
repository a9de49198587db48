"""A person takes texts out: for Shopify, back into the file they came from, or as a table to read."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.records import Draft
from desktop_app.shop import Shop
from desktop_app.tasks import import_products
from desktop_app.ui.export_page import DRAFTS, ORIGINAL, SYSTEM, TEMPLATE, ExportPage
from desktop_app.ui.export_preview import PreviewDialog
from desktop_app.ui.widgets import Button, Text

TEXT = "An oak tray for breakfast in the garden."


@pytest.fixture
def filled(tmp_path: Path, shared: Path) -> Path:
    """A shop with the real Shopify file in it, one text approved and one waiting."""
    path = tmp_path / "shop.zhanggui"
    with Shop.create(path, name="Tray: shop/1") as shop:
        file = shared / "data" / "catalog" / "shopify_product_data_packt.csv"
        list(import_products.import_products(shop, threading.Event(), reading=import_products.look(shop, file)))
        first, second, *_ = shop.search(sort="title")
        with shop.act("Write"):
            draft = shop.add_draft(Draft(first, "description", "en", TEXT))
            shop.add_draft(Draft(second, "description", "en", "Waits."))
            shop.set_draft_status([draft.id or 0], "approved")
    return path


def open_page(qtbot: QtBot, open_window: Callable[..., Any], shop: Path) -> ExportPage:
    window = open_window(shop)
    window.go("export")
    page = window.page
    assert isinstance(page, ExportPage)
    qtbot.waitUntil(lambda: page.ahead is not None)
    return page


def export(qtbot: QtBot, page: ExportPage, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.done)


def test_an_empty_shop_says_what_to_do_first(qtbot: QtBot, open_window: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "empty.zhanggui"
    Shop.create(path).close()
    page = open_page(qtbot, open_window, path)
    assert not page.is_full
    words = [b.text() for b in page.findChildren(Button) if b.isVisibleTo(page)]
    assert "Import a file…" in words


def test_the_page_says_what_goes_out_before_it_goes(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path
) -> None:
    page = open_page(qtbot, open_window, filled)
    assert page.chosen == ORIGINAL
    assert page.what.text() == "shopify_product_data_packt.csv: 1 approved text"
    page.choices[SYSTEM].click()
    assert page.what.text() == "20 products, 1 approved text"
    qtbot.waitUntil(lambda: "Looking" not in page.lost.text())
    page.choices[DRAFTS].click()
    assert page.what.text() == "2 drafts"


def test_the_own_file_comes_back_with_one_record_changed(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path, shared: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = open_page(qtbot, open_window, filled)
    target = tmp_path / "out.csv"
    export(qtbot, page, target, monkeypatch)
    before = (shared / "data" / "catalog" / "shopify_product_data_packt.csv").read_bytes().splitlines()
    after = target.read_bytes().splitlines()
    assert sum(line not in before for line in after) == 1
    assert TEXT.encode() in target.read_bytes()
    assert page.done.text.text() == "1 approved text"
    assert "out.csv" in page.done.title.text()


def test_a_shopify_file_holds_every_product_and_the_text(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, open_window, filled)
    page.choices[SYSTEM].click()
    target = tmp_path / "shopify.csv"
    export(qtbot, page, target, monkeypatch)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["URL handle"] for row in rows}) == 20
    assert any(TEXT in row["Description"] for row in rows)
    with Shop.open(filled) as shop:
        assert shop.counts().approved_not_exported == 0


def test_drafts_become_a_table_for_reading(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, open_window, filled)
    page.choices[DRAFTS].click()
    target = tmp_path / "drafts.csv"
    export(qtbot, page, target, monkeypatch)
    assert TEXT in target.read_text("utf-8-sig")
    assert page.done.text.text() == "2 drafts"


def test_a_place_that_cannot_be_written_is_said_and_another_can_be_chosen(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, open_window, filled)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "where.csv"), ""))
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    assert page.notices.notice is not None
    assert page.notices.notice.button == "Choose where…"
    assert page.pages.currentIndex() == 0


def test_with_two_imported_files_one_chooses_which(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path, tmp_path: Path
) -> None:
    other = tmp_path / "second.csv"
    other.write_text("SKU,Name,Price\nZ-1,Brass hook,16\n", "utf-8")
    with Shop.open(filled) as shop:
        list(import_products.import_products(shop, threading.Event(), reading=import_products.look(shop, other)))
    page = open_page(qtbot, open_window, filled)
    assert page.file.count() == 2
    assert page.file.isVisibleTo(page)
    assert page.what.text().startswith("shopify_product_data_packt.csv")  # the one the texts belong to
    page.file.setCurrentIndex(next(n for n in range(2) if "second" in page.file.itemText(n)))
    page.file.activated.emit(page.file.currentIndex())
    assert "no approved text" in page.what.text()
    assert "exactly as it went in" in page.lost.text()


def test_the_suggested_name_can_be_a_file_name_on_every_system(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path
) -> None:
    page = open_page(qtbot, open_window, filled)
    page.choices[SYSTEM].click()
    assert page._usual_name() == "Tray shop1-shopify.csv"
    page.choices[ORIGINAL].click()
    assert page._usual_name() == "shopify_product_data_packt-with texts.csv"


def test_every_format_is_offered_and_says_what_it_cannot_carry(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, open_window, filled)
    page.choices[SYSTEM].click()
    names = [page.format.itemText(at) for at in range(page.format.count())]
    assert {"Shopify", "WooCommerce", "Magento 2", "PrestaShop", "Wix", "Square", "Etsy", "eBay"} <= set(names)
    page.format.setCurrentIndex(names.index("Square"))
    page.format.activated.emit(page.format.currentIndex())
    qtbot.waitUntil(lambda: "Square" in page.lost.text())
    assert "tags" in page.lost.text()
    export(qtbot, page, tmp_path / "square.csv", monkeypatch)
    assert (tmp_path / "square.csv").read_text("utf-8-sig").startswith("Token,Item Name")


def test_what_the_other_shop_will_see_change_is_shown_before_a_file_is_written(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path
) -> None:
    page = open_page(qtbot, open_window, filled)
    qtbot.mouseClick(page.preview, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(PreviewDialog) is not None)
    shown = page.findChild(PreviewDialog)
    assert "1 changed product" in shown.said.text()
    assert [name for name, _was, _now in shown.model.records[0].fields] == ["description"]
    assert TEXT in "".join(label.text() for label in shown.panel.findChildren(Text))
    shown.accept()


def test_the_merchants_own_amazon_template_is_filled(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "lamps.txt"
    template.write_text("TemplateType=fptcustom\tsettings=dataRow=4\nSKU\tName\nitem_sku\titem_name\tbatteries\n")
    page = open_page(qtbot, open_window, filled)
    page.choices[SYSTEM].click()
    page.format.setCurrentIndex(page.format.findData(TEMPLATE))
    page.format.activated.emit(page.format.currentIndex())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(template), ""))
    export(qtbot, page, tmp_path / "lamps-filled.txt", monkeypatch)
    text = (tmp_path / "lamps-filled.txt").read_text("utf-8")
    assert text.startswith(template.read_text())
    assert len(text.splitlines()) >= 3 + 20
    assert "1 columns of the template stay empty" in page.done.lost.text()
