"""The Products page: search, filters, the table, and the product that is chosen."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.records import Counts
from desktop_app.ui import describing, local, places
from desktop_app.ui.commands import Command
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.products.bulk import BulkBar
from desktop_app.ui.products.model import ProductTableModel
from desktop_app.ui.products.panel import WIDE, ProductPanel
from desktop_app.ui.products.table import ProductTable
from desktop_app.ui.widgets import Button, EmptyState, FlowLayout, SearchField, column, row
from desktop_app.ui.widgets.row_menu import RowMenu, fill_from
from desktop_app.words import _, several

FILTERS: tuple[tuple[str, str], ...] = (
    ("", "All"),
    ("missing", "Missing"),
    ("draft", "Draft"),
    ("approved", "Approved"),
    ("below", "Below zero"),
    ("archived", "Archived"),
)


class ProductsPage(Page):
    """The list on the left, the product on the right; the list filters while one types."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Products"))
        self.filter = ""
        self._chosen: set[int] = set()
        self._current: int | None = None
        self._restoring = False
        self._take_focus = False  # somebody just came here: the list has the keys once it is there
        self._wanted: int | None = None  # a product to stand on once the list is there
        self.model = ProductTableModel(desk)
        self.table = ProductTable(self.model)
        self.panel = ProductPanel(desk)
        self.bulk = BulkBar(desk, self.table.chosen_ids)
        self._build_header()
        self._build_body()
        self._connect()
        self.show_loading()
        if desk.counts is not None:
            self._show_counts(desk.counts)

    # --- what the window asks ---

    def arrive(
        self, product: int | None = None, new: bool = False, text: str | None = None, fact: str = "",
        write: bool = False, **where: Any,
    ) -> None:  # fmt: skip
        """Show the list; with ``product`` that product, with ``new`` the form for one, with ``text`` one filter.

        With ``write`` the text of that product is begun at once.
        """
        if text is not None:
            self.search.clear()
            self._press_filter(text)
        if product is not None:
            self._wanted = product
            self.search.clear()
            self._choose_filter("")
            self.panel.ask_fact = fact
            self.panel.write_at = product if write else 0
            self._look()
        if new:
            self.show_full()
            self.panel.new_product()
        else:
            self._take_focus = True
            if self.is_full:
                self.table.setFocus()

    def refresh(self) -> None:
        """Search again with what is typed, and show the chosen product as it is now."""
        self._look()
        self.panel.refresh()

    def leave(self) -> None:
        """Save a text or a fact that was typed and not saved yet."""
        self.panel.description.keep_edit()
        self.panel.facts.keep()

    def seek(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the product the width the window can spare."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(WIDE if self.width() >= 1000 else 360 if self.width() >= 860 else 300)

    # --- building ---

    def _build_header(self) -> None:
        self.search = SearchField(_("Search name, SKU, facts…"))
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(280)
        self.header.addSpacing(12)
        self.header.addWidget(self.search, 9)
        self.header.addStretch(1)
        for key, name in (("import", _("Import…")), ("export", _("Export…"))):
            if places.known(key):
                self.header.addWidget(Button(name, partial(self.desk.go, key)))
        self.describe = Button("", lambda: describing.missing(self.desk), kind="main")
        self.header.addWidget(self.describe)
        self.describe.hide()

    def _build_body(self) -> None:
        self.filters: dict[str, Button] = {}
        held = QWidget()
        held.setObjectName("plain")
        tabs = FlowLayout(held, gap=4, line_gap=2)
        for key, name in FILTERS:
            button = Button(_(name), partial(self._press_filter, key), kind="quiet", small=True)
            button.setCheckable(True)
            button.setChecked(key == "")
            self.filters[key] = button
            tabs.addWidget(button)
        self.add = Button(_("Add a product"), self.panel.new_product, kind="quiet", icon="plus", small=True)
        filters = row(held, self.add, margins=(16, 6, 16, 2), gap=8)
        filters.setStretch(0, 1)
        filters.setAlignment(self.add, Qt.AlignmentFlag.AlignTop)
        left = QWidget()
        left.setObjectName("plain")
        left.setLayout(column(filters, self.table, self.bulk, gap=0))
        self.nothing = EmptyState("search", _("Nothing found"), _("No product fits what you typed."),
                                  (_("Show all products"), self._show_all))  # fmt: skip
        self.nothing.hide()
        layout = left.layout()
        assert layout is not None
        layout.addWidget(self.nothing)
        whole = QWidget()
        whole.setLayout(row(left, self.panel, gap=0))
        lines = whole.layout()
        assert lines is not None
        lines.setStretch(0, 1)  # type: ignore[attr-defined]
        self.set_full(whole)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._look())
        self.search.left.connect(self._to_table)
        self.table.chosen.connect(self._choose)
        self.table.sorting.connect(self._sort)
        self.table.opened.connect(self.panel.take_focus)
        self.panel.closed.connect(self.table.setFocus)
        self.panel.added.connect(self._added)
        self.menu = RowMenu(self.table, self._is_shown, self._fill_menu)
        self.panel.shown.connect(self.menu.go_on)
        self.desk.counted.connect(self._show_counts)
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self.seek)
        self.desk.commands.drop("products.")
        can = lambda: self.isVisible()  # noqa: E731
        self.desk.commands.add(
            Command("products.write", "Write a description for this product", self.panel.write, can=can),
            Command("products.edit", "Edit this product", self.panel.edit_product, can=can),
            Command("products.archive", "Archive this product", self.panel.archive, can=can),
            Command("products.copy", "Copy the text", self.panel.copy_plain, can=can),
            Command("products.copy_html", "Copy the text with formatting", self.panel.copy_formatted, can=can),
        )  # fmt: skip

    # --- the list ---

    def _look(self) -> None:
        typed, chosen, sort, down = self.search.text(), self.filter, self.model.sorted_by, self.model.descending
        status = "archived" if chosen == "archived" else "active"
        text = chosen if chosen not in ("", "archived") else None

        def search(shop: Any) -> Any:
            order = sort or ("relevance" if typed.strip() else "title")
            found = shop.search(typed, sort=order, descending=down, text=text, status=status)
            return found, bool(found) or shop.has_products()

        self.desk.ask(search, self._show, key="products.search", failed=lambda why: self.show_failed(why, self._look))

    def _show(self, answer: tuple[list[int], bool]) -> None:
        ids, any_product = answer
        if not any_product:
            self.show_empty(self._nothing_yet())
            return
        self.show_full()
        self._restoring = True
        fresh = self.model.show(ids)
        if self._wanted is not None:
            self._chosen, self._current, fresh = {self._wanted}, self._wanted, True
            self._wanted = None
        if fresh:
            self.table.choose(self._chosen, self._current)
        self._restoring = False
        if self._take_focus and self.isVisible() and not self.search.hasFocus():
            self.table.setFocus()
        self._take_focus = False
        self.nothing.setVisible(not ids)
        self.nothing.text.setText(self._why_nothing())
        if self.nothing.button is not None:
            self.nothing.button.setVisible(bool(self.search.text().strip() or self.filter))
        self.table.setVisible(bool(ids))
        count = len(ids)
        self.subtitle.setText(local.number(count))
        self.subtitle.setAccessibleName(several("{count} product", "{count} products", count))
        if ids and self._current is None:
            self.table.stand_on(0)
        elif self._current is not None and self.panel.product_id != self._current:
            self.panel.show_product(self._current)
        self._show_bulk()

    def _choose(self) -> None:
        if self._restoring:
            return
        count = self.table.count_chosen()
        current = self.table.current_id()
        # What is chosen is remembered by id: another filter, another order, and it is still chosen.
        self._chosen = set(self.table.chosen_ids()) if count < 5000 else self._chosen
        if current is not None and count:
            self._current = current
            if self.panel.product_id != current:
                self.panel.show_product(current)
        self._show_bulk()

    def _is_shown(self) -> bool:
        product = self.panel.product
        return (
            self.bulk.isVisible()
            or self.panel.is_typed_in
            or (product is not None and product.id == self.table.current_id())
        )

    def _fill_menu(self, menu: QMenu) -> None:
        if self.bulk.isVisible():
            fill_from(self.bulk, menu)
        elif not self.panel.is_typed_in:  # with a form open another product is not shown before that is closed
            self.panel.fill_menu(menu)

    def _show_bulk(self) -> None:
        self.bulk.show_count(self.table.count_chosen(), archived=self.filter == "archived")

    def _sort(self, by: str) -> None:
        if self.model.sorted_by != by:
            self.model.sorted_by, self.model.descending = by, False  # type: ignore[assignment]
        elif not self.model.descending:
            self.model.descending = True
        else:
            self.model.sorted_by, self.model.descending = None, False
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self._look()

    def _press_filter(self, key: str) -> None:
        self._choose_filter(key)
        self._look()

    def _choose_filter(self, key: str) -> None:
        self.filter = key
        for name, button in self.filters.items():
            button.setChecked(name == key)

    def _show_all(self) -> None:
        self.search.clear()
        self._press_filter("")

    def _to_table(self) -> None:
        self.table.setFocus()
        if not self.table.selectionModel().hasSelection():
            self.table.stand_on(0)

    def _added(self, product: int) -> None:
        self._wanted = product
        self._look()

    def _show_counts(self, counts: Counts) -> None:
        missing = counts.missing
        self.describe.setVisible(missing > 0)
        self.describe.setText(_("Describe {count} missing", count=local.number(missing)))
        below = counts.below_zero
        figures = {"": counts.products, "missing": missing, "archived": counts.archived, "below": below}
        for key, name in FILTERS:
            figure = figures.get(key)
            self.filters[key].setText(f"{_(name)} {local.number(figure)}" if figure else _(name))
        self.filters["below"].setVisible(below > 0 or self.filter == "below")

    def _why_nothing(self) -> str:
        if self.search.text().strip():
            return _("No product fits what you typed.")
        if self.filter:
            return _("No product is like that now.")
        return _("Every product is archived. “Archived” above shows them and brings them back.")

    def _nothing_yet(self) -> EmptyState:
        add = (_("Add a product"), lambda: self.arrive(new=True))
        sample = (_("Open the sample shop"), lambda: self.desk.commands.run("shop.sample"))
        bring = (_("Import a file…"), lambda: self.desk.go("import"))
        return EmptyState(
            "package",
            _("No products yet"),
            _("Bring in the file your shop system gave you, or add the first product by hand."),
            bring if places.known("import") else add,
            add if places.known("import") else sample,
        )
