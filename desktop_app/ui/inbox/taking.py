"""Messages on their way in: files that are chosen or dropped, and words that are pasted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop_app.message_records import Message, MessagesImported
from desktop_app.records import Note
from desktop_app.ui.inbox import words, work
from desktop_app.ui.inbox.paste import PastePanel
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.inbox.page import InboxPage

FILES = "*.eml *.mbox *.csv *.tsv *.xlsx *.json *.jsonl"


class Taking(QObject):
    """Asks for messages, takes them in, and tells the page what came."""

    def __init__(self, page: InboxPage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self.panel = PastePanel(self.keep, self.close)

    def bring(self) -> None:
        """Choose files of messages and take them in."""
        chosen, _kind = QFileDialog.getOpenFileNames(
            self._page, _("Take messages in"), "", f"{_('Messages')} ({FILES})"
        )
        self.take([Path(name) for name in chosen])

    def take(self, files: list[Path]) -> None:
        """Take files of messages in, each as one action."""
        if files:
            work.take(self._desk, files, self._heard)

    def paste(self) -> None:
        """Show where messages are pasted."""
        self._page.leave()
        self._page.show_full()
        self._page.middle.setCurrentWidget(self.panel)
        self.panel.begin()

    def close(self) -> None:
        """Show the thread again."""
        self.panel.guard.settle()
        self._page.show_thread()

    def keep(self, text: str, who: Message) -> None:
        """Keep what was pasted."""

        def kept(end: MessagesImported) -> None:
            self._page.press(None)
            self._heard(end)
            self.close()

        work.paste(self._desk, text, who, kept, self._careful)

    def _careful(self, why: str) -> None:
        self._page.tell(Notice(why, "caution"))

    def _heard(self, event: Any) -> None:
        if isinstance(event, Note):
            self._careful(event.text)
        if isinstance(event, MessagesImported):
            self._desk.said.emit(words.came_in(event), event.action is not None)
            if event.problems:
                self._careful(words.left_out(event))
