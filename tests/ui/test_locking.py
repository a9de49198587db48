"""A merchant puts a password on the shop, is asked for it the next time, and takes it off again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop_app.shop import locks
from desktop_app.ui.passwords import AskPassword, ChoosePassword, ShowCode
from desktop_app.ui.settings_page import SettingsPage

WORD = "oak-and-linen"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    locks._held.clear()
    yield
    locks._held.clear()


def dialog(qtbot: QtBot, kind: type[QDialog]) -> Any:
    def there() -> list[QDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def lock(qtbot: QtBot, window: Any) -> str:
    window.go("settings")
    page = window.page
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page._kept is not None)
    qtbot.mouseClick(page.locking.lock, Qt.MouseButton.LeftButton)
    choose = dialog(qtbot, ChoosePassword)
    qtbot.keyClicks(choose.first, WORD)
    qtbot.keyClicks(choose.second, WORD)
    qtbot.keyClick(choose.second, Qt.Key.Key_Return)
    shown = dialog(qtbot, ShowCode)
    code = shown.code.text()
    shown.accept()
    qtbot.waitUntil(lambda: window.page.locking.change.isVisible())
    return str(code)


def test_a_shop_is_locked_from_the_settings_and_goes_on_working(qtbot: QtBot, window: Any, shop_file: Path) -> None:
    lock(qtbot, window)
    assert locks.salt_of(shop_file) is not None
    window.go("products")
    qtbot.waitUntil(lambda: window.desk.counts is not None and window.desk.counts.products == 12)


def test_two_different_passwords_are_not_taken(qtbot: QtBot, window: Any, shop_file: Path) -> None:
    heard: list[str] = []
    choose = ChoosePassword(window, heard.append)
    qtbot.addWidget(choose)
    choose.open()
    qtbot.keyClicks(choose.first, WORD)
    qtbot.keyClicks(choose.second, WORD + "x")
    qtbot.keyClick(choose.second, Qt.Key.Key_Return)
    assert choose.isVisible()
    assert "not the same" in choose.wrong.text()
    choose.reject()
    assert heard == []


def test_the_password_is_asked_for_and_a_wrong_one_can_be_tried_again(
    qtbot: QtBot, window: Any, shop_file: Path, tmp_path: Path
) -> None:
    code = lock(qtbot, window)
    other = tmp_path / "other.zhanggui"
    other.write_bytes(shop_file.read_bytes())
    locks._held.clear()
    opened: list[Path] = []
    window.desk.open(other, then=lambda: opened.append(window.desk.shop.path))
    ask = dialog(qtbot, AskPassword)
    qtbot.keyClicks(ask.password, "not this one")
    qtbot.keyClick(ask.password, Qt.Key.Key_Return)
    qtbot.waitUntil(ask.wrong.isVisible)
    assert not opened
    qtbot.keyClicks(ask.password, code.lower())
    qtbot.keyClick(ask.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened == [other])


def test_the_password_is_taken_off_by_whoever_knows_it(qtbot: QtBot, window: Any, shop_file: Path) -> None:
    lock(qtbot, window)
    page = window.page
    qtbot.mouseClick(page.locking.unlock, Qt.MouseButton.LeftButton)
    ask = dialog(qtbot, AskPassword)
    qtbot.keyClicks(ask.password, "wrong password")
    qtbot.keyClick(ask.password, Qt.Key.Key_Return)
    qtbot.waitUntil(ask.wrong.isVisible)
    qtbot.keyClicks(ask.password, WORD)
    qtbot.keyClick(ask.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: locks.salt_of(shop_file) is None)
    qtbot.waitUntil(lambda: window.page.locking.lock.isVisible())
