"""A person changes how things are: language, colours, the shop's own settings, backups."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

import desktop_app
from desktop_app import settings as store
from desktop_app.records import Matching
from desktop_app.shop import Shop, backups
from desktop_app.tasks import import_products
from desktop_app.ui import connections
from desktop_app.ui.settings_page import SettingsPage
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import Button
from tests.engine.loopback import Answer, loopback


@pytest.fixture
def page(qtbot: QtBot, window: Any) -> SettingsPage:
    window.go("settings")
    made = window.page
    assert isinstance(made, SettingsPage)
    qtbot.waitUntil(lambda: made._kept is not None)
    return made


def choose(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(combo.findData(value) if combo.findData(value) >= 0 else combo.findText(value))
    combo.activated.emit(combo.currentIndex())


def click(qtbot: QtBot, page: Any, words: str) -> None:
    found = next(b for b in page.findChildren(Button) if words in b.text() and b.isVisibleTo(page))
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def kept(shop_file: Path, key: str) -> Any:
    with Shop.open(shop_file) as shop:
        return shop.setting(key)


def test_the_language_changes_at_once_and_the_keyboard_stays(qtbot: QtBot, window: Any, page: SettingsPage) -> None:
    choose(page.language, "zh")
    qtbot.waitUntil(lambda: window.page is not page and window.page.title.text() == "设置")
    assert window.page.language.currentText() == "简体中文"
    qtbot.waitUntil(lambda: window.page.language.hasFocus())
    choose(window.page.language, "en")
    qtbot.waitUntil(lambda: window.page.title.text() == "Settings")


def test_another_language_asks_before_a_form_with_typed_things_is_gone(
    qtbot: QtBot, window: Any, page: SettingsPage
) -> None:
    window.go("products", new=True)
    form = window.page.panel._form
    qtbot.keyClicks(form.category, "Kitchen")
    window.go("settings")
    choose(page.language, "zh")
    assert window.here == "products"
    assert form.guard.asking
    qtbot.waitUntil(lambda: page.language.currentText() == "English")
    click(qtbot, form, "Go on typing")
    assert form.category.text() == "Kitchen"
    assert window.page.title.text() == "Products"
    window.desk.commands.run("view.zh")  # the same from the menu
    qtbot.waitUntil(lambda: window.desk.settings.language == "en")
    window.go("settings")
    choose(page.language, "zh")
    click(qtbot, form, "Throw it away")
    qtbot.waitUntil(lambda: window.page is not page and window.page.title.text() == "设置")
    assert window.desk.settings.language == "zh"


def test_nothing_is_said_of_the_shop_before_it_was_read(qtbot: QtBot, window: Any) -> None:
    window.go("settings")
    page = window.page
    shown = (page.policy.service, page.policy.margin, page.currency, page.timezone, page.matching.wins)
    assert {box.currentText() for box in shown} == {""}
    assert not page.shop.isEnabled()
    assert "No backup" not in page.last_backup.title.text()
    qtbot.waitUntil(page.shop.isEnabled)
    assert "" not in {box.currentText() for box in shown}


def test_the_colours_change_at_once(qtbot: QtBot, page: SettingsPage) -> None:
    choose(page.theme, "dark")
    assert theme.dark
    choose(page.theme, "light")
    assert not theme.dark


def test_the_shop_gets_another_name_which_can_be_undone(
    qtbot: QtBot, window: Any, page: SettingsPage, shop_file: Path
) -> None:
    page.name.setFocus()
    page.name.selectAll()
    qtbot.keyClicks(page.name, "Oak  and more")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(shop_file, "name") == "Oak and more")
    qtbot.waitUntil(lambda: "Oak and more" in window.windowTitle())
    page.desk.undo()
    qtbot.waitUntil(lambda: kept(shop_file, "name") == "Oak & Linen")
    qtbot.waitUntil(lambda: page.name.text() == "Oak & Linen")


def test_an_empty_name_is_not_kept(qtbot: QtBot, page: SettingsPage, shop_file: Path) -> None:
    page.name.setText(" ")
    page.name.setModified(True)
    page.name.editingFinished.emit()
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    qtbot.waitUntil(lambda: page.name.text() == "Oak & Linen")
    assert kept(shop_file, "name") == "Oak & Linen"


def test_currency_and_time_zone_are_kept_in_the_shop_and_shown_everywhere(
    qtbot: QtBot, page: SettingsPage, shop_file: Path
) -> None:
    choose(page.currency, "CNY")
    choose(page.timezone, "Asia/Shanghai")
    qtbot.waitUntil(lambda: kept(shop_file, "timezone") == "Asia/Shanghai")
    assert kept(shop_file, "currency") == "CNY"
    qtbot.waitUntil(lambda: page.desk.shop is not None and page.desk.shop.currency == "CNY")


@pytest.mark.parametrize("typed", ["dollars", "U1", "人民币"])
def test_what_is_no_currency_is_refused_with_a_sentence(
    qtbot: QtBot, page: SettingsPage, shop_file: Path, typed: str
) -> None:
    page.currency.setCurrentText(typed)
    page.currency.activated.emit(-1)
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    qtbot.waitUntil(lambda: page.currency.currentText() == "USD")
    assert kept(shop_file, "currency") == "USD"


def test_what_is_no_time_zone_is_refused_with_a_sentence(qtbot: QtBot, page: SettingsPage, shop_file: Path) -> None:
    page.timezone.setCurrentText("Moon/Base")
    page.timezone.activated.emit(-1)
    assert page.notices.notice is not None
    assert "Moon/Base" in page.notices.notice.text
    qtbot.waitUntil(lambda: page.timezone.currentText() == "UTC")


def test_what_a_second_import_means_is_decided_here_too(qtbot: QtBot, page: SettingsPage, shop_file: Path) -> None:
    choose(page.matching.wins, "file")

    def matching() -> Matching | None:
        with Shop.open(shop_file) as shop:
            return import_products.matching_for(shop)

    qtbot.waitUntil(lambda: matching() == Matching(wins="file"))
    page.desk.undo()
    qtbot.waitUntil(lambda: matching() is None)


def test_a_backup_is_made_listed_and_opened_beside_the_shop(
    qtbot: QtBot, window: Any, page: SettingsPage, shop_file: Path
) -> None:
    qtbot.waitUntil(lambda: len(backups.all_of(shop_file)) == 1)  # the day's own
    click(qtbot, page, "Back up now")
    qtbot.waitUntil(lambda: window.strip.message.text().startswith("Backed up"))
    qtbot.waitUntil(lambda: page.copies.count() == 2)
    assert page.last_backup.title.text().startswith("Last backup:")
    qtbot.mouseClick(page.open_copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.shop is not None and window.desk.shop.path != shop_file)
    assert shop_file.exists()
    assert window.desk.shop.path.parent == shop_file.parent
    qtbot.waitUntil(lambda: window.page.notices.notice is not None)
    assert "backup of" in window.page.notices.notice.text


def test_a_copy_of_the_shop_is_saved_where_one_wants_it(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.zhanggui"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    click(qtbot, page, "Save a copy…")
    qtbot.waitUntil(target.exists)
    with Shop.open(target) as shop:
        assert shop.counts().products == 12


def test_connections_are_counted_and_there_are_none(qtbot: QtBot, page: SettingsPage) -> None:
    connections.watch()
    before = connections.made()
    page._show_connections()
    assert page.connections.title.text() == f"Connections since installation: {page.desk.settings.connections}"
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname()):
            assert connections.made() == before + 1
    ever = page.desk.settings.connections
    page._show_connections()
    assert page.connections.title.text() == f"Connections since installation: {ever + 1}"
    assert store.load().connections == ever + 1  # the next start goes on from there


def test_every_key_of_the_window_is_listed(page: SettingsPage) -> None:
    listed = {label.text() for label in page.keys.findChildren(QLabel)}
    named = {command.name for command in page.desk.commands if command.shortcut}
    assert named <= listed


def test_about_says_version_and_licences(qtbot: QtBot, page: SettingsPage) -> None:
    words = " ".join(label.text() for label in page.about.findChildren(QLabel))
    assert desktop_app.__version__ in words
    click(qtbot, page, "Licences of what is inside")
    assert "Qt 6" in page.notice_text.toPlainText()
    assert "Apache License" in page.notice_text.toPlainText()


def test_scrolling_past_a_setting_does_not_change_it(page: SettingsPage) -> None:
    boxes = [box for box in page.findChildren(QComboBox) if box.isVisibleTo(page)]
    assert len(boxes) > 5
    for box in boxes:
        before = box.currentIndex()
        middle = QPointF(box.rect().center())
        for turn in (-120, 120):
            event = QWheelEvent(
                middle, box.mapToGlobal(middle), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(box, event)
            assert box.currentIndex() == before
            assert not event.isAccepted()


def test_the_program_checks_itself_and_saves_a_report(qtbot: QtBot, page: SettingsPage, tmp_path: Path) -> None:
    page.checking.save_to(tmp_path / "report.zip")
    qtbot.waitUntil(lambda: (tmp_path / "report.zip").exists() and page.checking.check.isEnabled())
    words = [label.text() for label in page.checking.results.findChildren(QLabel)]
    assert any("libraries load" in text for text in words)
    assert page.checking.check_row.hint.text() == "All is well."


def test_versions_are_compared_when_the_button_is_pressed_and_not_before(qtbot: QtBot, page: SettingsPage) -> None:
    import sys

    name = {"linux": "zhanggui_99.1_amd64.deb", "win32": "zhanggui-99.1-setup.exe"}.get(
        sys.platform, "zhanggui-99.1-.dmg"
    )
    row = page.comparing
    with loopback(lambda path, body: Answer(file=f"{'0' * 64}  {name}")) as there:
        row.address.setFocus()
        qtbot.keyClicks(row.address, there.address)
        qtbot.keyClick(row.address, Qt.Key.Key_Return)
        assert not there.asked
        click(qtbot, page, "Compare versions")
        qtbot.waitUntil(lambda: "Version 99.1 is there" in row.hint.text())
        assert len(there.asked) == 1
    assert store.load().updates == there.address
    click(qtbot, page, "Compare versions")  # nobody answers any more
    qtbot.waitUntil(lambda: "does not answer" in row.hint.text())
    assert row.compare.isEnabled()


def test_how_surely_there_is_enough_and_the_least_margin_are_chosen_and_undone(
    qtbot: QtBot, page: SettingsPage, shop_file: Path
) -> None:
    qtbot.waitUntil(lambda: page.policy.service.currentData() == "95" and page.policy.margin.currentData() == "20")
    choose(page.policy.service, "99")
    qtbot.waitUntil(lambda: kept(shop_file, "service") == "99")
    choose(page.policy.margin, "35")
    qtbot.waitUntil(lambda: kept(shop_file, "margin") == "35")
    page.desk.undo()
    qtbot.waitUntil(lambda: page.policy.margin.currentData() == "20")
    assert page.policy.service.currentData() == "99"
