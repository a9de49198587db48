"""The two cards in the order that ask what came back, and how much money went back, before either is booked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from desktop_app.shop import Shop
from desktop_app.tasks.giving_back import Back, give_back, left_to_give, take_back, worth
from desktop_app.trade import Order, OrderLine
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, Card, Pick, Text, column, row
from desktop_app.words import _


def can_come_back(order: Order) -> list[OrderLine]:
    """Return the lines of which something can come back still."""
    return [line for line in order.lines if line.kind == "goods" and line.quantity > line.returned]


class _BackCard(Card):
    """What both cards have: a sentence of what is wrong, a reason, and two buttons."""

    def __init__(self, desk: Desk, order: Order, title: str, closed: Callable[[], object]) -> None:
        super().__init__(margin=12, gap=8)
        self._desk, self.order, self._closed = desk, order, closed
        self.body.addWidget(Text(title, strong=True))
        self.reason = Pick()
        self.reason.setAccessibleName(_("Why"))
        for name in reasons():
            self.reason.addItem(name)
        self.said = Text("", tone="bad", wrap=True)
        self.said.hide()
        self.money = QLineEdit()
        self.money.setAccessibleName(_("Money given back"))
        self.money.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.money.setFixedWidth(96)
        self.money.returnPressed.connect(self.book)
        self.do = Button(_("Book it"), self.book, kind="main", small=True)
        self._cancel = Button(_("Cancel"), lambda: self.guard.leave(), small=True)

    def finish(self) -> None:
        """Put the last rows below the others."""
        left = local.money(left_to_give(self.order), self.order.currency)
        self.body.addLayout(row(Text(_("Why")), None, self.reason, gap=8))
        words = column(Text(_("Money given back")), Text(_("of {sum}", sum=left), "small", tone="muted"), gap=0)
        self.body.addLayout(row(words, None, self.money, gap=8))
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.do, self._cancel, None, gap=8))
        self.guard = Guard(self, self._closed)

    def book(self) -> None:
        """Book what the card says."""
        raise NotImplementedError

    def why(self) -> str:
        """Return the reason that was chosen; "" for none."""
        return "" if self.reason.currentIndex() <= 0 else self.reason.currentText()

    def amount(self) -> Decimal | None:
        """Return the money that was typed; None, and says so, where it is no amount."""
        try:
            return local.read_amount(self.money.text()) or Decimal(0)
        except ValueError:
            self.say(_("“{text}” is no amount.", text=self.money.text()))
            return None

    def say(self, wrong: str) -> None:
        """Say what is wrong, and stand in the field that says it."""
        self.said.setText(wrong)
        self.said.setVisible(bool(wrong))

    def send(self, work: Callable[[Shop], Any], said: str) -> None:
        """Do it as one action; what the task refuses is said here."""
        self._desk.do(work, said=said, then=lambda _done: self._closed(), failed=self.say)


class ReturnCard(_BackCard):
    """Which lines came back, how many of each, whether they are for sale again, why, and the money for them."""

    def __init__(self, desk: Desk, order: Order, closed: Callable[[], object]) -> None:
        super().__init__(desk, order, _("What came back?"), closed)
        self.lines: list[tuple[OrderLine, QLineEdit, QCheckBox]] = []
        self._already()
        for line in can_come_back(order):
            left = line.quantity - line.returned
            pieces = QLineEdit(f"{left:f}")
            pieces.setAccessibleName(_("How many of “{title}” came back", title=line.title or line.sku))
            pieces.setFixedWidth(48)
            pieces.setAlignment(Qt.AlignmentFlag.AlignRight)
            pieces.textEdited.connect(lambda _text: self._propose())
            pieces.returnPressed.connect(self.book)
            again = QCheckBox(_("In stock again"))
            again.setAccessibleName(_("“{title}” is in stock again", title=line.title or line.sku))
            again.setChecked(True)
            self.lines.append((line, pieces, again))
            name = Text(line.title or line.sku, wrap=True)
            of = Text(_("of {n}", n=local.number(left)), "small", tone="muted")
            words = row(column(name, again, gap=2), gap=0)
            box = row(pieces, of, 4, words, gap=6)
            box.setStretch(3, 1)
            self.body.addLayout(box)
        self.reason.currentIndexChanged.connect(self._broken)
        self.finish()
        self._propose()
        self.guard.settle()

    def book(self) -> None:
        """Book the pieces and the money as one action."""
        backs, money = self._backs(), self.amount()
        if backs is None or money is None:
            return
        order, why = self.order.id or 0, self.why()
        self.send(
            lambda shop: take_back(shop, order, backs, reason=why, money=money),
            _("Booked: what came back and the money"),
        )

    def _backs(self) -> list[Back] | None:
        found = []
        for line, pieces, again in self.lines:
            try:
                count = local.read_amount(pieces.text()) or Decimal(0)
            except ValueError:
                count = Decimal(-1)
            if not 0 <= count <= line.quantity - line.returned:
                most = local.number(line.quantity - line.returned)
                self.say(_("Between 0 and {most} of “{title}” can come back.", most=most, title=line.title or line.sku))
                pieces.setFocus()
                return None
            found.append(Back(line.id or 0, count, again.isChecked()))
        self.say("")
        return found

    def _already(self) -> None:
        """Say what is written down already, by hand or by a file, so that nobody books the same piece twice."""
        back = [line for line in self.order.lines if line.returned]
        if back:
            self.body.addWidget(Text(_("Written down already: book below only what came beside it."), "small",
                                     tone="caution", wrap=True))  # fmt: skip
        for line in back:
            day = local.days(line.back[:10])
            said = _(
                "{count} × “{title}”, {day}", count=local.number(line.returned), title=line.title or line.sku, day=day
            )
            self.body.addWidget(Text(said.rstrip(" ,，"), "small", tone="muted", wrap=True))

    def _propose(self) -> None:
        if not self.money.isModified() and (backs := self._backs()) is not None:
            self.money.setText(f"{worth(self.order, backs):.2f}")

    def _broken(self) -> None:
        """What is damaged is not for sale again, unless somebody says so."""
        if self.why() == _("damaged"):
            for _line, _pieces, again in self.lines:
                again.setChecked(False)


class RefundCard(_BackCard):
    """How much money went back, all of it unless another amount is typed."""

    def __init__(self, desk: Desk, order: Order, closed: Callable[[], object]) -> None:
        super().__init__(desk, order, _("How much went back?"), closed)
        more = _("The goods stay sold, and out of stock. If they came back, say so with “Something came back…”.")
        self.body.addWidget(Text(more, "small", tone="muted", wrap=True))
        self.finish()
        self.money.setText(f"{left_to_give(order):.2f}")
        self.guard.settle()

    def book(self) -> None:
        """Book the money."""
        money = self.amount()
        if money is None:
            return
        order, why = self.order.id or 0, self.why()
        said = _("Booked: {money} given back", money=local.money(money, self.order.currency))
        self.send(lambda shop: give_back(shop, order, money, reason=why), said)


def reasons() -> tuple[str, ...]:
    """Return why things come back."""
    return (
        _("no reason given"), _("changed their mind"), _("wrong size or colour"), _("not as described"), _("damaged"),
        _("came too late"),
    )  # fmt: skip
