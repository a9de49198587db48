"""The list of conversations at the left: who, what about, how it stands, and whether somebody looked at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.message_records import ConversationRow
from desktop_app.ui import local
from desktop_app.ui.inbox import words
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets.lines import LineList
from desktop_app.words import _

Index = QModelIndex | QPersistentModelIndex
HIGH = 76
WIDE = 284
_OPEN = {"new", "drafted"}


class InboxModel(QAbstractListModel):
    """The conversations in the order they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ConversationRow] = []
        self.timezone = "UTC"
        self.names: dict[str, str] = {}

    def show(self, rows: Sequence[ConversationRow]) -> None:
        """Show these conversations; the same ones in the same order keep the place one stands on."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def place(self, conversation: int | None) -> int:
        """Return where a conversation stands; -1 if it does not."""
        return next((n for n, row in enumerate(self.rows) if row.id == conversation), -1)

    def following(self, conversation: int) -> int | None:
        """Return the row of the next conversation that waits for an answer, those below this one first."""
        at = self.place(conversation)
        order = [*range(at + 1, len(self.rows)), *range(at)]
        return next((n for n in order if self.rows[n].state in _OPEN), None)

    def looked_at(self, place: int) -> None:
        """Take the mark of a new message off a row."""
        self.rows[place] = replace(self.rows[place], unread=False)
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of conversations."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row itself, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            unread = _("unread") if row.unread else ""
            return ", ".join(filter(None, (row.name, words.row_state(row)[0], unread, row.subject, row.preview)))
        return None


class _RowDelegate(QStyledItemDelegate):
    """Draws a conversation in three lines."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one conversation."""
        row: ConversationRow | None = index.data(Qt.ItemDataRole.UserRole)
        if row is None:
            return
        model = index.model()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        left, wide = rect.left() + 24, rect.width() - 24 - 14
        if row.unread and row.state in {"new", "drafted"}:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(rect.left() + 10, rect.top() + 16, 7, 7)
        when = local.lately(row.last, getattr(model, "timezone", "UTC"))
        painter.setFont(font("small"))
        taken = QFontMetrics(font("small")).horizontalAdvance(when) + 8 if when else 0
        painter.setPen(theme.colour("muted"))
        write(painter, QRect(left, rect.top() + 10, wide, 18), when, right=True)
        self._line(painter, QRect(left, rect.top() + 10, wide - taken, 18), row.name or _("Somebody"), "base", "text",
                   strong=row.unread)  # fmt: skip
        said, tone = words.row_state(row)
        said_wide = QFontMetrics(font("small")).horizontalAdvance(said)
        told = getattr(model, "names", {}).get(row.intent, "") or row.subject
        ink = "bad" if row.urgency == "urgent" and row.state in {"new", "drafted"} else "text"
        pressing = " · ".join(filter(None, (words.pressing(row.why), told))) if ink == "bad" else told
        self._line(painter, QRect(left, rect.top() + 30, wide - said_wide - 10, 18), pressing, "small", ink)
        painter.setPen(theme.colour(tone or "muted"))
        painter.setFont(font("small"))
        write(painter, QRect(left, rect.top() + 30, wide, 18), said, right=True)
        self._line(painter, QRect(left, rect.top() + 50, wide, 18), row.preview, "small", "muted")
        painter.restore()

    def _line(self, painter: QPainter, where: QRect, text: str, size: str, ink: str, *, strong: bool = False) -> None:
        made = font(size, strong=strong)
        painter.setFont(made)
        painter.setPen(theme.colour(ink))
        cut = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, max(where.width(), 8))
        write(painter, where, cut)


class InboxList(LineList):
    """The list of conversations; Return asks for a draft."""

    def __init__(self, model: InboxModel) -> None:
        super().__init__(model, _RowDelegate(), _("Conversations"), HIGH)
        self.inbox = model
        self.setFixedWidth(WIDE)

    def current_id(self) -> int | None:
        """Return the conversation the keyboard stands on."""
        row = self.currentIndex().row()
        return self.inbox.rows[row].id if 0 <= row < len(self.inbox.rows) else None
