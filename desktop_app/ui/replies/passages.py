"""The answers the shop knows, one below the other: what is asked, what is answered, and how each stands today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.knowledge_records import PassageRow
from desktop_app.ui import local
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets.blocks import BlockTableModel
from desktop_app.ui.widgets.lines import LineList
from desktop_app.ui.widgets.texts import Tone
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
HIGH = 58


def passages_model(desk: Desk) -> BlockTableModel[PassageRow]:
    """Return the model of a list of passages, read in blocks as they come into view."""
    return BlockTableModel[PassageRow](
        desk, ("Answer",), lambda shop, ids: shop.passage_rows(ids), _spoken, lambda row: row.id
    )


def today() -> str:
    """Return the day by which the list says what has ended, as passages keep their days."""
    from desktop_app.tasks.products import now

    return now()[:10]


def day(iso: str) -> str:
    """Write a day of a passage as people here write it; what is no day as it stands."""
    return local.days(iso)


def standing(row: PassageRow, on: str) -> tuple[str, Tone]:
    """Say in a few words how a passage stands on a day; "" where it simply answers."""
    if row.state == "asks":
        return _("the file says otherwise"), "caution"
    if row.valid_to and row.valid_to < on:
        return _("ended {day}", day=day(row.valid_to)), "muted"
    if row.valid_from and row.valid_from > on:
        return _("from {day}", day=day(row.valid_from)), "muted"
    if row.valid_to:
        return _("until {day}", day=day(row.valid_to)), "accent"
    return (_("changed by you"), "accent") if row.state == "changed" else ("", "muted")


def is_idle(row: PassageRow, on: str) -> bool:
    """Tell whether a passage answers nobody on a day."""
    return bool((row.valid_to and row.valid_to < on) or (row.valid_from and row.valid_from > on))


def _spoken(row: PassageRow, _column: int) -> str:
    """Return what a screen reader says of a row."""
    question = row.question.split("\n")[0]
    return ", ".join(part for part in (question, _line(row.text), standing(row, today())[0], row.source) if part)


def _line(text: str) -> str:
    return " ".join(text.split())


class _RowDelegate(QStyledItemDelegate):
    """Draws a passage in two lines; one that answers nobody today is grey."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one passage."""
        row: PassageRow | None = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        if row is not None:
            on = today()
            ink = "muted" if is_idle(row, on) else "text"
            said, tone = standing(row, on)
            left, wide = rect.left() + 24, rect.width() - 24 - 16
            title, below = row.question.split("\n")[0], _line(row.text)
            if not title:
                title, below = below, ""
            self._pair(painter, QRect(left, rect.top() + 9, wide, 18), title, ink, said, tone, strong=True)
            where = " · ".join(part for part in (row.source, place(row.place)) if part)
            self._pair(painter, QRect(left, rect.top() + 30, wide, 18), below, "muted", where, "muted", strong=False)
        painter.restore()

    def _pair(
        self, painter: QPainter, area: QRect, words: str, ink: str, end: str, tone: Tone, *, strong: bool
    ) -> None:
        """Write words at the left and a few at the right, which have at most two fifths of the line."""
        small = font("small")
        taken = min(QFontMetrics(small).horizontalAdvance(end), area.width() * 2 // 5)
        painter.setFont(small)
        painter.setPen(theme.colour(tone or "muted"))
        write(painter, QRect(area.right() - taken, area.top(), taken + 1, area.height()), end, right=True)
        painter.setFont(font("base", strong=strong) if strong else small)
        painter.setPen(theme.colour(ink))
        write(painter, area.adjusted(0, 0, -(taken + 12 if end else 0), 0), words)


def place(where: str) -> str:
    """Say where a passage stands in the language of the window."""
    kind, _space, number = where.rpartition(" ")
    return {"row": _("row {number}", number=number), "p.": _("page {number}", number=number)}.get(kind, where)


class PassageList(LineList):
    """The list of answers: Return goes to the words, Delete takes the answer out."""

    def __init__(self, model: BlockTableModel[PassageRow]) -> None:
        super().__init__(model, _RowDelegate(), _("Answers"), HIGH)
        self.passages = model

    def current_id(self) -> int | None:
        """Return the passage the keyboard stands on."""
        at = self.currentIndex().row()
        return self.passages.ids[at] if 0 <= at < len(self.passages.ids) else None


def column_names() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return (_("Answer"),)
