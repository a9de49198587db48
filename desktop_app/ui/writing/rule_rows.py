"""The rules a shop goes by: each pack with its article, switched on and off, looked into, and taken from a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from desktop_app.ui.desk import Desk
from desktop_app.ui.setting_rows import RowsCard, SettingRow
from desktop_app.ui.widgets import Button, Text
from desktop_app.ui.writing.rule_form import RuleDialog
from desktop_app.words import _


class RuleRows:
    """A card a kind of packs, and one row that takes a pack from a file; every change can be undone."""

    def __init__(self, desk: Desk, window: QWidget, failed: Callable[[str], object]) -> None:
        self.desk, self.window, self.failed = desk, window, failed
        self.cards = {kind: RowsCard() for kind in _kinds()}
        self.card = QFrame()
        self.card.setObjectName("plain")
        self.dialog: RuleDialog | None = None
        lines = QVBoxLayout(self.card)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for kind, title in _kinds().items():
            if kind != "texts":
                lines.addSpacing(8)
                lines.addWidget(Text(title, tone="muted"))
            lines.addWidget(self.cards[kind])

    def show(self, packs: Any, own: frozenset[str]) -> None:
        """Show ``packs``: (name, what it says of itself, whether it is on); ``own`` are the shop's own texts."""
        for kind, card in self.cards.items():
            rows = [self._row(name, pack, on, name in own) for name, pack, on in packs if pack.kind == kind]
            card.fill([*rows, *self._last()] if kind == "texts" else rows)

    def _last(self) -> list[SettingRow]:
        return [
            SettingRow(
                _("Rules from a file"),
                _("A newer pack, or one of your own. It has to name its article and pass its own examples."),
                Button(_("Write your own…"), self._begin, kind="quiet", small=True),
                Button(_("Choose a file…"), self._ask, small=True),
            )
        ]

    def _row(self, name: str, pack: Any, on: bool, own: bool) -> SettingRow:
        look = Button(_("Open"), partial(self.open, name), kind="quiet", small=True)
        button = Button(_("Switch off") if on else _("Switch on"), partial(self._switch, name, not on), small=True)
        for one in (look, button):
            one.setAccessibleName(f"{one.text()}: {pack.name}")
        where = pack.jurisdiction if pack.jurisdiction != pack.name else ""
        doubt = "" if pack.verified else _("not verified")
        said = (("" if on else _("Switched off")), (_("your own") if own else ""), where, pack.date, doubt, pack.note)
        return SettingRow(pack.name, " · ".join(filter(None, (*said, pack.source))), look, button)

    def _switch(self, name: str, on: bool) -> None:
        def work(shop: Any) -> Any:
            from desktop_app.tasks import rule_packs

            return rule_packs.switch(shop, name, on=on)

        self.desk.do(work, said=_("Changed."), failed=self.failed)

    def open(self, name: str) -> None:
        """Show a pack's text, to be read, edited and kept."""

        def read(shop: Any) -> Any:
            from desktop_app.tasks import rule_packs

            return rule_packs.text(shop, name), name in rule_packs.own(shop)

        def known(found: Any) -> None:
            self.dialog = RuleDialog(self.window, self.desk, name, *found)
            self.dialog.open()

        self.desk.ask(read, known, key="rules.open", failed=self.failed)

    def _begin(self) -> None:
        from desktop_app.tasks import rule_packs

        self.dialog = RuleDialog(self.window, self.desk, "", rule_packs.begun(), False)
        self.dialog.open()

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window, _("Rules from a file"), "", f"{_('Rule packs')} (*.toml)"
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Take the pack in ``path``; what is wrong with it is said in a sentence."""

        def work(shop: Any) -> Any:
            from desktop_app.tasks import rule_packs

            return rule_packs.take(shop, path)

        self.desk.do(work, said=_("These rules hold now."), failed=self.failed)


def _kinds() -> dict[str, str]:
    return {
        "texts": _("Words"), "replies": _("Replies to customers"), "channel": _("What channels take"),
        "label": _("“Written with AI” below a text"), "price": _("Prices before a reduction"),
    }  # fmt: skip
