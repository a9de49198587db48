"""A person brings files in: recognised, mapped, previewed, imported, taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.records import Matching
from desktop_app.shop import Shop
from desktop_app.tasks import import_products, products
from desktop_app.ui.importing.columns import CALLED, FIELD
from desktop_app.ui.importing.page import CONTENTS, ENDING, FILE, PREVIEW, ImportPage
from desktop_app.ui.widgets import Button

HEAD = "SKU,Name,Price,Stock,Material,Description\n"
FILE_ONE = HEAD + "K-1,Oak tray,46.00,14,oak,\nK-2,Linen towel,14.00,112,linen,A towel.\nK-3,Brass hook,abc,5,brass,\n"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "shop.zhanggui"
    Shop.create(path, name="Test").close()
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "products.csv"
    file.write_text(FILE_ONE, "utf-8")
    return file


@pytest.fixture
def page(open_window: Callable[..., Any], empty: Path) -> ImportPage:
    window = open_window(empty)
    window.go("import")
    made = window.page
    assert isinstance(made, ImportPage)
    return made


def at(qtbot: QtBot, page: ImportPage, step: int) -> None:
    qtbot.waitUntil(lambda: page.trail.at == step and page.steps.currentIndex() == step)


def press(qtbot: QtBot, page: ImportPage) -> None:
    assert page.next.isVisible()
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)


def bring_in(qtbot: QtBot, page: ImportPage, file: Path) -> None:
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.ending.result is not None)


def names(shop_file: Path) -> list[str]:
    with Shop.open(shop_file) as shop:
        return sorted(row.title for row in shop.rows(list(shop.search(status="all"))))


def click(qtbot: QtBot, page: ImportPage, words: str) -> None:
    found: list[Button] = []

    def there() -> bool:
        found[:] = [b for b in page.findChildren(Button) if b.isVisible() and b.isEnabled() and words in b.text()]
        return bool(found)

    qtbot.waitUntil(there)
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_a_dropped_shopify_file_is_recognised_previewed_and_imported(
    qtbot: QtBot, page: ImportPage, shared: Path, empty: Path
) -> None:
    file = shared / "data" / "catalog" / "shopify_product_data_packt.csv"
    drop(page, file)
    at(qtbot, page, CONTENTS)
    assert "Shopify" in page.contents.facts.text()
    assert "21 rows" in page.contents.facts.text()
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    assert page.preview.preview is not None
    assert page.preview.preview.added == 20
    assert page.next.text() == "Import 20 products"
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.ending.result is not None)
    assert page.ending.title.text() == "Done"
    assert len(names(empty)) == 20


def drop(page: ImportPage, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none)
    page.choose.zone.dropEvent(event)


@pytest.mark.parametrize(
    "name",
    [
        "shopify_product_data_packt.csv", "woocommerce_sample_products.csv", "woocommerce_importer_unittest.csv",
        "magento2_gear_bags.csv", "magento2_configurable_products.csv", "etsy_listings_italian_headers.csv",
        "prestashop_thirtybees_products_import.csv", "olist_products_5000.csv",
    ],
)  # fmt: skip
def test_every_real_product_file_reaches_the_shop_with_two_presses(
    qtbot: QtBot, page: ImportPage, shared: Path, empty: Path, name: str
) -> None:
    bring_in(qtbot, page, shared / "data" / "catalog" / name)
    assert page.ending.result is not None
    assert page.ending.result.added == len(names(empty)) > 0


@pytest.mark.parametrize(
    "name",
    [
        "olist_category_translation.csv",
        "prestashop_thirtybees_categories_import.csv",
    ],
)  # fmt: skip
def test_a_file_without_products_is_refused_with_a_sentence_and_a_way_on(
    qtbot: QtBot, page: ImportPage, shared: Path, name: str
) -> None:
    page.arrive(path=shared / "data" / "catalog" / name)
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    assert "holds no products" in page.notices.notice.text
    assert page.trail.at == FILE
    click(qtbot, page, "Choose the columns myself")
    at(qtbot, page, CONTENTS)
    assert page.contents.model.rowCount() > 0


@pytest.mark.parametrize(
    ("name", "button", "place"),
    [
        ("orders/uci_online_retail_20_top_skus.csv", "Bring it in as orders", "orders"),
        ("reviews/en_magento_sample_reviews.csv", "Bring it in as reviews", "reviews-import"),
    ],
)
def test_a_file_of_orders_or_reviews_is_one_press_from_where_it_belongs(
    qtbot: QtBot, page: ImportPage, shared: Path, name: str, button: str, place: str
) -> None:
    gone: list[tuple[str, Any]] = []
    file = shared / "data" / name
    page.arrive(path=file)
    click(qtbot, page, "Choose the columns myself")  # where the guess is wrong
    at(qtbot, page, CONTENTS)
    page.arrive(path=file)
    page.desk.going.connect(lambda key, where: gone.append((key, where)))
    click(qtbot, page, button)
    assert gone == [(place, {"file": file})]


def test_a_file_that_is_no_table_says_so_on_the_page(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"%PDF-1.4 nothing to read here")
    page.arrive(path=file)
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    assert "no table" in page.notices.notice.text
    assert page.notices.notice.button == ""


def test_the_encoding_can_be_overruled(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    file = tmp_path / "gbk.csv"
    file.write_bytes("货号,名称,价格\nA-1,玻璃茶壶,118\nA-2,粗陶碗,76\n".encode("gb18030"))
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    assert "GB18030" in page.contents.facts.text()
    combo = page.contents.encoding
    combo.setCurrentIndex(combo.findData("cp1252"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: page.looked is not None and page.looked.reading.encoding == "cp1252")
    combo.setCurrentIndex(combo.findData("gb18030"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: page.looked is not None and page.looked.reading.encoding == "gb18030")
    assert "玻璃茶壶" in str(page.contents.model.index(1, 1).data())


def test_a_column_is_sent_elsewhere_by_keyboard_and_that_is_remembered(
    qtbot: QtBot, page: ImportPage, table: Path, empty: Path
) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    grid, model = page.contents.table, page.contents.model
    grid.setCurrentIndex(model.index(4, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    combo = grid.findChild(QComboBox)
    assert combo is not None
    combo.setCurrentIndex(combo.findData("category"))
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dict(model.mapping())["Material"] == "category")
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.ending.result is not None)
    with Shop.open(empty) as shop:
        assert shop.product(products.find_one(shop, "K-1")).category == "oak"
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    assert dict(page.contents.model.mapping())["Material"] == "category"
    assert "before" in page.contents.advice.text()


def test_a_fact_gets_the_name_the_merchant_types(qtbot: QtBot, page: ImportPage, table: Path) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    model = page.contents.model
    assert model.index(4, CALLED).data() == "Material"
    assert model.setData(model.index(4, CALLED), "Wood")
    assert dict(model.mapping())["Material"] == "fact:Wood"
    assert not model.setData(model.index(1, CALLED), "Title")  # only facts and options have names


def test_without_a_name_or_a_code_there_is_no_preview(qtbot: QtBot, page: ImportPage, table: Path) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    model = page.contents.model
    for row in (0, 1):
        model.setData(model.index(row, FIELD), "ignore")
    assert not page.next.isEnabled()
    assert "product name or the SKU" in page.hint.text()
    model.setData(model.index(1, FIELD), "title")
    assert page.next.isEnabled()


def test_two_columns_for_one_field_are_told_apart(qtbot: QtBot, page: ImportPage, table: Path) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    page.contents.model.setData(page.contents.model.index(4, FIELD), "title")
    assert "two columns" in page.hint.text()
    assert not page.next.isEnabled()


def test_columns_nobody_can_guess_are_asked_for(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("xx,yy,zz\n1,2,3\n4,5,6\n", "utf-8")
    page.arrive(path=file)
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    assert page.trail.at == CONTENTS
    assert "not clear" in page.notices.notice.text


def test_problems_are_listed_with_row_column_and_reason_and_saved_as_a_file(
    qtbot: QtBot, page: ImportPage, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    page.preview.tabs.setCurrentIndex(1)
    row = [str(page.preview.problems.index(0, column).data()) for column in range(3)]
    assert row[:2] == ["4", "Price"]
    assert "abc" in row[2]
    target = tmp_path / "mend.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    click(qtbot, page, "Save these rows")
    qtbot.waitUntil(target.exists)
    assert "K-3" in target.read_text("utf-8-sig")


def test_a_second_import_asks_once_what_it_means_and_shows_before_and_after(
    qtbot: QtBot, page: ImportPage, table: Path, empty: Path
) -> None:
    bring_in(qtbot, page, table)
    table.write_text(HEAD + "K-1,Oak tray,48.00,9,oak,For breakfast.\nK-4,Wool throw,89,7,wool,\n", "utf-8")
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    assert page.preview.question.fields.isVisible()
    preview = page.preview.preview
    assert preview is not None
    assert (preview.added, preview.changed, preview.archived) == (1, 1, 0)
    change = next(c for c in preview.changes if c.kind == "change")
    assert ("description", "", "For breakfast.") in change.fields
    combo = page.preview.question.fields.missing
    combo.setCurrentIndex(combo.findData("archive"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: page.preview.preview is not None and page.preview.preview.archived == 2)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.ending.result is not None)
    with Shop.open(empty) as shop:
        assert import_products.matching_for(shop) == Matching(missing="archive")
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    assert not page.preview.question.fields.isVisible()  # decided: one line, to be changed
    assert "are archived" in page.preview.question.line.text()
    assert page.next.text() == "Nothing to import"


def test_undo_on_the_page_takes_the_import_out_again(qtbot: QtBot, page: ImportPage, table: Path, empty: Path) -> None:
    bring_in(qtbot, page, table)
    assert len(names(empty)) == 3
    click(qtbot, page, "Undo")
    qtbot.waitUntil(lambda: page.ending.title.text() == "Taken back")
    assert names(empty) == []


def test_undo_from_the_menu_is_seen_on_the_page(qtbot: QtBot, page: ImportPage, table: Path, empty: Path) -> None:
    bring_in(qtbot, page, table)
    page.desk.commands.run("edit.undo")
    qtbot.waitUntil(lambda: page.ending.title.text() == "Taken back")
    assert names(empty) == []


def test_undo_on_the_page_does_not_take_back_something_newer(
    qtbot: QtBot, page: ImportPage, table: Path, empty: Path
) -> None:
    bring_in(qtbot, page, table)
    with Shop.open(empty) as shop:
        products.archive(shop, [products.find_one(shop, "K-1")])
    page._take_back()
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    assert "Other things were done since" in page.notices.notice.text
    assert len(names(empty)) == 3


def test_several_files_come_one_after_the_other(
    qtbot: QtBot, page: ImportPage, table: Path, tmp_path: Path, empty: Path
) -> None:
    second = tmp_path / "more.csv"
    second.write_text(HEAD + "M-1,Walnut spoon,9.50,140,walnut,\n", "utf-8")
    drop(page, table, second)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.ending.result is not None)
    click(qtbot, page, "Next: more.csv")
    at(qtbot, page, CONTENTS)
    assert page.subtitle.text() == "more.csv"
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.ending.result is not None and page.ending.result.added == 1)
    assert len(names(empty)) == 4


def test_a_large_preview_shows_progress_and_escape_stops_it(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, empty: Path
) -> None:
    file = tmp_path / "large.csv"
    rows = (f"L-{n},Thing number {n},{n % 90}.50,{n},oak,\n" for n in range(30_000))
    file.write_text(HEAD + "".join(rows), "utf-8")
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    qtbot.waitUntil(lambda: "of" in page.busy.far.text())
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    at(qtbot, page, CONTENTS)
    assert page.preview.preview is None
    assert names(empty) == []


def test_a_stopped_import_keeps_what_is_in_and_undo_takes_it_out(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, empty: Path
) -> None:
    file = tmp_path / "large.csv"
    rows = (f"L-{n},Thing number {n},{n % 90}.50,{n},oak,\n" for n in range(8_000))
    file.write_text(HEAD + "".join(rows), "utf-8")
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)
    qtbot.waitUntil(lambda: page.desk.work.now is not None and page.desk.work.now.done >= 500)
    qtbot.mouseClick(page.ending.busy.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._running is None)
    assert "Stopped" in page.ending.title.text()
    assert 0 < len(names(empty)) < 8_000
    click(qtbot, page, "Undo")
    qtbot.waitUntil(lambda: page.ending.title.text() == "Taken back")
    assert names(empty) == []


def test_the_import_goes_on_while_one_looks_at_another_page(
    qtbot: QtBot, page: ImportPage, table: Path, empty: Path
) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)
    page.desk.go("today")
    qtbot.waitUntil(lambda: page.desk.work.now is None)
    assert len(names(empty)) == 3
    page.desk.go("import")
    assert page.trail.at == ENDING


def test_the_whole_way_goes_by_keyboard(qtbot: QtBot, page: ImportPage, table: Path, empty: Path) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    window = page.window()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.contents.table)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at(qtbot, page, PREVIEW)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    at(qtbot, page, CONTENTS)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at(qtbot, page, PREVIEW)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.ending.result is not None)
    assert len(names(empty)) == 3


def test_a_click_on_a_target_opens_the_list_of_fields(qtbot: QtBot, page: ImportPage, table: Path) -> None:
    page.arrive(path=table)
    at(qtbot, page, CONTENTS)
    grid, model = page.contents.table, page.contents.model
    spot = grid.visualRect(model.index(3, FIELD)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot.x(), spot.y()))
    combo = grid.findChild(QComboBox)
    assert combo is not None
    assert combo.currentData() == "stock"
    words = [combo.itemText(n) for n in range(combo.count())]
    assert "A fact called “Stock”" in words
    assert "Leave out" in words


def test_what_a_column_holds_has_a_chinese_name() -> None:
    from desktop_app import formats, words
    from desktop_app.ui.importing import matching, names

    words.use("zh")
    for field in (*formats.FIELDS, "option1.name", "attribute2.value", "published", "facts", "variants"):
        assert any(ord(c) > 0x2E80 for c in names.of(field)), field
    assert "保留我改的" in matching.in_words(Matching())


def test_another_sheet_of_a_workbook_can_be_chosen(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for sheet, name in (("Spring", "Oak tray"), ("Autumn", "Wool throw")):
            made = book.add_worksheet(sheet)
            made.write_row(0, 0, ["SKU", "Name", "Price"])
            made.write_row(1, 0, ["A-1", name, 5])
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    assert page.contents.sheet.isVisibleTo(page)
    assert not page.contents.encoding.isVisible()
    combo = page.contents.sheet
    combo.setCurrentIndex(combo.findText("Autumn"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: page.looked is not None and page.looked.reading.sheet == "Autumn")
    assert "Wool throw" in str(page.contents.model.index(1, 1).data())


def test_two_hundred_columns_are_shown_without_a_wait(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    heads = ["SKU", "Name", *(f"Attribute {n} of the thing" for n in range(400))]
    file.write_text(",".join(heads) + "\n" + ",".join(f"v{n}" for n in range(402)) + "\n", "utf-8")
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    assert page.contents.model.rowCount() == 402
    assert not page.contents.table.findChildren(QComboBox)  # a list is made when one is opened, not 402 at once


def to_the_end(qtbot: QtBot, page: ImportPage, file: Path) -> None:
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    press(qtbot, page)


def test_an_import_runs_at_once_beside_a_long_writing_job(
    qtbot: QtBot, page: ImportPage, table: Path, empty: Path
) -> None:
    go_on = threading.Event()
    writing = page.desk.work.start("Writing descriptions", lambda _shop, _stop: go_on.wait(20), lane="writing")
    to_the_end(qtbot, page, table)
    qtbot.waitUntil(lambda: page.ending.result is not None)
    assert page.desk.work.queue == [writing]
    assert len(names(empty)) == 3
    go_on.set()


def test_an_import_behind_another_file_says_what_it_waits_for(
    qtbot: QtBot, page: ImportPage, table: Path, empty: Path
) -> None:
    go_on = threading.Event()
    page.desk.work.start("Copying weights", lambda _shop, _stop: go_on.wait(20))
    to_the_end(qtbot, page, table)
    assert "Copying weights" in page.ending.busy.far.text()
    go_on.set()
    qtbot.waitUntil(lambda: page.ending.result is not None)
    assert len(names(empty)) == 3


def test_prices_that_change_are_shown_in_the_shops_money_variant_by_variant(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    file = tmp_path / "sizes.csv"
    head = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
    rows = "shirt,Shirt,Size,{},S-1,{}\nshirt,,,L,S-2,14.00\n"
    file.write_text(head + rows.format("M", "12.50"), "utf-8")
    to_the_end(qtbot, page, file)
    qtbot.waitUntil(lambda: page.ending.result is not None)
    file.write_text(head + rows.format("M", "13.90"), "utf-8")
    page.start_over()
    page.arrive(path=file)
    at(qtbot, page, CONTENTS)
    press(qtbot, page)
    at(qtbot, page, PREVIEW)
    shown = [label.text() for label in page.preview.panel.findChildren(QLabel)]
    assert "M · S-1 · $12.50" in shown
    assert "→ M · S-1 · $13.90" in shown
    assert not any("S-2" in words for words in shown)  # it stays as it is
