"""An order written down by hand: products by search, how many, at what price, who bought, and whether it is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.errors import UserError
from desktop_app.trade import Buyer, OrderState
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders.hand_more import AddressFields, TaxFields, typed_amount
from desktop_app.ui.products.variants import amount
from desktop_app.ui.unsaved import FormDialog
from desktop_app.ui.widgets import Button, Pick, SearchField, Text, column, row
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.selling import Defaults, Sellable, Sold, Tax

NAME, PIECES, PRICE, SUM, STOCK = range(5)
_FIGURES = (PIECES, PRICE, SUM, STOCK)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HandOrderDialog(FormDialog):
    """At the left what can be sold, at the right what is; saved as one action. ``written`` brings the order's id."""

    written = Signal(int)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lines: list[Sellable] = []
        self.setWindowTitle(_("New order"))
        self.resize(1000, 640)
        self.search = SearchField(_("Find a product, or scan its code…"), key="")
        self.search.searched.connect(lambda _text: self._look())
        self.search.left.connect(self._take_first)
        self.offered = QListWidget()
        self.offered.setAccessibleName(_("What can be sold"))
        self.offered.setSpacing(3)
        self.offered.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.offered.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offered.itemActivated.connect(self._take)
        self.offered.itemClicked.connect(self._take)
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName(_("What is sold"))
        self.table.setHorizontalHeaderLabels([_(name) for name in _COLUMNS])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setObjectName("rows")
        for at in _FIGURES:
            if (named := self.table.horizontalHeaderItem(at)) is not None:
                named.setTextAlignment(_RIGHT)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)  # a number is changed where it stands
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for at, wide in zip(_FIGURES, (66, 84, 96, 84), strict=True):
            self.table.setColumnWidth(at, wide)
        self.table.itemSelectionChanged.connect(self._show_remove)
        self.table.itemChanged.connect(lambda _item: self._typed())
        self.total = Text("", strong=True)
        self.said = Text("", tone="bad", wrap=True)
        self.do = Button(_("Write the order down"), self.save, kind="main", key="Ctrl ⏎")
        self.remove = Button(_("Take the line out"), self._remove, kind="quiet", small=True)
        self.remove.setEnabled(False)
        goods = column(self.table, row(self.remove, None, self.total, gap=8), self._about(), gap=8)
        sides = row(column(self.search, self.offered, gap=8), goods, gap=24)
        sides.setStretch(0, 2)
        sides.setStretch(1, 3)
        foot = row(self.said, None, Button(_("Cancel"), self.reject, key="Esc"), self.do, gap=8)
        foot.setStretch(0, 1)
        self.setLayout(column(sides, foot, gap=16, margins=(24, 20, 24, 20)))
        self.protect(dirty=self.is_begun)
        self._look()
        desk.ask(_known, self._know, key="channels of orders")
        self.search.setFocus()

    def save(self) -> None:
        """Write the order down; what is wrong is said, and nothing is saved."""
        if (sold := self._sold()) is None:
            return
        if (sums := self._sums()) is None:
            return
        off, shipping, tax = sums
        address = self.address.address()
        buyer = Buyer(self.name.text().strip(), self.email.text().strip(), self.phone.text().strip())
        channel, state, note = self.channel.currentText().strip(), self.state.currentData(), self.note.text()

        def work(shop: Any) -> int:
            from desktop_app.tasks import selling

            return selling.write_order(
                shop, sold, buyer=buyer, channel=channel, state=state, discount=off, note=note, shipping=shipping,
                tax=tax, ship_to=address,
            )  # fmt: skip

        def done(id: int) -> None:
            if isValid(self):
                self.accept()
                self.written.emit(id)

        self._desk.do(work, said=_("Order written down"), then=done, failed=self._say)

    def is_begun(self) -> bool:
        """Say whether anything is chosen or typed."""
        fields = (self.name, self.email, self.phone, self.discount, self.note, self.shipping)
        typed = any(field.text().strip() for field in fields) or self.tax.rate.isModified() or self.address.is_typed()
        return bool(self.lines) or typed

    def keyPressEvent(self, event: Any) -> None:
        """Save with Ctrl+Return; Return alone closes nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save()
            return
        super().keyPressEvent(event)

    # --- building ---

    def _about(self) -> QGridLayout:
        self.name, self.email, self.phone = _field(), _field(), _field()
        self.discount, self.note, self.shipping = _field(), _field(), _field()
        for amounts in (self.discount, self.shipping):
            amounts.setAlignment(Qt.AlignmentFlag.AlignRight)
            amounts.textEdited.connect(lambda _text: self._typed())
        self.tax, self.address = TaxFields(), AddressFields()
        self.tax.edited.connect(self._typed)
        self.channel = Pick()
        self.channel.setEditable(True)
        self.channel.addItems([_("Market stall"), _("Telephone")])
        self.state = Pick()
        for state, words in states():
            self.state.addItem(words, state)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("Where"), self.channel), (_("How it stands"), self.state), (_("Customer (optional)"), self.name),
            (_("E-mail"), self.email), (_("Phone"), self.phone), (_("Discount"), self.discount),
            (_("Shipping"), self.shipping), (_("Tax"), self.tax),
        )  # fmt: skip
        for at, (name, field) in enumerate(fields):
            field.setAccessibleName(name)
            grid.addWidget(Text(name, tone="muted"), at // 2, at % 2 * 2)
            grid.addWidget(field, at // 2, at % 2 * 2 + 1)
        for at, (name, field) in enumerate(((_("Note"), self.note), (_("Where it goes"), self.address)), 4):
            field.setAccessibleName(name)
            label = Text(name, tone="muted")
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop if field is self.address else Qt.AlignmentFlag(0))
            grid.addWidget(field, at, 1, 1, 3)
        return grid

    def _know(self, found: tuple[list[str], Defaults]) -> None:
        if isValid(self):
            names, last = found
            have = {self.channel.itemText(n) for n in range(self.channel.count())}
            self.channel.addItems([name for name in names if name and name not in have])
            self.tax.show_tax(last.tax)
            self.address.show_country(last)
            self._typed()

    # --- what is sold ---

    def _look(self) -> None:
        typed = self.search.text()

        def work(shop: Any) -> list[Sellable]:
            from desktop_app.tasks import selling

            return selling.sellable(shop, typed)

        self._desk.ask(work, self._offer, key="what can be sold")

    def _offer(self, found: list[Sellable]) -> None:
        if not isValid(self):
            return
        self.offered.clear()
        for one in found:
            price = "–" if one.price is None else local.money(one.price, self._currency())
            stock = "" if one.stock is None else _("{n} in stock", n=local.number(one.stock))
            words = local.beside(one.title, one.options, price, stock)
            item = QListWidgetItem(words)
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.offered.addItem(item)

    def _take_first(self) -> None:
        if self.offered.count() and self.search.text().strip():
            self._take(self.offered.item(0))
            self.search.clear()

    def _take(self, item: QListWidgetItem) -> None:
        """Put a product into the order; once more, one more of it."""
        one: Sellable = item.data(Qt.ItemDataRole.UserRole)
        same = next((n for n, line in enumerate(self.lines) if line.variant == one.variant), None)
        self.table.blockSignals(True)
        if same is not None:
            count = self._cell(same, PIECES)
            self._write(same, PIECES, str(int(count) + 1) if count.isdecimal() else "1")
        else:
            self.lines.append(one)
            at = self.table.rowCount()
            self.table.insertRow(at)
            name = f"{one.title} ({one.options})" if one.options else one.title
            price = "" if one.price is None else amount(one.price)
            stock = "–" if one.stock is None else local.number(one.stock)
            for place, cell in enumerate((name, "1", price, "", stock)):
                shown = QTableWidgetItem(cell)
                if place in _FIGURES:
                    shown.setTextAlignment(_RIGHT)
                if place not in (PIECES, PRICE):
                    shown.setFlags(shown.flags() & ~Qt.ItemFlag.ItemIsEditable)
                shown.setToolTip(cell)
                self.table.setItem(at, place, shown)
        self.table.blockSignals(False)
        self._typed()

    def _show_remove(self) -> None:
        self.remove.setEnabled(0 <= self.table.currentRow() < len(self.lines))

    def _remove(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self.lines):
            del self.lines[at]
            self.table.removeRow(at)
            self._show_remove()
            self._typed()

    def _write(self, at: int, place: int, words: str) -> None:
        if (item := self.table.item(at, place)) is not None:
            item.setText(words)

    def _cell(self, at: int, place: int) -> str:
        item = self.table.item(at, place)
        return item.text().strip() if item is not None else ""

    def _sold(self) -> list[Sold] | None:
        """Return what is sold; None, and says what is wrong, where a number cannot be read."""
        from desktop_app.tasks.selling import Sold

        found = []
        for at, one in enumerate(self.lines):
            pieces, price = self._cell(at, PIECES), self._cell(at, PRICE)
            if not pieces.isdecimal() or not 0 < int(pieces) < 1_000_000:
                self._say(_("“{text}” is no number of pieces.", text=pieces), self.table)
                return None
            try:
                found.append(Sold(one.variant, Decimal(int(pieces)), local.read_amount(price)))
            except ValueError:
                self._say(_("“{text}” is no amount.", text=price), self.table)
                return None
        return found

    def _typed(self) -> None:
        """Add up what stands there, and say where more is sold than there is."""
        self._say("")
        if (sold := self._sold()) is None:
            return
        self.table.blockSignals(True)
        whole = Decimal(0)
        for at, (one, line) in enumerate(zip(self.lines, sold, strict=True)):
            price = line.price if line.price is not None else one.price
            worth = None if price is None else price * line.quantity
            whole += worth or 0
            self._write(at, SUM, "–" if worth is None else local.money(worth, self._currency()))
            if one.stock is not None and line.quantity > one.stock:
                self._say(_("Only {n} of “{title}” are in stock.", n=local.number(one.stock), title=one.title))
        self.table.blockSignals(False)
        self.total.setText(self._total(whole) if self.lines else "")

    def _total(self, worth: Decimal) -> str:
        """Write what the order comes to, and the tax in it; what cannot be read is said."""
        if (sums := self._sums()) is None:
            return ""
        off, shipping, tax = sums
        base = worth - off + shipping
        whole = local.money(tax.total(base), self._currency())
        if not tax.rate or base <= 0:
            return whole
        return _("{sum}, with {tax} of tax", sum=whole, tax=local.money(tax.of(base), self._currency()))

    def _sums(self) -> tuple[Decimal, Decimal, Tax] | None:
        """Return discount, shipping and tax as they stand; None, and says it, where one cannot be read."""
        amounts = []
        for field in (self.discount, self.shipping):
            try:
                amounts.append(typed_amount(field.text()))
            except ValueError:
                self._say(_("“{text}” is no amount.", text=field.text()))
                return None
        try:
            return amounts[0], amounts[1], self.tax.tax()
        except UserError as error:
            self._say(str(error))
            return None

    def _say(self, why: str, field: QWidget | None = None) -> None:
        self.said.setText(why)
        if field is not None:
            field.setFocus()

    def _currency(self) -> str:
        return self._desk.shop.currency if self._desk.shop else ""


def _known(shop: Any) -> tuple[list[str], Defaults]:
    from desktop_app.tasks import selling

    return shop.channels(), selling.defaults(shop)


_COLUMNS = ("Product", "Pieces", "Price", "Sum", "In stock")


def states() -> tuple[tuple[OrderState, str], ...]:
    """Return how a new order may stand, and what that is called."""
    return (
        ("delivered", _("Paid and handed over")), ("paid", _("Paid, still to be sent")), ("placed", _("Not paid yet")),
    )  # fmt: skip


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return _("Product"), _("Pieces"), _("Price"), _("Sum"), _("In stock")


def _field() -> QLineEdit:
    return QLineEdit()
