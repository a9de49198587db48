"""The Orders page: search, states, the list, and the order that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.shop import Shop
from desktop_app.trade import OrderState, Which
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.orders import words
from desktop_app.ui.orders.model import OrderTableModel
from desktop_app.ui.orders.panel import WIDE, OrderPanel, save_papers, set_state
from desktop_app.ui.orders.table import OrderTable
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, EmptyState, FlowLayout, NarrowedChip, SearchField, Text, column, footer, row
from desktop_app.ui.widgets.row_menu import RowMenu, fill_from
from desktop_app.words import _, several

Shown = OrderState | Literal["doubts"] | None  # "returned" is what something came back of, whatever else became of it
FILTERS: tuple[Shown, ...] = (
    None,
    "doubts",
    "placed",
    "paid",
    "packed",
    "sent",
    "delivered",
    "returned",
    "refunded",
    "cancelled",
)


class OrdersPage(Page):
    """The list on the left, the order on the right; the list filters while one types."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Orders"))
        self.state: Shown = None
        self.which = Which()  # what somebody came for; the chip says it
        self.flagged: frozenset[int] = frozenset()  # orders about which something is unusual
        self.why, self.part = "", False
        self._wanted: int | None = None
        self.model = OrderTableModel(desk)
        self.table = OrderTable(self.model)
        self.panel = OrderPanel(desk)
        self._build_header()
        self._build_body()
        self.search.searched.connect(lambda _text: self._look())
        self.search.left.connect(self.table.setFocus)
        self.landing = self.table
        self.table.chosen.connect(self._choose)
        self.menu = RowMenu(self.table, self._is_shown, self._fill_menu)
        self.panel.shown.connect(self.menu.go_on)
        self.table.opened.connect(self.panel.setFocus)
        self.panel.closed.connect(self.table.setFocus)
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self.seek)
        self.show_loading()

    def arrive(
        self, order: int | None = None, state: Shown = None, which: Which | None = None, why: str = "",
        ids: Sequence[int] | None = None, part: bool = False, file: Path | None = None, **where: Any,
    ) -> None:  # fmt: skip
        """Show the list; with ``order`` that order, with ``state`` one filter, with ``which`` or ``ids`` just those.

        ``why`` says what those are behind of; with ``part`` they are the newest of more. ``file`` is looked at at once.
        """
        if file is not None:
            self.take([file])
        if state is not None:
            self._press(state)
        if ids is not None:
            which = Which(ids=tuple(ids))
        if which is not None:
            self.search.clear()
            self._press(None)
            self.which, self.why, self.part = which, why, part
        if order is not None:
            self._wanted = order
            if which is None:  # it stands in the whole list in any case
                self.search.clear()
                self._press(state)
                self.which, self.why = Which(), ""
        self._look()

    def refresh(self) -> None:
        """Search again with what is typed, and show the chosen order as it is now."""
        self._look()
        self._look_for_doubts()
        self.panel.refresh()

    def seek(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the order the width the window can spare."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(WIDE if self.width() >= 1000 else 360)

    def bring(self) -> None:
        """Choose files of orders and bring them in, in the strip at the bottom."""
        kinds = _("Tables") + " (*.csv *.tsv *.txt *.xlsx *.xls *.ods)"
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose files of orders"), "", kinds)
        if chosen:
            self.take([Path(name) for name in chosen])

    def take(self, files: list[Path]) -> None:
        """Look at files of orders one after another before they come in."""
        from desktop_app.ui.orders.bringing import OrdersFileDialog

        OrdersFileDialog(self.window(), self.desk, files).open()

    def write(self) -> None:
        """Write an order down by hand; afterwards it stands in the list and is open."""
        from desktop_app.ui.orders.hand_form import HandOrderDialog

        dialog = HandOrderDialog(self.window(), self.desk)
        dialog.written.connect(lambda number: self.arrive(order=number))
        dialog.open()

    def export(self) -> None:
        """Save the orders of the list as a table."""
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Export orders"), f"{_('Orders')}.csv", "CSV (*.csv);;XLSX (*.xlsx)"
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the orders of the list to ``path``."""
        ids = list(self.model.ids)

        def work(shop: Shop, stop: Any) -> Any:
            from desktop_app.tasks import export_orders

            return export_orders.export_orders(shop, stop, path=path, ids=ids)

        def done(count: Any) -> None:
            self.desk.said.emit(_("{n} orders saved in {name}", n=local.number(count), name=path.name), False)

        self.desk.work.start(_("Writing {name}", name=path.name), work, done=done)

    # --- building ---

    def _build_header(self) -> None:
        self.search = SearchField(_("Search number, customer, product…"))
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(280)
        self.header.addSpacing(12)
        self.header.addWidget(self.search, 9)
        self.header.addStretch(1)
        self.header.addWidget(Button(_("Customers"), lambda: self.desk.go("customers")))
        self.header.addWidget(Button(_("Purchases and stock"), lambda: self.desk.go("buying")))
        self.header.addWidget(Button(_("Export…"), self.export))
        self.header.addWidget(Button(_("Import…"), self.bring))
        self.header.addWidget(Button(_("New order…"), self.write))

    def _build_body(self) -> None:
        tabs = QWidget()
        tabs.setObjectName("plain")
        line = FlowLayout(tabs, gap=4, line_gap=2)  # as many lines as the names need
        self.filters: dict[Shown, Button] = {}
        for state in FILTERS:
            button = Button(_name(state), partial(self._press_and_look, state), kind="quiet", small=True)
            button.setCheckable(True)
            button.setChecked(state is None)
            self.filters[state] = button
            line.addWidget(button)
        self.chip = NarrowedChip(self._widen)
        self._narrowed = QWidget()
        self._narrowed.setObjectName("plain")
        self._narrowed.setLayout(row(self.chip, None, margins=(24, 4, 16, 4)))
        self._narrowed.hide()
        self.count = Text(strong=True)
        steps = [Button(words.step(s), partial(self._all_to, s)) for s in ("packed", "sent")]
        papers = Button(_("Packing lists"), self._all_papers)
        self.bulk = footer(row(self.count, None, *steps, papers, margins=(24, 10, 16, 10)))
        self.bulk.hide()
        self.nothing = EmptyState("search", _("Nothing found"), _("No order fits what you typed."),
                                  (_("Show all orders"), self._show_all))  # fmt: skip
        self.nothing.hide()
        left = QWidget()
        left.setObjectName("plain")
        left.setLayout(
            column(row(tabs, margins=(16, 6, 16, 2)), self._narrowed, self.table, self.nothing, self.bulk, gap=0)
        )
        whole = QWidget()
        lines = row(left, self.panel, gap=0)
        whole.setLayout(lines)
        lines.setStretch(0, 1)
        self.set_full(whole)

    # --- the list ---

    def _look(self) -> None:
        typed, which = self.search.text(), self.which
        state: OrderState | None = None
        if self.state != "returned" and self.state != "doubts":
            state = self.state
        back = self.state == "returned"
        if self.state == "doubts":
            which = replace(which, ids=tuple(self.flagged if which.ids is None else self.flagged & set(which.ids)))

        def search(shop: Shop) -> Any:
            from desktop_app.tasks import reckoning

            ids = shop.find_orders(typed, replace(which, back=back or which.back), state=state)
            counts = reckoning.kept(shop, "order counts", shop.order_counts)
            known = sum(counts.values())
            came = reckoning.kept(shop, "orders that came back", shop.count_came_back)
            figures: dict[Shown, int] = {None: known}
            return ids, known, figures | counts | {"returned": came}

        self.desk.ask(search, self._show, key="orders.search", failed=lambda why: self.show_failed(why, self._look))

    def _look_for_doubts(self) -> None:
        """Look, behind whatever else goes on, which orders are worth a second look."""

        def look(shop: Shop) -> frozenset[int]:
            from desktop_app.tasks import risk

            return risk.to_look_at(shop)

        self.desk.reckon(look, self._mark, key="orders to look at", failed=lambda _why: None)

    def _mark(self, found: frozenset[int]) -> None:
        if found == self.flagged:
            return
        self.flagged = self.model.flagged = found
        self.table.viewport().update()
        self._look()

    def _show(self, answer: tuple[list[int], int, dict[Shown, int]]) -> None:
        ids, known, counts = answer
        if not known:
            text = _("Bring in the file of orders that your shop system or marketplace gives you.")
            self.show_empty(EmptyState("package", _("No orders yet"), text, (_("Import orders…"), self.bring)))
            return
        self.show_full()
        current = self._wanted if self._wanted is not None else self.panel.order_id
        self._wanted = None
        self.model.show(ids)
        self.nothing.setVisible(not ids)
        self.table.setVisible(bool(ids))
        self.subtitle.setText(local.number(len(ids)))
        self.subtitle.setAccessibleName(several("{count} order", "{count} orders", len(ids)))
        for state, button in self.filters.items():
            figure = len(self.flagged) if state == "doubts" else counts.get(state, 0)
            button.setText(f"{_name(state)} {local.number(figure)}" if figure else _name(state))
            button.setVisible(state is None or figure > 0 or state == self.state)
        narrowed = self.which != Which()
        self.chip.say(behind(len(ids), self.why, part=self.part) if narrowed else "")
        self._narrowed.setVisible(narrowed)
        if ids and (current is None or current not in ids or current != self.table.current_id()):
            self.table.stand_on(ids.index(current) if current in ids else 0)

    def _choose(self) -> None:
        chosen = self.table.selectionModel().selectedRows()
        current = self.table.current_id()
        if current is not None and chosen and current != self.panel.order_id:
            self.panel.show_order(current)
        self.count.setText(_("{count} chosen", count=local.number(len(chosen))))
        self.bulk.setVisible(len(chosen) > 1)

    def _is_shown(self) -> bool:
        order = self.panel.order
        return self.bulk.isVisible() or (order is not None and order.id == self.table.current_id())

    def _fill_menu(self, menu: QMenu) -> None:
        fill_from(self.bulk, menu) if self.bulk.isVisible() else self.panel.fill_menu(menu)

    def _widen(self) -> None:
        """Show all orders again, whatever somebody came for."""
        self.which, self.why = Which(), ""
        self._look()
        self.table.setFocus()

    def _press(self, state: Shown) -> None:
        self.state = state
        for key, button in self.filters.items():
            button.setChecked(key == state)

    def _press_and_look(self, state: Shown) -> None:
        self._press(state)
        self._look()

    def _show_all(self) -> None:
        self.search.clear()
        self.which, self.why = Which(), ""
        self._press_and_look(None)

    def _all_to(self, state: OrderState) -> None:
        set_state(self.desk, self.table.chosen_ids(), state)

    def _all_papers(self) -> None:
        ids = self.table.chosen_ids()
        self.desk.ask(lambda shop: shop.orders(ids), lambda found: save_papers(self, self.desk, found, "packing"))


def behind(count: int, why: str, *, part: bool = False) -> str:
    """Return what the chip says of the orders that are shown."""
    orders = local.counted(several("{count} order", "{count} orders", count), count)
    if part:
        orders = _("The newest {orders}", orders=orders)
    return _("{orders} behind: {figure}", orders=orders, figure=why) if why else orders


def _name(state: Shown) -> str:
    if state == "doubts":
        return _("To look at")
    return _("All") if state is None else words.state(state)
