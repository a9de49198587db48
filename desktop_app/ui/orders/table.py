"""How the list of orders looks: calm rows, a pill for the state."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop_app.trade import OrderRow
from desktop_app.ui import icons, local
from desktop_app.ui.orders import words
from desktop_app.ui.orders.model import NAME, NUMBER, PLACED, STATE, TOTAL, Index, OrderTableModel
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.ui.widgets.tables import ColumnNames, draw_pill, make_room, walk_in_rows
from desktop_app.words import _

HIGH, _EDGE, _SIGN = 38, 24, 14
_LATE = "2000-12-28T22:58:00Z"  # as wide as a moment gets


class _OrderRowDelegate(QStyledItemDelegate):
    """Draws one cell; before the number of an order that is worth a second look stands a sign."""

    def __init__(self, table: OrderTable) -> None:
        super().__init__(table)
        self._table, self._orders = table, table.orders

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height every row has."""
        return QSize(80, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground and contents."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
        row: OrderRow | None = index.data(Qt.ItemDataRole.UserRole)
        column = index.column()
        if row is not None and column == STATE:
            draw_pill(painter, rect, words.state(row.state), words.tone(row.state), chosen=chosen)
        elif row is not None:
            box = rect.adjusted(_EDGE if column == NUMBER else 8, 0, -8, 0)
            painter.setFont(font(strong=chosen and column == NUMBER))
            painter.setPen(theme.colour("muted" if column == PLACED else "text"))
            if column == TOTAL:
                make_room(self._table, column, str(index.data()))
            write(painter, box, str(index.data()), right=column == TOTAL)
            if column == NUMBER and row.id in self._orders.flagged:
                scale = max(1.0, painter.device().devicePixelRatioF())
                sign = icons.pixmap("triangle-alert", "caution", _SIGN, scale)
                painter.drawPixmap(rect.left() + _EDGE - _SIGN - 4, rect.center().y() - _SIGN // 2, sign)
        painter.restore()


class OrderTable(QTableView):
    """The list of orders. ``chosen`` comes when other orders are selected."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, model: OrderTableModel) -> None:
        super().__init__()
        self.orders = model
        self._shown = False  # until then its columns are as wide as Qt makes them
        self.setProperty("bare", "true")
        self.setHorizontalHeader(ColumnNames(self, {NUMBER: _EDGE, STATE: 16}, (TOTAL,)))
        self.setModel(model)
        self.setItemDelegate(_OrderRowDelegate(self))
        walk_in_rows(self, _("Orders"), HIGH, several=True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setFixedHeight(34)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setAccessibleName(_("Columns"))
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())

    def chosen_ids(self) -> list[int]:
        """Return the ids of the selected orders, in the order of the list."""
        return [self.orders.ids[index.row()] for index in sorted(self.selectionModel().selectedRows(), key=_row_of)]

    def current_id(self) -> int | None:
        """Return the order the keyboard stands on."""
        row = self.currentIndex().row()
        return self.orders.ids[row] if 0 <= row < len(self.orders.ids) else None

    def stand_on(self, row: int) -> None:
        """Select one row and bring it into view."""
        index = self.orders.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column what it needs; the name takes the rest, and the date goes first where it is narrow."""
        super().resizeEvent(event)
        wide = self.viewport().width()
        self.setColumnHidden(PLACED, wide < 590)
        placed = QFontMetrics(font()).horizontalAdvance(local.moment(_LATE, "UTC")) + 24
        for column, width in ((NUMBER, 124), (PLACED, placed), (STATE, 104)):
            self.setColumnWidth(column, width)
        self.setColumnWidth(TOTAL, max(96, self.columnWidth(TOTAL) if self._shown else 0))  # as wide as it was made
        self._shown = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and around the one the keyboard stands on the focus ring."""
        super().paintEvent(event)
        draw_ring(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes to the order."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def _row_of(index: Index) -> int:
    return index.row()
