"""Names of one very long word and amounts of many digits: nothing is pushed out of the window, no figure is cut."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import import_messages
from desktop_app.trade import Buyer, Order, OrderLine
from desktop_app.ui import local
from desktop_app.ui.products.model import PRICE, STOCK
from desktop_app.ui.theme import font
from desktop_app.ui.widgets import Button, Text

Settle = Callable[[Any], None]
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenhalterungsschraubensatz"
MAIL = "maria-theresia.von.und.zu.hohenlohe-waldenburg@post.of.some.company.example.com"


@pytest.fixture
def window(open_window: Any, tmp_path: Path, settle: Settle) -> Any:
    path = tmp_path / "shop.zhanggui"
    line = OrderLine(WORD, "D-1", Decimal(1000), Decimal("99999999.99"))
    order = Order("A-1", "shop", "2026-05-01T10:00:00Z", lines=(line,), currency="VND", buyer=Buyer(WORD, MAIL))
    with Shop.create(path, name="Shop", currency="VND") as shop:
        with shop.act("Fill"):
            shop.add([Product(WORD, variants=(Variant("D-1", price=Decimal("99999999.99"), stock=1_000_000),))])
            shop.book_orders(shop.intake().take([order]).orders)
        import_messages.paste(shop, f"Where is it? {WORD * 2}")
    opened = open_window(path)
    settle(opened)
    return opened


def inside(part: QWidget, page: QWidget) -> bool:
    """Tell whether a part ends before its page does."""
    return part.mapTo(page, QPoint(part.width(), 0)).x() <= page.width()


def test_a_word_without_end_pushes_nothing_out_of_the_window(window: Any, settle: Settle) -> None:
    window.resize(960, 640)
    for place in ("products", "orders", "customers", "messages"):
        window.go(place)
        settle(window)
        page = window.page
        shown = [part for kind in (Button, Text) for part in page.findChildren(kind) if part.isVisible()]
        assert [part.text() for part in shown if not inside(part, page)] == [], place


def test_prices_and_stock_of_many_digits_are_shown_whole(window: Any, qtbot: QtBot, settle: Settle) -> None:
    window.go("products")
    settle(window)
    table = window.page.table
    letters = QFontMetrics(font())

    def whole() -> bool:
        words = {column: str(table.model().index(0, column).data()) for column in (PRICE, STOCK)}
        return all(said and letters.horizontalAdvance(said) <= table.columnWidth(at) - 16 for at, said in words.items())

    qtbot.waitUntil(whole)
    window.resize(1279, 800)  # and stays so
    settle(window)
    assert whole()


def test_a_long_address_is_copied_as_it_was_given(window: Any, qtbot: QtBot, settle: Settle) -> None:
    window.go("customers")
    settle(window)
    text = next(part for part in window.page.panel.findChildren(Text) if part.text() == MAIL)
    text.setFocus()
    text.setSelection(0, len(QLabel.text(text)))
    assert text.selectedText() == MAIL
    assert text.accessibleName() == MAIL  # what a screen reader says
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == MAIL


def test_an_amount_beside_an_arabic_code_is_read_forwards(qapp: object) -> None:
    said = local.beside("عربي-01", "$120.00", "", "4 in stock")
    layout = QTextLayout(said, font())
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    places = [line.cursorToX(said.index(part)) for part in ("$", "120", ".00", "4 in", "stock")]  # type: ignore[call-overload]
    places = [place[0] if isinstance(place, tuple) else place for place in places]
    assert places == sorted(places)
    assert local.beside("Oak tray", "", "$9.00") == "Oak tray · $9.00"
