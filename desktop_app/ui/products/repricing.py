"""Prices, costs and stock of many products at once: the rule, what it would change, and one button that does it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from desktop_app.errors import UserError
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.importing.changes import RowsModel, RowsTable
from desktop_app.ui.unsaved import FormDialog
from desktop_app.ui.widgets import Button, Pick, Text, column, row
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.tasks.reprice import Plan, Repriced

SHOWN = 2000  # changes that are listed; all are counted


class RepriceDialog(FormDialog):
    """Choose what changes and by how much; every variant that would change is listed before anything does."""

    def __init__(self, parent: QWidget, desk: Desk, products: list[int]) -> None:
        super().__init__(parent)
        self._desk, self._products = desk, products
        self.plan: Plan | None = None
        self._round = 0
        self.setWindowTitle(_("Prices and stock"))
        self.resize(860, 560)
        self.what = _pick(_("What changes"), _whats())
        self.how = _pick(_("How it changes"), ())
        self.amount = QLineEdit()
        self.amount.setAccessibleName(_("How much"))
        self.amount.setMaximumWidth(120)
        self.rounding = _pick(_("Rounding"), _roundings())
        self.reason = _pick(_("Why, for the stock ledger"), _reasons())
        self.said = Text("", strong=True, wrap=True)
        self.table_model = RowsModel(
            (
                ("Product", lambda change: " · ".join(p for p in (change.title, change.options) if p)),
                ("SKU", lambda change: change.sku),
                ("Now", lambda change: self._shown(change.before)),
                ("Then", lambda change: self._shown(change.after)),
                ("Look at this", _warned),
            ),
            figures=(2, 3),
        )
        self.table = RowsTable(self.table_model, _("What would change"), (270, 120, 100, 100, 200))
        self.do = Button(_("Change"), self.apply, kind="main")
        self.do.setDefault(True)  # Return in the amount; everything is listed and can be undone
        self.do.setEnabled(False)
        rule = row(self.what, self.how, self.amount, self.rounding, self.reason, None, gap=8)
        whole = column(rule, self.said, self.table, row(None, Button(_("Cancel"), self.reject), self.do, gap=8),
                       gap=12, margins=(24, 20, 24, 20))  # fmt: skip
        self.setLayout(whole)
        self.what.currentIndexChanged.connect(lambda _at: self._fill_hows())
        for pick in (self.how, self.rounding):
            pick.currentIndexChanged.connect(lambda _at: self.look())
        self.amount.textChanged.connect(lambda _text: self.look())
        self._fill_hows()
        self.protect(dirty=lambda: bool(self.amount.text().strip()))
        self.amount.setFocus()

    def look(self) -> None:
        """Reckon what the rule would change, without changing anything."""
        self.plan = None
        self.do.setEnabled(False)
        how, what = self.how.currentData(), self.what.currentData()
        self.amount.setVisible(how != "clear")
        self.rounding.setVisible(what != "stock" and what != "cost" and how not in {"set", "clear"})
        self.reason.setVisible(what == "stock")
        try:
            typed = Decimal(0) if how == "clear" else local.read_amount(self.amount.text())
        except ValueError:
            self._say(_("“{text}” is no amount.", text=self.amount.text()))
            return
        if typed is None or how is None:
            self._say(_("Type by how much. Nothing changes before you press the button."))
            return
        self._round += 1
        turn, ids, rounding = self._round, self._products, self.rounding.currentData()

        def work(shop: Any) -> Plan | str:
            from desktop_app.tasks import reprice

            try:
                return reprice.plan(shop, ids, reprice.Rule(what, how, typed, rounding))
            except UserError as error:
                return str(error)

        self._desk.ask(work, lambda found: self._planned(turn, found), key="reprice")

    def apply(self) -> None:
        """Do what is listed, as one action."""
        plan, reason = self.plan, self.reason.currentData()
        if plan is None or not plan.changes:
            return

        def work(shop: Any) -> Any:
            from desktop_app.tasks import reprice

            return reprice.apply(shop, plan, reason=reason if plan.rule.what == "stock" else "count")

        count = len(plan.changes)
        self._desk.do(work, said=several("{count} variant changed", "{count} variants changed", count))
        self.accept()

    def _planned(self, turn: int, found: Plan | str) -> None:
        if not isValid(self) or turn != self._round:
            return
        if isinstance(found, str):
            self._say(found)
            return
        self.plan = found
        count = len(found.changes)
        parts = [local.counted(several("{count} variant changes", "{count} variants change", count), count)]
        if found.warned:
            parts.append(_("{count} to look at twice", count=local.number(found.warned)))
        if found.left:
            parts.append(_("{count} without the amount this needs", count=local.number(found.left)))
        self.said.setText(" · ".join(parts))
        self.table_model.show_records(found.changes[:SHOWN])
        self.do.setEnabled(bool(found.changes))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.table_model.show_records(())

    def _fill_hows(self) -> None:
        self.how.blockSignals(True)
        kept = self.how.currentData()
        self.how.clear()
        for key, name in _hows(str(self.what.currentData())):
            self.how.addItem(name, key)
        self.how.setCurrentIndex(max(self.how.findData(kept), 0))
        self.how.blockSignals(False)
        self.look()

    def _shown(self, amount: Decimal | None) -> str:
        if amount is None:
            return "–"
        if self.what.currentData() == "stock":
            return local.number(amount)
        return local.money(amount, self._desk.shop.currency if self._desk.shop else "")


def _pick(name: str, items: tuple[tuple[str, str], ...]) -> Pick:
    made = Pick()
    made.setAccessibleName(name)
    for key, said in items:
        made.addItem(said, key)
    return made


def _whats() -> tuple[tuple[str, str], ...]:
    return (
        ("price", _("Price")), ("compare_at", _("Compare-at price")), ("cost", _("Cost price")), ("stock", _("Stock")),
    )  # fmt: skip


def _hows(what: str) -> tuple[tuple[str, str], ...]:
    if what == "stock":
        return ("by", _("up or down by")), ("set", _("set to"))
    usual = (("percent", _("up or down by per cent")), ("by", _("up or down by")), ("set", _("set to")))
    if what == "price":
        return (*usual, ("margin", _("to a margin of per cent")))
    return (*usual, ("clear", _("take away")))


def _roundings() -> tuple[tuple[str, str], ...]:
    return (
        ("none", _("no rounding")), ("whole", _("whole amounts")), ("90", _("ends in .90")), ("95", _("ends in .95")),
        ("99", _("ends in .99")), ("lucky", _("lucky numbers")),
    )  # fmt: skip


def _reasons() -> tuple[tuple[str, str], ...]:
    return (
        ("count", _("counted")), ("purchase", _("bought")), ("loss", _("lost or broken")), ("return", _("came back")),
    )  # fmt: skip


def _warned(change: Repriced) -> str:
    return {
        "cost": _("Below what it costs you"), "compare": _("The price before is not above it"),
        "law": _("The law does not allow this price before"),
    }.get(change.warn, "")  # fmt: skip


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return _("Product"), _("SKU"), _("Now"), _("Then"), _("Look at this")
