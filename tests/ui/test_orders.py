"""The Orders page, on a real window over a real shop file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.trade import Address, Buyer, Order, OrderLine
from desktop_app.ui.orders import paper
from desktop_app.ui.theme import font

Settle = Callable[[Any], None]


def order(number: int, state: Any = "paid") -> Order:
    return Order(
        str(1000 + number), "shopify", f"2027-03-{number:02}T10:00:00Z", state, currency="USD", shipping=Decimal(5),
        lines=(OrderLine("Oak tray", "KIT-0004", Decimal(2), Decimal("16.50")), OrderLine("Soy candle", "KIT-0005", price=Decimal(9))),
        buyer=Buyer(f"Person {number}", f"p{number}@example.com"), note="Leave it at the door",
        ship_to=Address(f"Person {number}", street="1 Lane", city="Austin", postcode="78701", country="US"),
    )  # fmt: skip


@pytest.fixture
def page(open_window: Any, shop_file: Path, settle: Settle) -> Any:
    with Shop.open(shop_file) as shop, shop.act("Orders"):
        ids = shop.intake().take([order(1), order(2, "sent"), order(3, "cancelled")]).orders
        shop.book_orders(ids)
    window = open_window(shop_file)
    window.go("orders")
    settle(window)
    return window.page


def numbers(page: Any) -> list[str]:
    return [page.model.index(n, 0).data() for n in range(page.model.rowCount())]


def test_no_moment_is_cut_off_in_the_list(page: Any) -> None:
    shown = QFontMetrics(font())
    for row in range(page.model.rowCount()):
        assert shown.horizontalAdvance(str(page.model.index(row, 2).data())) <= page.table.columnWidth(2) - 16


def test_orders_stand_newest_first_with_name_total_and_state(page: Any) -> None:
    assert numbers(page) == ["1003", "1002", "1001"]
    cells = [page.model.index(2, column).data() for column in (0, 1, 3, 4)]
    assert cells == ["1001", "Person 1", "$47.00", "Paid"]


def test_a_state_filters_and_the_list_filters_while_one_types(page: Any, qtbot: QtBot, settle: Settle) -> None:
    page.filters["sent"].click()
    settle(page.window())
    assert numbers(page) == ["1002"]
    page.filters[None].click()
    qtbot.keyClicks(page.search, "person 1")
    qtbot.waitUntil(lambda: numbers(page) == ["1001"])


def test_an_order_is_moved_on_and_undone(page: Any, settle: Settle) -> None:
    page.table.stand_on(2)
    settle(page.window())
    page.panel.move_on("packed")
    settle(page.window())
    assert page.panel.order.state == "packed"
    page.desk.undo()
    settle(page.window())
    assert page.panel.order.state == "paid"


def test_cancelling_gives_the_stock_back(page: Any, settle: Settle) -> None:
    with Shop.open(page.desk.shop.path) as shop:
        before = shop.product(5).variants[0].stock
    page.table.stand_on(2)
    settle(page.window())
    page.panel.move_on("cancelled")
    settle(page.window())
    with Shop.open(page.desk.shop.path) as shop:
        assert shop.product(5).variants[0].stock == (before or 0) + 2
        assert shop.disagreeing() == []


def test_what_came_back_is_said_on_its_line(page: Any, settle: Settle) -> None:
    page.table.stand_on(2)
    settle(page.window())
    page.panel.take_back(page.panel.order.lines[0])
    settle(page.window())
    assert page.panel.order.lines[0].returned == 1


@pytest.mark.parametrize("kind", ["packing", "invoice"])
def test_papers_are_saved_as_pdf(
    page: Any, kind: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    target = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    page.panel.print_paper(kind)
    assert target.read_bytes().startswith(b"%PDF")
    said = paper.page(page.panel.order, kind, "Oak & Linen", "UTC")
    assert "Oak tray" in said
    assert "Oak &amp; Linen" in said
    assert ("$47.00" in said) == (kind == "invoice")
    assert ("Leave it at the door" in said) == (kind == "packing")


def test_a_file_of_orders_comes_in_from_the_page(page: Any, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "more.csv"
    file.write_text("order,date,sku,qty,price,status\n77,2026-04-01,KIT-0004,1,16.5,paid\n")
    page.bring_file(file)
    qtbot.waitUntil(lambda: "77" in numbers(page), timeout=20_000)


def test_an_empty_shop_says_what_to_do(open_window: Any, shop_file: Path, settle: Settle) -> None:
    window = open_window(shop_file)
    window.go("orders")
    settle(window)
    assert window.page._empty.title.text() == "No orders yet"
