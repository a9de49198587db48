"""Drafts and what the merchant decided about them: who approved which words, and when, and what was exported."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop_app.errors import UserError
from desktop_app.records import Approval, Draft, DraftStatus, Finding, Span
from desktop_app.shop import parts, stale
from desktop_app.shop.connect import File, Row

COLUMNS = (
    "product, field, language, text, status, source, evidence, findings, refused, weights, weights_sha256, prompt,"
    " seed, facts, given, stopped, made, likelihood, rules, back, channel"
)
_THESE = "(SELECT value FROM json_each(?))"
# Of the approved drafts, the one approved last stands for its product, field and language.
_STANDING = f"""SELECT d.id, {", ".join("d." + c.strip() for c in COLUMNS.split(","))}, max(a.id) AS approved
 FROM drafts d JOIN approvals a ON a.draft = d.id WHERE d.status = 'approved'{{}} GROUP BY d.id ORDER BY approved"""


class Drafts:
    """The part of a shop that holds drafts."""

    _file: File

    def add_draft(self, draft: Draft) -> Draft:
        """Keep a draft and return it with its id and date."""
        self._file.require_action()
        draft = stale.told(self._file, replace(draft, made=draft.made or parts.now()))
        sql = f"INSERT INTO drafts ({COLUMNS}) VALUES ({', '.join('?' * (COLUMNS.count(',') + 1))})"
        kept = replace(draft, id=self._file.run(sql, _row(draft)))
        if kept.status == "approved":
            self._approve([kept.id or 0])
        return kept

    def draft(self, id: int) -> Draft:
        """Return one draft; UserError if there is none with this id."""
        found = self.drafts(ids=[id])
        if not found:
            raise UserError("There is no draft with the number {id} in this shop.", id=id)
        return found[0]

    def drafts(
        self,
        status: DraftStatus | None = None,
        product: int | None = None,
        limit: int | None = None,
        ids: Iterable[int] | None = None,
    ) -> list[Draft]:
        """Return drafts, newest first, of one status, one product or these ids where asked."""
        tests: list[tuple[str, Any]] = []
        if status is not None:
            tests.append(("status = ?", status))
        if product is not None:
            tests.append(("product = ?", product))
        if ids is not None:
            tests.append((f"id IN {_THESE}", json.dumps(list(ids))))
        where = f"WHERE {' AND '.join(test for test, _value in tests)}" if tests else ""
        values = [value for _test, value in tests]
        sql = f"SELECT id, {COLUMNS} FROM drafts {where} ORDER BY id DESC LIMIT ?"
        return [_draft(row) for row in self._file.all(sql, (*values, -1 if limit is None else limit))]

    def set_draft_status(self, ids: Iterable[int], status: DraftStatus) -> None:
        """Approve, reject or reopen drafts; an approval keeps who, when and which words."""
        self._file.require_action()
        listed = list(ids)
        changed = self._file.all(
            f"SELECT id FROM drafts WHERE id IN {_THESE} AND status <> ? ORDER BY id", (json.dumps(listed), status)
        )
        self._file.many("UPDATE drafts SET status = ? WHERE id = ?", [(status, id) for (id,) in changed])
        if status == "approved":
            self._approve(listed)

    def replace_draft(self, draft: Draft) -> None:
        """Bring a stored draft to what ``draft`` says; an approved one is approved anew with its new words."""
        self._file.require_action()
        before = self.draft(draft.id or 0)
        draft = stale.told(self._file, replace(draft, made=draft.made or before.made))
        listed = ", ".join(f"{name.strip()} = ?" for name in COLUMNS.split(","))
        self._file.run(f"UPDATE drafts SET {listed} WHERE id = ?", (*_row(draft), draft.id))
        if draft.status == "approved" and (before.status, before.text) != (draft.status, draft.text):
            self._approve([draft.id or 0])

    def approvals(self) -> list[Approval]:
        """Return every approval there was, oldest first: who, when, and which words."""
        return [Approval(*row) for row in self._file.all("SELECT draft, at, who, text FROM approvals ORDER BY id")]

    def approved(self, ids: Iterable[int] | None = None) -> list[Draft]:
        """Return, for each product (of ``ids``), field and language, the draft approved last."""
        if ids is None:
            rows = self._file.all(_STANDING.format(""))
        else:
            rows = self._file.all(_STANDING.format(f" AND d.product IN {_THESE}"), (json.dumps(list(ids)),))
        standing = {(row[1], row[2], row[3]): row for row in rows}  # the last one wins
        return sorted((_draft(row[:-1]) for row in standing.values()), key=lambda d: d.id or 0)

    def written(self, field: str, language: str, *, approved: bool = False) -> set[int]:
        """Return the products that have a text in this field and language which is not rejected (or is approved)."""
        test = "status = 'approved'" if approved else "status <> 'rejected'"
        sql = f"SELECT DISTINCT product FROM drafts WHERE field = ? AND language = ? AND {test}"
        return {product for (product,) in self._file.all(sql, (field, language))}

    def stale(self, ids: Iterable[int] | None = None) -> dict[int, tuple[tuple[str, str], ...]]:
        """Return the drafts (of products ``ids``) whose facts say something else by now: draft -> ((was, is), …).

        Only the newest draft that stands for its product, field and language is looked at. A fact that is gone is "";
        facts that came later make no text stale.
        """
        return stale.found(self._file, ids)

    def mark_exported(self, ids: Iterable[int]) -> None:
        """Remember that these drafts' words went out; exporting is no action, so this cannot be undone."""
        rows = [(d.product, d.field, d.language, _digest(d.text), parts.now()) for d in self.drafts(ids=ids)]
        sql = (
            "INSERT INTO exports (product, field, language, sha256, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (product, field, language) DO UPDATE SET sha256 = excluded.sha256, at = excluded.at"
        )
        if rows:
            with self._file.transaction():
                self._file.many(sql, rows)

    def _not_exported(self) -> int:
        known = {
            tuple(row[:3]): row[3] for row in self._file.all("SELECT product, field, language, sha256 FROM exports")
        }
        # As ``approved`` chooses, without building drafts: a front page asks for this after every change.
        rows = self._file.all(
            "SELECT d.product, d.field, d.language, d.text, max(a.id) AS approved FROM drafts d"
            " JOIN approvals a ON a.draft = d.id WHERE d.status = 'approved' AND d.field NOT LIKE 'reply:%'"
            " AND d.field <> 'reviews' GROUP BY d.id ORDER BY approved"
        )
        standing = {tuple(row[:3]): row[3] for row in rows}
        return sum(known.get(key) != _digest(text) for key, text in standing.items())

    def _approve(self, ids: list[int]) -> None:
        who, at = _person(), parts.now()
        chosen = f"SELECT id, ?, ?, text FROM drafts WHERE id IN {_THESE} ORDER BY id"
        self._file.run(f"INSERT INTO approvals (draft, at, who, text) {chosen}", (at, who, json.dumps(ids)))


def _person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _row(d: Draft) -> Row:
    evidence = (
        json.dumps([[s.start, s.end, list(s.facts)] for s in d.evidence], ensure_ascii=False) if d.evidence else ""
    )
    findings = (
        json.dumps(
            [[f.start, f.end, f.text, f.kind, f.why, f.rule, f.suggestion] for f in d.findings], ensure_ascii=False
        )
        if d.findings
        else ""
    )
    return (
        d.product, d.field, d.language, d.text, d.status, d.source, evidence, findings, d.refused, d.weights,
        d.weights_sha256, d.prompt, d.seed, json.dumps(d.facts) if d.facts else "",
        json.dumps(d.given, ensure_ascii=False) if d.given else "", int(d.stopped), d.made,
        d.likelihood, d.rules, d.back, d.channel,
    )  # fmt: skip


def _draft(row: Row) -> Draft:
    (id, product, field, language, text, status, source, evidence, findings, refused, weights, weights_sha256, prompt,
     seed, facts, given, stopped, made, likelihood, rules, back, channel) = row  # fmt: skip
    spans = tuple(Span(start, end, tuple(names)) for start, end, names in json.loads(evidence or "[]"))
    marked = tuple(Finding(*parts_) for parts_ in json.loads(findings or "[]"))
    return Draft(
        product, field, language, text, status, source, spans, marked, refused, weights, weights_sha256, prompt, seed,
        tuple(json.loads(facts or "[]")), bool(stopped), made, id, tuple(json.loads(given or "[]")),
        likelihood, rules or "", back or "", channel or "",
    )  # fmt: skip
