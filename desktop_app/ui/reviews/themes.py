"""Themes as bars with their figures beside them: one table for the eye, the keyboard and the screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop_app.review_records import ThemeCount
from desktop_app.ui import local
from desktop_app.ui.reviews import words
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.ui.widgets.tables import walk_in_rows
from desktop_app.words import _

Index = QModelIndex | QPersistentModelIndex
NAME, BARS, PRAISE, NEITHER, BLAME, SHARE = range(6)
HIGH, HEAD, BAR = 32, 32, 12
INSET = (8, 0, -8, 0)  # a bar within its cell
_font = cache(font)  # asked for by every cell
_SHADES = {"positive": "good", "neutral": "handle", "mixed": "caution", "negative": "bad"}  # parts of a bar, in order
_COLUMN_SIDES = {PRAISE: "praise", NEITHER: "neutral", BLAME: "blame", SHARE: "blame"}  # what stands behind a figure
HEADS = ("Theme", "Voices", "Praised", "Neutral", "Criticised", "Criticised, share")


class ThemeTableModel(QAbstractTableModel):
    """The themes that have enough voices, the commonest first."""

    def __init__(self) -> None:
        super().__init__()
        self.themes: list[ThemeCount] = []
        self._told: list[tuple[str, ...]] = []  # a table is painted far more often than it changes

    @property
    def most(self) -> int:
        """Return the voices of the commonest theme, which gives the bars their measure."""
        return max((t.count for t in self.themes), default=1)

    def show(self, themes: Sequence[ThemeCount]) -> None:
        """Show these themes."""
        self.beginResetModel()
        self.themes = list(themes)
        self._told = [_told(one) for one in self.themes]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of themes."""
        return 0 if parent.isValid() else len(self.themes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section in (NAME, BARS) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a figure, or the theme itself."""
        if not 0 <= index.row() < len(self.themes):
            return None
        theme_ = self.themes[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return theme_
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == SHARE:
            return _("Of 20 such shares, 19 lie within these bounds")
        return self._told[index.row()][index.column()]


def _told(one: ThemeCount) -> tuple[str, ...]:
    counts = (one.count, one.positive + one.mixed, one.neutral, one.negative + one.mixed)
    return (one.name, *map(local.number, counts), words.share(one))


class _ThemeDelegate(QStyledItemDelegate):
    """Draws a theme's bar: praise, neither, both, blame; each part has its own shade and its own place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height every row has."""
        return QSize(60, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        one: ThemeCount | None = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        if one is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        column = index.column()
        if column == BARS:
            model = index.model()
            assert isinstance(model, ThemeTableModel)
            _draw_bars(painter, rect.adjusted(*INSET), one, model.most)
        else:
            painter.setFont(_font(strong=column == NAME))
            ink = {PRAISE: "good", BLAME: "bad"}.get(column, "text" if column == NAME else "muted")
            painter.setPen(theme.colour(ink))
            write(painter, rect.adjusted(8, 0, -8, 0), str(index.data()), right=column != NAME)
        painter.restore()


def _figures_wide(most: int) -> int:
    return QFontMetrics(_font("small")).horizontalAdvance(local.number(most)) + 10


def parts_of(rect: QRect, one: ThemeCount, most: int) -> Iterator[tuple[str, float, float]]:
    """Yield each part of a bar that is there: which side it is, where it begins, how wide it is."""
    room, left = max(20.0, rect.width() - _figures_wide(most)), float(rect.left())
    for side in _SHADES:
        wide = room * getattr(one, side) / most
        if wide:
            yield side, left, wide
        left += wide


def _draw_bars(painter: QPainter, rect: QRect, one: ThemeCount, most: int) -> None:
    """Draw the parts side by side, and on them the bounds of the share of blame."""
    painter.setFont(_font("small"))
    figures = _figures_wide(most)
    room = max(20.0, rect.width() - figures)
    top = rect.center().y() - BAR / 2 + 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = room * one.count / most
    for side, left, wide in parts_of(rect, one, most):
        painter.setPen(QPen(theme.colour("raised"), 1))
        painter.setBrush(theme.colour(_SHADES[side]))
        painter.drawRoundedRect(QRectF(left, top, max(wide, 2.0), BAR), 2, 2)
    low, _found, high = one.share
    end = rect.left() + whole
    painter.setPen(QPen(theme.colour("text"), 1.5))
    y = top + BAR + 3
    painter.drawLine(QPointF(end - whole * high, y), QPointF(end - whole * low, y))
    painter.setPen(theme.colour("muted"))
    write(painter, QRect(int(end) + 6, rect.top(), figures, rect.height()), local.number(one.count))


class ThemeTable(QTableView):
    """The bars; Return or a click asks for the reviews behind one, on a part of it or a figure for that side only."""

    picked = Signal(str, str)  # theme; "" or a side: "positive", "neutral", "mixed", "negative", "praise", "blame"
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.themes = ThemeTableModel()
        self.setModel(self.themes)
        self.setItemDelegate(_ThemeDelegate(self))
        walk_in_rows(self, _("Themes of the reviews"), HIGH)
        self.setProperty("bare", "true")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setFixedHeight(HEAD)
        self._pressed = QPoint()
        self.clicked.connect(lambda index: self.picked.emit(self.themes.themes[index.row()].theme, self._side(index)))
        self.selectionModel().currentRowChanged.connect(lambda _new, _old: self.moved.emit())

    @property
    def current(self) -> ThemeCount | None:
        """Return the theme the keyboard stands on."""
        at = self.currentIndex().row()
        return self.themes.themes[at] if 0 <= at < len(self.themes.themes) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it was pressed: a bar has parts."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def _side(self, index: Index) -> str:
        """Return which side of the theme stands where it was pressed, "" for all of it."""
        if index.column() != BARS:
            return _COLUMN_SIDES.get(index.column(), "")
        rect, at = self.visualRect(index).adjusted(*INSET), self._pressed.x()
        parts = parts_of(rect, self.themes.themes[index.row()], self.themes.most)
        return next((side for side, left, wide in parts if left <= at < left + max(wide, 2.0)), "")

    def show_themes(self, themes: Sequence[ThemeCount], chosen: str = "") -> None:
        """Show these themes, and stand on the one whose reviews are shown."""
        self.themes.show(themes)
        self.setFixedHeight(HEAD + HIGH * len(themes) + 4)
        place = next((n for n, t in enumerate(themes) if t.theme == chosen), -1)
        if place >= 0:
            self.selectRow(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the figures what they need and the bars the rest."""
        super().resizeEvent(event)
        wide = self.viewport().width()
        small = wide < 620
        self.setColumnHidden(NEITHER, small)
        sizes = {NAME: 150, PRAISE: 76, NEITHER: 76, BLAME: 84, SHARE: 150}
        if small:  # the share is read to its end also where letters are half again the size
            sizes = {NAME: 112, PRAISE: 64, BLAME: 76, SHARE: 126}
        rest = wide - sum(size for column, size in sizes.items() if not self.isColumnHidden(column))
        for column, size in (sizes | {BARS: max(rest, 80)}).items():
            self.setColumnWidth(column, size)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the reviews behind the current bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current is not None:
            self.picked.emit(self.current.theme, "")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows and the focus ring."""
        super().paintEvent(event)
        draw_ring(self)
