"""Tables for people: rows to mend, drafts to read, and no formula a spreadsheet would run."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.formats import saving
from desktop_app.formats.orders import look_orders, read_orders
from desktop_app.records import Draft, Problem


def table(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_rows_to_mend_come_with_number_column_and_reason(
    written: Callable[..., Path], whole: Callable[..., Any], tmp_path: Path
) -> None:
    read = whole(written("sku,title,price\n=A1,Mug,soon\nA2,Cup,5\nA3,Big, jug,7\nA4,Pot,9\n"))
    formats.write_problems(read.problems, read.reading, tmp_path / "mend.csv")
    head, first, second = table(tmp_path / "mend.csv")
    assert head == ["Row", "Column", "Reason", "sku", "title", "price"]
    assert (first[0], first[1], first[3:]) == ("2", "price", ["=A1", "Mug", "soon"])
    assert (second[0], second[3:]) == ("4", ["A3", "Big", " jug", "7"])


def test_rows_of_orders_to_mend_come_likewise(written: Callable[..., Path], tmp_path: Path) -> None:
    reading = look_orders(written("Order no,Date,Product,Qty,Price\n1,2026-01-02,Cup,1,5\n2,2026-01-02,Cup,many,5\n"))
    problems = [found for found in read_orders(reading) if isinstance(found, Problem)]
    formats.write_problems(problems, reading, tmp_path / "mend.csv")
    (head, row) = table(tmp_path / "mend.csv")
    assert head == ["Row", "Column", "Reason", "Order no", "Date", "Product", "Qty", "Price"]
    assert (row[0], row[1], row[3:]) == ("3", "Qty", ["2", "2026-01-02", "Cup", "many", "5"])


def test_mended_rows_can_be_imported_again(
    written: Callable[..., Path], whole: Callable[..., Any], tmp_path: Path
) -> None:
    read = whole(written("sku,title,price\n=1+1,Mug,soon\nA2,Cup,5\nA3,Jug,6\n"))
    formats.write_problems(read.problems, read.reading, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text("utf-8").replace("soon", "4")
    again = whole(written(text, "mended.csv"))
    assert [(p.sku, str(p.variants[0].price), p.facts) for p in again.products] == [("=1+1", "4", ())]


def test_drafts_are_written_without_formulas(tmp_path: Path) -> None:
    draft = Draft(1, "description", "en", "=HYPERLINK(1)", made="2024-01-01")
    formats.write_drafts([("+cmd", draft), ("杯子", draft)], tmp_path / "drafts.csv")
    _head, first, second = table(tmp_path / "drafts.csv")
    assert (first[0], first[-1], second[0]) == ("'+cmd", "'=HYPERLINK(1)", "杯子")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "may not be written"), (errno.EIO, "could not be")],
)
def test_failing_disk_leaves_the_old_file_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def fail(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(saving.os, "fsync", fail)
    with pytest.raises(UserError, match=words):
        formats.write_bytes(b"new", path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Nothing was changed"):
        formats.write_bytes(b"x", tmp_path / "nowhere" / "out.csv")


def test_written_file_can_be_read_by_others_as_before(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    formats.write_bytes(b"new", path)
    assert path.stat().st_mode & 0o777 == 0o640
