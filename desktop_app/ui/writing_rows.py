"""The settings of who writes: this computer or a server of one's own, adapters, the battery."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QLineEdit
from shiboken6 import isValid

from desktop_app.errors import UserError
from desktop_app.settings import Settings
from desktop_app.tasks import server
from desktop_app.ui.desk import Desk
from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Button, Pick
from desktop_app.words import _, several

_WIDE = 260


class ServerRows:
    """A server instead of this computer: tried first, then switched on; what is switched on is seen everywhere."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.on = QCheckBox()
        self.address, self.key = QLineEdit(), QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.model = Pick()
        self.model.setEditable(True)
        for field in (self.address, self.key, self.model):
            field.setFixedWidth(_WIDE)
        self.address.setPlaceholderText("http://192.168.1.20:8080")
        self.attempt = Button(_("Try it"), self.try_out)
        self.on_row = SettingRow(_("A server writes instead of this computer"), "", self.on)
        self.address_row = SettingRow(
            _("Address of the server"),
            _("Your own, or one you pay for: llama-server, Ollama, LM Studio, vLLM and others of their kind."),
            self.address, self.attempt,
        )  # fmt: skip
        self.model_row = SettingRow(_("Model there"), _("Empty: the first it names."), self.model)
        self.key_row = SettingRow(_("Key"), "", self.key)
        self.rows: list[QFrame] = [self.on_row, self.address_row, self.model_row, self.key_row]
        self.on.clicked.connect(self._switch)
        self.address.editingFinished.connect(self._keep)
        self.key.editingFinished.connect(self._keep_key)
        edit = self.model.lineEdit()
        assert edit is not None
        edit.editingFinished.connect(self._keep)
        self.model.activated.connect(lambda _index: self._keep())
        self.show()
        desk.settings_changed.connect(lambda _before, _now: self.show())

    def show(self) -> None:
        """Show what is set, and where text goes."""
        if not isValid(self.on):
            return
        now = self.desk.settings
        self.on.setChecked(server.is_on(now))
        self.on.setEnabled(bool(now.server))
        self.address.setText(now.server)
        self.model.setEditText(now.server_model)
        away = server.goes_to(now)
        if away:
            hint = _(
                "On. Facts of products and what you ask for are sent to {host}, nothing else of the shop.", host=away
            )
        elif server.is_on(now):
            hint = _("On. The server is on this computer; nothing leaves it.")
        else:
            hint = _("Off. Everything is written here and nothing is sent.")
        self.on_row.say(hint)
        self.desk.without_shop(lambda: server.has_key(now.server), self._show_key, self.key_row.say)

    def try_out(self) -> None:
        """Ask the server what it has; the answer stands below the address."""
        self._keep_key()
        self._keep()
        address = self.address.text()
        self.attempt.setEnabled(False)
        self.address_row.say(_("Asking …"))

        def failed(why: str) -> None:
            if isValid(self.attempt):
                self.attempt.setEnabled(True)
                self.address_row.say(why)

        self.desk.look_ahead(
            lambda shop, stop: server.try_out(address), done=self._tried, failed=failed, key="server tried"
        )

    def _tried(self, found: Any) -> None:
        if not isValid(self.attempt):
            return
        self.attempt.setEnabled(True)
        parts = [several("It answers and offers {count} model.", "It answers and offers {count} models.",
                         len(found.models))]  # fmt: skip
        if found.open_wire:
            parts.append(_("The way there is not encrypted: use it only in a network you trust."))
        self.address_row.say(" ".join(parts))
        chosen = self.model.currentText()
        self.model.clear()
        self.model.addItems(list(found.models))
        self.model.setEditText(chosen)

    def _switch(self, on: bool) -> None:
        self.desk.change_settings(replace(self.desk.settings, server_on=on))
        self.show()

    def _keep(self) -> None:
        address, model = self.address.text().strip(), self.model.currentText().strip()
        now = self.desk.settings
        # Another address is another place: it has to be switched on again.
        on = now.server_on and address == now.server
        self.desk.change_settings(replace(now, server=address, server_model=model, server_on=on))

    def _keep_key(self) -> None:
        key, address = self.key.text().strip(), self.address.text().strip()
        if not key or not address:
            return
        self.key.clear()

        def kept(inside: bool) -> None:
            if isValid(self.key):
                where = _("Kept in this computer’s keyring.") if inside else _(
                    "This computer has no keyring; the key is kept in a file that only you can read.")  # fmt: skip
                self.key_row.say(where)
                self.key.setPlaceholderText("••••••••")
                self.desk.drop_engine()

        self.desk.look_ahead(lambda shop, stop: server.keep_key(address, key), done=kept, failed=self.key_row.say)

    def _show_key(self, kept: bool) -> None:
        if isValid(self.key):
            self.key.setPlaceholderText("••••••••" if kept else _("if it wants one"))


class MachineRows:
    """How this computer writes: bent by adapters, and not on battery."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.battery = QCheckBox()
        self.add, self.off = Button(_("Add…"), self._ask), Button(_("Take off"), self._take_off)
        self.adapter_row = SettingRow(_("Adapters"), "", self.off, self.add)
        self.battery_row = SettingRow(
            _("Rest on battery"),
            _("Writing in bulk waits until the computer is plugged in; a text you wait for is written at once."),
            self.battery,
        )  # fmt: skip
        self.measure = Button(_("Measure"), self._measure)
        self.measure_row = SettingRow(_("Speed of this computer"), "", self.measure)
        self.rows: list[QFrame] = [self.measure_row, self.adapter_row, self.battery_row]
        self.battery.clicked.connect(lambda on: self._change(battery_pause=on))
        self.show()
        desk.settings_changed.connect(lambda _before, _now: self.show())
        desk.work.ended.connect(lambda _work: self.show())

    def show(self) -> None:
        """Show what is set."""
        if not isValid(self.battery):
            return
        now = self.desk.settings
        self.battery.setChecked(now.battery_pause)
        names = [Path(entry.partition(" ")[2]).name for entry in now.adapters]
        self.adapter_row.say(", ".join(names) or _("LoRA files that bend the weights towards a tone; none in use."))
        self.off.setVisible(bool(names))
        self.measure.setEnabled(not self.desk.work.running)
        self.desk.without_shop(lambda: _measured(now), self._show_measured, self.measure_row.say)

    def _show_measured(self, told: str) -> None:
        if isValid(self.measure):
            self.measure_row.say(told or _("Not measured yet: how many texts side by side are best here."))
            self.measure.setText(_("Measure again") if told else _("Measure"))

    def _measure(self) -> None:
        """Try widths, threads and the graphics card for some seconds; what is best is used from the next text on."""
        settings, desk = self.desk.settings, self.desk
        self.measure.setEnabled(False)

        desk.work.start(
            _("Measuring this computer"), lambda shop, stop: _try_out(settings, stop),
            done=lambda _found: desk.drop_engine(), failed=desk.oops,
        )  # fmt: skip

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self.add.window(), _("Choose an adapter"), "", f"{_('Adapters')} (*.gguf *.GGUF)"
        )
        if chosen:
            self._change(adapters=(*self.desk.settings.adapters, f"1.0 {chosen}"))

    def _take_off(self) -> None:
        self._change(adapters=self.desk.settings.adapters[:-1])

    def _change(self, **change: Any) -> None:
        self.desk.change_settings(replace(self.desk.settings, **change))
        self.show()


def _measured(settings: Settings) -> str:
    """Say what was measured for the chosen weights, nothing if nothing was."""
    from desktop_app.tasks import calibrate, engines, tuned

    found = None if server.is_on(settings) else engines.chosen_weights(settings)
    known = tuned.known(Path(found.path)) if found is not None else None
    return calibrate.words(known) if known is not None else ""


def _try_out(settings: Settings, stop: threading.Event) -> Any:
    from desktop_app.tasks import calibrate, engines, machine

    found = engines.chosen_weights(settings)
    if found is None:
        raise UserError("There are no weights to write with. Choose some on the Weights page.")
    machine.devices(again=True)  # whoever presses the button wants to know, also of a driver that failed before
    return calibrate.calibrate(Path(found.path), stop)
