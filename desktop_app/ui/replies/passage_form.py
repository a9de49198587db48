"""One answer of the shop in full: typed anew or changed, with the days on which it holds and what its file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.knowledge_records import Passage, PassageChange
from desktop_app.ui.replies.passages import day, place, today
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _


class PassageForm(QFrame):
    """The fields; ``keep``, ``out`` and ``settle`` are what its buttons do."""

    def __init__(self, keep: Callable[[], object], out: Callable[[], object], settle: Callable[[bool], object]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.passage: Passage | None = None  # the one that is being changed
        self._by_hand = False  # whether the days were set by hand
        self._put_by: tuple[str, str] = ("", "")  # what was being typed when a passage was opened
        self.heading = Text("", strong=True, wrap=True)
        self.note = Text(_("What you change is kept; the file itself is left alone."), "small", tone="muted", wrap=True)
        self.question, self.text = QLineEdit(), QPlainTextEdit()
        self.question.setPlaceholderText(_("The question it answers"))
        self.question.setAccessibleName(_("The question it answers"))
        self.text.setPlaceholderText(_("The answer, as you would write it to a customer"))
        self.text.setAccessibleName(_("The answer"))
        self.text.setFixedHeight(108)
        self.text.setTabChangesFocus(True)
        self.since, self.until = self._day(_("Answers from"), _("always")), self._day(_("until"), _("for ever"))
        self.told = Text("", "small", tone="muted", wrap=True)
        self.keep = Button(_("Keep"), keep, kind="main")
        self.out = Button(_("Take out"), out)
        self.new = Button(_("New answer"), self.clear, kind="quiet")
        self._settle = settle
        self.other = self._other_words()
        days = row(Text(_("Answers from"), tone="muted"), self.since, Text(_("until"), tone="muted"), self.until, None)
        head = row(self.heading, self.new)
        head.setStretch(0, 1)
        self.setLayout(
            column(head, self.note, self.other, self.question, self.text, days, self.told,
                   row(self.keep, self.out, None), gap=8, margins=(16, 12, 16, 16))
        )  # fmt: skip
        self.text.textChanged.connect(self._read_days)
        self.clear()
        # What was changed of an opened one is kept when the page is left.
        self.guard = Guard(self, self.clear, dirty=lambda: self.passage is None and self.dirty)

    @property
    def dirty(self) -> bool:
        """Whether something stands here that is not kept."""
        typed = self.words()
        if self.passage is None:
            return bool(typed[1].strip())
        p = self.passage
        return typed != (p.question, p.text, p.valid_from, p.valid_to)

    def words(self) -> tuple[str, str, str, str]:
        """Return the question, the answer, its first and its last day ("" for none; what is no day as typed)."""
        asked = self.question.text().strip()
        if self.passage is not None and asked == self.passage.question.split("\n")[0].strip():
            asked = self.passage.question  # the other ways to ask, which one line does not show
        return asked, self.text.toPlainText().strip(), _iso(self.since.text()), _iso(self.until.text())

    def changed(self) -> Passage | None:
        """Return the opened passage as the fields say it."""
        if self.passage is None:
            return None
        question, text, since, until = self.words()
        return replace(self.passage, question=question, text=text, valid_from=since, valid_to=until)

    def wrong_day(self) -> str:
        """Return what stands in a field for a day and is none; "" where all is well."""
        for field in (self.since, self.until):
            if field.text().strip() and len(_iso(field.text())) != 10:
                field.setFocus()
                return field.text().strip()
        return ""

    def clear(self) -> None:
        """Make room for a new answer; one that was being typed before comes back."""
        question, text = self._put_by
        self._put_by = ("", "")
        self._fill(None, question, text, "", "")
        self._read_days()

    def emptied(self) -> None:
        """Make room for a new answer once this one is kept."""
        self._put_by = ("", "") if self.passage is None else self._put_by
        self.clear()

    def ask(self, question: str) -> None:
        """Make room for the answer to a question."""
        if self.passage is not None:
            self.clear()
        self.question.setText(question)
        self.text.setFocus()

    def show_passage(self, passage: Passage, change: PassageChange | None) -> None:
        """Put a passage into the fields, with where it stands and what its file says since."""
        if self.passage is None and self.dirty:
            self._put_by = (self.question.text(), self.text.toPlainText())
        self._fill(passage, passage.question.split("\n")[0], passage.text, passage.valid_from, passage.valid_to)
        self.other.setVisible(change is not None and change.asks)
        if change is not None and change.asks:
            fresh = change.news
            self._says.setText(
                _("The file does not hold this any more.") if fresh is None
                else _("The file says now: {words}", words="\n".join(filter(None, (fresh.question, fresh.text))))
            )  # fmt: skip
            self._theirs.setText(_("Take it out") if fresh is None else _("Take the file’s"))

    def _fill(self, passage: Passage | None, question: str, text: str, since: str, until: str) -> None:
        self.passage = passage
        self._by_hand = passage is not None
        self.other.hide()
        self.question.setText(question)
        self.text.setPlainText(text)
        self.since.setText(since)
        self.until.setText(until)
        self.out.setVisible(passage is not None)
        self.new.setVisible(passage is not None)
        if passage is None:
            self.heading.setText(_("Type an answer or a policy"))
        else:
            where = " · ".join(part for part in (passage.source_name, place(passage.place)) if part)
            self.heading.setText(where)
        self.note.setVisible(passage is not None and bool(passage.row or passage.page or passage.heading))
        self._say_days()

    def _read_days(self) -> None:
        """Take the days that the words name, until somebody sets them by hand."""
        if self._by_hand:
            return
        from desktop_app.formats.lasting import days_of

        since, until = days_of(self.text.toPlainText(), today())
        self.since.setText(since)
        self.until.setText(until)
        self._say_days()

    def _set_by_hand(self, _text: str) -> None:
        self._by_hand = True
        self._say_days()

    def _say_days(self) -> None:
        since, until = _iso(self.since.text()), _iso(self.until.text())
        if len(until) == 10 and until < today():
            self.told.setText(_("It ended on {day}: no customer is told it any more.", day=day(until)))
        elif len(until) == 10:
            self.told.setText(_("It ends with {day}; after that no customer is told it.", day=day(until)))
        elif len(since) == 10 and since > today():
            self.told.setText(_("No customer is told it before {day}.", day=day(since)))
        else:
            self.told.setText("")
        self.told.setVisible(bool(self.told.text()))

    def _day(self, name: str, empty: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(empty)
        made.setFixedWidth(98)
        made.textEdited.connect(self._set_by_hand)
        made.editingFinished.connect(lambda: made.setText(_iso(made.text())))
        return made

    def _other_words(self) -> QWidget:
        """Return the box with what the file says where the merchant changed the same passage."""
        box = QFrame()
        box.setObjectName("asked")
        self._says = Text("", wrap=True)
        self._mine = Button(_("Keep mine"), lambda: self._settle(True))
        self._theirs = Button(_("Take the file’s"), lambda: self._settle(False))
        why = Text(_("You changed this, and so did its file."), "small", tone="caution", wrap=True)
        box.setLayout(column(why, self._says, row(self._mine, self._theirs, None), gap=6, margins=(0, 0, 0, 4)))
        return box


def _iso(typed: str) -> str:
    """Return a day as it is kept, whatever way it is written; what is none as it stands."""
    from desktop_app.formats.lasting import days_of
    from desktop_app.formats.moments import moment

    return moment(typed)[:10] or days_of(f"until {typed.strip()}", today())[1] or typed.strip()
