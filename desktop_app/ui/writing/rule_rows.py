"""The rules texts are held against: each pack with its article, switched on and off, and taken from a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.desk import Desk
from desktop_app.ui.setting_rows import RowsCard, SettingRow
from desktop_app.ui.widgets import Button
from desktop_app.words import _


class RuleRows:
    """A row a pack, and one row that takes a pack from a file; every change can be undone."""

    def __init__(self, desk: Desk, window: QWidget, failed: Callable[[str], object]) -> None:
        self.desk, self.window, self.failed = desk, window, failed
        self.card = RowsCard()

    def show(self, packs: Any) -> None:
        """Show ``packs``: (name, pack, whether it is on)."""
        rows = [self._row(*one) for one in packs]
        rows.append(
            SettingRow(
                _("Rules from a file"),
                _("A newer pack, or one of your own. It has to name its article and pass its own examples."),
                Button(_("Choose a file…"), self._ask, small=True),
            )
        )
        self.card.fill(rows + [SettingRow(name, said) for name, said in _others()])

    def _row(self, name: str, pack: Any, on: bool) -> SettingRow:
        button = Button(_("Switch off") if on else _("Switch on"), partial(self._switch, name, not on), small=True)
        button.setAccessibleName(f"{button.text()}: {pack.name}")
        said = " · ".join(filter(None, (pack.jurisdiction, pack.date, pack.source)))
        return SettingRow(pack.name, said if on else f"{_('Switched off')} · {said}", button)

    def _switch(self, name: str, on: bool) -> None:
        def work(shop: Any) -> Any:
            from desktop_app.tasks import rule_packs

            return rule_packs.switch(shop, name, on=on)

        self.desk.do(work, said=_("Changed."), failed=self.failed)

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


def _others() -> list[tuple[str, str]]:
    """Return the channels and labels, which are asked for where they apply."""
    from desktop_app.language import labels, limits

    channels = [
        (
            channel.label,
            " · ".join(filter(None, (channel.date, "" if channel.verified else _("not verified"), channel.note))),
        )
        for channel in limits.channels()
    ]
    return channels + [(label.name, f"{label.date} · {label.source}") for label in labels.labels()]
