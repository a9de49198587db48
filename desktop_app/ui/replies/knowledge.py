"""What the shop knows: its sources, what was typed, and the questions nobody has answered yet."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.knowledge_records import Gap, KnowledgeImported, Pair, Passage, Source
from desktop_app.records import Note
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.setting_rows import RowsCard, SettingRow
from desktop_app.ui.widgets import Button, EmptyState, Notice, Text, column, row, scrolling
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.shop import Shop

FILES = "*.csv *.tsv *.xlsx *.md *.txt *.html *.htm *.docx *.pdf"


class KnowledgePage(Page):
    """Bring files in, type an answer, settle open questions."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What the shop knows"))
        self.header.addStretch(1)
        mine = Button(_("Look in past answers"), self.mine)
        for button in (mine, Button(_("Read changed files again"), self._again), Button(_("Add files…"), self._ask)):
            self.header.addWidget(button)
        self.question, self.text = QLineEdit(), QPlainTextEdit()
        self.question.setPlaceholderText(_("The question it answers"))
        self.question.setAccessibleName(_("The question it answers"))
        self.text.setPlaceholderText(_("The answer, as you would write it to a customer"))
        self.text.setAccessibleName(_("The answer"))
        self.text.setFixedHeight(84)
        self.text.setTabChangesFocus(True)
        self.keep = Button(_("Keep"), self._keep, kind="main")
        self.typed = Text(_("Type an answer or a policy"), strong=True, wrap=True)
        typed = QFrame()
        typed.setObjectName("card")
        typed.setLayout(
            column(self.typed, self.question, self.text, row(self.keep, None),
                   gap=8, margins=(16, 12, 16, 16))
        )  # fmt: skip
        self.sources, self.gaps, self.pairs = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._gap: int | None = None
        self._passage: Passage | None = None  # the one that is being changed
        self._asked = ""
        whole = QWidget()
        whole.setObjectName("plain")
        whole.setMaximumWidth(820)
        whole.setLayout(column(self.gaps, self.pairs, typed, self.sources, None, gap=16, margins=(24, 16, 24, 32)))
        around = scrolling(whole)
        self.set_full(around)

    def arrive(self, **where: Any) -> None:
        """Show what there is; with ``passage`` that one, to be read or changed."""
        self.refresh()
        if (passage := where.get("passage")) is not None:
            failed = lambda why: self.tell(Notice(why, "caution"))  # noqa: E731 said once
            self.desk.ask(lambda shop: shop.passage(passage), self._show_passage, key="passage", failed=failed)

    def refresh(self) -> None:
        """Look at the shop again."""
        if self.desk.shop is not None:
            self.desk.ask(
                lambda shop: (shop.knowledge_sources(), shop.gaps(), shop.pairs()), self._looked, key="knowledge"
            )

    def _looked(self, found: tuple[Sequence[Source], Sequence[Gap], Sequence[Pair]]) -> None:
        sources, gaps, pairs = found
        self.subtitle.setText(
            several("{count} passage", "{count} passages", sum(s.passages for s in sources)) if sources else ""
        )
        _fill(self.gaps, _("Asked, and not answered yet") if gaps else "", [self._gap_row(gap) for gap in gaps[:30]])
        offered = _("You answered this before; is it an answer for everybody?") if pairs else ""
        _fill(self.pairs, offered, [self._pair_row(pair) for pair in pairs[:20]])
        _fill(self.sources, _("Where it comes from") if sources else "", [self._source_row(one) for one in sources])
        if not sources and not gaps:
            text = _("FAQ tables, policies, Word, PDF, Markdown and web pages: answers to customers rest on them.")
            self.sources.addWidget(EmptyState("message-square", _("The shop knows nothing yet"), text))
        self.show_full()

    def _show_passage(self, passage: Passage) -> None:
        """Put a passage into the fields, with where it stands."""
        self._passage = passage
        self.question.setText(passage.question)
        self.text.setPlainText(passage.text)
        where = " · ".join(part for part in (passage.source_name, passage.place) if part)
        self.typed.setText(_("From {where}. What you change is kept; the file itself is left alone.", where=where))
        self.text.setFocus()

    def _pair_row(self, pair: Pair) -> SettingRow:
        def take(shop: Shop) -> None:
            from desktop_app.tasks import mine_pairs

            mine_pairs.take_pair(shop, pair)

        def refuse(shop: Shop) -> None:
            from desktop_app.tasks import mine_pairs

            mine_pairs.refuse_pair(shop, pair)

        no = Button(_("Leave it"), lambda: self.desk.do(refuse, said=_("Put away")))
        yes = Button(_("Keep"), lambda: self.desk.do(take, said=_("Kept in what the shop knows.")))
        return SettingRow(pair.question, pair.answer, no, yes)

    def mine(self) -> None:
        """Look through the answered conversations for answers that serve everybody."""

        def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
            from desktop_app.tasks import mine_pairs

            yield from mine_pairs.mine_inbox(shop, self.desk.engine(), stop)

        found: list[Pair] = []

        def heard(event: Any) -> None:
            if isinstance(event, Pair):
                found.append(event)

        def done(_result: object) -> None:
            told = several("{count} answer found", "{count} answers found", len(found))
            self.desk.said.emit(told, bool(found))

        name = _("Looking in past answers")
        self.desk.work.start(name, work, event=heard, done=done,
                             failed=lambda why: self.tell(Notice(why, "caution")))  # fmt: skip

    def _source_row(self, source: Source) -> SettingRow:
        told = several("{count} passage", "{count} passages", source.passages)
        where = f"{told} · {source.path}" if source.path else told
        return SettingRow(source.name, where, Button(_("Take out"), lambda: self._remove(source)))

    def _gap_row(self, gap: Gap) -> SettingRow:
        times = several("asked {count} time", "asked {count} times", gap.times)
        return SettingRow(gap.question, times, Button(_("Leave it"), lambda: self._ignore(gap)),
                          Button(_("Answer"), lambda: self._answer(gap)))  # fmt: skip

    def _answer(self, gap: Gap) -> None:
        self._gap, self._asked = gap.id, gap.question
        self.question.setText(gap.question)
        self.text.setFocus()

    def _keep(self) -> None:
        question, text = self.question.text(), self.text.toPlainText()
        old, self._passage = self._passage, None
        gap = self._gap if question == self._asked else None  # another question settles no gap
        if not text.strip():
            self.text.setFocus()
            return

        def task(shop: Shop) -> int:
            from desktop_app.tasks import knowledge

            if old is not None:
                knowledge.change_passage(shop, replace(old, question=question.strip(), text=text.strip()))
                return old.id or 0
            return knowledge.add_policy(shop, text=text, question=question, gap=gap)

        def kept(_id: int) -> None:
            self.question.clear()
            self.text.clear()
            self.typed.setText(_("Type an answer or a policy"))
            self._gap = None

        self.desk.do(task, said=_("Kept in what the shop knows."), then=kept)

    def _ignore(self, gap: Gap) -> None:
        def task(shop: Shop) -> None:
            from desktop_app.tasks import knowledge

            knowledge.ignore_gap(shop, gap.id or 0)

        self.desk.do(task, said=_("Left without an answer."))

    def _remove(self, source: Source) -> None:
        def task(shop: Shop) -> None:
            from desktop_app.tasks import knowledge

            knowledge.remove_source(shop, source)

        self.desk.do(task, said=_("Taken out: {name}", name=source.name))

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add files…"), "", f"{_('Documents')} ({FILES})")
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

    def _again(self) -> None:
        def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
            from desktop_app.tasks import knowledge

            yield from knowledge.read_again(shop, stop)

        self._run(_("Reading changed files again"), work)

    def _run(self, name: str, work: Any) -> None:
        def heard(event: Any) -> None:
            if isinstance(event, Note):
                self.tell(Notice(event.text, "caution"))
            if isinstance(event, KnowledgeImported):
                told = _("{name}: {added} passages added, {changed} changed.", name=event.name, added=event.added,
                         changed=event.changed)  # fmt: skip
                self.desk.said.emit(told, event.action is not None)

        self.desk.work.start(name, work, event=heard, failed=lambda why: self.tell(Notice(why, "caution")))


def _fill(place: QVBoxLayout, title: str, rows: Sequence[SettingRow]) -> None:
    while (item := place.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    if title:
        place.setSpacing(8)
        place.addWidget(Text(title, "large", strong=True))
        place.addWidget(RowsCard(rows))
