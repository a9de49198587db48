"""Python's collector of cycles, kept to the window's thread: Qt's objects must not be destroyed on any other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds between two looks
_OLD_EVERY = 20  # looks between two collections of what has lived long


class Collector(QObject):
    """Collects now and then on the thread it was made on, and keeps Python from doing so wherever it happens to be."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        # What is there now, modules above all, stays to the end; nobody need look at it again.
        gc.freeze()
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what has become much since the last look."""
        self._looks += 1
        young = gc.get_count()[0]
        if self._looks % _OLD_EVERY == 0:
            gc.collect()
        elif young > gc.get_threshold()[0]:
            gc.collect(1)

    def stop(self) -> None:
        """Let Python collect by itself again, if it did before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
