"""The quiet line that says which steps there are, which are done, and where one stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import font
from desktop_app.ui.widgets import Sign, Text, row
from desktop_app.words import _


class Trail(QWidget):
    """Words with arrows between them; it shows the way and is not pressed."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = [Text(step, tone="muted") for step in steps]
        parts: list[QWidget] = []
        for number, words in enumerate(self._words):
            if number:
                parts.append(Sign("chevron-right", "control", 12))
            parts.append(words)
        self.setLayout(row(*parts, gap=8))
        self.at = 0
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Stand at ``step``, counted from 0."""
        self.at = step
        for number, words in enumerate(self._words):
            words.tone("accent" if number == step else "muted")
            words.setFont(font(strong=number == step))  # after the tone: polishing sets the font back
        name = _("Step {n} of {all}: {name}", n=step + 1, all=len(self._words), name=self._words[step].text())
        self.setAccessibleName(name)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the step one stands at bold: the first polishing, which comes with the first showing, set it back."""
        super().showEvent(event)
        self.show_step(self.at)
