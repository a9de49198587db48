"""Which texts rest on facts that have changed since they were written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from desktop_app.records import Draft
from desktop_app.shop import shelf
from desktop_app.shop.connect import File

BATCH = 5_000  # drafts; their facts are in memory at once
_THESE = "(SELECT value FROM json_each(?))"
_SAID = "rtrim(name || ': ' || value || ' ' || unit)"  # as Fact.said
Changes = tuple[tuple[str, str], ...]


def told(file: File, draft: Draft) -> Draft:
    """Return the draft with what its facts say now, where its writer did not note what they said."""
    if not draft.facts or draft.given:
        return draft
    said = _said(file, f"id IN {_THESE}", draft.facts)
    given = tuple(said.get(id, "") for id in draft.facts)
    return replace(draft, given=given if any(given) else ())


def found(file: File, products: Iterable[int] | None) -> dict[int, Changes]:
    """Return the standing drafts whose facts say something else by now, with what each said and says."""
    where, values = "", []
    if products is not None:
        where, values = f" AND product IN {_THESE}", [json.dumps(list(products))]
    # Of all that were not rejected, the newest stands for its product, field and language.
    standing = f"SELECT max(id) FROM drafts WHERE status <> 'rejected'{where} GROUP BY product, field, language"
    sql = f"SELECT id, product, facts, given FROM drafts WHERE id IN ({standing}) AND given <> '' ORDER BY product"
    stale: dict[int, Changes] = {}
    for batch in shelf.batches(file.all(sql, values), BATCH):
        said = _said(file, f"product IN {_THESE}", [product for _id, product, _facts, _given in batch])
        for id, _product, facts, given in batch:
            pairs = [(was, said.get(fact, "")) for fact, was in zip(json.loads(facts), json.loads(given), strict=True)]
            if changes := tuple((was, now) for was, now in pairs if was != now):
                stale[id] = changes
    return stale


def _said(file: File, where: str, ids: Iterable[int]) -> dict[int, str]:
    return dict(file.all(f"SELECT id, {_SAID} FROM facts WHERE {where}", (json.dumps(list(ids)),)))
