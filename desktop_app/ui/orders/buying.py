"""The Purchases page: what was ordered of whom, what is to come, and goods that arrive."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from desktop_app.trade import Purchase, PurchaseLine, Supplier
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.importing.changes import RowsModel, RowsTable
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, EmptyState, Hairline, Pill, Text, column, row
from desktop_app.ui.widgets.frames import clear, side_column
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.ui.orders.counting import Counted
    from desktop_app.ui.widgets.texts import Tone

WIDE = 420


class BuyingPage(Page):
    """Orders to suppliers on the left, one of them on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Purchases and stock"))
        self._suppliers: dict[int, Supplier] = {}
        self._current: int | None = None
        self._counted: dict[int, Counted] = {}  # scanned and not yet set: closing the dialog loses no scan
        self.model = RowsModel(
            (
                ("Supplier", lambda purchase: self._name(purchase)),
                ("Order number", lambda purchase: purchase.number),
                ("Expected", lambda purchase: local.days(purchase.expected) or "–"),
                ("Sum", lambda purchase: local.money(total(purchase), purchase.currency)),
                ("State", lambda purchase: state(purchase)),
            ),
            figures=(3,),
        )
        self.table = RowsTable(self.model, _("Purchases"), (200, 100, 100, 100, 120))
        self.header.addStretch(1)
        self.new = Button(_("Order goods…"), self.begin)
        self.header.addWidget(Button(_("Suppliers…"), self.suppliers))
        self.header.addWidget(Button(_("Count stock…"), self.count))
        self.header.addWidget(self.new)
        self.panel = QWidget()
        self.panel.setObjectName("side")
        self.panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel.setFixedWidth(WIDE)
        area, self._inside = side_column()
        self.panel.setLayout(column(area, margins=(1, 0, 0, 0), gap=0))
        left = QWidget()
        left.setObjectName("plain")
        left.setLayout(row(self.table, margins=(16, 12, 0, 0)))
        whole = QWidget()
        lines = row(left, self.panel, gap=0)
        whole.setLayout(lines)
        lines.setStretch(0, 1)
        self.set_full(whole)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.show_loading()

    def arrive(self, purchase: int | None = None, **where: Any) -> None:
        """Show the list; with ``purchase`` that order."""
        self._current = purchase if purchase is not None else self._current
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.desk.ask(
            lambda shop: (shop.purchases(), shop.suppliers()), self._show, key="purchases",
            failed=lambda why: self.show_failed(why, self.refresh),
        )  # fmt: skip

    def begin(self) -> None:
        """Open the dialog for a new order."""
        from desktop_app.ui.orders.purchase_form import PurchaseDialog

        PurchaseDialog(self.window(), self.desk, list(self._suppliers.values())).open()

    def suppliers(self) -> None:
        """Show whom the shop buys from, and what they ask."""
        from desktop_app.ui.orders.supplier_form import SupplierDialog

        SupplierDialog(self.window(), self.desk).open()

    def count(self) -> None:
        """Count stock with a scanner."""
        from desktop_app.ui.orders.counting import CountDialog

        CountDialog(self.window(), self.desk, self._counted).open()

    def arrived(self, purchase: Purchase, line: PurchaseLine | None = None) -> None:
        """Put what is still to come of an order, or of one of its lines, into stock."""
        came = None if line is None else {line.id or 0: line.quantity - line.received}

        def work(shop: Any) -> Any:
            from desktop_app.tasks import purchasing

            return purchasing.receive(shop, purchase.id or 0, came)

        self.desk.do(work, said=_("In stock now, and in the ledger as bought"))

    def cancel(self, purchase: Purchase) -> None:
        """Give an order up."""

        def work(shop: Any) -> Any:
            from desktop_app.tasks import purchasing

            return purchasing.cancel(shop, purchase.id or 0)

        self.desk.do(work, said=_("Order given up"))

    def _show(self, answer: tuple[list[Purchase], list[Supplier]]) -> None:
        purchases, suppliers = answer
        self._suppliers = {s.id: s for s in suppliers if s.id is not None}
        self.new.setVisible(bool(purchases))  # the empty page has this button itself
        if not purchases:
            text = _("Write down what you order: it counts as coming, and goes into stock when it arrives.")
            self.show_empty(EmptyState("package", _("Nothing ordered yet"), text, (_("Order goods…"), self.begin)))
            return
        self.show_full()
        self.subtitle.setText(local.number(len(purchases)))
        self.subtitle.setAccessibleName(several("{count} order", "{count} orders", len(purchases)))
        place = next((n for n, p in enumerate(purchases) if p.id == self._current), 0)
        self.model.show_records(purchases)
        self.table.setCurrentIndex(self.model.index(place, 0))
        self._draw(purchases[place])

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._draw(self.model.records[now.row()])

    def _draw(self, purchase: Purchase) -> None:
        self._current = purchase.id
        clear(self._inside)
        inside = self._inside
        tone: Tone = "good" if purchase.state == "received" else "muted" if purchase.state == "cancelled" else "caution"
        inside.addLayout(row(Text(purchase.number, "large", strong=True), Pill(state(purchase), tone), None, gap=8))
        inside.addWidget(Text(self._name(purchase), wrap=True))
        expected = _("Expected {day}", day=local.days(purchase.expected)) if purchase.expected else ""
        for said in (expected, purchase.note):
            if said:
                inside.addWidget(Text(said, tone="muted", wrap=True))
        still = purchase.state in {"ordered", "part"}
        if still:
            all_here = Button(_("All of it arrived"), partial(self.arrived, purchase), kind="main")
            inside.addLayout(row(all_here, Button(_("Give up"), partial(self.cancel, purchase)), None, gap=8))
        inside.addWidget(Hairline())
        for line in purchase.lines:
            inside.addLayout(self._line(purchase, line, still=still))
        inside.addWidget(Hairline())
        sum_of = local.money(total(purchase), purchase.currency)
        inside.addLayout(row(Text(_("Sum"), strong=True), None, Text(sum_of, strong=True)))
        inside.addStretch(1)

    def _line(self, purchase: Purchase, line: PurchaseLine, *, still: bool) -> Any:
        here = _("{here} of {all} here", here=local.number(line.received), all=local.number(line.quantity))
        cost = local.money(line.cost, purchase.currency) if line.cost is not None else _("cost not known")
        words = column(Text(line.title, wrap=True), Text(f"{here} · {cost}", "small", tone="muted"), gap=2)
        box = row(words, gap=8)
        box.setStretch(0, 1)
        if still and line.received < line.quantity:
            box.addWidget(Button(_("Arrived"), partial(self.arrived, purchase, line), small=True))
        return box

    def _name(self, purchase: Purchase) -> str:
        known = self._suppliers.get(purchase.supplier)
        return known.name if known else "–"


def total(purchase: Purchase) -> Decimal:
    """Return what an order comes to, as far as costs are known."""
    return sum((line.quantity * line.cost for line in purchase.lines if line.cost), Decimal(0)) + purchase.shipping


def state(purchase: Purchase) -> str:
    """Return what the state of a purchase is called."""
    return {
        "draft": _("Draft"), "ordered": _("Ordered"), "part": _("Partly here"), "received": _("All here"),
        "cancelled": _("Given up"),
    }[purchase.state]  # fmt: skip


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return _("Supplier"), _("Order number"), _("Expected"), _("Sum"), _("State")
