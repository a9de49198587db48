"""Rows that cannot be read are named with row, column and reason; all others come in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app import formats
from desktop_app.errors import UserError

HEAD = "sku,title,price,stock,description\n"
GOOD = "A1,Mug,5.00,3,blue\n"


def test_quote_that_is_never_closed_costs_one_row(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written(HEAD + GOOD + 'A2,Cup,6.00,1,"never closed\nA3,Jug,7.00,2,green\nA4,Pot,8.00,2,"a ""b"""\n'))
    assert [p.sku for p in read.products] == ["A1", "A3", "A4"]
    assert [(p.row, p.column) for p in read.problems] == [(3, "")]
    assert "description" in read.problems[0].why


def test_quote_open_to_the_end_of_the_file_costs_one_row(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + GOOD + 'A2,"Cup,6.00,1,x\nA3,Jug,7.00,2,green\n'))
    assert [p.sku for p in read.products] == ["A1", "A3"]
    assert len(read.problems) == 1


def test_broken_multi_line_cell_makes_no_products_of_its_lines(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + GOOD + 'A2,Cup,6.00,1,"first line\nsecond line\nthird, line'))
    assert [p.sku for p in read.products] == ["A1"]
    assert [p.row for p in read.problems] == [3]


def test_too_many_cells_leave_the_row_out(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written(HEAD + "A0,Big, round mug,5.00,3,blue\n" + GOOD))
    assert [p.sku for p in read.products] == ["A1"]
    assert [(p.row, p.column) for p in read.problems] == [(2, "")]
    assert "6 cells" in read.problems[0].why


def test_too_few_cells_leave_the_rest_empty_and_say_so(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written(HEAD + "A0,Mug,5.00\n" + GOOD))
    assert [p.sku for p in read.products] == ["A0", "A1"]
    assert [(p.row, p.column) for p in read.problems] == [(2, "stock")]


def test_half_written_last_row_is_left_out_and_named(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written(HEAD + GOOD + "A2,Cup,19"))
    assert [p.sku for p in read.products] == ["A1"]
    assert [(p.row, p.why) for p in read.problems] == [(3, "The file ends in the middle of this row.")]


def test_character_cut_in_half_at_the_end_is_named(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written((HEAD + GOOD + "A2,杯,6,1,青色").encode()[:-1]))
    assert read.reading.encoding == "utf-8"
    assert [p.sku for p in read.products] == ["A1"]
    assert [p.row for p in read.problems] == [3]


def test_nul_bytes_are_taken_out_and_named(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written(HEAD + "A0,M\0ug,5.00,3,blue\n" + GOOD))
    assert [p.title for p in read.products] == ["Mug", "Mug"]
    assert [(p.row, p.column) for p in read.problems] == [(2, "title")]


def test_price_that_is_no_number_is_named_and_the_product_stays(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    good = "".join(GOOD.replace("A1", f"A{n}") for n in (1, 2, 3))
    read = whole(written(HEAD + "A0,Mug,on request,3,blue\n" + good))
    assert read.products[0].variants[0].price is None
    assert [(p.row, p.column) for p in read.problems] == [(2, "price")]
    assert "on request" in read.problems[0].why


def test_empty_lines_and_trailing_separators_are_no_problem(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + "\n" + "A1,Mug,5.00,3,blue,,\n,,,,\n" + "A2,Cup,5.00,3,blue\n"))
    assert [(p.sku, p.source_row) for p in read.products] == [("A1", 3), ("A2", 5)]
    assert read.problems == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(written: Callable[..., Path], whole: Callable[..., Any], end: str) -> None:
    read = whole(written((HEAD + GOOD + 'A2,Cup,6,1,"two\nlines"\n').replace("\n", end)))
    assert [p.description for p in read.products] == ["blue", f"two{end}lines"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_separator_is_recognised(written: Callable[..., Path], whole: Callable[..., Any], mark: str) -> None:
    read = whole(written((HEAD + GOOD + 'A2,Cup,6,1,"with , inside"\n').replace(",", mark)))
    assert read.reading.delimiter == mark
    assert [p.sku for p in read.products] == ["A1", "A2"]


def test_inch_mark_inside_a_cell_is_no_quote(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written(HEAD + 'A1,Shelf 29" wide,5,3,oak\nA2,Shelf,5,3,pine\n'))
    assert [p.title for p in read.products] == ['Shelf 29" wide', "Shelf"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_empty_file_is_refused_as_empty(written: Callable[..., Path], content: bytes) -> None:
    with pytest.raises(UserError, match="is empty"):
        formats.look(written(content))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"<html><table>", b"GGUF\x03\0\0\0", bytes(4000)]
)
def test_file_that_is_no_table_is_refused(written: Callable[..., Path], content: bytes) -> None:
    with pytest.raises(UserError):
        formats.look(written(content))


def test_missing_file_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        formats.look(tmp_path / "nowhere.csv")


def test_headers_may_stand_below_a_title_line(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    read = whole(written("Price list spring,,,,\n,,,,\n" + HEAD + GOOD))
    assert (read.reading.header_row, [p.source_row for p in read.products]) == (3, [4])
