"""The last step: the import on its way, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.records import Imported, Problem
from desktop_app.ui import local
from desktop_app.ui.importing.changes import RowsTable, problems_model
from desktop_app.ui.importing.preview import Busy
from desktop_app.ui.longwork import LongWork, Undertaking
from desktop_app.ui.widgets import Button, Sign, Text, column, row
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several

Choice = tuple[str, Callable[[], object]]


class EndingStep(QWidget):
    """A bar while it runs; then what was done, what can follow, and the rows that could not be read."""

    save_problems = Signal()

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.result: Imported | None = None
        self.busy = Busy(stop)
        self._icon = Sign("circle-check", "good", 32)
        self.title = Text("", "title", strong=True, wrap=True)
        self.text = Text("", tone="muted", wrap=True)
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = row(gap=8)
        self.problems = problems_model()
        self.table = RowsTable(self.problems, _("Problems"), (0.1, 0.25, 0.65))
        self.table.setMinimumHeight(160)
        self.problem_words = Text("", strong=True)
        save = Button(_("Save these rows as a file…"), self.save_problems.emit, icon="file-down")
        self._below = QWidget()
        self._below.setObjectName("plain")
        head = row(self.problem_words, None, save, margins=(24, 0, 24, 0))
        below = column(head, gap=8, margins=(0, 0, 0, 16))
        table = row(self.table, margins=(16, 0, 16, 0))
        below.addLayout(table, 1)
        self._below.setLayout(below)
        said = QWidget()
        said.setObjectName("plain")
        middle = column(self._icon, self.title, self.text, 8, self._buttons, gap=8, margins=(48, 24, 48, 24))
        whole = column(None, middle, None, gap=0)
        whole.addWidget(self._below, 6)
        said.setLayout(whole)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.busy)
        self._stack.addWidget(said)
        self.setLayout(column(self._stack))

    def show_running(self, name: str) -> None:
        """Show that it runs; one may go on working meanwhile."""
        self.result = None
        self.busy.begin(_("Importing {name}", name=name))
        self.busy.stop.setEnabled(True)
        self._stack.setCurrentWidget(self.busy)
        QTimer.singleShot(0, self.busy.stop, self.busy.stop.setFocus)

    def show_progress(self, work: Undertaking, queue: LongWork) -> None:
        """Show how far it is."""
        self.busy.show_work(work, queue)

    def show_result(self, result: Imported, choices: Sequence[Choice]) -> None:
        """Say what was done, and offer what can follow; the first choice is the main one."""
        self.result = result
        title = _("Stopped. What was read until then is in the shop.") if result.stopped else _("Done")
        self._icon.show_sign(*(("circle-alert", "caution") if result.stopped else ("circle-check", "good")))
        self._say(title, _sums(result), choices, result.problems)

    def show_failed(self, why: str, choices: Sequence[Choice]) -> None:
        """Say what went wrong, and what can be done."""
        self._icon.show_sign("triangle-alert", "bad")
        self._say(_("The import did not work"), why, choices)

    def show_undone(self, choices: Sequence[Choice]) -> None:
        """Say that the import was taken back."""
        self._icon.show_sign("undo-2", "muted")
        self._say(_("Taken back"), _("The shop is as it was before this import."), choices)

    def _say(self, title: str, text: str, choices: Sequence[Choice], problems: Sequence[Problem] = ()) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
        clear(self._buttons)
        self._buttons.addStretch(1)
        made = [Button(words, run, kind="" if number else "main") for number, (words, run) in enumerate(choices)]
        for button in made:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.problems.show_records(problems)
        rows = len({problem.row for problem in problems})
        self.problem_words.setText(several("{count} row has a problem", "{count} rows have a problem", rows))
        self._below.setVisible(bool(problems))
        self._stack.setCurrentIndex(1)
        if made and self.isVisible():
            made[0].setFocus()


def _sums(result: Imported) -> str:
    parts: list[tuple[str, int]] = []
    if result.added:
        parts.append((several("{count} product added", "{count} products added", result.added), result.added))
    if result.changed:
        parts.append((several("{count} changed", "{count} changed", result.changed), result.changed))
    if result.skipped:
        same = several("{count} was the same already", "{count} were the same already", result.skipped)
        parts.append((same, result.skipped))
    if result.archived:
        parts.append((several("{count} archived", "{count} archived", result.archived), result.archived))
    if result.unplaced:
        left = several(
            "{count} variant left out, since its product is not there",
            "{count} variants left out, since their products are not there", result.unplaced,
        )  # fmt: skip
        parts.append((left, result.unplaced))
    return " · ".join(local.counted(words, count) for words, count in parts) or _("Nothing had to be changed.")
