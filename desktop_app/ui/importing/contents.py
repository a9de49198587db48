"""The second step: what the file was taken for, and what each of its columns holds."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop_app.ui import local
from desktop_app.ui.importing import names
from desktop_app.ui.importing.columns import ColumnsModel, ColumnsTable
from desktop_app.ui.widgets import Card, Elided, Pick, Text, column, row
from desktop_app.words import _, several

_NEEDED = ("title", "sku", "handle", "barcode", "id")


class ContentsStep(QWidget):
    """A card with what was recognised, each part of it to be overruled, and the columns below."""

    overruled = Signal(object)  # {"format": …, "encoding": …, "sheet": …}
    mapped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.name = Elided("", "large", strong=True)
        self.facts = Text(tone="muted")
        self.notes = Text(size="small", tone="muted", wrap=True)
        self.format = self._combo(_("Format"), "format")
        self.encoding = self._combo(_("Encoding"), "encoding")
        self.sheet = self._combo(_("Sheet"), "sheet")
        card = Card(gap=4)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(column(self.name, self.facts, gap=2), 1)
        self._labelled = {c: _labelled(c) for c in (self.format, self.encoding, self.sheet)}
        for whole in self._labelled.values():
            top.addWidget(whole)
        card.body.addLayout(top)
        card.body.addWidget(self.notes)
        self.heading = Text("", strong=True)
        self.advice = Text("", "small", tone="muted", wrap=True)
        self.model = ColumnsModel()
        self.model.mapped.connect(self.mapped)
        self.table = ColumnsTable(self.model)
        words = column(self.heading, self.advice, gap=2, margins=(4, 8, 4, 0))
        lines = column(card, words, gap=8, margins=(24, 16, 24, 8))
        lines.addWidget(self.table, 1)
        self.setLayout(lines)

    def show_reading(self, reading: Any, *, remembered: bool) -> None:
        """Show what ``reading`` found; ``remembered`` says that the merchant set these columns before."""
        self.name.setText(reading.name)
        self.name.setAccessibleName(reading.name)
        self.facts.setText(" · ".join(_facts(reading)))
        notes = list(reading.notes)
        if reading.damaged:
            notes.insert(
                0, _("Some characters cannot be read in this encoding. If names look wrong below, choose another.")
            )
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._fill(reading)
        table = reading.format == "table"
        self.heading.setText(_("What each column holds") if table else _("How each column is read"))
        self.advice.setText(self._advice(reading, remembered))
        self.model.show_reading(reading)
        self.table.setCurrentIndex(self.model.index(0, 2))

    def missing(self) -> str:
        """Say what is not decided yet, or nothing."""
        chosen = {field for _column, field in self.model.mapping()}
        if self.model.editable and not chosen & set(_NEEDED):
            return _("Say which column holds the product name or the SKU.")
        if self.model.editable:
            for field in ("title", "sku", "handle", "description", "price", "stock"):
                if [f for _c, f in self.model.mapping()].count(field) > 1:
                    return _("“{field}” is chosen for two columns. Leave one of them out.", field=names.of(field))
        return ""

    def _advice(self, reading: Any, remembered: bool) -> str:
        if remembered:
            return _("As you set it for a file with the same columns before. Change what is different this time.")
        if reading.format == "table":
            return _(
                "The guesses are marked. Return or a click chooses; what you "
                "choose is remembered for the next file like this."
            )
        return _("The columns of this format are known; look whether names and prices read right.")

    def _fill(self, reading: Any) -> None:
        from desktop_app import formats
        from desktop_app.formats import encodings

        known_formats: list[tuple[str, str]] = [(key, names.format_name(key)) for key in formats.FORMATS]
        _refill(self.format, known_formats, reading.format)
        known = list(dict.fromkeys((*((reading.encoding,) if reading.encoding else ()), *names.ENCODINGS)))
        _refill(self.encoding, [(e, encodings.shown(e)) for e in known], reading.encoding)
        _refill(self.sheet, [(s, s) for s in reading.sheets], reading.sheet)
        self._labelled[self.encoding].setVisible(bool(reading.encoding))
        self._labelled[self.sheet].setVisible(len(reading.sheets) > 1)

    def _combo(self, name: str, key: str) -> QComboBox:
        combo = Pick()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMinimumWidth(140)
        combo.setMaximumWidth(220)
        combo.activated.connect(lambda _at: self.overruled.emit({key: combo.currentData()}))
        return combo


def _labelled(combo: QComboBox) -> QWidget:
    label = Text(combo.accessibleName(), "small", tone="muted")
    label.setBuddy(combo)
    whole = QWidget()
    whole.setObjectName("plain")
    whole.setLayout(column(label, row(combo), gap=2))
    return whole


def _refill(combo: QComboBox, choices: list[tuple[str, str]], chosen: str) -> None:
    combo.clear()
    for value, words in choices:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))


def _facts(reading: Any) -> list[str]:
    from desktop_app.formats import encodings

    facts = [_("Recognised as {label}", label=reading.label)]
    if reading.sheet:
        facts.append(_("sheet {name}", name=reading.sheet))
    if reading.encoding:
        facts.append(encodings.shown(reading.encoding))
    if reading.rows is not None:
        facts.append(local.counted(several("{count} row", "{count} rows", reading.rows), reading.rows))
    facts.append(several("{count} column", "{count} columns", len(reading.headers)))
    return facts
