"""Charts drawn with a painter: a line over time and bars by size, in the colours of the theme, never without words.

What a chart shows stands in a table beside it too; its accessible name says the figures that matter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.ui.theme import font, theme, write
from desktop_app.words import _

BAR, GAP = 18, 8  # pixels
ROOM = 220  # of a line chart's height
Said = Callable[[float], str]


def plain_number(value: float) -> str:
    """Return a number as a chart writes it where nobody said how."""
    return f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:,.1f}"


class Chart(QWidget):
    """One series of numbers as a line or as bars; `show_line` and `show_bars` fill it."""

    def __init__(self, what: str = "") -> None:
        super().__init__()
        self._what = what
        self._kind: Literal["line", "bars"] = "line"
        self._names: tuple[str, ...] = ()
        self._values: tuple[float, ...] = ()
        self._band: tuple[tuple[float, float], ...] = ()
        self._within: tuple[float, float] | None = None
        self._part: dict[int, str] = {}
        self._said: Said = plain_number
        self.setMouseTracking(True)
        self.setMinimumWidth(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_line(
        self, names: Sequence[str], values: Sequence[float], said: Said = plain_number,
        band: Sequence[tuple[float, float]] = (), within: tuple[float, float] | None = None,
        part: Mapping[int, str] | None = None,
    ) -> None:  # fmt: skip
        """Draw ``values`` as a line over ``names``; ``band`` (low, high) of each is a soft ground behind it.

        ``within`` are the ends of a scale that has ends, as stars do; without it the line stands on zero. ``part``
        are the places of values that are not whole, such as a week that is not over, each with how that is said:
        the line to them is dashed, so that nobody reads it as a fall.
        """
        self._kind, self._band, self._within = "line", tuple(band), within
        self._part = dict(part or {})
        self._fill(names, values, said)

    def show_bars(self, names: Sequence[str], values: Sequence[float], said: Said = plain_number) -> None:
        """Draw ``values`` as bars beside their ``names``, in the order given; negative ones to the left."""
        self._kind, self._band, self._part = "bars", (), {}
        self._fill(names, values, said)

    def sizeHint(self) -> QSize:
        """Return the size the series needs."""
        height = ROOM if self._kind == "line" else max(1, len(self._names)) * (BAR + GAP)
        return QSize(480, height)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which it can be read."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the series, or say that there is nothing to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("small"))
        if not self._values:
            painter.setPen(theme.colour("muted"))
            write(painter, self.rect(), _("Too little data to say"))
        elif self._kind == "line":
            self._draw_line(painter)
        else:
            self._draw_bars(painter)

    def event(self, event: QEvent) -> bool:
        """Say the name and the number under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.place_at(event.pos().x(), event.pos().y())
            if place is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), f"{self._names[place]}: {self._figure(place)}", self)
            return True
        return super().event(event)

    def place_at(self, x: float, y: float) -> int | None:
        """Return which of the numbers stands under a point, None where there is none."""
        if not self._values:
            return None
        if self._kind == "bars":
            place = int(y // (BAR + GAP))
            return place if 0 <= place < len(self._values) else None
        area = self._area()
        step = area.width() / max(1, len(self._values) - 1)
        return min(max(round((x - area.left()) / step), 0), len(self._values) - 1)

    def _fill(self, names: Sequence[str], values: Sequence[float], said: Said) -> None:
        self._names, self._values, self._said = tuple(names), tuple(map(float, values)), said
        self.setAccessibleName(self._summary())
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def _summary(self) -> str:
        if not self._values:
            return _("{what}: too little data to say", what=self._what)
        top = max(range(len(self._values)), key=lambda n: self._values[n])
        return _(
            "{what}: {n} values, the highest {figure} for {name}, the last {last}", what=self._what,
            n=len(self._values), figure=self._said(self._values[top]), name=self._names[top],
            last=self._figure(len(self._values) - 1),
        )  # fmt: skip

    def _figure(self, place: int) -> str:
        said = self._said(self._values[place])
        return f"{said} ({self._part[place]})" if place in self._part else said

    # --- line ---

    def _ticks(self) -> list[float]:
        if self._within is not None:
            return ticks(*self._within)
        edges = [v for pair in self._band for v in pair if not math.isnan(v)]
        low, high = min(0.0, *self._values, *edges), max(0.0, *self._values, *edges)
        return ticks(low, high)

    def _area(self) -> QRectF:
        metrics = QFontMetricsF(font("small"))
        left = max(metrics.horizontalAdvance(self._said(t)) for t in self._ticks()) + 10
        return QRectF(left, 8, max(10.0, self.width() - left - 10), self.height() - 34)

    def _draw_line(self, painter: QPainter) -> None:
        marks, area = self._ticks(), self._area()
        low, high = marks[0], marks[-1]

        def at(n: int, value: float) -> QPointF:
            x = area.left() + area.width() * (n / max(1, len(self._values) - 1) if len(self._values) > 1 else 0.5)
            return QPointF(x, area.bottom() - area.height() * (value - low) / ((high - low) or 1))

        for mark in marks:
            y = at(0, mark).y()
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.colour("muted"))
            write(painter, QRectF(0, y - 9, area.left() - 8, 18).toRect(), self._said(mark), right=True)
        self._draw_names(painter, area)
        if self._band:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            known = [(n, b) for n, b in enumerate(self._band) if not math.isnan(b[0])]
            painter.drawPolygon(QPolygonF([at(n, b[0]) for n, b in known] + [at(n, b[1]) for n, b in reversed(known)]))
        self._draw_path(painter, [at(n, value) for n, value in enumerate(self._values)])

    def _draw_path(self, painter: QPainter, points: Sequence[QPointF]) -> None:
        """Draw the line and, where they stand apart, its points; what is not whole is dashed and hollow."""
        whole, dashed = QPainterPath(points[0]), QPainterPath(points[0])
        for n, point in enumerate(points[1:], 1):
            parted = n in self._part or n - 1 in self._part
            dashed.lineTo(point) if parted else dashed.moveTo(point)
            whole.moveTo(point) if parted else whole.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(whole)
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DotLine))
        painter.drawPath(dashed)
        for n, point in enumerate(points):
            if n in self._part:
                painter.setBrush(theme.colour("surface"))
                painter.setPen(QPen(theme.colour("accent"), 1.5))
                painter.drawEllipse(point, 3.5, 3.5)
            elif len(points) <= 40:
                painter.setBrush(theme.colour("accent"))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawEllipse(point, 2.5, 2.5)

    def _draw_names(self, painter: QPainter, area: QRectF) -> None:
        """Write as many names below the line as stand apart, the last one always."""
        metrics = QFontMetricsF(font("small"))
        widest = max(metrics.horizontalAdvance(name) for name in self._names) + 16
        count = max(1, min(len(self._names), int(area.width() // widest)))
        step = max(1, math.ceil((len(self._names) - 1) / max(1, count - 1))) if count > 1 else len(self._names)
        painter.setPen(theme.colour("muted"))
        for n in range(len(self._names) - 1, -1, -step):
            x = area.left() + area.width() * (n / max(1, len(self._names) - 1) if len(self._names) > 1 else 0.5)
            wide = metrics.horizontalAdvance(self._names[n]) + 2
            left = min(max(x - wide / 2, 0), self.width() - wide)
            write(painter, QRectF(left, area.bottom() + 6, wide, 18).toRect(), self._names[n])

    # --- bars ---

    def _draw_bars(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(font("small"))
        names = min(max(metrics.horizontalAdvance(n) for n in self._names) + 12, self.width() * 0.42)
        figures = max(metrics.horizontalAdvance(self._said(v)) for v in self._values) + 12
        room = max(10.0, self.width() - names - figures)
        low, high = min(0.0, *self._values), max(0.0, *self._values)
        scale = room / ((high - low) or 1)
        zero = names + (0 - low) * scale
        for n, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            top = n * (BAR + GAP) + GAP / 2
            painter.setPen(theme.colour("text"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - 12)
            write(painter, QRectF(0, top, names - 10, BAR).toRect(), shown)
            length = max(2.0, abs(value) * scale) if value else 1.0
            left = zero if value >= 0 else zero - length
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if value >= 0 else "caution"))
            painter.drawRoundedRect(QRectF(left, top + 3, length, BAR - 6), 3, 3)
            painter.setPen(theme.colour("muted"))
            end = left + length if value >= 0 else zero
            write(painter, QRectF(end + 6, top, figures, BAR).toRect(), self._said(value))


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Return about ``count`` round numbers from ``low`` or below to ``high`` or above (Heckbert 1990, Nice Numbers)."""
    if high <= low:
        return [low, low + 1]
    raw = (high - low) / count
    power = 10 ** math.floor(math.log10(raw))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= raw * 0.999)
    first = math.floor(low / step)
    last = math.ceil(high / step - 1e-9)
    return [n * step for n in range(first, last + 1)]
