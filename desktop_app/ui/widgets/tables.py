"""What every list of rows in this window has in common, whatever it lists."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView


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
