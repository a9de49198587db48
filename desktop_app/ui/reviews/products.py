"""The list at the left of the Reviews page: products with their reviews, stars, and whether these rise or fall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.tasks.review_desk import Reviewed
from desktop_app.ui import local
from desktop_app.ui.reviews import words
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets.lines import LineList
from desktop_app.words import _, several

Index = QModelIndex | QPersistentModelIndex
HIGH = 55


class ReviewedModel(QAbstractListModel):
    """The products in the order they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Reviewed] = []

    def show(self, rows: Sequence[Reviewed]) -> None:
        """Show these products."""
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line, or what a screen reader says of it."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.told(row)
        return row if role == Qt.ItemDataRole.UserRole else None


class _ReviewedDelegate(QStyledItemDelegate):
    """The name, and below it reviews, stars and trend."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        row: Reviewed | None = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        if row is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        left, wide = rect.left() + 16, rect.width() - 28
        painter.setFont(font(strong=True))
        painter.setPen(theme.colour("text"))
        write(painter, QRect(left, rect.top() + 9, wide - 56, 18), words.title(row))
        painter.setPen(theme.colour("text"))
        write(painter, QRect(left, rect.top() + 9, wide, 18), words.stars(row.rating), right=True)
        painter.setFont(font("small"))
        painter.setPen(theme.colour("muted"))
        count = local.counted(several("{count} review", "{count} reviews", row.count), row.count)
        write(painter, QRect(left, rect.top() + 28, wide - 60, 18), count)
        said, tone = words.trend(row.trend)
        painter.setPen(theme.colour(tone))
        write(painter, QRect(left, rect.top() + 28, wide, 18), said, right=True)
        painter.restore()


class ReviewedList(LineList):
    """The products one can look at."""

    def __init__(self, model: ReviewedModel) -> None:
        super().__init__(model, _ReviewedDelegate(), _("Products with reviews"), HIGH)
