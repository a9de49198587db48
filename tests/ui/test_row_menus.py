"""A right click on a row, the menu key or Shift+F10 offers what can be done with it, and does that to this row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.trade import Buyer, Order, OrderLine

Settle = Callable[[Any], None]


@pytest.fixture
def window(open_window: Any, shop_file: Path, settle: Settle) -> Any:
    orders = [
        Order(f"A-{n}", "shop", f"2027-03-0{n}T10:00:00Z", lines=(OrderLine("Oak tray", "KIT-0004", price=Decimal(9)),),
              currency="USD", buyer=Buyer(f"Person {n}", f"p{n}@example.com"))
        for n in (1, 2, 3)
    ]  # fmt: skip
    with Shop.open(shop_file) as shop, shop.act("Orders"):
        shop.book_orders(shop.intake().take(orders).orders)
    opened = open_window(shop_file)
    settle(opened)
    return opened


def press(table: Any, row: int) -> None:
    """Press the right button on a row, as a hand does: it selects, then asks for the menu."""
    place = table.visualRect(table.model().index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=place)
    QApplication.sendEvent(
        table.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place)),
    )


def opened(table: Any, qtbot: QtBot) -> QMenu:
    """Wait for the menu of a list and return it."""
    shown: list[QMenu] = []

    def there() -> bool:
        shown[:] = [menu for menu in table.findChildren(QMenu) if menu.isVisible()]
        return bool(shown)

    qtbot.waitUntil(there)
    return shown[0]


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if words in action.text()).trigger()
    menu.close()


def test_a_right_click_archives_the_product_under_the_mouse(window: Any, qtbot: QtBot, settle: Settle) -> None:
    window.go("products")
    settle(window)
    page = window.page
    wanted, name = page.model.ids[4], page.model.index(4, 0).data()
    press(page.table, 4)  # another one was shown until now
    choose(opened(page.table, qtbot), "Archive this product")
    settle(window)
    with Shop.open(window.desk.shop.path) as shop:
        assert shop.product(wanted).title == name
        assert shop.product(wanted).status == "archived"
        assert len(shop.search(status="archived")) == 1


def test_of_several_chosen_products_the_menu_is_that_of_the_bar_below(
    window: Any, qtbot: QtBot, settle: Settle
) -> None:
    window.go("products")
    settle(window)
    page = window.page
    page.table.selectAll()
    settle(window)
    press(page.table, 3)
    menu = opened(page.table, qtbot)
    offered = [action.text() for action in menu.actions()]
    assert "Archive" in offered
    assert "Labels…" in offered
    menu.close()


def test_the_menu_key_opens_the_menu_of_an_order_and_its_next_step_is_first(
    window: Any, qtbot: QtBot, settle: Settle
) -> None:
    window.go("orders")
    settle(window)
    page = window.page
    page.table.stand_on(1)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(200, 300), page.table.mapToGlobal(QPoint(200, 300))
    )
    QApplication.sendEvent(page.table.viewport(), event)
    menu = opened(page.table, qtbot)
    assert menu.activeAction() is menu.actions()[0]
    choose(menu, "Mark as packed")
    settle(window)
    with Shop.open(window.desk.shop.path) as shop:
        states = {order.number: order.state for order in shop.orders(shop.find_orders())}
    assert sorted(states.values()) == ["packed", "paid", "paid"]
    assert states[page.model.index(1, 0).data()] == "packed"


def test_a_right_click_on_a_customer_offers_a_copy_of_the_data(window: Any, qtbot: QtBot, settle: Settle) -> None:
    window.go("customers")
    settle(window)
    press(window.page.table, 2)
    menu = opened(window.page.table, qtbot)
    assert [action.text() for action in menu.actions()] == ["A copy of the data…", "Forget this person…"]
    menu.close()
