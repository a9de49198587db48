"""The row of the settings that installs an update from a file, after a backup; nothing is ever looked for by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop_app.ui.desk import Desk
from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Button
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.updates import Update


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
