"""The list of orders: what each column shows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from desktop_app.trade import OrderRow
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders import words
from desktop_app.ui.widgets.blocks import BlockTableModel, Index
from desktop_app.words import _

__all__ = ["NAME", "NUMBER", "PLACED", "STATE", "TOTAL", "Index", "OrderTableModel"]
NUMBER, NAME, PLACED, TOTAL, STATE = range(5)
COLUMNS = ("Order number", "Customer", "Placed", "Total", "State")


class OrderTableModel(BlockTableModel[OrderRow]):
    """The orders that were found."""

    def __init__(self, desk: Desk) -> None:
        self.flagged: frozenset[int] = frozenset()  # worth a second look
        super().__init__(
            desk, COLUMNS, lambda shop, ids: shop.order_rows(ids), self._written, lambda order: order.id
        )  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; where something about the order is unusual, its number says so too."""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) and index.column() == NUMBER:
            mark = _("Worth a second look") if self.ids[index.row()] in self.flagged else ""
            if role == Qt.ItemDataRole.ToolTipRole or not mark:
                return mark or super().data(index, role)
            return f"{super().data(index, role)} – {mark}"
        return super().data(index, role)

    def _written(self, row: OrderRow, column: int) -> str:
        if column == NUMBER:
            return row.number or _("No number")
        if column == NAME:
            return row.name or "–"
        if column == PLACED:
            shop = self._desk.shop
            return local.moment(row.placed, shop.timezone if shop else "UTC") if row.placed else "–"
        return local.money(row.total, row.currency) if column == TOTAL else words.state(row.state)
