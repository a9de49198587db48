"""The record of the texts: which facts, weights, prompt and rules each came from, what was found, who approved it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_app import formats
from desktop_app.records import Draft, Product
from desktop_app.shop import Shop
from desktop_app.words import _

BATCH = 500
Row = tuple[str, ...]


def headings() -> Row:
    """Return what the columns are called."""
    return (
        _("Product"), _("SKU"), _("Field"), _("Language"), _("Channel"), _("Status"), _("Text"), _("Written by"),
        _("Weights"), _("SHA-256 of the weights"), _("Prompt"), _("Rules"), _("Facts it was given"), _("Findings"),
        _("Sentences taken back"), _("Read back"), _("Written"), _("Approved by"), _("Approved"),
    )  # fmt: skip


def rows(shop: Shop, *, approved_only: bool = False) -> Iterator[Row]:
    """Yield a row for each draft, oldest first; one approved several times names the last time."""
    last = {approval.draft: approval for approval in shop.approvals()}
    drafts = sorted(shop.drafts(status="approved" if approved_only else None), key=lambda d: d.id or 0)
    for start in range(0, len(drafts), BATCH):
        part = drafts[start : start + BATCH]
        products = {p.id: p for p in shop.products(sorted({d.product for d in part}))}
        for draft in part:
            approval = last.get(draft.id or 0) if draft.status == "approved" else None
            yield _row(draft, products.get(draft.product), approval.who if approval else "",
                       approval.at if approval else "")  # fmt: skip


def export(shop: Shop, *, path: Path, approved_only: bool = False) -> int:
    """Write the record as a table for spreadsheets, no cell of which is a formula; return how many rows it has."""
    found = list(rows(shop, approved_only=approved_only))
    formats.write_table([headings(), *found], path)
    return len(found)


def _row(draft: Draft, product: Product | None, who: str, when: str) -> Row:
    found = "; ".join(f"“{f.text}” ({f.kind}): {f.why}" for f in draft.findings)
    return (
        product.title if product else "", product.sku if product else "", draft.field, draft.language, draft.channel,
        draft.status, draft.text, draft.source, draft.weights, draft.weights_sha256, draft.prompt, draft.rules,
        "; ".join(draft.given), found, str(draft.refused), draft.back, draft.made, who, when,
    )  # fmt: skip
