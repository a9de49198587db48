"""The ways a text can be written again: shorter or longer, warmer or plainer, in the other language."""

from __future__ import annotations

from typing import Protocol

from desktop_app.records import Wishes
from desktop_app.ui.widgets import Button
from desktop_app.words import _

_SHORTER = {"long": "medium", "medium": "short"}
_LONGER = {"short": "medium", "medium": "long"}


class Write(Protocol):
    """Write again with some wishes changed."""

    def __call__(self, **change: str) -> object:
        """Begin to write."""
        ...


def variations(wishes: Wishes, write: Write) -> list[Button]:
    """Make the buttons that differ from ``wishes``; the other language comes last."""
    made = []
    if wishes.length in _SHORTER:
        made.append(Button(_("Shorter"), lambda: write(length=_SHORTER[wishes.length])))
    if wishes.length in _LONGER:
        made.append(Button(_("Longer"), lambda: write(length=_LONGER[wishes.length])))
    if wishes.tone == "plain":
        made.append(Button(_("Warmer"), lambda: write(tone="warm")))
    else:
        made.append(Button(_("Plainer"), lambda: write(tone="plain")))
    other, name = ("zh", "中文") if wishes.language != "zh" else ("en", "English")
    return [*made, Button(name, lambda: write(language=other))]
