"""One rule pack as its file says it: read, edited and kept, saved to a file, or put away again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop_app.ui import theme
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _


class RuleDialog(QDialog):
    """``name`` is the pack's, "" for a new one; ``own`` whether the shop has changed or made it."""

    def __init__(self, parent: QWidget, desk: Desk, name: str, text: str, own: bool) -> None:
        super().__init__(parent)
        self._desk, self._name = desk, name
        self.setWindowTitle(name or _("Your own rules"))
        self.resize(760, 620)
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(_("The pack's text"))
        fixed = theme.mono()
        fixed.setPixelSize(13)
        self.text.setFont(fixed)
        self.text.setTabChangesFocus(True)
        note = _("It is kept if it passes its own examples. What you change holds in this shop; undo takes it back.")
        self.said = Text("", tone="bad", wrap=True)
        self.keep = Button(_("Keep"), self.save, kind="main")
        self.file = Button(_("Save to a file…"), self._ask, kind="quiet")
        self.away = Button(_("Put away"), self._remove, kind="quiet")
        self.file.setVisible(bool(name))
        self.away.setVisible(own)
        foot = row(self.file, self.away, None, Button(_("Close"), self.reject), self.keep, gap=8)
        self.setLayout(
            column(Text(note, "small", tone="muted", wrap=True), self.text, self.said, foot, gap=12,
                   margins=(24, 20, 24, 20))
        )  # fmt: skip

    def save(self) -> None:
        """Keep what stands here as the shop's own; what is wrong with it is said and nothing is changed."""
        written, called = self.text.toPlainText(), self._name or "our-rules"

        def work(shop: Any) -> Any:
            from desktop_app.tasks import rule_packs

            return rule_packs.take_text(shop, called, written)

        self._desk.do(work, said=_("These rules hold now."), then=lambda _done: self._done(), failed=self._say)

    def write(self, path: Path) -> None:
        """Write the pack as it holds now into a file."""
        name = self._name

        def work(shop: Any) -> Any:
            from desktop_app.tasks import rule_packs

            rule_packs.save(shop, name, path)

        said = _("Written to {path}.", path=str(path))
        self._desk.ask(work, lambda _done: self._say(said, "muted"), failed=self._say)

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save to a file"), f"{self._name}.toml", f"{_('Rule packs')} (*.toml)"
        )
        if chosen:
            self.write(Path(chosen))

    def _remove(self) -> None:
        name = self._name

        def work(shop: Any) -> Any:
            from desktop_app.tasks import rule_packs

            return rule_packs.remove(shop, name)

        self._desk.do(work, said=_("Put away."), then=lambda _done: self._done(), failed=self._say)

    def _done(self) -> None:
        if isValid(self):
            self.accept()

    def _say(self, why: str, tone: Any = "bad") -> None:
        if isValid(self):
            self.said.tone(tone)
            self.said.setText(why)
