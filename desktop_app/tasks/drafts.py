"""What the merchant decides about a draft: approve, reject, edit, think again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.errors import UserError
from desktop_app.records import Action, Draft, DraftStatus, Field
from desktop_app.review_records import review_of
from desktop_app.shop import Shop
from desktop_app.tasks import standard
from desktop_app.tasks.products import now
from desktop_app.tasks.work import rules_of, told_of


def approve(shop: Shop, ids: Sequence[int]) -> Action:
    """Approve drafts; the approved text is what an export takes."""
    return _decide(shop, ids, "approved", "Approve one draft", "Approve {n} drafts")


def reject(shop: Shop, ids: Sequence[int]) -> Action:
    """Reject drafts; they stay in the shop file and can be found again."""
    return _decide(shop, ids, "rejected", "Reject one draft", "Reject {n} drafts")


def reopen(shop: Shop, ids: Sequence[int]) -> Action:
    """Put drafts back into the queue."""
    return _decide(shop, ids, "new", "Put one draft back in the queue", "Put {n} drafts back in the queue")


def edit(shop: Shop, draft: int, text: str) -> Action:
    """Replace a draft's text with the merchant's own words; claims the product does not carry are marked anew."""
    old = _known(shop, [draft])[0]
    text = text.strip()
    if not text:
        raise UserError("The text is empty. The draft stays as it was; to be rid of it, reject it.")
    with shop.act("Edit a draft") as action:
        if text != old.text:
            product = shop.product(old.product)
            if old.source != "merchant":
                shop.add_edit(old, text)
            # Ordinary words are the merchant's to choose; claims without a fact are marked in their text as in any.
            stands = standard.of(shop)
            checked = stands.hold(
                text, product, old.language, kind=old.field, channel=old.channel, strict=False, looks_again=True
            )
            marked = checked.findings
            if not _of_facts(old.field):
                # What customers say is no fact of the product; what may never be said is marked all the same.
                marked = tuple(found for found in marked if found.rule and found.kind not in ("opinion", "feature"))
            told: dict[str, Any] = {"given": ()}
            if _of_facts(old.field) and checked.evidence:
                told = dict(told_of(product, text, checked.evidence, old.language))
            shop.replace_draft(
                replace(
                    old,
                    text=text,
                    source="merchant",
                    evidence=checked.evidence,
                    findings=marked,
                    **told,
                    rules=rules_of(old.language, old.channel, stands.packs),
                )
            )
    return action


def write(shop: Shop, product: int, field: Field, language: str, text: str) -> Draft:
    """Keep what the merchant wrote as a draft of its own; one that waited for the same place is put away."""
    text = text.strip()
    if not text:
        raise UserError("The text is empty. Nothing was saved.")
    known = shop.product(product)
    # Ordinary words are the merchant's to choose; claims without a fact are marked in their text as in any.
    stands = standard.of(shop)
    checked = stands.hold(text, known, language, kind=field, strict=False, looks_again=True)
    draft = Draft(
        product, field, language, text, source="merchant", evidence=checked.evidence, findings=checked.findings,
        made=now(), rules=rules_of(language, "", stands.packs), **told_of(known, text, checked.evidence, language),
    )  # fmt: skip
    with shop.act("Write the text of {title}", title=known.title):
        waiting = shop.drafts(status="new", product=product)
        older = [d.id for d in waiting if (d.field, d.language) == (field, language) and d.id is not None]
        if older:
            shop.set_draft_status(older, "rejected")
        return shop.add_draft(draft)


def _of_facts(field: str) -> bool:
    """Tell whether a text says what the facts of a product say, and not what its customers do."""
    return field != "reviews" and review_of(field) is None


def _decide(shop: Shop, ids: Sequence[int], status: DraftStatus, one: str, many: str) -> Action:
    _known(shop, ids)
    with shop.act(one if len(ids) == 1 else many, n=len(ids)) as action:
        shop.set_draft_status(list(ids), status)
    return action


def _known(shop: Shop, ids: Sequence[int]) -> list[Draft]:
    if not ids:
        raise UserError("No draft was chosen. Nothing was changed.")
    found = {draft.id: draft for draft in shop.drafts(ids=ids)}
    missing = [str(i) for i in ids if i not in found]
    if missing:
        raise UserError("There is no draft {ids} in this shop. Nothing was changed.", ids=", ".join(missing))
    return [found[i] for i in ids]
