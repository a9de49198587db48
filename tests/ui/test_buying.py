"""The Purchases page: goods are ordered, arrive in parts, and stand in stock with their reason."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.ui.orders.purchase_form import COST, PIECES, PurchaseDialog
from desktop_app.ui.orders.supplier_form import CODE, PACK, SupplierDialog
from desktop_app.ui.widgets import Button, Text

Settle = Callable[[Any], None]


@pytest.fixture
def window(open_window: Any, tmp_path: Path, settle: Settle) -> Any:
    path = tmp_path / "shop.zhanggui"
    with Shop.create(path, name="Shop", currency="USD") as shop, shop.act("Products"):
        shop.add([Product("Cup", "cup", variants=(Variant("C1", price=Decimal(10), cost=Decimal(4), stock=2),)),
                  Product("Pot", "pot", variants=(Variant("P1", price=Decimal(30), stock=1),))])  # fmt: skip
    opened = open_window(path)
    opened.go("buying")
    settle(opened)
    return opened


def ordered(qtbot: QtBot, window: Any, settle: Settle) -> PurchaseDialog:
    window.page.begin()
    settle(window)
    dialog = window.findChildren(PurchaseDialog)[-1]
    assert isinstance(dialog, PurchaseDialog)
    assert [one.sku for one in dialog.found] == ["C1", "P1"]
    dialog.supplier.setEditText("Clay & Sons")
    settle(window)
    qtbot.keyClicks(dialog.days, "14")
    dialog.table.item(0, PIECES).setText("12")
    dialog.table.item(1, PIECES).setText("3")
    dialog.table.item(1, COST).setText("11.50")
    assert "2 kinds, $82.50" in dialog.said.text()
    return dialog


def texts(page: Any) -> str:
    return "\n".join(text.text() for text in page.panel.findChildren(Text))


def test_goods_are_ordered_and_arrive_in_parts(qtbot: QtBot, window: Any, settle: Settle) -> None:
    dialog = ordered(qtbot, window, settle)
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    settle(window)
    page = window.page
    assert [page.model.index(0, n).data() for n in (0, 3, 4)] == ["Clay & Sons", "$82.50", "Ordered"]
    assert "0 of 12 here" in texts(page)
    arrived = [b for b in page.panel.findChildren(Button) if b.text() == "Arrived"]
    qtbot.mouseClick(arrived[0], Qt.MouseButton.LeftButton)
    settle(window)
    assert page.model.index(0, 4).data() == "Partly here"
    qtbot.mouseClick(next(b for b in page.panel.findChildren(Button) if b.text() == "All of it arrived"),
                     Qt.MouseButton.LeftButton)  # fmt: skip
    settle(window)
    assert page.model.index(0, 4).data() == "All here"
    with Shop.open(window.desk.shop.path) as shop:
        cup, pot = (shop.products(shop.find(sku))[0].variants[0] for sku in ("C1", "P1"))
        assert (cup.stock, pot.stock, pot.cost) == (14, 4, Decimal("11.5"))
        assert [move.reason for move in shop.moves(pot.id or 0)][:1] == ["purchase"]
        assert shop.suppliers()[0].lead_days == 14
    window.desk.undo()
    settle(window)
    assert page.model.index(0, 4).data() == "Partly here"


def test_an_order_without_a_name_or_with_a_wrong_number_is_not_written(
    qtbot: QtBot, window: Any, settle: Settle
) -> None:
    dialog = ordered(qtbot, window, settle)
    dialog.table.item(0, PIECES).setText("a dozen")
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    assert "a dozen" in dialog.said.text()
    dialog.table.item(0, PIECES).setText("12")
    dialog.supplier.setEditText("")
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    assert "supplier's name" in dialog.said.text()
    assert dialog.isVisible()
    dialog.reject()
    with Shop.open(window.desk.shop.path) as shop:
        assert shop.purchases() == []


def test_a_supplier_has_contact_minimum_codes_and_packs_and_an_order_keeps_to_them(
    qtbot: QtBot, window: Any, settle: Settle
) -> None:
    window.page.suppliers()
    settle(window)
    dialog = window.findChildren(SupplierDialog)[-1]
    for key, typed in (("name", "Clay & Sons"), ("email", "c@clay.example"), ("phone", "030 1"), ("minimum", "200")):
        dialog.fields[key].setText(typed)
    qtbot.keyClicks(dialog.search, "cup")
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    dialog.table.item(0, CODE).setText("CS-77")
    dialog.table.item(0, PACK).setText("six")
    dialog.do.click()
    assert "no number of pieces" in dialog.said.text()
    dialog.table.item(0, PACK).setText("6")
    dialog.search.setText("pot")  # what was typed of the cup stays
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    dialog.do.click()
    settle(window)
    with Shop.open(window.desk.shop.path) as shop:
        (clay,) = shop.suppliers()
        assert (clay.name, clay.email, clay.phone, clay.minimum) == ("Clay & Sons", "c@clay.example", "030 1", 200)
        assert [(s.code, s.pack) for s in shop.supplies(clay.id)] == [("CS-77", 6)]
    window.page.refresh()
    settle(window)
    window.page.begin()
    settle(window)
    order = window.findChildren(PurchaseDialog)[-1]
    order.supplier.setEditText("Clay & Sons")
    settle(window)
    assert order.table.item(0, 0).text() == "Cup (C1, CS-77)"
    order.table.item(0, PIECES).setText("8")
    assert "“Cup” comes in packs of 6." in order.said.text()
    assert "Clay & Sons takes orders from $200.00 on." in order.said.text()
    order.reject()
    window.desk.undo()
    settle(window)
    with Shop.open(window.desk.shop.path) as shop:
        assert shop.suppliers() == []
