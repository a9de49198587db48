"""The connection to a shop file: the only place that knows the driver, so that an encrypted one can take its turn."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from desktop_app.shop import locks, places, trouble

APPLICATION = 0x5A475549  # "ZGUI" in the file's header
PATIENCE = 30.0  # seconds to wait for another program's transaction
# 64 MiB of pages in memory, and as many in the log before they are written back: imports write each page less often.
PRAGMAS = (
    "foreign_keys=ON", "recursive_triggers=ON", "temp_store=MEMORY", "cache_size=-65536", "wal_autocheckpoint=16384",
)  # fmt: skip
MOST = 30_000  # values a statement when many rows are added; the driver takes 32,766
MAGIC = b"SQLite format 3\x00"

Row = tuple[Any, ...]


def driver(key: locks.Key | None) -> Any:
    """Return the DB-API module for a file with this key: SQLCipher's for a locked one, Python's own for any other."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2  # late: most shops have no password

    return dbapi2


def connected(path: Path | str, key: locks.Key | None) -> Any:
    """Open a connection to the file at ``path``, which is made if missing, with its key."""
    connection = driver(key).connect(path, timeout=PATIENCE, isolation_level=None, cached_statements=256)
    if key is not None:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f'PRAGMA key="{key.words}"')
    return connection


class File:
    """One connection to one shop file, for the thread that opened it; SQLite's errors come out in plain words.

    ``key`` is for a file that is yet to be made; that of an old one is looked up (LockedError where we do not hold it).
    """

    def __init__(self, path: Path, *, read_only: bool = False, key: locks.Key | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self.commits = 0
        self.key = key or locks.key_for(path)
        self._driver = driver(self.key)
        self._columns: dict[str, list[str]] = {}
        with self._spoken():
            self.connection = connected(path, self.key)
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        for pragma in PRAGMAS:
            self.run(f"PRAGMA {pragma}")
        self.value("SELECT count(*) FROM sqlite_master")
        if self.read_only:
            self.run("PRAGMA query_only=ON")
        else:
            self._set_journal_mode()

    def _set_journal_mode(self) -> None:
        wanted = "wal" if places.carries_wal(self.path) else "delete"
        if self.value("PRAGMA journal_mode") != wanted:
            # Somebody else may have the file open in the other mode; theirs serves as well, only slower.
            with contextlib.suppress(self._driver.OperationalError):
                self.connection.execute(f"PRAGMA journal_mode={wanted}").fetchall()

    @contextlib.contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except self._driver.Error as error:
            said = trouble.plain(error, self.path)
            if said is None:
                raise
            raise said from error

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return all its rows."""
        try:
            rows: list[Row] = self.connection.execute(sql, values).fetchall()
            return rows
        except UnicodeEncodeError:
            return self.all(sql, cleaned(values))
        except self._driver.Error as error:
            said = trouble.plain(error, self.path)
            if said is None:
                raise
            raise said from error

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Run one statement and return its first row, or None."""
        rows = self.all(sql, values)
        return rows[0] if rows else None

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run one statement and return the first value of its first row, or None."""
        row = self.one(sql, values)
        return row[0] if row else None

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement that writes and return the id of the row it inserted last (0 if none)."""
        with self._spoken():
            try:
                return self.connection.execute(sql, values).lastrowid or 0
            except UnicodeEncodeError:
                return self.connection.execute(sql, cleaned(values)).lastrowid or 0

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for every row; raises UnicodeEncodeError for text that is not Unicode (see ``cleaned``)."""
        with self._spoken():
            self.connection.executemany(sql, rows)

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns after ``id``, in the order the journal keeps their values."""
        if table not in self._columns:
            rows = self.all("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
            self._columns[table] = [name for (name,) in rows if name != "id"]
        return self._columns[table]

    @property
    def writing(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.connection.in_transaction)

    def fill(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        """Insert many rows, many to a statement, which takes half the time; raises as ``many`` does."""
        if table == "search":
            # The full-text index writes out what it holds after a statement of many rows; one row at a time it gathers.
            self.many(f"INSERT INTO search ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})", rows)
        else:
            self.fill_flat(table, columns, list(chain.from_iterable(rows)))

    def fill_flat(self, table: str, columns: str, values: Sequence[Any], each: str = "") -> None:
        """Do the same with the values of all rows one after another; ``each`` is one row, where not all are "?"."""
        each = each or f"({', '.join('?' * (columns.count(',') + 1))})"
        width = each.count("?")
        done = 0
        for rows in (MOST // width, 100, 10, 1):
            size = rows * width
            end = len(values) - (len(values) - done) % size
            if done < end:
                sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([each] * rows)}"
                self.many(sql, (values[n : n + size] for n in range(done, end, size)))
                done = end

    def require_action(self) -> None:
        """Raise RuntimeError outside ``act`` and ``step``: a change without a name could not be taken back."""
        if not self.writing:
            raise RuntimeError("changes belong inside shop.act(…) or shop.step(…)")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Write in one transaction, waiting for other writers first; rolled back whole on any exception."""
        if self.read_only:
            raise UserError(trouble.UNWRITABLE, name=self.path.name)
        if self.writing:
            raise RuntimeError("an action is already open on this connection")
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        self.commits += 1

    def _roll_back(self) -> None:
        # A full disk may have rolled the transaction back already.
        if self.writing:
            with contextlib.suppress(self._driver.Error):
                self.connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Keep all or nothing of what happens inside, within the open transaction."""
        self.run("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.writing:
                with contextlib.suppress(self._driver.Error):
                    self.connection.execute("ROLLBACK TO part")
                    self.connection.execute("RELEASE part")
            raise
        self.run("RELEASE part")

    def close(self) -> None:
        """Close; the last one to close leaves a single file without a write-ahead log."""
        if not self.read_only:
            with contextlib.suppress(self._driver.Error):
                self.connection.execute("PRAGMA busy_timeout=0")
                if self.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                    self.connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        self.connection.close()


def cleaned(values: Sequence[Any]) -> list[Any]:
    """Return ``values`` with lone surrogates, which no file can hold, replaced by U+FFFD."""
    return [
        v.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(v, str) else v for v in values
    ]


def look_at_header(path: Path) -> int:
    """Return the format number of the shop file at ``path``; UserError if there is none."""
    if path.is_dir():
        raise UserError(trouble.A_FOLDER, path=str(path))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise UserError(trouble.MISSING, path=str(path)) from error
    except PermissionError as error:
        raise UserError(trouble.UNWRITABLE, name=path.name) from error
    except (OSError, ValueError) as error:
        raise UserError(trouble.UNREADABLE, name=path.name) from error
    if header.startswith(locks.MARK):
        return _look_inside(path)
    if len(header) == 100 and header.startswith(MAGIC):
        if int.from_bytes(header[68:72]) != APPLICATION:
            raise UserError(trouble.NOT_OURS, name=path.name)
        return int.from_bytes(header[60:64])
    from desktop_app.shop import backups

    if backups.last_of(path) is not None:  # it was a shop once: what is left of it is damage
        raise trouble.damaged(path)
    raise UserError(trouble.NOT_OURS, name=path.name)


def _look_inside(path: Path) -> int:
    """Return the format number of a locked shop file, whose header only its key can read."""
    key = locks.key_for(path)
    connection = connected(path, key)
    try:
        (application,), (number,) = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
    except driver(key).Error as error:
        raise trouble.plain(error, path) or error from error
    finally:
        connection.close()
    if application != APPLICATION:
        raise UserError(trouble.NOT_OURS, name=path.name)
    return int(number)
