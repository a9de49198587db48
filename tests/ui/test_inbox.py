"""A merchant clears an afternoon's messages from the keyboard; nothing is sent from here, all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import inbox, knowledge, sample_messages, shops
from desktop_app.ui.inbox.page import InboxPage
from desktop_app.ui.replies.sources import _Missing

Settle = Callable[[Any], None]


@pytest.fixture(scope="module", params=["en", "zh"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The sample shop with its afternoon of forty messages, in both languages."""
    language = request.param
    path = tmp_path_factory.mktemp("sample") / f"{language}.zhanggui"
    with shops.new(path, name="Sample", language=language) as shop:
        shops.fill_with_sample(shop, language)
        assert sample_messages.fill_with_messages(shop, language) == 40
    return language, path


def page_of(window: Any, settle: Settle) -> InboxPage:
    window.go("messages")
    settle(window)
    page = window.page
    assert isinstance(page, InboxPage)
    return page


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is, as a person does."""
    at = QApplication.focusWidget()
    assert at is not None, "the keyboard is nowhere"
    QTest.keyClick(at, key, modifiers)


def type_in(text: str) -> None:
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClicks(at, text)


def test_forty_messages_are_cleared_by_the_keyboard_alone(
    sample: tuple[str, Path], open_window: Any, settle: Settle, tmp_path: Path
) -> None:
    language, path = sample
    mine = tmp_path / path.name
    mine.write_bytes(path.read_bytes())
    window = open_window(mine, language=language)
    page = page_of(window, settle)
    assert page.model.rowCount() == 40
    press(Qt.Key.Key_D)  # a draft for each, in one batch
    settle(window)
    assert all(row.state == "drafted" for row in page.model.rows)
    control = Qt.KeyboardModifier.ControlModifier
    cleared = 0
    for _turn in range(60):
        settle(window)
        waiting = [row for row in page.model.rows if row.state in {"new", "drafted"}]
        if not waiting:
            break
        assert page.view is not None
        current = page.view.conversation
        assert current.state in {"new", "drafted"}, "the keyboard stands on one that waits"
        if page.view.kept is not None and page.view.kept.action == "hand_over":
            press(Qt.Key.Key_E)
            press(Qt.Key.Key_A, control)
            type_in("I am looking into it myself.")
            press(Qt.Key.Key_Return, control)
            settle(window)
            assert QApplication.clipboard().text() == "I am looking into it myself."
        elif cleared % 9 == 8:
            press(Qt.Key.Key_W)
        else:
            told = page.answer.text.toPlainText()
            press(Qt.Key.Key_Return, control)
            settle(window)
            assert QApplication.clipboard().text().strip() == told.strip()
        cleared += 1
    assert cleared == 40
    with Shop.open(mine) as shop:
        counts = shop.conversation_counts()
        assert counts.get("sent", 0) + counts.get("waiting", 0) == 40
        assert counts["unread"] == 0
    press(Qt.Key.Key_Z)
    settle(window)
    assert sum(row.state in {"new", "drafted"} for row in page.model.rows) == 1


@pytest.fixture
def page(shop_file: Path, open_window: Any, settle: Settle, tmp_path: Path) -> InboxPage:
    """Three conversations: one that can be answered, one that cannot, one that is thanks."""
    import threading

    from desktop_app.tasks import import_messages

    with Shop.open(shop_file) as shop:
        knowledge.add_policy(shop, question="How long does delivery take?", text="Delivery takes 3 to 5 working days.")
        file = tmp_path / "m.csv"
        file.write_text(
            "name,time,message\nAnn,2026-11-25 10:03,How long does delivery take?\n"
            "Ben,2026-11-25 10:02,Do you engrave initials on the tray?\nCat,2026-11-25 10:01,Thanks!\n",
            "utf-8",
        )
        list(import_messages.import_messages(shop, threading.Event(), looked=import_messages.look(file)))
    return page_of(open_window(shop_file), settle)


def test_return_drafts_an_answer_with_what_it_rests_on_beside_it(page: InboxPage, settle: Settle) -> None:
    press(Qt.Key.Key_Return)
    settle(page.window())
    assert "3 to 5 working days" in page.answer.text.toPlainText()
    assert page.view is not None
    assert page.view.draft is not None
    assert [q.quote for q in page.view.draft.quotes] == ["Delivery takes 3 to 5 working days."]


def test_words_nobody_can_vouch_for_are_named_as_they_are_typed(qtbot: QtBot, page: InboxPage, settle: Settle) -> None:
    press(Qt.Key.Key_Return)
    settle(page.window())
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    type_in(" We will refund you 50 dollars.")
    qtbot.waitUntil(lambda: page.answer.marks.isVisible() and "50" in page.answer.marks.text())


def test_a_gap_is_filled_with_two_keys_and_known_from_then_on(page: InboxPage, settle: Settle, shop_file: Path) -> None:
    press(Qt.Key.Key_J)
    settle(page.window())
    press(Qt.Key.Key_Return)
    settle(page.window())
    press(Qt.Key.Key_G)
    assert isinstance(QApplication.focusWidget().parentWidget(), _Missing)
    type_in("Yes, we engrave up to three initials on every tray.")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page.window())
    assert "three initials" in page.answer.text.toPlainText()
    with Shop.open(shop_file) as shop:
        assert shop.gaps() == []


def test_a_small_window_shows_what_is_not_known_when_it_is_asked_for(page: InboxPage, settle: Settle) -> None:
    page.window().resize(960, 640)
    settle(page.window())
    press(Qt.Key.Key_J)
    settle(page.window())
    press(Qt.Key.Key_Return)
    settle(page.window())
    assert not page.about.isVisible()
    press(Qt.Key.Key_G)
    assert page.about.isVisible()
    assert isinstance(QApplication.focusWidget().parentWidget(), _Missing)


def test_a_saved_answer_comes_by_its_number_and_typed_words_survive_leaving(
    page: InboxPage, settle: Settle, shop_file: Path
) -> None:
    from desktop_app.message_records import Macro

    with Shop.open(shop_file) as shop:
        inbox.save_macro(shop, Macro("Hello", "Dear {name}, thank you."))
    page.refresh()
    settle(page.window())
    press(Qt.Key.Key_1)
    settle(page.window())
    assert page.answer.text.toPlainText() == "Dear Ann, thank you."
    press(Qt.Key.Key_J)
    settle(page.window())
    assert page.answer.text.toPlainText() == ""
    press(Qt.Key.Key_K)
    settle(page.window())
    assert page.answer.text.toPlainText() == "Dear Ann, thank you."


def test_the_list_is_searched_and_filtered(page: InboxPage, settle: Settle) -> None:
    press(Qt.Key.Key_Slash)
    type_in("engrave")
    page.search.searched.emit("engrave")
    settle(page.window())
    assert [row.name for row in page.model.rows] == ["Ben"]
    press(Qt.Key.Key_Escape)
    settle(page.window())
    assert page.model.rowCount() == 3
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_W)
    settle(page.window())
    page.filters["waiting"].click()
    settle(page.window())
    assert [row.name for row in page.model.rows] == ["Ben"], "the selection survives a search"


def test_messages_are_pasted_and_kept_by_keyboard(page: InboxPage, settle: Settle) -> None:
    press(Qt.Key.Key_P)
    page.paste_panel.text.setPlainText("Is it blue?\n---\nIs it green?")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page.window())
    assert page.model.rowCount() == 5
    page.desk.undo()
    settle(page.window())
    assert page.model.rowCount() == 3


def test_what_a_message_is_about_is_corrected_in_the_list_of_wants(page: InboxPage, settle: Settle) -> None:
    press(Qt.Key.Key_I)
    menu = page.about.menu
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle(page.window())
    assert page.view is not None
    assert page.view.conversation.decided
    assert page.view.conversation.reading.intent == page.about.intents[1].key


def test_erasing_a_customer_is_asked_once_and_then_final(page: InboxPage, settle: Settle, shop_file: Path) -> None:
    page.ask_erase()
    assert "cannot be undone" in page.notices.notice.text
    page.notices.notice.run()
    settle(page.window())
    assert [row.name for row in page.model.rows] == ["Ben", "Cat"]
    assert b"Ann" not in shop_file.read_bytes()


def test_a_source_opens_at_its_passage_where_it_can_be_changed(
    page: InboxPage, settle: Settle, shop_file: Path
) -> None:
    press(Qt.Key.Key_Return)
    settle(page.window())
    assert page.view is not None
    assert page.view.draft is not None
    page.about.sources.opened.emit(page.view.draft.quotes[0].passage)
    settle(page.window())
    known: Any = page.window().page
    assert known.form.text.toPlainText() == "Delivery takes 3 to 5 working days."
    known.form.text.setPlainText("Delivery takes 4 days.")
    known.form.keep.click()
    settle(page.window())
    with Shop.open(shop_file) as shop:
        assert [p.text for p in shop.passages()] == ["Delivery takes 4 days."]


def test_today_says_how_many_messages_wait(page: InboxPage, settle: Settle) -> None:
    window: Any = page.window()
    window.go("today")
    settle(window)
    line = next(one for one in window.page._needed(window.desk.counts) if "message" in one.what)
    assert line.count == "3"
    line.run()
    assert window.here == "messages"


def test_a_letter_dropped_on_the_window_comes_in(page: InboxPage, settle: Settle, tmp_path: Path) -> None:
    from PySide6.QtCore import QMimeData, QPointF, QUrl
    from PySide6.QtGui import QDropEvent

    file = tmp_path / "letter.eml"
    file.write_text("From: Dan <dan@x.com>\nDate: Wed, 25 Nov 2026 12:00:00 +0000\n\nIs it blue?\n", "utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, none)
    window: Any = page.window()
    window.dropEvent(event)
    settle(window)
    assert page.model.rows[0].name == "Dan"


def test_an_empty_inbox_says_what_to_do(open_window: Any, shop_file: Path, settle: Settle) -> None:
    page = page_of(open_window(shop_file), settle)
    assert page._empty is not None
    assert not page.is_full
