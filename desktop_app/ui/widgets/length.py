"""A thin bar: how long a text is against the limit of the channel, or how far work has come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.theme import theme
from desktop_app.words import _


class LengthBar(QWidget):
    """Four pixels of how much; over the limit it turns to the colour of trouble, and its name says the numbers."""

    def __init__(self, width: int = 140) -> None:
        super().__init__()
        self._share, self._over = 0.0, False
        self.setFixedHeight(4)
        self.setMinimumWidth(48)
        self.setMaximumWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_length(self, count: int, limit: int) -> None:
        """Show ``count`` of ``limit`` characters."""
        self.show_share(count / limit if limit else 0.0, over=count > limit)
        self.setAccessibleName(_("{count} of {limit} characters", count=count, limit=limit))

    def show_share(self, share: float, *, over: bool = False) -> None:
        """Show a share from 0 to 1."""
        self._share, self._over = min(max(share, 0.0), 1.0), over
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(self.maximumWidth(), 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove and what is filled of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        if self._share > 0:
            painter.setBrush(theme.colour("bad" if self._over else "accent"))
            painter.drawRoundedRect(QRectF(0, 0, max(self.width() * self._share, 4.0), self.height()), 2, 2)
