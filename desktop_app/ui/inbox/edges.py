"""What stands around the conversations: the keys, the line that names them, and what an empty inbox says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.message_records import CONVERSATION_STATES, ConversationState
from desktop_app.ui import local
from desktop_app.ui.commands import Command, Commands
from desktop_app.ui.inbox import words
from desktop_app.ui.widgets import Button, EmptyState, KeyHint, Text, footer, row
from desktop_app.words import _, several

# key, what it does, and its name in the palette ("": known only as a key)
KEYS = (
    ("J", "next", "Next conversation"), ("K", "previous", "Previous conversation"),
    ("E", "edit", "Write in the answer"), ("W", "aside", "Put this conversation aside, or open it again"),
    ("G", "gap", "Answer what the shop does not know yet"), ("I", "about", "Say what this message is about"),
    ("P", "paste", "Paste messages"), ("D", "draft_all", "Draft all new messages"),
    ("/", "seek", ""), ("Z", "undo", ""),
    ("Ctrl+Return", "send", "Copy the answer and mark as answered"), ("Ctrl+Enter", "send", ""),
)  # fmt: skip
_APART = 11  # pixels between two keys
MACROS = 9  # saved answers that have a key


def bind(
    page: QWidget, commands: Commands, run: Mapping[str, Callable[[], object]], macro: Callable[[int], object]
) -> None:
    """Give the page its keys, which a field one types in keeps for itself, and the palette their names."""
    commands.drop("messages.")

    def key(name: str, does: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(name), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(does)

    for name, what, english in KEYS:
        key(name, run[what])
        if english:
            commands.add(Command(f"messages.{what}", english, run[what], name, can=page.isVisible))
    for number in range(MACROS):
        key(str(number + 1), partial(macro, number))


def filter_row(
    press: Callable[[ConversationState | None], object],
) -> tuple[QHBoxLayout, dict[ConversationState | None, Button]]:
    """Return the row of filters and each button by its state."""
    tabs, filters = row(gap=4, margins=(16, 6, 16, 2)), dict[ConversationState | None, Button]()
    for state in (None, *CONVERSATION_STATES):
        button = Button(words.filter_name(state), partial(press, state), kind="quiet", small=True)
        button.setCheckable(True)
        button.setChecked(state is None)
        filters[state] = button
        tabs.addWidget(button)
    tabs.addStretch(1)
    return tabs, filters


def show_counts(filters: Mapping[ConversationState | None, Button], counts: Mapping[str, int], total: int) -> str:
    """Write beside each filter how many it shows, and return what is told of those that are unread or urgent."""
    for state, button in filters.items():
        figure = total if state is None else counts.get(state, 0)
        button.setText(f"{words.filter_name(state)} {local.number(figure)}" if figure else words.filter_name(state))
    unread, urgent = counts.get("unread", 0), counts.get("urgent", 0)
    told = [several("{count} unread", "{count} unread", unread)] if unread else []
    told += [several("{count} urgent", "{count} urgent", urgent)] if urgent else []
    return " · ".join(told)


def help_line() -> QWidget:
    """Return the line that names every key."""
    return footer(row(_Keys(), margins=(16, 6, 16, 6)))


class _Keys(QWidget):
    """The keys in a line; the last ones go where there is no room for them, and none is cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._pairs: list[QWidget] = []
        for key, english in words.KEYS:
            pair = QWidget()
            pair.setLayout(row(KeyHint(key), Text(words.key_words(english), "small", tone="muted"), gap=5))
            self._pairs.append(pair)
        self.setLayout(row(*self._pairs, None, gap=_APART))
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        left = self.width()
        for pair in self._pairs:
            left -= pair.sizeHint().width()
            pair.setVisible(left >= 0)
            left -= _APART

    def minimumSizeHint(self) -> QSize:
        """Give way to the window."""
        return QSize(1, super().minimumSizeHint().height())


def nothing_yet(bring: Callable[[], object], paste: Callable[[], object]) -> EmptyState:
    """Return what an inbox without any message says."""
    text = _("Take in a mailbox file, a table or a chat export, or paste what a customer wrote. Nothing is sent from "
             "here: you copy the answer.")  # fmt: skip
    return EmptyState("message-square", _("No messages yet"), text, (_("Import…"), bring), (_("Paste…"), paste))
