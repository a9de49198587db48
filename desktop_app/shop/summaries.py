"""What weights wrote of a product's reviews, kept until what it was written from is another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from desktop_app.review_records import Told
from desktop_app.shop.connect import File

TABLE = """CREATE TABLE summaries (id INTEGER PRIMARY KEY, product INTEGER NOT NULL, language TEXT NOT NULL,
  basis TEXT NOT NULL, sentences TEXT NOT NULL, weights TEXT NOT NULL, weights_sha256 TEXT NOT NULL,
  prompt TEXT NOT NULL, refused INTEGER NOT NULL, made TEXT NOT NULL)"""
_COLUMNS = "product, language, basis, sentences, weights, weights_sha256, prompt, refused, made"


class Summaries:
    """The part of a shop that holds summaries written by weights: one a product and language."""

    _file: File

    def keep_summary(self, told: Told) -> None:
        """Keep a summary in place of the one there was."""
        self._file.require_action()
        id = int.from_bytes(hashlib.sha256(f"{told.product}/{told.language}".encode()).digest()[:6])
        row = (told.product, told.language, told.basis, json.dumps(told.sentences, ensure_ascii=False), told.weights,
               told.weights_sha256, told.prompt, told.refused, told.made)  # fmt: skip
        if self._file.one("SELECT 1 FROM summaries WHERE id = ?", (id,)):
            listed = ", ".join(f"{name.strip()} = ?" for name in _COLUMNS.split(","))
            self._file.run(f"UPDATE summaries SET {listed} WHERE id = ?", (*row, id))
        else:
            self._file.run(f"INSERT INTO summaries (id, {_COLUMNS}) VALUES ({', '.join('?' * 10)})", (id, *row))

    def kept_summary(self, product: int, language: str) -> Told | None:
        """Return what was kept of a product in a language, None where nothing was."""
        sql = f"SELECT {_COLUMNS} FROM summaries WHERE product = ? AND language = ?"
        found = self._file.one(sql, (product, language))
        if found is None:
            return None
        number, language, basis, sentences, weights, sha256, prompt, refused, made = found
        told = tuple((str(text), tuple(on), bool(own)) for text, on, own in json.loads(sentences))
        return Told(number, language, basis, told, weights, sha256, prompt, refused, made)

    def remove_summaries(self, products: Iterable[int], language: str) -> None:
        """Forget what weights wrote of these products; the plain text is shown again."""
        self._file.require_action()
        sql = "DELETE FROM summaries WHERE language = ? AND product IN (SELECT value FROM json_each(?))"
        self._file.run(sql, (language, json.dumps(list(products))))
