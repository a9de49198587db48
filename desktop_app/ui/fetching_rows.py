"""The two settings of how weights are fetched: from which address, and through which proxy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from desktop_app.ui.desk import Desk
from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Pick
from desktop_app.words import _

_WIDE = 260


class FetchingRows:
    """Address and proxy; an empty field is the usual way."""

    def __init__(self, desk: Desk) -> None:
        from desktop_app import weights

        self.desk = desk
        self.hub = Pick()
        self.hub.setEditable(True)
        self.hub.addItems(list(weights.MIRRORS))
        self.hub.setFixedWidth(_WIDE)
        self.proxy = QLineEdit()
        self.proxy.setPlaceholderText(_("as this computer"))
        self.proxy.setFixedWidth(_WIDE)
        edit = self.hub.lineEdit()
        assert edit is not None
        edit.editingFinished.connect(self._keep)
        self.hub.activated.connect(lambda _index: self._keep())
        self.proxy.editingFinished.connect(self._keep)
        hint = _("Only asked when you fetch weights. The second address is a mirror that is quicker in China.")
        self.rows = [
            SettingRow(_("Weights are fetched from"), hint, self.hub),
            SettingRow(_("Proxy for fetching"), _("For instance http://127.0.0.1:7890"), self.proxy),
        ]
        self.show()
        desk.settings_changed.connect(lambda _before, _now: self.show())

    def show(self) -> None:
        """Show what is set."""
        from desktop_app import weights

        if isValid(self.hub):
            self.hub.setEditText(self.desk.settings.hub or weights.HUB)
            self.proxy.setText(self.desk.settings.proxy)

    def _keep(self) -> None:
        from desktop_app import weights

        hub, proxy = _address(self.hub.currentText()), _address(self.proxy.text(), "http")
        change: dict[str, Any] = {"hub": "" if hub == weights.HUB else hub, "proxy": proxy}
        now = replace(self.desk.settings, **change)
        if now != self.desk.settings:
            self.desk.change_settings(now)
        self.show()


def _address(typed: str, usual: str = "https") -> str:
    typed = typed.strip().rstrip("/")
    return typed if not typed or "://" in typed else f"{usual}://{typed}"
