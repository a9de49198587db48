"""The list of orders: ids in order, and rows that are fetched in blocks as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.trade import OrderRow
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders import words
from desktop_app.words import _

Index = QModelIndex | QPersistentModelIndex
BLOCK, KEPT = 100, 60
NUMBER, NAME, PLACED, TOTAL, STATE = range(5)
COLUMNS = ("Order number", "Customer", "Placed", "Total", "State")


class OrderTableModel(QAbstractTableModel):
    """Holds the ids of all orders found and the rows of those near the eye."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.ids: Sequence[int] = ()
        self._blocks: OrderedDict[int, list[OrderRow | None]] = OrderedDict()
        self._asked: set[int] = set()
        self._round = 0

    def show(self, ids: Sequence[int]) -> None:
        """Show these orders in this order."""
        self._round += 1
        self._asked.clear()
        self._blocks.clear()
        if ids == self.ids:
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, STATE))
            return
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()

    def row(self, number: int) -> OrderRow | None:
        """Return one row, or None while it is on its way."""
        block, place = divmod(number, BLOCK)
        if block not in self._blocks:
            if block not in self._asked:
                self._fetch(block)
            return None
        rows = self._blocks[block]
        return rows[place] if place < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of orders found."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _(COLUMNS[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; an empty cell while its row is on its way."""
        if role == Qt.ItemDataRole.UserRole:
            return self.row(index.row())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        return "" if row is None else self._shown(row, index.column())

    def _shown(self, row: OrderRow, column: int) -> str:
        if column == NUMBER:
            return row.number or _("No number")
        if column == NAME:
            return row.name or "–"
        if column == PLACED:
            shop = self._desk.shop
            return local.moment(row.placed, shop.timezone if shop else "UTC") if row.placed else "–"
        return local.money(row.total, row.currency) if column == TOTAL else words.state(row.state)

    def _fetch(self, block: int) -> None:
        wanted, turn = list(self.ids[block * BLOCK : (block + 1) * BLOCK]), self._round
        self._asked.add(block)
        self._desk.ask(lambda shop: shop.order_rows(wanted), lambda rows: self._take(turn, block, wanted, rows))

    def _take(self, turn: int, block: int, wanted: list[int], rows: list[OrderRow]) -> None:
        if turn != self._round:
            return
        self._asked.discard(block)
        by_id = {row.id: row for row in rows}
        self._blocks[block] = [by_id.get(i) for i in wanted]
        while len(self._blocks) > KEPT:
            self._blocks.popitem(last=False)
        first = block * BLOCK
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(wanted) - 1, STATE))
