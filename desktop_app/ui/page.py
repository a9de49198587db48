"""What every page is made of: a header, a place for notices, and a body that is loading, empty, failed or full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.ui import tab_order
from desktop_app.ui.desk import Desk
from desktop_app.ui.header import Overflow
from desktop_app.ui.widgets import Button, EmptyState, NoticeBar, Text, column, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

_PATIENCE = 200  # milliseconds before a wait is worth a word


class Page(QWidget):
    """One place of the window. ``arrive`` is called when it is shown, ``refresh`` when the shop changed meanwhile."""

    def __init__(self, desk: Desk, title: str, *, line: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = Text(title, "title", strong=True)
        self.subtitle = Text(tone="muted")
        self.header = row(gap=12)
        self.overflow = Overflow(self.header)
        head = QWidget()
        head.setObjectName("header" if line else "plain")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, line)
        head.setFixedHeight(63)
        line_up = row(self.title, self.subtitle, self.header, gap=12, margins=(24, 2, 24, 0))
        line_up.setStretch(2, 1)
        head.setLayout(line_up)
        head.installEventFilter(self)
        self.notices = NoticeBar()
        holder = row(self.notices)
        self.notices.shown.connect(lambda on: holder.setContentsMargins(24, 12 if on else 0, 24, 8 if on else 0))
        self.landing: QWidget | None = None  # where the keyboard goes on arrival; without it stays in the navigation
        self.stack = QStackedWidget()
        self._full: QWidget | None = None
        self._empty: EmptyState | None = None
        self._failed: EmptyState | None = None
        self._put_by: list[Button] = []  # the main buttons of the head, while the empty page has its own
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._wait.timeout.connect(self._show_waiting)
        self._blank = QWidget()
        self._blank_text = Text(_("One moment …"), tone="muted")
        self._blank.setLayout(column(None, row(None, self._blank_text, None), None))
        self._blank_text.hide()
        self.stack.addWidget(self._blank)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(head)
        self.body.addLayout(holder)
        self.body.addWidget(self.stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep in the head what fits there."""
        super().resizeEvent(event)
        self._fit_header()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do so too when the head holds something else."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_header()
        return super().eventFilter(watched, event)

    def _fit_header(self) -> None:
        told = [text.sizeHint().width() + 12 for text in (self.title, self.subtitle) if text.text()]
        self.overflow.fit(self.width() - 48 - sum(told))

    # --- to be filled by each page ---

    def arrive(self, **where: Any) -> None:
        """Show what was asked for; the page has just come into view."""

    def refresh(self) -> None:
        """Look at the shop again."""

    def leave(self) -> None:
        """Put down what only this page needs; another one comes into view."""

    # --- the five states (partly there: full with a notice) ---

    def set_full(self, widget: QWidget) -> None:
        """Say what the page shows when there is something to show."""
        self._full = widget
        self.stack.addWidget(widget)

    def show_full(self) -> None:
        """Show what there is."""
        self._wait.stop()
        self._one_main(None)
        if self._full is not None:
            self.stack.setCurrentWidget(self._full)

    def show_loading(self) -> None:
        """Show, if it takes a moment, that the page is on its way."""
        self.stack.setCurrentWidget(self._blank)
        self._blank_text.hide()
        self._wait.start()

    def show_empty(self, state: EmptyState) -> None:
        """Show what it means that there is nothing, and what to do."""
        self._wait.stop()
        self._one_main(state)
        self._empty = self._put(self._empty, state)

    def show_failed(self, text: str, again: Callable[[], object]) -> None:
        """Show a sentence and a button."""
        self._wait.stop()
        state = EmptyState("triangle-alert", _("This page could not be shown"), text, (_("Try again"), again))
        self._failed = self._put(self._failed, state)

    @property
    def is_full(self) -> bool:
        """Tell whether the page shows its contents."""
        return self.stack.currentWidget() is self._full

    def tell(self, notice: Notice) -> None:
        """Show a notice at the top of this page."""
        self.notices.show_notice(notice)

    def _put(self, old: EmptyState | None, new: EmptyState) -> EmptyState:
        self.stack.addWidget(new)
        self.stack.setCurrentWidget(new)
        tab_order.renew_soon(self)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        return new

    def _one_main(self, state: EmptyState | None) -> None:
        """Leave one main button on the page: that of an empty page takes the place of the one in the head."""
        for button in self._put_by:
            button.show()
        heads = [item.widget() for at in range(self.header.count()) if (item := self.header.itemAt(at)) is not None]
        mains = [w for w in heads if isinstance(w, Button) and w.property("kind") == "main" and not w.isHidden()]
        self._put_by = mains if state is not None and state.button is not None else []
        for button in self._put_by:
            button.hide()

    def _show_waiting(self) -> None:
        self._blank_text.show()
