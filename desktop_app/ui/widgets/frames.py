"""Cards, hairlines and the two boxes everything is laid out in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import tab_order


class Card(QFrame):
    """A raised ground with a hairline around it. No card stands in another."""

    def __init__(self, margin: int = 16, gap: int = 8) -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(gap)


class Hairline(QFrame):
    """A line one pixel thick."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setObjectName("hairline")
        if upright:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)


Part = QWidget | QLayout | int | None


def row(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Lay ``parts`` side by side: widgets, layouts, a number of pixels, or None for what stretches."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def column(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Lay ``parts`` below each other, as ``row`` does side by side."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def side_column() -> tuple[QScrollArea, QVBoxLayout]:
    """Return an area for the side of a page that scrolls up and down, and the column inside it."""
    page = QWidget()
    page.setObjectName("plain")
    inside = QVBoxLayout(page)
    inside.setContentsMargins(24, 20, 24, 20)
    inside.setSpacing(8)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(page)
    return area, inside


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go; what comes in its place is reached by Tab where it stands."""
    if (owner := layout.parentWidget()) is not None:
        tab_order.renew_soon(owner)
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def _fill(box: QBoxLayout, parts: tuple[Part, ...], gap: int, margins: tuple[int, int, int, int]) -> None:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
