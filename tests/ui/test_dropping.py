"""Files dragged onto the window: it says what would become of them, and a form with typed things is not lost by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from pytestqt.qtbot import QtBot

Settle = Callable[[Any], None]
_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def dragged(*urls: str | Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(url)) if isinstance(url, Path) else QUrl(url) for url in urls])
    return data


def hover(window: Any, data: QMimeData) -> bool:
    """Drag something over the window and tell whether it would be taken."""
    event = QDragEnterEvent(QPoint(9, 9), _COPY, data, _LEFT, _NONE)
    event.ignore()
    window.dragEnterEvent(event)
    return event.isAccepted()


def test_a_file_over_the_window_is_told_what_would_become_of_it(window: Any, tmp_path: Path) -> None:
    said = {"products.csv": "nothing is imported", "a.zhanggui": "open this shop", "a.eml": "messages"}
    for name, words in said.items():
        assert hover(window, dragged(tmp_path / name))
        assert window.hint.isVisible()
        assert words in window.hint.words
        assert window.hint.size() == window.centralWidget().size()
        window.dragLeaveEvent(QDragLeaveEvent())
        assert not window.hint.isVisible()
    assert not hover(window, dragged("https://example.com/products.csv"))  # a link of the web is no file
    assert not window.hint.isVisible()


def test_a_dropped_shop_asks_before_a_form_with_typed_things_is_gone(
    window: Any, qtbot: QtBot, settle: Settle, tmp_path: Path, shop_file: Path
) -> None:
    window.go("products", new=True)
    settle(window)
    form = window.page.panel._form
    qtbot.keyClicks(form.category, "Kitchen")
    data = dragged(tmp_path / "other.zhanggui")
    hover(window, data)
    window.dropEvent(QDropEvent(QPointF(9, 9), _COPY, data, _LEFT, _NONE))
    assert form.guard.asking
    assert not window.hint.isVisible()
    settle(window)
    assert window.desk.shop.path == shop_file
    assert form.category.text() == "Kitchen"
