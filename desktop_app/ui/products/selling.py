"""How a product sells: its price held against cost, buyers and the law, the next weeks, and what to offer beside it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets import Button, Hairline, Text, column, row, scrolling
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.records import Product
    from desktop_app.tasks.pricing import Advice
    from desktop_app.tasks.reckoning import StockLine
    from desktop_app.tasks.recommend import Offer
    from desktop_app.trade import Move, Reason

SHOWN = 20  # changes of stock that are listed


@dataclass(frozen=True, slots=True)
class Selling:
    """What the books say about one product."""

    title: str
    currency: str
    advice: Advice
    stock: StockLine | None
    beside: tuple[Offer, ...]
    instead: tuple[Offer, ...]
    moves: tuple[tuple[str, Move], ...]  # the newest changes of stock, each with the variant's options
    timezone: str
    margin: Decimal  # the share of the price that the floor leaves
    today: dt.date


class SellingDialog(QDialog):
    """Sentences with figures; what the data do not carry is said to be unknown."""

    def __init__(self, parent: QWidget, desk: Desk, product: int) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("How it sells"))
        self.resize(560, 620)
        inside = QWidget()
        inside.setObjectName("plain")
        self.lines = QVBoxLayout(inside)
        self.lines.setSpacing(8)
        self.lines.addWidget(Text(_("Looking into the books …"), tone="muted"))
        area = scrolling(inside, sideways=False, focus=True)
        close = row(None, Button(_("Close"), self.accept))
        self.setLayout(column(area, close, gap=12, margins=(24, 20, 24, 20)))
        desk.ask(lambda shop: look(shop, product), partial(self._first, product), key="selling", failed=self._say)

    def _first(self, product: int, found: Selling) -> None:
        """Show what is known, and learn meanwhile what the products' names mean, where there are weights for it."""
        self._show(found)

        def learn(shop: Any) -> Selling | None:
            from desktop_app.tasks import product_meanings

            return look(shop, product) if product_meanings.learn(shop, self._desk.engine()) else None

        def learned(again: Selling | None) -> None:
            if again is not None:
                self._show(again)

        self._desk.reckon(learn, learned, key="meanings", failed=lambda _why: None)

    def _say(self, why: str) -> None:
        if isValid(self):
            _emptied(self.lines)
            self.lines.addWidget(Text(why, wrap=True))

    def _show(self, found: Selling) -> None:
        if not isValid(self):
            return
        _emptied(self.lines)
        self.lines.addWidget(Text(found.title, "large", strong=True, wrap=True))
        self._part(_("Price"), _prices(found))
        self._part(_("Stock"), _stock(found))
        for head, offers in ((_("Goes with"), found.beside), (_("Instead of it"), found.instead)):
            if offers:
                self.lines.addWidget(Hairline())
                self.lines.addWidget(Text(head, "small", tone="muted"))
            for offer in offers:
                name = Button(offer.title, partial(self._go, offer.product), kind="link", lead=True)
                why = Text(offer.text, "small", tone="muted", wrap=True)
                self.lines.addLayout(column(row(name, None), why, gap=0))
        self._ledger(found)
        self.lines.addStretch(1)

    def _ledger(self, found: Selling) -> None:
        """List the newest changes of stock, each with its reason."""
        if not found.moves:
            return
        self.lines.addWidget(Hairline())
        self.lines.addWidget(Text(_("Stock ledger, newest first"), "small", tone="muted"))
        for options, move in found.moves:
            when = Text(local.moment(move.at, found.timezone) if move.at else "–", "small", tone="muted")
            when.setFixedWidth(150)
            change = Text(f"{move.change:+d}", strong=True)
            change.setFixedWidth(52)
            said = " · ".join(part for part in (reason_word(move.reason), options, move.note) if part)
            line = row(when, change, Text(said, wrap=True), gap=8)
            line.setStretch(2, 1)
            self.lines.addLayout(line)

    def _part(self, head: str, sentences: list[str]) -> None:
        self.lines.addWidget(Hairline())
        self.lines.addWidget(Text(head, "small", tone="muted"))
        for sentence in sentences:
            self.lines.addWidget(Text(sentence, wrap=True))

    def _go(self, product: int) -> None:
        self.accept()
        self._desk.go("products", product=product)


def look(shop: Any, product: int) -> Selling:
    """Read everything the dialog says."""
    from desktop_app.tasks import policy, pricing, reckoning, recommend

    today = reckoning.today_of(shop)
    lines = reckoning.stock_lines(shop, today)
    whole = shop.product(product)
    line = next((line for line in lines if line.product == product), None)
    gone = line is not None and line.stock <= 0
    return Selling(
        whole.title, str(shop.setting("currency") or ""),
        pricing.advise(shop, product, margin=policy.margin(shop), today=today), line,
        tuple(recommend.beside(shop, product, count=4)),
        tuple(recommend.instead(shop, product, count=4)) if gone else (), _moves(shop, whole),
        str(shop.setting("timezone") or "UTC"), policy.margin(shop), today,
    )  # fmt: skip


def _moves(shop: Any, product: Product) -> tuple[tuple[str, Move], ...]:
    found = [
        (", ".join(value for _name, value in variant.options), move)
        for variant in product.variants
        for move in shop.moves(variant.id or 0, SHOWN)
    ]
    return tuple(sorted(found, key=lambda one: -(one[1].id or 0))[:SHOWN])


def reason_word(reason: Reason) -> str:
    """Return why stock changed, in words."""
    return {
        "sale": _("sold"), "return": _("came back"), "cancel": _("order cancelled"), "count": _("counted"),
        "purchase": _("bought"), "loss": _("lost or broken"), "import": _("a file said so"),
    }[reason]  # fmt: skip


def _prices(found: Selling) -> list[str]:
    from desktop_app.tasks import policy

    advice = found.advice

    def money(amount: Decimal | None) -> str:
        return local.money(amount, found.currency)

    if advice.price is None:
        return [_("It has no price yet.")]
    said = []
    if advice.margin is None or advice.floor is None:
        price = money(advice.price)
        said.append(_("It costs {price}. What it costs you is not known, so no margin can be told.", price=price))
    else:
        margin = f"{advice.margin:.0%}"
        said.append(_("It costs {price} and leaves {margin} over its cost of {cost}.", price=money(advice.price),
                      margin=margin, cost=money(advice.cost)))  # fmt: skip
        share = f"{policy.per_cent(found.margin)} %"
        said.append(_("Not below {floor}, if {share} is to be left.", floor=money(advice.floor), share=share))
    if advice.elasticity is None:
        said.append(_("How buyers answer to its price cannot be told: that takes three prices that stood for weeks."))
    else:
        e = advice.elasticity
        said.append(_("One per cent dearer, {n} per cent more or less were sold (between {low} and {high}).",
                      n=f"{e.value:+.1f}", low=f"{e.low:+.1f}", high=f"{e.high:+.1f}"))  # fmt: skip
    if advice.markdown is not None:
        kind = _("as buyers answered so far") if advice.markdown.known else _("a first step to try")
        said.append(_("It lies long: {price} would clear it, {kind}.", price=money(advice.markdown.price), kind=kind))
    if advice.before is not None:
        said.append(_before(found))
    return said


def _before(found: Selling) -> str:
    before = found.advice.before
    assert before is not None
    law = before.law.source
    if before.honest is None:
        return _("Whether the price before may be shown cannot be told: sales do not reach back {days} days ({law}).",
                 days=before.law.days, law=law)  # fmt: skip
    if before.honest:
        return _("The price before was really asked ({law}).", law=law)
    allowed = local.money(before.allowed, found.currency)
    return _("The price before is higher than what may be shown: {allowed} at most ({law}).", allowed=allowed, law=law)


def _stock(found: Selling) -> list[str]:
    line = found.stock
    if line is None:
        return [_("Its stock is not counted.")]
    from desktop_app.tasks import reordering
    from desktop_app.tasks.demand import left_out

    said = [_("{n} in stock.", n=local.number(int(line.stock)))]
    left = left_out(line.out, line.promoted)
    if not line.enough:
        return [*said, _("There is too little history to say how it will sell."), *([left] if left else [])]
    said.append(_("About {n} a week, between {low} and {high} in eight of ten weeks.", n=f"{line.weekly:.1f}",
                  low=f"{line.low:.0f}", high=f"{line.high:.0f}"))  # fmt: skip
    if left:
        said.append(left)
    if not math.isinf(line.lasts):
        said.append(_("That lasts {weeks} weeks.", weeks=f"{line.lasts:.0f}"))
    if line.buy:
        day = reordering.by(line, found.today)
        soon = _("at once") if day <= found.today else _("by {day}", day=local.date(day))
        if line.late:
            soon = _("at once: it is gone before a delivery comes")
        said.append(_("Order {n}, {when}.", n=local.number(line.buy), when=soon))
    return said


def _emptied(lines: QVBoxLayout) -> None:
    from desktop_app.ui.widgets.frames import clear

    clear(lines)
