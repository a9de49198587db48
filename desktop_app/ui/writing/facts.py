"""What is known of the product beside its draft, and which of it the draft uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_app.records import Draft, Fact, Product
from desktop_app.ui import local
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _


class FactsColumn(QScrollArea):
    """Name, value, used or not; and the facts it would be good to know."""

    def __init__(self, add: Callable[[str], object]) -> None:
        super().__init__()
        self._add = add
        self.setFixedWidth(295)
        self._narrow = False
        self._shown: tuple[Product, Draft, Sequence[str]] | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setLayout(
            column(Text(_("Facts"), "large", strong=True), self._lines, None, gap=8, margins=(24, 20, 24, 16))
        )
        self.setWidget(inside)

    def show_facts(self, product: Product, draft: Draft, asked: Sequence[str]) -> None:
        """Show the facts of ``product`` against what ``draft`` says, and those that buyers would ask for."""
        self._shown = product, draft, asked
        clear(self._lines)
        used = used_names(draft)
        for fact in product.facts:
            self._lines.addWidget(_line(fact, fact.name.casefold() in used, self._narrow))
        for name in asked:
            button = Button(_("Add a fact"), partial(self._add, name), kind="link", small=True)
            button.setAccessibleName(_("Add the fact: {fact}", fact=_(name)))
            self._lines.addWidget(_Row(_(name), "—", button, self._narrow))
        if not product.facts:
            self._lines.addWidget(Text(_("Nothing is known of this product yet."), tone="muted", wrap=True))

    def narrow(self, narrow: bool) -> None:
        """Take less room: the value goes below its name."""
        self.setFixedWidth(216 if narrow else 295)
        if narrow != self._narrow:
            self._narrow = narrow
            self._margins()
            if self._shown is not None:
                self.show_facts(*self._shown)

    def _margins(self) -> None:
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            side = 16 if self._narrow else 24
            layout.setContentsMargins(side, 20, side, 16)


class _Row(QWidget):
    def __init__(self, name: str, value: str, end: QWidget, narrow: bool) -> None:
        super().__init__()
        label = Text(name, "small" if narrow else "base", tone="muted", wrap=True)
        words = Text(value, wrap=True)
        if narrow:
            head = row(label, end, gap=8)
            head.setStretch(0, 1)
            self.setLayout(column(head, words, gap=0, margins=(0, 4, 0, 4)))
            return
        label.setFixedWidth(72)
        line = row(gap=8, margins=(0, 5, 0, 5))
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(end, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.setLayout(line)


def used_names(draft: Draft) -> set[str]:
    """Return the names of the facts that some stretch of the draft rests on."""
    return {name.casefold() for span in draft.evidence for name in span.facts}


def _line(fact: Fact, used: bool, narrow: bool) -> _Row:
    value = local.fact(fact)
    said = Text(_("used") if used else _("not used"), "small", tone="good" if used else "muted")
    return _Row(fact.name, value, said, narrow)
