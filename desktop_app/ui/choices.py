"""A choice among few, each with a name and a sentence on what it means: larger than a radio button, and as plain."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from desktop_app.ui.theme import font, theme

_LEFT, _TOP, _RIGHT = 44, 12, 16
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

# Chinese comes from another font, whose strokes reach below the line that ours names.
_WHOLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip


class ChoiceCard(QRadioButton):
    """One of the choices; arrows move between them as in any group of radio buttons."""

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text
        self._name()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def say(self, text: str) -> None:
        """Change the sentence below the name."""
        self._text = text
        self._name()
        self.updateGeometry()
        self.update()

    @property
    def sentence(self) -> str:
        """Return the sentence below the name."""
        return self._text

    def heightForWidth(self, width: int) -> int:
        """Return how high the words stand in ``width`` pixels."""
        high = 2 * _TOP + QFontMetrics(font(strong=True)).height()
        if self._text:
            high += 4 + self._lines(width).height()
        return high

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(420, self.heightForWidth(420))

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the words are whole."""
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def hitButton(self, _pos: object) -> bool:
        """Take a click anywhere on the card."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, dot and words by role."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focus = self.isChecked(), self.hasFocus()
        edge = 2.0 if focus else 1.0
        painter.setPen(QPen(theme.colour("accent" if chosen or focus else "line"), edge))
        ground = "accent_soft" if chosen else "hover" if self.underMouse() and self.isEnabled() else "raised"
        painter.setBrush(theme.colour(ground))
        inset = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 10, 10)
        self._draw_dot(painter, chosen)
        painter.setPen(theme.colour("text" if self.isEnabled() else "control"))
        painter.setFont(font(strong=True))
        high = painter.fontMetrics().height()
        painter.drawText(QRect(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, high), int(_WHOLE), self.text())
        if self._text:
            painter.setPen(theme.colour("muted"))
            painter.setFont(font("small"))
            box = QRect(_LEFT, _TOP + high + 4, self.width() - _LEFT - _RIGHT, self.height())
            painter.drawText(box, int(_WRAP), self._text)

    def _draw_dot(self, painter: QPainter, chosen: bool) -> None:
        middle = QPointF(24, _TOP + QFontMetrics(font(strong=True)).height() / 2)
        painter.setBrush(theme.colour("raised"))
        painter.setPen(QPen(theme.colour("accent" if chosen else "control"), 5 if chosen else 1))
        size = 5.0 if chosen else 7.0
        painter.drawEllipse(middle, size, size)

    def _lines(self, width: int) -> QRect:
        space = QRect(0, 0, max(width - _LEFT - _RIGHT, 1), 10_000)
        return QFontMetrics(font("small")).boundingRect(space, int(_WRAP), self._text)

    def _name(self) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._text)
