"""What the merchant said: of questions and proposed facts, and how they changed texts that were written for them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from desktop_app.records import Draft, Edit
from desktop_app.shop import parts
from desktop_app.shop.connect import File

_THESE = "(SELECT value FROM json_each(?))"


class Learned:
    """The part of a shop that remembers what the merchant decided about facts and changed in texts."""

    _file: File

    def add_verdict(self, product: int, topic: str, verdict: str) -> None:
        """Remember a decision about a ``topic`` of a product ("question:material"): "skip", "never" or "no"."""
        self._file.require_action()
        sql = "INSERT INTO verdicts (product, topic, verdict, at) VALUES (?, ?, ?, ?)"
        self._file.run(sql, (product, topic, verdict, parts.now()))

    def verdicts(self, products: Iterable[int] | None = None) -> dict[int, dict[str, str]]:
        """Return what was decided of products (of all, for None): product -> topic -> the last verdict."""
        found: dict[int, dict[str, str]] = defaultdict(dict)
        where = "" if products is None else f" WHERE product IN {_THESE}"
        values = () if products is None else (json.dumps(list(products)),)
        for product, topic, verdict in self._file.all(
            f"SELECT product, topic, verdict FROM verdicts{where} ORDER BY id", values
        ):
            found[product][topic] = verdict
        return dict(found)

    def forget_verdicts(self, topic: str) -> None:
        """Ask again what was skipped under a topic or everything that begins with it."""
        self._file.require_action()
        self._file.run("DELETE FROM verdicts WHERE verdict = 'skip' AND topic LIKE ? || '%'", (topic,))

    def add_edit(self, draft: Draft, after: str) -> None:
        """Remember how the merchant changed a draft that was written for them."""
        self._file.require_action()
        sql = "INSERT INTO edits (product, draft, field, language, before, after, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        row = (draft.product, draft.id, draft.field, draft.language, draft.text, after, parts.now())
        self._file.run(sql, row)

    def edits(self, language: str = "", limit: int | None = None) -> list[Edit]:
        """Return the merchant's edits, newest first, in one language or in all."""
        where = "" if not language else " WHERE language = ?"
        values = (language,) if language else ()
        rows = self._file.all(
            f"SELECT product, draft, field, language, before, after, at FROM edits{where} ORDER BY id DESC LIMIT ?",
            (*values, -1 if limit is None else limit),
        )
        return [Edit(*row) for row in rows]

    def edit_months(self) -> list[tuple[str, int, int]]:
        """Return for each month ("2026-11") how many drafts were approved and how many of those had been edited."""
        sql = (
            "SELECT month, count(*), total(edited) FROM (SELECT min(substr(a.at, 1, 7)) AS month,"
            " EXISTS (SELECT 1 FROM edits e WHERE e.draft = a.draft) AS edited FROM approvals a"
            " JOIN drafts d ON d.id = a.draft WHERE d.status = 'approved' AND (d.source <> 'merchant' OR"
            " EXISTS (SELECT 1 FROM edits e WHERE e.draft = d.id)) GROUP BY a.draft) GROUP BY month ORDER BY month"
        )
        return [(month, count, int(edited)) for month, count, edited in self._file.all(sql)]
