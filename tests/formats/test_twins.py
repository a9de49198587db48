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
