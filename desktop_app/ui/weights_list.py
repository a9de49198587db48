"""The list of weights as it is drawn, and what the page asks about weights on another thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.records import Weights
from desktop_app.ui import weights_words
from desktop_app.ui.theme import font, theme
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.words import _

_TOP = QModelIndex()


@dataclass(frozen=True)
class Found:
    """The weights here, how much memory there is, and what is to be expected of each."""

    weights: tuple[Weights, ...]
    outlooks: tuple[Any, ...]
    memory: Any
    choices: Any = None  # fetch_weights.Choices: what could be fetched


@dataclass(frozen=True)
class Entry:
    """One row: weights that are here, weights that could be fetched (then with a choice), or a heading (neither)."""

    name: str
    weights: Weights | None = None
    choice: Any = None  # fetch_weights.Choice


class WeightsModel(QAbstractListModel):
    """The rows of the list, kept in Python alone: Qt asks for what it shows and holds none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self.used = ""  # path of what writes

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, or what a screen reader says."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole and entry.weights is not None:
            said = _("writes here") if self.writes(entry) else _("not here") if entry.choice is not None else ""
            return ", ".join(filter(None, (entry.name, weights_words.line(entry.weights), said)))
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return that weights can be chosen and a heading cannot."""
        if self.entries[index.row()].weights is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def writes(self, entry: Entry) -> bool:
        """Tell whether these weights write here."""
        return entry.weights is not None and bool(entry.weights.path) and entry.weights.path == self.used

    def show_used(self, path: str) -> None:
        """Mark what writes."""
        self.used = path
        if self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def fill(self, found: Found) -> None:
        """Show what is here and, below, what could be fetched."""
        from desktop_app.tasks import fetch_weights

        entries = [Entry(one.name, one) for one in found.weights]
        if found.choices is not None and found.choices.choices:
            entries.append(Entry(_("Could be fetched")))
            entries += [Entry(c.weights.name, fetch_weights.as_weights(c.weights), c) for c in found.choices.choices]
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()


class WeightsList(QListView):
    """The list at the left; the ring is around the row one stands on, not around them all."""

    stood = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bare", "true")
        self.rows = WeightsModel()
        self.setModel(self.rows)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.stood.emit())

    @property
    def entry(self) -> Entry | None:
        """Return the row one stands on."""
        row = self.currentIndex().row()
        return self.rows.entries[row] if 0 <= row < len(self.rows.entries) else None

    def stand_at(self, row: int) -> None:
        """Stand on a row; -1 on none."""
        self.setCurrentIndex(self.rows.index(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows and the focus ring."""
        super().paintEvent(event)
        draw_ring(self)


class WeightsDelegate(QStyledItemDelegate):
    """Name and, below it, what it is for; a hairline under each."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        """Return the height of two lines, or of a heading."""
        return QSize(200, 59 if index.model().entries[index.row()].weights is not None else 44)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw ground, name, pill and the line below."""
        model = index.model()
        entry: Entry = model.entries[index.row()]
        weights = entry.weights
        area: QRect = option.rect
        painter.save()
        if weights is None:
            painter.setFont(font("small", strong=True))
            painter.setPen(theme.colour("muted"))
            words = area.adjusted(24, 0, -16, -8)
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom, entry.name)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("accent_soft"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.colour("line"))
        inside = area.adjusted(24, 11, -16, -10)
        right = inside.right()
        if model.writes(entry):
            right = _pill(painter, inside, _("writes here")) - 8
        painter.setFont(font(strong=True))
        painter.setPen(theme.colour("text"))
        name = QRect(inside.left(), inside.top(), right - inside.left(), 18)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, _short(painter, weights.name, name.width()))
        painter.setFont(font("small"))
        painter.setPen(theme.colour("muted"))
        below = QRect(inside.left(), inside.top() + 20, inside.width(), 17)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignVCenter, _short(painter, weights_words.line(weights), below.width())
        )
        painter.restore()


def _pill(painter: QPainter, inside: QRect, words: str) -> int:
    painter.setFont(font("small"))
    wide = painter.fontMetrics().horizontalAdvance(words) + 16
    box = QRect(inside.right() - wide, inside.top(), wide, 18)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # On the chosen row, whose ground is the pill's own colour, the pill is lighter than the row.
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(box, 9, 9)
    painter.setPen(theme.colour("accent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    return box.left()


def _short(painter: QPainter, words: str, width: int) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)


def look() -> Found:
    """Return the weights here and what to expect of each."""
    from desktop_app import weights
    from desktop_app.tasks import fetch_weights, weights_on_hand

    memory, here, cards = weights_on_hand.memory(), tuple(weights.installed()), weights_on_hand.cards()
    seen = tuple(weights_on_hand.outlook(found, memory, cards) for found in here)
    return Found(here, seen, memory, fetch_weights.choices(memory, cards))


def look_at(path: Path) -> tuple[Weights, Any, Any]:
    """Return what a file says about itself, what to expect of it, and the memory there is."""
    from desktop_app import weights
    from desktop_app.tasks import weights_on_hand

    # Weights are listed by the name of their file, which is what people know them by.
    found, memory = replace(weights.read_header(path), name=weights.split.stem(path)), weights_on_hand.memory()
    return found, weights_on_hand.outlook(found, memory, weights_on_hand.cards()), memory


def remove(found: Weights) -> None:
    """Take weights off the list; a copy of ours is deleted."""
    from desktop_app import weights

    weights.remove(found.path)
