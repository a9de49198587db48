from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop

Settle = Callable[[Any], None]


@pytest.fixture
def page(window: Any, settle: Settle, qtbot: QtBot) -> Any:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("write")
    settle(window)
    return window.page


def test_what_it_will_take_is_said_before_it_starts(page: Any, settle: Settle) -> None:
    assert page.cards["missing"].isChecked()
    assert page.cards["missing"].sentence == "6 products"
    assert page.cards["all"].sentence == "12 products"
    assert page.what.text() == "6 products. How long it takes is known after the first few."


def test_ctrl_return_starts_a_job_that_stands_in_the_shop_file(page: Any, settle: Settle, qtbot: QtBot) -> None:
    page.writer.setCurrentIndex(1)
    settle(page.window())
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.window().here == "writing")
    settle(page.window())
    with Shop.open(page.desk.shop.path) as shop:
        assert [(j.state, j.done, j.choice) for j in shop.jobs()] == [("done", 6, "missing")]
    page.window().go("write")
    settle(page.window())
    assert page.what.text() == "Nothing is left to write here."
    assert not page.start.isEnabled()
    page.cards["all"].setChecked(True)
    settle(page.window())
    assert page.what.text() == "12 products, under a minute here"


def test_a_job_put_off_until_the_night_begins_with_it_and_not_before(
    page: Any, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.tasks import night

    now = [False]
    monkeypatch.setattr(night, "within", lambda _hours, _moment: now[0])
    page.writer.setCurrentIndex(1)
    page.when.setCurrentIndex(1)
    settle(page.window())
    assert page.start.text() == "Start tonight"
    page.begin()
    settle(page.window())
    desk = page.desk
    assert desk.work.now is None
    qtbot.waitUntil(lambda: page.window().awake.held)
    now[0] = True
    desk.night.look()
    qtbot.waitUntil(lambda: desk.work.now is not None)
    qtbot.waitUntil(lambda: desk.work.now is None)
    settle(page.window())
    with Shop.open(desk.shop.path) as shop:
        assert [(j.state, j.done) for j in shop.jobs()] == [("done", 6)]


def test_the_products_chosen_on_another_page_are_what_is_written(window: Any, settle: Settle, shop_file: Path) -> None:
    with Shop.open(shop_file) as shop:
        ids = shop.search(sort="title")[:3]
    window.go("write", products=ids)
    settle(window)
    page = window.page
    assert page.cards[""].isChecked()
    assert page.cards[""].sentence == "3 products"
    page.begin()
    settle(window)
    with Shop.open(shop_file) as shop:
        assert shop.job_products(shop.jobs()[0].id) == ids
