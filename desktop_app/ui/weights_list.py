"""The list of weights as it is drawn, and what the page asks about weights on another thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.records import Weights
from desktop_app.ui import weights_words
from desktop_app.ui.theme import font, theme
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.words import _

WEIGHTS = Qt.ItemDataRole.UserRole
USED = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Found:
    """The weights here, how much memory there is, and what is to be expected of each."""

    weights: tuple[Weights, ...]
    outlooks: tuple[Any, ...]
    memory: Any


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
        """Return the height of two lines."""
        return QSize(200, 59)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw ground, name, pill and the line below."""
        weights: Weights = index.data(WEIGHTS)
        area: QRect = option.rect
        painter.save()
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
    from desktop_app.tasks import weights_on_hand

    memory, here = weights_on_hand.memory(), tuple(weights.installed())
    return Found(here, tuple(weights_on_hand.outlook(found, memory) for found in here), memory)


def look_at(path: Path) -> tuple[Weights, Any, Any]:
    """Return what a file says about itself, what to expect of it, and the memory there is."""
    from desktop_app import weights
    from desktop_app.tasks import weights_on_hand

    # Weights are listed by the name of their file, which is what people know them by.
    found, memory = replace(weights.read_header(path), name=path.stem), weights_on_hand.memory()
    return found, weights_on_hand.outlook(found, memory), memory


def remove(found: Weights) -> None:
    """Take weights off the list; a copy of ours is deleted."""
    from desktop_app import weights

    weights.remove(found.path)
