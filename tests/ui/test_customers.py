"""The Customers page, on a real window over a real shop file."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.trade import Address, Buyer, Order, OrderLine
from desktop_app.ui.widgets import Button, Text

Settle = Callable[[Any], None]


def order(number: int, name: str, email: str, street: str) -> Order:
    to = Address(name, street=street, city="Leeds", postcode="LS1", country="GB")
    line = OrderLine("Oak tray", "KIT-0004", Decimal(number), Decimal(10))
    return Order(
        str(1000 + number), "shop", f"2027-03-{number:02}T10:00:00Z", currency="USD", lines=(line,),
        buyer=Buyer(name, email), ship_to=to,
    )  # fmt: skip


@pytest.fixture
def page(open_window: Any, shop_file: Path, settle: Settle) -> Any:
    with Shop.open(shop_file) as shop, shop.act("Orders"):
        shop.intake().take([
            order(1, "Ada Quill", "ada@quill.example", "Elm 7"), order(2, "Ada Quill", "ada@work.example", "Park Row 1"),
            order(3, "Bo Stern", "bo@stern.example", "Mill 2"),
        ])  # fmt: skip
    window = open_window(shop_file)
    window.go("customers")
    settle(window)
    return window.page


def names(page: Any) -> list[str]:
    return [page.model.index(n, 0).data() for n in range(page.model.rowCount())]


def texts(page: Any) -> str:
    return "\n".join(text.text() for text in page.panel.findChildren(Text) if not text.isHidden())


def pressed(page: Any, name: str) -> None:
    next(b for b in page.panel.findChildren(Button) if b.text() == name and not b.isHidden()).click()


def test_a_person_the_channel_knows_by_a_number_alone_stands_under_it(
    open_window: Any, shop_file: Path, settle: Settle
) -> None:
    line = OrderLine("Oak tray", "KIT-0004", Decimal(1), Decimal(10))
    bought = Order("545902", "", "2027-03-07T17:55:00Z", currency="USD", lines=(line,), buyer=Buyer(account="15834"))
    with Shop.open(shop_file) as shop, shop.act("Orders"):
        shop.intake().take([bought])
    window = open_window(shop_file)
    window.go("customers")
    settle(window)
    assert names(window.page) == ["15834"]
    assert "15834" in texts(window.page)
    assert "No name" not in texts(window.page)


def test_customers_stand_with_what_they_spent_the_last_to_order_first(page: Any) -> None:
    assert names(page) == ["Bo Stern", "Ada Quill", "Ada Quill"]
    assert page.model.index(0, 2).data() == "$30.00"
    assert "bo@stern.example" in texts(page)
    assert "1 order · $30.00" in texts(page)


def test_typing_finds_by_part_of_the_address(qtbot: QtBot, page: Any, settle: Settle) -> None:
    qtbot.keyClicks(page.search, "work.example")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    settle(page.window())
    assert "ada@work.example" in texts(page)


def test_who_may_be_the_same_is_asked_and_a_merge_is_undone(page: Any, settle: Settle) -> None:
    page.table.setCurrentIndex(page.model.index(1, 0))
    settle(page.window())
    assert "has the same name and postcode" in texts(page)
    pressed(page, "The same person")
    settle(page.window())
    assert names(page) == ["Bo Stern", "Ada Quill"]
    assert "Shown as one with Ada Quill" in texts(page)
    assert "2 orders · $30.00" in texts(page)
    pressed(page, "Not the same")
    settle(page.window())
    assert page.model.rowCount() == 3


def test_a_note_and_a_consent_are_kept(qtbot: QtBot, page: Any, settle: Settle) -> None:
    page.panel.note.setPlainText("Likes oak")
    pressed(page, "Keep the note")
    settle(page.window())
    page.panel.set_consent("yes")
    settle(page.window())
    with Shop.open(page.desk.shop.path) as shop:
        kept = shop.customer(page.panel.customer_id)
    assert (kept.note, kept.consent) == ("Likes oak", "yes")
    assert page.panel.consent.currentData() == "yes"


def test_a_person_gets_a_copy_and_is_forgotten_after_a_second_word(
    page: Any, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = tmp_path / "bo.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.panel.save_copy()
    settle(page.window())
    assert json.loads(target.read_text("utf-8"))["customers"][0]["name"] == "Bo Stern"
    page.panel._ask_to_forget()
    assert "cannot come back" in texts(page)
    qtbot.mouseClick(page.panel.really, Qt.MouseButton.LeftButton)
    settle(page.window())
    assert names(page) == ["Ada Quill", "Ada Quill"]


def test_an_order_is_one_press_away(page: Any, settle: Settle) -> None:
    window = page.window()
    pressed(page, "1003")
    settle(window)
    assert window.page.panel.order.number == "1003"


def test_what_somebody_might_want_next_is_in_stock_and_says_why(
    open_window: Any, shop_file: Path, settle: Settle
) -> None:
    with Shop.open(shop_file) as shop:
        known = {p.variants[0].sku: p for p in shop.products(shop.search()) if (p.variants[0].stock or 0) > 0}
        first, second = list(known)[:2]
        with shop.act("Orders"):
            both = tuple(OrderLine(known[sku].title, sku, Decimal(1), Decimal(9)) for sku in (first, second))
            shop.intake().take([
                *(Order(f"B{n}", "shop", "2027-01-02T10:00:00Z", currency="USD", lines=both) for n in range(20)),
                Order("C1", "shop", "2027-02-02T10:00:00Z", currency="USD", lines=both[:1], buyer=Buyer("Cy", "c@y.example")),
            ])  # fmt: skip
    window = open_window(shop_file)
    window.go("customers")
    settle(window)
    assert "Might want next" in texts(window.page)
    assert f"with {known[first].title}" in texts(window.page)
    assert known[second].title in [button.text() for button in window.page.panel.findChildren(Button)]
