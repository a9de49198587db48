"""How the product table looks and is used: calm rows, a pill for the text, sorting by a click on a column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from desktop_app.records import ProductRow
from desktop_app.ui.products.model import PRICE, SKU, SORTS, STATES, STOCK, TEXT, TITLE, Index, ProductTableModel
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.ui.widgets.tables import ColumnNames, draw_pill, make_room, walk_in_rows
from desktop_app.words import _

HIGH = 38
_EDGE = 24  # the page's margin, kept inside the first and last column


class _ProductRowDelegate(QStyledItemDelegate):
    """Draws one cell."""

    def __init__(self, table: ProductTable) -> None:
        super().__init__(table)
        self._table = table

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
        elif index.row() == self._table.hovered:
            painter.fillRect(rect, theme.colour("hover"))
        row: ProductRow | None = index.data(Qt.ItemDataRole.UserRole)
        column = index.column()
        if row is None:
            self._draw_waiting(painter, rect, column)
        elif column == TEXT:
            words, tone = STATES[row.text]
            draw_pill(painter, rect, _(words), tone, chosen=chosen)
        else:
            lacking = column == STOCK and (row.stock or 0) < 0
            self._draw_words(painter, rect, index, strong=chosen and column == TITLE, lacking=lacking)
        painter.restore()

    def _draw_words(self, painter: QPainter, rect: QRect, index: Index, *, strong: bool, lacking: bool) -> None:
        column, words = index.column(), str(index.data())
        box = rect.adjusted(_EDGE if column == TITLE else 8, 0, -8, 0)
        painter.setFont(font(strong=strong))
        painter.setPen(theme.colour("bad" if lacking else "muted" if column == SKU else "text"))
        if column in (PRICE, STOCK):
            make_room(self._table, column, words)
        write(painter, box, words, right=column in (PRICE, STOCK))

    def _draw_waiting(self, painter: QPainter, rect: QRect, column: int) -> None:
        if column == TITLE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("line"))
            painter.drawRoundedRect(rect.left() + _EDGE, rect.center().y() - 3, 140, 6, 3, 3)


class ProductTable(QTableView):
    """The list of products. ``chosen`` comes when other products are selected, ``sorting`` when a column is clicked."""

    chosen = Signal()
    sorting = Signal(str)
    opened = Signal()

    def __init__(self, model: ProductTableModel) -> None:
        super().__init__()
        self.products = model
        self.hovered = -1
        self._shown = False  # until then its columns are as wide as Qt makes them
        self.setProperty("bare", "true")
        self.setHorizontalHeader(ColumnNames(self, {TITLE: _EDGE, TEXT: 16}, (PRICE, STOCK)))
        self.setModel(model)
        self.setItemDelegate(_ProductRowDelegate(self))
        walk_in_rows(self, _("Products"), HIGH, several=True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setFixedHeight(34)
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        head.setAccessibleName(_("Columns"))
        head.sectionClicked.connect(self._sort)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())

    def chosen_ids(self) -> list[int]:
        """Return the ids of the selected products, in the order of the list."""
        ranges = sorted((part.top(), part.bottom()) for part in self._ranges())
        found: dict[int, None] = {}
        for top, bottom in ranges:
            found.update(dict.fromkeys(self.products.ids[top : bottom + 1]))
        return list(found)

    def count_chosen(self) -> int:
        """Return how many products are selected, without listing them."""
        return sum(part.height() for part in self._ranges() if part.left() == 0)

    def _ranges(self) -> list[QItemSelectionRange]:
        found: list[QItemSelectionRange] = list(self.selectionModel().selection())  # type: ignore[call-overload]
        return found

    def current_id(self) -> int | None:
        """Return the product the keyboard stands on."""
        row = self.currentIndex().row()
        return self.products.ids[row] if 0 <= row < len(self.products.ids) else None

    def choose(self, ids: set[int], current: int | None) -> None:
        """Select these products, those of them that are in the list, and stand on ``current``."""
        places = [n for n, i in enumerate(self.products.ids) if i in ids] if ids else []
        selection = QItemSelection()
        for top, bottom in _runs(places):
            selection.select(self.products.index(top, 0), self.products.index(bottom, TEXT))
        keep = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, keep.ClearAndSelect | keep.Rows)
        if current is not None and current in ids:
            at = next((n for n in places if self.products.ids[n] == current), -1)
            if at >= 0:
                index = self.products.index(at, 0)
                self.selectionModel().setCurrentIndex(index, keep.NoUpdate)
                self.scrollTo(index)

    def stand_on(self, row: int) -> None:
        """Select one row and show it."""
        if 0 <= row < len(self.products.ids):
            self.setCurrentIndex(self.products.index(row, 0))
            self.scrollTo(self.products.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width: the name gets what is left, and where room is short the SKU goes first."""
        super().resizeEvent(event)
        width = self.viewport().width()
        self.setColumnHidden(SKU, width < 640)
        self.setColumnHidden(STOCK, width < 440)
        measure = QFontMetrics(font("small"))
        pill = max(measure.horizontalAdvance(_(words)) for words, _tone in STATES.values()) + 56
        for column, wide in ((SKU, 126), (PRICE, 96), (STOCK, 68), (TEXT, max(112, pill))):
            figures = column in (PRICE, STOCK)  # whose column was made wider for one of them
            self.setColumnWidth(column, max(wide, self.columnWidth(column)) if figures and self._shown else wide)
        self._shown = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and around the one the keyboard stands on the focus ring."""
        super().paintEvent(event)
        draw_ring(self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the whole row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the whole of a name that is cut off."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = str(index.data() or "")
            wide = QFontMetrics(font(strong=True)).horizontalAdvance(words) + 8
            if wide + (_EDGE if index.column() == TITLE else 8) > self.columnWidth(index.column()):
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: object) -> None:
        """Put the light out."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on to the product at the right; letters do not start Qt's own row search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.text() and event.text().isprintable() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _sort(self, column: int) -> None:
        if column in SORTS:
            self.sorting.emit(SORTS[column])


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
