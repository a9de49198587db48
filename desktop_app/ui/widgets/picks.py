"""A box that opens a list to pick from."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class Pick(QComboBox):
    """A combo box that leaves the wheel to the page: scrolling past it must not change what it says."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
