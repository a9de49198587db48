"""Bringing in what the shop knows: files, approved texts, answers given before; and what is said of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from desktop_app.errors import UserError
from desktop_app.knowledge_records import KnowledgeImported, Pair
from desktop_app.records import Note
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Notice
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.shop import Shop

FILES = "*.csv *.tsv *.xlsx *.md *.txt *.html *.htm *.docx *.pdf"


class Reading:
    """What the buttons at the head of the page do; ``decide`` shows the answers the merchant has to decide about."""

    def __init__(self, desk: Desk, page: Page, decide: Callable[[], object]) -> None:
        self._desk, self._page, self._decide = desk, page, decide

    def mine(self) -> None:
        """Look through the answered conversations for answers that serve everybody."""

        def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
            from desktop_app.tasks import mine_pairs

            yield from mine_pairs.mine_inbox(shop, self._desk.engine(), stop)

        found: list[Pair] = []

        def heard(event: Any) -> None:
            if isinstance(event, Pair):
                found.append(event)

        def done(_result: object) -> None:
            told = several("{count} answer found", "{count} answers found", len(found))
            self._desk.said.emit(told, bool(found))

        name = _("Looking in past answers")
        self._desk.work.start(name, work, event=heard, done=done,
                             failed=lambda why: self._page.tell(Notice(why, "caution")))  # fmt: skip

    def approved(self) -> None:
        """Make what was approved about products part of what the shop knows."""

        def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
            from desktop_app.tasks import knowledge

            yield from knowledge.read_approved(shop, stop)

        self._run(_("Reading the approved texts"), work)

    def ask(self) -> None:
        """Ask for files and bring them in."""
        chosen, _kind = QFileDialog.getOpenFileNames(self._page, _("Add files…"), "", f"{_('Documents')} ({FILES})")
        if chosen:
            self.take([Path(name) for name in chosen])

    def take(self, files: Sequence[Path]) -> None:
        """Bring files in, each as one action."""

        def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
            from desktop_app.tasks import knowledge

            for file in files:
                try:
                    yield from knowledge.import_knowledge(shop, stop, looked=knowledge.look(shop, file))
                except UserError as error:  # the other files are read all the same
                    yield Note(str(error))

        self._run(_("Reading what the shop knows"), work)

    def again(self) -> None:
        """Read the files again that changed, and the approved texts where they are used."""

        def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
            from desktop_app.tasks import knowledge

            yield from knowledge.read_again(shop, stop)

        self._run(_("Reading changed files again"), work)

    def _run(self, name: str, work: Any) -> None:
        def heard(event: Any) -> None:
            if isinstance(event, Note):
                self._page.tell(Notice(event.text, "caution"))
            if isinstance(event, KnowledgeImported):
                self._came(event)

        self._desk.work.start(name, work, event=heard, failed=lambda why: self._page.tell(Notice(why, "caution")))

    def _came(self, event: KnowledgeImported) -> None:
        told = _("{name}: {added} passages added, {changed} changed.", name=event.name, added=event.added,
                 changed=event.changed)  # fmt: skip
        if event.kept:
            told += " " + several("{count} answer you changed stays.", "{count} answers you changed stay.", event.kept)
        self._desk.said.emit(told, event.action is not None)
        if event.asks:
            why = several(
                "{name} says something else now of {count} answer you changed. Yours stands until you decide.",
                "{name} says something else now of {count} answers you changed. Yours stand until you decide.",
                event.asks, name=event.name,
            )  # fmt: skip
            self._page.tell(Notice(why, "caution", button=_("Look at them"), run=self._decide))
