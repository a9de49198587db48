"""What an export wrote, where, and what stayed behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.records import Exported
from desktop_app.ui import in_folder, local
from desktop_app.ui.export_ahead import Losses
from desktop_app.ui.widgets import Button, Sign, Text, column, row
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several


class Finished(QWidget):
    """What was written, where, and what stayed behind."""

    def __init__(self, again: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._again = again
        self.title = Text("", "title", strong=True, wrap=True)
        self.text = Text("", wrap=True)
        self.path = Text("", "small", tone="muted", wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lost = Text("", tone="caution", wrap=True)
        for words in (self.title, self.text, self.path, self.lost):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = row(gap=8)
        icon = Sign("circle-check", "good", 32)
        middle = column(icon, self.title, self.text, self.path, self.lost, 8, self._buttons, gap=8)
        self.setLayout(column(None, middle, None, None, margins=(48, 24, 48, 24)))

    def show_result(self, result: Exported) -> None:
        """Say it."""
        path = Path(result.path)
        self.title.setText(_("{name} is written", name=path.name))
        drafts = result.format == "drafts"
        words = (
            several("{count} draft", "{count} drafts", result.texts)
            if drafts
            else what_goes_out(result.products, result.texts)
        )
        self.text.setText(texts_that_go_out(result.texts) if result.format == "original" else words)
        self.path.setText(str(path.parent))
        self.lost.setText("\n".join(result.lost))
        self.lost.setVisible(bool(result.lost))
        self.setAccessibleName(f"{self.title.text()}. {self.text.text()}. {self.lost.text()}")
        clear(self._buttons)
        show = Button(_("Show in folder"), lambda: in_folder.show(path), kind="main", icon="folder-open")
        again = Button(_("Export something else"), self._again)
        for part in (None, show, again, None):
            self._buttons.addStretch(1) if part is None else self._buttons.addWidget(part)
        show.setFocus()


def what_goes_out(products: int, texts: int) -> str:
    """Return how many products and approved texts go out, in words."""
    whole = local.counted(several("{count} product", "{count} products", products), products)
    return _("{products}, {texts}", products=whole, texts=texts_that_go_out(texts))


def texts_that_go_out(count: int) -> str:
    """Return how many approved texts go out, in words."""
    if not count:
        return _("no approved text")
    return local.counted(several("{count} approved text", "{count} approved texts", count), count)


def texts_elsewhere(count: int) -> str:
    """Say how many approved texts belong to products that are not in the file; nothing for none."""
    if count <= 0:
        return ""
    return several(
        "{count} approved text belongs to a product that is not in this file; it stays in the shop.",
        "{count} approved texts belong to products that are not in this file; they stay in the shop.",
        count,
    )


def what_is_known(ahead: Losses) -> str:
    """Say what is to be known of a file before it is written: which it is, and what it cannot carry."""
    return "\n".join((*ahead.said, what_is_lost(ahead.sentences)))


def what_is_lost(sentences: tuple[str, ...]) -> str:
    """Say what a format cannot carry, a line each."""
    if not sentences:
        return _("This format carries everything these products have.")
    return _("What this format cannot carry stays in your shop here:") + "\n" + "\n".join(f"· {s}" for s in sentences)
