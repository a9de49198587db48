"""A new order to a supplier: of whom, how soon it comes, and how many of what, the forecast's proposals filled in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.trade import PurchaseLine, Supplier
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.unsaved import FormDialog
from desktop_app.ui.widgets import Button, Pick, Text, column, row
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.tasks.purchasing import Wanted

NAME, STOCK, PRICE, MARGIN, PIECES, COST, BY, WHY = range(8)


class PurchaseDialog(FormDialog):
    """Lists what could be ordered; what the forecast asks for comes first and has its number."""

    def __init__(self, parent: QWidget, desk: Desk, suppliers: list[Supplier]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._suppliers = suppliers
        self.found: list[Wanted] = []
        self.setWindowTitle(_("Order goods"))
        self.resize(1040, 600)
        self.supplier = Pick()
        self.supplier.setEditable(True)
        self.supplier.setAccessibleName(_("Supplier"))
        self.supplier.setMinimumWidth(260)
        for known in suppliers:
            self.supplier.addItem(known.name, known.id)
        self._shown = self.supplier.currentText()
        if (name := self.supplier.lineEdit()) is not None:
            name.setPlaceholderText(_("Name of the supplier"))
            name.returnPressed.connect(self.order)
        self.days = QLineEdit()
        self.days.setAccessibleName(_("Days until it comes"))
        self.days.setPlaceholderText(_("e.g. 7"))
        self.days.setMaximumWidth(110)
        self.days.returnPressed.connect(self.order)
        self.said = Text("", tone="muted", wrap=True)
        self.table = QTableWidget(0, 8)
        self.table.setAccessibleName(_("What to order"))
        self.table.setHorizontalHeaderLabels([_(name) for name in _COLUMNS])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at in _FIGURES:
            if (named := self.table.horizontalHeaderItem(at)) is not None:
                named.setTextAlignment(_RIGHT)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setObjectName("rows")
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.itemChanged.connect(lambda _item: self._sum())
        for at, wide in enumerate((240, 76, 90, 72, 72, 104, 144, 160)):
            self.table.setColumnWidth(at, wide)
        self.do = Button(_("Write the order down"), self.order, kind="main", key="Ctrl ⏎")
        head = row(_named(self.supplier), _named(self.days), None, gap=12)
        foot = row(None, Button(_("Cancel"), self.reject), self.do, gap=8)
        self.setLayout(column(head, self.said, self.table, foot, gap=12, margins=(24, 20, 24, 20)))
        self.supplier.currentTextChanged.connect(lambda _name: self._look())
        self._look()
        self.protect(dirty=self._is_typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write it down with Ctrl+Return; Return in the table begins to type in the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.table.setFocus()  # a cell that is still being typed in counts too
                self.order()
            elif self.table.hasFocus() and (item := self.table.currentItem()) is not None:
                self.table.editItem(item)
            return
        super().keyPressEvent(event)

    def order(self) -> None:
        """Write the order down, and the supplier where they are new or come sooner or later than before."""
        name, typed = self.supplier.currentText().strip(), self.days.text().strip()
        if not name:
            self.said.setText(_("Of whom? Type the supplier's name."))
            return
        if typed and not typed.isdecimal():
            self.said.setText(_("“{text}” is no number of days.", text=typed))
            return
        lines, wrong = self._lines()
        if wrong or not lines:
            self.said.setText(wrong or _("Nothing is to be ordered yet: give at least one number."))
            return
        known = self._known()
        days = int(typed) if typed else None
        made = Supplier(name, lead_days=days) if known is None else replace(known, lead_days=days)

        def work(shop: Any) -> Any:
            from desktop_app.tasks import purchasing

            id = known.id if known == made and known is not None else purchasing.save_supplier(shop, made)
            return purchasing.order(shop, id or 0, lines)

        self._desk.do(work, said=_("Order to {name} written down", name=name))
        self.accept()

    def _is_typed(self) -> bool:
        """Tell whether something else stands here than the forecast and the books proposed."""
        return self.supplier.currentText() != self._shown or any(
            self._typed(at, PIECES) != str(one.quantity or "")
            or self._typed(at, COST) != ("" if one.cost is None else f"{one.cost:f}")
            for at, one in enumerate(self.found)
        )

    def _known(self) -> Supplier | None:
        name = self.supplier.currentText().strip().casefold()
        return next((s for s in self._suppliers if s.name.casefold() == name), None)

    def _look(self) -> None:
        known = self._known()
        if known is not None:
            self.days.setText("" if known.lead_days is None else str(known.lead_days))
        number = known.id if known is not None else None

        def work(shop: Any) -> list[Wanted]:
            from desktop_app.tasks import purchasing

            return purchasing.wanted(shop, number)

        self._desk.ask(work, self._show, key="wanted")

    def _show(self, found: list[Wanted]) -> None:
        if not isValid(self):
            return
        self.found = found
        currency = self._desk.shop.currency if self._desk.shop else ""
        self.table.blockSignals(True)
        self.table.setRowCount(len(found))
        for at, one in enumerate(found):
            margin = "–" if one.margin is None else f"{one.margin * 100:.0f} %"
            stock = "–" if one.stock is None else local.number(one.stock)
            codes = ", ".join(dict.fromkeys(code for code in (one.sku, one.code) if code))
            name = f"{one.title} ({codes})" if codes else one.title
            cost = "" if one.cost is None else f"{one.cost:f}"
            price = local.money(one.price, currency)
            cells = (name, stock, price, margin, str(one.quantity or ""), cost, local.days(one.by), one.why)
            for place, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                if place in (NAME, WHY):
                    item.setToolTip(cell)
                if place in _FIGURES:
                    item.setTextAlignment(_RIGHT)
                if place not in (PIECES, COST):
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(at, place, item)
        self.table.blockSignals(False)
        self._sum()

    def _lines(self) -> tuple[list[PurchaseLine], str]:
        lines = []
        for at, one in enumerate(self.found):
            pieces, cost = (self._typed(at, place) for place in (PIECES, COST))
            if not pieces or pieces == "0":
                continue
            if not pieces.isdecimal() or len(pieces) > 7:
                return [], _("“{text}” is no number of pieces.", text=pieces)
            try:
                paid = local.read_amount(cost)
            except ValueError:
                return [], _("“{text}” is no amount.", text=cost)
            lines.append(PurchaseLine(one.variant, int(pieces), cost=paid, title=one.title))
        return lines, ""

    def _typed(self, at: int, place: int) -> str:
        item = self.table.item(at, place)
        return item.text().strip() if item is not None else ""

    def _sum(self) -> None:
        lines, wrong = self._lines()
        if not lines and not wrong:
            self.said.setText(
                _("Nothing is proposed. Give the pieces of what you want to order.")
                if self.found else _("There is no product yet that could be ordered.")
            )  # fmt: skip
            return
        currency = self._desk.shop.currency if self._desk.shop else ""
        known = sum((line.quantity * line.cost for line in lines if line.cost), Decimal(0))
        shown = local.money(known, currency) if known else "–"
        kinds = local.counted(several("{count} kind", "{count} kinds", len(lines)), len(lines))
        missing = any(line.cost is None for line in lines)
        text = (
            _("{kinds}, {sum} as far as costs are known. The numbers come from the forecast; change any.",
              kinds=kinds, sum=shown) if missing and known
            else _("{kinds}, what they cost is not known. The numbers come from the forecast; change any.", kinds=kinds)
            if missing
            else _("{kinds}, {sum}. The numbers come from the forecast; change any.", kinds=kinds, sum=shown)
        )  # fmt: skip
        self.said.setText(wrong or " ".join([text, *self._asked(known)]))

    def _asked(self, sum_of: Decimal) -> list[str]:
        """Return what the supplier asks and the numbers do not give: whole packs, and what an order must come to."""
        said, known = [], self._known()
        for at, one in enumerate(self.found):
            pieces = self._typed(at, PIECES)
            if one.pack > 1 and pieces.isdecimal() and int(pieces) % one.pack:
                said.append(_("“{title}” comes in packs of {n}.", title=one.title, n=local.number(one.pack)))
        if known is not None and known.minimum and sum_of < known.minimum:
            least = local.money(known.minimum, self._desk.shop.currency if self._desk.shop else "")
            said.append(_("{name} takes orders from {least} on.", name=known.name, least=least))
        return said[:3]


_FIGURES = (STOCK, PRICE, MARGIN, PIECES, COST)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_COLUMNS = ("Product", "In stock", "Price", "Margin", "Pieces", "Cost of one", "Order by", "Why")


def _named(field: QWidget) -> QVBoxLayout:
    return column(Text(field.accessibleName(), "small", tone="muted"), field, gap=4)


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return (
        _("Product"), _("In stock"), _("Price"), _("Margin"), _("Pieces"), _("Cost of one"), _("Order by"), _("Why"),
    )  # fmt: skip
