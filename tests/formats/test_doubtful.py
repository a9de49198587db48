"""What a file leaves open or out is said: names, amounts below zero, amounts that read two ways, columns, notes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.formats import headers
from desktop_app.language import telling


def test_a_row_without_a_name_takes_its_code_and_it_is_said(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written("SKU,Name,Price\nA1,Cup,5\nKX-1,,9\n"))
    assert [p.title for p in read.products] == ["Cup", "KX-1"]
    assert [(p.row, p.column) for p in read.problems] == [(3, "Name")]
    assert "KX-1" in read.problems[0].why


def test_a_price_below_zero_is_left_out_and_named(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written("SKU,Name,Price,Cost,Stock\nA1,Cup,-4,2,-3\nA2,Jug,(5.00),2,1\n"))
    assert [(v.price, v.stock) for p in read.products for v in p.variants] == [(None, -3), (None, 1)]
    assert [(p.row, p.column) for p in read.problems] == [(2, "Price"), (3, "Price")]


@pytest.mark.parametrize(
    ("prices", "read_as", "said"),
    [
        (("12,50", "1.234,00", "1.250"), "1250", False),  # the others write decimals with a comma
        (("12.50", "1,250"), "1250", False),
        (("12.50", "1.250"), "1.250", False),  # the others write decimals with a point
        (("900", "1.250"), "1.250", True),  # nobody says
        (("12,50", "3,95", "12.5", "1.250"), "1250", True),  # both ways
        (("900", "1,250"), "1250", False),
    ],
)
def test_an_amount_that_reads_two_ways_is_said_unless_the_others_settle_it(
    written: Callable[..., Path], whole: Callable[..., Any], prices: tuple[str, ...], read_as: str, said: bool
) -> None:
    rows = "".join(f'A{n},Thing {n},"{price}"\n' for n, price in enumerate(prices))
    read = whole(written("SKU,Name,Price\n" + rows))
    assert read.products[-1].variants[0].price == Decimal(read_as)
    assert [p.row for p in read.problems] == ([len(prices) + 1] if said else [])


def test_a_column_of_notes_is_kept_as_a_fact_no_customer_is_told(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written("货号,名称,价格,备注\nA1,茶杯,10,供应商老王\nA2,碗,8,\n"))
    assert [(f.name, f.value) for f in read.products[0].facts] == [("备注", "供应商老王")]
    assert read.products[1].facts == ()
    untold = [word for word in headers.table("columns")["notes"]["words"] if not telling.is_noise(word, "fragile")]
    assert untold == []


def test_columns_that_hold_something_and_are_not_brought_in_are_named(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written("SKU,Name,Price,Updated at,Created at,Colour\nA1,Cup,5,2025-01-02,,red\n"))
    (note,) = [note for note in read.reading.notes if "Updated at" in note]
    assert "Created at" not in note
    assert "Colour" not in note


def test_a_name_over_two_lines_stands_in_one(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    assert whole(written('SKU,Name,Price\nA1,"Lid\nlarge",5\n')).products[0].title == "Lid large"


def test_a_german_variation_belongs_to_its_product(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    head = (
        "ID;Typ;Artikelnummer;Name;Veröffentlicht;Länge (cm);Bestand;Regulärer Preis;Übergeordnet;Attribut 1 Name;"
        "Attribut 1 Wert(e)\n"
    )
    rows = "1;variable;S;Schal;1;180;;;;Farbe;Rot, Grau\n2;variation;S-R;Schal - Rot;1;;5;49,50;S;Farbe;Rot\n"
    (scarf,) = whole(written(head + rows + "3;variation;S-G;Schal - Grau;1;;1;49,50;id:1;Farbe;Grau\n")).products
    assert [v.sku for v in scarf.variants] == ["S-R", "S-G"]
    assert ("Länge", "180", "cm") in [(f.name, f.value, f.unit) for f in scarf.facts]


@pytest.mark.parametrize(
    ("counts", "stock", "said"),
    [
        (("1.000", "-2"), (1000, -2), [2]),  # nobody has a thousandth of a cup
        (("5.000", "12.000"), (5, 12), []),  # this system writes every count so
        (("1.5", "3"), (2, 3), [2]), ((">10", "充足"), (10, None), [2]), (("1,000", "15 pcs"), (1000, 15), []),
        (("нет", "无"), (0, 0), []),
    ],
)  # fmt: skip
def test_a_count_that_may_be_another_is_said(
    written: Callable[..., Path], whole: Callable[..., Any], counts: tuple[str, str], stock: tuple[object, ...],
    said: list[int],
) -> None:  # fmt: skip
    rows = "".join(f'A{n},Thing {n},"{count}"\n' for n, count in enumerate(counts))
    read = whole(written("SKU,Name,Stock\n" + rows))
    assert tuple(p.variants[0].stock for p in read.products) == stock
    assert [p.row for p in read.problems] == said


def test_no_one_weight_is_said_of_variants_that_weigh_differently(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(
        written("SKU,Name,Size,Weight\nR-1,Rope,10 m,2 lb\nR-2,Rope,20 m,4 lb\nC-1,Cup,S,200 g\nC-2,Cup,M,200 g\n")
    )
    assert [[f.value for f in p.facts if f.kind == "weight"] for p in read.products] == [[], ["200"]]
