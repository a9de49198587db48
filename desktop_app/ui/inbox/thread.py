"""The thread in the middle: what was said, by whom and when, the newest in view."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from desktop_app.message_records import Message
from desktop_app.tasks.inbox import View
from desktop_app.ui import local
from desktop_app.ui.inbox import words
from desktop_app.ui.widgets import Pill, Text, column, row
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several

SHOWN = 30  # messages of a long thread that are drawn; the older ones are counted


class ThreadView(QScrollArea):
    """Messages below each other; the shop's own stand a little to the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What was said"))
        whole = QWidget()
        whole.setObjectName("plain")
        self._body = column(gap=10, margins=(20, 14, 20, 14))
        whole.setLayout(self._body)
        self.setWidget(whole)

    def show_view(self, view: View, timezone: str, about: str) -> None:
        """Show a conversation; ``about`` is what it is about, in words."""
        clear(self._body)
        conversation = view.conversation
        self._body.addWidget(Text(conversation.subject or about or _("Message"), "large", strong=True, wrap=True))
        pills: list[QWidget | None] = []
        for said, tone in (words.urgency(conversation.reading), words.mood(conversation.reading)):
            if said:
                pills.append(Pill(said, tone))
        channel = _("e-mail") if conversation.channel == "e-mail" else conversation.channel
        told = [about if conversation.subject else "", channel, words.language(conversation.reading.language)]
        line = " · ".join(part for part in told if part)
        self._body.addLayout(row(*pills, Text(line, "small", tone="muted"), None, gap=6))
        if view.draft is not None and view.draft.summary:
            self._body.addWidget(Text(view.draft.summary, "small", tone="muted", wrap=True))
        hidden = len(view.messages) - SHOWN
        if hidden > 0:
            told_older = several("{count} older message", "{count} older messages", hidden)
            self._body.addWidget(Text(told_older, "small", tone="muted"))
        for message in view.messages[-SHOWN:]:
            self._body.addLayout(_said(message, conversation.name, timezone))
        self._body.addStretch(1)
        QTimer.singleShot(0, self, self._to_end)

    def _to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())


def _said(message: Message, name: str, timezone: str) -> QHBoxLayout:
    own = message.who == "shop"
    card = QFrame()
    card.setObjectName("card")
    who = _("You") if own else message.sender or name or _("Customer")
    when = local.moment(message.sent, timezone) if message.sent else ""
    text = Text(message.text, wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    head = row(Text(who, "small", strong=True), None, Text(when, "small", tone="muted"))
    card.setLayout(column(head, text, gap=4, margins=(14, 10, 14, 12)))
    card.setAccessibleName(f"{who}: {message.text}")
    return row(32, card, gap=0) if own else row(card, 32, gap=0)
