"""The chip over a list that shows only what somebody came for: what that is, and a press to show all again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop_app.ui.theme import font
from desktop_app.ui.widgets.buttons import is_return, literal
from desktop_app.words import _

_CROSS = "  ✕"
_EDGES = 26


class NarrowedChip(QPushButton):
    """Says to what a list is narrowed; pressed, by mouse or key, it goes and the list is whole again."""

    def __init__(self, widen: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("chip")
        self._words = ""
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: widen())
        self.hide()

    def say(self, words: str) -> None:
        """Show what the list is narrowed to; without words the chip goes."""
        self._words = words
        self.setToolTip(_("Show all again"))
        self.setAccessibleName(f"{words} – {_('Show all again')}")
        self.setVisible(bool(words))
        self._fit()
        self.updateGeometry()

    def words(self) -> str:
        """Return what it says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return room for all of the words."""
        wide = QFontMetrics(font("small")).horizontalAdvance(self._words + _CROSS) + _EDGES
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few words: a long question is cut at its end, never the cross."""
        return QSize(min(self.sizeHint().width(), 160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words where there is no room for all."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Return as with the space bar."""
        self.click() if is_return(event) else super().keyPressEvent(event)

    def _fit(self) -> None:
        words = self._words
        if self.width() < self.sizeHint().width():
            shown = QFontMetrics(font("small"))
            room = self.width() - _EDGES - shown.horizontalAdvance(_CROSS)
            words = shown.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 40))
        self.setText(literal(words) + _CROSS)
