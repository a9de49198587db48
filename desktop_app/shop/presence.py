"""Who has a shop file open: lock files in the cache tell a live window from one that was killed."""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path

import filelock

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.shop import trouble

_count = itertools.count()


def _folder(shop: Path) -> Path:
    try:
        return paths.cache() / "open"
    except OSError:  # marks that cannot be left are done without, wherever they would have been
        return shop.parent / ".zhanggui-open"


class Presence:
    """This process's mark on an open shop file; the system lets go of it when the process dies, however it dies."""

    def __init__(self, shop: Path) -> None:
        found = shop.stat()
        self._shop = shop
        self._folder = _folder(shop)
        self._key = f"{found.st_dev:x}-{found.st_ino:x}"
        self._window: filelock.BaseFileLock | None = None
        self._mark: filelock.BaseFileLock | None = None
        self.token = f"{self._key}.{os.getpid()}-{next(_count)}.lock"

    def look(self) -> tuple[set[str], list[Path]]:
        """Return the tokens of those who have the file open, and the marks that dead ones left behind."""
        alive: set[str] = set()
        dead: list[Path] = []
        for mark in sorted(self._folder.glob(f"{self._key}.*.lock")):
            if mark.name == self.token:
                continue
            lock = filelock.FileLock(mark, timeout=0)
            try:
                lock.acquire()
            except (filelock.Timeout, OSError, NotImplementedError):
                alive.add(mark.name)
            else:
                lock.release()
                dead.append(mark)
        return alive, dead

    def enter(self) -> None:
        """Leave this process's mark. A cache that cannot be written costs the mark, not the shop."""
        with contextlib.suppress(OSError, NotImplementedError, filelock.Timeout):
            self._folder.mkdir(exist_ok=True)
            mark = filelock.FileLock(self._folder / self.token, timeout=5)
            mark.acquire()
            self._mark = mark

    def take_window(self) -> None:
        """Take the lock that only one window may hold; UserError if another has it."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
        window = filelock.FileLock(self._folder / f"{self._key}.window", timeout=0)
        try:
            window.acquire()
        except filelock.Timeout as error:
            raise UserError(trouble.WINDOW, name=self._shop.name) from error
        except (OSError, NotImplementedError):
            return  # a file system without locks: SQLite's own still keep the file whole
        self._window = window

    def leave(self) -> None:
        """Take the mark and the window's lock away again."""
        for lock in (self._mark, self._window):
            if lock is not None:
                lock.release()
        if self._mark is not None:
            with contextlib.suppress(OSError):
                (self._folder / self.token).unlink(missing_ok=True)
        self._mark = self._window = None
