"""Labels: plain words in one of five sizes, and the pill that says how something stands."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from desktop_app.ui.theme import font, write

_RIGHT = Qt.AlignmentFlag.AlignRight
_MAY_BREAK = "\u200b"  # a place without width where a line may end
_LONG = 24  # letters; a longer word may be broken, or it would push what stands beside it out of the window
_LONG_WORD = re.compile(rf"[^\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]{{{_LONG + 1},}}")
Tone = Literal["", "muted", "good", "caution", "bad", "accent"]


class Text(QLabel):
    """Words in one of the five sizes and in the colour of a role."""

    _is_named = False  # whether its accessible name was given here

    def __init__(
        self, text: str = "", size: str = "base", *, strong: bool = False, tone: Tone = "", wrap: bool = False
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, strong=strong))
        self.setWordWrap(wrap)
        self.setText(text)
        self.tone(tone)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def setText(self, text: str) -> None:
        """Show other words; where lines end by themselves, one may also end inside a very long word."""
        shown = _LONG_WORD.sub(_breakable, text) if self.wordWrap() else text
        super().setText(shown)
        if self._is_named or (shown != text and not self.accessibleName()):
            self._is_named = shown != text
            self.setAccessibleName(text if self._is_named else "")  # else it would be read letter by letter

    def text(self) -> str:
        """Return the words as they were given."""
        return super().text().replace(_MAY_BREAK, "")

    def selectedText(self) -> str:
        """Return what is selected as it was given."""
        return super().selectedText().replace(_MAY_BREAK, "")

    def setVisible(self, visible: bool) -> None:
        """Show or hide; before it has its place it would stand as a window of its own."""
        if not visible or self.parentWidget() is not None:
            super().setVisible(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected as it was given: an address with invisible letters in it would reach nobody."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self._copy(QClipboard.Mode.Clipboard)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do so too where what is selected is pasted with the middle button."""
        super().mouseReleaseEvent(event)
        if self.hasSelectedText() and QGuiApplication.clipboard().supportsSelection():
            self._copy(QClipboard.Mode.Selection)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy; Qt's own menu would copy the places where a line may end too."""
        if not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(_qts("&Copy"), lambda: self._copy(QClipboard.Mode.Clipboard))
        copy.setEnabled(self.hasSelectedText())
        menu.addAction(_qts("Select All"), lambda: self.setSelection(0, len(super(Text, self).text())))
        menu.popup(event.globalPos())

    def _copy(self, where: QClipboard.Mode) -> None:
        QGuiApplication.clipboard().setText(self.selectedText(), where)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write a single line on the baseline that all lines of this size share, whatever its script."""
        one_line = not self.wordWrap() and "\n" not in self.text()
        if not one_line or self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        # One pixel of grace: a width that was rounded down must not cut a word off.
        write(painter, self.rect().adjusted(0, 0, 1, 0), self.text(), right=bool(self.alignment() & _RIGHT))

    def tone(self, tone: Tone) -> None:
        """Change the colour; words say the same, colour is never the only sign."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


def _breakable(found: re.Match[str]) -> str:
    return _MAY_BREAK.join(found.group())


def _qts(word: str) -> str:
    """Say a word of Qt's own menus, in the language of the window."""
    return QCoreApplication.translate("QWidgetTextControl", word)


class Pill(QLabel):
    """A word on a soft ground: Draft, Approved, Missing."""

    def __init__(self, text: str = "", tone: Tone = "good") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font("small"))
        self.setFixedHeight(18)
        self.setIndent(0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: Tone) -> None:
        """Show ``text`` in ``tone``; an empty one hides the pill."""
        self.setText(text)
        self.setProperty("pill", tone or "muted")
        restyle(self)
        if not text or self.parentWidget() is not None:  # before it has its place it would be a window of its own
            self.setVisible(bool(text))


def restyle(widget: QWidget) -> None:
    """Make Qt look at a widget's properties again, which it does only when asked."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Whole(Text):
    """A figure in one line, set smaller where the room is short: without its end it would be another figure."""

    def minimumSizeHint(self) -> QSize:
        """Give way to everything else."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write it whole."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        write(painter, self.rect().adjusted(0, 0, 1, 0), self.text(), whole=True)


class Elided(Text):
    """Words that end in "…" where the room ends, and say the rest as a tip."""

    def minimumSizeHint(self) -> QSize:
        """Give way to everything else."""
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the rest as a tip where words were cut off."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if super().sizeHint().width() > self.width() else "")
