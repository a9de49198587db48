"""The export page: which file, what goes into it, what it cannot carry, and then the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app.records import Exported, Preview
from desktop_app.ui import export_ahead, export_preview, local
from desktop_app.ui.choices import ChoiceCard
from desktop_app.ui.desk import Desk
from desktop_app.ui.export_finished import Finished, texts_elsewhere, texts_that_go_out, what_goes_out, what_is_known
from desktop_app.ui.importing.preview import Busy
from desktop_app.ui.longwork import Undertaking
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, Card, EmptyState, Pick, Text, at_left, column, footer, row, scrolling
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.worker import Job
from desktop_app.words import _, several

SYSTEM, ORIGINAL, DRAFTS, RECORD = range(4)
TEMPLATE = "amazon-template"  # of the formats the one that is the merchant's own file


class ExportPage(Page):
    """Three choices, what each would write, and one button that asks where."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Export"))
        self.ahead: export_ahead.Ahead | None = None
        self.written: Path | None = None
        self._losses: dict[str, export_ahead.Losses] = {}
        self._endings: dict[str, str] = {}
        self._template: Path | None = None
        self._asked: Job | None = None
        self._running: Undertaking | None = None
        self._wants_focus = False
        self.choices = (
            ChoiceCard(_("A file for a shop system")),
            ChoiceCard(_("My own file, with the approved texts put in")),
            ChoiceCard(_("All drafts as a table, for reading")),
            ChoiceCard(_("The record of your texts")),
        )
        self._group = QButtonGroup(self)
        for number, choice in enumerate(self.choices):
            self._group.addButton(choice, number)
        self._group.idToggled.connect(lambda _number, _on: self._show())
        self.file = Pick()
        self.file.setAccessibleName(_("Which imported file"))
        self.file.setMinimumWidth(320)
        self.file.activated.connect(lambda _at: self._show())
        self.format = Pick()
        self.format.setAccessibleName(_("Which format"))
        self.format.setMinimumWidth(320)
        self.format.activated.connect(lambda _at: self._show())
        self.preview = Button(_("See what will change…"), self.look_first)
        self.what = Text("", strong=True, wrap=True)
        self.lost = Text("", tone="muted", wrap=True)
        self.next = Button(_("Choose where…"), self.ask_where, kind="main")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._build_choice())
        self.busy = Busy(self.stop)
        self.pages.addWidget(self.busy)
        self.done = Finished(self.arrive)
        self.pages.addWidget(self.done)
        self.set_full(self.pages)
        self.show_loading()
        desk.work.moved.connect(self._show_running)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.ask_where)

    # --- coming and going ---

    def arrive(self, **where: Any) -> None:
        """Show the choices again after an export that is over."""
        if self._running is None:
            self.pages.setCurrentIndex(0)
            self._wants_focus = True
        self.refresh()

    def refresh(self) -> None:
        """Count again what would be written."""
        self.desk.ask(
            export_ahead.look, self._looked, key="export ahead", failed=lambda why: self.show_failed(why, self.refresh)
        )

    def leave(self) -> None:
        """What the format cannot carry need not be known any more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask where with Return, wherever the keyboard is; stop with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._running is not None:
            self.stop()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.ask_where()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> int:
        """Return which of the three is chosen."""
        return self._group.checkedId()

    @property
    def form(self) -> str:
        """Return the key of the format that products go out in."""
        return "original" if self.chosen == ORIGINAL else str(self.format.currentData())

    def look_first(self) -> None:
        """Show what the other shop will see change, against the file that was imported."""
        form, source = self.form, self.file.currentData() if self.chosen == ORIGINAL else None
        self.preview.setEnabled(False)

        def known(result: Any) -> None:
            if isinstance(result, Preview) and isValid(self):
                self.preview.setEnabled(True)
                currency = self.desk.shop.currency if self.desk.shop else ""
                export_preview.PreviewDialog(self, result, currency).open()

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app.tasks import preview_export

            return preview_export.preview_export(shop, stop, format=form, source=source)

        def failed(why: str) -> None:
            self.preview.setEnabled(True)
            self.tell(Notice(why, "bad"))

        self.desk.look_ahead(work, done=known, failed=failed, key="export preview")

    # --- the export itself ---

    def ask_where(self) -> None:
        """Ask for the place with the system's own dialog, then write."""
        if self.ahead is None or not self.next.isEnabled() or self._running is not None:
            return
        if self.chosen == SYSTEM and self.form == TEMPLATE and not self._choose_template():
            return
        usual = Path.home() / self._usual_name()
        kind = f"{_('Same kind of file')} (*{usual.suffix})"
        if self.chosen == SYSTEM and self.form == "table":
            kind = "CSV (*.csv);;XLSX (*.xlsx);;ODS (*.ods)"
        elif usual.suffix.lower() == ".csv":
            kind = "CSV (*.csv);;PDF (*.pdf)" if self.chosen == RECORD else "CSV (*.csv)"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export to"), str(usual), kind)
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix else path.with_suffix(usual.suffix))

    def _choose_template(self) -> bool:
        kinds = "Excel (*.xlsx *.xlsm);;" + _("Text") + " (*.txt *.tsv *.csv)"
        name, _kind = QFileDialog.getOpenFileName(self, _("The template you downloaded from Seller Central"), "", kinds)
        self._template = Path(name) if name else None
        return bool(name)

    def export_to(self, path: Path) -> None:
        """Write what is chosen to ``path``."""
        which, source = self.chosen, self.file.currentData() if self.chosen == ORIGINAL else None
        form, template = self.form, self._template
        self.notices.clear()

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app.tasks import export_products as task

            if which == RECORD:
                return Exported(str(path), "drafts", 0, _record(shop, path))
            if which == DRAFTS:
                count = task.export_drafts(shop, path=path)
                return Exported(str(path), "drafts", 0, count)
            if form == TEMPLATE and template is not None:
                return task.fill_template(shop, stop, path=path, template=template)
            return task.export_products(shop, stop, path=path, format=form, source=source)

        name = _("Writing {name}", name=path.name)
        self.busy.begin(name)
        self.busy.stop.setEnabled(True)
        self.pages.setCurrentWidget(self.busy)
        self.busy.stop.setFocus()
        self._running = self.desk.work.start(name, work, done=self._written, failed=self._broke)
        self._running.job.ended = self._ended(self._running, self._running.job.ended)

    def stop(self) -> None:
        """Stop writing; a file that was there before is left as it was."""
        if self._running is not None:
            self._running.job.cancel()
            self.busy.stop.setEnabled(False)

    # --- what is known ---

    def _looked(self, ahead: export_ahead.Ahead) -> None:
        self.ahead = ahead
        if not ahead.products and not ahead.drafts:
            self.show_empty(
                EmptyState(
                    "file-up",
                    _("There is nothing to export yet"),
                    _("Import the product file of your shop system first; it comes back with your texts in it."),
                    (_("Import a file…"), lambda: self.desk.go("import")),
                )
            )
            return
        self._fill_files(ahead)
        if not self.format.count():
            for key, name, ending in ahead.formats:
                self.format.addItem(name, key)
                self._endings[key] = ending
            self.format.addItem(_("Amazon (the template of your category)"), TEMPLATE)
        self.choices[SYSTEM].say(
            _("All products, with the texts you approved, as the import of another shop system takes them.")
        )
        self.choices[ORIGINAL].say(
            _("The file as you imported it; only the approved texts are different. Every other cell stays as it was.")
            if ahead.files
            else _("There is no imported file in this shop yet.")
        )
        self.choices[DRAFTS].say(
            _("One row a draft: product, language, text and how it stands. For a spreadsheet, not for a shop system.")
            if ahead.drafts
            else _("There are no drafts in this shop yet.")
        )
        self.choices[ORIGINAL].setEnabled(bool(ahead.files))
        self.choices[DRAFTS].setEnabled(bool(ahead.drafts))
        self.choices[RECORD].say(
            _("For each text its facts, who or what wrote it, its rules, who approved it and when, as CSV or PDF.")
        )
        self.choices[RECORD].setEnabled(bool(ahead.drafts))
        if self.chosen < 0:
            # Texts go back to where the products came from, if they came from a file.
            at_home = ahead.files and (not ahead.texts or any(known.texts for known in ahead.files))
            self.choices[ORIGINAL if at_home else SYSTEM].setChecked(True)
        self.show_full()
        self._show()
        if self._wants_focus and self.isVisible():
            self._wants_focus = False
            self.choices[self.chosen].setFocus()

    def _fill_files(self, ahead: export_ahead.Ahead) -> None:
        kept = self.file.currentData()
        zone = self.desk.shop.timezone if self.desk.shop else "UTC"
        self.file.clear()
        for known in ahead.files:
            when = local.moment(known.file.imported, zone)
            self.file.addItem(f"{known.file.name} · {when}", known.file.id)
        # The file that most texts belong to is the likeliest one.
        likely = max(ahead.files, key=lambda f: f.texts, default=None)
        at = self.file.findData(kept) if kept is not None else self.file.findData(likely.file.id if likely else None)
        self.file.setCurrentIndex(max(at, 0))

    def _show(self) -> None:
        ahead = self.ahead
        if ahead is None:
            return
        self.file.setVisible(self.chosen == ORIGINAL and len(ahead.files) > 1)
        known = next((f for f in ahead.files if f.file.id == self.file.currentData()), None)
        self.next.setEnabled(True)
        self.format.setVisible(self.chosen == SYSTEM)
        self.preview.setVisible(bool(ahead.files) and self.chosen in (SYSTEM, ORIGINAL) and self.form != TEMPLATE)
        if self.chosen == SYSTEM:
            self.what.setText(what_goes_out(ahead.products, ahead.texts))
            self._show_losses()
        elif self.chosen == ORIGINAL and known is not None:
            self.what.setText(_("{name}: {texts}", name=known.file.name, texts=texts_that_go_out(known.texts)))
            self.lost.setText(
                texts_elsewhere(ahead.texts - known.texts)
                or _("Prices, codes, spaces and line ends stay as they came.")
            )
            if not known.texts:
                self.lost.setText(
                    _("No text of these products is approved yet, so the file would come out exactly as it went in.")
                )
        elif self.chosen in (DRAFTS, RECORD):
            self.what.setText(several("{count} draft", "{count} drafts", ahead.drafts))
            self.lost.setText(_("Cells that a spreadsheet would take for a formula are made harmless."))
        self.setAccessibleDescription(f"{self.what.text()}. {self.lost.text()}")

    def _show_losses(self) -> None:
        form = self.form
        if form == TEMPLATE:
            self.lost.setText(_("Its own columns are filled, none is invented; what else it needs is yours to say."))
            return
        if form in self._losses:
            self.lost.setText(what_is_known(self._losses[form]))
            return
        self.lost.setText(_("Looking what this format can carry …"))
        if self._asked is not None:
            self._asked.cancel()

        def known(result: export_ahead.Losses) -> None:
            if isValid(self):
                self._asked, self._losses[form] = None, result
                if self.chosen == SYSTEM and self.form == form:
                    self.lost.setText(what_is_known(result))

        look = partial(export_ahead.losses, format=form)
        self._asked = self.desk.look_ahead(look, done=known, failed=lambda why: None, key=f"losses {form}")

    # --- what happened ---

    def _written(self, result: Exported) -> None:
        self._running = None
        said = _("Written: {name}", name=Path(result.path).name)
        self.desk.said.emit(said, False)
        if isValid(self):
            self.written = Path(result.path)
            self._losses.clear()
            self.done.show_result(result)
            self.pages.setCurrentWidget(self.done)

    def _broke(self, why: str) -> None:
        self._running = None
        if isValid(self):
            self.pages.setCurrentIndex(0)
            self.tell(Notice(why, "bad", button=_("Choose where…"), run=self.ask_where))
        else:
            self.desk.oops(why)

    def _ended(self, work: Undertaking, also: Any) -> Any:
        def ended() -> None:
            also()
            if isValid(self) and self._running is work:  # neither done nor failed: it was stopped
                self._running = None
                self.pages.setCurrentIndex(0)
                self.tell(Notice(_("Stopped. No file was written.")))

        return ended

    def _show_running(self) -> None:
        if isValid(self) and self._running is not None:
            self.busy.show_work(self._running, self.desk.work)

    def _usual_name(self) -> str:
        name = self.desk.shop.name if self.desk.shop else "shop"
        if self.chosen == ORIGINAL and self.ahead is not None:
            known = next((f for f in self.ahead.files if f.file.id == self.file.currentData()), None)
            if known is not None:
                original = Path(known.file.name)
                return f"{original.stem}-{_('with texts')}{original.suffix or '.csv'}"
        if self.chosen == SYSTEM and self.form == TEMPLATE and self._template is not None:
            return f"{self._template.stem}-{_('filled')}{self._template.suffix}"
        ending = {DRAFTS: _("drafts"), RECORD: _("record")}.get(self.chosen, self.form)
        kind = self._endings.get(self.form, ".csv") if self.chosen == SYSTEM else ".csv"
        return f"{''.join(c for c in name if c not in '/:*?<>|' and c != chr(92) and c != chr(34))}-{ending}{kind}"

    def _build_choice(self) -> QWidget:
        card = Card(gap=8)
        card.body.addWidget(Text(_("What will be written"), "small", tone="muted"))
        card.body.addWidget(self.what)
        card.body.addWidget(self.lost)
        first, second, *others = self.choices
        choices = column(
            first, row(44, self.format, None, gap=0), second, row(44, self.file, None, gap=0), *others, gap=8
        )
        scroll = scrolling(at_left(column(choices, card, None, gap=16, margins=(24, 16, 24, 24)), 760))
        foot = footer(row(None, self.preview, self.next, margins=(24, 12, 24, 12)))
        whole = QWidget()
        whole.setObjectName("plain")
        box = column(gap=0)
        box.addWidget(scroll, 1)
        box.addWidget(foot)
        whole.setLayout(box)
        return whole


def _record(shop: Any, path: Path) -> int:
    from desktop_app.tasks import record

    if path.suffix.lower() != ".pdf":
        return record.export(shop, path=path)
    from desktop_app.ui import record_pdf

    title = _("Record of the texts of {name}", name=str(shop.setting("name") or shop.path.stem))
    return record_pdf.write(record.headings(), list(record.rows(shop)), title, path)
