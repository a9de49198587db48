"""The Messages page: conversations at the left, thread and answer in the middle, what it rests on at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.knowledge_records import ReplyWishes
from desktop_app.message_records import (
    CONVERSATION_STATES,
    ConversationRow,
    ConversationState,
    Intent,
    Macro,
)
from desktop_app.ui.desk import Desk
from desktop_app.ui.inbox import work
from desktop_app.ui.inbox.about import AboutColumn
from desktop_app.ui.inbox.answer import AnswerPanel
from desktop_app.ui.inbox.edges import bind, filter_row, help_line, nothing_yet, show_counts
from desktop_app.ui.inbox.list import InboxList, InboxModel
from desktop_app.ui.inbox.taking import Taking
from desktop_app.ui.inbox.thread import ThreadView
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, EmptyState, Hairline, SearchField, column, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.worker import Job
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.shop import Shop
    from desktop_app.tasks.inbox import View

_MOST = 5000  # conversations in the list at once
_ROOMY = 1020  # below this width what belongs to the conversation gives way
_TALL = 660  # below this height the answer leaves room for what it answers


class InboxPage(Page):
    """A merchant clears an afternoon's messages without the mouse."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Messages"))
        self.state: ConversationState | None = None
        self.view: View | None = None
        self.macros: list[Macro] = []
        self._wanted: int | None = None
        self._job: Job | None = None
        self.model = InboxModel()
        self.list = InboxList(self.model)
        run: dict[str, Callable[..., object]] = {
            "send": self.send, "draft": self.draft, "aside": self.put_aside, "stop": self.stop,
            "known": self.keep_known, "correct": self.correct, "link": self.link, "export": self.export,
            "erase": self.ask_erase,
        }  # fmt: skip
        self.talk, self.answer, self.about = ThreadView(), AnswerPanel(desk, run), AboutColumn(desk, run)
        self.taking = Taking(self)
        self.bring, self.paste, self.paste_panel = self.taking.bring, self.taking.paste, self.taking.panel
        self._build_header()
        self._build_body()
        self._bind_keys()
        self.show_loading()

    # --- what the window asks ---

    def arrive(self, conversation: int | None = None, files: Sequence[Path] = (), **where: Any) -> None:
        """Show the list, perhaps at one conversation; take ``files`` in, or with ``draft`` go on drafting."""
        if conversation is not None:
            self._wanted = conversation
        self.list.setFocus()
        work.forget_old(self.desk)
        self._look()
        self.taking.take(list(files))
        if where.get("draft"):
            self.draft_all()

    def refresh(self) -> None:
        """Look again, and show the conversation as it is now."""
        self._look()

    def leave(self) -> None:
        """Keep words that were typed and not kept yet."""
        self._keep_words()

    def seek(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    # --- what the merchant does ---

    def step(self, by: int) -> None:
        """Go to another conversation."""
        if self.model.rows:
            self.list.setFocus()
            self.list.stand_on(min(max(self.list.currentIndex().row() + by, 0), len(self.model.rows) - 1))

    def draft(self) -> None:
        """Draft an answer to this conversation, in place of the one that is there."""
        if self.view is None or self._job is not None:
            return
        number = self.view.conversation.id or 0
        wishes = self._wishes()
        self.answer.busy(True)

        self._job = work.draft_one(self.desk, number, wishes, self._careful, self._drafted)

    def draft_all(self) -> None:
        """Draft an answer to every new message, in the strip at the bottom."""
        work.draft_all(self.desk, self._wishes())

    def stop(self) -> None:
        """Stop drafting; what is there stays."""
        if self._job is not None:
            self._job.cancel()

    def send(self) -> None:
        """Copy the answer, note that it was sent, and go to the next conversation that waits."""
        text = self.answer.text.toPlainText().strip()
        if self.about.sources.keep_gap() or self.view is None or self._job is not None:
            return
        if self.middle.currentWidget() is self.paste_panel:
            self.paste_panel.keep()
            return
        if not text:
            self.tell(Notice(_("There is no answer yet. Return drafts one."), "caution"))
            return
        QGuiApplication.clipboard().setText(text)
        number = self.view.conversation.id or 0
        self._go_on(number)
        work.send(self.desk, number, text)

    def put_aside(self) -> None:
        """Put the conversation aside, or open it again."""
        if self.view is None:
            return
        conversation = self.view.conversation
        number = conversation.id or 0
        state: ConversationState = "new" if conversation.state in {"waiting", "sent"} else "waiting"
        said = _("Open again") if state == "new" else _("Put aside until you open it again")
        self._keep_words()
        if state == "waiting":
            self._go_on(number)
        work.set_state(self.desk, number, state, said)

    def edit(self) -> None:
        """Take the keyboard to the answer."""
        if self.view is not None:
            self.answer.text.setFocus()

    def gap(self) -> None:
        """Take the keyboard to the question nobody has answered yet."""
        self.about.setVisible(bool(self.model.rows))  # a small window hides it until it is asked for
        if not self.about.sources.answer_gap():
            self.tell(Notice(_("Nothing is missing here.")))

    def choose_intent(self) -> None:
        """Open the list of what messages are about."""
        self.about.setVisible(bool(self.model.rows))
        self.about.choose()

    def keep_known(self, question: str, text: str) -> None:
        """Put an answer into the knowledge, and draft this conversation again with it."""
        self.list.setFocus()
        work.keep_known(self.desk, question, text, self.draft)

    def correct(self, intent: str) -> None:
        """Say what this conversation is about; the program learns from it."""
        if self.view is not None:
            work.correct(self.desk, self.view.conversation.id or 0, intent)

    def macro(self, place: int) -> None:
        """Put a saved answer into the answer, its variables filled."""
        if self.view is None or place >= len(self.macros):
            return

        def put(found: tuple[str, tuple[str, ...]]) -> None:
            self.answer.put(found[0])
            if found[1]:
                self.tell(Notice(_("No value is known for {names}.", names=", ".join(found[1])), "caution"))

        work.fill(self.desk, self.macros[place], self.view, put)

    def link(self, number: str) -> None:
        """Say which order this conversation is about."""
        if self.view is not None:
            work.link(self.desk, self.view.conversation.id or 0, number, self._careful)

    # --- a person's data ---

    def export(self) -> None:
        """Save what is kept of this customer where the merchant says."""
        if self.view is not None:
            work.ask_export(self, self.desk, self.view.conversation.id or 0)

    def ask_erase(self) -> None:
        """Ask once, at the top of the page: this is the one thing that cannot be undone."""
        if self.view is not None:
            self.tell(work.erase_notice(self.desk, self.view.conversation.id or 0))

    def _careful(self, why: str) -> None:
        self.tell(Notice(why, "caution"))

    # --- building ---

    def _build_header(self) -> None:
        self.search = SearchField(_("Search names, words, order numbers…"))
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(280)
        self.search.searched.connect(lambda _text: self._look())
        self.search.left.connect(self.list.setFocus)
        self.all_button = Button(_("Draft all new"), self.draft_all, key="D")
        self.header.addSpacing(12)
        self.header.addWidget(self.search, 9)
        self.header.addStretch(1)
        paste, bring = Button(_("Paste…"), self.paste, key="P"), Button(_("Import…"), self.bring)
        answering = Button(_("How you answer…"), lambda: self.desk.go("answering"))
        for button in (paste, bring, answering):
            self.header.addWidget(button)
        self._head: tuple[QWidget, ...] = (self.search, paste, bring, self.all_button)
        self.header.addWidget(self.all_button)

    def _show_head(self, full: bool) -> None:
        """An empty inbox has its own two buttons."""
        for part in self._head:
            part.setVisible(full)

    def _build_body(self) -> None:
        tabs, self.filters = filter_row(self._press_and_look)
        self.nothing = EmptyState("search", _("Nothing found"), "", (_("Show all"), self._show_all))
        self.nothing.hide()
        self._conversation = QWidget()
        self._conversation.setObjectName("plain")
        both = column(self.talk, Hairline(), self.answer, gap=0)
        both.setStretch(0, 1)
        self._conversation.setLayout(both)
        self.middle = QStackedWidget()
        self.middle.addWidget(self._conversation)
        self.middle.addWidget(self.paste_panel)
        self._line = Hairline(upright=True)
        parts = row(column(self.list, self.nothing, gap=0), Hairline(upright=True), self.middle, self._line, self.about,
                    gap=0)  # fmt: skip
        parts.setStretch(2, 1)
        whole = QWidget()
        lines = column(tabs, Hairline(), parts, help_line(), gap=0)
        lines.setStretch(2, 1)
        whole.setLayout(lines)
        self.set_full(whole)
        self.list.moved.connect(self._show_current)
        self.list.entered.connect(self.draft)
        self.answer.text.left.connect(self.list.setFocus)
        for widget in (self, self.list, self.list.viewport()):
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def _bind_keys(self) -> None:
        bind(self, self.desk.commands, {
            "next": partial(self.step, 1), "previous": partial(self.step, -1), "edit": self.edit,
            "aside": self.put_aside, "gap": self.gap, "about": self.choose_intent, "paste": self.paste,
            "draft_all": self.draft_all, "seek": self.seek, "undo": self.desk.past.undo_said, "send": self.send,
        }, self.macro)  # fmt: skip

    def show_thread(self) -> None:
        """Show the conversation in place of what was pasted."""
        self.middle.setCurrentWidget(self._conversation)
        self.list.setFocus()
        self._look()

    # --- the list ---

    def _look(self) -> None:
        typed, state = self.search.text(), self.state

        def read(shop: Shop) -> Any:
            from desktop_app.tasks import intents

            ids = shop.find_conversations(typed, state=state)
            rows = shop.conversation_rows(ids[:_MOST])
            return rows, len(ids), shop.conversation_counts(), intents.listed(shop), shop.macros()

        self.desk.ask(read, self._show, key="inbox", failed=lambda why: self.show_failed(why, self._look))

    def _show(self, found: tuple[list[ConversationRow], int, dict[str, int], list[Intent], list[Macro]]) -> None:
        rows, _count, counts, listed, self.macros = found
        total = sum(counts.get(state, 0) for state in CONVERSATION_STATES)
        if not total and self.middle.currentWidget() is not self.paste_panel:
            self.view = None
            self._show_head(False)
            self.show_empty(nothing_yet(self.bring, self.paste))
            return
        self.show_full()
        self._show_head(True)
        self.about.intents = listed
        self.model.names = {one.key: one.name for one in listed}
        self.model.timezone = self.desk.shop.timezone if self.desk.shop else "UTC"
        keep = self._wanted if self._wanted is not None else self.list.current_id()
        at = self.list.currentIndex().row()
        self.list.blockSignals(True)
        self.model.show(rows)
        self.list.blockSignals(False)
        self.subtitle.setText(show_counts(self.filters, counts, total))
        self.all_button.setEnabled(counts.get("new", 0) > 0)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self._conversation.setVisible(bool(rows))
        self.about.setVisible(bool(rows) and self.width() >= _ROOMY)
        if not rows:
            self.view = None
            return
        place = self.model.place(keep)
        self._wanted = None
        self.list.stand_on(place if place >= 0 else min(max(at, 0), len(rows) - 1))

    def _show_current(self) -> None:
        number = self.list.current_id()
        if number is None:
            return
        if self.view is not None and self.view.conversation.id != number:
            self._keep_words()

        def read(shop: Shop) -> Any:
            from desktop_app.tasks import inbox

            return inbox.view(shop, number)

        self.desk.ask(read, self._show_view, key="inbox.view", failed=lambda why: self.tell(Notice(why, "caution")))

    def _show_view(self, view: View) -> None:
        number = view.conversation.id
        if number != self.list.current_id():
            return
        typing = self.view is not None and self.view.conversation.id == number and self.answer.changed is not None
        same = self.view == view
        self.view = view
        zone = self.model.timezone
        about = self.model.names.get(view.conversation.reading.intent, "")
        if not same:
            self.talk.show_view(view, zone, about)
            self.about.show_view(view, zone)
        if not typing:  # what is being typed is never covered
            self.answer.show_view(view)
        row_at = self.model.place(number)
        if row_at >= 0 and self.model.rows[row_at].unread:
            work.see(self.desk, number or 0)
            self.model.looked_at(row_at)

    def _go_on(self, number: int) -> None:
        """Go to the next conversation that waits for an answer, below this one first."""
        following = self.model.following(number)
        self.view = None
        self.list.setFocus()
        self._wanted = self.model.rows[following].id if following is not None else None
        if following is not None:
            self.list.stand_on(following)

    def _keep_words(self) -> None:
        words_now = self.answer.changed
        if self.view is None or words_now is None:
            return
        work.keep_words(self.desk, self.view.conversation.id or 0, words_now)

    def _drafted(self) -> None:
        self._job = None
        self.answer.busy(False)
        self.view = None  # shown anew with the draft
        self._look()

    def _wishes(self) -> ReplyWishes:
        language = self.desk.shop.language if self.desk.shop else ""
        return ReplyWishes(tone=self.answer.tone.currentData(), length=self.answer.length.currentData(), gloss=language)

    def press(self, state: ConversationState | None) -> None:
        """Choose which conversations the list shows from now on."""
        self.state = state
        for key, button in self.filters.items():
            button.setChecked(key == state)

    def _press_and_look(self, state: ConversationState | None) -> None:
        self.press(state)
        self._look()

    def _show_all(self) -> None:
        self.search.clear()
        self._press_and_look(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what belongs to the conversation go where the window is small."""
        super().resizeEvent(event)
        self.about.setVisible(self.width() >= _ROOMY and bool(self.model.rows))
        self._line.setVisible(self.width() >= _ROOMY)
        self.subtitle.setVisible(self.width() >= _ROOMY)
        self.answer.text.setMaximumHeight(200 if self.height() >= _TALL else 96)
