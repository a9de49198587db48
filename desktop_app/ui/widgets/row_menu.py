"""The menu of a row in a list: a right click, the menu key or Shift+F10 opens what can be done with it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QTableView, QWidget


class RowMenu(QObject):
    """Opens the menu once what it is about is shown: until then it would be of the row one stood on before."""

    def __init__(self, table: QTableView, is_shown: Callable[[], bool], fill: Callable[[QMenu], object]) -> None:
        """``is_shown`` tells whether the row one stands on is what is shown; ``fill`` puts in what can be done."""
        super().__init__(table)
        self._table, self._is_shown, self._fill = table, is_shown, fill
        self._waits: tuple[int, QPoint] | None = None
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._asked)
        if sys.platform != "win32":  # there Qt asks by itself
            key = QShortcut(QKeySequence("Shift+F10"), table)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(lambda: self._asked(QPoint(-1, -1)))

    def go_on(self) -> None:
        """Open the menu that was asked for; to be called when another row's contents have come."""
        if self._waits is None or not self._is_shown():
            return
        (row, place), self._waits = self._waits, None
        if row == self._table.currentIndex().row():
            self._open(place)

    def _asked(self, at: QPoint) -> None:
        row = self._table.currentIndex()
        if not row.isValid():
            return
        place = self._table.visualRect(row)
        if self._table.indexAt(at).row() != row.row():  # asked for by key, which is said of the middle of the list
            at = QPoint(place.left() + 24, place.bottom())
        self._waits = row.row(), self._table.viewport().mapToGlobal(at)
        self.go_on()

    def _open(self, place: QPoint) -> None:
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        if menu.actions():
            menu.popup(place)
            menu.setActiveAction(menu.actions()[0])  # so that the arrows go on from there
        else:
            menu.deleteLater()


def fill_from(buttons: QWidget, menu: QMenu) -> None:
    """Offer in a menu what the buttons of a bar do that can be pressed now."""
    for button in buttons.findChildren(QPushButton):
        if button.isVisibleTo(buttons) and button.isEnabled():
            menu.addAction(button.text(), button.click)
