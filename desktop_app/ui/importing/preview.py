"""The third step: what the import would do, before it does it, and what a second import means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from desktop_app.records import Matching, Preview, Problem, Progress
from desktop_app.ui import local
from desktop_app.ui.importing.changes import ChangePanel, KindDelegate, RowsTable, changes_model, problems_model
from desktop_app.ui.importing.matching import MatchingFields, in_words
from desktop_app.ui.longwork import LongWork, Undertaking
from desktop_app.ui.widgets import Button, Card, LengthBar, Text, column, row
from desktop_app.words import _, several


class Busy(QWidget):
    """A sentence and a bar while something is being read, with the button that stops it."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.what = Text("", "large", strong=True, wrap=True)
        self.what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.far = Text("", tone="muted")
        self.far.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = LengthBar(320)
        self.stop = Button(_("Stop"), stop, key="Esc")
        middle = column(
            self.what, row(None, self.bar, None), row(None, self.far, None), 8, row(None, self.stop, None), gap=12
        )
        self.bar.setFixedWidth(320)
        self.setLayout(column(None, middle, None, None, margins=(24, 24, 24, 24)))

    def begin(self, what: str) -> None:
        """Say what is being read."""
        self.what.setText(what)
        self.far.setText("")
        self.bar.show_share(0.0)
        self.bar.setAccessibleName(what)

    def show_work(self, work: Undertaking, queue: LongWork) -> None:
        """Show how far a long job is, or what it still waits for."""
        before = queue.before(work)
        if before is not None:
            self.far.setText(_("Waits until this is done: {name}", name=before.name))
        else:
            self.far.setText(work.describe())
        self.bar.show_share(work.share or 0.0)
        self.bar.setAccessibleDescription(self.far.text())

    def show_progress(self, event: Progress) -> None:
        """Show how far it is."""
        if event.total:
            self.bar.show_share(event.done / event.total)
            far = _("{done} of {total}", done=local.number(event.done), total=local.number(event.total))
            self.far.setText(far)
        else:
            self.far.setText(local.number(event.done) if event.done else "")
        self.bar.setAccessibleDescription(self.far.text())


class Figure(QWidget):
    """A number and what it counts."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.number = Text("", "title", strong=True)
        self.words = Text("", tone="muted")
        self.setLayout(row(self.number, self.words, gap=8))

    def say(self, count: int, words: str, tone: Any = "") -> None:
        """Show ``count`` of ``words``; nothing where there are none."""
        self.number.setText(local.number(count))
        self.number.tone(tone)
        self.words.setText(words)
        self.setAccessibleName(f"{local.number(count)} {words}")
        self.setVisible(bool(count))


class PreviewStep(QWidget):
    """Figures, the question about a second import, the changes, the problems."""

    matching_chosen = Signal(object)  # Matching

    def __init__(self, save_problems: Callable[[Sequence[Problem]], object]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.preview: Preview | None = None
        self.figures = [Figure() for _kind in range(6)]
        self.question = MatchingCard()
        self.question.fields.chosen.connect(self.matching_chosen)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Changes or problems"))
        self.more = Text("", "small", tone="muted")
        self.save = Button(_("Save these rows as a file…"), lambda: save_problems(self._problems()), icon="file-down")
        self.changes = changes_model()
        self.table = RowsTable(self.changes, _("Changes"), (0.13, 0.37, 0.18, 0.32))
        self._pills = KindDelegate(self.table)
        self.table.setItemDelegateForColumn(0, self._pills)
        self.panel = ChangePanel()
        self.problems = problems_model()
        self.problem_table = RowsTable(self.problems, _("Problems"), (0.1, 0.25, 0.65))
        self.lists = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_tab)
        self.table.selectionModel().currentChanged.connect(self._show_change)

    def show_preview(self, preview: Preview, matching: Matching, *, decided: bool, currency: str) -> None:
        """Show what would happen; ``decided`` says that the question was answered some other day."""
        self.preview = preview
        self.panel.currency = currency
        self._figures(preview)
        self.question.setVisible(preview.again)
        if preview.again:
            self.question.show_matching(matching, decided=decided)
        self.changes.show_records(preview.changes)
        self.problems.show_records(preview.problems)
        self._tabs(preview)
        told = any(change.fields or change.why for change in preview.changes)
        self.panel.setVisible(told)
        coded = any(change.sku for change in preview.changes)
        self.table.show_columns([*([] if coded else [2]), *([] if told else [3])])
        if preview.changes:
            # A change says more than one more new product.
            first = next((n for n, change in enumerate(preview.changes) if change.kind == "change"), 0)
            self.table.setCurrentIndex(self.changes.index(first, 0))
        else:
            self.panel.show_change(None)

    def _figures(self, preview: Preview) -> None:
        adds, changes, leaves, archives, unplaced, problems = self.figures
        adds.say(preview.added, several("new product", "new products", preview.added), "accent")
        changes.say(preview.changed, several("is changed", "are changed", preview.changed))
        leaves.say(preview.same, several("stays as it is", "stay as they are", preview.same))
        archives.say(preview.archived, several("is archived", "are archived", preview.archived))
        waiting = several("variant without its product", "variants without their product", preview.unplaced)
        unplaced.say(preview.unplaced, waiting, "bad")
        rows = len({problem.row for problem in preview.problems if not problem.variant})
        problems.say(rows, several("row with a problem", "rows with a problem", rows), "caution")

    def _tabs(self, preview: Preview) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.tabs.addTab(_("Changes"))
        if preview.problems:
            self.tabs.addTab(_("Problems") + f" {local.number(len(preview.problems))}")
        self.tabs.blockSignals(False)
        nothing = not preview.changes and bool(preview.problems)
        self.tabs.setCurrentIndex(1 if nothing else 0)
        self._show_tab(self.tabs.currentIndex())
        something = bool(preview.changes or preview.problems)
        self.tabs.setVisible(something)
        self.lists.setVisible(something)

    def _show_tab(self, at: int) -> None:
        self.lists.setCurrentIndex(max(at, 0))
        self.save.setVisible(at == 1)
        preview = self.preview
        shown = len(preview.changes) if preview else 0
        whole = preview.added + preview.changed + preview.archived + preview.unplaced if preview else 0
        self.more.setText(_("the first {n} are listed", n=local.number(shown)) if at == 0 and whole > shown else "")

    def _show_change(self, index: QModelIndex) -> None:
        self.panel.show_change(self.changes.records[index.row()] if index.isValid() else None)

    def _problems(self) -> Sequence[Problem]:
        return self.preview.problems if self.preview else ()

    def _lay_out(self) -> None:
        figures = row(*self.figures, None, gap=24)
        both = QHBoxLayout()
        both.setContentsMargins(16, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.table, 1)
        both.addWidget(self.panel)
        left = QWidget()
        left.setObjectName("plain")
        left.setLayout(both)
        right = QWidget()
        right.setObjectName("plain")
        right.setLayout(row(self.problem_table, margins=(16, 0, 16, 8)))
        self.lists.addWidget(left)
        self.lists.addWidget(right)
        top = column(figures, self.question, gap=16, margins=(24, 16, 24, 8))
        bar = row(self.tabs, self.more, None, self.save, gap=12, margins=(12, 0, 24, 0))
        whole = column(top, bar, gap=0)
        whole.addWidget(self.lists, 1)
        whole.addStretch(0)  # where there is nothing to list, the rest stays above
        self.setLayout(whole)


class MatchingCard(Card):
    """The question of a second import, open the first time, one line afterwards."""

    def __init__(self) -> None:
        super().__init__(gap=8)
        self.title = Text(
            _("A file like this came in before. What should it mean this time, and from now on?"),
            strong=True,
            wrap=True,
        )
        self.line = Text("", tone="muted", wrap=True)
        self.change = Button(_("Change"), self.open, kind="link")
        self.change.setAccessibleName(_("Change what a second import means"))
        self.fields = MatchingFields()
        self.fields.setMaximumWidth(720)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(column(self.title, self.line, gap=2), 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self.fields)
        self._opened = False

    def show_matching(self, matching: Matching, *, decided: bool) -> None:
        """Ask, or say what was decided."""
        self.fields.show_value(matching)
        self.line.setText(in_words(matching))
        closed = decided and not self._opened
        self.fields.setVisible(not closed)
        self.title.setVisible(not closed)
        self.line.setVisible(closed)
        self.change.setVisible(closed)

    def open(self) -> None:
        """Show the three questions again."""
        self._opened = True
        self.title.show()
        self.fields.show()
        self.line.hide()
        self.change.hide()
        self.fields.match.setFocus()

    def forget(self) -> None:
        """Begin closed with the next file."""
        self._opened = False
