"""Changing a theme: another name, part of another one, a theme of the merchant's own by its words, out of sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.review_records import ThemeCount
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, Pick, Text, column, row
from desktop_app.words import _

What = Literal["rename", "merge", "split"]


class ThemeEditor(QWidget):
    """A strip below the themes in which one of them is changed; Escape puts it away."""

    renamed = Signal(str, str)
    merged = Signal(str, str)
    made = Signal(str, object)  # a name and its words

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._theme: ThemeCount | None = None
        self._what: What = "rename"
        self.told = Text(strong=True, wrap=True)
        self.name, self.words = QLineEdit(), QLineEdit()
        self.into = Pick()
        self.into.setAccessibleName(_("The theme it becomes a part of"))
        self.words.setPlaceholderText(_("Words to know it by, with commas between them"))
        self.words.setAccessibleName(self.words.placeholderText())
        self.name.returnPressed.connect(self._save)
        self.words.returnPressed.connect(self._save)
        self.save = Button(_("Save"), self._save, kind="main")
        cancel = Button(_("Cancel"), lambda: self.guard.leave())
        self.setLayout(
            column(self.told, row(self.name, self.into, self.words, self.save, cancel, None), gap=8,
                   margins=(0, 8, 0, 8))
        )  # fmt: skip
        self.guard = Guard(self, self.hide)
        self.hide()

    def begin(self, what: What, theme: ThemeCount | None, others: Sequence[ThemeCount] = ()) -> None:
        """Ask for what a change needs."""
        self._what, self._theme = what, theme
        name = theme.name if theme else ""
        self.told.setText(
            {
                "rename": _("Another name for “{name}”", name=name),
                "merge": _("Count “{name}” as part of another theme", name=name),
                "split": _("A theme of your own: every remark with one of its words is counted under it"),
            }[what]
        )
        self.name.setText(name if what == "rename" else "")
        self.name.setPlaceholderText(_("Name"))
        self.name.setAccessibleName(_("Name of the theme"))
        self.words.clear()
        self.into.clear()
        for other in others:
            if theme is None or other.theme != theme.theme:
                self.into.addItem(other.name, other.theme)
        self.name.setVisible(what != "merge")
        self.into.setVisible(what == "merge")
        self.words.setVisible(what == "split")
        self.guard.settle()
        self.show()
        (self.into if what == "merge" else self.name).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.guard.leave()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        key = self._theme.theme if self._theme else ""
        if self._what == "rename":
            self.renamed.emit(key, self.name.text())
        elif self._what == "merge" and self.into.currentData():
            self.merged.emit(key, self.into.currentData())
        elif self._what == "split":
            self.made.emit(self.name.text(), [w.strip() for w in self.words.text().replace("，", ",").split(",")])
        self.hide()
