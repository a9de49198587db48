"""A list of things drawn in a few lines each: the arrows walk in it, letters are left to the page as its keys."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QTableView

from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.ui.widgets.tables import walk_in_rows


class LineList(QTableView):
    """The list; a table of one column, since Qt's own list asks its model about every row when one changes.

    Return asks to go into the row one stands on, Delete to take it out, where the page listens to that.
    """

    moved = Signal()
    entered = Signal()
    removed = Signal()

    def __init__(self, model: QAbstractItemModel, delegate: QStyledItemDelegate, name: str, high: int) -> None:
        """Rows are ``high`` pixels and drawn by ``delegate``; ``name`` is what a screen reader calls the list."""
        super().__init__()
        self.setProperty("bare", "true")
        self.setModel(model)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        walk_in_rows(self, name, high)
        head = self.horizontalHeader()
        head.hide()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(lambda _new, _old: self.moved.emit())

    def stand_on(self, row: int) -> None:
        """Go to a row and bring it into view; where one stands on it already, tell so again."""
        index = self.model().index(row, 0)
        if index == self.currentIndex():
            self.moved.emit()
        else:
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the page; Qt's own search by letters would eat them."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        rows = self.model().rowCount()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and rows:  # in a table they go to the ends of the row
            self.stand_on(0 if key == Qt.Key.Key_Home else rows - 1)
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the focus ring around the one the keyboard stands on."""
        super().paintEvent(event)
        draw_ring(self)
