"""The field one searches with: an icon, a hint, a key, and a cross to empty it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.ui.widgets.buttons import IconButton, KeyHint
from desktop_app.words import _

_EDGES = 26  # pixels of border and padding that stand around the words


class SearchField(QLineEdit):
    """Tells what was typed a moment after typing rests; Escape empties it, Down leaves for the list."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, hint: str, key: str = "/") -> None:
        super().__init__()
        self._whole = hint
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setFixedHeight(34)
        self._key = KeyHint(key) if key else None
        if self._key is not None:
            self._key.setParent(self)
        self._cross = IconButton("x", _("Clear the search"), self.clear)
        self._cross.setParent(self)
        self._cross.hide()
        self.setTextMargins(4, 0, 30, 0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(60)
        self._rest.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(self._typed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep key and cross at the end."""
        super().resizeEvent(event)
        self._cross.setGeometry(self.width() - 32, 2, 30, 30)
        if self._key is not None:
            width = self._key.sizeHint().width()
            self._key.setGeometry(self.width() - width - 12, 8, width, 18)
        self._fit_hint()

    def _fit_hint(self) -> None:
        """Say all that can be searched where there is room for it, else one word: a hint is not cut in the middle."""
        room = self.width() - _EDGES - (0 if self._key is None else self._key.sizeHint().width() + 12)
        fits = self.fontMetrics().horizontalAdvance(self._whole) <= room
        self.setPlaceholderText(self._whole if fits else _("Search…"))
        self.setToolTip("" if fits else self._whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty on Escape, go to the list on Down and Return."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        if self._key is not None:
            self._key.setVisible(not text)
        self._rest.start()
