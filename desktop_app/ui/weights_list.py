"""The list of weights as it is drawn, and what the page asks about weights on another thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.records import Weights
from desktop_app.ui import weights_words
from desktop_app.ui.theme import font, theme
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.words import _

WEIGHTS = Qt.ItemDataRole.UserRole
USED = Qt.ItemDataRole.UserRole + 1
CHOICE = Qt.ItemDataRole.UserRole + 2  # what could be fetched


@dataclass(frozen=True)
class Found:
    """The weights here, how much memory there is, and what is to be expected of each."""

    weights: tuple[Weights, ...]
    outlooks: tuple[Any, ...]
    memory: Any
    choices: Any = None  # fetch_weights.Choices: what could be fetched


class WeightsList(QListWidget):
    """The list at the left; the ring is around the row one stands on, not around them all."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bare", "true")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows and the focus ring."""
        super().paintEvent(event)
        draw_ring(self)


class WeightsDelegate(QStyledItemDelegate):
    """Name and, below it, what it is for; a hairline under each."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        """Return the height of two lines, or of a heading."""
        return QSize(200, 59 if index.data(WEIGHTS) is not None else 44)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw ground, name, pill and the line below."""
        weights: Weights | None = index.data(WEIGHTS)
        area: QRect = option.rect
        painter.save()
        if weights is None:
            painter.setFont(font("small", strong=True))
            painter.setPen(theme.colour("muted"))
            words = area.adjusted(24, 0, -16, -8)
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom, str(index.data(Qt.ItemDataRole.DisplayRole)))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("accent_soft"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.colour("line"))
        inside = area.adjusted(24, 11, -16, -10)
        right = inside.right()
        if index.data(USED):
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

    memory, here = weights_on_hand.memory(), tuple(weights.installed())
    seen = tuple(weights_on_hand.outlook(found, memory) for found in here)
    return Found(here, seen, memory, fetch_weights.choices(memory))


def fill(shown: WeightsList, found: Found) -> None:
    """Show what is here and, below, what could be fetched."""
    from desktop_app.tasks import fetch_weights

    shown.clear()
    for weights in found.weights:
        item = QListWidgetItem(weights.name)
        item.setData(WEIGHTS, weights)
        shown.addItem(item)
    if found.choices is None or not found.choices.choices:
        return
    heading = QListWidgetItem(_("Could be fetched"))
    heading.setFlags(Qt.ItemFlag.NoItemFlags)
    shown.addItem(heading)
    for choice in found.choices.choices:
        item = QListWidgetItem(choice.weights.name)
        item.setData(WEIGHTS, fetch_weights.as_weights(choice.weights))
        item.setData(CHOICE, choice)
        shown.addItem(item)


def look_at(path: Path) -> tuple[Weights, Any, Any]:
    """Return what a file says about itself, what to expect of it, and the memory there is."""
    from desktop_app import weights
    from desktop_app.tasks import weights_on_hand

    # Weights are listed by the name of their file, which is what people know them by.
    found, memory = replace(weights.read_header(path), name=weights.split.stem(path)), weights_on_hand.memory()
    return found, weights_on_hand.outlook(found, memory), memory


def remove(found: Weights) -> None:
    """Take weights off the list; a copy of ours is deleted."""
    from desktop_app import weights

    weights.remove(found.path)
