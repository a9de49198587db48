"""What a page shows when there is nothing to show: what that means, and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.frames import row
from desktop_app.ui.widgets.signs import Sign
from desktop_app.ui.widgets.texts import Text


class EmptyState(QWidget):
    """An icon, a sentence, a second one in small, one main button and perhaps a quiet one beside it."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        button: tuple[str, Callable[[], object]] | None = None,
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.title = Text(title, "large", strong=True, wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = Text(text, tone="muted", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setVisible(bool(text))
        self.setAccessibleName(title)
        inside = QVBoxLayout()
        inside.setSpacing(8)
        for part in (Sign(icon, size=32), self.title, self.text):
            inside.addWidget(part)
        buttons: list[QWidget] = []
        self.button = None if button is None else Button(button[0], button[1], kind="main")
        if self.button is not None:
            buttons.append(self.button)
        if other is not None:
            buttons.append(Button(other[0], other[1]))
        if buttons:
            inside.addSpacing(8)
            inside.addLayout(row(None, *buttons, None))
        frame = QWidget()
        frame.setLayout(inside)
        frame.setMaximumWidth(500)
        frame.setMinimumWidth(420)
        outside = QVBoxLayout(self)
        outside.addStretch(2)
        outside.addLayout(row(None, frame, None))
        outside.addStretch(3)
