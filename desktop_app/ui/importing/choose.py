"""The first step: drop a file, or choose one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import Button, Sign, Text, column, row
from desktop_app.words import _

ENDINGS = ("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods")


class DropZone(QWidget):
    """A dashed field that takes files from the desktop."""

    def __init__(self, title: str, text: str, button: str, take: Callable[[Sequence[Path]], object]) -> None:
        super().__init__()
        self._take = take
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self.title = Text(title, "large", strong=True, wrap=True)
        self.text = Text(text, tone="muted", wrap=True)
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(button, self.ask, kind="main")
        inside = column(
            Sign("upload", size=28),
            self.title,
            self.text,
            4,
            row(None, self.button, None),
            gap=8,
            margins=(32, 32, 32, 32),
        )
        self.setLayout(column(None, inside, None))

    def ask(self) -> None:
        """Ask with the system's own dialog."""
        pattern = " ".join(f"*.{ending}" for ending in ENDINGS)
        filters = f"{_('Tables')} ({pattern} {pattern.upper()});;{_('All files')} (*)"
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose a product file"), "", filters)
        if chosen:
            self._take([Path(name) for name in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a file is welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that nothing hovers any more."""
        super().dragLeaveEvent(event)
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._over = False
        self.update()
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self._take(files)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed edge; under a file it is filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("accent" if self._over else "control"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent_soft" if self._over else "raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


class ChooseStep(QWidget):
    """The drop zone, and below it what a file should be."""

    def __init__(self, take: Callable[[Sequence[Path]], object]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.zone = DropZone(
            _("Drop your product file here"),
            _(
                "The file your shop system exports, as it is: CSV, TSV, XLSX, XLS "
                "or ODS, in any encoding. Several at once are fine."
            ),
            _("Choose a file…"),
            take,
        )
        self.zone.setMinimumHeight(280)
        self.zone.setMaximumWidth(640)
        promise = Text(
            _("Nothing changes until you have seen what would. Shopify and WooCommerce files "
            "are recognised; for other tables you say once what each column holds."),
            "small", tone="muted", wrap=True,
        )  # fmt: skip
        promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        promise.setFixedWidth(560)
        middle = row(gap=0)
        middle.addStretch(1)
        middle.addWidget(self.zone, 8)
        middle.addStretch(1)
        self.setLayout(column(None, middle, row(None, promise, None), None, None, gap=16, margins=(24, 16, 24, 16)))
