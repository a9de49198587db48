"""Write a shop file anew under another key, or under none: whole or not at all, never while somebody has it open."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from desktop_app.shop import locks, trouble
from desktop_app.shop.connect import PATIENCE, connected
from desktop_app.shop.presence import Presence

WRONG = "This password or code does not open {name}. Nothing was changed."
IN_USE = "{name} is open elsewhere. Close it there first; nothing was changed."


def try_key(path: Path, key: locks.Key) -> None:
    """Hold ``key`` if it opens the locked file at ``path``; UserError if it does not fit."""
    connection = connected(path, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except errors() as error:
        if (getattr(error, "sqlite_errorcode", 0) & 0xFF) == 26:  # SQLITE_NOTADB: it does not decrypt
            raise UserError(
                "This password or code does not open {name}. Nothing was changed.", name=path.name
            ) from error
        raise trouble.plain(error, path) or error from error
    finally:
        connection.close()
    locks.hold(key)


def rewrite(path: Path, key: locks.Key | None) -> None:
    """Write the closed shop file at ``path`` anew under ``key`` (None: without a password) and put it in its place.

    What was written is read back and counted before the old file goes. UserError, with the file as it was, where it is
    open elsewhere, cannot be written, or does not come out the same.
    """
    path = Path(os.path.realpath(path))  # a link is followed: what it points to must not stay readable
    presence = Presence(path)
    presence.take_window()
    name = ""
    try:
        if presence.look()[0]:
            raise UserError(IN_USE, name=path.name)
        _settle(path)
        before = path.stat()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new", suffix=".zhanggui")
        os.close(handle)
        _export(path, name, key)
        _flush(name)
        os.utime(name, ns=(before.st_atime_ns, before.st_mtime_ns))  # backups keep their age, by which they go
        if presence.look()[0] or path.stat().st_mtime_ns != before.st_mtime_ns or _logged(path):
            raise UserError(IN_USE, name=path.name)
        Path(name).replace(path)
    except PermissionError as error:  # Windows: somebody has it open
        raise UserError(IN_USE, name=path.name) from error
    except OSError as error:
        raise UserError(trouble.UNWRITABLE, name=path.name) from error
    except errors() as error:
        raise trouble.plain(error, path) or trouble.damaged(path) from error
    finally:
        presence.leave()
        for leftover in (name, f"{name}-journal"):
            if name:
                with contextlib.suppress(OSError):
                    Path(leftover).unlink()
    if key is not None:
        locks.hold(key)


def _settle(path: Path) -> None:
    """Let the file be in one piece, as whoever closes it last leaves it; of two who close at once neither is last."""
    with contextlib.closing(connected(path, locks.key_for(path))) as connection:
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise UserError(IN_USE, name=path.name)


def _export(path: Path, target: str, key: locks.Key | None) -> None:
    from sqlcipher3 import dbapi2

    old = locks.key_for(path)
    connection = dbapi2.connect(str(path), timeout=PATIENCE, isolation_level=None)
    with contextlib.closing(connection):
        connection.execute("PRAGMA cipher_log_level=NONE")
        if old is not None:
            connection.execute(f'PRAGMA key="{old.words}"')
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("ATTACH DATABASE ? AS fresh KEY ?", (target, key.words if key else ""))
        connection.execute("BEGIN IMMEDIATE")  # nobody writes in between
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        for pragma in ("application_id", "user_version"):
            (number,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
            connection.execute(f"PRAGMA fresh.{pragma}={number}")
        connection.execute("COMMIT")
        there = _counted(connection)
    # Opened anew: full-text tables come to life only then, and what is counted is what the disk has.
    with contextlib.closing(connected(target, key)) as fresh:
        if fresh.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok" or _counted(fresh) != there:
            raise UserError("{name} did not come out the same, so the old file was kept as it was.", name=path.name)


def _counted(connection: Any) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def _logged(path: Path) -> bool:
    """Tell whether somebody has begun to write to the file since."""
    return any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))


def _flush(name: str) -> None:
    with Path(name).open("rb+") as file:
        os.fsync(file.fileno())


def errors() -> tuple[type[Exception], ...]:
    """Return what the two database drivers raise."""
    import sqlite3

    from sqlcipher3 import dbapi2

    return sqlite3.Error, dbapi2.Error
