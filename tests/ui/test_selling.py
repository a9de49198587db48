"""How a product sells is said in figures that the books carry; what they do not carry is said to be unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.trade import Order, OrderLine
from desktop_app.ui.products.selling import SellingDialog
from desktop_app.ui.widgets import Button, Text

Settle = Callable[[Any], None]


@pytest.fixture
def window(open_window: Any, tmp_path: Path, settle: Settle) -> Any:
    path = tmp_path / "shop.zhanggui"
    today = dt.datetime.now(dt.UTC).date()
    with Shop.create(path, name="Shop", currency="EUR") as shop:
        with shop.act("Products"):
            shop.add([
                Product("Cup", "cup", variants=(Variant("C", price=Decimal(10), compare_at=Decimal(15), cost=Decimal(4), stock=3),)),
                Product("Saucer", "saucer", variants=(Variant("S", price=Decimal(5), stock=80),)),
                Product("New pot", "pot", variants=(Variant("P", price=Decimal(40), stock=2),)),
            ])  # fmt: skip
        with shop.act("Orders"):
            shop.intake().take([
                Order(f"N{n}", "shop", f"{today - dt.timedelta(7 * n + 1)} 10:00", currency="EUR",
                      lines=(OrderLine("Cup", "C", Decimal(6), Decimal(12 if n > 9 else 10)), OrderLine("Saucer", "S", Decimal(2), Decimal(5))))
                for n in range(30)
            ])  # fmt: skip
    opened = open_window(path)
    opened.go("products")
    settle(opened)
    return opened


def said(window: Any, settle: Settle, title: str) -> tuple[SellingDialog, str]:
    page = window.page
    place = next(n for n in range(page.model.rowCount()) if page.model.index(n, 0).data() == title)
    page.table.stand_on(place)
    settle(window)
    page.panel.show_selling()
    settle(window)
    dialog = window.findChildren(SellingDialog)[-1]
    return dialog, "\n".join(text.text() for text in dialog.findChildren(Text))


def test_margin_floor_stock_and_company_are_said(window: Any, settle: Settle) -> None:
    dialog, text = said(window, settle, "Cup")
    assert "leaves 60% over its cost of €4.00" in text
    assert "Not below €5.00" in text
    assert "cannot be told: that takes three prices" in text
    assert "The price before is higher than what may be shown: €12.00 at most" in text
    assert "3 in stock." in text
    assert "at once: it is gone before a delivery comes" in text
    assert "Saucer" in [button.text() for button in dialog.findChildren(Button)]
    assert "In 30 of 30 orders with Cup" in text
    assert "In 0 orders" not in text
    assert "Stock ledger, newest first" in text
    assert "counted" in text
    assert "+3" in text
    dialog.accept()


def test_what_the_books_do_not_carry_is_said_to_be_unknown(window: Any, settle: Settle) -> None:
    dialog, text = said(window, settle, "New pot")
    assert "no margin can be told" in text
    assert "too little history" in text
    dialog.accept()
