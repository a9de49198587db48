"""Files of orders on their way in: how each is understood, which column is what, what would happen; then the import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget
from shiboken6 import isValid

from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders import words
from desktop_app.ui.unsaved import FormDialog
from desktop_app.ui.widgets import Button, Pick, Text, column, row, scrolling
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.formats.orders import OrderReading
    from desktop_app.records import Problem
    from desktop_app.tasks.import_orders import OrdersImported

SAMPLES = 3
PROBLEMS = 3


class OrdersFileDialog(FormDialog):
    """One file after another; nothing is kept before the button is pressed, and the columns are remembered."""

    def __init__(self, parent: QWidget, desk: Desk, files: list[Path]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._left = files
        self._round = 0
        self.file = files[0]
        self.reading: OrderReading | None = None
        self.ahead: OrdersImported | None = None
        self.picks: dict[str, Pick] = {}
        self._said: dict[tuple[str, ...], dict[str, str]] = {}  # by columns: what was said of an earlier file's
        self.setWindowTitle(_("Import orders"))
        self.resize(820, 620)
        self.head = Text("", "large", strong=True, wrap=True)
        self.said = Text("", wrap=True)
        self.problems = Text("", tone="caution", wrap=True)
        inside = QWidget()
        inside.setObjectName("plain")
        self.grid = QGridLayout(inside)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        area = scrolling(inside, focus=True)
        self.again = QCheckBox(_("These are other pieces: book them too"))
        self.again.hide()
        self.do = Button(_("Import"), self.bring, kind="main")
        self.do.setDefault(True)  # Return among the columns; an import can be undone
        skip = Button(_("Leave it"), self.next)
        self.setLayout(
            column(self.head, self.said, self.problems, self.again, area, row(None, skip, self.do, gap=8), gap=12,
                   margins=(24, 20, 24, 20))
        )  # fmt: skip
        self.protect(dirty=lambda: bool(self._changed()))
        self.look()

    def look(self, mapping: dict[str, str] | None = None) -> None:
        """Recognise the file, or take what was said of its columns, and say what an import would do."""
        self._round += 1
        turn, file = self._round, self.file
        self.head.setText(file.name)
        self.said.setText(_("Looking into the file …"))
        self.problems.setText("")
        self.do.setEnabled(False)

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app.errors import UserError
            from desktop_app.formats.orders import look_anyhow
            from desktop_app.tasks import import_orders

            wanted = tuple((mapping or {}).items())
            try:
                reading = import_orders.look(shop, file, mapping=wanted)
            except UserError:
                # Not clear by itself: show the columns all the same, and let the merchant say. What is no table raises.
                reading = look_anyhow(file)
            for event in import_orders.preview(shop, stop, reading=reading):
                yield (reading, event) if isinstance(event, import_orders.OrdersImported) else event

        def done(result: Any) -> None:
            if isValid(self) and turn == self._round and isinstance(result, tuple):
                self._show(*result)

        self._desk.look_ahead(work, done=done, failed=lambda why: self._failed(turn, why), key="orders ahead")

    def bring(self) -> None:
        """Import the file as it stands, remembering what was said of its columns."""
        reading, changed = self.reading, bool(self._changed())
        if reading is None:
            return
        file, again = self.file, self.again.isChecked() and self.again.isVisibleTo(self)
        self._said[reading.headers] = self._changed()

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app.tasks import import_orders

            yield from import_orders.import_orders(shop, stop, reading=reading, remember=changed, again=again)

        desk = self._desk

        def brought(event: Any) -> None:
            if hasattr(event, "added"):
                desk.said.emit(_came_in(event), event.action is not None)

        desk.work.start(_("Importing {name}", name=file.name), work, done=brought)
        self.next()

    def next(self) -> None:
        """Go on to the next file, or close."""
        self._left = self._left[1:]
        if not self._left:
            self.accept()
            return
        self.file = self._left[0]
        self.picks = {}
        self.again.setChecked(False)
        self.look()

    def _changed(self) -> dict[str, str]:
        return {name: str(pick.currentData()) for name, pick in self.picks.items() if pick.property("said")}

    def _told(self, name: str) -> None:
        self.picks[name].setProperty("said", True)
        self.look(self._changed())

    def _show(self, reading: OrderReading, ahead: OrdersImported) -> None:
        self.reading, self.ahead = reading, ahead
        kind = " · ".join(part for part in (reading.label, reading.encoding or reading.sheet) if part)
        self.head.setText(f"{reading.name} ({kind})")
        orders = local.counted(several("{count} order", "{count} orders", ahead.added), ahead.added)
        parts = [_("{orders} would come in, with {lines} lines", orders=orders, lines=local.number(ahead.lines))]
        if ahead.returned and not ahead.added:
            parts = []  # a list of what came back
        known = ahead.changed + ahead.skipped
        if known:
            parts.append(_("{count} are here already", count=local.number(known)))
        if ahead.credits:
            parts.append(_("{count} take a sale back", count=local.number(ahead.credits)))
        if ahead.returned:
            parts.append(_("of {count} something came back", count=local.number(ahead.returned)))
        if ahead.doubtful:
            one, many = (
                "{count} return is likely written down already",
                "{count} returns are likely written down already",
            )
            parts.append(local.counted(several(one, many, ahead.doubtful), ahead.doubtful))
        self.again.setVisible(bool(ahead.doubtful))
        states = ", ".join(f"{words.state(state)} {local.number(n)}" for state, n in ahead.states)  # type: ignore[arg-type]
        self.said.setText(" · ".join(part for part in (*parts, states) if part))
        first = [*reading.notes]
        first += [_problem(p) for p in ahead.problems[:PROBLEMS]]
        if len(ahead.problems) > PROBLEMS:
            more = len(ahead.problems) - PROBLEMS
            first.append(several("and {count} more", "and {count} more", more))
        self.problems.setText("\n".join(first))
        self.problems.setVisible(bool(first))
        self.do.setEnabled(ahead.lines > 0 or ahead.added > 0)
        if not self.picks:
            self._columns(reading)
            if said := self._said.get(reading.headers):
                for name in said:
                    self.picks[name].setProperty("said", True)
                self.look(said)
                return
        for name, field in reading.mapping:
            pick = self.picks[name]
            pick.blockSignals(True)
            pick.setCurrentIndex(max(pick.findData(field), 0))
            pick.blockSignals(False)

    def _columns(self, reading: OrderReading) -> None:
        clear(self.grid)
        fields = field_words()
        for place, (name, _field) in enumerate(reading.mapping):
            pick = Pick()
            pick.setAccessibleName(_("What {column} holds", column=name))
            for key, word in fields.items():
                pick.addItem(word, key)
            pick.activated.connect(lambda _at, name=name: self._told(name))
            self.picks[name] = pick
            samples = dict.fromkeys(r[place].strip() for r in reading.sample if place < len(r) and r[place].strip())
            shown = Text(" · ".join(s[:30] for s in list(samples)[:SAMPLES]), "small", tone="muted")
            shown.setMinimumWidth(40)
            self.grid.addWidget(Text(name, strong=True), place, 0)
            self.grid.addWidget(shown, place, 1)
            self.grid.addWidget(pick, place, 2)
        self.grid.setRowStretch(len(reading.mapping), 1)
        self.grid.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _failed(self, turn: int, why: str) -> None:
        if isValid(self) and turn == self._round:
            self.said.setText(why)


def _problem(problem: Problem) -> str:
    """Say what is wrong with a row; what is of no row in particular stands by itself."""
    why = local.days(problem.why)
    return _("Row {row}: {why}", row=local.number(problem.row), why=why) if problem.row else why


def _came_in(event: OrdersImported) -> str:
    """Say what an import brought: orders, else what came back of those that are here."""
    if not event.added and event.returned:
        one, many = "Of {count} order something came back", "Of {count} orders something came back"
        return local.counted(several(one, many, event.returned), event.returned)
    added, lines = local.number(event.added), local.number(event.lines)
    return _("{added} orders with {lines} lines came in", added=added, lines=lines)


def field_words() -> dict[str, str]:
    """Return every field of an order that a column may hold, in the order in which they are offered."""
    return {
        "ignore": _("leave out"), "extra": _("keep with the order"), "number": _("order number"), "date": _("day"),
        "time": _("time of day"), "line.title": _("product"), "line.sku": _("SKU"), "line.barcode": _("barcode"),
        "line.options": _("options"), "line.quantity": _("pieces"), "line.price": _("price of one"),
        "line.amount": _("amount of the line"), "line.discount": _("discount of the line"),
        "line.tax": _("tax of the line"), "line.cost": _("cost of one"), "line.shipping": _("shipping of the line"),
        "line.returned": _("pieces that came back"),
        "line.reason": _("why they came back"), "line.back": _("when they came back"),
        "line.restocked": _("whether they are for sale again"), "state": _("state"), "state.pay": _("state of payment"),
        "state.ship": _("state of shipping"), "state.after": _("state after the sale"), "paid": _("paid on"),
        "sent": _("sent on"), "delivered": _("delivered on"), "cancelled": _("cancelled on"),
        "currency": _("currency"), "total": _("total of the order"), "shipping": _("shipping"), "tax": _("tax"),
        "discount": _("discount"), "fees": _("fees"), "refunded": _("refunded"), "account": _("customer's account"),
        "name": _("customer's name"), "first": _("first name"), "last": _("last name"),
        "bill.name": _("name on the bill"), "email": _("e-mail"), "phone": _("phone"),
        "country": _("customer's country"), "consent": _("may be written to"),
        "to.name": _("name on the parcel"), "to.first": _("first name on the parcel"),
        "to.last": _("last name on the parcel"), "to.company": _("company"), "to.street": _("street"),
        "to.city": _("city"), "to.postcode": _("postcode"), "to.province": _("province"), "to.country": _("country"),
        "to.phone": _("phone for the parcel"), "note": _("note"), "channel": _("channel"),
    }  # fmt: skip
