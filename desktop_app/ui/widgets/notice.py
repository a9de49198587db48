"""A sentence at the top of a page, with one button that helps, and at most a quiet second one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import Button, IconButton
from desktop_app.ui.widgets.frames import column
from desktop_app.ui.widgets.signs import Sign
from desktop_app.ui.widgets.texts import Text, restyle
from desktop_app.words import _

Kind = Literal["info", "caution", "bad"]
_ICONS = {"info": "info", "caution": "triangle-alert", "bad": "circle-alert"}


@dataclass(frozen=True)
class Notice:
    """What to tell, how grave it is, and the one thing that helps."""

    text: str
    kind: Kind = "info"
    more: str = ""
    button: str = ""
    run: Callable[[], object] | None = None
    other: str = ""  # a second way, quieter
    run_other: Callable[[], object] | None = None


class NoticeBar(QFrame):
    """Shows one notice until it is closed or its button is pressed."""

    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self.notice: Notice | None = None
        self._icon = Sign()
        self._icon.setFixedSize(16, 16)
        self._text = Text(strong=True, wrap=True)
        self._more = Text(size="small", wrap=True)
        self._button = Button("", self._press)
        self._other = Button("", lambda: self._press(other=True), kind="quiet")
        self._close = IconButton("x", _("Close this notice"), self.clear)
        self._close.setVisible(closable)
        self._closable = closable
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 12, 12)
        line.setSpacing(12)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(column(self._text, self._more, gap=0), 1)
        line.addWidget(self._other, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show ``notice`` in place of what stood here."""
        self.notice = notice
        self.setProperty("notice", notice.kind)
        restyle(self)
        role = {"info": "accent"}.get(notice.kind, notice.kind)
        self._icon.show_sign(_ICONS[notice.kind], role)
        self._text.setText(notice.text)
        self._more.setText(notice.more)
        self._more.setVisible(bool(notice.more))
        self._button.setText(notice.button)
        self._button.setVisible(bool(notice.button))
        self._other.setText(notice.other)
        self._other.setVisible(bool(notice.other))
        self.setAccessibleName(notice.text)
        self.show()
        self.shown.emit(True)

    def clear(self) -> None:
        """Take the notice away."""
        self.notice = None
        self.hide()
        self.shown.emit(False)

    def left(self) -> None:
        """Take away what was said of one moment, as its page is left; what offers something to do stays."""
        if self.notice is not None and not self.notice.button:
            self.clear()

    def _press(self, *, other: bool = False) -> None:
        notice = self.notice
        if self._closable:
            self.clear()
        run = None if notice is None else notice.run_other if other else notice.run
        if run is not None:
            run()
