"""The quiet line that says which steps there are, which are done, and where one stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ui import icons
from desktop_app.ui.theme import font
from desktop_app.ui.widgets import Text, row
from desktop_app.words import _


class Trail(QWidget):
    """Words with arrows between them; it shows the way and is not pressed."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = [Text(step, tone="muted") for step in steps]
        self._arrows = [QLabel() for _step in steps[1:]]
        parts: list[QWidget] = []
        for number, words in enumerate(self._words):
            if number:
                parts.append(self._arrows[number - 1])
            parts.append(words)
        self.setLayout(row(*parts, gap=8))
        self.at = 0
        self._tint()
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Stand at ``step``, counted from 0."""
        self.at = step
        for number, words in enumerate(self._words):
            words.tone("accent" if number == step else "muted")
            words.setFont(font(strong=number == step))  # after the tone: polishing sets the font back
        name = _("Step {n} of {all}: {name}", n=step + 1, all=len(self._words), name=self._words[step].text())
        self.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the arrows anew when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_arrows"):
            self._tint()

    def _tint(self) -> None:
        for arrow in self._arrows:
            arrow.setPixmap(icons.pixmap("chevron-right", "control", 12, max(self.devicePixelRatioF(), 1.0)))
