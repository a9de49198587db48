"""A merchant answers a customer from what the shop knows, and teaches it what it did not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import knowledge
from desktop_app.ui.replies.knowledge import KnowledgePage
from desktop_app.ui.replies.page import RepliesPage
from desktop_app.ui.replies.sources import _Missing


@pytest.fixture
def page(qtbot: QtBot, shop_file: Path, open_window: Any) -> RepliesPage:
    with Shop.open(shop_file) as shop:
        knowledge.add_policy(shop, question="How long does delivery take?", text="Delivery takes 3 to 5 working days.")
    window = open_window(shop_file)
    window.go("replies")
    made = window.page
    assert isinstance(made, RepliesPage)
    qtbot.waitUntil(lambda: window.desk.shop is not None, timeout=10_000)
    return made


def ask(qtbot: QtBot, page: RepliesPage, text: str) -> None:
    page.message.setPlainText(text)
    before = page.draft
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.draft is not before and page._job is None, timeout=60_000)


def test_an_answer_comes_with_the_passage_it_rests_on_and_is_copied(qtbot: QtBot, page: RepliesPage) -> None:
    ask(qtbot, page, "Hello, how long does delivery take?")
    assert page.draft is not None
    assert "3 to 5 working days" in page.answer.toPlainText()
    assert [q.quote for q in page.draft.quotes] == ["Delivery takes 3 to 5 working days."]
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == page.answer.toPlainText()


def test_words_nobody_can_vouch_for_are_named_as_they_are_typed(qtbot: QtBot, page: RepliesPage) -> None:
    ask(qtbot, page, "How long does delivery take?")
    page.answer.setPlainText(page.answer.toPlainText() + " We will refund you 50 dollars.")
    qtbot.waitUntil(lambda: page.marks.isVisible() and "50" in page.marks.text(), timeout=10_000)


def test_what_the_shop_does_not_know_is_answered_once_and_known_from_then_on(
    qtbot: QtBot, page: RepliesPage, shop_file: Path
) -> None:
    ask(qtbot, page, "Do you engrave initials on the tray?")
    missing = page.sources.findChild(_Missing)
    assert missing is not None
    before = page.draft
    missing.answer.setPlainText("Yes, we engrave up to three initials on every tray.")
    qtbot.mouseClick(missing.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.draft is not None and page.draft is not before and bool(page.draft.quotes), timeout=60_000
    )
    assert "three initials" in page.answer.toPlainText()
    with Shop.open(shop_file) as shop:
        assert shop.gaps() == []


def test_files_are_brought_in_and_taken_out_again(
    qtbot: QtBot, page: RepliesPage, tmp_path: Path, shop_file: Path
) -> None:
    window: Any = page.window()
    window.go("knowledge")
    known = window.page
    assert isinstance(known, KnowledgePage)
    file = tmp_path / "faq.csv"
    file.write_text("question,answer\nDo you wrap gifts?,We wrap gifts in paper.\nCan I pay by card?,Yes.\n", "utf-8")
    known.take([file])

    def names() -> list[str]:
        with Shop.open(shop_file) as shop:
            return [source.name for source in shop.knowledge_sources()]

    qtbot.waitUntil(lambda: "faq.csv" in names(), timeout=20_000)
    qtbot.waitUntil(lambda: "3" in known.subtitle.text(), timeout=10_000)
    window.desk.undo()
    qtbot.waitUntil(lambda: "faq.csv" not in names(), timeout=10_000)
