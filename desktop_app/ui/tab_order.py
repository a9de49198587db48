"""Tab goes through the window as the eye reads it, also after parts of a page were made anew."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLayout, QLineEdit, QMainWindow, QScrollArea, QWidget

_COMING = "orderComing"


def renew(root: QWidget) -> None:
    """Chain everything below ``root`` that takes the keyboard, in the order in which it is laid out."""
    before: QWidget | None = None
    for widget in readers(root):
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget


def renew_soon(widget: QWidget) -> None:
    """Do so for the window of ``widget`` once what is being changed stands, however often it is asked for."""
    window = widget.window()
    if not window.property(_COMING):
        window.setProperty(_COMING, True)
        QTimer.singleShot(0, window, lambda: _renew(window))


def readers(widget: QWidget) -> Iterator[QWidget]:
    """Find what takes the keyboard, in the order in which it is laid out: Qt's own order is that of making."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QMainWindow | QScrollArea):
        inside = widget.centralWidget() if isinstance(widget, QMainWindow) else widget.widget()
        if inside is not None:
            yield from readers(inside)
    elif isinstance(widget, QLineEdit):
        for child in widget.findChildren(QWidget):  # the cross that empties it
            yield from readers(child)
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from readers(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)


def _renew(window: QWidget) -> None:
    window.setProperty(_COMING, False)
    renew(window)
