"""The replies page: a customer's message at the left, the draft and its sources at the right; nothing is sent."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from desktop_app.knowledge_records import ReplyDraft, ReplyWishes, Said, Thread
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.replies.sources import Sources
from desktop_app.ui.widgets import Button, Hairline, Notice, Pick, Sign, Text, column, row
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.shop import Shop

_LEFT = 380
_SETTLED = 400  # milliseconds after the last key before a changed answer is held against its sources
_TONES = ("plain", "warm", "formal")
_LENGTHS = ("short", "medium", "long")


class RepliesPage(Page):
    """Paste a message, read the draft and what it rests on, copy it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Replies"))
        self.draft: ReplyDraft | None = None
        self._job: Any = None
        self.knowledge = Button(_("What the shop knows…"), lambda: desk.go("knowledge"))
        self.header.addStretch(1)
        self.header.addWidget(self.knowledge)
        whole = QWidget()
        whole.setObjectName("plain")
        line = row(self._build_left(), Hairline(upright=True), gap=0)
        line.addWidget(self._build_right(), 1)
        whole.setLayout(line)
        self.set_full(whole)
        self.show_full()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._hold)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, activated=self.write)  # type: ignore[call-overload]
        self._show(None)

    def arrive(self, **where: Any) -> None:
        """Take the keyboard to the message."""
        self.message.setFocus()

    # --- the message ---

    def _build_left(self) -> QWidget:
        self.message = QPlainTextEdit()
        self.message.setPlaceholderText(_("Paste what the customer wrote."))
        self.message.setAccessibleName(_("The customer's message"))
        self.message.setTabChangesFocus(True)
        self.order = QLineEdit()
        self.order.setPlaceholderText(_("Order number, if it is not in the message"))
        self.order.setAccessibleName(_("Order number"))
        self.tone, self.length = Pick(), Pick()
        for key, name in zip(_TONES, (_("Matter of fact"), _("Warm"), _("Formal")), strict=True):
            self.tone.addItem(name, key)
        for key, name in zip(_LENGTHS, (_("Short"), _("Medium"), _("Long")), strict=True):
            self.length.addItem(name, key)
        self.length.setCurrentIndex(1)
        self.tone.setAccessibleName(_("Tone"))
        self.length.setAccessibleName(_("Length"))
        self.go = Button(_("Draft an answer"), self.write, kind="main", key="Ctrl ⏎")
        hint = _("Nothing is sent from here. You copy the answer and send it where the customer wrote to you.")
        left = QWidget()
        left.setObjectName("plain")
        left.setFixedWidth(_LEFT)
        left.setLayout(
            column(
                Text(_("The customer's message"), strong=True), self.message, self.order,
                row(self.tone, self.length, None), self.go, Text(hint, "small", tone="muted", wrap=True),
                gap=12, margins=(24, 20, 20, 20),
            )
        )  # fmt: skip
        return left

    def write(self) -> None:
        """Draft an answer to the message."""
        text = self.message.toPlainText().strip()
        if not text or self.desk.shop is None:
            self.message.setFocus()
            return
        if self._job is not None:
            self._job.cancel()
        wishes = ReplyWishes(tone=self.tone.currentData(), length=self.length.currentData(),
                             gloss=self.desk.shop.language)  # fmt: skip
        thread = Thread((Said(text),), order=self.order.text().strip(), wishes=wishes)
        self.notices.clear()
        self.go.setEnabled(False)
        self.subtitle.setText(_("One moment …"))

        def work(shop: Shop, stop: threading.Event) -> ReplyDraft:
            from desktop_app.tasks import reply

            return reply.draft_reply(shop, self.desk.engine(), thread, stop)

        def done(draft: ReplyDraft) -> None:
            if job is self._job:  # a newer message may have taken its place
                self._done(draft)

        def ended() -> None:
            if job is self._job:
                self._ended()

        job = self._job = self.desk.stream(work, done=done, failed=self._told, ended=ended)

    def _done(self, draft: ReplyDraft) -> None:
        self._show(draft)
        if draft.missing:

            def note(shop: Shop) -> None:
                from desktop_app.tasks import knowledge

                knowledge.note_gaps(shop, draft.missing)

            self.desk.do(note)

    def _told(self, why: str) -> None:
        self.tell(Notice(why, "bad"))

    def _ended(self) -> None:
        self._job = None
        self.go.setEnabled(True)
        self.subtitle.setText("")

    # --- the answer ---

    def _build_right(self) -> QWidget:
        self.sign = Sign("info")
        self.action = Text("", strong=True, wrap=True)
        self.reasons = Text("", "small", tone="muted", wrap=True)
        self.answer = QPlainTextEdit()
        self.answer.setAccessibleName(_("The answer"))
        self.answer.setTabChangesFocus(True)
        self.answer.setMinimumHeight(180)
        self.answer.textChanged.connect(lambda: self._settle.start())
        self.marks = Text("", "small", tone="caution", wrap=True)
        self.by = Text("", "small", tone="muted", wrap=True)
        self.copy = Button(_("Copy"), self._copy, kind="main")
        self.again = Button(_("Again"), self.write)
        self.sources = Sources()
        self.sources.add.connect(self._add)
        self.waiting = Text(
            _("The answer appears here, with the passages and the figures of your shop that it rests on."),
            tone="muted", wrap=True,
        )  # fmt: skip
        self.found = QWidget()
        self.found.setObjectName("plain")
        head = row(self.sign, gap=10)
        head.addLayout(column(self.action, self.reasons, gap=2), 1)
        self.found.setLayout(
            column(head, self.answer, self.marks, row(self.copy, self.again, None), self.by, self.sources, None, gap=12)
        )
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setMaximumWidth(780)
        inside.setLayout(column(self.waiting, self.found, None, gap=0, margins=(24, 20, 24, 24)))
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setWidget(inside)
        return around

    def _show(self, draft: ReplyDraft | None) -> None:
        self.draft = draft
        self.found.setVisible(draft is not None)
        self.waiting.setVisible(draft is None)
        if draft is None:
            return
        icon, tint, words = {
            "draft": ("circle-check", "accent", _("Ready to look at")),
            "ask": ("triangle-alert", "caution", _("Decide first")),
            "hand_over": ("circle-alert", "bad", _("This one is for you")),
        }[draft.action]
        self.sign.show_sign(icon, tint)
        self.action.setText(words)
        self.reasons.setText(" ".join(draft.reasons))
        self.reasons.setVisible(bool(draft.reasons))
        self.answer.setPlainText(draft.text)
        self.by.setText(
            _("Written by {weights} from your own answers.", weights=draft.weights)
            if draft.writer != "plain" else _("In your shop's own words; no weights wrote any of it.")
        )  # fmt: skip
        self.sources.show_draft(draft)
        self._hold()

    def _hold(self) -> None:
        """Hold the words in the field against what the draft rests on, and name what neither carries."""
        draft, text = self.draft, self.answer.toPlainText()
        if draft is None:
            return

        def read() -> list[str]:
            from desktop_app.tasks import reply

            return list(dict.fromkeys(one.text for one in reply.findings(draft, text)))

        def told(found: list[str]) -> None:
            quoted = ", ".join(f"“{one}”" for one in found)
            self.marks.setText(_("Nothing in your knowledge says this: {words}", words=quoted))
            self.marks.setVisible(bool(found))

        self.desk.quick_look(read, told)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.answer.toPlainText())
        self.desk.said.emit(_("Copied. Send it where the customer wrote to you."), False)

    def _add(self, question: str, text: str) -> None:
        """Put an answer into the knowledge, then draft again with it."""

        def task(shop: Shop) -> int:
            from desktop_app.tasks import knowledge

            gap = next((g.id for g in shop.gaps() if g.question == question), None)
            return knowledge.add_policy(shop, text=text, question=question, gap=gap)

        self.desk.do(task, said=_("Kept in what the shop knows."), then=lambda _id: self.write())
        if self.draft is not None:
            self.draft = replace(self.draft, missing=())
