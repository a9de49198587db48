"""The import page: four steps from a file to products, none of which changes anything before the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app.records import Imported, Matching, Preview, Problem, Progress
from desktop_app.ui import describing, local
from desktop_app.ui.desk import Desk
from desktop_app.ui.importing import looking, mending
from desktop_app.ui.importing.choose import ChooseStep
from desktop_app.ui.importing.contents import ContentsStep
from desktop_app.ui.importing.ending import Choice, EndingStep
from desktop_app.ui.importing.preview import Busy, PreviewStep
from desktop_app.ui.longwork import Undertaking
from desktop_app.ui.page import Page
from desktop_app.ui.trail import Trail
from desktop_app.ui.widgets import Button, Text, column, footer, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.worker import Job
from desktop_app.words import _, several

FILE, CONTENTS, PREVIEW, ENDING = range(4)


class ImportPage(Page):
    """Drop or choose, look, preview, import; several files come one after the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Import"))
        self.looked: looking.Looked | None = None
        self.matching: Matching | None = None  # what is chosen on this page; None: as the shop has it
        self.waiting: list[Path] = []
        self._watched: Job | None = None
        self._running: Undertaking | None = None
        self._action: int | None = None
        self.trail = Trail((_("File"), _("Columns"), _("Preview"), _("Import")))
        self.header.addStretch(1)
        self.header.addWidget(self.trail)
        self.choose = ChooseStep(self.take)
        self.contents = ContentsStep()
        self.contents.overruled.connect(self._overrule)
        self.contents.mapped.connect(self._show_footer)
        self.preview = PreviewStep(self._save_problems)
        self.preview.matching_chosen.connect(self._choose_matching)
        self.ending = EndingStep(self._stop)
        self.ending.save_problems.connect(lambda: self._save_problems(self.ending.problems.records))
        self.busy = Busy(self._stop)
        self.steps = QStackedWidget()
        for step in (self.choose, self.contents, self.preview, self.ending, self.busy):
            self.steps.addWidget(step)
        self._build_footer()
        whole = QWidget()
        whole.setObjectName("plain")
        box = column(gap=0)
        box.addWidget(self.steps, 1)
        box.addWidget(self.footer)
        whole.setLayout(box)
        self.set_full(whole)
        self.show_full()
        self._show_step(FILE)
        desk.work.moved.connect(self._show_running)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._press_next)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)

    # --- the way through ---

    def arrive(self, path: Path | None = None, paths: Sequence[Path] = (), **where: Any) -> None:
        """Begin with the files given; without one, show where we were."""
        files = [*([path] if path else []), *paths]
        if files:
            self.take(files)
        elif self.trail.at == PREVIEW and self.preview.preview is None:
            self.look_ahead()
        elif self.trail.at == FILE:
            self.choose.zone.button.setFocus()

    def leave(self) -> None:
        """A preview nobody looks at is not worth its time; an import goes on."""
        if self._watched is not None:
            self._watched.cancel()

    def take(self, files: Sequence[Path]) -> None:
        """Bring in these files, one after the other."""
        if self._running is not None:
            self.waiting += files
            return
        self.waiting = list(files)
        self._next_file()

    def look(self, path: Path, **overruled: Any) -> None:
        """Recognise a file, on another thread."""
        self.notices.clear()
        self._busy(_("Looking at {name}", name=path.name))
        self._watch(lambda shop, stop: looking.look(shop, path, overruled), done=self._looked)

    def look_ahead(self) -> None:
        """Say what the import would do."""
        if self.looked is None or self.contents.missing():
            return
        found, chosen, mapping = self.looked, self._matching(), self.contents.model.mapping()
        changed = self.contents.model.changed
        self._busy(_("Comparing {name} with your shop", name=found.reading.name))
        self.trail.show_step(PREVIEW)
        self.preview.preview = None

        def work(shop: Any, stop: Any) -> Any:
            reading = looking.with_mapping(shop, found.reading, mapping) if changed else found.reading
            return looking.ahead(shop, stop, reading, chosen)

        self._watch(work, event=self._heard, done=self._previewed)

    def run(self) -> None:
        """Import, as long work that goes on when one leaves the page."""
        preview, found = self.preview.preview, self.looked
        if preview is None or found is None or self._running is not None:
            return
        answered = self._matching() if preview.again and (self.matching or found.matching is None) else None
        reading, self._action = found.reading, None

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app.tasks import import_products

            return import_products.import_products(shop, stop, reading=reading, matching=answered)

        self.ending.show_running(reading.name)
        self._show_step(ENDING)
        name = _("Importing {name}", name=reading.name)
        self._running = self.desk.work.start(name, work, done=self._imported, failed=self._broke)
        self._show_running()

    def go_back(self) -> None:
        """Go back one step; nothing is lost by it."""
        self.notices.clear()
        if self.steps.currentWidget() is self.busy:
            self._stop()
        elif self.trail.at == CONTENTS:
            self.start_over()
        elif self.trail.at == PREVIEW:
            self._show_step(CONTENTS)

    def start_over(self) -> None:
        """Begin with another file."""
        self.looked = self.matching = None
        self.preview.preview = None
        self.preview.question.forget()
        self._show_step(FILE)
        self.choose.zone.button.setFocus()

    def refresh(self) -> None:
        """Notice that the import shown here was taken back from somewhere else."""
        if self._action is not None and self.trail.at == ENDING and self._running is None:
            action = self._action
            self.desk.ask(lambda shop: looking.is_undone(shop, action), self._maybe_undone, key="import undone")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is being read or imported."""
        busy = self.steps.currentWidget() is self.busy or (self._running is not None and self.trail.at == ENDING)
        if event.key() == Qt.Key.Key_Escape and busy:
            self._stop()
        else:
            super().keyPressEvent(event)

    # --- what was found ---

    def _looked(self, found: looking.Looked | looking.Refused) -> None:
        if isinstance(found, looking.Refused):
            self._show_step(FILE)
            self.tell(self._refusal(found))
            return
        self.looked, self.matching = found, None
        self.preview.preview = None
        self.preview.question.forget()
        self.contents.show_reading(found.reading, remembered=found.remembered)
        if found.unclear:
            self.tell(Notice(_("It is not clear which column is what. Say it below; it is remembered."), "caution"))
        self._show_step(CONTENTS)

    def _refusal(self, found: looking.Refused) -> Notice:
        own, path = _("Choose the columns myself"), found.path
        notice = Notice(found.why, "bad", _("Nothing was changed."))
        if not found.readable:
            return notice
        place, name = found.goes_to()
        if not place:
            return replace(notice, button=own, run=lambda: self.look(path, mapping=()))
        return replace(
            notice, button=name, run=lambda: self.desk.go(place, file=path),
            other=own, run_other=lambda: self.look(path, mapping=()),
        )  # fmt: skip

    def _overrule(self, change: dict[str, Any]) -> None:
        if self.looked is None:
            return
        reading = self.looked.reading
        known = {"format": reading.format, "encoding": reading.encoding or None, "sheet": reading.sheet or None}
        kept: dict[str, Any] = {**self.looked.overruled, **change}
        if self.looked.unclear:
            kept["mapping"] = ()
        same = all(known.get(key) == value for key, value in change.items())
        if not same:
            self.look(reading.path, **kept)

    def _previewed(self, result: looking.Ahead) -> None:
        assert self.looked is not None
        self.looked = self.looked.read_as(result.reading)
        decided = self.looked.matching is not None
        currency = self.desk.shop.currency if self.desk.shop else "USD"
        self.preview.show_preview(result.preview, self._matching(), decided=decided, currency=currency)
        self._show_step(PREVIEW)
        if not result.preview.added and not result.preview.changed and not result.preview.archived:
            self._nothing_new(result.preview)

    def _nothing_new(self, preview: Preview) -> None:
        if preview.same:
            self.tell(Notice(_("Everything in this file is in your shop already, just as it stands there.")))
        elif preview.unplaced:
            text = _("None of these variants has its product in the shop.")
            self.tell(Notice(text, "caution", _("Import the file of products first, then this one again.")))
        else:
            text = _("No product could be read from this file.")
            self.tell(
                Notice(text, "caution", _("Look at the problems below, or go back and say what the columns hold."))
            )

    def _choose_matching(self, matching: Matching) -> None:
        self.matching = matching
        self.look_ahead()

    def _matching(self) -> Matching:
        known = self.looked.matching if self.looked else None
        return self.matching or known or Matching()

    # --- the import and after ---

    def _imported(self, result: Imported) -> None:
        self._running, self._action = None, result.action
        if not isValid(self):
            self.desk.said.emit(_("Import finished"), result.action is not None)
            return
        self.ending.show_result(result, self._what_now(result))
        self._show_footer()
        if result.action is not None:
            self.desk.said.emit(_("Done: {name} imported.", name=self.looked.reading.name if self.looked else ""), True)
        if self.waiting and not result.stopped:
            left = several("{count} more file waits.", "{count} more files wait.", len(self.waiting))
            self.tell(Notice(left, button=_("Next: {name}", name=self.waiting[0].name), run=self._next_file))
        self.desk.ask(lambda shop: shop.counts().missing, lambda missing: self._offer_writing(result, missing))

    def _offer_writing(self, result: Imported, missing: int) -> None:
        if isValid(self) and self.ending.result is result and missing and self._action is not None:
            words = several("Describe the one without text", "Describe the {count} without text", missing)
            self.ending.show_result(result, [(local.counted(words, missing), self._describe), *self._what_now(result)])

    def _what_now(self, result: Imported) -> list[Choice]:
        choices: list[Choice] = [(_("Show the products"), lambda: self.desk.go("products"))]
        if result.action is not None:
            choices.append((_("Undo"), self._take_back))
        choices.append((_("Another file…"), self.start_over))
        return choices

    def _describe(self) -> None:
        describing.missing(self.desk)
        self.desk.go("writing")

    def _take_back(self) -> None:
        action = self._action
        if action is None:
            return

        def done(undone: bool) -> None:
            if not isValid(self):
                return
            if undone:
                self.desk.said.emit(_("Taken back"), False)
                self._maybe_undone(True)
            else:
                self.tell(Notice(_("Other things were done since. Take those back first: Edit, Undo."), "caution"))

        self.desk.do(lambda shop: looking.take_back(shop, action), then=done)

    def _maybe_undone(self, undone: bool) -> None:
        if undone and isValid(self) and self.trail.at == ENDING:
            self._action = None
            self.ending.show_undone([(_("Another file…"), self.start_over), (_("Import again"), self._again)])
            self._show_footer()

    def _again(self) -> None:
        self._show_step(PREVIEW)
        self.look_ahead()

    def _broke(self, why: str) -> None:
        self._running = None
        if isValid(self):
            self.ending.show_failed(why, [(_("Try again"), self._again), (_("Another file…"), self.start_over)])
            self._show_footer()
        else:
            self.desk.oops(why)

    def _save_problems(self, problems: Sequence[Problem]) -> None:
        if self.looked is not None and problems:
            mending.save_rows(self, problems, self.looked.reading)

    # --- one thing at a time ---

    def _next_file(self) -> None:
        if self.waiting:
            path = self.waiting.pop(0)
            self.preview.preview = None
            self.look(path)

    def _watch(self, work: Any, *, done: Any, event: Any = None) -> None:
        if self._watched is not None:
            self._watched.cancel()

        def failed(why: str) -> None:
            if isValid(self):
                self._show_step(CONTENTS if self.looked else FILE)
                self.tell(Notice(why, "bad", _("Nothing was changed.")))

        def ended() -> None:
            if isValid(self) and self._watched is job:
                self._watched = None
                if self.steps.currentWidget() is self.busy:
                    self._show_step(CONTENTS if self.looked else FILE)

        job = self.desk.look_ahead(
            work, event=lambda e: isValid(self) and event and event(e), done=lambda r: isValid(self) and done(r),
            failed=failed, ended=ended, key="import",
        )  # fmt: skip
        self._watched = job

    def _heard(self, event: Any) -> None:
        if isinstance(event, Progress):
            self.busy.show_progress(event)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.job.cancel()
            self.ending.busy.stop.setEnabled(False)
        elif self._watched is not None:
            self._watched.cancel()

    def _show_running(self) -> None:
        if self._running is not None and isValid(self):
            self.ending.show_progress(self._running, self.desk.work)

    # --- the foot of the page ---

    def _build_footer(self) -> None:
        self.back = Button(_("Back"), self.go_back)
        self.hint = Text("", tone="caution")
        self.next = Button("", self._press_next, kind="main")
        self.footer = footer(row(self.back, None, self.hint, self.next, gap=12, margins=(24, 12, 24, 12)))

    def _busy(self, what: str) -> None:
        self.busy.begin(what)
        self.steps.setCurrentWidget(self.busy)
        self.footer.hide()
        self.busy.stop.setFocus()

    def _show_step(self, step: int) -> None:
        self.trail.show_step(step)
        self.steps.setCurrentIndex(step)
        self.subtitle.setText(self.looked.reading.name if self.looked and step != FILE else "")
        self._show_footer()
        focus = {CONTENTS: self.contents.table, PREVIEW: self.next}.get(step)
        if focus is not None and self.isVisible():
            QTimer.singleShot(0, focus, focus.setFocus)

    def _show_footer(self) -> None:
        step = self.trail.at
        self.footer.setVisible(step in (CONTENTS, PREVIEW) and self.steps.currentWidget() is not self.busy)
        if step == CONTENTS:
            missing = self.contents.missing()
            self.next.setText(_("Preview"))
            self.next.setEnabled(not missing)
            self.hint.setText(missing)
        elif step == PREVIEW:
            preview = self.preview.preview
            count = preview.added + preview.changed + preview.archived if preview else 0
            words = several("Import {count} product", "Import {count} products", count)
            self.next.setText(local.counted(words, count) if count else _("Nothing to import"))
            self.next.setEnabled(bool(count))
            self.hint.setText("")
        self.back.setText(_("Another file") if step == CONTENTS else _("Back"))

    def _press_next(self) -> None:
        if not self.next.isEnabled() or not self.footer.isVisible():
            return
        if self.trail.at == CONTENTS:
            self.look_ahead()
        elif self.trail.at == PREVIEW:
            self.run()
