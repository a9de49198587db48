"""Amazon's own category template, as the merchant downloaded it, with rows of products put in; no column is invented.

Source: the flat files of Seller Central: the first row may say ``settings=attributeRow=3&dataRow=4…``; a row of names
such as ``item_sku`` says what each column is, whatever language the labels above it are in.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.errors import UserError
from desktop_app.formats import encodings, layout_rows, original_sheet, workbooks
from desktop_app.formats.outgoing import with_texts
from desktop_app.formats.reading import Reading, open_text
from desktop_app.formats.recognise import look_at
from desktop_app.records import Field, Product, Variant

HEAD = 12  # rows among which the names stand
TEXTS: frozenset[Field] = frozenset(["description", "title", "points", "keywords"])
_DATA_ROW = re.compile(r"dataRow=(\d+)")
# What stands in a column of this name; ``layout_rows`` says how.
_SOURCES = {
    "item_sku": "code", "item_name": "title", "product_description": "text", "brand_name": "vendor",
    "manufacturer": "vendor", "external_product_id": "barcode", "external_product_id_type": "barcode.kind",
    "standard_price": "price", "quantity": "stock", "main_image_url": "image", "generic_keywords": "tags",
    "parent_child": "kind:Child,Parent", "parent_sku": "child:handle", "relationship_type": "child:=Variation",
    "update_delete": "=Update", "color_name": "kind.colour", "size_name": "kind.size", "material_type": "fact:Material",
    **{f"other_image_url{n}": f"image{n + 1}" for n in range(1, 9)},
}  # fmt: skip
_LONELY = {"parent_child"}  # columns that say nothing of a product without variants


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it was read: what its columns are called, and where rows go."""

    data: bytes
    reading: Reading
    keys: tuple[str, ...]
    first: int  # the first free row, from 1

    @property
    def filled(self) -> tuple[str, ...]:
        """The names of the columns this program fills."""
        return tuple(key for key in self.keys if key in _SOURCES or key.startswith("bullet_point"))


def read(data: bytes, name: str) -> Template:
    """Read a template; UserError for a file that has no row of Amazon's own names."""
    reading = look_at(data, name)
    if workbooks.is_workbook(data):
        for sheet in workbooks.sheet_names(data):
            rows = list(itertools.islice(workbooks.rows(data, sheet), 4000))
            if (at := _names_at(rows)) is not None:
                return Template(data, replace(reading, sheet=sheet), tuple(rows[at]), _free(rows, at))
    else:
        found = encodings.detect(data)
        text = open_text(data, found.encoding).read()
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
        if (at := _names_at(rows)) is not None:
            told = replace(reading, encoding=found.encoding, delimiter="\t")
            return Template(data, told, tuple(rows[at]), _free(rows, at))
    raise UserError(
        "{name} is no Amazon template this program knows: no row of it names “item_sku”. Download the template of your "
        "category from Seller Central and choose it here.", name=name,
    )  # fmt: skip


def fill(template: Template, products: Iterable[tuple[Product, Mapping[str, str]]]) -> tuple[bytes, int]:
    """Return the template with a row for each product and variant, all else byte for byte, and how many rows."""
    handles: set[str] = set()
    codes: set[str] = set()
    rows: list[list[str]] = []
    for product, texts in products:
        whole = with_texts(product if product.variants else replace(product, variants=(Variant(),)), texts)
        family, own = layout_rows.named(whole, handles, codes)
        points = [line.strip(" •-*\t") for line in texts.get("points", "").splitlines() if line.strip()]
        for line in layout_rows.lines(whole, "parents", own, family):
            rows.append([_cell(key.strip(), line, points) for key in template.keys])
    if not template.reading.encoding or workbooks.is_workbook(template.data):
        return original_sheet.put_rows(template.data, template.reading, template.first, rows), len(rows)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\r\n").writerows(rows)
    end = b"" if template.data.endswith((b"\n", b"\r")) or not template.data else b"\r\n"
    added = (end.decode() + text.getvalue()).encode(template.reading.encoding.removesuffix("-sig"), "replace")
    return template.data + added, len(rows)


def _cell(key: str, line: layout_rows.Line, points: Sequence[str]) -> str:
    if key.startswith("bullet_point"):
        number = key.removeprefix("bullet_point")
        place = int(number) - 1 if number.isdigit() else 0
        return points[place] if place < len(points) else ""
    if key not in _SOURCES or (key in _LONELY and not line.varies):
        return ""
    return layout_rows.cell(_SOURCES[key])(line)


def _names_at(rows: Sequence[Sequence[str]]) -> int | None:
    return next((n for n, row in enumerate(rows[:HEAD]) if "item_sku" in [cell.strip() for cell in row]), None)


def _free(rows: Sequence[Sequence[str]], names_at: int) -> int:
    """Return the first row below the names, and below what ``settings`` says, that holds nothing; from 1."""
    said = _DATA_ROW.search(" ".join(rows[0])) if rows else None
    first = max(names_at + 2, int(said[1]) if said else 0)
    last = max((n for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)), default=0)
    return max(first, last + 1)
