"""Write texts for products: with the weights where they can, from the facts alone where they cannot."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop_app import weights
from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.language import limits, prompts, voice
from desktop_app.records import (
    Described,
    Failed,
    Loading,
    Note,
    Piece,
    Progress,
    Rejected,
    Saved,
    Weights,
    Wishes,
)
from desktop_app.shop import Shop
from desktop_app.tasks import engines, standard
from desktop_app.tasks.by_weights import by_weights
from desktop_app.tasks.translate import translate
from desktop_app.tasks.voice import LEARNED
from desktop_app.tasks.work import Work
from desktop_app.words import _

_BY_FACTS = frozenset({"en", "zh"})  # languages of the plain writer
NEWEST = 200  # of the approved texts, where examples of the shop's voice are looked for
DescribeEvent = Loading | Note | Piece | Rejected | Saved | Failed | Progress | Described


def describe(
    shop: Shop,
    engine: Engine | None,
    stop: threading.Event,
    *,
    products: Sequence[int],
    wishes: Wishes,
    job: int | None = None,
) -> Iterator[DescribeEvent]:
    """Write one draft for each product, in the order given, and save each as soon as it ends.

    All drafts of a call belong to one action. Stop ends within a moment; of a single product it keeps, as a
    draft, what is written so far. An engine that dies is started again and goes on at the product it was at.
    ``job`` names the job in the shop file that this carries on (tasks/jobs.py): its products are ticked off there
    in the transaction that saves their draft, and all of it is that job's action.
    """
    started = time.monotonic()
    ids = list(products)
    work = _begun(shop, wishes, len(ids), job)
    try:
        writer = engine if engine is not None and wishes.writer != "plain" else None
        about = engines.identified(writer.about()) if writer is not None else None
        _must_be_known(about, wishes)
        if wishes.translated_from:
            yield from translate(work, writer, about, ids, stop)
        elif writer is not None and about is not None and _fits(about, wishes):
            work.examples = _examples(shop, wishes) if work.standard.voice.examples else ()
            yield from by_weights(work, writer, about, ids, stop)
        else:
            if wishes.writer != "plain":
                yield Note(_short(wishes) or why_plain(about, wishes.language))
            yield from _by_facts(work, ids, stop)
    finally:
        action = shop.end(work.action)
    yield Described(
        work.saved, round(time.monotonic() - started, 3), work.prompt_tokens, work.decoded_tokens, work.kept_tokens,
        work.refused, action.id if action else None, stop.is_set(), job,
        work.own_words,
    )  # fmt: skip


def _begun(shop: Shop, wishes: Wishes, count: int, job: int | None) -> Work:
    stands = standard.of(shop)
    limits.must_be_known(wishes.channel, stands.packs)
    kept = None if job is None else shop.job(job)
    total, before = (kept.total, kept.done + kept.failed) if kept else (count, 0)
    name = "Describe one product" if total == 1 else "Describe {n} products"
    action = shop.begin(name, n=total) if job is None else shop.begin_job(job, name, n=total)
    spoken = stands.voice
    habits = tuple(voice.learn(shop.edits(limit=LEARNED), spoken.off))
    if wishes.length == spoken.length:  # what was asked for this once goes before what was learned
        wishes = replace(wishes, length=voice.length(wishes.length, habits, wishes.language))
    return Work(
        shop, wishes, action, total, before, job, standard=stands, habits=habits,
        glossary=tuple(str(word) for word in shop.setting("glossary", ())),
    )  # fmt: skip


def _examples(shop: Shop, wishes: Wishes) -> tuple[prompts.Example, ...]:
    """Return sentences of the newest descriptions that the merchant approved, their own words first."""
    newest = shop.drafts(status="approved", limit=NEWEST)
    drafts = [d for d in newest if (d.field, d.language) == ("description", wishes.language)]
    drafts = sorted(drafts, key=lambda d: (d.source != "merchant", -(d.id or 0)))[: prompts.EXAMPLES * 3]
    products = {p.id: p for p in shop.products([d.product for d in drafts])}
    return prompts.examples_of(
        ((products[d.product], d.text, d.evidence) for d in drafts if d.product in products and not d.findings),
        wishes.language,
    )


def why_plain(about: Weights | None, language: str) -> str:
    """Say why the weights do not write here, and what does instead."""
    spoken = {"en": _("English"), "zh": _("Chinese")}.get(language, language)
    if about is None:
        return _("There are no writing weights on this machine, so the texts are built from the facts alone.")
    return _(
        "{name} cannot write {language} well, so the texts are built from the facts alone. "
        "Weights that can are named on the Weights page.",
        name=about.name,
        language=spoken,
    )


def _short(wishes: Wishes) -> str:
    """Say why no weights write a title or a search text, "" for a description."""
    if wishes.field == "description":
        return ""
    return _("Titles, points and search texts are short lists of facts, which code says better: no weights write them.")


def _must_be_known(about: Weights | None, wishes: Wishes) -> None:
    """Raise `UserError` for a language that neither the weights nor the plain writer know."""
    if wishes.language not in _BY_FACTS and not (about is not None and _fits(about, wishes)):
        raise UserError(
            "From the facts alone texts are written in English and Chinese. For {language} choose weights that write "
            "it, on the Weights page.", language=wishes.language,
        )  # fmt: skip


def _fits(about: Weights, wishes: Wishes) -> bool:
    if wishes.field != "description":
        return False  # titles, bullets and search texts are short lists of facts: code says them better
    return wishes.writer == "weights" or weights.can_write(about, wishes.language)


def _by_facts(work: Work, ids: Sequence[int], stop: threading.Event) -> Iterator[DescribeEvent]:
    for number in ids:
        if stop.is_set():
            return
        draft = work.plain(work.shop.product(number))
        if not draft.text:
            yield from work.silent(work.shop.product(number))
            continue
        if work.total == 1:
            yield Piece(draft.product, draft.field, draft.text)
        yield from work.save(draft)
