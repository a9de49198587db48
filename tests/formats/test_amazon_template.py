"""The merchant's own Amazon template comes back with products in it, and nothing else of it is another byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from desktop_app.errors import UserError
from desktop_app.formats import amazon_template, workbooks
from desktop_app.records import Image, Product, Variant

KEYS = ["feed_product_type", "item_sku", "brand_name", "item_name", "external_product_id", "external_product_id_type",
        "standard_price", "quantity", "main_image_url", "other_image_url1", "parent_child", "parent_sku", "color_name",
        "product_description", "bullet_point1", "bullet_point2", "generic_keywords", "batteries_required"]  # fmt: skip
SETTINGS = "settings=attributeRow=3&contentLanguageTag=de_DE&dataRow=4&labelRow=2"
HEAD = [["TemplateType=fptcustom", "Version=2026.0101", "TemplateSignature=abc", SETTINGS],
        ["Produkttyp", "Händler-SKU", "Marke", "Produktname"], KEYS]  # fmt: skip
PRODUCTS = [
    Product("Oak tray", "tray", "<p>Oiled <b>oak</b>.</p><ul><li>Two handles</li></ul>", "Oak & Linen", tags=("tray", "oak"),
            variants=(Variant("T-R", "4006381333931", (("Farbe", "rot"),), Decimal("16.50"), stock=3),
                      Variant("T-B", "036000291452", (("Farbe", "blau"),), Decimal(17), stock=0)),
            images=(Image("https://x.example/1.jpg"), Image("https://x.example/2.jpg"))),
    Product("Mug <b>", "mug", "Plain.", variants=(Variant("M", price=Decimal(9)),)),
]  # fmt: skip
TEXTS = {"points": "- Steht fest\n- Aus Eiche", "keywords": "tablett, eiche"}


def workbook(below: Sequence[Sequence[str]] = (), styled: int = 3) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Anweisungen").write_string(0, 0, "Bitte lesen")
        sheet = book.add_worksheet("Vorlage")
        strong = book.add_format({"bold": True, "bg_color": "#ffcc00"})
        for y, row in enumerate([*HEAD, *below]):
            for x, cell in enumerate(row):
                sheet.write_string(y, x, cell, strong)
        for y in range(len(HEAD) + len(below), len(HEAD) + len(below) + styled):
            sheet.write_blank(y, 1, None, strong)
    return made.getvalue()


def table(data: bytes) -> list[dict[str, str]]:
    rows = list(workbooks.rows(data, "Vorlage"))
    return [dict(zip(KEYS, row, strict=False)) for row in rows[3:] if any(row)]


def test_a_workbook_is_filled_and_all_its_other_parts_stay() -> None:
    before = workbook()
    template = amazon_template.read(before, "vorlage.xlsx")
    assert (template.reading.sheet, template.first) == ("Vorlage", 4)
    after, count = amazon_template.fill(template, [(PRODUCTS[0], TEXTS), (PRODUCTS[1], {})])
    assert count == 4
    rows = table(after)
    assert [row["item_sku"] for row in rows] == ["tray", "T-R", "T-B", "M"]
    assert [row["parent_child"] for row in rows] == ["Parent", "Child", "Child", ""]
    assert [row["parent_sku"] for row in rows] == ["", "tray", "tray", ""]
    red = rows[1]
    assert (red["standard_price"], red["quantity"], red["color_name"]) == ("16.50", "3", "rot")
    assert (red["external_product_id"], red["external_product_id_type"]) == ("4006381333931", "EAN")
    assert rows[2]["external_product_id_type"] == "UPC"
    assert (red["bullet_point1"], red["bullet_point2"]) == ("Steht fest", "Aus Eiche")
    assert red["generic_keywords"].split(",")[0] == "tablett"
    assert rows[0]["product_description"].split("\n")[0] == "Oiled oak."
    assert "<" not in rows[0]["product_description"]
    assert rows[3]["item_name"] == "Mug <b>"
    assert {row["feed_product_type"] + row["batteries_required"] for row in rows} == {""}
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    differ = [n for n in old.namelist() if old.read(n) != new.read(n)]
    assert differ == ["xl/worksheets/sheet2.xml"]
    assert list(workbooks.rows(after, "Vorlage"))[:3] == list(workbooks.rows(before, "Vorlage"))[:3]


def test_rows_that_stand_in_the_template_stay_and_products_come_below() -> None:
    data = workbook(below=[["", "MINE", "Me", "Mine"]])
    after, _count = amazon_template.fill(amazon_template.read(data, "a.xlsx"), [(PRODUCTS[1], {})])
    assert [row["item_sku"] for row in table(after)] == ["MINE", "M"]


def test_a_text_template_grows_by_rows_alone() -> None:
    text = "\r\n".join("\t".join(row) for row in HEAD) + "\r\n"
    before = text.encode("cp1252")
    template = amazon_template.read(before, "vorlage.txt")
    after, count = amazon_template.fill(template, [(PRODUCTS[1], {})])
    assert after.startswith(before)
    assert count == 1
    row = dict(zip(KEYS, after[len(before) :].decode("cp1252").rstrip("\r\n").split("\t"), strict=True))
    assert (row["item_sku"], row["item_name"], row["standard_price"]) == ("M", "Mug <b>", "9")


def test_what_is_no_template_is_refused(tmp_path: Path) -> None:
    for data, name in ((b"a,b\n1,2\n", "a.csv"), (workbook()[:0] + _other(), "b.xlsx")):
        with pytest.raises(UserError, match="item_sku"):
            amazon_template.read(data, name)


def _other() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("x").write_row(0, 0, ["Title", "Price"])
    return made.getvalue()
