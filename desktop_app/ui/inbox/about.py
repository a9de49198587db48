"""The column at the right: what the answer rests on, what the message names, the order, and who writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_app.message_records import Intent
from desktop_app.tasks.inbox import View
from desktop_app.trade import Order
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders import words as order_words
from desktop_app.ui.replies.sources import Sources
from desktop_app.ui.widgets import Button, IconButton, Pill, Text, column, row
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several

WIDE = 276


class AboutColumn(QScrollArea):
    """Beside the thread: everything one needs to know to answer."""

    def __init__(self, desk: Desk, run: dict[str, Callable[..., object]]) -> None:
        super().__init__()
        self.desk, self._run = desk, run
        self.setFixedWidth(WIDE)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.intents: list[Intent] = []
        self.wants = Button("", self.choose, small=True, key="I")
        self.sources = Sources()
        self.sources.add.connect(lambda question, text: run["known"](question, text))
        self.number = QLineEdit()
        self.sources.opened.connect(lambda passage: desk.go("knowledge", passage=passage))
        self._rest = QVBoxLayout()
        self._rest.setSpacing(8)
        whole = QWidget()
        whole.setObjectName("plain")
        about = column(Text(_("It is about"), "small", tone="muted"), row(self.wants, None), gap=4)
        whole.setLayout(column(about, self.sources, self._rest, None, gap=14, margins=(16, 14, 16, 16)))
        self.setWidget(whole)

    def show_view(self, view: View, timezone: str) -> None:
        """Show what belongs to a conversation."""
        names = {one.key: one.name for one in self.intents}
        reading = view.conversation.reading
        self.wants.setText(names.get(reading.intent, reading.intent) or _("None of these"))
        self.sources.show_draft(view.draft)
        clear(self._rest)
        self._named(view)
        self._order(view, timezone)
        self._person(view)

    def choose(self) -> None:
        """Open the list of what messages are about; choosing teaches the program."""
        menu = QMenu(self)
        menu.setAccessibleName(_("It is about"))
        for one in self.intents:
            menu.addAction(one.name, partial(self._run["correct"], one.key))
        menu.addSeparator()
        menu.addAction(_("None of these"), lambda: self._run["correct"](""))
        menu.popup(self.wants.mapToGlobal(self.wants.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])
        self.menu = menu

    # --- parts ---

    def _named(self, view: View) -> None:
        kinds = {"order": _("order"), "product": _("product"), "size": _("size"), "amount": _("amount"),
                 "date": _("date")}  # fmt: skip
        named = dict.fromkeys((kinds[e.kind], e.value) for e in view.conversation.reading.entities)
        if named:
            self._rest.addWidget(Text(_("Named in the message"), "small", tone="muted"))
            for kind, value in named:
                self._rest.addLayout(row(Text(value, wrap=True), None, Text(kind, "small", tone="muted")))

    def _order(self, view: View, timezone: str) -> None:
        self._rest.addWidget(Text(_("The order"), "small", tone="muted"))
        if view.order is not None:
            if not view.sure:
                unsure = _("The number is in the message; that it is theirs is not certain.")
                self._rest.addWidget(Text(unsure, "small", tone="caution", wrap=True))
            self._rest.addWidget(self._card(view.order, timezone, whole=True))
        others = [o for o in view.orders if view.order is None or o.id != view.order.id]
        for order in others[:3]:
            self._rest.addWidget(self._card(order, timezone, whole=False))
        if view.order is None:
            self.number = QLineEdit()
            self.number.setPlaceholderText(_("Link an order by its number"))
            self.number.setAccessibleName(_("Link an order by its number"))
            self.number.returnPressed.connect(self._link)
            self._rest.addWidget(self.number)

    def _card(self, order: Order, timezone: str, *, whole: bool) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        go = partial(self.desk.go, "orders", order=order.id)
        number = Button(order.number or _("No number"), go, kind="link", lead=True)
        state = Pill(order_words.state(order.state), order_words.tone(order.state))
        came = " · ".join(p for p in (local.moment(order.placed, timezone) if order.placed else "", order.channel) if p)
        body = column(row(number, None, state), Text(came, "small", tone="muted"), gap=2, margins=(14, 8, 14, 10))
        if whole:
            for line in order.lines[:6]:
                title = Text(f"{local.number(line.quantity)} × {line.title or line.sku}", "small", wrap=True)
                body.addWidget(title)
            if order.total is not None:
                body.addWidget(Text(local.money(order.total, order.currency), "small", strong=True))
        card.setLayout(body)
        return card

    def _person(self, view: View) -> None:
        c = view.conversation
        more = IconButton("ellipsis", _("What is kept of this customer"))
        menu = QMenu(more)
        menu.addAction(_("Save what is kept of them…"), lambda: self._run["export"]())
        menu.addAction(_("Erase all their messages…"), lambda: self._run["erase"]())
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        self._rest.addLayout(row(Text(_("Customer"), "small", tone="muted"), None, more))
        for line in (c.person, c.address, c.phone):
            if line:
                text = Text(line, wrap=True)
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._rest.addWidget(text)
        known = several("{count} order in this shop", "{count} orders in this shop", len(view.orders))
        told = known if c.customer else _("Not among the customers of this shop")
        self._rest.addWidget(Text(told, "small", tone="muted", wrap=True))

    def _link(self) -> None:
        if self.number.text().strip():
            self._run["link"](self.number.text().strip())
