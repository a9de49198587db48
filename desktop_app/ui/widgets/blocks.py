"""A long list: all ids in order, and the rows of those near the eye, fetched in blocks as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
BLOCK, KEPT = 100, 60
R = TypeVar("R")


class BlockTableModel(QAbstractTableModel, Generic[R]):
    """Holds the ids of what was found; ``columns`` are English names, ``fetch`` reads rows, ``shown`` writes a cell."""

    def __init__(
        self, desk: Desk, columns: Sequence[str], fetch: Callable[[Any, list[int]], list[R]],
        shown: Callable[[R, int], str], id_of: Callable[[R], int], figures: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """``figures`` are the columns of numbers, which stand at the right."""
        super().__init__()
        self._figures = figures
        self._id = id_of
        self._desk, self._columns, self._read, self._shown = desk, columns, fetch, shown
        self.ids: Sequence[int] = ()
        self._blocks: OrderedDict[int, list[R | None]] = OrderedDict()
        self._asked: set[int] = set()
        self._round = 0

    def show(self, ids: Sequence[int]) -> None:
        """Show these in this order."""
        self._round += 1
        self._asked.clear()
        self._blocks.clear()
        if ids == self.ids:
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self._columns) - 1))
            return
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()

    def row(self, number: int) -> R | None:
        """Return one row, or None while it is on its way."""
        block, place = divmod(number, BLOCK)
        if block not in self._blocks:
            if block not in self._asked:
                self._fetch(block)
            return None
        rows = self._blocks[block]
        return rows[place] if place < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many were found."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column, at the side where the cells below it stand."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _(self._columns[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; an empty cell while its row is on its way."""
        if role == Qt.ItemDataRole.UserRole:
            return self.row(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        return "" if row is None else self._shown(row, index.column())

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._figures else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _fetch(self, block: int) -> None:
        wanted, turn = list(self.ids[block * BLOCK : (block + 1) * BLOCK]), self._round
        self._asked.add(block)
        self._desk.ask(lambda shop: self._read(shop, wanted), lambda rows: self._take(turn, block, wanted, rows))

    def _take(self, turn: int, block: int, wanted: list[int], rows: list[R]) -> None:
        if turn != self._round:
            return
        self._asked.discard(block)
        by_id = {self._id(row): row for row in rows}
        self._blocks[block] = [by_id.get(i) for i in wanted]
        while len(self._blocks) > KEPT:
            self._blocks.popitem(last=False)
        first = block * BLOCK
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(wanted) - 1, len(self._columns) - 1))
