"""Whatever form something was typed in: Escape, Cancel and the closed window ask before it is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import purchasing
from desktop_app.trade import Supplier
from desktop_app.ui.unsaved import FormDialog, Guard

Settle = Callable[[Any], None]
Opened = tuple[Guard, QWidget, Callable[[], bool]]  # the form, a field of it, whether it is closed


def product_form(window: Any, settle: Settle) -> Opened:
    window.go("products", new=True)
    settle(window)
    form = window.page.panel._form
    return form.guard, form.category, lambda: window.page.panel._form is None


def fact(window: Any, settle: Settle) -> Opened:
    window.go("products")
    settle(window)
    window.page.table.selectRow(0)
    settle(window)
    window.page.panel.facts.begin_new("Care")
    editor = window.page.panel.facts.editor
    return editor.guard, editor.value, editor.isHidden


def own_words(window: Any, settle: Settle) -> Opened:
    window.go("products")
    settle(window)
    window.page.table.selectRow(0)
    settle(window)
    panel = window.page.panel.description
    panel.edit()
    return panel.guard, panel.view, lambda: panel.state != "editing"


def draft(window: Any, settle: Settle) -> Opened:
    window.go("writing")
    settle(window)
    window.page.edit()
    return window.page.guard, window.page.card.view, lambda: not window.page._editing


def pasted(window: Any, settle: Settle) -> Opened:
    window.go("messages")
    settle(window)
    window.page.paste()
    panel = window.page.paste_panel
    return panel.guard, panel.text, lambda: window.page.middle.currentWidget() is not panel


def prices(window: Any, settle: Settle) -> Opened:
    from desktop_app.ui.products.repricing import RepriceDialog

    return dialog(RepriceDialog(window, window.desk, [1, 2]), "amount", window, settle)


def goods(window: Any, settle: Settle) -> Opened:
    from desktop_app.ui.orders.purchase_form import PurchaseDialog

    return dialog(PurchaseDialog(window, window.desk, []), "supplier", window, settle)


def supplier(window: Any, settle: Settle) -> Opened:
    from desktop_app.ui.orders.supplier_form import SupplierDialog

    made = SupplierDialog(window, window.desk)
    made.first = made.fields["name"]  # type: ignore[attr-defined]
    return dialog(made, "first", window, settle)


def dialog(made: FormDialog, field: str, window: Any, settle: Settle) -> Opened:
    made.open()
    settle(window)
    return made.guard, getattr(made, field), made.isHidden


FORMS = (product_form, fact, own_words, draft, pasted, prices, goods, supplier)


def test_escape_asks_before_typed_things_are_gone(window: Any, qtbot: QtBot, settle: Settle) -> None:
    for form in FORMS:
        name = form.__name__
        _guard, field, closed = form(window, settle)
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert closed(), f"{name}: nothing was typed, so nothing is asked"

        guard, field, closed = form(window, settle)
        field.setFocus()
        QTest.keyClicks(field, "7 oak")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert guard.asking, name
        assert guard.question.stay.hasFocus(), f"{name}: Return keeps what was typed"
        QTest.keyClick(guard.question.stay, Qt.Key.Key_Escape)
        assert guard.dirty, name
        assert not guard.asking, name
        assert not closed(), name
        QTest.keyClick(field, Qt.Key.Key_Escape)
        qtbot.mouseClick(guard.question.drop, Qt.MouseButton.LeftButton)
        assert closed(), name


def test_a_window_with_a_typed_form_asks_before_it_closes(window: Any, settle: Settle) -> None:
    guard, field, _closed = product_form(window, settle)
    QTest.keyClicks(field, "Trays")
    window.go("today")
    settle(window)
    assert not window.close()
    assert window.here == "products"
    assert guard.asking
    guard.question.drop.click()
    assert window.isHidden()


def test_a_fact_that_was_typed_is_kept_when_another_product_is_chosen(window: Any, settle: Settle) -> None:
    _guard, field, _closed = fact(window, settle)
    QTest.keyClicks(field, "Wipe with a dry cloth")
    window.page.table.selectRow(1)
    settle(window)
    window.page.table.selectRow(0)
    settle(window)
    assert "Wipe with a dry cloth" in {f.value for f in window.page.panel.product.facts}


def test_what_is_typed_of_one_supplier_is_not_gone_when_another_is_looked_at(
    window: Any, shop_file: Path, settle: Settle
) -> None:
    with Shop.open(shop_file) as shop:
        for name in ("Berger", "Adler"):
            purchasing.save_supplier(shop, Supplier(name))
    guard, field, _closed = supplier(window, settle)
    pick = guard.form.pick  # type: ignore[attr-defined]
    first = pick.currentText()
    QTest.keyClicks(field, " & Sons")
    pick.setCurrentIndex(1)
    assert guard.asking
    assert (pick.currentText(), field.text()) == (first, f"{first} & Sons")
    guard.question.drop.click()
    settle(window)
    assert pick.currentIndex() == 1
    assert field.text() == pick.currentText() != first
    assert not guard.dirty
