"""Write texts for products: with the weights where they can, from the facts alone where they cannot."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop_app import weights
from desktop_app.engine import Began, Broken, Ended, Engine, Refused, Request, Sampling, Written
from desktop_app.engine import Message as Turn
from desktop_app.language import evidence, numbers, plain, prompts
from desktop_app.records import (
    Action,
    Described,
    Draft,
    Fact,
    Failed,
    Loading,
    Note,
    Piece,
    Product,
    Progress,
    Rejected,
    Saved,
    Weights,
    Wishes,
)
from desktop_app.shop import Shop
from desktop_app.tasks import engines
from desktop_app.tasks.products import now
from desktop_app.words import _

DescribeEvent = Loading | Note | Piece | Rejected | Saved | Failed | Progress | Described

TRIES = 5  # how often one product may lose its engine before the facts alone must do
LONGEST = {"short": 90, "medium": 160, "long": 260}  # tokens; a sentence of a product text is about 25


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
        if writer is not None and about is not None and _fits(about, wishes):
            yield from _by_weights(work, writer, about, ids, stop)
        else:
            if wishes.writer != "plain":
                yield Note(why_plain(about, wishes.language))
            yield from _by_facts(work, ids, stop)
    finally:
        action = shop.end(work.action)
    yield Described(
        work.saved, round(time.monotonic() - started, 3), work.prompt_tokens, work.decoded_tokens, work.kept_tokens,
        work.refused, action.id if action else None, stop.is_set(), job,
    )  # fmt: skip


def _begun(shop: Shop, wishes: Wishes, count: int, job: int | None) -> _Job:
    kept = None if job is None else shop.job(job)
    total, before = (kept.total, kept.done + kept.failed) if kept else (count, 0)
    name = "Describe one product" if total == 1 else "Describe {n} products"
    action = shop.begin(name, n=total) if job is None else shop.begin_job(job, name, n=total)
    return _Job(shop, wishes, action, total, before, job)


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


def _fits(about: Weights, wishes: Wishes) -> bool:
    if wishes.field != "description":
        return False  # titles, bullets and search texts are short lists of facts: code says them better
    return wishes.writer == "weights" or weights.can_write(about, wishes.language)


@dataclass(slots=True)
class _Job:
    """What one call has done so far."""

    shop: Shop
    wishes: Wishes
    action: Action
    total: int
    before: int = 0  # products that earlier runs of the same job saw to
    number: int | None = None  # the job in the shop file, where there is one
    saved: int = 0
    prompt_tokens: int = 0
    decoded_tokens: int = 0
    kept_tokens: int = 0
    refused: int = 0
    open: dict[str, Product] = field(default_factory=dict)

    def save(self, draft: Draft) -> Iterator[DescribeEvent]:
        with self.shop.step(self.action):
            # A text written again takes the place of the one that waited; that one can still be found, and undone to.
            waiting = self.shop.drafts(status="new", product=draft.product)
            older = [d.id for d in waiting if (d.field, d.language) == (draft.field, draft.language) and d.id]
            if older:
                self.shop.set_draft_status(older, "rejected")
            kept = self.shop.add_draft(replace(draft, made=now()))
            if self.number is not None:
                self.shop.tick(self.number, kept)
        self.saved += 1
        yield Saved(kept)
        yield Progress(self.before + self.saved, self.total)

    def plain(self, product: Product) -> Draft:
        """Build the text from the facts alone."""
        wishes = self.wishes
        written = plain.write(
            product, language=wishes.language, field=wishes.field, length=wishes.length, tone=wishes.tone,
            variety=(product.id or 0) + wishes.seed,
        )  # fmt: skip
        return Draft(
            product=product.id or 0, field=wishes.field, language=wishes.language, text=written.text, source="plain",
            evidence=written.evidence, seed=wishes.seed, facts=_ids(product.facts), given=_said(product.facts),
            findings=tuple(numbers.unsupported(written.text, product, wishes.language)),
        )  # fmt: skip


def _by_facts(job: _Job, ids: Sequence[int], stop: threading.Event) -> Iterator[DescribeEvent]:
    for number in ids:
        if stop.is_set():
            return
        draft = job.plain(job.shop.product(number))
        if job.total == 1:
            yield Piece(draft.product, draft.field, draft.text)
        yield from job.save(draft)


def _by_weights(
    job: _Job, engine: Engine, about: Weights, ids: Sequence[int], stop: threading.Event
) -> Iterator[DescribeEvent]:
    waiting = deque(ids)
    tries: dict[int, int] = {}
    while waiting and not stop.is_set():
        again: list[int] = []
        for event in engine.run(_requests(job, waiting), stop):
            if isinstance(event, Broken):
                product = job.open.pop(event.request)
                number = product.id or 0
                tries[number] = tries.get(number, 0) + 1
                if tries[number] < TRIES:
                    again.append(number)
                    continue
                yield Note(str(event.error))
                yield from job.save(job.plain(product))
            else:
                yield from _follow(job, about, event)
        waiting.extend(again)
        job.open.clear()


def _follow(job: _Job, about: Weights, event: object) -> Iterator[DescribeEvent]:
    """Turn one engine event into what the merchant sees."""
    if isinstance(event, Began):
        product = job.open[event.request]
        yield Loading(_("Writing {title}", title=product.title))
    elif isinstance(event, Written):
        yield Piece(job.open[event.request].id or 0, job.wishes.field, event.text)
    elif isinstance(event, Refused):
        job.refused += 1
        yield Rejected(job.open[event.request].id or 0, event.text, event.verdict)
    elif isinstance(event, Ended):
        product = job.open.pop(event.request)
        job.prompt_tokens += event.prompt_tokens
        job.decoded_tokens += event.decoded_tokens
        job.kept_tokens += event.kept_tokens
        draft = _draft(job, about, product, event)
        if draft is not None:
            yield from job.save(draft)


def _draft(job: _Job, about: Weights, product: Product, ended: Ended) -> Draft | None:
    text = prompts.tidy(ended.text, complete=ended.reason == "stop")
    if not text:
        # Stopped before the first word: there is nothing to keep. Ended by itself without one: the facts must do.
        return None if ended.reason == "stopped" else job.plain(product)
    if ended.reason == "stopped" and job.total > 1:
        return None  # half a text is worth keeping for the one product on screen, not for dozens nobody watched
    wishes = job.wishes
    return Draft(
        product=product.id or 0, field=wishes.field, language=wishes.language, text=text, source="weights",
        evidence=evidence.spans(text, product, wishes.language),
        findings=tuple(numbers.unsupported(text, product, wishes.language)),
        refused=ended.refused, weights=about.name, weights_sha256=about.sha256,
        prompt=prompts.version(wishes), seed=_seed(product, wishes), facts=_ids(product.facts),
        given=_said(product.facts), stopped=ended.reason == "stopped",
    )  # fmt: skip


def _requests(job: _Job, waiting: deque[int]) -> Iterator[Request]:
    """Make each request only when the engine asks for it, so a job of any size stays small in memory."""
    while waiting:
        product = job.shop.product(waiting.popleft())
        name = str(product.id)
        job.open[name] = product
        yield _request(name, product, job.wishes, interactive=job.total == 1)


def _request(name: str, product: Product, wishes: Wishes, *, interactive: bool) -> Request:
    turns = prompts.render(product, wishes)
    return Request(
        id=name,
        messages=tuple(Turn(role, text) for role, text in turns),
        sampling=Sampling(temperature=0.7, top_p=0.9, min_p=0.05, repeat_penalty=1.1, seed=_seed(product, wishes)),
        max_tokens=LONGEST[wishes.length],
        priority="interactive" if interactive else "bulk",
    )


def _seed(product: Product, wishes: Wishes) -> int:
    """Give neighbours different seeds and one product the same text each time it is asked in the same way."""
    return ((product.id or 0) * 7919 + wishes.seed) % 2**31


def _ids(known: Sequence[Fact]) -> tuple[int, ...]:
    return tuple(f.id for f in known if f.id is not None)


def _said(known: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(f.said for f in known if f.id is not None)
