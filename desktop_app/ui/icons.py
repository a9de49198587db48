"""Icons from one family of SVG, drawn 1.5 px thin at any scale and tinted by role."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app import paths
from desktop_app.ui.theme import theme

_GRID = 24  # the box Lucide draws in
_LINE = 1.5  # pixels
SCALES = (1.0, 1.5, 2.0)


def pixmap(name: str, role: str = "muted", size: int = 16, scale: float = 1.0) -> QPixmap:
    """Draw icon ``name`` in the colour of ``role``, ``size`` logical pixels wide on a screen of ``scale``."""
    return _drawn(name, theme.colour(role).name(), size, scale)


def icon(name: str, role: str = "muted", size: int = 16, gap: int = 0) -> QIcon:
    """Return ``name`` for buttons and menus, with ``gap`` pixels after it; ask again after the theme changed."""
    made = QIcon()
    for scale in SCALES:
        made.addPixmap(_with_gap(pixmap(name, role, size, scale), gap))
    # A disabled button greys its words itself; its icon follows the words.
    made.addPixmap(_with_gap(pixmap(name, "control", size, 2.0), gap), QIcon.Mode.Disabled)
    return made


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    scale = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(gap * scale), drawn.height())
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return made


def file_for(name: str, role: str, size: int) -> str:
    """Return the path of a tinted copy of an icon, which is the only thing a style sheet can show."""
    colour = theme.colour(role).name()
    target = paths.cache() / "icons" / f"{name}-{colour[1:]}-{size}.svg"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_tinted(name, colour, size))
    return target.as_posix()


@cache
def _source(name: str) -> str:
    return (paths.assets() / "icons" / f"{name}.svg").read_text("utf-8")


def _tinted(name: str, colour: str, size: int) -> bytes:
    drawn = _source(name).replace("currentColor", colour)
    return re.sub(r'stroke-width="[^"]*"', f'stroke-width="{_LINE * _GRID / size:.3f}"', drawn, count=1).encode()


@cache
def _drawn(name: str, colour: str, size: int, scale: float) -> QPixmap:
    pixels = round(size * scale)
    made = QPixmap(QSize(pixels, pixels))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(_tinted(name, colour, size))).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    made.setDevicePixelRatio(scale)
    return made
