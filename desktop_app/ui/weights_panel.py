"""One file of weights in full: what it is, what to expect of it here, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.weights_words import ICONS, Tone, Verdict, facts
from desktop_app.ui.widgets import Hairline, Pill, Sign, Text, column, row
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.frames import clear

if TYPE_CHECKING:
    from desktop_app.records import Weights


class WeightsPanel(QScrollArea):
    """The right side of the Weights page."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("side")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # As high as its words are at this width: the least height is that of the least width, with nothing below.
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(24, 20, 24, 24)
        self._list.setSpacing(8)
        self.setWidget(inside)
        self.verdicts: Sequence[Verdict] = ()

    def show_weights(
        self,
        weights: Weights,
        verdicts: Sequence[Verdict],
        buttons: Sequence[QWidget],
        *,
        pill: str = "",
        tone: Tone = "good",
        advice: str = "",
    ) -> None:
        """Show ``weights`` with verdicts, buttons, and a sentence of advice."""
        clear(self._list)
        self.verdicts = verdicts
        name = Text(weights.name, "large", strong=True, wrap=True)
        # A text that may wrap gives way to what stands beside it, even where there is room.
        name.setMinimumWidth(min(name.fontMetrics().horizontalAdvance(weights.name) + 4, 420))
        self._list.addLayout(row(name, Pill(pill, tone), None, gap=12))
        for verdict in verdicts:
            self._list.addWidget(_verdict(verdict))
        if buttons:
            holder = QWidget()
            holder.setObjectName("plain")
            flow = FlowLayout(holder)
            for button in buttons:
                flow.addWidget(button)
            self._list.addSpacing(4)
            self._list.addWidget(holder)
        if advice:
            self._list.addWidget(Text(advice, "small", tone="muted", wrap=True))
        self._list.addSpacing(8)
        self._list.addWidget(Hairline())
        self._list.addSpacing(8)
        self._list.addLayout(_facts(weights))
        self._list.addStretch(1)

    def show_nothing(self) -> None:
        """Show an empty side."""
        clear(self._list)
        self.verdicts = ()


def _verdict(verdict: Verdict) -> QWidget:
    icon = Sign(ICONS[verdict.tone], "accent" if verdict.tone == "good" else verdict.tone)
    icon.setFixedSize(16, 18)
    more = Text(verdict.more, "small", tone="muted", wrap=True)
    more.setVisible(bool(verdict.more))
    whole = QWidget()
    whole.setObjectName("plain")
    words = column(Text(verdict.text, strong=True, wrap=True), more, gap=1)
    line = row(gap=10)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    whole.setLayout(line)
    whole.setAccessibleName(f"{verdict.text}. {verdict.more}")
    return whole


def _facts(weights: Weights) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for number, (name, value) in enumerate(facts(weights)):
        # A path has no spaces to break at; it may break at every separator.
        shown = value.replace("/", "/\u200b").replace("\\", "\\\u200b")
        words = Text(shown, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{name}: {value}")
        grid.addWidget(Text(name, tone="muted"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, number, 1)
    return grid
