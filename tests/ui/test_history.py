"""What was done is listed in the window, and taken back from the end up to where one points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

Settle = Callable[[Any], None]


def names(page: Any) -> list[tuple[str, bool]]:
    return [(action.name, action.undone) for action in page.model.records]


def test_what_was_done_is_taken_back_up_to_where_one_points_and_done_again(
    window: Any, qtbot: QtBot, settle: Settle
) -> None:
    window.go("writing")
    settle(window)
    for _draft in range(3):
        window.page.approve()
        settle(window)
    window.desk.commands.run("edit.history")
    settle(window)
    page = window.page
    assert names(page) == [("Approve one draft", False)] * 3 + [("Fill", False)]
    page.table.selectRow(1)
    assert page.told.text().startswith("Takes back 2 actions")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(window)
    assert names(page) == [("Approve one draft", True)] * 2 + [("Approve one draft", False), ("Fill", False)]
    assert window.desk.counts.drafts_waiting == 3
    assert window.strip.message.text() == "Undone: Approve one draft · and 1 more"
    page.table.selectRow(0)
    assert page.here.text() == "Do again up to here"
    page.here.click()
    settle(window)
    assert not any(undone for _name, undone in names(page))
    page.last.click()
    settle(window)
    assert [undone for _name, undone in names(page)] == [True, False, False, False]


def test_each_undo_stands_on_the_draft_it_brings_back(window: Any, settle: Settle) -> None:
    window.go("writing")
    settle(window)
    page, decided = window.page, []
    for decide in (page.approve, page.reject):
        decided.append(page.item.draft.id)
        decide()
        settle(window)
    for draft, undo in zip(reversed(decided), (page.undo, window.desk.undo), strict=True):
        undo()
        settle(window)
        assert page.item.draft.id == draft
