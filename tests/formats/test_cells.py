"""A cell is read as a person reads it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.formats import cells


@pytest.mark.parametrize(
    ("cell", "comma", "value"),
    [
        ("69.99", False, "69.99"), ("1,299.00", False, "1299.00"), ("1.299,00", True, "1299.00"), ("€ 45", False, "45"),
        ("45,00 €", False, "45.00"), ("¥199", False, "199"), ("USD 1'250.50", False, "1250.50"),
        ("1 299,90", True, "1299.90"), ("12,5", False, "12.5"), ("1,234", False, "1234"), ("1.234", True, "1234"),
        ("1.234", False, "1.234"), ("-3", False, "-3"),
        ("(12.50)", False, "-12.50"), ("-$5.00", False, "-5.00"), ("5.00-", False, "-5.00"), ("5,- €", True, "5"),
        ("−5", False, "-5"), ("€ -5,00", True, "-5.00"),
        ("0,125", False, "0.125"), ("'007", False, "7"), ("１２．５", False, "12.5"), ("٥٫٥", False, "5.5"),
    ],
)  # fmt: skip
def test_prices_are_read_in_every_notation(cell: str, comma: bool, value: str) -> None:
    assert cells.number(cell, comma) == Decimal(value)


@pytest.mark.parametrize("cell", ["free", "10-20", "NaN", "Infinity", "1_000", "5 for 3"])
def test_what_is_no_single_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError):
        cells.number(cell)


@given(st.decimals(-99999, 99999, places=2))
def test_every_amount_reads_back(amount: Decimal) -> None:
    assert cells.number(f"{amount:,.2f} EUR") == amount
    assert cells.number(f"{amount:,.2f}".replace(",", " ").replace(".", ","), True) == amount


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("\t9001", "9001"),
        ("'0042", "0042"),
        ('="0042"', "0042"),
        ("=1+1", "=1+1"),
        ("'=1+1", "=1+1"),
        ("'90s mug", "'90s mug"),
    ],
)
def test_guards_around_codes_are_taken_off(cell: str, value: str) -> None:
    assert cells.plain(cell) == value


@pytest.mark.parametrize(
    ("cell", "unit", "found"),
    [
        ("350", "g", ("350", "g")),
        ("0,5 kg", "", ("0.5", "kg")),
        ("30 厘米", "", ("30", "cm")),
        ("M", "", ("M", "")),
        ("10 x 20", "cm", ("10 x 20", "")),
    ],
)
def test_measures_keep_their_unit(cell: str, unit: str, found: tuple[str, str]) -> None:
    assert cells.measure(cell, unit) == found


def test_addresses_with_commas_inside_stay_whole() -> None:
    cell = "https://x.example/w_300,h_200/a.jpg, https://x.example/b.jpg;/m/c.png"
    assert cells.addresses(cell) == ["https://x.example/w_300,h_200/a.jpg", "https://x.example/b.jpg", "/m/c.png"]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("1", "active"),
        ("0", "draft"),
        ("-1", "draft"),
        ("TRUE", "active"),
        ("下架", "draft"),
        ("Archived", "archived"),
        ("??", "active"),
    ],
)
def test_status_words_of_shop_systems(cell: str, status: str) -> None:
    assert cells.status(cell) == status
