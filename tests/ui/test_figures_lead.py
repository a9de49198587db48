"""Every figure of Today and Insight is one press from the rows it was counted from, and those make up the figure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.shop import Shop
from tests.ui.test_insight_page import cells
from tests.ui.test_today import words

Settle = Callable[[Any], None]


@pytest.fixture
def window(open_window: Any, tmp_path: Path, filled_shops: Path, settle: Settle) -> Any:
    opened = open_window(Path(shutil.copy(filled_shops / "trading.zhanggui", tmp_path)))
    opened.go("insight")
    settle(opened)
    return opened


def money(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", ""))


def shown(window: Any) -> Any:
    with Shop.open(window.desk.shop.path) as shop:
        return shop.orders(window.page.model.ids)


def sold(window: Any, *titles: str) -> Decimal:
    """What the orders of the list come to, of these products if any are named."""
    return sum(
        (line.amount for order in shown(window) for line in order.lines if not titles or line.title in titles),
        Decimal(0),
    )  # fmt: skip


def back_to(window: Any, page: str, settle: Settle) -> Any:
    window.go(page)
    settle(window)
    return window.page


def press(window: Any, tile: Any, settle: Settle) -> None:
    tile._link.setFocus()
    QTest.keyClick(tile._link, Qt.Key.Key_Return)
    settle(window)


def follow(window: Any, table: Any, row: int, settle: Settle) -> None:
    at = table.visualItemRect(table.item(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    settle(window)


def test_sales_and_orders_lead_to_the_orders_that_make_them_up(window: Any, settle: Settle) -> None:
    page = window.page
    figure = money(page.tiles["sales"]._value.toolTip() or page.tiles["sales"].toolTip())
    count = page.tiles["orders"]._value.text()
    press(window, page.tiles["sales"], settle)
    assert window.here == "orders"
    assert sold(window) == figure
    assert "Sales" in window.page.chip.words()
    page = back_to(window, "insight", settle)
    press(window, page.tiles["orders"], settle)
    assert len(window.page.model.ids) == int(count)


def test_returns_lead_to_what_came_back_in_the_span_whenever_it_was_sold(window: Any, settle: Settle) -> None:
    page = window.page
    figure = money(page.tiles["returns"].toolTip())
    press(window, page.tiles["returns"], settle)
    orders = shown(window)
    assert figure > 0
    with Shop.open(window.desk.shop.path) as shop:
        assert sum(row.amount for order in orders for row in shop.returns_of(order.id)) == figure


def test_a_channel_and_a_category_lead_to_their_orders(window: Any, settle: Settle) -> None:
    name, figure = cells(window.page.channels.table)[0]
    follow(window, window.page.channels.table, 0, settle)
    assert {order.channel for order in shown(window)} == {name}
    assert sold(window) == money(figure)
    page = back_to(window, "insight", settle)
    name, figure = cells(page.categories.table)[0]
    follow(window, page.categories.table, 0, settle)
    with Shop.open(window.desk.shop.path) as shop:
        titles = [product.title for product in shop.products(shop.search("")) if product.category == name]
    assert sold(window, *titles) == money(figure)


def test_a_best_seller_and_a_week_lead_to_their_orders(window: Any, settle: Settle) -> None:
    name, figure, _pieces = cells(window.page.best.table)[0]
    follow(window, window.page.best.table, 0, settle)
    assert sold(window, name) == money(figure)
    page = back_to(window, "insight", settle)
    week, figure = cells(page.trend.table)[1]
    follow(window, page.trend.table, 1, settle)
    assert sold(window) == money(figure)
    assert week in window.page.chip.words()


def test_a_row_is_followed_by_key_and_says_that_it_can_be(window: Any, settle: Settle) -> None:
    table = window.page.slow.table
    assert "Show the product" in table.accessibleDescription()
    table.setFocus()
    table.setCurrentCell(1, 0)
    name = table.item(1, 0).text()
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(window)
    assert window.here == "products"
    assert window.page.panel.product.title == name


def test_a_segment_leads_to_its_customers(window: Any, settle: Settle) -> None:
    rows = cells(window.page.crowd.people.table)
    row = next(n for n, (_name, count, _change, _spent) in enumerate(rows) if count != "0")
    follow(window, window.page.crowd.people.table, row, settle)
    assert window.here == "customers"
    assert len(window.page.model.ids) == int(rows[row][1])


def test_the_figures_of_today_lead_to_their_orders(window: Any, settle: Settle) -> None:
    page = back_to(window, "today", settle)
    tile = page._sales.tiles["sales"]
    assert "Show the orders" in tile._link.accessibleName()
    figure = money(tile.toolTip())
    QTest.mouseClick(tile._link, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    settle(window)
    assert sold(window) == figure
    page = back_to(window, "today", settle)
    name, figure = cells(page._sales.best.table)[0]
    follow(window, page._sales.best.table, 0, settle)
    assert sold(window, name) == money(figure)


def test_orders_to_be_sent_leads_to_just_those(window: Any, settle: Settle) -> None:
    page = back_to(window, "today", settle)
    assert "orders to send" in words(page)
    count = int(page._day.to_send)
    send = next(b for b in page.findChildren(type(page._sales.tiles["sales"]._link)) if b.text() == "Send")
    send.click()
    settle(window)
    assert len(window.page.model.ids) == count
    assert {order.state for order in shown(window)} <= {"placed", "paid", "packed"}
