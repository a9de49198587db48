"""The program checks itself in front of the merchant's eyes, and saves a report for whoever helps."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QFrame
from shiboken6 import isValid

from desktop_app.ui import glyphs, in_folder
from desktop_app.ui.desk import Desk
from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Button, Sign, Text, column, row
from desktop_app.words import _, several


class CheckingRows:
    """A row that checks, the results below it, and a row that saves the report."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.check = Button(_("Check now"), self._check)
        self.save = Button(_("Save a report…"), self._ask)
        self.check_row = SettingRow(
            _("Is the program whole?"), _("Uses every part once, on files of its own. Takes a few seconds."), self.check
        )
        self.save_row = SettingRow(
            _("A report for whoever helps you"),
            _("A file with the results and what this computer is. No products, texts, customers or folder names. "
              "It is only saved, never sent."),
            self.save,
        )  # fmt: skip
        self.results = QFrame()
        self._list = column(gap=6, margins=(16, 12, 16, 12))
        self.results.setLayout(self._list)
        self.results.hide()
        self.rows: list[QFrame] = [self.check_row, self.results, self.save_row]

    def _check(self) -> None:
        self._begin()

        def work(shop: Any, stop: threading.Event) -> Any:
            from desktop_app.tasks.self_check import self_check

            return self_check(glyphs.draw)

        self.desk.work.start(_("Checking the program"), work, event=self._show, done=self._done, failed=self._broke)

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self.save.window(), _("Save a report…"), "zhanggui-report.zip", f"{_('Archives')} (*.zip)"
        )
        if chosen:
            self.save_to(Path(chosen).with_suffix(".zip"))

    def save_to(self, path: Path) -> None:
        """Check everything and save the report."""
        self._begin()

        def work(shop: Any, stop: threading.Event) -> Any:
            from desktop_app.tasks import diagnostics

            return diagnostics.save(path, self.desk.settings, glyphs.draw, stop)

        def done(result: Any) -> None:
            self._done(result)
            self.desk.said.emit(_("Saved: {name}", name=path.name), False)
            in_folder.show(path)

        self.desk.work.start(_("Saving a report"), work, event=self._show, done=done, failed=self._broke)

    def _begin(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._broken = self._seen = 0
        self.check.setEnabled(False)
        self.save.setEnabled(False)
        self.results.show()

    def _show(self, event: Any) -> None:
        if not hasattr(event, "fine") or not isValid(self.results):
            return
        self._seen += 1
        self._broken += not event.fine
        line = QFrame()
        line.setObjectName("plain")
        sign = Sign("circle-check" if event.fine else "circle-alert", "accent" if event.fine else "bad")
        line.setLayout(row(sign, Text(event.text, "small", wrap=True), gap=8))
        line.setAccessibleName(event.text)
        self._list.addWidget(line)

    def _done(self, _result: Any) -> None:
        if not isValid(self.results):
            return
        self.check.setEnabled(True)
        self.save.setEnabled(True)
        bad = several("{count} part is not as it should be.", "{count} parts are not as they should be.", self._broken)
        self.check_row.say(bad if self._broken else _("All is well."))

    def _broke(self, why: str) -> None:
        if isValid(self.results):
            self.check.setEnabled(True)
            self.save.setEnabled(True)
        self.desk.oops(why)
