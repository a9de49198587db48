"""Buttons: the one main action, the others, links, icons; each may show the key that does the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from desktop_app.ui import icons
from desktop_app.ui.theme import mono, theme

Kind = Literal["", "main", "quiet", "link"]
_LEAST_LINK = 48  # pixels a link keeps, however little room there is


class KeyHint(QLabel):
    """A key, drawn as the cap people know from menus. It is an ornament: the control it stands in has the name."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.setObjectName("key")
        self.setFont(mono())
        self.setFixedHeight(18)
        self.setIndent(0)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Button(QPushButton):
    """A button with words, perhaps an icon before them and a key after them."""

    def __init__(
        self,
        text: str,
        run: Callable[[], object] | None = None,
        *,
        kind: Kind = "",
        icon: str = "",
        key: str = "",
        small: bool = False,
        lead: bool = False,
    ) -> None:
        """``lead``: a link that begins a line, whose words stand where those above and below do."""
        super().__init__(literal(text))
        self._icon, self._hint = icon, None
        self.setProperty("kind", kind)
        if lead:
            self.setProperty("lead", "true")
        if kind == "link":  # often the name of something, which may be of any length
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if small:
            self.setProperty("scale", "small")
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        if key:
            self._hint = KeyHint(key)
            self._hint.setParent(self)
            self.setProperty("hint", "short" if len(key) == 1 else "long" if len(key) < 4 else "wide")
            if kind == "main":
                self._hint.setProperty("on", "accent")
        self._tint()
        if run is not None:
            self.clicked.connect(lambda _checked=False: run())

    def setText(self, text: str) -> None:
        """Change the words, for the eye and for the screen reader."""
        super().setText(literal(text))
        self.setAccessibleName(text)
        self.updateGeometry()

    def text(self) -> str:
        """Return the words as they are shown."""
        return super().text().replace("&&", "&")

    def setVisible(self, visible: bool) -> None:
        """Show or hide; before it has its place it would stand as a window of its own."""
        if not visible or self.parentWidget() is not None:
            super().setVisible(visible)

    def sizeHint(self) -> QSize:
        """Keep room for the words as they stand when the button is pressed in: they are set bolder then."""
        size = super().sizeHint()
        if self.isCheckable():
            size.setWidth(size.width() + max(0, self._width(strong=True) - self._width(strong=False)))
        return size

    def minimumSizeHint(self) -> QSize:
        """Never cut words off, but for those of a link, which end in "…" where the room ends."""
        whole = self.sizeHint()
        return QSize(min(_LEAST_LINK, whole.width()), whole.height()) if self.property("kind") == "link" else whole

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Return as with the space bar."""
        if is_return(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the end, and say the whole of a link that is cut off."""
        super().resizeEvent(event)
        if self.property("kind") == "link":
            self.setToolTip(self.text() if self._is_cut() else "")
        if self._hint is not None:
            width = self._hint.sizeHint().width()
            self._hint.setGeometry(self.width() - width - 12, (self.height() - 18) // 2, width, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button; the main one, which is filled with the accent, shows its focus ring inside."""
        if self._is_cut():
            self._paint_cut()
        else:
            super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "main":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("on_accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def set_kind(self, kind: Kind) -> None:
        """Make it the main button, or one of the others."""
        self.setProperty("kind", kind)
        self.style().unpolish(self)  # Qt looks at properties again only when asked
        self.style().polish(self)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self._tint()

    def _is_cut(self) -> bool:
        return self.property("kind") == "link" and self.width() < self.sizeHint().width()

    def _paint_cut(self) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        lost = self.sizeHint().width() - self.width()
        made = QFont(self.font())
        made.setWeight(QFont.Weight.DemiBold)  # as the style sheet sets links
        room = QFontMetrics(made).horizontalAdvance(self.text()) - lost
        shown = QFontMetrics(made).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        option.text = literal(shown)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _width(self, *, strong: bool) -> int:
        made = QFont(self.font())
        made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return QFontMetrics(made).horizontalAdvance(self.text())

    def _tint(self) -> None:
        if getattr(self, "_icon", ""):
            role = {"main": "on_accent", "quiet": "muted", "link": "accent"}.get(self.property("kind") or "", "text")
            gap = 4 if self.text() else 0
            self.setIconSize(QSize(16 + gap, 16))
            self.setIcon(icons.icon(self._icon, role, gap=gap))


def literal(text: str) -> str:
    """Write a name for a button or a menu so that its "&" is shown, not taken for the mark of a key."""
    return text.replace("&", "&&")


def is_return(event: QKeyEvent) -> bool:
    """Tell whether this is Return or Enter by itself, pressed once; Qt's buttons know only the space bar."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not event.isAutoRepeat()


class IconButton(Button):
    """A button that is only an icon; its name is spoken and shown as a tip."""

    def __init__(self, icon: str, name: str, run: Callable[[], object] | None = None) -> None:
        super().__init__("", run, kind="quiet", icon=icon)
        self.setProperty("scale", "icon")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(30, 30)

    def sizeHint(self) -> QSize:
        """Return the square every icon button is."""
        return QSize(30, 30)
