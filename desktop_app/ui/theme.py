"""Colours by role, light and dark, and the palette, fonts and style sheet made from them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtCore import QObject, QPointF, QRect, QSysInfo, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.ui import style

Choice = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Roles:
    """What a colour is for. Texts reach 4.5 : 1 on every ground they are used on, controls 3 : 1 (held by a test)."""

    surface: str
    raised: str
    line: str  # hairlines and the quiet edge of a button, whose words name it
    control: str  # the edge of a field or a check box, which nothing else names
    text: str
    muted: str
    accent: str
    accent_soft: str
    accent_hover: str
    on_accent: str
    good: str
    caution: str
    caution_soft: str
    bad: str
    bad_soft: str
    evidence: str
    hover: str
    handle: str  # of a scroll bar, which wheel and keys move as well


LIGHT = Roles(
    surface="#f7f6f3", raised="#ffffff", line="#e5e2dc", control="#8b867c", text="#1f1d1a", muted="#6b675f",
    accent="#0f6b52", accent_soft="#e3f1ec", accent_hover="#0b5a44", on_accent="#ffffff",
    good="#1d7a4c", caution="#8f5b00", caution_soft="#fbf0da", bad="#b3261e", bad_soft="#fbe7e5", evidence="#0f6b52",
    hover="#efede8", handle="#cbc6bc",
)  # fmt: skip
DARK = Roles(
    surface="#171816", raised="#1f211e", line="#31342f", control="#757a71", text="#ecebe6", muted="#a3a198",
    accent="#4cc39a", accent_soft="#1d322b", accent_hover="#62d0aa", on_accent="#0c1a15",
    good="#58c48a", caution="#e2b25a", caution_soft="#352b17", bad="#f08a80", bad_soft="#3a2220", evidence="#4cc39a",
    hover="#262924", handle="#4a4e47",
)  # fmt: skip

# Which text is ever set on which ground, and which edges or fills must be told from their ground.
TEXT_PAIRS = (
    *((ink, ground) for ink in ("text", "muted", "accent", "good", "caution", "bad", "evidence")
      for ground in ("surface", "raised")),
    ("text", "hover"), ("muted", "hover"), ("text", "accent_soft"), ("muted", "accent_soft"), ("accent", "accent_soft"),
    ("text", "caution_soft"), ("muted", "caution_soft"), ("caution", "caution_soft"), ("text", "bad_soft"),
    ("muted", "bad_soft"), ("bad", "bad_soft"), ("on_accent", "accent"), ("on_accent", "accent_hover"),
)  # fmt: skip
CONTROL_PAIRS = (
    ("control", "surface"), ("control", "raised"), ("accent", "surface"), ("accent", "raised"), ("accent", "line"),
    ("accent", "accent_soft"), ("on_accent", "accent"), ("bad", "line"), ("caution", "line"),
)  # fmt: skip

_LEAST_LETTERS = 9  # pixels
SIZES = {"small": 12, "base": 13, "large": 15, "title": 20, "display": 28}


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2.2 contrast ratio, 1…21, of two colours written ``#rrggbb``."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Theme(QObject):
    """The roles in use; follows the system unless told otherwise. ``changed`` comes after the colours did."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.roles = LIGHT
        self._choice: Choice = "system"
        self._watching = False

    @property
    def dark(self) -> bool:
        """Tell whether the dark colours are in use."""
        return self.roles is DARK

    def use(self, choice: Choice) -> None:
        """Wear ``choice``; "system" goes on following the system from here on."""
        app = _app()
        self._choice = choice
        hints = app.styleHints()
        if not self._watching:
            self._watching = True
            hints.colorSchemeChanged.connect(self._follow)
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
        hints.setColorScheme(wanted)  # title bar and file dialogs go along
        self._wear(choice == "dark" or (choice == "system" and hints.colorScheme() == Qt.ColorScheme.Dark))

    def colour(self, role: str) -> QColor:
        """Return the colour of ``role`` as it is now."""
        return QColor(str(getattr(self.roles, role)))

    def _follow(self) -> None:
        if self._choice == "system":
            self._wear(_app().styleHints().colorScheme() == Qt.ColorScheme.Dark)

    def _wear(self, dark: bool) -> None:
        roles = DARK if dark else LIGHT
        app = _app()
        if roles is self.roles and app.styleSheet():
            return
        self.roles = roles
        app.setPalette(_palette(roles))
        app.setStyleSheet(style.sheet({f.name: getattr(roles, f.name) for f in fields(roles)}, _pictures()))
        self.changed.emit()


theme = Theme()


def prepare(app: QApplication, choice: Choice) -> None:
    """Give ``app`` its style, fonts and colours; called once, before the first window."""
    app.setStyle("Fusion")
    app.setFont(font())
    theme.use(choice)


def font(size: str = "base", *, strong: bool = False) -> QFont:
    """Return the program's font in one of the five ``SIZES``."""
    made = QFont()
    made.setFamilies(_families())
    made.setPixelSize(SIZES[size])
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def write(painter: QPainter, box: QRect, text: str, *, right: bool = False, whole: bool = False) -> None:
    """Write one line in ``box`` with the painter's font, cut with "…" where it ends.

    At the ``right`` stand figures. They, and what is said to be ``whole``, are set smaller before anything is cut off:
    a figure without its end is another figure.

    The baseline follows from our own font alone. Qt would centre the line by the tallest face in it, and a Chinese
    word would stand a pixel lower than the Latin one beside it.
    """
    if right or whole:
        painter.setFont(_fitting(painter.font(), text, box.width()))
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
    left = box.right() + 1 - metrics.horizontalAdvance(shown) if right else box.left()
    middle = box.top() + box.height() / 2
    painter.drawText(QPointF(left, round(middle + (metrics.capHeight()) / 2)), shown)


def _fitting(made: QFont, text: str, room: int) -> QFont:
    """Return the font, or the largest smaller one in which the text fits, down to what can still be read."""
    size = made.pixelSize()
    while size > _LEAST_LETTERS and QFontMetricsF(made).horizontalAdvance(text) > room + 0.5:
        size -= 1
        made = QFont(made)
        made.setPixelSize(size)
    return made


def mono() -> QFont:
    """Return the fixed-width font of key hints."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(11)
    return made


def _families() -> list[str]:
    # The system's own face first, and with it the Chinese face that was drawn to stand beside it.
    if sys.platform == "darwin":
        return [".AppleSystemUIFont", "PingFang SC"]
    if QSysInfo.productType() == "windows":
        return ["Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei"]
    return ["Inter", "Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei"]


def _palette(roles: Roles) -> QPalette:
    made, part = QPalette(), QPalette.ColorRole
    pairs = {
        part.Window: roles.surface, part.Base: roles.raised, part.AlternateBase: roles.surface,
        part.Button: roles.raised, part.WindowText: roles.text, part.Text: roles.text, part.ButtonText: roles.text,
        part.BrightText: roles.on_accent, part.PlaceholderText: roles.muted, part.Highlight: roles.accent,
        part.HighlightedText: roles.on_accent, part.Accent: roles.accent, part.Link: roles.accent,
        part.LinkVisited: roles.accent, part.ToolTipBase: roles.text, part.ToolTipText: roles.surface,
        part.Light: roles.raised, part.Midlight: roles.hover, part.Mid: roles.line, part.Dark: roles.control,
        part.Shadow: roles.line,
    }  # fmt: skip
    for role, colour in pairs.items():
        made.setColor(role, QColor(colour))
    for role in (part.WindowText, part.Text, part.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(roles.control))
    return made


def _pictures() -> dict[str, str]:
    from desktop_app.ui import icons  # icons are tinted by the theme, so it cannot know them at its top

    return {"check": icons.file_for("check", "on_accent", 14), "chevron": icons.file_for("chevron-down", "muted", 12)}


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
