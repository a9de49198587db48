"""The variants of a product as a small table one types into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView, QWidget

from desktop_app.records import Variant
from desktop_app.ui import local
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _

Index = QModelIndex | QPersistentModelIndex
FIXED = ("SKU", "Price", "Stock", "Price before", "Cost price", "Weight (g)", "Barcode")
AMOUNTS = {"Price": "price", "Price before": "compare_at", "Cost price": "cost", "Weight (g)": "weight_grams"}
ROW = 34


class VariantTableModel(QAbstractTableModel):
    """One row a variant; the option names are the first columns. ``problem`` says why a cell was not taken."""

    problem = Signal(str)

    def __init__(self, variants: Sequence[Variant]) -> None:
        super().__init__()
        self.variants = list(variants) or [Variant()]
        self.names: list[str] = list(dict.fromkeys(n for v in self.variants for n, _value in v.options))

    def name_options(self, names: Sequence[str]) -> None:
        """Use these option names; values of a renamed option stay in their place."""
        self.beginResetModel()
        old, self.names = self.names, list(names)
        renamed = dict(zip(old, names, strict=False))
        for number, variant in enumerate(self.variants):
            kept = tuple((renamed[n], value) for n, value in variant.options if n in renamed)
            self.variants[number] = replace(variant, options=kept)
        self.endResetModel()

    def add(self) -> int:
        """Add a variant like the last one, without what names it; return its row."""
        last = self.variants[-1]
        self.beginInsertRows(QModelIndex(), len(self.variants), len(self.variants))
        self.variants.append(
            Variant(
                price=last.price,
                compare_at=last.compare_at,
                cost=last.cost,
                weight_grams=last.weight_grams,
                position=len(self.variants),
            )
        )
        self.endInsertRows()
        return len(self.variants) - 1

    def remove(self, number: int) -> None:
        """Take a variant away; the last one stays, since a product has at least one."""
        if 0 <= number < len(self.variants) and len(self.variants) > 1:
            self.beginRemoveRows(QModelIndex(), number, number)
            del self.variants[number]
            self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of variants."""
        return 0 if parent.isValid() else len(self.variants)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.names) + len(FIXED)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.names[section] if section < len(self.names) else _(FIXED[section - len(self.names)])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be typed into."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell as it is typed."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        variant, column_at = self.variants[index.row()], index.column()
        if column_at < len(self.names):
            return dict(variant.options).get(self.names[column_at], "")
        what = FIXED[column_at - len(self.names)]
        if what in AMOUNTS:
            return amount(getattr(variant, AMOUNTS[what]))
        if what == "Stock":
            return "" if variant.stock is None else str(variant.stock)
        return variant.sku if what == "SKU" else variant.barcode

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; what is no number is refused with a sentence."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        typed = str(value).strip()
        try:
            self.variants[index.row()] = self._changed(index.row(), index.column(), typed)
        except ValueError:
            self.problem.emit(_("“{text}” is not a number.", text=typed))
            return False
        self.problem.emit("")
        self.dataChanged.emit(index, index)
        return True

    def _changed(self, number: int, column_at: int, typed: str) -> Variant:
        variant = self.variants[number]
        if column_at < len(self.names):
            options = dict(variant.options) | {self.names[column_at]: typed}
            return replace(variant, options=tuple((n, options[n]) for n in self.names if options.get(n)))
        what = FIXED[column_at - len(self.names)]
        if what == "Weight (g)":
            return replace(variant, weight_grams=local.read_grams(typed))
        if what in AMOUNTS:
            changed: dict[str, Any] = {AMOUNTS[what]: local.read_amount(typed)}
            return replace(variant, **changed)
        if what == "Stock":
            read = local.read_amount(typed)
            if read is not None and read != read.to_integral_value():
                raise ValueError(typed)
            return replace(variant, stock=None if read is None else int(read))
        return replace(variant, sku=typed) if what == "SKU" else replace(variant, barcode=typed)


class VariantTable(QWidget):
    """The table with its two buttons, and the field that names the options."""

    problem = Signal(str)

    def __init__(self, variants: Sequence[Variant]) -> None:
        super().__init__()
        self.model = VariantTableModel(variants)
        self.table = QTableView()
        self.table.setProperty("plain", "true")
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Variants"))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setMinimumSectionSize(84)
        self.options = QLineEdit(", ".join(self.model.names))
        self.options.setPlaceholderText(_("Size, Colour"))
        self.options.setAccessibleName(_("What the variants differ in"))
        self.options.editingFinished.connect(self._named)
        self.add = Button(_("Add a variant"), self._add, kind="quiet", icon="plus", small=True)
        self.remove = Button(_("Remove"), self._remove, kind="quiet", small=True)
        self.setLayout(
            column(
                Text(_("What the variants differ in"), "small", tone="muted"),
                self.options,
                self.table,
                row(self.add, self.remove, None, gap=4),
                gap=4,
            )
        )
        self.model.problem.connect(self.problem)
        self.model.rowsInserted.connect(lambda *_a: self._fit())
        self.model.rowsRemoved.connect(lambda *_a: self._fit())
        self._fit()

    def variants(self) -> tuple[Variant, ...]:
        """Return the variants as they are now."""
        return tuple(replace(v, position=n) for n, v in enumerate(self.model.variants))

    def _named(self) -> None:
        names = [n.strip() for n in self.options.text().replace("，", ",").split(",") if n.strip()]
        if names != self.model.names:
            self.model.name_options(list(dict.fromkeys(names))[:3])

    def _add(self) -> None:
        self._named()
        at = self.model.index(self.model.add(), 0)
        self.table.setCurrentIndex(at)
        self.table.edit(at)

    def _remove(self) -> None:
        self.model.remove(self.table.currentIndex().row())

    def _fit(self) -> None:
        lines = min(len(self.model.variants), 6)
        self.table.setFixedHeight(36 + lines * ROW + 4)
        self.remove.setVisible(len(self.model.variants) > 1)


def amount(value: Decimal | None) -> str:
    """Write an amount plainly, with the decimal mark of this locale; nothing for none."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain.replace(".", local.locale().decimalPoint())
