"""What a shop keeps beside its products: the imported files, how their columns were read, and settings."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

from desktop_app.errors import UserError
from desktop_app.records import SourceFile
from desktop_app.shop import parts
from desktop_app.shop.connect import File

_COLUMNS = 'name, sha256, format, encoding, "plan", imported, id'


class Kept:
    """The part of a shop that holds imported files, mappings and settings."""

    _file: File

    def add_source(self, source: SourceFile) -> int:
        """Keep an imported file, its bytes compressed, and return its id."""
        self._file.require_action()
        s = source
        return self._file.run(
            'INSERT INTO sources (name, sha256, data, format, encoding, "plan", imported) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (s.name, s.sha256, zlib.compress(s.data, 1), s.format, s.encoding, s.plan, s.imported or parts.now()),
        )

    def source(self, id: int) -> SourceFile:
        """Return an imported file with its bytes, as it was given; UserError if it is not here."""
        row = self._file.one(f"SELECT {_COLUMNS}, data FROM sources WHERE id = ?", (id,))
        if row is None:
            raise UserError("The imported file {id} is not in this shop.", id=id)
        name, sha256, format, encoding, plan, imported, number, data = row
        return SourceFile(name, sha256, zlib.decompress(data), format, encoding, plan, imported, number)

    def sources(self) -> list[SourceFile]:
        """Return the imported files of products without their bytes, oldest first."""
        rows = self._file.all(f"SELECT {_COLUMNS} FROM sources WHERE format NOT LIKE 'orders:%' ORDER BY id")
        return [
            SourceFile(name, sha, b"", format, encoding, plan, at, id)
            for name, sha, format, encoding, plan, at, id in rows
        ]

    def mapping(self, signature: str) -> tuple[tuple[str, str], ...] | None:
        """Return how the columns of a file like this were read last, as (column, field), or None."""
        kept = self.setting(f"mapping:{signature}")
        return tuple((str(column), str(field)) for column, field in kept) if isinstance(kept, list) else None

    def remember_mapping(self, signature: str, mapping: tuple[tuple[str, str], ...]) -> None:
        """Remember how the columns of a file were read, for the next file like it."""
        self.set_setting(f"mapping:{signature}", [list(pair) for pair in mapping])

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting of this shop, or ``default`` where it was never set."""
        text = self._file.value("SELECT value FROM settings WHERE key = ?", (key,))
        return default if text is None else json.loads(text)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a setting (any JSON value). Inside an action it is undone with it; outside it is simply kept."""
        if self._file.writing:
            self._write_setting(key, value)
            return
        with self._file.transaction():
            self._write_setting(key, value)

    def _write_setting(self, key: str, value: Any) -> None:
        # The row's id comes from its key: a setting undone and one made since can never claim the same row.
        id = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6])
        sql = (
            "INSERT INTO settings (id, key, value) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET value = excluded.value WHERE value <> excluded.value"
        )
        self._file.run(sql, (id, key, json.dumps(value, ensure_ascii=False)))
