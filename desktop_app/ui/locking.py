"""A shop with a password in the window: opened, and locked, changed or unlocked from the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop_app.ui.desk import Desk
from desktop_app.ui.passwords import AskPassword, ChoosePassword, ShowCode
from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Button
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.locking import Locked


def ask(desk: Desk, path: Path, then: Callable[[], object]) -> None:
    """Ask for the password of the shop at ``path`` until it fits or the person gives up."""

    def tried(typed: str) -> None:
        from desktop_app.tasks import locking

        dialog.wait()
        desk.without_shop(lambda: locking.open_with(path, typed), lambda _none: fits(), dialog.refuse)

    def fits() -> None:
        if dialog.isVisible():  # Cancel was not pressed meanwhile
            dialog.accept()
            then()

    def given_up() -> None:
        if desk.shop is None:
            desk.refused.emit(_("The shop “{name}” is locked and stays closed without its password.", name=path.stem))

    dialog = AskPassword(_window(desk), path.stem, tried)
    dialog.rejected.connect(given_up)
    dialog.open()


class LockRow(SettingRow):
    """The row of the settings that puts a password on the shop, changes it or takes it off."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lock = Button(_("Lock with a password…"), self._choose)
        self.change = Button(_("Change…"), lambda: self._prove(self._choose))
        self.unlock = Button(_("Take off…"), lambda: self._prove(lambda: self._run(None)))
        super().__init__(_("Password"), "", self.lock, self.change, self.unlock)
        self.show_state(locked=False)

    def show_state(self, *, locked: bool) -> None:
        """Show what can be done now."""
        self.lock.setVisible(not locked)
        self.change.setVisible(locked)
        self.unlock.setVisible(locked)
        self.say(
            _("The shop file is locked; the password is asked for when the shop is opened.")
            if locked
            else _("Whoever has the file can read it. A password locks the file itself, wherever it is copied to.")
        )

    def _prove(self, then: Callable[[], object]) -> None:
        shop = self.desk.shop
        if shop is None:
            return

        def tried(typed: str) -> None:
            from desktop_app.tasks import locking

            dialog.wait()
            self.desk.without_shop(lambda: locking.check(shop.path, typed), lambda _none: proved(), dialog.refuse)

        def proved() -> None:
            if dialog.isVisible():
                dialog.accept()
                then()

        text = _("Type the present password or the recovery code.")
        dialog = AskPassword(_window(self.desk), shop.path.stem, tried, do=_("Go on"), text=text)
        dialog.open()

    def _choose(self) -> None:
        if not self._must_wait():
            ChoosePassword(_window(self.desk), self._run).open()

    def _must_wait(self) -> bool:
        if self.desk.work.running:
            self.desk.tell(Notice(_("Wait until what runs has ended; the file is written anew."), "caution"))
        return bool(self.desk.work.running)

    def _run(self, password: str | None) -> None:
        shop = self.desk.shop
        if shop is None or self._must_wait():
            return
        for button in (self.lock, self.change, self.unlock):
            button.setEnabled(False)
        from desktop_app.tasks import locking

        desk, path, done = self.desk, shop.path, _done  # this row is made anew with its page

        def ready(outcome: Any) -> None:
            desk.reopen(path, lambda: done(desk, path, outcome))

        def failed(why: str) -> None:
            desk.reopen(path, lambda: desk.tell(Notice(why, "bad")))

        desk.said.emit(_("The shop file is being written anew…"), False)
        desk.let_go(lambda: desk.without_shop(lambda: locking.set_password(path, password), ready, failed))


def _done(desk: Desk, path: Path, outcome: Locked) -> None:
    desk.go("settings")
    if outcome.code:
        ShowCode(_window(desk), path.stem, outcome.code, outcome.left).open()
    else:
        desk.said.emit(_("The shop has no password now."), False)
        if outcome.left:
            names = ", ".join(left.name for left in outcome.left)
            desk.tell(Notice(_("These backups still have the password: {names}", names=names), "caution"))


def _window(desk: Desk) -> QWidget | None:
    """Return the window of this desk: a dialog that hung on whatever is active would go when that goes."""
    windows = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow))
    return next((w for w in windows if getattr(w, "desk", None) is desk), None)
