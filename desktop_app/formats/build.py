"""The rows of one product → a ``Product``: the columns are looked up once a file, each row costs little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from desktop_app.formats import cells, combinations, headers, taobao
from desktop_app.formats.amounts import Amounts
from desktop_app.formats.facts import Facts
from desktop_app.formats.groups import Row, listed_children
from desktop_app.formats.places import Columns
from desktop_app.formats.reading import Reading
from desktop_app.records import Image, Problem, Product, ProductStatus, Variant
from desktop_app.words import _

_WIX_COLOUR = re.compile(r"^#[0-9a-fA-F]{3,8}:")
_SEPARATOR = re.compile(r"[,;|\s]")
T = TypeVar("T")


class Builder:
    """Makes products of one file's rows; what could not be read is left in ``problems``."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.columns = Columns.of(reading)
        self.facts = Facts(reading)
        self.problems: list[Problem] = []
        self._amounts = Amounts(reading, self.columns, self.problems)
        self._shopify = reading.format.startswith("shopify")
        self._woo = reading.format == "woocommerce"

    def product(self, own: Sequence[Row], variants: Sequence[Row] = ()) -> Product | None:
        """Return the product that ``own`` rows (and rows that are only variants) describe, None if they hold none."""
        if not own:
            return None
        first = own[0]
        made = self._variants(own, variants)
        images = self._images(own)
        description, extra = self._texts(first)
        handle = self._text(first, "handle")
        named = " ".join(self._text(first, "title").split())
        title = named or self._invented(first)
        if "title" in self.columns.first and title and not named:
            why = _("The row has no product name; “{name}” stands in its place.")
            self.problems.append(Problem(first.number, self._header("title"), why.format(name=title)))
        if self.reading.dialect == "etsy":
            title, description = cells.unescaped(title), cells.unescaped(description)
        if not title:
            self.problems.append(
                Problem(first.number, self._header("title"), _("The row has no product name and no code."))
            )
            return None
        if not handle and not any(variant.sku for variant in made):
            handle = self._text(first, "id")
        tags = self.columns.first.get("tags")
        return Product(
            title,
            handle,
            description,
            self._text(first, "vendor"),
            self._category(first),
            self._tags(first.cells[tags]) if tags is not None and first.cells[tags] else (),
            self._status(first),
            self._text(first, "language"),
            self._text(first, "seo_title"),
            self._text(first, "seo_description"),
            self.facts.of(own, made, self._parent_options(first, made)),
            made,
            images,
            extra,
            None,
            first.number,
        )

    # --- the product's own cells --------------------------------------------------------------------------------------

    def _text(self, row: Row, role: str) -> str:
        place = self.columns.first.get(role)
        return cells.plain(row.cells[place]) if place is not None else ""

    def _header(self, role: str) -> str:
        place = self.columns.first.get(role)
        return self.reading.headers[place] if place is not None else ""

    def _invented(self, row: Row) -> str:
        """Return a name for a product whose file has none: its code, else its category in words and its number."""
        for role in ("sku", "handle", "barcode"):
            if text := self._text(row, role):
                return text
        number = self._text(row, "id")
        if not number:
            return ""
        category = self._text(row, "category").replace("_", " ")
        return (
            f"{category[:1].upper()}{category[1:]} {number[:8]}"
            if category
            else _("Product {number}", number=number[:8])
        )

    def _texts(self, row: Row) -> tuple[str, tuple[tuple[str, str], ...]]:
        places = self.columns.first
        at, short_at = places.get("description"), places.get("short_description")
        description = row.cells[at] if at is not None else ""
        extra = [
            (name, v) for place, name, usual in self.columns.extras if (v := row.cells[place]) and v.lower() != usual
        ]
        if short_at is not None and (short := row.cells[short_at].strip()):
            if description.strip():
                extra.append((self.reading.headers[short_at], short))
            else:
                description = short
        if self.reading.dialect == "prestashop" and (number := self._text(row, "id")):
            extra.append((combinations.ID, number))  # its variants come in a file of their own and name it so
        for role in ("taxonomy", "published"):
            place = places.get(role)
            value = row.cells[place].strip() if place is not None else ""
            if value and not (role == "published" and cells.status(value) == self._listed(row)):
                extra.append(("Product category" if role == "taxonomy" else "Published on online store", value))
        return description if description.strip() else "", tuple(extra)

    def _listed(self, row: Row) -> str:
        return "active" if self._status(row) == "active" else "draft"

    def _category(self, row: Row) -> str:
        place = self.columns.first.get("category")
        text = row.cells[place].strip() if place is not None else ""
        if self._shopify:
            return text
        text = cells.category(text.replace("\\,", ",") if self._woo and ">" not in text else text)
        return text.replace("_", " ") if "_" in text and " " not in text else text

    def _tags(self, cell: str) -> tuple[str, ...]:
        if self._shopify:
            return tuple(dict.fromkeys(tag for tag in map(str.strip, cell.split(",")) if tag))
        tags = cells.split_list(cell)
        return tuple(tag.replace("_", " ") for tag in tags) if self.reading.dialect == "etsy" else tags

    def _status(self, row: Row) -> ProductStatus:
        places = self.columns.first
        place = places.get("status", places.get("published"))
        cell = row.cells[place] if place is not None else ""
        if not cell.strip() and "published" in places:
            cell = row.cells[places["published"]]
        return cells.status(cell) if cell else "active"

    # --- pictures -----------------------------------------------------------------------------------------------------

    def _images(self, own: Sequence[Row]) -> tuple[Image, ...]:
        if not self.columns.images:
            return ()
        if self._shopify:
            return self._shopify_images(own)
        if len(self.columns.images) == len(own) == 1:
            cell = own[0].cells[self.columns.images[0]].strip()
            if cell and not _SEPARATOR.search(cell):
                return (Image(cell, self._text(own[0], "image.alt"), 1),)
        found: dict[str, None] = {}
        listed = taobao.pictures if self.reading.dialect == "taobao" else cells.addresses
        for row in own:
            for place in self.columns.images:
                if cell := row.cells[place].strip():
                    found.update(dict.fromkeys(listed(cell)))
        alt = self._text(own[0], "image.alt")
        return tuple(Image(a, alt if n == 1 else "", n) for n, a in enumerate(found, 1))

    def _shopify_images(self, own: Sequence[Row]) -> tuple[Image, ...]:
        at, place_at = self.columns.images[0], self.columns.first.get("image.position")
        alt_at = self.columns.first.get("image.alt")
        found: dict[str, Image] = {}
        for row in own:
            address = row.cells[at].strip()
            if address and address not in found:
                number = row.cells[place_at].strip() if place_at is not None else ""
                place = int(number) if number.isdecimal() else len(found) + 1
                found[address] = Image(address, row.cells[alt_at].strip() if alt_at is not None else "", place)
        return tuple(sorted(found.values(), key=lambda image: image.position))

    # --- variants -----------------------------------------------------------------------------------------------------

    def _variants(self, own: Sequence[Row], more: Sequence[Row]) -> tuple[Variant, ...]:
        if "children" in self.columns.first and (listed := listed_children(self._text(own[0], "children"))):
            return self._children(own[0], listed, {self._text(row, "sku"): row for row in more})
        if packed := self._text(own[0], "sku_props"):
            return self._packed(own[0], packed)
        if more:
            made = tuple(self._variant(row, n, self._options(row, own[0])) for n, row in enumerate(more, 1))
            return self._surcharged(own[0], more, made) if "surcharge" in self.columns.first else made
        if "variation1.values" in self.columns.first:
            return self._combined(own[0])
        if len(own) == 1:
            return (self._variant(own[0], 1, self._options(own[0], own[0])),)
        rows = [own[0], *(row for row in own[1:] if self._is_variant(row))]
        varying = [] if self._shopify else self.facts.varying(rows)
        return tuple(
            self._variant(
                row,
                n,
                self._options(row, own[0]) + tuple((name, v) for name, at in varying if (v := row.cells[at].strip())),
            )
            for n, row in enumerate(rows, 1)
        )

    def _is_variant(self, row: Row) -> bool:
        places = self.columns.first
        signs = [places[role] for role in ("option1.value", "sku", "price", "barcode") if role in places]
        return not self._shopify or any(row.cells[place].strip() for place in signs)

    def _options(self, row: Row, first: Row) -> tuple[tuple[str, str], ...]:
        """Return the options of a row; Shopify names them on the first row of a product only."""
        found = []
        for name_at, value_at in self.columns.numbered:
            name, value = row.cells[name_at].strip() or first.cells[name_at].strip(), row.cells[value_at].strip()
            if self._woo:
                value = value.replace("\\,", ",")
            if self.reading.dialect == "wix":
                value = _WIX_COLOUR.sub("", value)
            if name and value and not (name == "Title" and value == "Default Title"):
                found.append((name, value))
        if self._woo and row is first:
            return ()  # a simple product has attributes, which are facts
        found += [(name, value) for name, place in self.columns.options if (value := row.cells[place].strip())]
        if (place := self.columns.first.get("relation")) is not None and row is not first:
            pairs = (pair.partition("=") for pair in row.cells[place].split("|"))
            found += [(name.strip(), value.strip()) for name, mark, value in pairs if mark]
        return tuple(found)

    def _variant(self, row: Row, position: int, options: tuple[tuple[str, str], ...]) -> Variant:
        places, line = self.columns.first, row.cells
        price, compare = self._amounts.number(row, "price"), self._amounts.number(row, "compare_at")
        sale = self._amounts.number(row, "sale_price") if "sale_price" in places else None
        if price is not None and "discount.value" in places:
            sale = self._discounted(row, price)
        if sale is not None and (price is None or sale < price):
            price, compare = sale, price if price is not None else compare
        at = places.get(
            "variant.image", self.columns.images[0] if self._woo and options and self.columns.images else None
        )
        return Variant(
            cells.plain(line[places["sku"]]) if "sku" in places else "",
            self._barcode(row),
            options,
            price,
            compare,
            self._amounts.number(row, "cost"),
            self._amounts.stock(row),
            self._amounts.weight(row),
            next(iter(cells.addresses(line[at])), "") if at is not None and line[at] else "",
            self._variant_extra(row),
            position,
        )

    def _barcode(self, row: Row) -> str:
        place = self.columns.first.get("barcode")
        code = cells.plain(row.cells[place]) if place is not None else ""
        if cells.is_shortened(code):
            why = _("A spreadsheet shortened the barcode to “{cell}”; its digits are lost. Save that column as text.")
            self.problems.append(Problem(row.number, self._header("barcode"), why.format(cell=code)))
            return ""
        # Amazon's own numbers stand in the same column, and are no barcodes.
        return "" if self.reading.dialect == "amazon" and not code.isdigit() else code

    def _discounted(self, row: Row, price: Decimal) -> Decimal | None:
        """Return what Wix takes after its discount, in per cent or in money; None for no discount."""
        off = self._amounts.number(row, "discount.value")
        if not off:
            return None
        percent = self._text(row, "discount.mode").upper() != "AMOUNT"
        return (price * (100 - off) / 100).quantize(Decimal("0.01")) if percent else price - off

    def _variant_extra(self, row: Row) -> tuple[tuple[str, str], ...]:
        found = [
            (name, v) for at, name, usual in self.columns.variant_extras if (v := row.cells[at]) and v.lower() != usual
        ]
        tracker, stock = self.columns.first.get("tracker"), self.columns.first.get("stock")
        if tracker is not None:
            value = row.cells[tracker].strip()
            counted = stock is not None and row.cells[stock].strip()
            if value != ("shopify" if counted else ""):
                found.append(("Inventory tracker", value))
        return tuple(found)

    def _packed(self, row: Row, packed: str) -> tuple[Variant, ...]:
        """Return the variants that Taobao packs into a cell; where it is written otherwise the product is one."""
        whole = self._variant(row, 1, ())
        try:
            return taobao.variants(packed, self._text(row, "prop_alias"), whole) or (whole,)
        except ValueError:
            why = _("The variants in this cell are not written as Taobao writes them, so the product came in as one.")
            self.problems.append(Problem(row.number, self._header("sku_props"), why))
            return (whole,)

    def _surcharged(self, parent: Row, rows: Sequence[Row], made: tuple[Variant, ...]) -> tuple[Variant, ...]:
        """Return Wix's variants with their prices: the product's own and what each costs more."""
        whole = self._variant(parent, 1, ())
        found = []
        for row, variant in zip(rows, made, strict=True):
            more = self._amounts.number(row, "surcharge") or Decimal(0)
            if variant.price is None and whole.price is not None:
                compare = None if whole.compare_at is None else whole.compare_at + more
                variant = replace(variant, price=whole.price + more, compare_at=compare)
            found.append(variant)
        return tuple(found)

    def _children(
        self, parent: Row, listed: Sequence[tuple[str, tuple[tuple[str, str], ...]]], rows: dict[str, Row]
    ) -> tuple[Variant, ...]:
        made = []
        for position, (sku, options) in enumerate(listed, 1):
            named = tuple((headers.readable(name), value) for name, value in options)
            row = rows.get(sku)
            if row is None:
                why = _("The variant {sku} is named here and is not in the file.")
                self.problems.append(Problem(parent.number, self._header("children"), why.format(sku=sku)))
                made.append(
                    Variant(sku=sku, options=named, price=self._amounts.number(parent, "price"), position=position)
                )
                continue
            variant = self._variant(row, position, named)
            at = self.columns.first.get("image")
            image = row.cells[at].strip() if at is not None else ""
            price = variant.price if variant.price is not None else self._amounts.number(parent, "price")
            made.append(replace(variant, price=price, image=image or variant.image))
        return tuple(made)

    def _combined(self, row: Row) -> tuple[Variant, ...]:
        """Return every combination of the values that an Etsy listing names."""
        base = self._variant(row, 1, ())
        axes = [
            [(name, value) for value in cells.split_list(row.cells[value_at])]
            for name_at, value_at in self.columns.numbered
            if (name := row.cells[name_at].strip()) and row.cells[value_at].strip()
        ]
        if not axes:
            return (base,)
        combined: list[tuple[tuple[str, str], ...]] = [()]
        for axis in axes:
            combined = [(*before, option) for before in combined for option in axis]
        skus = [part.strip() for part in base.sku.split(",")]
        each = skus if len(skus) == len(combined) else [base.sku] + [""] * (len(combined) - 1)
        return tuple(
            Variant(sku, "", options, base.price, base.compare_at, position=n)
            for n, (options, sku) in enumerate(zip(combined, each, strict=True), 1)
        )

    def _parent_options(self, row: Row, made: Sequence[Variant]) -> tuple[str, ...]:
        """Return the names of the options by which this product's variants differ."""
        return tuple(dict.fromkeys(name for variant in made for name, _value in variant.options))
