"""`zhanggui password`, and the question for the password of a locked shop in a terminal or from standard input."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from desktop_app.cli.show import Show
from desktop_app.errors import UserError
from desktop_app.shop import trouble
from desktop_app.tasks import locking
from desktop_app.words import _

_TRIES = 3


def ask_if_locked(path: Path) -> None:
    """Ask for the password of a locked shop file; UserError when it does not fit."""
    if not path.exists() or not locking.needs_password(path):
        return
    for left in reversed(range(_TRIES if sys.stdin.isatty() else 1)):
        try:
            locking.open_with(path, _typed(_("Password or recovery code of {name}: ", name=path.stem)))
        except UserError as error:
            if not left:
                raise
            print(error, file=sys.stderr)
        else:
            return


def change(path: Path, show: Show, *, remove: bool) -> None:
    """Write the shop file anew under a new password, or without one, and say the recovery code."""
    if not path.exists():
        raise UserError(trouble.MISSING, path=str(path))
    if locking.is_locked(path):
        locking.check(path, _typed(_("Present password or recovery code: ")))
    elif remove:
        raise UserError("{name} has no password.", name=path.name)
    new = None if remove else _typed(_("New password: "))
    if not remove and sys.stdin.isatty() and _typed(_("The same again: ")) != new:
        raise UserError("The two are not the same. Nothing was changed.")
    for event in locking.set_password(path, new):
        if isinstance(event, locking.Locked):
            _say(event, show)
        else:
            show.progress(_("Writing the file anew"), last=event.done == event.total)


def _typed(asked: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(asked)
    return sys.stdin.readline().rstrip("\r\n")


def _say(outcome: locking.Locked, show: Show) -> None:
    text = _("Recovery code: {code}", code=outcome.code) if outcome.code else _("The shop has no password now.")
    left = [str(path) for path in outcome.left]
    show.event("password", text, locked=bool(outcome.code), code=outcome.code, left=left)
    if outcome.code:
        show.note(_("Write it down and keep it away from this computer. It opens the shop if the password is lost."))
    for name in left:
        show.note(_("Left as it was: {name}", name=name))
