"""The form for a product made or changed by hand; it stands where the product stood, not in a window of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.records import Image, Product, Variant
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.products.variants import VariantTable, amount
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, IconButton, Text, column, footer, row, scrolling
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _

PICTURES = "*.jpg *.jpeg *.png *.webp *.gif *.bmp *.svg"


class ProductForm(QWidget):
    """Name, price, stock, variants, pictures, words in the shop now. ``saved`` brings the id and whether it is new."""

    saved = Signal(int, bool)
    closed = Signal()

    def __init__(self, desk: Desk, product: Product) -> None:
        super().__init__()
        self.desk, self.product = desk, product
        self._images = list(product.images)
        self._table: VariantTable | None = None
        new = product.id is None
        self.problem = Text(size="small", tone="bad", wrap=True)
        self.problem.hide()
        self.name = _field(product.title, _("Name"))
        self.category = _field(product.category, _("Category"))
        self.vendor = _field(product.vendor, _("Brand"))
        self.tags = _field(", ".join(product.tags), _("Tags, with commas between them"))
        self.words = QPlainTextEdit(product.description)
        self.words.setAccessibleName(_("In the shop now"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(112)
        self._variant_place = QVBoxLayout()
        self._picture_place = QVBoxLayout()
        self._picture_place.setSpacing(4)
        self.address = _field("", _("Web address of a picture"))
        self.address.setPlaceholderText(_("Web address of a picture"))
        self.address.returnPressed.connect(self._add_address)
        self.save_button = Button(_("Save"), self.save, key="Ctrl ⏎")
        self._lay_out(_("New product") if new else _("Edit product"))
        self._show_variants()
        self._show_pictures()
        self.guard = Guard(self, self.closed.emit, also=lambda: list(self._images))

    def begin(self) -> None:
        """Put the caret where one begins."""
        self.name.setFocus()
        self.name.selectAll()

    def save(self) -> None:
        """Save everything as one action; a sentence says what is missing."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # a cell that is still being typed in counts too

        def not_saved(why: str, wrong: QWidget | None = None) -> None:
            self._say(why)
            if (back := wrong or focus) is not None and isValid(back):
                back.setFocus()

        try:
            product = self._filled()
        except ValueError as error:
            typed = str(error)
            fields = self.findChildren(QLineEdit)
            not_saved(_("“{text}” is not a number.", text=typed), next((f for f in fields if f.text() == typed), None))
            return
        new = product.id is None

        def save(shop: Any) -> int:
            from desktop_app.tasks import products

            return products.save(shop, product)

        def refused(why: str) -> None:
            not_saved(why, None if self.name.text().strip() else self.name)

        said = _("Product added") if new else _("Product saved")
        self.desk.do(save, said=said, then=lambda number: self.saved.emit(number, new), failed=refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Return, leave with Escape; what is typed is not dropped without a question."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.guard.leave()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, title: str) -> None:
        fields = column(Text(title, "large", strong=True), gap=8, margins=(24, 16, 24, 16))
        for field in (self.name, self.category, self.vendor, self.tags):
            fields.addLayout(_labelled(field))
        fields.addSpacing(8)
        fields.addLayout(self._variant_place)
        fields.addSpacing(8)
        fields.addLayout(self._pictures_part())
        fields.addSpacing(8)
        fields.addLayout(_labelled(self.words))
        fields.addStretch(1)
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setLayout(fields)
        scroll = scrolling(inside, sideways=False)
        cancel = Button(_("Cancel"), lambda: self.guard.leave(), kind="quiet", key="Esc")
        # What is wrong stands where Save was pressed, and moves no field away.
        foot = footer(column(self.problem, row(self.save_button, cancel, None), gap=8, margins=(24, 10, 24, 10)))
        self.setLayout(column(scroll, foot, gap=0))

    # --- variants ---

    def _show_variants(self) -> None:
        clear(self._variant_place)
        if len(self.product.variants) > 1 or (self.product.variants and self.product.variants[0].options):
            self._make_table(self.product.variants)
            return
        only = self.product.variants[0] if self.product.variants else Variant()
        self.sku = _field(only.sku, _("SKU"))
        self.barcode = _field(only.barcode, _("Barcode"))
        self.price = _field(amount(only.price), _("Price"))
        self.compare_at = _field(amount(only.compare_at), _("Price before"))
        self.cost = _field(amount(only.cost), _("Cost price"))
        self.stock = _field("" if only.stock is None else str(only.stock), _("Stock"))
        self.weight = _field(amount(only.weight_grams), _("Weight (g)"))
        pairs = ((self.sku, self.barcode), (self.price, self.compare_at), (self.cost, self.stock), (self.weight, None))
        for pair in pairs:
            line = row(*(_labelled(field) if field is not None else QWidget() for field in pair), gap=8)
            line.setStretch(0, 1)
            line.setStretch(1, 1)
            self._variant_place.addLayout(line)
        more = Button(_("It comes in several variants"), self._to_table, kind="quiet", icon="plus", small=True)
        self._variant_place.addLayout(row(more, None))

    def _to_table(self) -> None:
        try:
            only = self._only()
        except ValueError as error:
            self._say(_("“{text}” is not a number.", text=str(error)))
            return
        clear(self._variant_place)
        self._make_table((only,))
        if self._table is not None:
            self._table.options.setFocus()

    def _make_table(self, variants: tuple[Variant, ...]) -> None:
        self._table = VariantTable(variants)
        self._table.problem.connect(self._say)
        self._variant_place.addWidget(self._table)

    def _only(self) -> Variant:
        old = self.product.variants[0] if self.product.variants else Variant()
        stock = local.read_amount(self.stock.text())
        if stock is not None and stock != stock.to_integral_value():
            raise ValueError(self.stock.text())
        return replace(
            old,
            sku=self.sku.text().strip(),
            barcode=self.barcode.text().strip(),
            price=local.read_amount(self.price.text()),
            compare_at=local.read_amount(self.compare_at.text()),
            cost=local.read_amount(self.cost.text()),
            weight_grams=local.read_grams(self.weight.text()),
            stock=None if stock is None else int(stock),
        )

    # --- pictures ---

    def _pictures_part(self) -> QVBoxLayout:
        add = Button(_("Add picture files…"), self._choose_files, kind="quiet", icon="image-plus", small=True)
        note = Text(_("Pictures on the web are not fetched."), "small", tone="muted", wrap=True)
        return column(
            Text(_("Pictures"), "small", tone="muted"), self._picture_place, row(add, None), self.address, note, gap=4
        )

    def _show_pictures(self) -> None:
        clear(self._picture_place)
        for number, image in enumerate(self._images):
            name = image.alt or Path(image.address).name or image.address
            words = QLineEdit(image.alt)
            words.setPlaceholderText(_("What {name} shows", name=Path(image.address).name or image.address))
            words.setAccessibleName(_("What {name} shows", name=Path(image.address).name or image.address))
            words.textChanged.connect(partial(self._note, number))
            up = IconButton("chevron-left", _("Move forward: {name}", name=name), partial(self._move, number))
            up.setEnabled(number > 0)
            drop = IconButton("x", _("Remove the picture: {name}", name=name), partial(self._drop, number))
            line = row(words, up, drop, gap=4)
            line.setStretch(0, 1)
            self._picture_place.addLayout(line)

    def _choose_files(self) -> None:
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.PicturesLocation)
        start = places[0] if places else ""
        files, _kind = QFileDialog.getOpenFileNames(
            self, _("Add picture files"), start, f"{_('Pictures')} ({PICTURES})"
        )
        self.add_files([Path(file) for file in files])

    def add_files(self, files: list[Path]) -> None:
        """Add picture files at the end."""
        self._images += [Image(str(file)) for file in files]
        self._show_pictures()

    def _add_address(self) -> None:
        typed = self.address.text().strip()
        if typed:
            self._images.append(Image(typed))
            self.address.clear()
            self._show_pictures()

    def _note(self, number: int, text: str) -> None:
        """Keep what a picture shows; what it tells of the product is proposed among the questions, never taken."""
        self._images[number] = replace(self._images[number], alt=text.strip())

    def _move(self, number: int) -> None:
        self._images[number - 1], self._images[number] = self._images[number], self._images[number - 1]
        self._show_pictures()

    def _drop(self, number: int) -> None:
        del self._images[number]
        self._show_pictures()

    # --- saving ---

    def _filled(self) -> Product:
        self._add_address()
        tags = tuple(t.strip() for t in self.tags.text().replace("，", ",").split(",") if t.strip())
        return replace(
            self.product,
            title=self.name.text().strip(),
            category=self.category.text().strip(),
            vendor=self.vendor.text().strip(),
            tags=tags,
            description=self.words.toPlainText(),
            variants=self._table.variants() if self._table is not None else (self._only(),),
            images=tuple(replace(image, position=n) for n, image in enumerate(self._images)),
            language=self.product.language or (self.desk.shop.language if self.desk.shop else ""),
        )

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


def _field(text: str, name: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    return field


def _labelled(field: QWidget) -> QVBoxLayout:
    return column(Text(field.accessibleName(), "small", tone="muted"), field, gap=4)
