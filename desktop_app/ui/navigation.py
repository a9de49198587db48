"""The column at the left: where one can go, and how much waits there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import icons, local
from desktop_app.ui.places import PLACES, Place
from desktop_app.ui.theme import font, theme, write
from desktop_app.ui.widgets import IconButton, Text, row
from desktop_app.ui.widgets.buttons import is_return
from desktop_app.words import _

WIDE, NARROW = 200, 56


class PlaceButton(QPushButton):
    """One page in the navigation."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.setObjectName("place")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(34)
        self.place, self._count, self._narrow = place, 0, False
        self.words = _(place.name)
        self._name()

    def show_count(self, count: int) -> None:
        """Show how much waits there."""
        self._count = count
        self._name()
        self.update()

    def narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self._narrow = narrow
        self.setToolTip(self.words if narrow else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there with Return as with the space bar."""
        if is_return(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size the column gives it."""
        return QSize(NARROW - 24 if self._narrow else WIDE - 25, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and focus ring as the style has them, then icon, words and count."""
        super().paintEvent(event)
        painter = QPainter(self)
        here = self.isChecked()
        left = 8 if not self._narrow else (self.width() - 16) // 2
        picture = icons.pixmap(self.place.icon, "accent" if here else "muted", 16, self.devicePixelRatioF())
        painter.drawPixmap(QRect(left, 9, 16, 16), picture)
        if self._narrow:
            if self._count:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawEllipse(self.width() - 9, 5, 6, 6)
            return
        painter.setFont(font(strong=here))
        painter.setPen(theme.colour("text" if here else "muted"))
        write(painter, QRect(36, 0, self.width() - 76, 34), self.words)
        if self._count:
            painter.setFont(font("small", strong=True))
            painter.setPen(theme.colour("muted"))
            write(painter, QRect(self.width() - 48, 0, 40, 34), local.number(self._count), right=True)

    def _name(self) -> None:
        waits = _("{count} waiting", count=self._count) if self._count else ""
        self.setAccessibleName(f"{self.words}, {waits}" if waits else self.words)


class Navigation(QWidget):
    """All places, in two groups, under the name of the program."""

    def __init__(self, go: Callable[[str], object], menu: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Navigation"))
        self.buttons: dict[str, PlaceButton] = {}
        self.menu_button = IconButton("menu", _("Menu"), menu)
        self._title = Text("掌柜 Zhanggui", "large", strong=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 14, 12, 16)
        column.setSpacing(2)
        self._head = row(self._title, None, self.menu_button, margins=(8, 0, 0, 0))
        column.addLayout(self._head)
        column.addSpacing(12)
        shown = [place for place in PLACES if not place.hidden]
        for place in shown:
            if not place.foot:
                column.addWidget(self._button(place, go))
        column.addStretch(1)
        for place in shown:
            if place.foot:
                column.addWidget(self._button(place, go))
        self.narrow(False)

    def narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and words."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._title.setVisible(not narrow)
        self._head.setContentsMargins(1 if narrow else 8, 0, 0, 0)
        for button in self.buttons.values():
            button.narrow(narrow)

    def show_place(self, key: str) -> None:
        """Mark where we are; a page without a place of its own marks nothing."""
        for other, button in self.buttons.items():
            button.setAutoExclusive(False)  # with it none could be unmarked
            button.setChecked(other == key)
            button.setAutoExclusive(True)

    def take_focus(self, key: str) -> None:
        """Put the keyboard on a place."""
        if key in self.buttons:
            self.buttons[key].setFocus()

    def show_count(self, key: str, count: int) -> None:
        """Show how much waits at a place."""
        if key in self.buttons:
            self.buttons[key].show_count(count)

    def _button(self, place: Place, go: Callable[[str], object]) -> PlaceButton:
        button = PlaceButton(place)
        button.clicked.connect(lambda _checked=False, key=place.key: go(key))
        self.buttons[place.key] = button
        return button
