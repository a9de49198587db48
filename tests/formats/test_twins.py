"""Rows of one file that carry the same code."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

HEAD = "货号,名称,颜色,价格,库存,备注\n"


def test_one_code_with_two_colours_is_one_product_with_two_variants(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + "A1,茶杯,红,10,5,\nB1,碗,白,8,3,\nA1,茶杯,蓝,12,6,老款\n"))
    assert [p.title for p in read.products] == ["碗", "茶杯"]
    cup = read.products[1]
    assert [(v.sku, v.options, v.price) for v in cup.variants] == [
        ("A1", (("颜色", "红"),), Decimal(10)),
        ("A1", (("颜色", "蓝"),), Decimal(12)),
    ]
    assert read.problems == ()


def test_a_row_that_repeats_another_is_named_with_what_it_says_otherwise(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + "A1,茶杯,红,10,5,\nA1,茶杯,红,11,5,\nA1,,红,10,5,\n"))
    assert len(read.products) == 1
    assert [v.price for v in read.products[0].variants] == [Decimal(10)]
    assert [(p.row, p.column) for p in read.problems] == [(3, "货号"), (4, "货号")]
    assert "row 2" in read.problems[0].why
    assert "价格 11 (10)" in read.problems[0].why
    assert "(" not in read.problems[1].why.partition("row 2")[2]


def test_what_the_first_of_two_equal_rows_leaves_open_is_taken_from_the_second(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + "A1,茶杯,红,面议,,\nA1,茶杯,红,11,5,\n"))
    (variant,) = read.products[0].variants
    assert (variant.price, variant.stock) == (Decimal(11), 5)
    assert [p.row for p in read.problems] == [3]
    assert "价格 11" in read.problems[0].why


def test_two_names_under_one_code_both_come_in_and_it_is_said(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + "B1,碗,白,8,3,\nB1,盘,白,9,3,\n"))
    assert [(p.title, p.sku) for p in read.products] == [("碗", "B1"), ("盘", "B1")]
    assert [(p.row, p.column) for p in read.problems] == [(3, "货号")]
    assert "碗" in read.problems[0].why


def test_variants_of_a_handle_that_repeat_are_named_too(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    head = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
    read = whole(written(head + "cap,Cap,Size,S,C-1,5\ncap,,,M,C-1,5\ncap,,,S,C-1,6\n"))
    assert [v.options for v in read.products[0].variants] == [(("Size", "S"),), (("Size", "M"),)]
    assert [p.row for p in read.problems] == [4]


def test_a_fact_written_on_the_first_row_only_is_the_products(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written("Handle,Title,SKU,Price,Size,Material\ncap,Cap,C-1,5,S,wool\ncap,Cap,C-2,5,M,\n"))
    (cap,) = read.products
    assert [v.options for v in cap.variants] == [(("Size", "S"),), (("Size", "M"),)]
    assert ("Material", "wool") in [(f.name, f.value) for f in cap.facts]


def test_rows_of_one_name_with_other_sizes_and_colours_are_variants(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    head = "Style,Name,Size,Colour,SKU,Price,Qty,Material,Notes\n"
    rows = (
        "TS,T-shirt,S,red,TS-S-R,10,1,cotton,old\nCAP,Cap,,black,CAP-1,8,9,felt,\n"
        "TS,T-shirt,M,red,TS-M-R,10,2,linen,\nTS,T-shirt,S,blue,TS-S-B,11,3,cotton,\n"
    )
    read = whole(written(head + rows))
    assert [p.title for p in read.products] == ["Cap", "T-shirt"]
    assert [(v.sku, v.options) for v in read.products[1].variants] == [
        ("TS-S-R", (("Size", "S"), ("Colour", "red"))),
        ("TS-M-R", (("Size", "M"), ("Colour", "red"))),
        ("TS-S-B", (("Size", "S"), ("Colour", "blue"))),
    ]
    facts = [(f.name, f.value) for f in read.products[1].facts]
    assert ("Material", "cotton") in facts
    assert ("Material", "linen") in facts
    assert ("Notes", "old") in facts
    assert read.problems == ()


def test_rows_of_one_name_that_are_other_things_stay_apart(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    rows = "Vase,V-1,red,Acme\nVase,V-2,red,Acme\nVase,V-3,blue,Other\nVase,V-4,,Acme\n"
    read = whole(written("Name,SKU,Colour,Brand\n" + rows))
    assert [p.sku for p in read.products] == ["V-1", "V-2", "V-3", "V-4"]


def test_a_merged_cell_holds_the_name_of_the_sizes_below_it_and_it_is_said(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written("名称,货号,价格,尺码\n围巾,YR-1,299,S\n,YR-2,299,M\n,KX-1,9,\n手套,ST-1,59,\n"))
    assert [(p.title, len(p.variants)) for p in read.products] == [("围巾", 2), ("KX-1", 1), ("手套", 1)]
    assert [p.row for p in read.problems] == [3, 4]
    assert "“围巾”" in read.problems[0].why


def test_a_barcode_a_spreadsheet_shortened_is_said_and_left_out(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written("SKU,Name,Barcode\n1,Cup,6.90123E+12\n2,Jug,6901234567892\n"))
    assert [p.variants[0].barcode for p in read.products] == ["", "6901234567892"]
    assert [(p.row, p.column) for p in read.problems] == [(2, "Barcode")]
