"""What is saved as a PDF can be read on paper: letters of a size that eyes read, black, inside the edges."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from math import hypot
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage, QPainter

from desktop_app import ui
from desktop_app.errors import UserError
from desktop_app.formats import barcodes
from desktop_app.settings import Settings
from desktop_app.tasks.labels import Label
from desktop_app.trade import Buyer, Order, OrderLine
from desktop_app.ui import record_pdf
from desktop_app.ui.orders import paper
from desktop_app.ui.products.labels import DPI, Sheet, draw_page
from desktop_app.ui.products.labels import write as write_labels
from desktop_app.ui.theme import theme

LONG = "A-CODE-THAT-NO-LABEL-HAS-ROOM-FOR-0001"
LABEL = Label("Oak tray", "", LONG, Decimal("12.50"), barcodes.bars(LONG))
SHEET = Sheet((70, 37), (70, 37), 1, 1)


@pytest.fixture(autouse=True)
def dark(qapp: object) -> Iterator[None]:
    """A dark window, whose letters are white, must not print them so."""
    ui.application(Settings(language="en", theme="dark"))
    theme.use("dark")
    yield
    theme.use("light")


def sizes(path: Path) -> set[float]:
    """Return the sizes of all letters of a PDF, in points."""
    found: set[float] = set()

    def see(text: str, matrix: list[float], of_text: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * hypot(of_text[0], of_text[1]) * hypot(matrix[0], matrix[1]), 1))

    for page in PdfReader(path).pages:
        page.extract_text(visitor_text=see)
    return found


def orders(path: Path, kind: paper.Paper) -> None:
    lines = (OrderLine("Oak tray", "T-1", Decimal(2), Decimal("16.50")), OrderLine("竹砧板", "B-1"))
    one = Order("A-1", "shop", "2026-05-01T10:00:00Z", lines=lines, currency="USD", buyer=Buyer("Mia"), note="Ring")
    paper.write([one, one], path, kind, "Oak & Linen", "UTC")


def record(path: Path) -> None:
    row = ["Oak tray", "en", "", "", "", "", "Carry breakfast to the garden. " * 60, "approved"]
    record_pdf.write([str(n) for n in range(8)], [row] * 4, "Record of the texts", path)


@pytest.mark.parametrize(
    "write",
    [lambda p: orders(p, "packing"), lambda p: orders(p, "invoice"), record],
    ids=["packing", "invoice", "record"],
)
def test_letters_on_paper_are_large_enough_to_read(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "a.pdf")
    found = sizes(tmp_path / "a.pdf")
    assert found
    assert min(found) >= 7
    assert max(found) <= 20
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 2  # an order a page; four long texts over two


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on a file's size is Unix's")
@pytest.mark.parametrize(
    "write", [record, lambda p: write_labels([LABEL] * 40, SHEET, "USD", p)], ids=["record", "labels"]
)
def test_a_full_disk_is_said_and_leaves_the_old_pdf_as_it_was(tmp_path: Path, write: Callable[[Path], None]) -> None:
    import resource

    path = tmp_path / "a.pdf"
    path.write_bytes(b"the old one")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
    try:
        with pytest.raises(UserError, match="cannot be written there"):
            write(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_code_on_a_label_does_not_run_into_the_price(qapp: object) -> None:
    def column(price: Decimal | None) -> list[bool]:
        """Draw a label and tell where along its last line there is ink."""
        label = Label("Oak tray", "", LONG, price, barcodes.bars(LONG))
        image = QImage(int(70 * DPI / 25.4), int(37 * DPI / 25.4), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        draw_page(painter, [label], Sheet((70, 37), (70, 37), 1, 1), "USD")
        painter.end()
        low = range(int(image.height() * 0.78), image.height())
        return [any(image.pixelColor(x, y).lightness() < 128 for y in low) for x in range(image.width())]

    def widest_gap(ink: list[bool]) -> int:
        """Return the widest blank between two things in the right half of the line."""
        inside = "".join("1" if dark else "0" for dark in ink).strip("0")
        return max(len(gap) for gap in inside[len(inside) // 2 :].split("1"))

    assert widest_gap(column(Decimal("1250.00"))) > 2 * widest_gap(column(None))
