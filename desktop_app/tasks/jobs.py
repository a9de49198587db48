"""Write texts for many products as a job that a crash, a closed window or a sleeping laptop cannot lose."""

from __future__ import annotations

import hashlib
import platform
import threading
import time
from collections.abc import Iterator, Sequence

from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.records import Described, Draft, Failed, Field, Job, JobChoice, Note, Saved, Weights, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import engines
from desktop_app.tasks.describe import DescribeEvent, describe
from desktop_app.words import _, several

ENDED = ("done", "stopped")


def start(shop: Shop, *, products: Sequence[int], wishes: Wishes, choice: JobChoice = "", hours: str = "") -> int:
    """Keep a new job in the shop file and return its number; UserError where there is nothing to write."""
    if not products:
        raise UserError("No product was chosen. Nothing was written.")
    return shop.add_job(products, wishes, choice, hours)


def take_up(
    shop: Shop, *, products: Sequence[int], wishes: Wishes, choice: JobChoice = "", hours: str = ""
) -> int | None:
    """Return the unfinished job that the same words began, with the products added that are new; else start one.

    A job of which drafts were undone, or whose products need a text again, is given up for a new one: whoever asks
    for them once more wants them. None where nothing is asked for and nothing is left.
    """
    asked = list(dict.fromkeys(products))
    for job in shop.jobs():
        if job.state in ENDED or (job.wishes, job.choice) != (wishes, choice):
            continue
        own = shop.job_products(job.id)
        if not choice and own != asked:
            continue
        if job.state == "running":
            return job.id  # `run` says that somebody else is at it
        if not _superseded(shop, job, own, asked):
            shop.extend_job(job.id, asked)
            shop.set_job_hours(job.id, hours)
            return job.id
        shop.cancel_job(job.id)
    return start(shop, products=asked, wishes=wishes, choice=choice, hours=hours) if asked else None


def run(shop: Shop, engine: Engine | None, stop: threading.Event, *, job: int) -> Iterator[DescribeEvent]:
    """Write what is left of a job, with the events of ``describe``; each product is done once, whatever happens.

    A job whose program died goes on where it was; UserError if somebody else works at it, or it is ended. Stop pauses
    it; a cancel from elsewhere sets ``stop`` after the product at hand. Drafts that were undone are not written
    again, and a note says so; products that are no longer in the shop fail.
    """
    shop.take_job(job)
    kept, pace = shop.job(job), _Pace()

    def leave() -> None:
        shop.leave_job(
            job, paused=stop.is_set(), machine=_machine(), weights=pace.weights, seconds=pace.seconds, texts=pace.texts
        )

    try:
        yield from _said_before(shop, kept)
        for event in pace.taken(_whole(shop, engine, stop, kept)):
            if isinstance(event, Described):
                leave()
            elif isinstance(event, Saved) and not pace.weights:
                pace.weights = _on_hand(engine, kept.wishes)
            yield event
            if isinstance(event, Saved | Failed) and shop.job_cancelled(job):
                stop.set()
    finally:
        leave()


def waiting(shop: Shop) -> list[Job]:
    """Return the jobs that somebody may go on with, oldest first: paused, left by a crash, or never begun."""
    return [job for job in reversed(shop.jobs()) if job.state in ("waiting", "paused")]


def by_hand(shop: Shop, job: int) -> None:
    """Take a job out of its hours: somebody paused it, so it goes on only when somebody says so."""
    if shop.job(job).hours:
        shop.set_job_hours(job, "")


def cancel(shop: Shop, job: int) -> Job:
    """Give a job up for good; what it wrote stays, and a run elsewhere ends after the product at hand."""
    shop.cancel_job(job)
    return shop.job(job)


def estimate(shop: Shop, *, wishes: Wishes, weights: Weights | None) -> float | None:
    """Return how many seconds such a text took in the last jobs on this machine; None where nobody knows yet."""
    name = "" if weights is None or wishes.writer == "plain" else weights.name
    return shop.seconds_a_text(wishes, _machine(), name)


def chosen(shop: Shop, choice: JobChoice, wishes: Wishes) -> list[int]:
    """Return the products on sale that a choice means for such a text, by title.

    ``missing``: those without it; ``stale``: those whose facts changed under it, the merchant's own words left out;
    ``translate``: those with an approved text in the language it is translated from and none in this one.
    """
    every = shop.search(sort="title")
    if choice == "missing" and wishes.field == "description" and wishes.language == shop.setting("language", "en"):
        return shop.search(sort="title", text="missing")
    if choice == "stale":
        found = stale(shop, field=wishes.field, language=wishes.language)
        return [d.product for d in found if d.source != "merchant"]
    if choice in ("missing", "translate"):
        there = shop.written(wishes.field, wishes.language)
        wanted = shop.written(wishes.field, wishes.translated_from, approved=True) if choice == "translate" else None
        return [id for id in every if id not in there and (wanted is None or id in wanted)]
    return every


def stale(shop: Shop, *, field: Field, language: str = "") -> list[Draft]:
    """Return the texts of products on sale whose facts changed since, by title; in one language or in all."""
    changed = shop.drafts(ids=shop.stale())
    place = {product: n for n, product in enumerate(shop.search(sort="title"))}
    found = [d for d in changed if d.field == field and language in ("", d.language) and d.product in place]
    return sorted(found, key=lambda draft: place[draft.product])


def _superseded(shop: Shop, job: Job, own: Sequence[int], asked: Sequence[int]) -> bool:
    if shop.taken_back_of_job(job.id):
        return True
    if job.choice not in ("missing", "stale"):
        return False
    done = set(own).difference(shop.left_of_job(job.id))
    return not done.isdisjoint(asked)


def _said_before(shop: Shop, job: Job) -> Iterator[DescribeEvent]:
    if job.left < job.total:
        yield Note(_("Job {id} goes on: {n} of {total} products are left.", id=job.id, n=job.left, total=job.total))
    if undone := shop.taken_back_of_job(job.id):
        yield Note(
            several(
                "{count} text of this job was undone and is not written again. To have it, describe that product anew.",
                "{count} texts of this job were undone and are not written again. "
                "To have them, describe those products anew.",
                undone,
            )
        )


def _whole(shop: Shop, engine: Engine | None, stop: threading.Event, job: Job) -> Iterator[DescribeEvent]:
    """Describe what is left; a product that goes while others are written costs that product, not the job."""
    while True:
        if gone := shop.unknown_in_job(job.id):
            why = _("This product is no longer in the shop.")
            shop.fail_in_job(job.id, gone, why)
            yield from (Failed(product, why) for product in gone)
        left = shop.left_of_job(job.id)
        try:
            for event in describe(shop, engine, stop, products=left, wishes=job.wishes, job=job.id):
                if isinstance(event, Failed):
                    shop.fail_in_job(job.id, [event.product], event.why)
                yield event
        except UserError:
            if not shop.unknown_in_job(job.id):
                raise
        else:
            return


class _Pace:
    """Counts the texts of a run and the seconds spent on them; what the reader of the events takes is not counted."""

    def __init__(self) -> None:
        self.texts = 0
        self.seconds = 0.0
        self.weights = ""

    def taken(self, events: Iterator[DescribeEvent]) -> Iterator[DescribeEvent]:
        """Pass events on. The clock starts at the first one: loading weights is no part of writing a text."""
        since = None
        for event in events:
            if since is not None:
                self.seconds += time.monotonic() - since
            self.texts += isinstance(event, Saved)
            yield event
            since = time.monotonic()


def _on_hand(engine: Engine | None, wishes: Wishes) -> str:
    if engine is None or wishes.writer == "plain":
        return ""
    return engines.identified(engine.about()).name


def _machine() -> str:
    """Name this machine without telling its name: a shop file may be mailed to somebody."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:12]
