"""Where messages are pasted or typed: one, several apart by a line of ---, or a copied chat."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_app.message_records import Message
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _


class PastePanel(QWidget):
    """Takes the place of the thread while one pastes."""

    def __init__(self, keep: Callable[[str, Message], object], close: Callable[[], object]) -> None:
        super().__init__()
        self._keep = keep
        self.setObjectName("plain")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(_("Paste what the customer wrote."))
        self.text.setAccessibleName(_("The customer's message"))
        self.name, self.mail, self.order = QLineEdit(), QLineEdit(), QLineEdit()
        for field, hint in (
            (self.name, _("Name")), (self.mail, _("E-mail or phone")), (self.order, _("Order number")),
        ):  # fmt: skip
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
        several = _("Several messages stand apart by a line of ---. A copied chat is read line by line.")
        self.go = Button(_("Keep"), self.keep, kind="main", key="Ctrl ⏎")
        back = Button(_("Cancel"), lambda: self.guard.leave(), key="Esc")
        self.setLayout(
            column(
                Text(_("The customer's message"), "large", strong=True), self.text,
                Text(several, "small", tone="muted", wrap=True), row(self.name, self.mail, self.order),
                row(self.go, back, None), gap=12, margins=(20, 16, 20, 16),
            )
        )  # fmt: skip
        self.guard = Guard(self, close)

    def begin(self) -> None:
        """Empty the fields and take the keyboard there."""
        for field in (self.name, self.mail, self.order):
            field.clear()
        self.text.clear()
        self.guard.settle()
        self.text.setFocus()

    def keep(self) -> None:
        """Hand over what was pasted."""
        text, who = self.text.toPlainText(), self.mail.text().strip()
        if not text.strip():
            self.text.setFocus()
            return
        mail = who if "@" in who else ""
        self._keep(text, Message("", "", self.name.text().strip(), mail, phone="" if mail else who,
                                 order=self.order.text().strip()))  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.guard.leave()
        else:
            super().keyPressEvent(event)
