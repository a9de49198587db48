"""What a second import of a file means: three questions, used on the import page and in the settings."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop_app.records import Matching
from desktop_app.ui.widgets import Pick, Text
from desktop_app.words import _

_MATCH: tuple[tuple[tuple[str, ...], str], ...] = (
    (("sku", "handle", "title"), "SKU, else handle, else name"),
    (("sku",), "SKU only"),
    (("handle",), "Handle only"),
    (("title",), "Name only"),
)
_WINS = (("mine", "stays as I wrote it"), ("file", "is replaced by the file’s"))
_MISSING = (("keep", "stay as they are"), ("archive", "are archived"))


class MatchingFields(QWidget):
    """Three sentences with a choice in each; ``chosen`` is told only when a person changes one."""

    chosen = Signal(object)  # Matching

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.match = _combo(_("It is the same product when these agree"), _MATCH)
        self.wins = _combo(_("What I edited here"), _WINS)
        self.missing = _combo(_("Products that are no longer in the file"), _MISSING)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for number, combo in enumerate((self.match, self.wins, self.missing)):
            label = Text(combo.accessibleName(), wrap=True)
            label.setBuddy(combo)
            grid.addWidget(label, number, 0)
            grid.addWidget(combo, number, 1)
            combo.activated.connect(lambda _index: self.chosen.emit(self.value()))
        grid.setColumnStretch(0, 1)

    def value(self) -> Matching:
        """Return what is chosen."""
        return Matching(
            match=tuple(self.match.currentData()), wins=self.wins.currentData(), missing=self.missing.currentData()
        )

    def show_value(self, matching: Matching) -> None:
        """Show ``matching`` without telling anybody."""
        values: tuple[tuple[QComboBox, tuple[tuple[Any, str], ...], Any], ...] = (
            (self.match, _MATCH, tuple(matching.match)),
            (self.wins, _WINS, matching.wins),
            (self.missing, _MISSING, matching.missing),
        )
        for combo, choices, wanted in values:
            known = [value for value, _name in choices]
            combo.setCurrentIndex(known.index(wanted) if wanted in known else 0)


def in_words(matching: Matching) -> str:
    """Say in one line what was decided."""
    match = next((name for keys, name in _MATCH if keys == tuple(matching.match)), _MATCH[0][1])
    wins = dict(_WINS)[matching.wins]
    missing = dict(_MISSING)[matching.missing]
    return _(
        "Same product by: {match}. What I edited {wins}. Products no longer in the file {missing}.",
        match=_(match), wins=_(wins), missing=_(missing),
    )  # fmt: skip


def _combo(name: str, choices: tuple[tuple[Any, str], ...]) -> QComboBox:
    combo = Pick()
    combo.setAccessibleName(name)
    combo.setFixedWidth(260)
    for value, words in choices:
        combo.addItem(_(words), list(value) if isinstance(value, tuple) else value)
    return combo
