"""What the window says where a shop is not where it was, or cannot be opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.ui.widgets import EmptyState
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk


def missed(desk: Desk, path: Path) -> Notice:
    """Return what is told when the shop of last time is gone, so that nobody takes the one that is shown for it."""
    return Notice(
        _("The shop “{name}” is not where it was last time. This is another one.", name=path.stem),
        "caution",
        _("Its file was moved or renamed, or its disk is not connected: {path}", path=path),
        _("Open shop…"),
        lambda: desk.commands.run("shop.open"),
    )


def state(desk: Desk, why: str) -> EmptyState:
    """Return what a page shows while no shop is open, since none could be: ``why``, and the two ways on."""
    return EmptyState(
        "triangle-alert",
        _("No shop is open"),
        why,
        (_("Open shop…"), lambda: desk.commands.run("shop.open")),
        (_("New shop…"), lambda: desk.commands.run("shop.new")),
    )
