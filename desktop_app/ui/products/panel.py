"""The product at the right of the list: pictures, price and stock, facts, text; and the form to change it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop_app.records import Draft, Fact, Product, Variant
from desktop_app.ui import local, tab_order, variant_words
from desktop_app.ui.desk import Desk
from desktop_app.ui.products import text_menu
from desktop_app.ui.products.description import DescriptionPanel
from desktop_app.ui.products.facts import FactChips, missing
from desktop_app.ui.products.pictures import Pictures
from desktop_app.ui.widgets import Button, EmptyState, Hairline, IconButton, Text, column, row, scrolling
from desktop_app.words import _, several

WIDE = 420


class ProductPanel(QWidget):
    """Shows one product; a change is saved as it is made, the form has a Save of its own."""

    closed = Signal()  # back to the list
    added = Signal(int)
    shown = Signal()  # another product, or the same as it is now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.product: Product | None = None
        self.product_id: int | None = None
        self.ask_fact = ""  # a fact to ask for when the next product is shown
        self.write_at = 0  # the product whose text is begun when it is shown
        self._form: Any = None
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDE)
        self.stack = QStackedWidget()
        self.setLayout(column(self.stack, margins=(1, 0, 0, 0), gap=0))
        self._build()
        self._blank = EmptyState("package", _("Choose a product"), _("Its facts and its text are shown here."))
        self.stack.addWidget(self._blank)
        self.stack.addWidget(self.view)
        self.stack.setCurrentWidget(self._blank)

    # --- what the page asks ---

    def show_product(self, product: int) -> None:
        """Fetch and show a product; a form that is open is left alone, a fact that was typed is saved."""
        if product != self.product_id:
            self.facts.keep()
        self.product_id = product
        if self._form is not None and self._form.isVisible():
            return
        self.refresh()

    def refresh(self) -> None:
        """Show the product as the shop has it now."""
        if self.product_id is not None:
            number = self.product_id
            self.desk.ask(lambda shop: _read(shop, number), self._show, key="product", failed=lambda why: self._gone())

    @property
    def is_typed_in(self) -> bool:
        """Tell whether the form for a product is open."""
        return self._form is not None and self._form.isVisible()

    def take_focus(self) -> None:
        """Move the keyboard here."""
        self.description.take_focus()

    def write(self) -> None:
        """Write a description for the product that is shown."""
        self.description.write()

    def new_product(self) -> None:
        """Open the form for a new product."""
        self._open_form(Product("", variants=(Variant(),)))

    def edit_product(self) -> None:
        """Open the form for the product that is shown."""
        if self.product is not None:
            self._open_form(self.product)

    def show_selling(self) -> None:
        """Show what the books say about price, stock and what goes with the product."""
        if self.product is not None and self.product.id is not None:
            from desktop_app.ui.products.selling import SellingDialog

            SellingDialog(self.window(), self.desk, self.product.id).open()

    def archive(self) -> None:
        """Put the product away, or bring an archived one back."""
        product = self.product
        if product is None or product.id is None:
            return
        ids, away = [product.id], product.status != "archived"

        def change(shop: Any) -> None:
            from desktop_app.tasks import products

            (products.archive if away else products.restore)(shop, ids)

        self.desk.do(change, said=_("Product archived") if away else _("Product brought back"))

    def copy_plain(self) -> None:
        """Copy the text as plain words."""
        text_menu.copy(self.desk, self.description.words(), formatted=False)

    def copy_formatted(self) -> None:
        """Copy the text with its paragraphs."""
        text_menu.copy(self.desk, self.description.words(), formatted=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- building ---

    def _build(self) -> None:
        self.title = Text(size="large", strong=True, wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line = Text(size="small", tone="muted", wrap=True)
        self.edit_button = IconButton("pencil", _("Edit this product"), self.edit_product)
        self.more = IconButton("ellipsis", _("More for this product"), self._menu)
        self.pictures = Pictures(self.desk)
        self.variants = VariantLines(self.desk)
        self.facts = FactChips()
        self.facts.changed.connect(self._save_facts)
        self.description = DescriptionPanel(self.desk)
        self.description.changed.connect(self.refresh)
        head = row(column(self.title, self.line, gap=2), gap=4)
        head.setStretch(0, 1)
        head.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setLayout(
            column(head, self.pictures, self.facts, self.variants, Hairline(), self.description, None, gap=12,
                   margins=(24, 16, 24, 24))
        )  # fmt: skip
        self.view = scrolling(inside, sideways=False)

    def _show(self, answer: tuple[Product, Draft | None, list[str]]) -> None:
        product, draft, asked = answer
        if product.id != self.product_id:
            return
        other = self.product is None or self.product.id != product.id
        self.product = product
        self.title.setText(product.title)
        self.line.setText(_line(product, self.desk.shop.currency if self.desk.shop else "USD"))
        self.pictures.show_images(product.images)
        self.variants.show_product(product)
        if not (self.facts.editor.isVisible() and not other):
            self.facts.show_product(product, asked)
        self.description.show_product(product, draft)
        if self._form is None or not self._form.isVisible():
            self.stack.setCurrentWidget(self.view)
        if self.ask_fact:
            self.facts.begin_new(self.ask_fact)
            self.ask_fact = ""
        if self.write_at == product.id:
            self.write_at = 0
            self.write()
        if other:
            self.view.verticalScrollBar().setValue(0)
        self.shown.emit()

    def _gone(self) -> None:
        self.product = self.product_id = None
        self.stack.setCurrentWidget(self._blank)

    def _save_facts(self, facts: tuple[Fact, ...]) -> None:
        product = self.product
        if product is None or product.id is None:
            return
        number = product.id

        def save(shop: Any) -> None:
            from dataclasses import replace

            from desktop_app.tasks import products

            # Over the product as it is now: what changed elsewhere meanwhile is not taken back.
            products.save(shop, replace(shop.product(number), facts=facts))

        self.desk.do(save, said=_("Facts saved"), then=lambda _r: self.refresh(), failed=self.desk.oops)

    def _open_form(self, product: Product) -> None:
        from desktop_app.ui.products.form import ProductForm

        if self._form is not None:
            self.stack.removeWidget(self._form)
            self._form.deleteLater()
        self._form = ProductForm(self.desk, product)
        self._form.saved.connect(self._form_saved)
        self._form.closed.connect(self._form_closed)
        self.stack.addWidget(self._form)
        self.stack.setCurrentWidget(self._form)
        tab_order.renew_soon(self)
        self._form.begin()

    def _form_saved(self, product: int, fresh: bool) -> None:
        self._form_closed()
        if fresh:
            self.product_id = product
            self.added.emit(product)
        self.refresh()

    def _form_closed(self) -> None:
        if self._form is not None:
            self.stack.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None
        self.stack.setCurrentWidget(self.view if self.product is not None else self._blank)
        self.refresh()
        self.closed.emit()

    def fill_menu(self, menu: QMenu) -> None:
        """Put into a menu what can be done with the product."""
        menu.addAction(_("Edit this product"), self.edit_product)
        menu.addAction(_("How it sells…"), self.show_selling)
        menu.addAction(_("Copy the text"), self.copy_plain)
        menu.addAction(_("Copy the text with formatting"), self.copy_formatted)
        menu.addSeparator()
        away = self.product is not None and self.product.status != "archived"
        menu.addAction(_("Archive this product") if away else _("Bring back this product"), self.archive)

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class VariantLines(QWidget):
    """The variants of a product, folded to one line until somebody wants to see them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._product: Product | None = None
        self.fold = Button("", self._turn, kind="quiet", icon="chevron-right", small=True)
        self.list = Text(size="small", wrap=True)
        self.list.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list.hide()
        self.setLayout(column(row(self.fold, None), self.list, gap=4))

    def show_product(self, product: Product) -> None:
        """Show how many variants there are."""
        other = self._product is None or self._product.id != product.id
        self._product = product
        count = len(product.variants)
        self.setVisible(count > 1)
        self.fold.setText(several("{count} variant", "{count} variants", count))
        if other:
            self.list.hide()
            self.fold.set_icon("chevron-right")
        self._fill()

    def _turn(self) -> None:
        self.list.setVisible(not self.list.isVisible())
        self.fold.set_icon("chevron-down" if self.list.isVisible() else "chevron-right")

    def _fill(self) -> None:
        currency = self._desk.shop.currency if self._desk.shop else "USD"
        variants = self._product.variants if self._product else ()
        self.list.setText("\n".join(variant_words.line(v, currency) for v in variants[:100]))


def _line(product: Product, currency: str) -> str:
    prices = [v.price for v in product.variants if v.price is not None]
    counted = [v.stock for v in product.variants if v.stock is not None]
    parts = [product.sku, local.prices(min(prices, default=None), max(prices, default=None), currency)]
    if counted:
        parts.append(_("{count} in stock", count=local.number(sum(counted))))
    if product.status == "archived":
        parts.append(_("archived"))
    return local.beside(*parts)


def _read(shop: Any, number: int) -> tuple[Product, Draft | None, list[str]]:
    """Read the product, the draft one would look at, and the facts it would be good to know."""
    product = shop.product(number)
    return product, _standing(shop, number), missing(product)


def _standing(shop: Any, product: int) -> Draft | None:
    """Return the draft a merchant would look at: the newest that is not rejected."""
    drafts: list[Draft] = shop.drafts(product=product)
    return next((d for d in drafts if d.field == "description" and d.status != "rejected"), None)
