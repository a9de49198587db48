"""What the shop's tests share: an open shop, and everything in it as values that can be compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_app.shop import Shop

Dump = dict[str, list[tuple[Any, ...]]]
BOOKKEEPING = ("actions", "journal", "doing", "jobs", "ticks", "sqlite_sequence", "_sqlite_migrations")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop.zhanggui"


@pytest.fixture
def shop(path: Path) -> Iterator[Shop]:
    with Shop.create(path, name="Shop") as opened:
        yield opened


@pytest.fixture
def dump() -> Callable[[Path], Dump]:
    return dumped


def dumped(path: Path) -> Dump:
    """Everything a shop file says, its types too: all tables but the history, and what the search index holds."""
    with closing(sqlite3.connect(path)) as db:
        tables = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
            )
        ]
        found: Dump = {}
        for table in sorted(set(tables) - set(BOOKKEEPING)):
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            typed = ", ".join(f'"{c}", typeof("{c}")' for c in columns)
            key = "rowid" if table == "search" else "id" if "id" in columns else '"' + '", "'.join(columns[:4]) + '"'
            found[table] = db.execute(f"SELECT {key}, {typed} FROM {table} ORDER BY {key}").fetchall()
        for index in ("search", "search_orders", "search_customers"):
            db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        for index in ("search_orders", "search_customers"):
            found[index] = db.execute(f"SELECT rowid, codes, who FROM {index} ORDER BY rowid").fetchall()
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.rollback()
    return found
