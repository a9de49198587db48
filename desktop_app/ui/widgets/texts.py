"""Labels: plain words in one of five sizes, and the pill that says how something stands."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui.theme import font

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
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: Tone) -> None:
        """Show ``text`` in ``tone``; an empty one hides the pill."""
        self.setText(text)
        self.setProperty("pill", tone or "muted")
        restyle(self)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, shown)
        self.setToolTip(self.text() if shown != self.text() else "")
