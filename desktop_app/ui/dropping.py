"""Files dragged onto the window: what would become of them is said while they hover, and done when they are let go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import font, theme
from desktop_app.words import _

LETTERS = frozenset({".eml", ".mbox"})


def files_in(data: QMimeData) -> list[Path]:
    """Return the files of this computer among what is dragged; links of the web are none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def words_for(files: list[Path]) -> str:
    """Say what letting go would do."""
    if files[0].suffix == ".zhanggui":
        return _("Let go to open this shop")
    if are_letters(files):
        return _("Let go to take these messages in")
    return _("Let go to look into the file; nothing is imported before you have seen what would change")


def are_letters(files: list[Path]) -> bool:
    """Tell whether all files are letters."""
    return all(file.suffix.lower() in LETTERS for file in files)


class DropHint(QWidget):
    """A veil over the window with a dashed edge and a sentence, as long as files hover over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str) -> None:
        """Show it over everything else."""
        self.words = words
        self.setAccessibleName(words)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the veil, its edge and the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.colour("accent_soft"))
        veil.setAlphaF(0.94)
        painter.setBrush(veil)
        pen = QPen(theme.colour("accent"), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), 10, 10)
        painter.setFont(font("large", strong=True))
        painter.setPen(theme.colour("text"))
        inside = self.rect().adjusted(48, 48, -48, -48)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
