"""The order at the right of the list: state, what was sold, what it came to, who and where to, and what to do next."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.errors import UserError
from desktop_app.shop import Shop
from desktop_app.tasks.giving_back import left_to_give
from desktop_app.trade import Order, OrderLine, OrderState
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders import paper, words
from desktop_app.ui.orders.giving_back import RefundCard, ReturnCard, can_come_back
from desktop_app.ui.widgets import Button, Card, EmptyState, Hairline, IconButton, Pill, Text, column, row, scrolling
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several

WIDE = 420


class OrderPanel(QWidget):
    """Shows one order; every change is saved as it is made and can be undone."""

    closed = Signal()  # back to the list
    shown = Signal()  # another order, or the same as it is now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.order: Order | None = None
        self.order_id: int | None = None
        self._onward: Button | None = None  # the main button; where a card asks something, it has the main one
        self.card: ReturnCard | RefundCard | None = None  # what is being asked
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDE)
        self.stack = QStackedWidget()
        self.setLayout(column(self.stack, margins=(1, 0, 0, 0), gap=0))
        self.stack.addWidget(EmptyState("package", _("Choose an order"), _("What was sold and to whom is shown here.")))
        self._view: QWidget | None = None

    def show_order(self, order: int) -> None:
        """Fetch and show an order."""
        self.order_id = order
        self.refresh()

    def refresh(self) -> None:
        """Show the order as the shop has it now."""
        if self.order_id is not None:
            number = self.order_id
            self.desk.ask(lambda shop: shop.orders([number]), self._show, key="order")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit() if self.card is None else self.card.guard.leave()
        else:
            super().keyPressEvent(event)

    # --- what can be done ---

    def move_on(self, state: OrderState) -> None:
        """Bring the order to a state."""
        if self.order is not None and self.order.id is not None:
            set_state(self.desk, [self.order.id], state)

    def ask_return(self) -> None:
        """Ask what came back of the order, in a card of its own above the lines."""
        if self.order is not None:
            self._ask(ReturnCard(self.desk, self.order, self._asked_enough))

    def ask_refund(self) -> None:
        """Ask how much money went back."""
        if self.order is not None:
            self._ask(RefundCard(self.desk, self.order, self._asked_enough))

    def _ask(self, card: ReturnCard | RefundCard) -> None:
        clear(self._asking)
        self._asking.addWidget(card)
        self.card = card
        if self._onward is not None:
            self._onward.hide()
        card.setFocusProxy(card.lines[0][1] if isinstance(card, ReturnCard) else card.money)
        card.setFocus()

    def _asked_enough(self) -> None:
        self.card = None
        clear(self._asking)
        if self._onward is not None:
            self._onward.show()
        self.setFocus()

    def print_paper(self, kind: paper.Paper) -> None:
        """Save the packing list or invoice of this order."""
        if self.order is not None:
            save_papers(self, self.desk, [self.order], kind)

    # --- drawing ---

    def _show(self, found: list[Order]) -> None:
        if not found:
            self.order, self.order_id = None, None
            self.stack.setCurrentIndex(0)
            return
        if self.card is not None and found[0] == self.order:
            return  # what is being typed stays; nothing of this order is different
        self.card = None
        self.order = found[0]
        old, self._view = self._view, self._built(found[0])
        self.stack.addWidget(self._view)
        self.stack.setCurrentWidget(self._view)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        self.shown.emit()

    def fill_menu(self, menu: QMenu) -> None:
        """Put into a menu what can be done with the order, what comes next first."""
        order = self.order
        if order is None:
            return
        following = words.NEXT.get(order.state)
        if following:
            menu.addAction(words.step(following), partial(self.move_on, following))
        menu.addAction(_("Packing list"), partial(self.print_paper, "packing"))
        menu.addAction(_("Invoice"), partial(self.print_paper, "invoice"))
        menu.addSeparator()
        self._fill_more(menu, order, but=following)

    def _built(self, order: Order) -> QWidget:
        shop = self.desk.shop
        zone = shop.timezone if shop else "UTC"
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(8)
        number = Text(order.number or _("No number"), "large", strong=True)
        state = Pill(words.state(order.state), words.tone(order.state))
        inside.addLayout(row(number, state, None, self._more(order), gap=8))
        came = " · ".join(p for p in (local.moment(order.placed, zone) if order.placed else "", order.channel) if p)
        inside.addWidget(Text(came, tone="muted"))
        inside.addLayout(self._steps(order))
        self._doubts, self._asking = QVBoxLayout(), QVBoxLayout()
        inside.addLayout(self._doubts)
        inside.addLayout(self._asking)
        self._ask_doubts(order)
        inside.addWidget(Hairline())
        for line in order.lines:
            inside.addLayout(self._line(order, line))
        inside.addWidget(Hairline())
        for name, amount in self._sums(order):
            strong = name == _("Total")
            value = Text(local.money(amount, order.currency), strong=strong)
            inside.addLayout(row(Text(name, tone="" if strong else "muted", strong=strong), None, value))
        self._person(inside, order)
        inside.addStretch(1)
        page = QWidget()
        page.setObjectName("plain")
        page.setLayout(inside)
        return scrolling(page, sideways=False, focus=True)

    def _ask_doubts(self, order: Order) -> None:
        """Look what about the order is unusual here; a usual one gets no card."""
        number = order.id or 0

        def look(shop: Shop) -> Any:
            from desktop_app.tasks import risk

            return risk.reasons(shop, number)

        def show(found: Any) -> None:
            if isValid(self) and found and self.order is not None and self.order.id == number:
                clear(self._doubts)
                card = Card(gap=4)
                card.body.addWidget(Text(_("Worth a second look"), strong=True))
                for reason in found:
                    card.body.addWidget(Text(reason.text, wrap=True))
                fine = Button(_("Fine"), partial(self.answer, number, fine=True), small=True)
                not_fine = Button(_("Not fine"), partial(self.answer, number, fine=False), small=True)
                card.body.addLayout(row(fine, not_fine, None, gap=8))
                self._doubts.addWidget(card)

        self.desk.ask(look, show, key="doubts", failed=lambda _why: None)

    def answer(self, order: int, *, fine: bool) -> None:
        """Remember that an order was fine or not: the lines from which something is unusual move by it."""

        def work(shop: Shop) -> Any:
            from desktop_app.tasks import risk

            return risk.answer(shop, order, fine)

        self.desk.do(work, said=_("Remembered, for orders like this"))

    def _steps(self, order: Order) -> Any:
        buttons: list[QWidget | None] = []
        self._onward = None
        if following := words.NEXT.get(order.state):
            self._onward = Button(words.step(following), partial(self.move_on, following), kind="main")
            buttons.append(self._onward)
        buttons.append(Button(_("Packing list"), partial(self.print_paper, "packing")))
        buttons.append(Button(_("Invoice"), partial(self.print_paper, "invoice")))
        return row(*buttons, None, gap=8)

    def _more(self, order: Order) -> IconButton:
        button = IconButton("ellipsis", _("More"))
        menu = QMenu(button)
        self._fill_more(menu, order)
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _fill_more(self, menu: QMenu, order: Order, but: OrderState | None = None) -> None:
        if can_come_back(order):
            menu.addAction(_("Something came back…"), self.ask_return)
        if left_to_give(order):
            menu.addAction(_("Give money back…"), self.ask_refund)
        menu.addSeparator()
        for state in ("placed", "paid", "packed", "sent", "delivered", "cancelled"):
            if state not in (order.state, but):
                menu.addAction(words.step(state), partial(self.move_on, state))

    def _line(self, order: Order, line: OrderLine) -> Any:
        title = Text(line.title or line.sku, wrap=True)
        below = [line.sku if line.title else "", line.options]
        if line.returned:
            below.append(several("{count} came back", "{count} came back", int(line.returned)))
        if line.kind == "goods" and line.variant is None:
            below.append(_("not in the catalogue"))
        names: list[Any] = [title]
        if any(below):
            names.append(Text(local.beside(*below), "small", tone="muted", wrap=True))
        amount = Text(local.money(line.amount, order.currency))
        count = Text(f"{local.number(line.quantity)} ×", tone="muted")
        count.setMinimumWidth(44)
        box = row(count, column(*names, gap=2), amount, gap=8)
        box.setStretch(1, 1)
        return box

    def _sums(self, order: Order) -> list[tuple[str, Decimal]]:
        sums = [
            (_("Discount"), -order.discount), (_("Shipping"), order.shipping),
            (_("Tax, in the prices") if order.tax_inside else _("Tax"), order.tax),
            (_("Total"), order.total or Decimal(0)), (_("Refunded"), -order.refunded), (_("Fees"), -order.fees),
        ]  # fmt: skip
        return [(name, amount) for name, amount in sums if amount or name == _("Total")]

    def _person(self, inside: QVBoxLayout, order: Order) -> None:
        lines = paper.address_lines(order.ship_to, order.buyer.name)
        lines += [part for part in (order.buyer.email, order.buyer.phone) if part and part not in lines]
        if not lines and order.buyer.account:
            lines = [order.buyer.account, order.buyer.country]
        for head, said in ((_("Customer"), "\n".join(part for part in lines if part)), (_("Note"), order.note)):
            if said:
                inside.addSpacing(4)
                inside.addWidget(Text(head, "small", tone="muted"))
                text = Text(said, wrap=True)
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                inside.addWidget(text)


def set_state(desk: Desk, ids: list[int], state: OrderState) -> None:
    """Bring orders to a state as one action."""

    def change(shop: Shop) -> None:
        from desktop_app.tasks import orders

        orders.set_state(shop, ids, state)

    said = several("{count} order: {state}", "{count} orders: {state}", len(ids), state=words.state(state))
    desk.do(change, said=said)


def save_papers(parent: QWidget, desk: Desk, orders: list[Order], kind: paper.Paper) -> None:
    """Ask where to and write the papers of some orders into one PDF."""
    name = _("Packing list") if kind == "packing" else _("Invoice")
    number = f" {orders[0].number}" if len(orders) == 1 and orders[0].number.isalnum() else ""
    chosen, _kind = QFileDialog.getSaveFileName(parent, name, f"{name}{number}.pdf", "PDF (*.pdf)")
    if not chosen:
        return
    shop, path = desk.shop, Path(chosen)
    path = path if path.suffix else path.with_suffix(".pdf")
    try:
        paper.write(orders, path, kind, shop.name if shop else "", shop.timezone if shop else "UTC")
    except UserError as why:
        desk.oops(str(why))
        return
    desk.said.emit(_("Saved {name}", name=path.name), False)
