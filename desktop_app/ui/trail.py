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
        self._arrows = [Sign("chevron-right", "control", 12) for _step in steps[1:]]
        self._count = len(steps)
        parts: list[QWidget] = [self._words[0]]
        for arrow, words in zip(self._arrows, self._words[1:], strict=True):
            parts += [arrow, words]
        self.setLayout(row(*parts, gap=8))
        self.at = 0
        self.show_step(0)

    def show_first(self, count: int) -> None:
        """Show that there are only so many steps this time."""
        self._count = count
        for number, words in enumerate(self._words):
            words.setVisible(number < count)
            if number:
                self._arrows[number - 1].setVisible(number < count)
        self.show_step(self.at)

    def show_step(self, step: int) -> None:
        """Stand at ``step``, counted from 0."""
        self.at = step
        for number, words in enumerate(self._words):
            words.tone("accent" if number == step else "muted")
            words.setFont(font(strong=number == step))  # after the tone: polishing sets the font back
        name = _("Step {n} of {all}: {name}", n=step + 1, all=self._count, name=self._words[step].text())
        self.setAccessibleName(name)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the step one stands at bold: the first polishing, which comes with the first showing, set it back."""
        super().showEvent(event)
        self.show_step(self.at)
