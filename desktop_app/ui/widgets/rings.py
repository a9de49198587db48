"""The focus ring of lists: around the row one stands on, never around them all."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView

from desktop_app.ui.theme import theme


def draw_ring(view: QAbstractItemView) -> None:
    """Draw the ring in ``view``, whose style sheet draws none, once its rows are drawn."""
    at = view.currentIndex()
    if not view.hasFocus() or not at.isValid():
        return
    place, wide = view.visualRect(at), view.viewport().width()
    painter = QPainter(view.viewport())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent"), 2))
    painter.drawRoundedRect(QRect(3, place.top() + 1, wide - 6, place.height() - 3), 5, 5)
