"""Many prices at once in the window: what would change is listed, one press does it, one Undo takes it back."""

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
from desktop_app.ui.products.repricing import RepriceDialog


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "shop.zhanggui"
    with Shop.create(path, name="Shop", currency="EUR") as shop, shop.act("Products"):
        for number in range(3):
            variant = Variant(f"S{number}", price=Decimal(10 + number), cost=Decimal(12), stock=number)
            shop.add([Product(f"Cup {number}", f"cup-{number}", variants=(variant,))])
    return path


def opened(qtbot: QtBot, open_window: Callable[..., Any], path: Path) -> tuple[Any, RepriceDialog]:
    window = open_window(path)
    window.go("products")
    page = window.page
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    page.table.selectAll()
    qtbot.waitUntil(lambda: page.bulk.isVisible())
    qtbot.mouseClick(page.bulk.prices, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(RepriceDialog) is not None)
    dialog = window.findChild(RepriceDialog)
    return window, dialog


def test_prices_of_all_chosen_rise_once_the_list_was_seen(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path
) -> None:
    window, dialog = opened(qtbot, open_window, filled)
    assert not dialog.do.isEnabled()
    qtbot.keyClicks(dialog.amount, "20")
    qtbot.waitUntil(lambda: dialog.do.isEnabled())
    assert [change.after for change in dialog.table_model.records] == [Decimal(12), Decimal("13.2"), Decimal("14.4")]
    assert "3 variants change" in dialog.said.text()
    dialog.rounding.setCurrentIndex(dialog.rounding.findData("90"))
    qtbot.waitUntil(lambda: dialog.do.isEnabled())
    assert "1 to look at twice" in dialog.said.text()
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)

    def prices() -> list[Decimal | None]:
        with Shop.open(filled) as shop:
            return [product.variants[0].price for product in shop.products(sorted(shop.search()))]

    qtbot.waitUntil(lambda: prices() == [Decimal("11.9"), Decimal("12.9"), Decimal("13.9")])
    window.desk.undo()
    qtbot.waitUntil(lambda: prices() == [Decimal(10), Decimal(11), Decimal(12)])


def test_return_in_the_amount_changes_the_prices_that_are_listed(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path
) -> None:
    _window, dialog = opened(qtbot, open_window, filled)
    qtbot.keyClicks(dialog.amount, "10")
    qtbot.waitUntil(dialog.do.isEnabled)
    qtbot.keyClick(dialog.amount, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_what_is_no_amount_is_said_and_nothing_can_be_pressed(
    qtbot: QtBot, open_window: Callable[..., Any], filled: Path
) -> None:
    _window, dialog = opened(qtbot, open_window, filled)
    qtbot.keyClicks(dialog.amount, "ten")
    assert "ten" in dialog.said.text()
    assert not dialog.do.isEnabled()
    dialog.reject()
