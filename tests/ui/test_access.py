"""Everything can be reached and is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import places

Settle = Callable[[Any], None]


def focusable(root: QWidget) -> list[QWidget]:
    return [
        w
        for w in root.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", [p.key for p in places.PLACES])
def test_every_control_has_a_name_for_screen_readers(
    open_window: Callable[..., Any], shop_file: Any, settle: Settle, place: str, language: str
) -> None:
    window = open_window(shop_file, language=language)
    window.go(place)
    settle(window)
    nameless = []
    for widget in focusable(window):
        spoken = QAccessible.queryAccessibleInterface(widget)
        name = spoken.text(QAccessible.Text.Name) if spoken is not None else ""
        if not name.strip():
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert not nameless


@pytest.mark.parametrize("place", ["today", "products", "writing"])
def test_tab_reaches_every_control_and_comes_back(window: Any, settle: Settle, place: str, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(place)
    settle(window)
    window.navigation.menu_button.setFocus()
    reached: list[QWidget] = []
    for _turn in range(200):
        at = QApplication.focusWidget()
        assert at is not None
        if at in reached:
            break
        reached.append(at)
        # A text that is being edited keeps Tab on some systems; ours leave it to the window.
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    wanted = {w for w in focusable(window) if isinstance(w, QAbstractButton | QLineEdit | QAbstractItemView)}
    exclusive = {w for w in wanted if isinstance(w, QAbstractButton) and w.autoExclusive() and not w.isChecked()}
    assert wanted - exclusive <= set(reached)


def test_the_pages_of_the_navigation_are_reached_by_keys(window: Any, qtbot: QtBot) -> None:
    for number, place in enumerate((p for p in places.PLACES if not p.hidden), 1):
        window.desk.commands.run(f"go.{place.key}")
        assert window.here == place.key
        assert window.desk.commands[f"go.{place.key}"].shortcut == f"Ctrl+{number}"


def test_every_word_of_the_window_has_its_chinese(chinese: None) -> None:
    """Each string the window shows stands in a catalogue, plural forms included."""
    import ast
    from pathlib import Path

    import compile_words

    root = Path(__file__).resolve().parents[2]
    known: set[str] = set()
    for file in (root / "assets" / "locale" / "zh").glob("*.po"):
        known |= set(compile_words.read(file))
    missing = []
    for file in sorted((root / "desktop_app" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            key = {"_": texts[:1], "several": ["\0".join(texts[:2])], "Command": texts[1:2], "Place": texts[1:2]}
            missing += [f"{file.name}: {t!r}" for t in key.get(name, []) if t and t not in known]
    assert not missing, "\n".join(missing)
