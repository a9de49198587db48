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

_EDGE, _BAR = 24, 12  # pixels: the margin of a page, and the scroll bar of the style sheet


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
    return scrolling(page, sideways=False, focus=True), inside


def footer(layout: QLayout) -> QWidget:
    """Return the bar at the foot of a page, with what is pressed there."""
    made = QWidget()
    made.setObjectName("footer")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setLayout(layout)
    return made


def at_left(layout: QLayout, widest: int, narrowest: int = 0) -> QWidget:
    """Return a page's contents at its left, no wider than the eye follows a line."""
    inside = QWidget()
    inside.setObjectName("plain")
    inside.setMaximumWidth(widest)
    inside.setMinimumWidth(narrowest)
    inside.setLayout(layout)
    around = QWidget()
    around.setObjectName("plain")
    line = row(gap=0)
    line.addWidget(inside, 100)
    line.addStretch(1)
    around.setLayout(line)
    return around


def scrolling(content: QWidget, *, sideways: bool = True, focus: bool = False) -> QScrollArea:
    """Return an area in which ``content`` is as wide as there is room and as high as it then has to be.

    Its own least height is of its least width, at which every line breaks sooner: that much of nothing would follow.
    ``sideways``: may be moved to the side where there is too little room; ``focus``: by keyboard, for what has no
    field or button to go to.
    """
    content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if not focus:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    if (layout := content.layout()) is not None and (right := layout.contentsMargins().right()) >= _EDGE:
        area.verticalScrollBar().rangeChanged.connect(lambda low, high: _spare(layout, right, high > low))
    return area


def _spare(layout: QLayout, right: int, barred: bool) -> None:
    """Give the scroll bar its room out of the margin: what is scrolled ends where the head of the page does."""
    margins = layout.contentsMargins()
    margins.setRight(right - _BAR if barred else right)
    if margins != layout.contentsMargins():
        layout.setContentsMargins(margins)


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
