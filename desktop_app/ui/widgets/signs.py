"""An icon that stands by itself, in the colour of its role, whatever the theme turns to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel

from desktop_app.ui import icons


class Sign(QLabel):
    """One icon, ``size`` pixels wide. It is an ornament: the words beside it say the same."""

    def __init__(self, name: str = "", role: str = "muted", size: int = 16) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(QSize(size, size))
        self._tint()

    def show_sign(self, name: str, role: str) -> None:
        """Show another icon in another role."""
        self._name, self._role = name, role
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        if getattr(self, "_name", ""):
            self.setPixmap(icons.pixmap(self._name, self._role, self._size, max(self.devicePixelRatioF(), 1.0)))
