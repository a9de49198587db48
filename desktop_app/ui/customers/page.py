"""The Customers page: search, segments, the list, and the person that is chosen."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.trade import CustomerRow
from desktop_app.ui import local
from desktop_app.ui.customers.panel import WIDE, CustomerPanel
from desktop_app.ui.desk import Desk
from desktop_app.ui.importing.changes import RowsTable
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, EmptyState, FlowLayout, Pick, SearchField, column, row
from desktop_app.ui.widgets.blocks import BlockTableModel
from desktop_app.ui.widgets.row_menu import RowMenu
from desktop_app.words import _, several

COLUMNS = ("Customer", "Orders", "Spent", "Last order")


class CustomersPage(Page):
    """The list on the left, the person on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Customers"))
        self.segment = ""
        self._wanted: int | None = None
        self.search = SearchField(_("Search name, e-mail, phone…"))
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(280)
        self.sort = Pick()
        self.sort.setAccessibleName(_("Sort by"))
        for key, name in _sorts():
            self.sort.addItem(name, key)
        self.header.addSpacing(12)
        self.header.addWidget(self.search, 9)
        self.header.addStretch(1)
        self.header.addWidget(self.sort)
        self.model = BlockTableModel[CustomerRow](
            desk,
            COLUMNS,
            lambda shop, ids: shop.customer_rows(ids),
            _written,
            lambda customer: customer.id,
            figures=(1, 2),
        )
        self.table = RowsTable(self.model, _("Customers"), (240, 70, 100, 110))
        self.panel = CustomerPanel(desk)
        self._build_body()
        self.search.searched.connect(lambda _text: self._look())
        self.landing = self.table
        self.search.left.connect(self.table.setFocus)
        self.sort.currentIndexChanged.connect(lambda _at: self._look())
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.panel.chosen.connect(self.show_customer)
        self.menu = RowMenu(self.table, self._is_shown, self.panel.fill_menu)
        self.panel.shown.connect(self.menu.go_on)
        self.show_loading()

    def arrive(self, customer: int | None = None, segment: str | None = None, **where: Any) -> None:
        """Show the list; with ``customer`` that person, with ``segment`` one group."""
        if segment is not None:
            self.segment = segment
        self._wanted = customer if customer is not None else self._wanted
        self._look()

    def refresh(self) -> None:
        """Search again with what is typed, and show the chosen person as they are now."""
        self._look()
        self.panel.refresh()

    def leave(self) -> None:
        """Save a note that was typed and not kept yet."""
        self.panel.keep_note()

    def show_customer(self, customer: int) -> None:
        """Stand on a customer."""
        self._wanted = customer
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the person the width the window can spare."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(WIDE if self.width() >= 1000 else 340)

    def _build_body(self) -> None:
        tabs = QWidget()
        tabs.setObjectName("plain")
        self.tabs = FlowLayout(tabs, gap=4, line_gap=2)
        self.filters: dict[str, Button] = {}
        for key, name in _segments().items():
            button = Button(name, partial(self._press, key), kind="quiet", small=True)
            button.setCheckable(True)
            self.filters[key] = button
            self.tabs.addWidget(button)
        self.nothing = EmptyState("search", _("Nothing found"), _("No customer fits what you typed."))
        self.nothing.hide()
        left = QWidget()
        left.setObjectName("plain")
        left.setLayout(
            column(row(tabs, margins=(16, 6, 16, 2)), row(self.table, margins=(16, 0, 0, 0)), self.nothing, gap=0)
        )
        whole = QWidget()
        lines = row(left, self.panel, gap=0)
        whole.setLayout(lines)
        lines.setStretch(0, 1)
        self.set_full(whole)

    def _press(self, segment: str) -> None:
        self.segment = segment
        self._look()

    def _look(self) -> None:
        typed, sort, segment = self.search.text(), self.sort.currentData() or "last", self.segment

        def search(shop: Any) -> tuple[list[int], dict[str, int], bool]:
            from desktop_app.tasks import customers

            ids = shop.find_customers(typed, sort=sort, descending=sort != "name")
            groups = customers.segments(shop)
            counts: dict[str, int] = Counter(groups.get(id, "") for id in ids)
            chosen = [id for id in ids if groups.get(id) == segment] if segment else ids
            return chosen, counts, bool(ids) or bool(shop.find_customers())

        self.desk.ask(search, self._show, key="customers", failed=lambda why: self.show_failed(why, self._look))

    def _show(self, answer: tuple[list[int], dict[str, int], bool]) -> None:
        ids, counts, any_customer = answer
        if not any_customer:
            text = _("Customers come with the orders you bring in, whoever is named in them.")
            orders = (_("To the orders"), lambda: self.desk.go("orders"))
            self.show_empty(EmptyState("package", _("No customers yet"), text, orders))
            return
        self.show_full()
        current = self._wanted if self._wanted is not None else self.panel.customer_id
        self._wanted = None
        self.model.show(ids)
        self.nothing.setVisible(not ids)
        self.table.setVisible(bool(ids))
        self.subtitle.setText(local.number(len(ids)))
        self.subtitle.setAccessibleName(several("{count} customer", "{count} customers", len(ids)))
        for key, button in self.filters.items():
            figure = sum(counts.values()) if not key else counts.get(key, 0)
            button.setText(f"{_segments()[key]} {local.number(figure)}")
            button.setChecked(key == self.segment)
            button.setVisible(not key or figure > 0 or key == self.segment)
        if ids:
            place = ids.index(current) if current in ids else 0
            self.table.setCurrentIndex(self.model.index(place, 0))
            self.panel.show_customer(ids[place])

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and now.row() < len(self.model.ids):
            self.panel.show_customer(self.model.ids[now.row()])

    def _is_shown(self) -> bool:
        row, person = self.table.currentIndex().row(), self.panel.person
        return person is not None and 0 <= row < len(self.model.ids) and person.customer.id == self.model.ids[row]


def _written(customer: CustomerRow, column: int) -> str:
    if column == 0:
        return customer.name or customer.email or customer.account or _("No name")
    if column == 1:
        return local.number(customer.orders)
    if column == 2:
        return local.money(customer.spent, customer.currency)
    return "–" if customer.last_day is None else local.day(customer.last_day)


def _segments() -> dict[str, str]:
    from desktop_app.tasks.ask_people import segment_words

    return {"": _("All"), **segment_words()}


def _sorts() -> tuple[tuple[str, str], ...]:
    return (
        ("last", _("Last order first")), ("spent", _("Most spent first")), ("orders", _("Most orders first")),
        ("name", _("By name")),
    )  # fmt: skip


def words() -> tuple[str, ...]:
    """Return the names of the columns, so that they are translated."""
    return _("Customer"), _("Orders"), _("Spent"), _("Last order")
