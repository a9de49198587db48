"""Bars that say the code they stand for: read back here by the tables of the standard, not by the library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.formats import barcodes

# GS1 General Specifications, figure 5.2.1-3: digits of the left half with odd parity; even parity is its mirror, dark
# and light changed; the right half is dark for light. The first digit stands in the parities.
LEFT = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"]
RIGHT = ["".join("10"[int(m)] for m in digit) for digit in LEFT]
EVEN = [digit[::-1] for digit in RIGHT]
FIRST = ["OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"]


def read_ean13(modules: str) -> str:
    assert len(modules) == 95
    assert (modules[:3], modules[45:50], modules[-3:]) == ("101", "01010", "101")
    digits, parity = "", ""
    for place in range(6):
        part = modules[3 + 7 * place : 10 + 7 * place]
        parity += "O" if part in LEFT else "E"
        digits += str((LEFT if part in LEFT else EVEN).index(part))
    for place in range(6):
        digits += str(RIGHT.index(modules[50 + 7 * place : 57 + 7 * place]))
    return str(FIRST.index(parity)) + digits


def with_check(digits: str) -> str:
    total = sum(int(d) * (3 if place % 2 == 0 else 1) for place, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)


@given(st.text("0123456789", min_size=12, max_size=12).map(with_check))
def test_an_ean_13_is_read_back_as_it_was(code: str) -> None:
    made = barcodes.bars(code)
    assert made is not None
    assert (made.kind, made.text) == ("EAN-13", code)
    assert read_ean13(made.modules) == code


@given(st.text("0123456789", min_size=11, max_size=11).map(with_check))
def test_a_upc_a_is_the_ean_13_with_a_nought_before(code: str) -> None:
    made = barcodes.bars(code)
    assert made is not None
    assert made.kind == "UPC-A"
    assert read_ean13(made.modules) == "0" + code


@pytest.mark.parametrize("code", ["4006381333932", "KIT-0012", "12345", "007"])
def test_what_is_no_ean_becomes_code_128_and_keeps_every_sign(code: str) -> None:
    made = barcodes.bars(code)
    assert made is not None
    assert (made.kind, made.text) == ("Code 128", code)
    assert made.modules.startswith(("11010010000", "11010000100", "11010011100"))
    assert made.modules.endswith("1100011101011")


@pytest.mark.parametrize("code", ["", "  ", "茶杯", "a\tb"])
def test_what_bars_cannot_say_gets_none(code: str) -> None:
    assert barcodes.bars(code) is None
