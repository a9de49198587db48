"""The facts of a product as chips: read, added, changed and removed without a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayoutItem, QLineEdit, QPushButton, QWidget

from desktop_app.language import facts as known
from desktop_app.records import Fact, FactKind, Product
from desktop_app.ui import local
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, FlowLayout, column, row
from desktop_app.ui.widgets.buttons import literal
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _

# What a buyer asks first; the two foremost that a product lacks are suggested.
ASKED: tuple[tuple[FactKind, str], ...] = (
    ("material", "Material"),
    ("size", "Size"),
    ("weight", "Weight"),
    ("care", "Care"),
    ("colour", "Colour"),
)
_LONG = 32


class FactChip(QPushButton):
    """One fact, or a suggestion to add one. Return or F2 changes it, Delete removes it."""

    removed = Signal()

    def __init__(self, text: str, name: str, run: Callable[[], object], *, suggestion: bool = False) -> None:
        super().__init__(literal(text))
        self.setObjectName("suggestion" if suggestion else "chip")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: run())

    def minimumSizeHint(self) -> QSize:
        """Let a long fact be cut where the column ends."""
        return QSize(24, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys people try."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class FactEditor(QWidget):
    """Two fields under the chips: what it is and what it says."""

    saved = Signal(str, str)
    removed = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Fact, e.g. Material"))
        self.name.setAccessibleName(_("Name of the fact"))
        self.value = QLineEdit()
        self.value.setPlaceholderText(_("What it is, e.g. oak"))
        self.value.setAccessibleName(_("Value of the fact"))
        self.save = Button(_("Save"), self._save, small=True)
        self.remove = Button(_("Remove"), self.removed.emit, kind="quiet", small=True)
        self.cancel = Button(_("Cancel"), lambda: self.guard.leave(), kind="quiet", small=True)
        fields = row(self.name, self.value, gap=8)
        fields.setStretch(0, 2)
        fields.setStretch(1, 3)
        self.setLayout(column(fields, row(self.save, self.remove, self.cancel, None, gap=4), gap=8))
        self.name.returnPressed.connect(self.value.setFocus)
        self.value.returnPressed.connect(self._save)
        self.guard = Guard(self, self.closed.emit, keeps=True)
        self.hide()

    def begin(self, fact: Fact) -> None:
        """Take one fact in hand; one without a value is new."""
        self.name.setText(fact.name)
        self.value.setText(local.fact(fact))
        self.remove.setVisible(bool(fact.value))
        self.guard.settle()
        self.show()
        (self.value if fact.name else self.name).setFocus()
        self.value.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.guard.leave()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        name, value = self.name.text().strip(), self.value.text().strip()
        if value:
            self.saved.emit(name, value)
        else:
            (self.removed if self.name.text() and self.remove.isVisible() else self.closed).emit()


class FactChips(QWidget):
    """All facts of a product; ``changed`` brings the whole new list."""

    changed = Signal(object)  # tuple[Fact, ...]

    def __init__(self) -> None:
        super().__init__()
        self.facts: tuple[Fact, ...] = ()
        self._at: int | None = None  # the fact in hand; None: a new one
        self._return_to: int | None = None
        self.flow = FlowLayout(gap=6, line_gap=6)
        self._held = QWidget()
        self._held.setLayout(self.flow)
        self.editor = FactEditor()
        self.setLayout(column(self._held, self.editor, gap=8))
        self.editor.saved.connect(self._save)
        self.editor.removed.connect(lambda: self._remove(self._at))
        self.editor.closed.connect(self._close)

    def show_product(self, product: Product, asked: Sequence[str]) -> None:
        """Show the facts of ``product`` and, of those it lacks, the ones that buyers ask for (English names)."""
        if self.editor.isVisible():
            self.editor.hide()
        self.facts = product.facts
        clear(self.flow)
        for number, fact in enumerate(self.facts):
            chip = FactChip(_shown(fact), _spoken(fact), partial(self._begin, number))
            chip.removed.connect(partial(self._remove, number))
            self.flow.addWidget(chip)
        for name in asked:
            chip = FactChip(_("+ {fact}?", fact=_(name).lower()), _("Add the fact: {fact}", fact=_(name)),
                            partial(self._begin, None, name), suggestion=True)  # fmt: skip
            self.flow.addWidget(chip)
        self.add = Button(_("Add a fact"), lambda: self._begin(None), kind="quiet", icon="plus", small=True)
        self.flow.addWidget(self.add)
        self._held.updateGeometry()
        if self._return_to is not None:
            place = self.flow.itemAt(min(self._return_to, self.flow.count() - 1))
            _focus(place)
            self._return_to = None

    def begin_new(self, name: str = "") -> None:
        """Ask for a new fact, perhaps by its English name."""
        self._begin(None, name)

    def _begin(self, number: int | None, name: str = "") -> None:
        self._at = number
        self.editor.begin(self.facts[number] if number is not None else Fact(_(name) if name else "", ""))

    def _save(self, name: str, value: str) -> None:
        made = list(self.facts)
        if self._at is None:
            made.append(Fact(name, value, kind=known.kind_of(name, value), source="merchant"))
        else:
            old = made[self._at]
            # What the merchant typed is the whole value: a unit that stood apart is in it now.
            made[self._at] = replace(old, name=name, value=value, unit="", kind=known.kind_of(name, value),
                                     source="merchant", at="")  # fmt: skip
        self._finish(made, self._at if self._at is not None else len(made) - 1)

    def _remove(self, number: int | None) -> None:
        if number is not None:
            self._finish([f for n, f in enumerate(self.facts) if n != number], max(number - 1, 0))

    def _finish(self, made: list[Fact], stand_on: int) -> None:
        self._return_to = stand_on
        self.editor.hide()
        if tuple(made) != self.facts:
            self.changed.emit(tuple(made))

    def keep(self) -> None:
        """Save the fact that is being typed; somebody who goes on to something else does not lose it."""
        if self.editor.isVisible() and self.editor.guard.dirty and self.editor.value.text().strip():
            self.editor.save.click()

    def _close(self) -> None:
        self.editor.hide()
        place = self.flow.itemAt(self._at if self._at is not None else self.flow.count() - 1)
        _focus(place)


def _focus(place: QLayoutItem | None) -> None:
    widget = place.widget() if place is not None else None
    if widget is not None:
        widget.setFocus()


def missing(product: Product) -> list[str]:
    """Return the names of at most two facts a buyer would ask for first; not for the window's thread.

    What tells kinds of facts apart is made at the first question, which takes a second.
    """
    kinds = {fact.kind if fact.kind != "free" else known.kind_of(fact.name, fact.value) for fact in product.facts}
    kinds |= {known.kind_of(name, value) for variant in product.variants for name, value in variant.options}
    if any(variant.weight_grams for variant in product.variants):
        kinds.add("weight")
    return [name for kind, name in ASKED if kind not in kinds][:2]


def _spoken(fact: Fact) -> str:
    return f"{fact.name}: {local.fact(fact)}" if fact.name else local.fact(fact)


def _shown(fact: Fact) -> str:
    value = local.fact(fact)
    # "oak" says enough by itself; "4", "yes" and "IP65" do not.
    short = len(value) < 3 and value.isascii()  # two Han characters are a word
    bare = short or value.replace(".", "").replace(",", "").isdigit() or known.is_yes(value)
    said = f"{fact.name}: {value}" if (bare or known.is_no(value)) and fact.name else value
    return said if len(said) <= _LONG else said[: _LONG - 1].rstrip() + "…"
