"""Labels: plain words in one of five sizes, and the pill that says how something stands."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui.theme import font, write

_RIGHT = Qt.AlignmentFlag.AlignRight
Tone = Literal["", "muted", "good", "caution", "bad", "accent"]


class Text(QLabel):
    """Words in one of the five sizes and in the colour of a role."""

    def __init__(
        self, text: str = "", size: str = "base", *, strong: bool = False, tone: Tone = "", wrap: bool = False
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, strong=strong))
        self.setWordWrap(wrap)
        self.tone(tone)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def setVisible(self, visible: bool) -> None:
        """Show or hide; before it has its place it would stand as a window of its own."""
        if not visible or self.parentWidget() is not None:
            super().setVisible(visible)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write a single line on the baseline that all lines of this size share, whatever its script."""
        one_line = not self.wordWrap() and "\n" not in self.text()
        if not one_line or self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        # One pixel of grace: a width that was rounded down must not cut a word off.
        write(painter, self.rect().adjusted(0, 0, 1, 0), self.text(), right=bool(self.alignment() & _RIGHT))

    def tone(self, tone: Tone) -> None:
        """Change the colour; words say the same, colour is never the only sign."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class Pill(QLabel):
    """A word on a soft ground: Draft, Approved, Missing."""

    def __init__(self, text: str = "", tone: Tone = "good") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font("small"))
        self.setFixedHeight(18)
        self.setIndent(0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: Tone) -> None:
        """Show ``text`` in ``tone``; an empty one hides the pill."""
        self.setText(text)
        self.setProperty("pill", tone or "muted")
        restyle(self)
        if not text or self.parentWidget() is not None:  # before it has its place it would be a window of its own
            self.setVisible(bool(text))


def restyle(widget: QWidget) -> None:
    """Make Qt look at a widget's properties again, which it does only when asked."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Elided(Text):
    """Words that end in "…" where the room ends, and say the rest as a tip."""

    def minimumSizeHint(self) -> QSize:
        """Give way to everything else."""
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the rest as a tip where words were cut off."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if super().sizeHint().width() > self.width() else "")
