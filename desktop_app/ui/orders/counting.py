"""Count stock with a barcode scanner, which types a code and Return; nothing changes before the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.trade import Coded

NAME, CODE, KNOWN, COUNTED, APART = range(5)


@dataclass(slots=True)
class Counted:
    """One variant on the list, and how many of it were scanned."""

    found: Coded
    pieces: int = 0


class CountDialog(QDialog):
    """A field that a scanner types into, and the list of what was counted so far."""

    def __init__(self, parent: QWidget, desk: Desk, kept: dict[int, Counted] | None = None) -> None:
        """``kept`` is what was counted before, and stays what is counted now until the stock is set."""
        super().__init__(parent)
        self._desk = desk
        self.counted: dict[int, Counted] = {} if kept is None else kept
        self._waiting = 0
        self.setWindowTitle(_("Count stock"))
        self.resize(760, 560)
        self.code = QLineEdit()
        self.code.setAccessibleName(_("Barcode or SKU"))
        self.code.setPlaceholderText(_("Scan, or type a barcode or SKU and press Return"))
        self.code.returnPressed.connect(self.scan)
        self.said = Text(_("Each scan counts one. “12*” before a code counts twelve."), tone="muted", wrap=True)
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName(_("Counted so far"))
        self.table.setHorizontalHeaderLabels([_(name) for name in _COLUMNS])
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at in (KNOWN, COUNTED, APART):
            if (head := self.table.horizontalHeaderItem(at)) is not None:
                head.setTextAlignment(_RIGHT)
        self.table.verticalHeader().hide()
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setObjectName("rows")
        self.table.itemChanged.connect(self._typed)
        for at, wide in enumerate((290, 140, 90, 90, 90)):
            self.table.setColumnWidth(at, wide)
        self.do = Button(_("Set the stock to what was counted"), self.finish, kind="main")
        self.do.setEnabled(False)
        # A scanner's Return belongs to the field: no button may take it.
        self.anew = Button(_("Count from the beginning"), self.forget, kind="quiet")
        cancel = Button(_("Close"), self.reject)
        for button in (self.anew, self.do, cancel):
            button.setAutoDefault(False)
            button.setDefault(False)
        foot = row(self.anew, None, cancel, self.do, gap=8)
        self.setLayout(column(self.code, self.said, self.table, foot, gap=12, margins=(24, 20, 24, 20)))
        self.code.setFocus()
        if self.counted:
            self.said.setText(_("What was counted before is still here."))
        self._draw(None)

    def forget(self) -> None:
        """Put away what was counted."""
        self.counted.clear()
        self.said.tone("muted")
        self.said.setText(_("Each scan counts one. “12*” before a code counts twelve."))
        self._draw(None)
        self.code.setFocus()

    def scan(self) -> None:
        """Count what was scanned."""
        typed = self.code.text().strip()
        self.code.clear()
        if not typed:
            return
        times, star, rest = typed.partition("*")
        pieces, code = (int(times), rest.strip()) if star and times.isdecimal() and len(times) < 6 else (1, typed)
        self._waiting += 1
        self._desk.ask(lambda shop: shop.by_code(code), lambda found: self._found(code, pieces, found))

    def finish(self) -> None:
        """Set the stock of everything on the list, as one action."""
        counts = {variant: one.pieces for variant, one in self.counted.items()}

        def work(shop: Any) -> Any:
            from desktop_app.tasks import orders

            return orders.recount(shop, counts)

        self._desk.do(work, said=several("{count} variant counted", "{count} variants counted", len(counts)))
        self.counted.clear()
        self.accept()

    def _found(self, code: str, pieces: int, found: list[Coded]) -> None:
        if not isValid(self):
            return
        self._waiting -= 1
        if len(found) != 1:
            unknown = _("Nothing has the code “{code}”, so nothing was counted.", code=code)
            several_ = _("Several variants have the code “{code}”, so none was counted.", code=code)
            self.said.setText(several_ if found else unknown)
            self.said.tone("caution")
            QApplication.beep()  # who scans does not look at the screen
            return
        one = self.counted.setdefault(found[0].variant, Counted(found[0]))
        one.pieces += pieces
        self.said.tone("muted")
        self.said.setText(_("{name}: {count}", name=found[0].title, count=local.number(one.pieces)))
        self._draw(found[0].variant)

    def _draw(self, last: int | None) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.counted))
        for at, (variant, one) in enumerate(self.counted.items()):
            known = "–" if one.found.stock is None else local.number(one.found.stock)
            name = " · ".join(part for part in (one.found.title, one.found.options) if part)
            apart = one.pieces - (one.found.stock or 0)
            told = "" if one.found.stock is None else f"{apart:+d}".replace("-", "−") if apart else "0"
            for place, cell in enumerate((name, one.found.code, known, str(one.pieces), told)):
                item = QTableWidgetItem(cell)
                if place >= KNOWN:
                    item.setTextAlignment(_RIGHT)
                if place == APART:
                    item.setForeground(theme.colour("caution" if apart else "muted"))
                if place != COUNTED:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(at, place, item)
            if variant == last:
                self.table.setCurrentCell(at, COUNTED)
        self.table.blockSignals(False)
        self.do.setEnabled(bool(self.counted))
        self.anew.setVisible(bool(self.counted))

    def _typed(self, item: QTableWidgetItem) -> None:
        variant = list(self.counted)[item.row()]
        text = item.text().strip()
        if text.isdecimal() and len(text) < 8:
            self.counted[variant].pieces = int(text)
        self._draw(variant)
        self.code.setFocus()


_COLUMNS = ("Product", "Code", "In stock", "Counted", "Difference")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return _("Product"), _("Code"), _("In stock"), _("Counted"), _("Difference")
