"""What the shop knows: every answer to look through, change and take out; its sources; what nobody answered yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_app.knowledge_records import Gap, Pair, Passage, PassageChange, Source
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.inbox import words as inbox_words
from desktop_app.ui.page import Page
from desktop_app.ui.replies.passage_form import PassageForm
from desktop_app.ui.replies.passages import PassageList, passages_model, today
from desktop_app.ui.replies.reading import Reading
from desktop_app.ui.setting_rows import RowsCard, SettingRow
from desktop_app.ui.widgets import Button, EmptyState, Hairline, Notice, Pick, SearchField, Text, column, row, scrolling
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.shop import Shop

WIDE, NARROW = 460, 432  # of the column at the right
Known = tuple[Sequence[Source], Sequence[Gap], Sequence[Pair], Sequence[tuple[str, int]], int]


class KnowledgePage(Page):
    """The answers at the left; at the right the one that is open, open questions, and where it all comes from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What the shop knows"))
        self.header.addStretch(1)
        self.reading = Reading(desk, self, self._to_decide)
        self.take, self.mine = self.reading.take, self.reading.mine
        for name, run in ((_("Look in past answers"), self.mine), (_("Read changed files again"), self.reading.again),
                          (_("Add files…"), self.reading.ask)):  # fmt: skip
            self.header.addWidget(Button(name, run))
        self.model = passages_model(desk)
        self.list = PassageList(self.model)
        self.form = PassageForm(self._keep, self._out, self._settle)
        self.sources, self.gaps, self.pairs = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._gap: int | None = None
        self._asked = ""
        self._wanted: int | None = None  # the passage to stand on once the list is there
        self._build_body()
        self.list.moved.connect(self._open)
        self.list.entered.connect(self.form.text.setFocus)
        self.list.removed.connect(self._out)
        self.search.searched.connect(lambda _text: self._look())
        self.search.left.connect(self._to_list)
        for pick in (self.source, self.language, self.state):
            pick.currentIndexChanged.connect(lambda _at: self._look())

    def arrive(self, **where: Any) -> None:
        """Show what there is; with ``passage`` that one, to be read or changed."""
        if (passage := where.get("passage")) is not None:
            self._all_again()
            self._wanted = passage
            self._show_one(passage)
        self.list.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Look at the shop again."""
        if self.desk.shop is not None:
            self.desk.ask(_known, self._looked, key="knowledge")
            self._look()

    def leave(self) -> None:
        """Keep a change that was typed and not kept yet."""
        if self.form.passage is not None and self.form.dirty:
            self._keep()

    def seek(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    # --- the page ---

    def _build_body(self) -> None:
        self.search = SearchField(_("Search questions and answers…"))
        self.source, self.language, self.state = Pick(), Pick(), Pick()
        for pick, name in (
            (self.source, _("Where it comes from")), (self.language, _("Language")), (self.state, _("How it stands")),
        ):  # fmt: skip
            pick.setAccessibleName(name)
            pick.setMinimumContentsLength(8)
            pick.setSizeAdjustPolicy(Pick.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for name, key in _states():
            self.state.addItem(name, key)
        self.nothing = EmptyState("search", _("Nothing found"), _("No answer fits what you chose."))
        self.nothing.hide()
        left = QWidget()
        left.setObjectName("plain")
        picks = row(self.source, self.language, self.state, gap=8)
        left.setLayout(column(column(self.search, picks, gap=8, margins=(24, 12, 16, 10)), Hairline(),
                              self.list, self.nothing, gap=0))  # fmt: skip
        whole = QWidget()
        whole.setObjectName("plain")
        whole.setLayout(
            column(self.form, self.gaps, self.pairs, self.sources, None, gap=16, margins=(16, 16, 24, 32))
        )  # fmt: skip
        self.side: QScrollArea = scrolling(whole, sideways=False)
        around = QWidget()
        lines = row(left, Hairline(upright=True), self.side, gap=0)
        lines.setStretch(0, 1)
        around.setLayout(lines)
        self.set_full(around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the open answer the width the window can spare."""
        super().resizeEvent(event)
        self.side.setFixedWidth(WIDE if self.width() >= 1000 else NARROW)

    def _looked(self, found: Known) -> None:
        sources, gaps, pairs, languages, asks = found
        count = sum(s.passages for s in sources)
        self.subtitle.setText(local.counted(several("{count} passage", "{count} passages", count), count)
                              if sources else "")  # fmt: skip
        _fill(self.gaps, _("Asked, and not answered yet") if gaps else "", [self._gap_row(gap) for gap in gaps[:30]])
        offered = _("You answered this before; is it an answer for everybody?") if pairs else ""
        _fill(self.pairs, offered, [self._pair_row(pair) for pair in pairs[:20]])
        rows = [self._source_row(one) for one in sources]
        if all(one.kind != "approved" for one in sources):
            rows.append(self._approved_row())
        _fill(self.sources, _("Where it comes from"), rows)
        self._choices(self.source, [(_("All sources"), None), *((s.name, s.id) for s in sources if s.passages)])
        spoken = [(f"{inbox_words.language(code)} {local.number(n)}", code) for code, n in languages if code]
        self._choices(self.language, [(_("All languages"), ""), *spoken])
        self.state.setItemText(self.state.findData("asks"), _("To decide ({count})", count=asks))
        self.show_full()

    def _choices(self, pick: Pick, choices: Sequence[tuple[str, Any]]) -> None:
        """Offer these; what is chosen stays chosen where it is still there."""
        chosen = pick.currentData()
        pick.blockSignals(True)
        pick.clear()
        for name, key in choices:
            pick.addItem(name, key)
        pick.setCurrentIndex(max(0, next((n for n, (_name, key) in enumerate(choices) if key == chosen), 0)))
        pick.blockSignals(False)
        if pick.currentData() != chosen and chosen:
            self._look()

    def _all_again(self) -> None:
        """Take off every filter."""
        for field in (self.search, self.source, self.language, self.state):
            field.blockSignals(True)
        self.search.clear()
        for pick in (self.source, self.language, self.state):
            pick.setCurrentIndex(0)
        for field in (self.search, self.source, self.language, self.state):
            field.blockSignals(False)

    # --- the list ---

    def _look(self) -> None:
        typed, source = self.search.text(), self.source.currentData()
        language, state = self.language.currentData() or "", self.state.currentData() or ""

        def find(shop: Shop) -> list[int]:
            return shop.find_passages(typed, source=source, language=language, state=state, on=today())

        self.desk.ask(find, self._show_list, key="passages")

    def _show_list(self, ids: list[int]) -> None:
        wanted = self._wanted if self._wanted is not None else self.list.current_id()
        self._wanted = None
        self.list.blockSignals(True)  # the open answer stays open while the list around it changes
        self.model.show(ids)
        if wanted in ids:
            self.list.stand_on(ids.index(wanted))
        self.list.blockSignals(False)
        narrowed = bool(self.search.text() or self.source.currentIndex() > 0 or self.language.currentIndex() > 0
                        or self.state.currentIndex() > 0)  # fmt: skip
        if narrowed:
            self.nothing.title.setText(_("Nothing found"))
            self.nothing.text.setText(_("No answer fits what you chose."))
        else:
            self.nothing.title.setText(_("The shop knows nothing yet"))
            text = _("FAQ tables, policies, Word, PDF, Markdown and web pages: answers to customers rest on them.")
            self.nothing.text.setText(text)
        self.nothing.setVisible(not ids)
        self.list.setVisible(bool(ids))
        opened = self.form.passage
        if opened is not None and not self.form.dirty:
            self._show_one(opened.id or 0)  # as it is now, after an undo or a file read again

    def _to_list(self) -> None:
        self.list.setFocus()
        if not self.list.currentIndex().isValid() and self.model.ids:
            self.list.stand_on(0)

    def _open(self) -> None:
        id = self.list.current_id()
        if id is None or (self.form.passage is not None and self.form.passage.id == id):
            return
        self.leave()
        self._show_one(id)

    def _show_one(self, passage: int) -> None:
        def gone(_why: str) -> None:
            if self.form.passage is not None and self.form.passage.id == passage:
                self.form.clear()

        def read(shop: Shop) -> tuple[Passage, PassageChange | None]:
            return shop.passage(passage), next(iter(shop.passage_changes(passage=passage)), None)

        self.desk.ask(read, lambda found: self._show_passage(*found), key="passage", failed=gone)

    def _show_passage(self, passage: Passage, change: PassageChange | None) -> None:
        """Put a passage into the fields, with where it stands."""
        self.form.show_passage(passage, change)
        self.side.ensureWidgetVisible(self.form)

    # --- one answer ---

    def _keep(self) -> None:
        question, text, since, until = self.form.words()
        if not text.strip():
            self.form.text.setFocus()
            return
        if wrong := self.form.wrong_day():
            self.tell(Notice(_("“{day}” is no day that can be read.", day=wrong), "caution"))
            return
        changed = self.form.changed()
        gap = self._gap if question == self._asked else None  # another question settles no gap

        def task(shop: Shop) -> int:
            from desktop_app.tasks import knowledge

            if changed is not None:
                knowledge.change_passage(shop, changed)
                return changed.id or 0
            return knowledge.add_policy(shop, text=text, question=question, gap=gap, valid_from=since, valid_to=until)

        def kept(id: int) -> None:
            if changed is None:
                self.form.emptied()
                self._gap = None
                self._wanted = id

        self.desk.do(task, said=_("Kept in what the shop knows."), then=kept,
                     failed=lambda why: self.tell(Notice(why, "caution")))  # fmt: skip
        if changed is not None and self.form.passage is not None and self.form.passage.id == changed.id:
            self.form.passage = changed

    def _out(self) -> None:
        """Take the answer out that is open, or that the keyboard stands on."""
        id = self.list.current_id() if self.list.hasFocus() or self.form.passage is None else self.form.passage.id
        if id is None:
            return
        at = self.list.currentIndex().row()

        def task(shop: Shop) -> None:
            from desktop_app.tasks import knowledge

            knowledge.remove_passages(shop, [id])

        def done(_result: object) -> None:
            left = [one for one in self.model.ids if one != id]
            self._wanted = left[min(max(at, 0), len(left) - 1)] if left else None
            if self.form.passage is not None and self.form.passage.id == id:
                self.form.clear()

        self.desk.do(task, said=_("Taken out."), then=done)

    def _settle(self, mine: bool) -> None:
        passage = self.form.passage
        if passage is None:
            return

        def task(shop: Shop) -> None:
            from desktop_app.tasks import knowledge

            knowledge.settle_passage(shop, passage.id or 0, mine=mine)

        self.desk.do(task, said=_("Decided."), then=lambda _r: self._show_one(passage.id or 0))

    # --- open questions, answers given before ---

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

    def _gap_row(self, gap: Gap) -> SettingRow:
        times = several("asked {count} time", "asked {count} times", gap.times)
        return SettingRow(gap.question, times, Button(_("Leave it"), lambda: self._ignore(gap)),
                          Button(_("Answer"), lambda: self._answer(gap)))  # fmt: skip

    def _answer(self, gap: Gap) -> None:
        self.leave()
        self._gap, self._asked = gap.id, gap.question
        self.form.ask(gap.question)
        self.side.ensureWidgetVisible(self.form)

    def _ignore(self, gap: Gap) -> None:
        def task(shop: Shop) -> None:
            from desktop_app.tasks import knowledge

            knowledge.ignore_gap(shop, gap.id or 0)

        self.desk.do(task, said=_("Left without an answer."))

    # --- sources ---

    def _source_row(self, source: Source) -> SettingRow:
        told = several("{count} passage", "{count} passages", source.passages)
        where = f"{told} · {source.path}" if source.path else told
        show = Button(_("Show"), partial(self._show_source, source))
        return SettingRow(source.name, where, show, Button(_("Take out"), lambda: self._remove(source)))

    def _approved_row(self) -> SettingRow:
        what = _("What you approved about your products answers questions about them; read anew with changed files.")
        return SettingRow(_("Approved texts"), what, Button(_("Use them"), self.reading.approved))

    def _show_source(self, source: Source) -> None:
        self._all_again()
        self.source.setCurrentIndex(max(0, self.source.findData(source.id)))
        self._to_list()

    def _remove(self, source: Source) -> None:
        def task(shop: Shop) -> None:
            from desktop_app.tasks import knowledge

            knowledge.remove_source(shop, source)

        self.desk.do(task, said=_("Taken out: {name}", name=source.name))

    def _to_decide(self) -> None:
        self._all_again()
        self.state.setCurrentIndex(self.state.findData("asks"))
        self._to_list()


def _known(shop: Shop) -> Known:
    asks = len(shop.find_passages(state="asks"))
    return shop.knowledge_sources(), shop.gaps(), shop.pairs(), shop.passage_languages(), asks


def _states() -> tuple[tuple[str, str], ...]:
    return (
        (_("All answers"), ""), (_("Answering now"), "current"), (_("Ended"), "ended"),
        (_("Changed by you"), "changed"), (_("To decide ({count})", count=0), "asks"),
    )  # fmt: skip


def _fill(place: QVBoxLayout, title: str, rows: Sequence[SettingRow]) -> None:
    clear(place)
    if title:
        place.setSpacing(8)
        place.addWidget(Text(title, "large", strong=True))
        place.addWidget(RowsCard(rows))
