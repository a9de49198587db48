"""The rows of the settings about newer versions: compare when pressed, install from a file after a backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit
from shiboken6 import isValid

from desktop_app.ui.desk import Desk
from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Button
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.updates import Compared, Update

_WIDE = 260


class CompareRow(SettingRow):
    """An address that is asked for the newest version when the button is pressed, and at no other time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.address = QLineEdit(desk.settings.updates)
        self.address.setFixedWidth(_WIDE)
        self.address.setPlaceholderText("https://")
        self.compare = Button(_("Compare versions"), self.ask)
        super().__init__(_("Where new versions are published"), "", self.address, self.compare)
        self.address.editingFinished.connect(self._keep)
        self._explain()

    def _explain(self) -> None:
        if self.desk.settings.updates:
            self.say(_("Asked only when you press the button; nothing about you or the shop is sent."))
        else:
            self.say(_("The address your copy came from. Asked only when you press the button."))

    def _keep(self) -> None:
        address = self.address.text().strip()
        if address != self.desk.settings.updates:
            self.desk.change_settings(replace(self.desk.settings, updates=address))
            self._explain()

    def ask(self) -> None:
        """Fetch the list of versions and say how the newest compares with this one."""
        self._keep()
        settings = self.desk.settings
        self.compare.setEnabled(False)
        self.say(_("Asking …"))

        def read() -> Compared:
            from desktop_app.tasks import updates

            return updates.compare(settings)

        self.desk.without_shop(read, self._compared, self._answer)

    def _compared(self, found: Compared) -> None:
        import desktop_app

        here = desktop_app.__version__
        if found.newer:
            self._answer(_("Version {new} is there; this is {old}. Get its file there, then install it from the file.",
                           new=found.version, old=here))  # fmt: skip
        else:
            self._answer(_("This is version {old}, and there is none newer.", old=here))

    def _answer(self, words: str) -> None:
        if isValid(self.compare):
            self.compare.setEnabled(True)
            self.say(words)


class UpdateRow(SettingRow):
    """Choose a file, hear what it is, then let the system's own installer run it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        super().__init__(
            _("A newer version"),
            _("The program never looks for one by itself. Choose the installer you have; a backup is made first."),
            Button(_("Install from a file…"), self._choose),
        )

    def _choose(self) -> None:
        kinds = f"{_('Installers')} (*.deb *.exe *.dmg)"
        chosen, _kind = QFileDialog.getOpenFileName(self.window(), _("Install from a file…"), "", kinds)
        if chosen:
            self.look(Path(chosen))

    def look(self, path: Path) -> None:
        """Say what the file is, with a button that installs it."""

        def read() -> Update:
            from desktop_app.tasks import updates

            return updates.look(path)

        desk = self.desk
        desk.without_shop(read, lambda update: _offer(desk, update), lambda why: desk.tell(Notice(why, "bad")))


def _offer(desk: Desk, update: Update) -> None:
    import desktop_app

    text = _("Version {new}; this is {old}.", new=update.version, old=desktop_app.__version__)
    if not update.newer:
        text += " " + _("It is not newer, so there is nothing to gain.")
    more = (
        _("Its checksum is right.")
        if update.proven
        else _("No list of checksums (SHA256SUMS) lies beside it, so it cannot be proven to be whole.")
    )
    desk.tell(
        Notice(
            text, "info" if update.proven and update.newer else "caution", more=more,
            button=_("Back up and install"), run=lambda: _install(desk, update.path),
        )
    )  # fmt: skip


def _install(desk: Desk, path: Path) -> None:
    def saved(_made: object) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            desk.said.emit(_("The installer was started. Close this window when it asks for it."), False)
        else:
            desk.tell(
                Notice(_("This computer did not start {name}. Open it from its folder.", name=path.name), "caution")
            )

    desk.ask(lambda shop: shop.back_up_now(), saved)
