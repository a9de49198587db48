"""What SQLite says went wrong, as a plain sentence that says what was not lost and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop_app.errors import UserError

FULL = (
    "There is no room left on the disk for {name}. The last step was taken back and nothing that was saved is lost. "
    "Free some space and try again."
)
BUSY = "{name} is being written by another program and did not come free. Nothing was changed; try again in a moment."
UNWRITABLE = (
    "{name} cannot be written: the file or its folder is read-only. Copy it to a folder of your own and open it there."
)
UNREADABLE = (
    "{name} cannot be read or written just now. Nothing that was saved is lost; "
    "is the disk or the network folder still there?"
)
MISSING = "There is no shop file at {path}. Check the folder, or make a new shop."
FOLDER = "The folder {path} is not there, so no shop file can be made in it."
A_FOLDER = "{path} is a folder, not a shop file."
NOT_OURS = "{name} is not a shop file of this program. It was left as it is."
NEWER = "{name} was made by a newer version of this program. It was left as it is; update the program to open it."
DAMAGED = (
    "{name} is damaged and was not opened, so that nothing more is lost. No backup of it was found on this computer."
)
DAMAGED_BACKUP = (
    "{name} is damaged and was not opened, so that nothing more is lost. "
    "The last backup is {backup}: open that instead."
)
TAKEN = "{path} is there already. Nothing was overwritten; choose another name."
WINDOW = (
    "{name} is open in another window. Close that window first; the command line may use the file at the same time."
)

_BY_CODE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: UNWRITABLE,
    sqlite3.SQLITE_PERM: UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: UNREADABLE,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
}


def plain(error: Exception, path: Path) -> UserError | None:
    """Return the sentence for ``error``, or None where it is a bug of ours rather than trouble of the merchant's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    message = _BY_CODE.get(code)
    if message is DAMAGED:
        return damaged(path)
    return UserError(message, name=path.name, path=str(path)) if message else None


def damaged(path: Path) -> UserError:
    """Return the sentence for a damaged file, naming its last backup where there is one."""
    from desktop_app.shop import backups

    last = backups.last_of(path)
    if last is None:
        return UserError(DAMAGED, name=path.name)
    return UserError(DAMAGED_BACKUP, name=path.name, backup=str(last))
