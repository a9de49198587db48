"""The day's backup, made behind whatever else goes on, also in a window that stands open for days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from desktop_app.ui.worker import Job

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk

_HOUR = 3_600_000  # milliseconds


class DailyBackup:
    """Looks once an hour whether today's backup is there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._hourly = QTimer(desk)
        self._hourly.setInterval(_HOUR)
        self._hourly.timeout.connect(self._make)

    def begin(self) -> None:
        """Look now, and from now on."""
        self._hourly.start()
        self._make()

    def end(self) -> None:
        """Look no more: the shop is about to be closed."""
        self._hourly.stop()

    def _make(self) -> None:
        self._desk.files.submit(Job(lambda shop, stop: shop and shop.back_up(), key="backup"))
