"""Words on paper: HTML becomes a PDF whose letters are as large as letters on paper are."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from desktop_app.errors import UserError
from desktop_app.ui.theme import font

_EDGE = 18.0  # millimetres of white around every page
_LETTERS = 10.0  # points


@contextlib.contextmanager
def whole(path: Path, title: str) -> Iterator[QPdfWriter]:
    """Lend a writer for a PDF that takes the place of ``path`` once it is whole; UserError where that cannot be.

    Whoever paints ends the painter first. Qt says nothing of a disk that is full: a PDF without its end is not whole.
    """
    refused = UserError("{name} cannot be written there. Choose another place.", name=path.name)
    waiting = path.with_name(f".{path.name}.part")
    try:
        waiting.touch()
    except OSError as error:
        raise refused from error
    try:
        writer = QPdfWriter(str(waiting))
        writer.setTitle(title)
        writer.setCreator("Zhanggui")
        yield writer
        if not waiting.read_bytes().rstrip().endswith(b"%%EOF"):
            raise refused
        waiting.replace(path)
    except OSError as error:
        raise refused from error
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


def write(body: str, title: str, path: Path, style: str, *, numbered: bool = False) -> None:
    """Print the HTML ``body``, dressed by the style sheet ``style``, to ``path`` on A4; UserError if it cannot be.

    A file that stands there is only replaced by a whole one. ``numbered``: several pages have their number at the foot.
    """
    with whole(path, title) as printer:
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageMargins(QMarginsF(_EDGE, _EDGE, _EDGE, _EDGE), QPageLayout.Unit.Millimeter)
        painter = QPainter()
        if painter.begin(printer):
            _draw(_laid_out(body, style, printer), painter, printer, numbered=numbered)
            painter.end()


def _laid_out(body: str, style: str, printer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(printer)
    letters = font()
    letters.setPointSizeF(_LETTERS)  # those of the window are counted in pixels: on paper a twelfth of a millimetre
    document.setDefaultFont(letters)
    document.setDefaultStyleSheet(style)
    document.setDocumentMargin(0)
    document.setHtml(body)
    document.setPageSize(QSizeF(printer.width(), printer.height()))
    return document


def _draw(document: QTextDocument, painter: QPainter, printer: QPdfWriter, *, numbered: bool) -> None:
    inks = QAbstractTextDocumentLayout.PaintContext()
    black = QPalette()
    black.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # a dark window's letters are white
    inks.palette = black
    wide, high = float(printer.width()), float(printer.height())
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        painter.save()
        painter.translate(QPointF(0, -page * high))
        inks.clip = QRectF(0, page * high, wide, high)
        painter.setClipRect(inks.clip)
        document.documentLayout().draw(painter, inks)
        painter.restore()
        if numbered and document.pageCount() > 1:
            line = QRectF(0, high, wide, printer.resolution() * _EDGE / 25.4 / 2)
            painter.setFont(document.defaultFont())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(page + 1))
