"""Whom the shop buys from: how to reach them, the least they take an order for, their codes, packs and prices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.trade import Supplier, Supply
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.unsaved import FormDialog
from desktop_app.ui.widgets import Button, Pick, SearchField, Text, column, row
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.suppliers import Had

NAME, CODE, COST, PACK, DAYS = range(5)
_FIGURES = (COST, PACK, DAYS)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SupplierDialog(FormDialog):
    """One supplier at a time, at the left what is known of them, at the right their goods; saved as one action."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: list[Supplier] = []
        self.found: list[Had] = []
        self.setWindowTitle(_("Suppliers"))
        self.resize(980, 560)
        self.pick = Pick()
        self.pick.setAccessibleName(_("Supplier"))
        self.pick.setMinimumWidth(260)
        self._at = 0
        self.pick.currentIndexChanged.connect(self._turn)
        self.fields: dict[str, QLineEdit] = {}
        left = QGridLayout()
        left.setVerticalSpacing(8)
        left.setHorizontalSpacing(12)
        for at, (key, name) in enumerate(_fields().items()):
            field = QLineEdit()
            field.setAccessibleName(name)
            self.fields[key] = field
            left.addWidget(Text(name, tone="muted"), at, 0)
            left.addWidget(field, at, 1)
        self.search = SearchField(_("Find a product to add…"), key="")
        self.search.setMinimumWidth(230)
        self.search.searched.connect(lambda _text: self._look())
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName(_("What they have"))
        self.table.setHorizontalHeaderLabels([_(name) for name in _COLUMNS])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        for at in _FIGURES:
            if (named := self.table.horizontalHeaderItem(at)) is not None:
                named.setTextAlignment(_RIGHT)
        self.table.setObjectName("rows")
        for at, wide in enumerate((200, 100, 90, 80, 56)):
            self.table.setColumnWidth(at, wide)
        self.said = Text("", tone="bad", wrap=True)
        self.do = Button(_("Save"), self.save, kind="main")
        goods = column(row(Text(_("What they have"), strong=True), None, self.search, gap=8), self.table, gap=8)
        sides = row(column(left, None, gap=0), goods, gap=24)
        sides.setStretch(0, 2)
        sides.setStretch(1, 3)
        foot = row(self.said, None, Button(_("Cancel"), self.reject), self.do, gap=8)
        self.setLayout(column(row(self.pick, None), sides, foot, gap=16, margins=(24, 20, 24, 20)))
        self.protect(dirty=self._is_typed)
        desk.ask(lambda shop: shop.suppliers(), self._take, key="suppliers")

    def save(self) -> None:
        """Keep what is typed; what is wrong is said and nothing is saved."""
        supplier, supplies = self._supplier(), self._supplies()
        if supplier is None or supplies is None:
            return

        def work(shop: Any) -> Any:
            from desktop_app.tasks import suppliers

            return suppliers.save(shop, supplier, supplies)

        said = _("Saved {name}, with what they have", name=supplier.name)
        self._desk.do(work, said=said, then=lambda _done: self.accept(), failed=self.said.setText)

    def _take(self, found: list[Supplier]) -> None:
        if not isValid(self):
            return
        self._known = found
        self.pick.blockSignals(True)
        for supplier in found:
            self.pick.addItem(supplier.name, supplier.id)
        self.pick.addItem(_("New supplier"), None)
        self.pick.blockSignals(False)
        self._fill()

    def _is_typed(self) -> bool:
        shown = _shown(self._chosen())
        return any(field.text() != shown[key] for key, field in self.fields.items()) or bool(self._changed())

    def _chosen(self) -> Supplier:
        number = self.pick.currentData()
        return next((s for s in self._known if number is not None and s.id == number), Supplier(""))

    def _turn(self, at: int) -> None:
        """Show another supplier; what was typed of this one is not gone without a question."""
        self._stand(self._at)
        if self._is_typed():
            self.guard.ask(lambda: self._turn_to(at), closes=False)
        else:
            self._turn_to(at)

    def _turn_to(self, at: int) -> None:
        self._at = at
        self._stand(at)
        self.table.setRowCount(0)  # what stood there was typed of another
        self._fill()

    def _stand(self, at: int) -> None:
        self.pick.blockSignals(True)
        self.pick.setCurrentIndex(at)
        self.pick.blockSignals(False)

    def _fill(self) -> None:
        shown = _shown(self._chosen())
        for key, field in self.fields.items():
            field.setText(shown[key])
        self._look()

    def _look(self) -> None:
        number, typed = self.pick.currentData(), self.search.text()

        def work(shop: Any) -> Any:
            from desktop_app.tasks import suppliers

            return suppliers.goods(shop, number, typed)

        self._desk.ask(work, self._show, key="supplier goods")

    def _show(self, found: list[Had]) -> None:
        if not isValid(self):
            return
        # What was typed of a variant stays, also while others are looked for.
        kept = {supply.variant: had for had, supply in self._changed()}
        listed = {had.supply.variant for had in found}
        self.found = [*(had for variant, had in kept.items() if variant not in listed), *found]
        typed = {supply.variant: supply for _had, supply in self._changed()}
        self.table.setRowCount(len(self.found))
        for at, had in enumerate(self.found):
            supply = typed.get(had.supply.variant, had.supply)
            name = f"{had.title} ({had.sku})" if had.sku else had.title
            cost = "" if supply.cost is None else f"{supply.cost:f}"
            days = "" if supply.lead_days is None else str(supply.lead_days)
            for place, cell in enumerate((name, supply.code, cost, str(supply.pack), days)):
                item = QTableWidgetItem(cell)
                if place in _FIGURES:
                    item.setTextAlignment(_RIGHT)
                if place == NAME:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                    item.setToolTip(cell)
                self.table.setItem(at, place, item)

    def _changed(self) -> list[tuple[Had, Supply]]:
        """Return the rows of which something else is typed than is known; what is wrong counts as not typed."""
        rows = []
        for at, had in enumerate(self.found[: self.table.rowCount()]):
            supply = self._read(at, had)
            if isinstance(supply, Supply) and supply != had.supply:
                rows.append((had, supply))
        return rows

    def _supplies(self) -> list[Supply] | None:
        supplies = []
        for at, had in enumerate(self.found):
            supply = self._read(at, had)
            if isinstance(supply, str):
                self.said.setText(supply)
                return None
            if supply != had.supply:
                supplies.append(supply)
        return supplies

    def _read(self, at: int, had: Had) -> Supply | str:
        """Return what a row says, or what is wrong with it."""
        code, cost, pack, days = (self._typed(at, place) for place in (CODE, COST, PACK, DAYS))
        if pack and (not pack.isdecimal() or int(pack) < 1):
            return _("“{text}” is no number of pieces in a pack.", text=pack)
        if days and not days.isdecimal():
            return _("“{text}” is no number of days.", text=days)
        try:
            paid = local.read_amount(cost)
        except ValueError:
            return _("“{text}” is no amount.", text=cost)
        if paid is not None and had.supply.cost is not None and paid == had.supply.cost:
            paid = had.supply.cost
        return replace(
            had.supply, code=code, cost=paid, pack=int(pack or 1), lead_days=int(days) if days else None
        )  # fmt: skip

    def _typed(self, at: int, place: int) -> str:
        item = self.table.item(at, place)
        return item.text().strip() if item is not None else ""

    def _supplier(self) -> Supplier | None:
        typed = {key: field.text().strip() for key, field in self.fields.items()}
        if typed["lead_days"] and not typed["lead_days"].isdecimal():
            self.said.setText(_("“{text}” is no number of days.", text=typed["lead_days"]))
            return None
        try:
            minimum: Decimal | None = local.read_amount(typed["minimum"])
        except ValueError:
            self.said.setText(_("“{text}” is no amount.", text=typed["minimum"]))
            return None
        days = int(typed["lead_days"]) if typed["lead_days"] else None
        return replace(
            self._chosen(), name=typed["name"], email=typed["email"], phone=typed["phone"], address=typed["address"],
            note=typed["note"], lead_days=days, minimum=minimum,
        )  # fmt: skip


_COLUMNS = ("Product", "Their code", "Cost of one", "In a pack", "Days")


def _shown(one: Supplier) -> dict[str, str]:
    return {
        "name": one.name, "email": one.email, "phone": one.phone, "address": one.address,
        "lead_days": "" if one.lead_days is None else str(one.lead_days),
        "minimum": "" if one.minimum is None else f"{one.minimum:.2f}", "note": one.note,
    }  # fmt: skip


def _fields() -> dict[str, str]:
    return {
        "name": _("Name"), "email": _("E-mail"), "phone": _("Phone"), "address": _("Address"),
        "lead_days": _("Days until it comes"), "minimum": _("An order must come to"), "note": _("Note"),
    }  # fmt: skip


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return _("Product"), _("Their code"), _("Cost of one"), _("In a pack"), _("Days")
