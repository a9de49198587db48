"""A draft of the queue written anew while one watches: its words stream into the card, then it is read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.records import Described, Draft, Failed, Note, Piece, Saved
from desktop_app.ui import describing
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.worker import Job
from desktop_app.ui.writing.card import DraftCard
from desktop_app.words import _


class WritingAgain(QObject):
    """Writes one text at a time into the card."""

    told = Signal(object)  # Notice
    saved = Signal(int)  # the draft that was written
    ended = Signal()

    def __init__(self, desk: Desk, card: DraftCard) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Tell whether a text is being written."""
        return self._job is not None

    def begin(self, draft: Draft) -> None:
        """Write what stands in place of ``draft``."""
        desk, product = self._desk, draft.product
        wishes = replace(
            describing.wishes(desk), language=draft.language, field=draft.field, seed=draft.seed + 1
        )  # fmt: skip
        self._card.begin()

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app.tasks import describe

            return describe.describe(shop, desk.engine(), stop, products=[product], wishes=wishes)

        self._job = desk.stream(work, event=self._hear, done=self._written, failed=self._failed, ended=self._ended)

    def stop(self) -> None:
        """Stop writing; what is there is kept."""
        if self._job is not None:
            self._job.cancel()

    def _hear(self, event: Any) -> None:
        if isinstance(event, Piece):
            self._card.view.add(event.text)
            self._card.measure(self._card.view.text)
        elif isinstance(event, Note):
            self.told.emit(Notice(event.text))
        elif isinstance(event, Failed):
            self.told.emit(Notice(event.why, "caution"))
        elif isinstance(event, Saved) and event.draft.id is not None:
            self.saved.emit(event.draft.id)

    def _written(self, result: Any) -> None:
        self._job = None
        self._card.view.end()
        self._desk.touched()
        if isinstance(result, Described) and result.count:
            self._desk.said.emit(_("Draft saved"), True)

    def _failed(self, why: str) -> None:
        self.told.emit(Notice(why, "bad"))

    def _ended(self) -> None:
        self._job = None
        self._card.view.end()
        self.ended.emit()
