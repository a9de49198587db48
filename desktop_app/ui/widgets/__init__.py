"""The small pieces every page is made of."""

from desktop_app.ui.widgets.buttons import Button, IconButton, KeyHint
from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.frames import Card, Hairline, at_left, column, footer, row, scrolling
from desktop_app.ui.widgets.length import LengthBar
from desktop_app.ui.widgets.narrowed import NarrowedChip
from desktop_app.ui.widgets.notice import Notice, NoticeBar
from desktop_app.ui.widgets.picks import Pick
from desktop_app.ui.widgets.search import SearchField
from desktop_app.ui.widgets.signs import Sign
from desktop_app.ui.widgets.texts import Elided, Pill, Text

__all__ = [
    "Button",
    "Card",
    "Elided",
    "EmptyState",
    "FlowLayout",
    "Hairline",
    "IconButton",
    "KeyHint",
    "LengthBar",
    "NarrowedChip",
    "Notice",
    "NoticeBar",
    "Pick",
    "Pill",
    "SearchField",
    "Sign",
    "Text",
    "at_left",
    "column",
    "footer",
    "row",
    "scrolling",
]
