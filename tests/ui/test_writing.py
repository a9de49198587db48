from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.records import Draft, Product, Progress
from desktop_app.shop import Shop
from desktop_app.ui.widgets import EmptyState

Settle = Callable[[Any], None]


@pytest.fixture
def page(window: Any, settle: Settle, qtbot: QtBot) -> Any:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("writing")
    settle(window)
    return window.page


def press(page: Any, qtbot: QtBot, key: Qt.Key, settle: Settle) -> None:
    qtbot.keyClick(page.window().focusWidget() or page.list, key)
    settle(page.window())


def titles(page: Any) -> list[str]:
    return [item.title for item in page.model.items]


def test_the_doubtful_drafts_come_first(page: Any) -> None:
    assert titles(page) == ["Linen towel", "Bamboo board", "Enamel mug", "Raincoat"]
    assert page.subtitle.text() == "4 drafts wait for you"
    assert page.card.state.text() == "1 claim without a fact"
    assert page.card.notice.notice.text == "“12” is not in this product’s facts."


def test_j_and_k_move_and_a_approves_and_the_next_comes_by_itself(page: Any, qtbot: QtBot, settle: Settle) -> None:
    press(page, qtbot, Qt.Key.Key_J, settle)
    assert page.card.title.text() == "Bamboo board"
    press(page, qtbot, Qt.Key.Key_A, settle)
    assert page.card.title.text() == "Enamel mug"
    press(page, qtbot, Qt.Key.Key_K, settle)
    assert page.card.title.text() == "Linen towel"
    with Shop.open(page.desk.shop.path) as shop:
        assert len(shop.drafts(status="approved")) == 2


def test_x_rejects_and_z_brings_the_same_draft_back(page: Any, qtbot: QtBot, settle: Settle) -> None:
    press(page, qtbot, Qt.Key.Key_J, settle)
    press(page, qtbot, Qt.Key.Key_X, settle)
    assert "Bamboo board" not in titles(page)
    press(page, qtbot, Qt.Key.Key_Z, settle)
    assert page.card.title.text() == "Bamboo board"


def test_a_hundred_keys_clear_the_queue(page: Any, qtbot: QtBot, settle: Settle) -> None:
    for _n in range(4):
        press(page, qtbot, Qt.Key.Key_A, settle)
    assert "No draft waits for you" in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert page.desk.counts.drafts_waiting == 0


def test_e_edits_and_letters_are_then_letters(page: Any, qtbot: QtBot, settle: Settle) -> None:
    press(page, qtbot, Qt.Key.Key_E, settle)
    view = page.card.view
    assert view.hasFocus()
    assert view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    qtbot.keyClicks(view, " ajkxz")
    assert view.text.endswith(" ajkxz")
    assert len(page.model.items) == 4
    qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page.window())
    assert page.item.draft.text.endswith(" ajkxz")
    assert page.item.draft.source == "merchant"


def test_single_keys_work_with_a_chinese_input_method_on(page: Any) -> None:
    for widget in (page.list, page.list.viewport(), page.card.view, page.card.view.viewport()):
        assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_the_facts_say_which_of_them_the_draft_uses(page: Any) -> None:
    said = [label.text() for label in page.facts.findChildren(QLabel)]
    assert said[said.index("oak") + 1] == "used"
    assert said[said.index("40 × 28 cm") + 1] == "not used"
    assert "Weight" in said


def test_what_is_in_the_shop_now_stands_below_the_draft(page: Any) -> None:
    assert "An old text." in page.card.now.text()


def test_a_missing_fact_is_added_where_the_product_is(page: Any, settle: Settle) -> None:
    page._add_fact("Weight")
    settle(page.window())
    window = page.window()
    assert window.here == "products"
    assert window.page.panel.product.title == "Linen towel"
    assert window.page.panel.facts.editor.name.text() == "Weight"


def test_z_takes_a_decision_back_while_more_is_being_written(window: Any, settle: Settle, shop_file: Path) -> None:
    """A long writing job saves drafts in between; what the merchant decided can be taken back all the same."""
    window.go("writing")
    settle(window)
    page = window.page
    first, waiting = page.item.draft.id, len(page.model.items)
    page.approve()
    settle(window)
    with Shop.open(shop_file) as elsewhere:
        writing = elsewhere.begin("Describe {n} products", n=2)
        with elsewhere.step(writing):
            elsewhere.add_draft(Draft(elsewhere.search("Apron")[0], "description", "en", "An apron."))
        page.undo()
        settle(window)
        assert elsewhere.draft(first).status == "new"
        assert window.strip.message.text() == "Undone: Approve one draft"
        elsewhere.end(writing)
    assert page.item.draft.id == first
    assert len(page.model.items) == waiting + 1


def test_undo_in_the_strip_means_what_it_stands_beside(window: Any, settle: Settle) -> None:
    window.go("writing")
    settle(window)
    window.page.approve()
    settle(window)
    window.go("products")
    settle(window)
    window.page.panel.archive()
    settle(window)
    assert window.strip.message.text() == "Product archived"
    before = window.desk.counts
    window.strip.undo.click()
    settle(window)
    assert window.desk.counts.archived == before.archived - 1
    assert window.desk.counts.drafts_waiting == before.drafts_waiting


def test_while_texts_are_written_the_empty_queue_says_that_they_come(
    open_window: Callable[..., Any], tmp_path: Path, settle: Callable[[Any], None], qtbot: QtBot
) -> None:
    path, go_on = tmp_path / "new.zhanggui", threading.Event()
    with Shop.create(path) as shop, shop.act("Fill"):
        shop.add([Product("Oak tray")])

    def work(_shop: Any, stop: threading.Event) -> Iterator[Progress]:
        while not go_on.wait(0.02) and not stop.is_set():
            pass
        yield Progress(1, 1, "Oak tray")

    window = open_window(path)
    window.go("writing")
    settle(window)

    def title() -> str:
        state = window.page.stack.currentWidget()
        return state.title.text() if isinstance(state, EmptyState) else ""

    assert title() == "No draft waits for you"
    window.desk.work.start("Writing texts", work, lane="writing", number=1)
    qtbot.waitUntil(lambda: title() == "No draft waits for you yet")
    go_on.set()
    qtbot.waitUntil(lambda: title() == "No draft waits for you")
