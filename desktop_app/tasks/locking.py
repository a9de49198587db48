"""A password on the shop file: put on, changed, taken off, and asked for when the shop is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.records import Progress
from desktop_app.shop import backups, locks, relock


@dataclass(frozen=True, slots=True)
class Locked:
    """What came of it: the recovery code ("" without a password) and the backups that could not be done as well."""

    code: str
    left: tuple[Path, ...] = ()


def is_locked(path: Path) -> bool:
    """Tell whether the shop file at ``path`` has a password."""
    return locks.salt_of(path) is not None


def needs_password(path: Path) -> bool:
    """Tell whether opening the shop file at ``path`` would ask for its password: it has one that is not known here."""
    try:
        locks.key_for(path)
    except locks.LockedError:
        return True
    return False


def open_with(path: Path, typed: str) -> None:
    """Take what was typed, a password or the recovery code, as what opens the file; UserError if it does not."""
    salt = locks.salt_of(path)
    if salt is None:
        return
    try:
        relock.try_key(path, locks.from_password(typed, salt))
    except UserError:
        if not locks.looks_like_code(typed):
            raise
        relock.try_key(path, locks.from_code(typed, salt))  # which says so where it is a slip of the pen


def check(path: Path, typed: str) -> None:
    """Raise UserError unless ``typed`` opens the file, even if its key is held already: for changes to the password."""
    salt = locks.salt_of(path)
    if salt is not None:
        open_with(path, typed)


def set_password(path: Path, password: str | None) -> Iterator[Progress | Locked]:
    """Write the closed shop file and its backups on this computer anew under ``password``; None takes it off.

    The last event is the outcome. The shop file is done first and whole or not at all; a backup that cannot be written
    anew, or whose own older password is not known here, is left as it was and named.
    """
    key = locks.new(password) if password is not None else None
    copies = backups.all_of(path)
    yield Progress(0, 1 + len(copies))
    relock.rewrite(path, key)
    left = []
    for number, copy in enumerate(copies, 1):
        yield Progress(number, 1 + len(copies))
        try:
            relock.rewrite(copy, key)
        except (UserError, OSError):  # the shop is done; its code must be told whatever a backup does
            left.append(copy)
    yield Progress(1 + len(copies), 1 + len(copies))
    yield Locked(key.code if key else "", tuple(left))
