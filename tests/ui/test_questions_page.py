from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop

Settle = Callable[[Any], None]


@pytest.fixture
def page(open_window: Callable[..., Any], shop_file: Path, settle: Settle, qtbot: QtBot) -> Any:
    with Shop.open(shop_file) as shop, shop.act("An old text"):
        apron = shop.product(shop.search("Apron")[0])
        shop.replace(replace(apron, description="<p>It weighs 300 g.</p>"))
    window = open_window(shop_file)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("questions")
    settle(window)
    return window.page


def press(page: Any, qtbot: QtBot, key: Qt.Key, settle: Settle, *, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(page.window().focusWidget(), key, held)
    settle(page.window())


def facts(page: Any, name: str) -> list[tuple[str, str, str]]:
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        return [(f.name, f.value, f.source) for f in shop.product(shop.search(name)[0]).facts]


def test_a_fact_of_the_old_description_is_added_by_y_alone(page: Any, qtbot: QtBot, settle: Settle) -> None:
    assert (page.name.text(), page.question.text()) == ("Apron", "Weight: 300 g")
    assert page.quote.text() == "“It weighs 300 g.”"
    press(page, qtbot, Qt.Key.Key_Y, settle)
    assert ("Weight", "300 g", "description, confirmed by the merchant") in facts(page, "Apron")
    assert page.value.hasFocus()
    assert page.window().strip.message.text() == "Fact added"


def test_a_row_of_answers_is_typed_without_the_mouse_and_undone(page: Any, qtbot: QtBot, settle: Settle) -> None:
    press(page, qtbot, Qt.Key.Key_N, settle)
    question = page.step.ask
    qtbot.keyClicks(page.value, "wash at 40, yes")
    press(page, qtbot, Qt.Key.Key_Return, settle)
    assert (question.fact("en"), "wash at 40, yes", "merchant") in facts(page, "Apron")
    assert page.step.ask != question
    page.desk.undo()
    settle(page.window())
    assert page.step.ask == question


def test_escape_skips_and_ctrl_d_says_it_does_not_apply(page: Any, qtbot: QtBot, settle: Settle) -> None:
    first = page.step.topic
    press(page, qtbot, Qt.Key.Key_Escape, settle)
    second = page.step.topic
    press(page, qtbot, Qt.Key.Key_D, settle, ctrl=True)
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        decided = shop.verdicts()[page.desk.shop and shop.search("Apron")[0]]
    assert (decided[first], decided[second]) == ("skip", "never")


def test_a_proposed_fact_is_put_right_before_it_is_taken(page: Any, qtbot: QtBot, settle: Settle) -> None:
    press(page, qtbot, Qt.Key.Key_E, settle)
    assert page.value.hasFocus()
    page.value.setText("320 g")
    press(page, qtbot, Qt.Key.Key_Return, settle)
    assert ("Weight", "320 g", "merchant") in facts(page, "Apron")


def test_the_next_product_comes_by_ctrl_return(page: Any, qtbot: QtBot, settle: Settle) -> None:
    press(page, qtbot, Qt.Key.Key_Return, settle, ctrl=True)
    assert page.name.text() != "Apron"
