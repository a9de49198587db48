"""What stands around the conversations: the line of keys at the foot, and what an empty inbox says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.ui.inbox import words
from desktop_app.ui.widgets import EmptyState, KeyHint, Text, row
from desktop_app.words import _


def help_line() -> QWidget:
    """Return the line that names every key."""
    foot = QWidget()
    foot.setObjectName("footer")
    foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    parts: list[QWidget | int | None] = []
    for key, english in words.KEYS:
        parts += [KeyHint(key), Text(words.key_words(english), "small", tone="muted"), 6]
    foot.setLayout(row(*parts, None, gap=5, margins=(16, 6, 16, 6)))
    return foot


def nothing_yet(bring: Callable[[], object], paste: Callable[[], object]) -> EmptyState:
    """Return what an inbox without any message says."""
    text = _("Take in a mailbox file, a table or a chat export, or paste what a customer wrote. Nothing is sent from "
             "here: you copy the answer.")  # fmt: skip
    return EmptyState("message-square", _("No messages yet"), text, (_("Import…"), bring), (_("Paste…"), paste))
