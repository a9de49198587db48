"""Copies of a shop file: one a day, the oldest going as new ones come, and copies on request."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.shop import trouble
from desktop_app.shop.connect import File, connected, driver

SUFFIX = ".zhanggui"
_DAY = re.compile(r" \d{4}-\d\d-\d\d$")
_MOMENT = re.compile(r" \d{4}-\d\d-\d\d \d{6}$")


def folder_of(shop: Path) -> Path:
    """Return the folder where the backups of the shop file at ``shop`` are kept on this machine."""
    place = hashlib.sha256(os.fsencode(os.path.realpath(shop))).hexdigest()[:8]
    return paths.data() / "backups" / f"{shop.stem}-{place}"


def all_of(shop: Path, folder: Path | None = None) -> list[Path]:
    """Return the backups of a shop file, newest first."""
    try:
        place = folder or folder_of(shop)
        found = [p for p in place.iterdir() if p.suffix == SUFFIX and p.stem.startswith(f"{shop.stem} ")]
    except OSError:
        return []
    return sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)


def last_of(shop: Path) -> Path | None:
    """Return the newest backup of a shop file, or None."""
    return next(iter(all_of(shop)), None)


def daily(file: File, folder: Path | None, keep: int) -> Path | None:
    """Make today's backup unless it is there, keep the newest ``keep`` of its kind; return the new one's path."""
    target = (folder or folder_of(file.path)) / f"{file.path.stem} {datetime.now(UTC):%Y-%m-%d}{SUFFIX}"
    return None if target.exists() else _made(file, target, _DAY, keep)


def at_once(file: File, folder: Path | None, keep: int) -> Path:
    """Make a backup now, whatever was made today, and keep the newest ``keep`` of its kind; return its path."""
    place, stem = folder or folder_of(file.path), f"{file.path.stem} {datetime.now(UTC):%Y-%m-%d %H%M%S}"
    return _made(file, place / f"{stem}{SUFFIX}", _MOMENT, keep)


def _made(file: File, target: Path, kind: re.Pattern[str], keep: int) -> Path:
    copy(file, target)
    # Those of a day and those asked for go separately, so that a busy hour does not push out a week.
    of_kind = [path for path in all_of(file.path, target.parent) if kind.search(path.stem)]
    for old in of_kind[max(keep, 1) :]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def before_upgrade(file: File, version: int) -> Path:
    """Copy the file as it stands before its tables are changed; return the copy's path."""
    target = folder_of(file.path) / f"{file.path.stem} before-upgrade-{version}{SUFFIX}"
    copy(file, target)
    return target


def copy(file: File, target: Path) -> None:
    """Copy a shop file, open or not, to ``target``: whole or not at all. UserError where it cannot be written."""
    name = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".copy", suffix=".tmp")
        os.close(handle)
        _pages(file, name)
        Path(name).replace(target)
    except OSError as error:
        raise UserError(
            "The copy {path} could not be written. The shop itself is as it was.", path=str(target)
        ) from error
    except driver(file.key).Error as error:
        raise trouble.plain(error, target) or error from error
    finally:
        with contextlib.suppress(OSError):
            if name:
                Path(name).unlink()


def _pages(file: File, name: str) -> None:
    with contextlib.closing(connected(name, file.key)) as copied:
        file.connection.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE").fetchall()  # the copy is a single file whatever the shop was
        # A copy nobody has read is a hope, and a copy of damage must not push out the whole ones before it.
        if copied.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise trouble.damaged(file.path)
