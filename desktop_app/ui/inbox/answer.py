"""The answer below the thread: what is proposed and why, the words, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.knowledge_records import ReplyDraft
from desktop_app.tasks.inbox import View
from desktop_app.ui.desk import Desk
from desktop_app.ui.inbox import words
from desktop_app.ui.widgets import Button, Pick, Sign, Text, column, row
from desktop_app.words import _

_SETTLED = 400  # milliseconds after the last key before changed words are held against what they rest on
TONES = ("", "plain", "warm", "formal")
LENGTHS = ("medium", "short", "long")


class _Words(QPlainTextEdit):
    """The words of the answer; Escape goes back to the list."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class AnswerPanel(QWidget):
    """Shows the kept draft of a conversation and lets the merchant change it."""

    def __init__(self, desk: Desk, run: dict[str, Callable[[], object]]) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("footer")
        self.draft: ReplyDraft | None = None
        self._kept = ""
        self.sign = Sign("info")
        self.action = Text("", strong=True)
        self.reasons = Text("", "small", tone="muted", wrap=True)
        self.text = _Words()
        self.text.setAccessibleName(_("The answer"))
        self.text.setPlaceholderText(_("Write here, or press Return in the list for a draft."))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(96)
        self.gloss = Text("", "small", tone="muted", wrap=True)
        self.marks = Text("", "small", tone="caution", wrap=True)
        self.send = Button(_("Copy, done"), run["send"], kind="main", key="Ctrl ⏎")
        self.again = Button(_("Draft"), run["draft"], key="⏎")
        self.aside = Button(_("Put aside"), run["aside"], key="W")
        self.stop = Button(_("Stop"), run["stop"])
        self.tone, self.length = Pick(), Pick()
        for key, name in zip(TONES, (_("Your voice"), _("Matter of fact"), _("Warm"), _("Formal")), strict=True):
            self.tone.addItem(name, key)
        for key, name in zip(LENGTHS, (_("Medium"), _("Short"), _("Long")), strict=True):
            self.length.addItem(name, key)
        self.tone.setAccessibleName(_("Tone"))
        self.length.setAccessibleName(_("Length"))
        for pick in (self.tone, self.length):
            pick.activated.connect(lambda _n: run["draft"]())
        self.send.setToolTip(_("Copy the answer and mark as answered"))
        head = row(self.sign, self.action, None, self.tone, self.length, gap=8)
        buttons = row(self.send, self.again, self.stop, self.aside, None)
        self.setLayout(
            column(head, self.reasons, self.text, self.marks, self.gloss, buttons, gap=8, margins=(20, 12, 20, 12))
        )
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._hold)
        self.text.textChanged.connect(self._settle.start)
        self.busy(False)

    @property
    def changed(self) -> str | None:
        """The merchant's own words where they differ from what is kept; None where they do not."""
        now = self.text.toPlainText()
        return now if now != self._kept and now.strip() else None

    def show_view(self, view: View) -> None:
        """Show what is kept for a conversation."""
        kept, self.draft = view.kept, view.draft
        self._kept = kept.text if kept else ""
        if self.text.toPlainText() != self._kept:
            self.text.setPlainText(self._kept)
        icon, tone, said = words.action(kept.action if kept else "draft")
        if view.old:
            icon, tone, said = "triangle-alert", "caution", _("The customer wrote again since this was drafted")
        if kept is None:
            icon, tone, said = "pencil", "muted", _("No answer yet")
        self.sign.show_sign(icon, tone)
        self.action.setText(said)
        reasons = view.draft.reasons if view.draft else ()
        self.reasons.setText(" ".join(reasons))
        self.reasons.setVisible(bool(reasons))
        gloss = view.draft.gloss if view.draft else ""
        self.gloss.setText(_("It says: {gloss}", gloss=" ".join(gloss.split())) if gloss else "")
        self.gloss.setVisible(bool(gloss))
        self.marks.setVisible(False)
        self.again.setText(_("Draft again") if kept else _("Draft"))
        self._hold()

    def put(self, text: str) -> None:
        """Put a saved answer where one writes, or in place of nothing."""
        if self.text.toPlainText().strip():
            self.text.insertPlainText(text)
        else:
            self.text.setPlainText(text)

    def busy(self, on: bool) -> None:
        """Show that an answer is being drafted, with Stop where Draft was."""
        self.again.setVisible(not on)
        self.stop.setVisible(on)
        self.text.setReadOnly(on)

    def _hold(self) -> None:
        """Hold the words against what the draft rests on, and name what neither carries."""
        draft, text = self.draft, self.text.toPlainText()
        if draft is None or not text.strip() or text == draft.text:
            self.marks.setVisible(False)
            return

        def read(shop: Any) -> list[str]:
            from desktop_app.tasks import reply, rule_packs

            return list(dict.fromkeys(one.text for one in reply.findings(draft, text, rule_packs.chosen(shop))))

        def told(found: list[str]) -> None:
            quoted = ", ".join(f"“{one}”" for one in found)
            self.marks.setText(_("Nothing in your knowledge says this: {words}", words=quoted))
            self.marks.setVisible(bool(found) and self.text.toPlainText() == text)

        self.desk.ask(read, told, key="reply.marks")
