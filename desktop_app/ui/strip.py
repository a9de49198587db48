"""The strip at the foot of the window: what was just done and its Undo, what runs, and who writes here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.tasks import server
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets import Button, LengthBar, Text, row
from desktop_app.ui.widgets.texts import Elided
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.records import Weights

STAYS = 8000  # milliseconds "Done. Undo" stands


class Strip(QWidget):
    """36 pixels that are never in the way."""

    def __init__(self, desk: Desk, leave: Callable[[], object]) -> None:
        """``leave`` takes the keyboard from a button that goes because its work has ended."""
        super().__init__()
        self._leave = leave
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(37)
        self._desk = desk
        self.message = Elided(size="small", tone="muted")
        self.undo = Button(_("Undo"), self._undo, kind="link", small=True)
        self.name = Text(size="small", tone="muted")
        self.bar = LengthBar(220)
        self.bar.setAccessibleName(_("Progress"))
        self.far = Elided(size="small", tone="muted")
        self.pause = Button(_("Pause"), desk.work.pause_or_resume, kind="quiet", small=True)
        self.stop = Button(_("Stop"), desk.work.stop, kind="quiet", small=True)
        self.writer = Text(size="small", tone="muted")
        parts = row(
            self.message, self.undo, self.name, self.bar, self.far, None, self.writer, self.pause, self.stop,
            gap=12, margins=(24, 0, 24, 0),
        )  # fmt: skip
        self.setLayout(parts)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(STAYS)
        self._clock.timeout.connect(self._rest)
        self._tick = QTimer(self)  # the time left shrinks between two events as well
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_work)
        desk.said.connect(self.say)
        desk.work.moved.connect(self._show_work)
        desk.weights_known.connect(self._show_writer)
        self._show_writer(desk.weights)
        self._rest()
        self._show_work()

    def say(self, text: str, undoable: bool) -> None:
        """Show what was done, for eight seconds, with Undo beside it where it can be undone."""
        self.message.setText(text)
        self.message.setAccessibleName(text)
        self.message.show()
        self.undo.setVisible(undoable)
        self._clock.start()
        self._show_work()

    def _undo(self) -> None:
        self._clock.stop()
        self._rest()
        self._desk.past.undo_said()

    def _rest(self) -> None:
        self.message.setText(self._where())
        self.undo.hide()
        self._show_work()

    def _show_work(self) -> None:
        now = self._desk.work.now
        talking = self._clock.isActive()
        if now is None and self.window().focusWidget() in (self.pause, self.stop):
            self._leave()  # else Qt gives it to whatever comes next, which is the menu at the other end of the window
        for part in (self.bar, self.far, self.pause, self.stop):
            part.setVisible(now is not None)
        self.name.setVisible(now is not None and not talking)
        self.message.setVisible(now is None or talking)
        self.writer.setVisible(now is None)
        if now is None:
            self._tick.stop()
            return
        if not self._tick.isActive():
            self._tick.start()
        self.bar.setMaximumWidth(96 if talking else 220)
        self.name.setText(now.name)
        self.bar.show_share(now.share or 0.0)
        beside = [u for u in self._desk.work.running if u is not now]
        waiting = len(self._desk.work.queue) - 1 - len(beside)
        parts = [now.describe(), *(_("also: {name}", name=u.name) for u in beside)]
        if waiting:
            parts.append(_("{count} more waiting", count=waiting))
        self.far.setText(" · ".join(parts))
        self.far.setAccessibleName(f"{now.name}: {self.far.text()}")
        self.pause.setText(_("Go on") if now.job.paused else _("Pause"))

    def _show_writer(self, weights: Weights | None) -> None:
        away = server.goes_to(self._desk.settings)
        if weights is None:
            here = _("Texts from the facts alone")
        elif away:
            here = _("{name} · on {host}", name=weights.name, host=away)
        else:
            here = _("{name} · on this laptop", name=weights.name)
        self.writer.setText(here)
        if not self._clock.isActive():
            self._rest()

    def _where(self) -> str:
        away = server.goes_to(self._desk.settings)
        if away:
            return _("What is written about is sent to {host}", host=away)
        return _("Everything stays on this computer")
