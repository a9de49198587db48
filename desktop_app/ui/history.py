"""What was done in this shop, newest first: taken back from the end, up to the action one points at, and done again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.records import Action
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.importing.changes import RowsModel, RowsTable
from desktop_app.ui.page import Page
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import Button, EmptyState, Text, column, footer, row
from desktop_app.words import _, several

MOST = 2000  # actions that are listed


class HistoryPage(Page):
    """A list of actions; the foot says what a press would take back before it does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What was done"))
        self.model = ActionsModel(
            (
                ("What was done", lambda action: action.name),
                ("When", lambda action: local.moment(action.when, self._zone())),
                ("Changes", lambda action: local.number(action.changes)),
                ("State", lambda action: _("undone") if action.undone else ""),
            ),
            figures=(2,),
        )
        self.table = RowsTable(self.model, _("What was done, newest first"), (56, 20, 11, 13))
        self.table.selectionModel().currentChanged.connect(lambda _new, _old: self._say())
        self.landing = self.table
        self.told = Text("", tone="muted", wrap=True)
        self.last = Button(_("Undo the last"), desk.undo, key="Ctrl Z")
        self.here = Button("", self.go_here, kind="main", key="⏎")
        line = row(self.told, self.last, self.here, gap=12, margins=(24, 12, 24, 12))
        line.setStretch(0, 1)
        whole = QWidget()
        whole.setLayout(column(row(self.table, margins=(17, 8, 16, 0)), footer(line), gap=0))
        self.set_full(whole)
        for key in ("Return", "Enter"):
            enter = QShortcut(QKeySequence(key), self.table)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(self.go_here)
        self.show_loading()

    @property
    def action(self) -> Action | None:
        """Return the action the keyboard stands on."""
        at = self.table.currentIndex().row()
        return self.model.records[at] if 0 <= at < len(self.model.records) else None

    def refresh(self) -> None:
        """Read again what was done."""
        self.desk.ask(lambda shop: shop.actions(MOST), self._show, key="history",
                      failed=lambda why: self.show_failed(why, self.refresh))  # fmt: skip

    def go_here(self) -> None:
        """Take back the chosen action and all after it, or do again all up to the chosen one that was undone."""
        action = self.action
        if action is None:
            return
        if action.undone:
            self.desk.redo(len(self._again(action)))
        else:
            self.desk.past.undo_to(action.id)

    def _show(self, actions: Sequence[Action]) -> None:
        if not actions:
            more = _("What you bring in, write and change is listed here, newest first, and can be taken back.")
            self.show_empty(EmptyState("info", _("Nothing was done yet"), more))
            return
        keep = self.action.id if self.action else None
        self.model.show_records(actions)
        at = next((n for n, one in enumerate(actions) if one.id == keep), 0)
        self.table.setCurrentIndex(self.model.index(at, 0))
        self.show_full()
        self._say()
        if self.isVisible() and self.window().focusWidget() in (None, self):
            self.table.setFocus()

    def _say(self) -> None:
        action = self.action
        self.last.setVisible(self._done_left())
        self.here.setVisible(action is not None)
        if action is None:
            self.told.setText("")
            return
        if action.undone:
            many = self._again(action)
            self.here.setText(_("Do it again") if len(many) == 1 else _("Do again up to here"))
            words = several("Does {count} action again.", "Does {count} actions again, the oldest first.", len(many))
        else:
            many = [one for one in self.model.records if not one.undone and one.id >= action.id]
            self.here.setText(_("Undo it") if len(many) == 1 else _("Undo up to here"))
            words = several(
                "Takes back {count} action. It can be done again.",
                "Takes back {count} actions, the newest first. They can be done again.", len(many),
            )  # fmt: skip
        self.told.setText(local.counted(words, len(many)))

    def _zone(self) -> str:
        return self.desk.shop.timezone if self.desk.shop else "UTC"

    def _done_left(self) -> bool:
        return any(not one.undone for one in self.model.records)

    def _again(self, action: Action) -> list[Action]:
        return [one for one in self.model.records if one.undone and one.id <= action.id]


class ActionsModel(RowsModel):
    """Rows of actions; those that are undone are grey."""

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and self.records[index.row()].undone:
            return theme.colour("muted")
        return super().data(index, role)


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return _("What was done"), _("When"), _("Changes"), _("State")
