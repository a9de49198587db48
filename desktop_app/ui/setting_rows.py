"""Rows of settings: what it is, what it means in small, and the control at the end; several rows on one card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.widgets import Text, column


class SettingRow(QFrame):
    """One setting."""

    def __init__(self, title: str, hint: str = "", *controls: QWidget) -> None:
        super().__init__()
        self.title = Text(title, wrap=True)
        self.hint = Text(hint, "small", tone="muted", wrap=True)
        self.hint.setVisible(bool(hint))
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(8)
        line.addLayout(column(self.title, self.hint, gap=2), 1)
        line.addSpacing(16)
        for control in controls:
            if not control.accessibleName():
                control.setAccessibleName(title)
            if isinstance(control, QComboBox) and (edit := control.lineEdit()) is not None:
                edit.setAccessibleName(control.accessibleName())  # it, not the box, has the focus
            control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            line.addWidget(control)

    def say(self, hint: str) -> None:
        """Change the words in small."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))


class RowsCard(QFrame):
    """Rows with hairlines between them."""

    def __init__(self, rows: Sequence[QFrame] = ()) -> None:
        super().__init__()
        self.setObjectName("card")
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.fill(rows)

    def fill(self, rows: Sequence[QFrame]) -> None:
        """Show these rows in place of the others."""
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, one in enumerate(rows):
            one.setObjectName("lastline" if number == len(rows) - 1 else "line")
            self._list.addWidget(one)


def section(title: str, *cards: QWidget) -> QVBoxLayout:
    """Put a heading over cards."""
    return column(Text(title, "large", strong=True), *cards, gap=8)
