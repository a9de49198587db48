"""Somebody new opens the program for the first time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app import ui
from desktop_app.shop import Shop
from desktop_app.ui import welcome_page
from desktop_app.ui.welcome_page import LANGUAGE, SHOP, WEIGHTS, WelcomePage


@pytest.fixture(autouse=True)
def from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(welcome_page, "_step_kept", LANGUAGE)


@pytest.fixture
def window(qtbot: QtBot, open_window: Callable[..., Any], tmp_path: Path) -> Any:
    path = tmp_path / "shop.zhanggui"
    Shop.create(path).close()
    made = open_window(path, welcomed=False)
    welcome_page.offer(made.desk)
    qtbot.waitUntil(lambda: made.here == "welcome")
    return made


def press(qtbot: QtBot, window: Any) -> None:
    qtbot.mouseClick(window.page.next, Qt.MouseButton.LeftButton)


def test_somebody_new_with_an_empty_shop_is_welcomed(window: Any) -> None:
    assert isinstance(window.page, WelcomePage)
    assert not window.desk.settings.welcomed


def test_somebody_who_has_products_is_left_alone(
    qtbot: QtBot, open_window: Callable[..., Any], shop_file: Path
) -> None:
    made = open_window(shop_file, welcomed=False)
    welcome_page.offer(made.desk)
    qtbot.waitUntil(lambda: made.desk.settings.welcomed)
    assert made.here == "today"


def test_the_language_switches_at_once_and_the_step_is_kept(qtbot: QtBot, window: Any) -> None:
    qtbot.mouseClick(window.page.language_cards["zh"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page.title.text() == "欢迎")
    assert window.page.language_cards["zh"].isChecked()
    qtbot.waitUntil(lambda: window.focusWidget() is window.page.language_cards["zh"])  # the keys go on where they were
    press(qtbot, window)
    assert window.page.trail.at == SHOP


def sample_shop_open(qtbot: QtBot, window: Any) -> None:
    qtbot.waitUntil(lambda: window.here == "products")
    assert window.desk.settings.welcomed
    qtbot.waitUntil(lambda: window.desk.counts is not None and window.desk.counts.products >= 25)
    qtbot.waitUntil(lambda: window.page.panel.product is not None)
    assert window.page.panel.product.description == ""


def test_four_presses_lead_to_the_sample_shop_and_a_first_text(qtbot: QtBot, window: Any) -> None:
    for _step in range(4):
        press(qtbot, window)
    sample_shop_open(qtbot, window)
    qtbot.waitUntil(lambda: window.page.panel.description.draft is not None)
    assert window.page.panel.description.draft.text


def test_one_may_only_look_around(qtbot: QtBot, window: Any) -> None:
    for _step in range(3):
        press(qtbot, window)
    qtbot.mouseClick(window.page.first_cards[1], Qt.MouseButton.LeftButton)
    press(qtbot, window)
    sample_shop_open(qtbot, window)
    assert window.page.panel.description.state == "none"


def test_the_own_file_leads_to_the_import_page_with_the_file(qtbot: QtBot, window: Any, shared: Path) -> None:
    press(qtbot, window)
    page = window.page
    qtbot.mouseClick(page.shop_cards[1], Qt.MouseButton.LeftButton)
    assert page.zone.isVisibleTo(page)
    page._take([shared / "data" / "catalog" / "shopify_product_data_packt.csv"])
    assert page.trail.at == WEIGHTS
    assert page.next.text() == "Import"
    press(qtbot, window)
    qtbot.waitUntil(lambda: window.here == "import" and window.page.looked is not None)
    assert window.page.looked.reading.name == "shopify_product_data_packt.csv"


def test_the_empty_shop_can_be_chosen_too(qtbot: QtBot, window: Any) -> None:
    press(qtbot, window)
    trail = window.page.trail
    assert trail.accessibleName() == "Step 2 of 4: Your shop"
    qtbot.mouseClick(window.page.shop_cards[2], Qt.MouseButton.LeftButton)
    assert trail.accessibleName() == "Step 2 of 3: Your shop"  # there is no product to write a first text for
    assert not trail._words[-1].isVisible()
    press(qtbot, window)
    press(qtbot, window)
    qtbot.waitUntil(lambda: window.here == "products")
    assert window.desk.settings.welcomed


def test_all_of_it_can_be_skipped(qtbot: QtBot, window: Any) -> None:
    qtbot.mouseClick(window.page.skip, Qt.MouseButton.LeftButton)
    assert window.here == "today"
    assert window.desk.settings.welcomed


def test_the_weights_found_here_are_named(qtbot: QtBot, window: Any, starter: Path) -> None:
    window.desk.find_weights()
    qtbot.waitUntil(lambda: "SmolLM2" in window.page.writer.text())
    assert "Writes English." in window.page.can.text()


def test_other_weights_are_looked_at_and_one_comes_back(qtbot: QtBot, window: Any) -> None:
    press(qtbot, window)
    press(qtbot, window)
    qtbot.mouseClick(window.page.other, Qt.MouseButton.LeftButton)
    assert window.here == "weights"
    assert window.page.notices.notice is not None
    window.page.notices.notice.run()
    assert window.here == "welcome"
    assert window.page.trail.at == WEIGHTS


def test_the_way_goes_by_keyboard(qtbot: QtBot, window: Any) -> None:
    qtbot.waitUntil(lambda: window.page.language_cards["en"].hasFocus())
    qtbot.keyClick(window.page.language_cards["en"], Qt.Key.Key_Return)
    assert window.page.trail.at == SHOP
    qtbot.waitUntil(lambda: window.page.shop_cards[0].hasFocus())
    qtbot.keyClick(window.page.shop_cards[0], Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.page.shop_cards[1].isChecked())


def test_the_program_itself_offers_it_when_it_starts(
    qtbot: QtBot, open_window: Callable[..., Any], tmp_path: Path
) -> None:
    made = open_window(None, welcomed=False)
    ui.begin(made.desk, tmp_path / "first.zhanggui")
    qtbot.waitUntil(lambda: made.here == "welcome")
