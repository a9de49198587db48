"""What stands in the shop now, alone or beside the draft with the differences marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ui import differences
from desktop_app.ui.theme import font
from desktop_app.ui.widgets import Text, column
from desktop_app.words import _


class CompareView(QWidget):
    """Two texts, one below the other; hidden where there is nothing to show."""

    def __init__(self) -> None:
        super().__init__()
        self.now_title, self.now = Text(_("In the shop now"), "small", tone="muted"), words()
        self.new_title, self.new = Text(_("Draft"), "small", tone="muted"), words()
        self.setLayout(column(self.now_title, self.now, self.new_title, self.new, gap=8))
        self.hide()

    def show_texts(self, current: str, draft: str = "") -> None:
        """Show what is in the shop, and with ``draft`` how it would change; nothing for no text."""
        before, after = differences.marked(current, draft or current)
        self.now.setText(before)
        self.new.setText(after if draft else "")
        for part in (self.new_title, self.new):
            part.setVisible(bool(draft))
        self.setVisible(bool(current))


def words() -> QLabel:
    """Make a label for rich text that can be selected."""
    made = QLabel()
    made.setFont(font())
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
