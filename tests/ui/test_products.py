from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.records import Fact, Product, Variant
from desktop_app.shop import Shop
from desktop_app.ui.products.facts import FactChip
from desktop_app.ui.products.model import BLOCK

Settle = Callable[[Any], None]


@pytest.fixture
def page(window: Any, settle: Settle) -> Any:
    window.activateWindow()
    window.go("products")
    settle(window)
    return window.page


def titles(page: Any) -> list[str]:
    return [page.model.index(n, 0).data() for n in range(page.model.rowCount())]


def stored(page: Any, number: int) -> Product:
    with Shop.open(page.desk.shop.path) as shop:
        return shop.product(number)


def stand_on(page: Any, title: str, settle: Settle) -> int:
    page.table.stand_on(titles(page).index(title))
    settle(page.window())
    return int(page.panel.product_id)


def test_the_table_shows_name_sku_price_stock_and_how_the_text_stands(page: Any) -> None:
    at = titles(page).index("Oak tray")
    cells = [page.model.index(at, column).data() for column in range(5)]
    assert cells == ["Oak tray", "KIT-0004", "$16.50", "12", "From the file"]
    assert page.subtitle.text() == "12"


def test_the_list_filters_while_one_types(page: Any, qtbot: QtBot, settle: Settle) -> None:
    qtbot.keyClicks(page.search, "oak tr")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    settle(page.window())
    assert titles(page) == ["Oak tray"]
    page.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12)


def test_chinese_is_found_from_the_first_character(page: Any, qtbot: QtBot, settle: Settle) -> None:
    page.search.setText("篮")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    settle(page.window())
    assert titles(page) == ["竹篮"]


def test_nothing_found_says_so_and_shows_the_way_back(page: Any, qtbot: QtBot, settle: Settle) -> None:
    page.search.setText("no such thing")
    qtbot.waitUntil(lambda: page.nothing.isVisible())
    page._show_all()
    qtbot.waitUntil(lambda: page.table.isVisible() and page.model.rowCount() == 12)


def test_the_slash_key_goes_to_the_search_field(page: Any, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Slash)
    qtbot.waitUntil(lambda: page.search.hasFocus())


def test_down_leaves_the_search_field_for_the_list(page: Any, qtbot: QtBot) -> None:
    page.search.setText("towel")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.seek()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.waitUntil(lambda: page.panel.product is not None and page.panel.product.title == "Linen towel")


@pytest.mark.parametrize(("key", "count"), [("missing", 6), ("draft", 4), ("approved", 1), ("archived", 0), ("", 12)])
def test_filters_show_what_they_name(page: Any, settle: Settle, key: str, count: int) -> None:
    page.filters[key].click()
    settle(page.window())
    assert page.model.rowCount() == count
    assert [k for k, b in page.filters.items() if b.isChecked()] == [key]


def test_a_click_on_a_column_sorts_and_the_next_one_turns_it_round(page: Any, settle: Settle) -> None:
    page.table._sort(2)
    settle(page.window())
    assert titles(page)[0] == "Bamboo board"
    assert page.model.headerData(2, Qt.Orientation.Horizontal) == "Price ↑"
    page.table._sort(2)
    settle(page.window())
    assert titles(page)[0] == "Raincoat"


def test_what_is_chosen_stays_chosen_through_search_and_order(page: Any, settle: Settle) -> None:
    number = stand_on(page, "Oak tray", settle)
    page.search.setText("oak")
    settle(page.window())
    page.table._sort(0)
    settle(page.window())
    page.search.clear()
    settle(page.window())
    assert page.table.chosen_ids() == [number]
    assert page.panel.product.title == "Oak tray"


def test_the_product_shows_its_facts_price_stock_and_pictures(page: Any, settle: Settle, qtbot: QtBot) -> None:
    stand_on(page, "Oak tray", settle)
    panel = page.panel
    assert panel.title.text() == "Oak tray"
    assert panel.line.text() == "KIT-0004 · $16.50 · 12 in stock"
    assert [f.value for f in panel.facts.facts] == ["oak", "40 × 28 cm"]
    assert panel.pictures.flow.count() == 2
    assert panel.pictures.flow.itemAt(0).widget()._picture is not None
    assert panel.pictures.flow.itemAt(1).widget()._picture is None
    assert panel.pictures.note.text() == "Pictures on the web are not fetched."


def test_a_fact_is_added_changed_and_removed_by_keyboard(page: Any, settle: Settle, qtbot: QtBot) -> None:
    number = stand_on(page, "Oak tray", settle)
    chips = page.panel.facts
    chips.add.click()
    qtbot.keyClicks(chips.editor.name, "Weight")
    qtbot.keyClick(chips.editor.name, Qt.Key.Key_Return)
    qtbot.keyClicks(chips.editor.value, "1.2 kg")
    qtbot.keyClick(chips.editor.value, Qt.Key.Key_Return)
    settle(page.window())
    assert [(f.name, f.value, f.kind) for f in stored(page, number).facts][-1] == ("Weight", "1.2 kg", "weight")

    first = chips.flow.itemAt(0).widget()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert chips.editor.value.text() == "oak"
    chips.editor.value.setText("solid oak")
    qtbot.keyClick(chips.editor.value, Qt.Key.Key_Return)
    settle(page.window())
    assert stored(page, number).facts[0].value == "solid oak"
    assert stored(page, number).facts[0].source == "merchant"

    qtbot.keyClick(chips.flow.itemAt(2).widget(), Qt.Key.Key_Delete)
    settle(page.window())
    assert [f.name for f in stored(page, number).facts] == ["Material", "Size"]
    page.desk.undo()
    settle(page.window())
    assert [f.name for f in stored(page, number).facts] == ["Material", "Size", "Weight"]


def test_a_fact_that_buyers_ask_for_is_suggested(page: Any, settle: Settle, qtbot: QtBot) -> None:
    stand_on(page, "Oak tray", settle)
    chips = page.panel.facts
    shown = [chips.flow.itemAt(n).widget().text() for n in range(chips.flow.count())]
    assert "+ weight?" in shown
    chips.flow.itemAt(shown.index("+ weight?")).widget().click()
    assert chips.editor.name.text() == "Weight"
    qtbot.waitUntil(lambda: chips.editor.value.hasFocus())


def test_a_draft_shows_what_carries_it_and_what_does_not(page: Any, settle: Settle) -> None:
    stand_on(page, "Linen towel", settle)
    text = page.panel.description
    assert text.view.text.startswith("Carry breakfast")
    assert "Material" in text.view.said_at(text.view.text.index("oak") + 1)
    assert "not in this product" in text.view.said_at(text.view.text.index("12"))
    assert "not in this product" in text.findings.text()
    assert text.origin.text() == "Written by SmolLM2 on this laptop · 2 sentences were written anew"


def test_a_draft_is_approved_and_undone(page: Any, settle: Settle) -> None:
    number = stand_on(page, "Bamboo board", settle)
    page.panel.description.approve()
    settle(page.window())
    assert page.panel.description.status.text() == "Approved"
    assert page.panel.product_id == number
    page.desk.undo()
    settle(page.window())
    assert page.panel.description.status.text() == "Draft"


def test_a_draft_is_edited_by_hand(page: Any, settle: Settle, qtbot: QtBot) -> None:
    stand_on(page, "Bamboo board", settle)
    text = page.panel.description
    text.edit()
    text.view.setPlainText("My own words, 99 of them.")
    qtbot.keyClick(text.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page.window())
    assert text.draft.text == "My own words, 99 of them."
    assert text.origin.text().startswith("In your own words")
    assert "99" in text.findings.text()


def test_an_edit_is_given_up_with_escape(page: Any, settle: Settle, qtbot: QtBot) -> None:
    stand_on(page, "Bamboo board", settle)
    text = page.panel.description
    text.edit()
    text.view.setPlainText("nonsense")
    qtbot.keyClick(text.view, Qt.Key.Key_Escape)
    text.guard.question.drop.click()
    assert text.view.text.startswith("Carry breakfast")


def test_the_draft_is_compared_with_the_text_in_the_shop(page: Any, settle: Settle) -> None:
    stand_on(page, "Bamboo board", settle)
    text = page.panel.description
    text.compare.click()
    assert "<s" in text.compared.now.text()
    assert "<u" in text.compared.new.text()
    assert not text.view.isVisible()


def test_text_is_copied_plain_and_with_formatting(page: Any, settle: Settle) -> None:
    stand_on(page, "Bamboo board", settle)
    page.panel.copy_formatted()
    held = QGuiApplication.clipboard().mimeData()
    assert held.text().startswith("Carry breakfast")
    assert "<p>Carry breakfast" in held.html()
    page.panel.copy_plain()
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_a_product_is_added_by_hand(page: Any, settle: Settle, qtbot: QtBot, tmp_path: Path) -> None:
    page.add.click()
    form = page.panel._form
    qtbot.keyClicks(form.name, "Pine shelf")
    qtbot.keyClicks(form.price, "49,90")
    qtbot.keyClicks(form.stock, "7")
    qtbot.keyClicks(form.sku, "SH-1")
    form.add_files([tmp_path / "tray.svg"])
    qtbot.keyClicks(form.address, "https://example.com/shelf.jpg")
    qtbot.keyClick(form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page.window())
    made = stored(page, page.panel.product_id)
    assert (made.title, made.variants[0].price, made.variants[0].stock) == ("Pine shelf", Decimal("49.90"), 7)
    assert [i.address for i in made.images] == [str(tmp_path / "tray.svg"), "https://example.com/shelf.jpg"]
    assert page.panel.product.title == "Pine shelf"
    assert page.table.current_id() == made.id


def test_a_product_without_a_name_is_not_saved_and_nothing_typed_is_lost(
    page: Any, settle: Settle, qtbot: QtBot
) -> None:
    page.add.click()
    form = page.panel._form
    qtbot.keyClicks(form.price, "5")
    form.save()
    settle(page.window())
    assert "name" in form.problem.text()
    assert form.price.text() == "5"
    assert page.window().focusWidget() is form.name  # where it can be put right
    form.price.setText("five")
    form.name.setText("Shelf")
    form.save()
    assert "five" in form.problem.text()
    assert page.window().focusWidget() is form.price


def test_variants_are_added_in_place(page: Any, settle: Settle) -> None:
    number = stand_on(page, "Raincoat", settle)
    page.panel.edit_product()
    table = page.panel._form._table
    assert table.model.names == ["Size"]
    new = table.model.add()
    table.model.setData(table.model.index(new, 0), "116")
    table.model.setData(table.model.index(new, 1), "RAIN-116")
    table.model.setData(table.model.index(0, 2), "41.50")
    page.panel._form.save()
    settle(page.window())
    kept = stored(page, number)
    assert [v.sku for v in kept.variants] == ["RAIN-98", "RAIN-104", "RAIN-110", "RAIN-116"]
    assert kept.variants[0].price == Decimal("41.50")
    assert page.panel.variants.fold.text() == "4 variants"


def test_a_product_is_archived_and_brought_back(page: Any, settle: Settle) -> None:
    stand_on(page, "Apron", settle)
    page.panel.archive()
    settle(page.window())
    assert "Apron" not in titles(page)
    page.desk.undo()
    settle(page.window())
    assert "Apron" in titles(page)


def test_several_products_are_approved_archived_and_undone_at_once(page: Any, settle: Settle) -> None:
    page.table.selectAll()
    settle(page.window())
    assert page.bulk.isVisible()
    assert page.bulk.words.text() == "12 chosen"
    page.bulk.approve.click()
    settle(page.window())
    # Three of the four drafts rest on the facts; the one with a claim is left for an eye.
    assert page.desk.counts.drafts_waiting == 1
    page.table.selectAll()
    page.bulk.archive.click()
    settle(page.window())
    assert page.desk.counts.archived == 12
    assert "archived" in page.nothing.text.text()  # nobody typed anything that none of them fits
    assert page.nothing.button.isHidden()
    page.desk.undo()
    settle(page.window())
    assert page.desk.counts.archived == 0


def test_two_hundred_thousand_rows_are_fetched_only_where_one_looks(
    open_window: Callable[..., Any], tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    path = tmp_path / "large.zhanggui"
    with Shop.create(path) as shop, shop.act("Fill"):
        shop.add(Product(f"Thing {n:05}", variants=(Variant(f"T{n}"),)) for n in range(3000))
    window = open_window(path)
    window.go("products")
    settle(window)
    model = window.page.model
    assert model.rowCount() == 3000
    assert len(model._blocks) <= 2
    window.page.table.scrollToBottom()
    settle(window)
    assert model.index(2999, 0).data() == "Thing 02999"
    assert len(model._blocks) * BLOCK < 1000
    window.page.table.selectAll()
    assert window.page.table.count_chosen() == 3000


def test_letters_typed_in_a_field_stay_there(page: Any, qtbot: QtBot) -> None:
    page.seek()
    qtbot.keyClicks(page.search, "a/jkx")
    assert page.search.text() == "a/jkx"
    assert isinstance(page.search, QLineEdit)


def test_cost_price_before_and_weight_are_changed_by_hand(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    page.panel.edit_product()
    form = page.panel._form
    form.compare_at.setText("20")
    form.cost.setText("7.25")
    form.weight.setText("0.9 kg")
    form.save()
    settle(page.window())
    variant = page.panel.product.variants[0]
    assert (variant.compare_at, variant.cost, variant.weight_grams) == (Decimal(20), Decimal("7.25"), Decimal(900))
    page.panel.edit_product()
    assert page.panel._form.weight.text() == "900.0"


def test_cost_price_before_and_weight_of_a_variant_are_typed_into_its_row(page: Any, settle: Settle) -> None:
    stand_on(page, "Raincoat", settle)
    page.panel.edit_product()
    model = page.panel._form._table.model
    columns = {model.headerData(n, Qt.Orientation.Horizontal): n for n in range(model.columnCount())}
    for name, typed in (("Price before", "49"), ("Cost price", "18"), ("Weight (g)", "350 g")):
        assert model.setData(model.index(0, columns[name]), typed)
    assert not model.setData(model.index(0, columns["Weight (g)"]), "heavy")
    page.panel._form.save()
    settle(page.window())
    variant = page.panel.product.variants[0]
    assert (variant.compare_at, variant.cost, variant.weight_grams) == (Decimal(49), Decimal(18), Decimal(350))


@pytest.mark.parametrize(
    ("typed", "grams"),
    [("900", "900"), ("0.9kg", "900"), ("2 斤", "1000"), ("1.5 公斤", "1500"), ("1 lb", "453.59237"), ("", None)],
)
def test_a_weight_is_read_as_people_write_it(typed: str, grams: str | None) -> None:
    from desktop_app.ui import local

    assert local.read_grams(typed) == (None if grams is None else Decimal(grams))


def test_return_in_the_list_goes_to_what_can_be_done_with_the_text(page: Any, settle: Settle, qtbot: QtBot) -> None:
    window = page.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    stand_on(page, "Bamboo board", settle)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.focusWidget().text() == "Approve"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_what_is_wrong_with_a_text_is_said_in_the_language_of_the_window(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle
) -> None:
    from desktop_app.records import Finding
    from desktop_app.ui import prose

    found = Finding(0, 2, "12", "number", "Nothing in this product’s facts says “12”.")
    assert prose.why(found) == found.why
    open_window(shop_file, language="zh")
    in_chinese = prose.why(found)
    assert "12" in in_chinese
    assert "Nothing" not in in_chinese
    open_window(None, language="en")
    assert prose.why(Finding(0, 2, "12", "number", in_chinese)) == found.why
    assert prose.why(Finding(0, 2, "12", "number", "Nobody ever said so.")) == "Nobody ever said so."


def test_walking_through_the_list_leaves_the_keyboard_there(page: Any, settle: Settle, qtbot: QtBot) -> None:
    window = page.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    stand_on(page, "Bamboo board", settle)
    page.panel.take_focus()
    assert not page.table.hasFocus()
    page.table.setFocus()
    for _step in range(6):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
        settle(window)
        assert page.table.hasFocus()


def test_an_ampersand_in_a_fact_is_shown(page: Any, settle: Settle, shop_file: Path) -> None:
    with Shop.open(shop_file) as shop, shop.act("Add a fact"):
        product = shop.product(shop.search("Oak tray")[0])
        shop.replace(
            replace(product, facts=(*product.facts, Fact("Style", "Black & white"), Fact("Cloth", "CoolTech&trade;")))
        )
    page.refresh()
    settle(page.window())
    stand_on(page, "Oak tray", settle)
    chips = [c for c in page.panel.facts.findChildren(FactChip) if c.isVisible()]
    assert "Black && white" in [chip.text() for chip in chips]  # what Qt shows with one "&"
    assert "CoolTech™" in [chip.text() for chip in chips]  # as its shop writes it for a browser
