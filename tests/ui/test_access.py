"""Everything can be reached and is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.ui import places
from desktop_app.ui.widgets import Button

Settle = Callable[[Any], None]


def focusable(root: QWidget) -> list[QWidget]:
    return [
        w
        for w in root.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def nameless(window: QWidget) -> list[str]:
    found = []
    for widget in focusable(window):
        spoken = QAccessible.queryAccessibleInterface(widget)
        name = spoken.text(QAccessible.Text.Name) if spoken is not None else ""
        if not name.strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def main_buttons(window: Any) -> list[str]:
    return [b.text() for b in window.page.findChildren(Button) if b.isVisible() and b.property("kind") == "main"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_control_has_a_name_for_screen_readers(
    open_window: Callable[..., Any], shop_file: Any, settle: Settle, language: str
) -> None:
    window = open_window(shop_file, language=language)
    for place in places.PLACES:
        window.go(place.key)
        settle(window)
        assert not nameless(window), place.key
        assert len(main_buttons(window)) <= 1, f"{place.key}: {main_buttons(window)}"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_control_of_an_empty_shop_has_a_name(
    open_window: Callable[..., Any], tmp_path: Path, settle: Settle, language: str
) -> None:
    empty = tmp_path / "empty.zhanggui"
    Shop.create(empty, name="Empty").close()
    window = open_window(empty, language=language)
    for place in places.PLACES:
        window.go(place.key)
        settle(window)
        assert not nameless(window), place.key
        assert len(main_buttons(window)) <= 1, f"{place.key}: {main_buttons(window)}"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_control_has_a_name_in_every_state(
    open_window: Callable[..., Any], shop_file: Any, settle: Settle, qtbot: QtBot, language: str, tmp_path: Path
) -> None:
    window = open_window(shop_file, language=language)
    for state, show in states(window, tmp_path / "more.csv"):
        show()
        settle(window)
        assert not nameless(window), state


def states(window: Any, file: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Walk through what a page shows only after something was pressed."""
    go = window.go
    file.write_text("SKU,Name,Price\nA-1,Tray,12\nA-2,Towel,x\n", "utf-8")
    yield "chosen", lambda: (go("products"), window.page.table.selectAll())
    panel = window.page.panel
    yield "fact", lambda: panel.facts.begin_new("Weight")
    yield "form", panel.edit_product
    yield "form with variants", lambda: panel._form._to_table()
    yield "new product", panel.new_product
    yield "form closed", panel._form_closed
    yield "editing", panel.description.edit
    yield "edit dropped", panel.description._drop_edit
    yield "comparing", panel.description._compare
    yield "nothing found", lambda: window.page.search.setText("nothing is called so")
    yield "palette", window.open_palette
    yield "draft edited", lambda: (window.palette_panel.hide(), go("writing"), window.page.edit())
    yield "notice", lambda: (go("today"), window.desk.oops("Something happened."))
    yield "columns", lambda: go("import", path=file)
    yield "preview", lambda: window.page.look_ahead()
    yield "imported", lambda: window.page.run()
    yield "shop of a newcomer", lambda: (go("welcome"), window.page.show_step(1), window.page.shop_cards[1].click())
    yield "weights of a newcomer", lambda: window.page.show_step(2)
    yield "licences", lambda: (go("settings"), window.page._toggle_licences())


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


def test_no_page_puts_the_keyboard_where_a_stray_key_changes_something(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle, qtbot: QtBot
) -> None:
    window = open_window(shop_file)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key in [*(place.key for place in places.PLACES if not place.hidden), "settings", "customers"]:
        window.go(key)
        settle(window)
        at = QApplication.focusWidget()
        assert isinstance(at, QAbstractItemView | QLineEdit) or at is window.navigation.buttons[key], key
        if isinstance(at, QLineEdit):
            assert at is window.page.landing, key
    window.go("settings")
    before = window.desk.settings
    for pressed in (Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_C):
        qtbot.keyClick(QApplication.focusWidget(), pressed)
    settle(window)
    assert window.desk.settings == before


def in_order(widgets: list[QWidget], root: QWidget) -> list[QWidget]:
    """Return the widgets below ``root`` in the order in which Tab goes from the first of them."""
    found, at = [], widgets[0]
    for _turn in range(500):
        if at in widgets:
            found.append(at)
        at = at.nextInFocusChain()
        if at is widgets[0]:
            break
    return found


def places_of(widgets: list[QWidget], root: QWidget) -> list[tuple[int, int]]:
    # Two on one line differ by a few pixels in height.
    corners = [widget.mapTo(root, widget.rect().topLeft()) for widget in widgets]
    return [(corner.y() // 16, corner.x()) for corner in corners]


def test_tab_goes_through_the_product_as_the_eye_reads_it(window: Any, settle: Settle, qtbot: QtBot) -> None:
    window.go("products")
    settle(window)
    titles = [window.page.model.index(n, 0).data() for n in range(12)]
    for name in ("Oak tray", "Raincoat", "Bamboo board"):
        window.page.table.stand_on(titles.index(name))
        settle(window)
        qtbot.waitUntil(lambda: not window.property("orderComing"))
        panel = window.page.panel
        seen = [w for w in focusable(panel.view.widget()) if isinstance(w, QAbstractButton)]
        first = min(seen, key=lambda w: places_of([w], panel)[0])
        order = places_of(in_order([first, *(w for w in seen if w is not first)], panel), panel)
        assert len(order) == len(seen) > 6
        assert order == sorted(order), name


@pytest.mark.parametrize("several", [False, True])
def test_tab_goes_through_the_form_as_the_eye_reads_it(
    window: Any, settle: Settle, qtbot: QtBot, several: bool
) -> None:
    window.go("products")
    settle(window)
    window.page.panel.new_product()
    form = window.page.panel._form
    form.add_files([Path("front.jpg"), Path("back.jpg")])
    if several:
        form._to_table()
    settle(window)
    qtbot.waitUntil(lambda: not window.property("orderComing"))
    foot = form.save_button.parentWidget()  # what is scrolled lies below it in part

    def read() -> tuple[list[tuple[int, int]], int]:
        seen = [w for w in focusable(form) if not isinstance(w, QAbstractItemView) and not foot.isAncestorOf(w)]
        return places_of(in_order([form.name, *(w for w in seen if w is not form.name)], form), form), len(seen)

    def as_it_is_seen() -> None:
        order, count = read()
        assert len(order) == count > 8
        assert order == sorted(order)

    # The order is made anew, and the form laid out, by events that may come one after another: what counts is the end.
    qtbot.waitUntil(as_it_is_seen)


def test_the_pages_of_the_navigation_are_reached_by_keys(window: Any, qtbot: QtBot) -> None:
    for number, place in enumerate((p for p in places.PLACES if not p.hidden), 1):
        window.desk.commands.run(f"go.{place.key}")
        assert window.here == place.key
        assert window.desk.commands[f"go.{place.key}"].shortcut == f"Ctrl+{number}"


def test_every_word_of_the_window_has_its_chinese(chinese: None) -> None:
    """Each string the window shows stands in a catalogue, plural forms included."""
    import ast

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
