"""The product table: ids in order, and rows that are fetched in blocks as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop_app.records import ProductRow
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets.texts import Tone
from desktop_app.words import _

Index = QModelIndex | QPersistentModelIndex
Sort = Literal["title", "sku", "price", "stock", "updated"]

BLOCK = 100  # rows asked for at once
KEPT = 60  # blocks kept; at 6,000 rows the oldest go

TITLE, SKU, PRICE, STOCK, TEXT = range(5)
COLUMNS = ("Product", "SKU", "Price", "Stock", "Description")
SORTS: dict[int, Sort] = {TITLE: "title", SKU: "sku", PRICE: "price", STOCK: "stock"}
STATES: dict[str, tuple[str, Tone]] = {
    "missing": ("Missing", "bad"),
    "present": ("From the file", "muted"),
    "draft": ("Draft", "caution"),
    "approved": ("Approved", "good"),
}
RowRole = Qt.ItemDataRole.UserRole


class ProductTableModel(QAbstractTableModel):
    """Holds the ids of all products found and the rows of those near the eye."""

    arrived = Signal()  # rows came that were waited for

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.ids: Sequence[int] = ()
        self._blocks: OrderedDict[int, list[ProductRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._old: set[int] = set()  # blocks shown as they were until they come anew
        self._round = 0
        self.sorted_by: Sort | None = None
        self.descending = False

    def show(self, ids: Sequence[int]) -> bool:
        """Show these products in this order; True if they are not the ones that were shown."""
        same = len(ids) == len(self.ids) and ids == self.ids
        self._round += 1
        self._asked.clear()
        if same:
            # Only the rows may be different: they stay as they are until the new ones come, so nothing flickers.
            self._old = set(self._blocks)
            if self.ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, TEXT))
            return False
        self.beginResetModel()
        self.ids = ids
        self._blocks.clear()
        self._old.clear()
        self.endResetModel()
        return True

    def row(self, number: int) -> ProductRow | None:
        """Return one row, or None while it is on its way."""
        block, place = divmod(number, BLOCK)
        if (block not in self._blocks or block in self._old) and block not in self._asked:
            self._fetch(block)
        rows = self._blocks.get(block)
        return rows[place] if rows is not None and place < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of products found."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column, with an arrow where the list is sorted by it."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(section) | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = (
                (" ↓" if self.descending else " ↑") if self.sorted_by and SORTS.get(section) == self.sorted_by else ""
            )
            return _(COLUMNS[section]) + arrow
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; an empty cell while its row is on its way."""
        if role == RowRole:
            return self.row(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(index.column()) | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        return "" if row is None else self._shown(row, index.column())

    def _shown(self, row: ProductRow, column: int) -> str:
        if column == PRICE:
            shop = self._desk.shop
            return local.price_from(row.price_low, row.price_high, shop.currency if shop else "USD")
        if column == STOCK:
            return "" if row.stock is None else local.number(row.stock)
        if column == TEXT:
            return _(STATES[row.text][0])
        return row.title if column == TITLE else row.sku

    def _fetch(self, block: int) -> None:
        wanted = list(self.ids[block * BLOCK : (block + 1) * BLOCK])
        turn = self._round
        self._asked.add(block)
        self._desk.ask(lambda shop: shop.rows(wanted), lambda rows: self._take(turn, block, wanted, rows))

    def _take(self, turn: int, block: int, wanted: list[int], rows: list[ProductRow]) -> None:
        if turn != self._round:
            return
        self._asked.discard(block)
        self._old.discard(block)
        # A product that went meanwhile leaves its place empty until the list is made anew.
        by_id = {row.id: row for row in rows}
        self._blocks[block] = [by_id.get(i) or _gone(i) for i in wanted]
        self._blocks.move_to_end(block)
        while len(self._blocks) > KEPT:
            self._blocks.popitem(last=False)
        first = block * BLOCK
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(wanted) - 1, TEXT))
        self.arrived.emit()


def _gone(product: int) -> ProductRow:
    return ProductRow(product, "…", "", "archived", None, None, None, 0, "missing")


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column in (PRICE, STOCK) else Qt.AlignmentFlag.AlignLeft
