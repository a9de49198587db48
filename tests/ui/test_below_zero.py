"""What the window says when more went out than was there, whatever brought it about."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.shop import Shop
from desktop_app.tasks import orders
from desktop_app.trade import Order, OrderLine
from desktop_app.ui.orders.bringing import OrdersFileDialog
from tests.ui.test_today import words

Settle = Callable[[Any], None]


@pytest.fixture
def window(open_window: Any, shop_file: Path, settle: Settle) -> Any:
    opened = open_window(shop_file)
    opened.go("orders")
    settle(opened)
    return opened


def titles(page: Any) -> list[str]:
    return [page.model.index(n, 0).data() for n in range(page.model.rowCount())]


def sell(window: Any, settle: Settle, sku: str, pieces: int) -> None:
    lines = (OrderLine("Sold", sku, Decimal(pieces), Decimal(9)),)

    def book(shop: Shop) -> None:
        with shop.act("Sell"):
            taken = shop.intake().take([Order("1", "web", "2099-03-01T10:00:00Z", currency="USD", lines=lines)])
            shop.book_orders(taken.orders)

    window.desk.do(book)
    settle(window)


def test_an_import_that_sells_more_than_there_is_names_the_products_and_leads_to_them(
    window: Any, tmp_path: Path, settle: Settle
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "Order number,Date,SKU,Item,Quantity,Price\n9001,2099-03-01,KIT-0001,Linen towel,5,9.00\n"
        "9002,2099-03-01,KIT-0004,Oak tray,1,9.00\n"
    )
    dialog = OrdersFileDialog(window, window.desk, [file])
    settle(window)
    dialog.do.click()
    settle(window)
    bar = window.page.notices
    assert bar.notice.text == "Below zero in stock now: Linen towel (-2)"
    bar._button.click()
    settle(window)
    assert window.here == "products"
    assert titles(window.page) == ["Linen towel"]
    assert window.page.filters["below"].text() == "Below zero 1"


def test_today_says_how_many_products_are_below_zero_and_leads_to_them(window: Any, settle: Settle) -> None:
    sell(window, settle, "RAIN-98", 5)  # the two other sizes are in stock
    window.go("today")
    settle(window)
    assert "product is below zero in stock" in words(window.page)
    show = next(b for b in window.page.findChildren(type(window.page.header.itemAt(1).widget())) if b.text() == "Show")
    show.click()
    settle(window)
    assert titles(window.page) == ["Raincoat"]


def test_nothing_is_said_of_what_was_below_zero_already(window: Any, settle: Settle) -> None:
    sell(window, settle, "KIT-0001", 5)
    window.page.notices.clear()
    sell(window, settle, "KIT-0002", 1)
    assert window.page.notices.notice is None


def test_a_cancelled_order_that_counts_again_says_what_it_takes_below_zero(window: Any, settle: Settle) -> None:
    sell(window, settle, "KIT-0001", 5)
    number = window.page.model.ids[0]
    window.desk.do(lambda shop: orders.set_state(shop, [number], "cancelled"))
    settle(window)
    assert window.page.notices.notice is None  # it is true no more
    window.desk.do(lambda shop: orders.set_state(shop, [number], "paid"))
    settle(window)
    assert window.page.notices.notice.text == "Below zero in stock now: Linen towel (-2)"


def test_the_notice_goes_once_the_sale_is_undone(window: Any, settle: Settle) -> None:
    sell(window, settle, "KIT-0001", 5)
    assert window.page.notices.notice is not None
    window.desk.undo()
    settle(window)
    assert window.page.notices.notice is None
    window.go("products")
    settle(window)
    assert not window.page.filters["below"].isVisible()
