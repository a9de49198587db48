"""What else can be done with the text of a product: copied, or written by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop_app.ui import prose
from desktop_app.ui.desk import Desk
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.products.description import DescriptionPanel


def open_menu(panel: DescriptionPanel) -> None:
    """Open the menu under its button."""
    menu, desk, text = QMenu(panel), panel.desk, panel.words()
    menu.addAction(_("Copy the text"), lambda: copy(desk, text, formatted=False)).setEnabled(bool(text))
    menu.addAction(_("Copy the text with formatting"), lambda: copy(desk, text, formatted=True)).setEnabled(bool(text))
    menu.addSeparator()
    menu.addAction(_("From the facts alone"), lambda: panel.write(writer="plain"))
    if desk.weights is not None:
        menu.addAction(_("With {name}", name=desk.weights.name), lambda: panel.write(writer="auto"))
    menu.popup(panel.more.mapToGlobal(panel.more.rect().bottomLeft()))


def copy(desk: Desk, text: str, *, formatted: bool) -> None:
    """Copy a text, plain or with its paragraphs, and say so."""
    if text:
        prose.copy(text, formatted=formatted)
        desk.said.emit(_("Copied"), False)
