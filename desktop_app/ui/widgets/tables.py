"""What every list of rows in this window has in common, whatever it lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop_app.ui.theme import font, theme, write

_GROUND = {"good": ("accent_soft", "accent"), "caution": ("caution_soft", "caution"), "bad": ("bad_soft", "bad")}


def walk_in_rows(table: QTableView, name: str, high: int, *, several: bool = False) -> None:
    """Let ``table`` be walked row by row with the arrows and left with Tab; rows are ``high`` pixels, without a grid.

    ``several``: more than one row can be selected. ``name`` is what a screen reader calls it.
    """
    mode = QAbstractItemView.SelectionMode
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    rows, head = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setDefaultSectionSize(high)
    head.setHighlightSections(False)
    head.setMinimumSectionSize(40)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def draw_pill(painter: QPainter, rect: QRect, words: str, tone: str, *, chosen: bool) -> None:
    """Draw ``words`` in a cell, on a ground of their tone where they have one; ``chosen``: the row is selected."""
    ground, ink = _GROUND.get(tone, ("", "muted"))
    painter.setFont(font("small"))
    width = painter.fontMetrics().horizontalAdvance(words) + 16
    box = QRect(rect.left() + 16, rect.center().y() - 8, min(width, rect.width() - 20), 18)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ground:
        painter.setPen(Qt.PenStyle.NoPen)
        # On a chosen row the soft accent is the ground already.
        painter.setBrush(theme.colour("raised" if chosen else ground))
        painter.drawRoundedRect(box, 9, 9)
    painter.setPen(theme.colour(ink))
    painter.drawText(box.adjusted(8, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


def make_room(table: QTableView, column: int, words: str, most: int = 168) -> None:
    """Widen a column of figures, up to ``most`` pixels, once one of them is seen that does not fit into it."""
    need = min(QFontMetrics(font()).horizontalAdvance(words) + 18, most)
    if need > table.columnWidth(column):
        QTimer.singleShot(0, table, lambda: table.setColumnWidth(column, max(need, table.columnWidth(column))))


class ColumnNames(QHeaderView):
    """Column names in the line of their cells: ``lefts`` pixels from the left by column, ``rights`` at the right."""

    def __init__(self, parent: QTableView, lefts: Mapping[int, int], rights: Collection[int]) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lefts, self._rights = lefts, rights

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one name."""
        painter.save()
        painter.setFont(font("small"))
        painter.setPen(theme.colour("muted"))
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        left = self._lefts.get(section, 8)
        write(painter, rect.adjusted(left, 0, -8, 0), name, right=section in self._rights)
        painter.restore()
