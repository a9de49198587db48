"""A person at the right of the list: how to reach them, what they bought, notes, consent, who is the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog, QMenu, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.trade import Consent, Customer, Order
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders import paper
from desktop_app.ui.orders import words as order_words
from desktop_app.ui.widgets import Button, Card, EmptyState, Hairline, IconButton, Pick, Pill, Text, column, row
from desktop_app.ui.widgets.frames import clear, side_column
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.tasks.customers import Person

WIDE = 420
_SHOWN = 12  # orders listed here; the Orders page has them all


class CustomerPanel(QWidget):
    """Shows one person; every change is saved as it is made and can be undone, all but forgetting."""

    chosen = Signal(int)  # another customer to stand on
    shown = Signal()  # another customer, or the same as they are now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.person: Person | None = None
        self.customer_id: int | None = None
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDE)
        self.stack = QStackedWidget()
        self.setLayout(column(self.stack, margins=(1, 0, 0, 0), gap=0))
        self.stack.addWidget(EmptyState("package", _("Choose a customer"), _("What they bought is shown here.")))
        area, self._inside = side_column()
        self.stack.addWidget(area)

    def show_customer(self, customer: int) -> None:
        """Fetch and show a customer."""
        if customer != self.customer_id:
            self.keep_note()
            self.customer_id = customer
            self.refresh()

    def keep_note(self) -> None:
        """Save a note that was typed and not kept yet; somebody who goes on to somebody else does not lose it."""
        if self.person is not None and self._is_typed() and self.customer_id == self.person.customer.id:
            self.save_note()
            kept = replace(self.person.customer, note=self.note.toPlainText())
            self.person = replace(self.person, customer=kept)

    def refresh(self) -> None:
        """Show the customer as the shop has them now."""
        if self.customer_id is None:
            return
        number = self.customer_id

        def look(shop: Any) -> Person:
            from desktop_app.tasks import customers

            return customers.person(shop, number, worth=False)

        self.desk.ask(look, self._show, key="customer", failed=lambda _why: self._nobody())

    # --- what can be done ---

    def save_note(self) -> None:
        """Keep the note as it is typed."""
        self._do("set_note", self.customer_id, self.note.toPlainText(), said=_("Note kept"))

    def set_consent(self, consent: Consent) -> None:
        """Write down whether the person agreed to be written to."""
        if self.person is not None and consent != self.person.customer.consent:
            self._do("set_consent", self.customer_id, consent, said=_("Consent kept, with today's date"))

    def same(self, other: int) -> None:
        """Show another customer and this one as one person."""
        self._do("merge", [other], self.customer_id, said=_("Shown as one person"))

    def not_same(self, other: int) -> None:
        """Show somebody as a person of their own again."""
        self._do("part", [other], said=_("Two persons again"))

    def save_copy(self) -> None:
        """Ask where to, and write all that is kept of the person."""
        path, _kind = QFileDialog.getSaveFileName(self, _("A copy of the data"), "customer.json", "JSON (*.json)")
        if path:
            said = _("Saved {name}", name=Path(path).name)
            self._do("export_person", self.customer_id, Path(path), said=said, undo=False)

    def forget(self) -> None:
        """Forget the person for good."""
        self.customer_id, gone = None, self.customer_id
        self._do("erase", gone, said=_("Forgotten. Their orders stay, without a name."), undo=False)

    def _do(self, name: str, *values: Any, said: str, undo: bool = True) -> None:
        def work(shop: Any) -> Any:
            from desktop_app.tasks import customers

            return getattr(customers, name)(shop, *values)

        if undo:
            self.desk.do(work, said=said)
        else:
            self.desk.do(work, then=lambda _result: self.desk.said.emit(said, False))

    # --- drawing ---

    def _nobody(self) -> None:
        self.person, self.customer_id = None, None
        self.stack.setCurrentIndex(0)

    def _show(self, person: Person) -> None:
        if self.customer_id is None:
            return
        same = self.person is not None and self.person.customer.id == person.customer.id
        typed = self.note.toPlainText() if same and self._is_typed() else None
        writing = same and self.note.hasFocus()
        self.person = person
        self.customer_id = person.customer.id
        clear(self._inside)
        customer = person.customer
        known = customer.name or customer.email or customer.account
        name = Text(known or _("No name"), "large", strong=True, wrap=True)
        head = row(name, None, self._more(), gap=8)
        head.setStretch(0, 1)
        self._inside.addLayout(head)
        self._inside.addLayout(row(*self._signs(person), None, gap=8))
        for line in _reach(customer):
            text = Text(line, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._inside.addWidget(text)
        self._bought = Text(_bought(person), tone="muted", wrap=True)
        self._inside.addWidget(self._bought)
        self._add_alike(person)
        self._add_note(customer)
        if typed is not None:  # the shop was read again while somebody typed
            self.note.setPlainText(typed)
            self.note.moveCursor(QTextCursor.MoveOperation.End)
        if writing:
            self.note.setFocus()
        self._inside.addWidget(Hairline())
        self._offers = QVBoxLayout()
        self._offers.setSpacing(4)
        self._inside.addLayout(self._offers)
        self._ask_more(person)
        self._inside.addWidget(Text(_("Orders"), "small", tone="muted"))
        for order in person.orders[:_SHOWN]:
            self._inside.addLayout(self._order(order))
        self._inside.addStretch(1)
        self.stack.setCurrentIndex(1)
        self.shown.emit()

    def _ask_more(self, person: Person) -> None:
        """Look what the person will bring and might want next: it takes a while once, and nothing waits for it."""
        customer = person.customer.id or 0

        def look(shop: Any) -> Any:
            from desktop_app.tasks import product_meanings, reckoning, recommend

            product_meanings.learn(shop, self.desk.engine())
            worth = reckoning.worth_of(shop, reckoning.today_of(shop), customer)
            return worth, recommend.for_customer(shop, customer, count=3)

        def show(answer: Any) -> None:
            if not isValid(self) or self.customer_id != customer:
                return
            value, found = answer
            self.person = replace(person, value=value)
            self._bought.setText(_bought(self.person))
            clear(self._offers)
            if not found:
                return
            self._offers.addWidget(Text(_("Might want next"), "small", tone="muted"))
            for offer in found:
                name = Button(
                    offer.title, partial(self.desk.go, "products", product=offer.product), kind="link", lead=True
                )
                why = Text(offer.text, "small", tone="muted", wrap=True)
                self._offers.addLayout(column(row(name, None), why, gap=0))

        self.desk.reckon(look, show, key="offers", failed=lambda _why: None)

    def _signs(self, person: Person) -> list[QWidget]:
        from desktop_app.tasks.ask_people import segment_words

        said = segment_words().get(person.segment)
        return [Pill(said, "caution" if person.segment in {"at_risk", "lost"} else "good")] if said else []

    def _more(self) -> IconButton:
        button = IconButton("ellipsis", _("More"))
        menu = QMenu(button)
        self.fill_menu(menu)
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def fill_menu(self, menu: QMenu) -> None:
        """Put into a menu what can be done with the person."""
        menu.addAction(_("A copy of the data…"), self.save_copy)
        menu.addAction(_("Forget this person…"), self._ask_to_forget)

    def _ask_to_forget(self) -> None:
        card = Card(gap=8)
        card.body.addWidget(Text(_("Forget this person for good?"), strong=True, wrap=True))
        why = _(
            "Name, address, notes and messages go from this shop and cannot come back; the orders and their sums stay "
            "without a name. Copies saved before still hold them until they are replaced."
        )
        card.body.addWidget(Text(why, tone="muted", wrap=True))
        self.really = Button(_("Forget for good"), self.forget)
        card.body.addLayout(row(self.really, Button(_("Keep"), self.refresh), None, gap=8))
        self._inside.insertWidget(1, card)
        self.really.setFocus()

    def _add_alike(self, person: Person) -> None:
        for other, why in person.alike:
            said = {
                "phone": _("{name} has the same phone number.", name=_called(other)),
                "place": _("{name} has the same name and postcode.", name=_called(other)),
            }[why]
            same = Button(_("The same person"), partial(self.same, other.id or 0), small=True)
            look = Button(_("Look"), partial(self.chosen.emit, other.id or 0), kind="quiet", small=True)
            buttons = row(same, look, None)
            card = Card(gap=4)
            card.body.addWidget(Text(said, wrap=True))
            card.body.addLayout(buttons)
            self._inside.addWidget(card)
        for other in person.merged:
            text = Text(_("Shown as one with {name}", name=_called(other)), tone="muted", wrap=True)
            line = row(text, Button(_("Not the same"), partial(self.not_same, other.id or 0), kind="quiet", small=True))
            line.setStretch(0, 1)
            self._inside.addLayout(line)

    def _is_typed(self) -> bool:
        return self.person is not None and self.note.toPlainText().strip() != self.person.customer.note.strip()

    def _add_note(self, customer: Customer) -> None:
        self.consent = Pick()
        self.consent.setAccessibleName(_("May be written to"))
        for key, said in (
            ("", _("Nobody asked")),
            ("yes", _("Agreed to be written to")),
            ("no", _("Does not want it")),
        ):
            self.consent.addItem(said, key)
        self.consent.setCurrentIndex(max(self.consent.findData(customer.consent), 0))
        self.consent.activated.connect(lambda _at: self.set_consent(self.consent.currentData()))
        self._inside.addWidget(Text(_("May be written to"), "small", tone="muted"))
        self._inside.addWidget(self.consent)
        if customer.consent and customer.consent_at:
            day = _("said on {day}", day=local.days(customer.consent_at[:10]))
            self._inside.addWidget(Text(day, "small", tone="muted"))
        self.note = QPlainTextEdit(customer.note)
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("A note, for yourself"))
        self.note.setFixedHeight(72)
        self.note.setTabChangesFocus(True)
        keep = Button(_("Keep the note"), self.save_note, small=True)
        keep.setEnabled(False)
        self.note.textChanged.connect(lambda: keep.setEnabled(self.note.toPlainText().strip() != customer.note))
        self._inside.addWidget(self.note)
        self._inside.addLayout(row(keep, None))

    def _order(self, order: Order) -> Any:
        zone = self.desk.shop.timezone if self.desk.shop else "UTC"
        go = partial(self.desk.go, "orders", order=order.id)
        number = Button(order.number or _("No number"), go, kind="link", lead=True)
        when = local.moment(order.placed, zone) if order.placed else ""
        said = " · ".join(part for part in (when, order_words.state(order.state)) if part)
        amount = Text(local.money(order.total, order.currency))
        return column(row(number, None, amount, gap=8), Text(said, "small", tone="muted", wrap=True), gap=0)


def _called(customer: Customer) -> str:
    return " · ".join(part for part in (customer.name, customer.email) if part) or customer.account or _("No name")


def _reach(customer: Customer) -> list[str]:
    lines = paper.address_lines(replace(customer.address, name="", company="", phone=""))
    return [part for part in (customer.company, customer.email, customer.phone, "\n".join(lines)) if part]


def _bought(person: Person) -> str:
    spent: dict[str, Decimal] = {}
    for order in person.orders:
        if order.state != "cancelled" and order.kind != "adjustment":
            spent[order.currency] = spent.get(order.currency, Decimal(0)) + (order.total or Decimal(0)) - order.refunded
    orders = local.counted(several("{count} order", "{count} orders", person.count), person.count)
    parts = [orders]
    if person.count <= len(person.orders):
        parts.append(", ".join(local.money(amount, currency) for currency, amount in spent.items()))
    if person.value is not None:
        currency = max(spent, key=lambda name: spent[name]) if spent else ""
        expected, low, high = (local.money(Decimal(f"{n:.0f}"), currency) for n in person.value)
        parts.append(_("in the next year about {n} ({low} to {high})", n=expected, low=low, high=high))
    return " · ".join(part for part in parts if part)
