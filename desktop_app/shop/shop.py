"""A shop: one file, opened by one thread, with everything the merchant's tasks need from it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop_app.errors import UserError
from desktop_app.shop import backups, schema, trouble
from desktop_app.shop.answering import Answering
from desktop_app.shop.catalogue import Catalogue
from desktop_app.shop.connect import File, look_at_header
from desktop_app.shop.customers import Customers
from desktop_app.shop.drafts import Drafts
from desktop_app.shop.evidence import Evidence
from desktop_app.shop.figures import Figures
from desktop_app.shop.history import History
from desktop_app.shop.jobs import Jobs
from desktop_app.shop.kept import Kept
from desktop_app.shop.knowledge import Knowledge
from desktop_app.shop.learned import Learned
from desktop_app.shop.ledger import Ledger
from desktop_app.shop.messages import Messages
from desktop_app.shop.orders import Orders
from desktop_app.shop.presence import Presence
from desktop_app.shop.purchasing import Purchasing
from desktop_app.shop.reviews import Reviews
from desktop_app.shop.search import Search
from desktop_app.shop.summaries import Summaries
from desktop_app.shop.wordings import Wordings


class Shop(
    History, Drafts, Jobs, Catalogue, Orders, Ledger, Search, Kept, Reviews, Figures, Evidence, Learned, Knowledge,
    Messages, Answering, Customers, Purchasing, Summaries, Wordings,
):  # fmt: skip
    """One open shop file. Belongs to the thread that opened it; another thread or program opens its own.

    Changes belong inside ``act`` or ``step``; readers are never kept waiting by writers. Errors are UserErrors whose
    text says what was not lost.
    """

    def __init__(self, file: File, presence: Presence) -> None:
        History.__init__(self)
        Jobs.__init__(self)
        Search.__init__(self)
        self._file = file
        self._presence = presence
        self._token = presence.token
        self.path = file.path

    @classmethod
    def create(
        cls, path: Path, *, name: str = "", currency: str = "USD", timezone: str = "UTC", language: str = "en"
    ) -> Shop:
        """Make a new shop file and open it; UserError if something is there already or the folder cannot be written.

        The file appears whole or not at all. Its name, currency, time zone and language are settings.
        """
        path = Path(path)
        if path.exists():
            raise UserError(trouble.TAKEN, path=str(path))
        if not path.parent.is_dir():
            raise UserError(trouble.FOLDER, path=str(path.parent))
        settings = {"name": name, "currency": currency, "timezone": timezone, "language": language}
        _make(path, settings)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, window: bool = False, read_only: bool = False) -> Shop:
        """Open a shop file, bringing an older one up to date after copying it.

        ``window`` takes the lock that only one window may hold. UserError for a file that is missing, not a shop,
        newer than this program, damaged, read-only or open in another window; it is then left as it was.
        """
        path = Path(path)
        version = look_at_header(path)
        if version > schema.version():
            raise UserError(trouble.NEWER, name=path.name)
        if not read_only:
            _require_writable(path)
        presence = Presence(path)
        try:
            if window:
                presence.take_window()
            alive, dead = presence.look()
            torn = bool(dead) or (not alive and _leftovers(path))
            file = File(path, read_only=read_only)
        except BaseException:
            presence.leave()
            raise
        try:
            if torn:
                _require_whole(file)
            return cls._ready(file, presence, version, alive, dead)
        except BaseException:
            file.close()
            presence.leave()
            raise

    @classmethod
    def _ready(cls, file: File, presence: Presence, version: int, alive: set[str], dead: list[Path]) -> Shop:
        if not file.read_only:
            presence.enter()
            if version < schema.version():
                backups.before_upgrade(file, version)
                schema.migrate(file)
        shop = cls(file, presence)
        if not file.read_only:
            shop.end_interrupted(alive)
            shop.let_go_of_jobs()
            shop.freshen()
        for mark in dead:
            with contextlib.suppress(OSError):
                mark.unlink()
        return shop

    def back_up(self, folder: Path | None = None, keep: int = 14) -> Path | None:
        """Make today's backup unless there is one, keep the newest ``keep``; return the new one's path, or None."""
        return backups.daily(self._file, folder, keep)

    def back_up_now(self, folder: Path | None = None, keep: int = 14) -> Path:
        """Make a backup whatever was made today, keep the newest ``keep`` of those asked for; return its path."""
        return backups.at_once(self._file, folder, keep)

    def backups(self) -> list[Path]:
        """Return the backups of this shop on this machine, newest first; each opens as a shop of its own."""
        return backups.all_of(self.path)

    def export_copy(self, path: Path) -> None:
        """Copy the shop as it stands into one new file; UserError if something is there already."""
        path = Path(path)
        if path.exists():
            raise UserError(trouble.TAKEN, path=str(path))
        backups.copy(self._file, path)

    def close(self) -> None:
        """Let go of the file; the last one to do so leaves it whole in one piece."""
        self._file.close()
        self._presence.leave()

    def _alive(self) -> set[str]:
        return self._presence.look()[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _make(path: Path, settings: dict[str, str]) -> None:
    """Write a new shop file beside its place and move it there, without ever covering what is there."""
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new", suffix=".zhanggui")
        os.close(handle)
        _lay_out(Path(name), settings)
        _place(name, path)
    except OSError as error:
        if path.exists():
            raise UserError(trouble.TAKEN, path=str(path)) from error
        raise UserError(
            "No shop file can be made in {path}: the folder cannot be written.", path=str(path.parent)
        ) from error
    finally:
        for leftover in (name, f"{name}-wal", f"{name}-shm", f"{name}-journal"):
            with contextlib.suppress(OSError):
                if name:
                    Path(leftover).unlink()


def _lay_out(path: Path, settings: dict[str, str]) -> None:
    """Write the tables of a new shop, and its settings, into an empty file."""
    file = File(path)
    with contextlib.closing(file):
        schema.migrate(file)
        kept = Kept()
        kept._file = file
        for key, value in settings.items():
            kept.set_setting(key, value)


def _place(name: str, path: Path) -> None:
    try:
        os.link(name, path)  # fails where something came in between; a rename would cover it
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        Path(name).rename(path)


def _require_writable(path: Path) -> None:
    effective = os.access in os.supports_effective_ids
    if not all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent)):
        raise UserError(trouble.UNWRITABLE, name=path.name)


def _leftovers(path: Path) -> bool:
    """Tell whether a log lies beside the file that its last writer did not clear away."""
    for end in ("-wal", "-journal"):
        log = path.with_name(path.name + end)
        if log.exists() and log.stat().st_size:
            return True
    return False


def _require_whole(file: File) -> None:
    if file.value("PRAGMA integrity_check(1)") != "ok":
        raise trouble.damaged(file.path)
