"""Every format that comes in goes out and comes in again unchanged, for what it carries; the rest is said."""

from __future__ import annotations

import string
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import formats
from desktop_app.formats import cells, losing
from desktop_app.records import Fact, Image, Product, ProductStatus, Variant

STOP = threading.Event()
KEYS = sorted(formats.layouts())
# What a format keeps of any product. What is not here it may keep of some.
CARRIES: dict[str, set[str]] = {
    "magento": {"sku", "barcode-", "price", "compare_at", "stock", "title", "description", "category", "options",
                "seo", "images", "alt", "facts", "handle", "draft"},
    "prestashop": {"sku", "barcode", "price", "cost", "stock", "weight", "title", "description", "vendor", "category",
                   "tags", "seo", "images", "facts", "handle", "draft", "options"},
    "wix": {"sku", "price", "compare_at-", "cost", "stock", "title", "description", "vendor", "category", "images", "options",
            "handle", "draft"},
    "square": {"sku", "barcode", "price", "cost", "stock", "weight", "title", "description", "vendor", "category"},
    "etsy": {"sku", "price", "stock", "title", "description", "tags", "images"},
    "ebay": {"sku", "barcode", "price", "stock", "title", "description", "vendor", "category", "images", "options"},
    "amazon": {"sku", "barcode", "price", "stock"},
    "taobao": {"sku", "barcode", "price", "stock", "title", "description"},
    "table": {"options", "facts", "sku", "barcode", "price", "compare_at", "cost", "stock", "weight", "title", "description", "vendor",
              "category", "tags", "seo", "images", "alt", "handle", "draft"},
    "shopify": {"sku", "barcode", "price", "compare_at", "cost", "stock", "weight", "title", "vendor", "category", "tags",
                "seo", "images", "alt", "options", "handle", "draft"},
    "woocommerce": {"sku", "barcode", "price", "stock", "weight", "title", "description", "vendor", "category", "images",
                    "options", "draft"},
}  # fmt: skip
WORD = st.text(string.ascii_letters + "红蓝éßж", min_size=2, max_size=9)
TITLE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
MONEY = st.decimals(1, 9999, places=2)


@st.composite
def products(draw: st.DrawFn, key: str) -> list[Product]:
    """Products that hold what the format carries and nothing else."""
    has = CARRIES[key]

    def maybe(name: str, drawn: st.SearchStrategy[Any], nothing: Any) -> Any:
        return draw(drawn) if name in has else nothing

    made = []
    for number in range(draw(st.integers(1, 3))):
        names = draw(st.lists(st.sampled_from(["Size", "Colour"]), max_size=2, unique=True)) if "options" in has else []
        values = draw(st.lists(WORD, min_size=2, max_size=3, unique=True)) if names else [""]
        variants = []
        for place, value in enumerate(values, 1):
            price = draw(MONEY)
            variants.append(
                Variant(
                    f"SKU-{number}-{place}", maybe("barcode", st.sampled_from(["4006381333931", "036000291452"]), ""),
                    tuple((name, f"{value} {name}" if n else value) for n, name in enumerate(names)), price,
                    maybe("compare_at", st.one_of(st.none(), st.just(price + 5)), None), maybe("cost", MONEY, None),
                    maybe("stock", st.integers(0, 999), None),
                    maybe("weight", st.one_of(st.none(), st.integers(1, 9999).map(Decimal)), None), position=place,
                )
            )  # fmt: skip
        images = tuple(
            Image(f"https://x.example/{number}-{n}.jpg", f"Alt {n}" if "alt" in has and n == 1 else "", n)
            for n in range(1, maybe("images", st.integers(0, 3), 0) + 1)
        )
        status: ProductStatus = maybe("draft", st.sampled_from(["active", "draft"]), "active")
        title = maybe("title", TITLE.map(lambda t, n=number: f"{t} {n}"), f"SKU-{number}-1")  # type: ignore[misc]
        facts = (Fact("Pattern", draw(WORD.filter(lambda word: not cells.is_flag(word)))),) if "facts" in has else ()
        made.append(
            Product(
                title, f"handle-{number}" if "handle" in has else "",
                maybe("description", TITLE.map(lambda t: f"{t}, in two lines.\nWith “quotes”; and more."), ""),
                maybe("vendor", TITLE, ""), maybe("category", TITLE, ""),
                tuple(maybe("tags", st.lists(WORD, max_size=3, unique=True), [])), status, "",
                *([f"Seo {number}", "Short, and good"] if "seo" in has else ["", ""]), facts, tuple(variants), images,
            )
        )  # fmt: skip
    return made


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_products_come_back_as_they_went_out(key: str, data: st.DataObject) -> None:
    made = data.draw(products(key))
    found = losing.came_back(key, made)
    assert [product.title for product in found] == [product.title for product in made]
    assert [losing.differing(a, b) for a, b in zip(made, found, strict=True)] == [set()] * len(made)


# Etsy's own export names its columns in the shop's language; the file that goes out is the English one.
REAL = {
    "etsy_listings_italian_headers.csv": ("etsy", {"facts"}),
    "magento2_configurable_products.csv": ("magento", set()),
    "magento2_gear_bags.csv": ("magento", set()),
    "prestashop_thirtybees_products_import.csv": ("prestashop", set()),
    "shopify_product_data_packt.csv": ("shopify", set()),
    "woocommerce_importer_unittest.csv": ("woocommerce", set()),
    "woocommerce_sample_products.csv": ("woocommerce", set()),
}


@pytest.mark.parametrize("name", sorted(REAL))
def test_real_files_go_out_and_come_in_again_in_their_own_format_and_as_a_table(
    catalog: Path, whole: Callable[..., Any], name: str
) -> None:
    before = whole(catalog / name).products
    key, lost = REAL[name]
    for format, expected in ((key, lost), ("table", set())):
        found = losing.came_back(format, before)
        assert len(found) == len(before)
        assert set().union(*(losing.differing(a, b) for a, b in zip(before, found, strict=True))) == expected, format


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_a_table_comes_back_whole_as_text_and_as_a_workbook(
    catalog: Path, whole: Callable[..., Any], tmp_path: Path, ending: str
) -> None:
    before = whole(catalog / "magento2_configurable_products.csv").products
    zeros = Product("Mug", "mug", "a\n\nb   c", variants=(Variant("007", "0036000291452", price=Decimal("9.90")),))
    list(formats.write("table", [(p, {}) for p in [*before, zeros]], tmp_path / f"out{ending}", STOP))
    after = whole(tmp_path / f"out{ending}").products
    assert len(after) == len(before) + 1
    assert [losing.differing(a, b) for a, b in zip([*before, zeros], after, strict=True)] == [set()] * len(after)


def test_what_a_format_has_no_place_for_is_said_and_only_that() -> None:
    options = (("Size", "M"),)
    full = Product(
        "Mug", "mug", vendor="V", tags=("a",), variants=(Variant("M", "4006381333931", options, Decimal(5)),)
    )
    assert formats.lost_fields("amazon", [full]) == {"title", "handle", "vendor", "tags", "options"}
    assert "brands" in formats.losses("etsy", [full])[0]
    assert formats.losses("table", [full]) == []
    assert formats.losses("square", [full, full])[0].startswith("Square tells products apart by their names")


def test_taobao_files_are_utf_16_with_its_two_rows_of_names(tmp_path: Path) -> None:
    list(
        formats.write(
            "taobao", [(Product("杯子", variants=(Variant("A1", price=Decimal(9)),)), {})], tmp_path / "a.csv", STOP
        )
    )
    data = (tmp_path / "a.csv").read_bytes()
    assert data[:2] in (b"\xff\xfe", b"\xfe\xff")
    lines = data.decode("utf-16").split("\n")
    assert lines[0] == "version 1.00"
    assert [line.count("\t") for line in lines[1:4]] == [62, 62, 62]
    reading = formats.look(tmp_path / "a.csv")
    assert (reading.dialect, reading.rows) == ("taobao", 1)
    (made,) = (item for item in formats.read(reading, STOP) if isinstance(item, Product))
    assert made.facts == ()


def test_every_format_the_command_line_names_is_written() -> None:
    from desktop_app.cli import grammar
    from desktop_app.tasks import export_products

    assert export_products.known() == grammar.WRITTEN
