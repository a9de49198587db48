from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import drafts
from desktop_app.ui.widgets import Button

Settle = Callable[[Any], None]


@pytest.fixture
def page(open_window: Callable[..., Any], shop_file: Path, settle: Settle, qtbot: QtBot) -> Any:
    with Shop.open(shop_file) as shop:
        for draft in shop.drafts(status="new")[:3]:
            drafts.edit(shop, draft.id or 0, draft.text.replace("Carry", "Bring"))
    window = open_window(shop_file)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("voice")
    settle(window)
    return window.page


def kept(page: Any) -> Any:
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        return shop.setting("voice") or {}


def switch(page: Any) -> Button:
    return page.learned.findChildren(Button)[-1]


def test_words_to_avoid_are_kept_and_undone(page: Any, qtbot: QtBot, settle: Settle) -> None:
    page.avoid.setFocus()
    qtbot.keyClicks(page.avoid, "cheap, luxury")
    qtbot.keyClick(page.avoid, Qt.Key.Key_Return)
    settle(page.window())
    assert kept(page)["avoid"] == ["cheap", "luxury"]
    page.desk.undo()
    settle(page.window())
    assert not kept(page)
    assert page.avoid.text() == ""


def test_a_rule_learned_from_edits_is_a_sentence_that_can_be_switched_off(page: Any, settle: Settle) -> None:
    said = page._heard.habits[0].sentence()
    assert said == "Writes “Bring” instead of “Carry”. Learned from 3 of your edits."
    assert switch(page).accessibleName() == f"Switch off: {said}"
    switch(page).click()
    settle(page.window())
    assert kept(page)["off"] == [page._heard.habits[0].id]
    assert switch(page).text() == "Switch on"


def test_the_rules_are_listed_with_their_dates_and_articles(page: Any) -> None:
    from desktop_app.ui.setting_rows import SettingRow

    said = " ".join(f"{row.title.text()} {row.hint.text()}" for row in page.packs.findChildren(SettingRow))
    assert "中国广告法" in said
    assert "16 CFR 260" in said
    assert "Amazon 2026-07-27" in said


def test_a_rule_pack_is_switched_off_where_its_article_stands(page: Any, settle: Settle) -> None:
    name = "Switch off: Consumer claims, English"
    button = next(b for b in page.packs.findChildren(Button) if b.accessibleName() == name)
    button.click()
    settle(page.window())
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        assert shop.setting("rule_packs")["off"] == ["claims.en"]
    page.desk.undo()
    settle(page.window())
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        assert not shop.setting("rule_packs")


def test_a_damaged_rule_pack_is_refused_in_the_window(page: Any, settle: Settle, tmp_path: Path) -> None:
    broken = tmp_path / "mine.toml"
    broken.write_text("name = ", "utf-8")
    page.rules.take(broken)
    settle(page.window())
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        assert not shop.setting("rule_packs")
