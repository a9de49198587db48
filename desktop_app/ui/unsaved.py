"""What was typed and is not saved: a form that is left with it asks once, where it stands, before it lets go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTableView,
    QTextEdit,
    QWidget,
)

from desktop_app.ui import tab_order
from desktop_app.ui.widgets import Button, SearchField, Text, column, row
from desktop_app.words import _


class Guard(QObject):
    """Stands before the way out of a form: Escape, Cancel, and the window that is closed.

    ``drop`` closes the form without saving; ``also`` returns what else was done in it, such as pictures; ``dirty``
    answers in place of looking at the fields; the question stands above ``before``, else above the last row.
    ``keeps``: leaving the page saves what stands here, so that only Escape and Cancel ask.
    """

    def __init__(
        self,
        form: QWidget,
        drop: Callable[[], object],
        *,
        also: Callable[[], object] | None = None,
        dirty: Callable[[], bool] | None = None,
        before: QWidget | None = None,
        keeps: bool = False,
    ) -> None:
        super().__init__(form)
        self.form, self._drop, self._also, self._is_dirty, self._before = form, drop, also, dirty, before
        self.keeps = keeps
        self._back: QWidget | None = None
        self._after: Callable[[], object] | None = None
        self._closes = True
        self.question = Question(self._throw_away, self.go_on)
        self._known: object = None
        self.settle()

    @property
    def dirty(self) -> bool:
        """Tell whether something stands in the form that is not saved."""
        return self._is_dirty() if self._is_dirty is not None else self._now() != self._known

    @property
    def asking(self) -> bool:
        """Tell whether the question stands there."""
        return not self.question.isHidden()

    def settle(self) -> None:
        """Take what stands in the form now for what is saved; to be called when it is filled."""
        self.question.hide()
        self._known = None if self._is_dirty is not None else self._now()

    def leave(self) -> None:
        """Close the form; where something is typed ask first, and go on typing when left once more."""
        if self.asking:
            self.go_on()
        elif self.dirty:
            self.ask()
        else:
            self._drop()

    def ask(self, then: Callable[[], object] | None = None, *, closes: bool = True) -> None:
        """Ask in the form; ``then`` is done once it is thrown away, in place of closing the form without ``closes``."""
        self._after, self._closes = then, closes
        at = QApplication.focusWidget()
        if at is not None and at is not self.question.stay and self.form.isAncestorOf(at):
            self._back = at
        layout = self.form.layout()
        if isinstance(layout, QBoxLayout) and self.question.parentWidget() is None:
            place = layout.indexOf(self._before) if self._before is not None else layout.count() - 1
            layout.insertWidget(max(place, 0), self.question)
            tab_order.renew_soon(self.form)
        self.question.show()
        self.question.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Put the question away and the keyboard back to where one typed."""
        self.question.hide()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back = self._after = None

    def _throw_away(self) -> None:
        after, self._after, self._back = self._after, None, None
        self.question.hide()
        if self._closes:
            self._drop()
        if after is not None:
            after()

    def _now(self) -> object:
        return fields_of(self.form), self._also() if self._also is not None else None


class Question(QFrame):
    """The sentence with its two answers; the safe one has the keyboard."""

    def __init__(self, throw_away: Callable[[], object], stay: Callable[[], object]) -> None:
        super().__init__()
        self._stay = stay
        self.setProperty("notice", "caution")
        self.text = Text(_("What you typed is not saved."), strong=True, wrap=True)
        self.stay = Button(_("Go on typing"), stay, key="Esc")
        self.drop = Button(_("Throw it away"), throw_away)
        self.setAccessibleName(self.text.text())
        self.stay.setAccessibleDescription(self.text.text())  # it takes the keyboard, so a reader speaks it
        self.setLayout(column(self.text, row(self.stay, self.drop, None), gap=8, margins=(16, 12, 16, 12)))
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on typing with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._stay()
        else:
            super().keyPressEvent(event)


class FormDialog(QDialog):
    """A dialog that one types into: Escape, Cancel and its cross ask before typed things are gone."""

    guard: Guard

    def protect(self, *, dirty: Callable[[], bool] | None = None) -> None:
        """Begin to watch over it; to be called once the fields are there."""
        self.guard = Guard(self, super().reject, dirty=dirty)

    def reject(self) -> None:
        """Close where nothing is lost by it."""
        self.guard.leave()


def fields_of(form: QWidget) -> list[object]:
    """Return what stands in every field of a form one can type into or choose from; a search is nothing to save."""
    found: list[object] = []
    for widget in form.findChildren(QWidget):
        if isinstance(widget, QLineEdit):
            if not isinstance(widget, SearchField) and not isinstance(widget.parentWidget(), SearchField):
                found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            if not widget.isReadOnly():
                found.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            found.append(widget.currentText())
        elif isinstance(widget, QCheckBox | QRadioButton):
            found.append(widget.isChecked())
        elif isinstance(widget, QTableView):
            found.append(_cells(widget))
    return found


def _cells(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [[str(model.index(line, at).data() or "") for at in range(model.columnCount())]
            for line in range(model.rowCount())]  # fmt: skip


def typed_in(window: QWidget) -> list[Guard]:
    """Return the forms below ``window`` in which something is typed that leaving the page would not save."""
    guards = window.findChildren(Guard)
    return [guard for guard in guards if not guard.keeps and not guard.form.isHidden() and guard.dirty]
