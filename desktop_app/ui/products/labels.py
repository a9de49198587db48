"""Labels with barcodes as a PDF: a sheet of many or one a page, drawn by Qt in bars that a scanner reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop_app.errors import UserError
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.printing import whole
from desktop_app.ui.widgets import Button, Pick, Text, column, row
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.tasks.labels import Label

DPI = 600


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where labels stand on a page; all in millimetres."""

    page: tuple[float, float]
    label: tuple[float, float]
    columns: int
    rows: int
    left: float = 0.0
    top: float = 0.0


SHEETS: dict[str, Sheet] = {
    "a4-24": Sheet((210, 297), (70, 37), 3, 8, 0, 0.5),
    "a4-65": Sheet((210, 297), (38.1, 21.2), 5, 13, 9.75, 10.7),
    "letter-30": Sheet((215.9, 279.4), (66.7, 25.4), 3, 10, 7.9, 12.7),
    "roll-62": Sheet((62, 29), (62, 29), 1, 1),
}


class LabelsDialog(QDialog):
    """Choose the sheet and how many, then where to save the PDF."""

    def __init__(self, parent: QWidget, desk: Desk, products: list[int]) -> None:
        super().__init__(parent)
        self._desk, self._products = desk, products
        self.setWindowTitle(_("Labels with barcodes"))
        self.sheet, self.count = Pick(), Pick()
        self.sheet.setAccessibleName(_("Which sheet"))
        self.count.setAccessibleName(_("How many labels"))
        for key, name in _sheets():
            self.sheet.addItem(name, key)
        for key, name in (("one", _("one of each")), ("stock", _("one for each piece in stock"))):
            self.count.addItem(name, key)
        self.said = Text("", tone="bad", wrap=True)
        why = _("EAN and UPC where the barcode is one, else Code 128 of the barcode or the SKU. Print at 100 %.")
        self.save = Button(_("Save as PDF…"), self.ask_where, kind="main")
        self.save.setDefault(True)
        self.setLayout(
            column(self.sheet, self.count, Text(why, tone="muted", wrap=True), self.said,
                   row(None, Button(_("Cancel"), self.reject), self.save, gap=8), gap=12, margins=(24, 20, 24, 20))
        )  # fmt: skip
        self.resize(460, 220)

    def ask_where(self) -> None:
        """Ask where to, then write."""
        name = _("Labels")
        chosen, _kind = QFileDialog.getSaveFileName(self, name, f"{name}.pdf", "PDF (*.pdf)")
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(".pdf"))

    def write(self, path: Path) -> None:
        """Write the labels to ``path``."""
        products, count = self._products, self.count.currentData()
        sheet = SHEETS[self.sheet.currentData()]
        currency = self._desk.shop.currency if self._desk.shop else ""

        def read(shop: Any) -> list[Label]:
            from desktop_app.tasks import labels

            return labels.labels(shop, products, count)

        def print_them(found: list[Label]) -> None:
            if not found:
                self._desk.said.emit(_("None of these is in stock, so there is no label to print."), False)
                return
            try:
                write(found, sheet, currency, path)
            except UserError as why:
                self.said.setText(str(why))
                return
            bare = sum(1 for label in found if label.bars is None)
            text = several("{count} label saved", "{count} labels saved", len(found))
            if bare:
                text += " · " + several("{count} without a code", "{count} without a code", bare)
            self._desk.said.emit(text, False)
            self.accept()

        self._desk.ask(read, print_them, key="labels")


def write(labels: list[Label], sheet: Sheet, currency: str, path: Path) -> None:
    """Draw labels into a PDF; UserError where it cannot be written."""
    size = QPageSize(QSizeF(*sheet.page), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    each = sheet.columns * sheet.rows
    with whole(path, _("Labels")) as writer:
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        writer.setResolution(DPI)
        painter = QPainter()
        if painter.begin(writer):
            for start in range(0, len(labels), each):
                if start:
                    writer.newPage()
                draw_page(painter, labels[start : start + each], sheet, currency)
            painter.end()


def draw_page(painter: QPainter, labels: list[Label], sheet: Sheet, currency: str) -> None:
    """Draw the labels of one page in ``DPI`` dots an inch."""
    for n, label in enumerate(labels):
        down, along = divmod(n, sheet.columns)
        box = QRectF(sheet.left + along * sheet.label[0], sheet.top + down * sheet.label[1], *sheet.label)
        _draw(painter, label, currency, box, DPI / 25.4)


def _draw(painter: QPainter, label: Label, currency: str, box: QRectF, dots: float) -> None:
    """Draw one label: the name above, bars in whole dots in the middle, code and price below."""
    edge = min(box.width(), box.height()) * 0.08
    inside = box.adjusted(edge, edge, -edge, -edge)
    line = inside.height() * 0.17
    name = " · ".join(part for part in (label.title, label.options) if part)
    _write(painter, name, QRectF(inside.left(), inside.top(), inside.width(), line), dots, strong=True)
    below = QRectF(inside.left(), inside.bottom() - line, inside.width(), line)
    price = local.money(label.price, currency) if label.price is not None else ""
    taken = _write(painter, price, below, dots, strong=True, right=True)
    beside = below.adjusted(0, 0, -taken - edge / 2 if taken else 0, 0)  # a code never runs into the price
    _write(painter, label.sku if label.bars is None else label.bars.text, beside, dots)
    if label.bars is None:
        return
    quiet = 20  # light modules beside the bars, ten on each side
    module = max(int(inside.width() * dots / (len(label.bars.modules) + quiet)), 1)
    wide = module * len(label.bars.modules)
    start = int(inside.left() * dots + (inside.width() * dots - wide) / 2)
    top = int((inside.top() + line * 1.15) * dots)
    high = int((inside.height() - line * 2.3) * dots)
    for at, dark in enumerate(label.bars.modules):
        if dark == "1":
            painter.fillRect(start + at * module, top, module, high, QColor(Qt.GlobalColor.black))


def _write(
    painter: QPainter, text: str, box: QRectF, dots: float, *, strong: bool = False, right: bool = False
) -> float:
    """Write one line, cut with "…" where the box ends; return how wide it is, in millimetres."""
    font = QFont()
    font.setPixelSize(max(int(box.height() * 0.78 * dots), 8))
    font.setBold(strong)
    painter.setFont(font)
    painter.setPen(QColor(Qt.GlobalColor.black))
    place = QRectF(box.left() * dots, box.top() * dots, box.width() * dots, box.height() * dots)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return painter.fontMetrics().horizontalAdvance(shown) / dots


def _sheets() -> tuple[tuple[str, str], ...]:
    return (
        ("a4-24", _("A4, 24 labels of 70 × 37 mm")), ("a4-65", _("A4, 65 labels of 38 × 21 mm")),
        ("letter-30", _("US Letter, 30 labels of 2⅝ × 1 in")), ("roll-62", _("One a page, 62 × 29 mm")),
    )  # fmt: skip
