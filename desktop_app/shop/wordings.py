"""What names of products mean to weights, computed once for each wording and kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from desktop_app.shop.connect import File

Vectors = npt.NDArray[np.float32]
# No action changes it: a meaning belongs to the words, whoever has them, and so an undo computes nothing twice.
TABLE = """CREATE TABLE wordings (text TEXT NOT NULL, weights TEXT NOT NULL, meaning BLOB NOT NULL,
  PRIMARY KEY (text, weights)) WITHOUT ROWID"""


class Wordings:
    """The part of a shop that keeps what wordings mean."""

    _file: File

    def keep_wordings(self, weights: str, texts: Sequence[str], meanings: Vectors) -> None:
        """Keep what texts mean to these weights (their checksum), shape (n, d)."""
        rows = [
            (text, weights, np.asarray(meaning, np.float16).tobytes())
            for text, meaning in zip(texts, meanings, strict=True)
        ]
        with self._file.transaction():
            self._file.many("INSERT OR IGNORE INTO wordings (text, weights, meaning) VALUES (?, ?, ?)", rows)

    def wordings(self, weights: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """Return the meanings kept of ``texts``; those that are not known are left out."""
        rows = self._file.all(
            "SELECT text, meaning FROM wordings WHERE weights = ? AND text IN (SELECT value FROM json_each(?))",
            (weights, json.dumps(list(texts), ensure_ascii=False)),
        )
        return {text: cast(Vectors, np.frombuffer(blob, np.float16).astype(np.float32)) for text, blob in rows}
