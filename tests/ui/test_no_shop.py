"""A shop that is not where it was, or cannot be opened: the merchant is told, and shown what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStandardPaths
from pytestqt.qtbot import QtBot

from desktop_app import ui
from desktop_app.ui.widgets import Button, EmptyState


def test_a_shop_that_was_moved_is_named_and_nobody_takes_another_for_it(
    qtbot: QtBot, open_window: Callable[..., Any], shop_file: Path, tmp_path: Path
) -> None:
    gone = str(tmp_path / "My stall.zhanggui")
    window = open_window(None, recent=(gone, str(shop_file)))
    ui.begin(window.desk, None)
    qtbot.waitUntil(lambda: window.page.notices.notice is not None)
    notice = window.page.notices.notice
    assert "My stall" in notice.text
    assert gone in notice.more
    assert notice.button == "Open shop…"
    assert window.desk.shop.path == shop_file
    assert window.desk.settings.recent == (str(shop_file), gone)  # still offered, as a stick may come back


def test_the_shop_of_last_time_opens_without_a_word(
    qtbot: QtBot, open_window: Callable[..., Any], shop_file: Path, tmp_path: Path
) -> None:
    window = open_window(None, recent=(str(shop_file), str(tmp_path / "gone.zhanggui")))
    ui.begin(window.desk, None)
    qtbot.waitUntil(lambda: window.desk.shop is not None and not window.desk.busy)
    assert window.page.notices.notice is None


def test_where_no_shop_can_be_opened_the_page_says_why_and_waits_for_nothing(
    qtbot: QtBot, open_window: Callable[..., Any], shop_file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.zhanggui"
    broken.write_bytes(b"no shop at all, " * 400)
    window = open_window(None)
    window.desk.open(broken)
    state = _shown(qtbot, window)
    assert "broken" in state.text.text()
    assert [button.text() for button in state.findChildren(Button)] == ["Open shop…", "New shop…"]
    window.go("products")  # nor does any other page wait for a shop that does not come
    _shown(qtbot, window)
    window.desk.open(shop_file)
    qtbot.waitUntil(lambda: window.desk.shop is not None and window.page.is_full)


def test_file_dialogs_begin_among_the_documents_not_among_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, documents = tmp_path / "program", tmp_path / "Documents"
    program.mkdir()
    documents.mkdir()
    monkeypatch.chdir(program)
    monkeypatch.setenv("ZHANGGUI_DATA", "data")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(documents))
    ui.stand_among_documents()
    assert Path.cwd() == documents
    assert os.environ["ZHANGGUI_DATA"] == str(program / "data")  # still means what it meant


def _shown(qtbot: QtBot, window: Any) -> EmptyState:
    qtbot.waitUntil(lambda: isinstance(window.page.stack.currentWidget(), EmptyState))
    state: EmptyState = window.page.stack.currentWidget()
    assert state.title.text() == "No shop is open"
    return state
