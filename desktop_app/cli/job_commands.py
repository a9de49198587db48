"""The commands for writing in bulk: jobs, going on with them, and what --all, --missing and --stale choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.cli.writing import show_described
from desktop_app.engine import Engine
from desktop_app.records import Described, Job, JobChoice, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import engines, jobs
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def describe_many(
    call: Call, shop: Shop, engine: Engine | None, ids: Sequence[int], wishes: Wishes, choice: JobChoice
) -> None:
    """Write for many products as a job; the same words again go on with a job that was cut short."""
    job = jobs.take_up(shop, products=ids, wishes=wishes, choice=choice)
    if job is None:
        show_described(call.show, Described(0, 0.0), alone=False)
    else:
        _run(call, shop, engine, shop.job(job))


def describe_stale(call: Call, shop: Shop, engine: Engine | None, wishes: Wishes) -> None:
    """Write the texts anew whose facts changed, in the language each is in; the merchant's own words are left alone."""
    found = jobs.stale(shop, field=wishes.field, language=call.wishes.language)
    if own := [str(d.id) for d in found if d.source == "merchant"]:
        call.show.note(
            _("Facts changed under texts in your own words; they are left as they are: {ids}", ids=", ".join(own))
        )
    texts = [d for d in found if d.source != "merchant"]
    for language in dict.fromkeys(d.language for d in texts) or [wishes.language]:
        ids = [d.product for d in texts if d.language == language]
        describe_many(call, shop, engine, ids, replace(wishes, language=language), "stale")
        if call.stop.is_set():
            return


def list_jobs(call: Call) -> None:
    """List the jobs, newest first, or cancel one."""
    with call.shop() as shop:
        if call.wishes.cancel is not None:
            _show(call, shop, jobs.cancel(shop, call.wishes.cancel))
            return
        found = shop.jobs()
        for job in found:
            _show(call, shop, job)
    if not found:
        call.show.note(_("There are no jobs."))


def resume(call: Call) -> None:
    """Go on with one job, or with all that wait, oldest first."""
    with call.shop() as shop, call.engine() as engine:
        for job in _wanted(call, shop):
            _run(call, shop, engine, job)
            if call.stop.is_set():
                return


def _wanted(call: Call, shop: Shop) -> list[Job]:
    if call.wishes.id is not None:
        job = shop.job(call.wishes.id)
        if job.state == "done":
            call.show.note(_("Job {id} is done.", id=job.id))
            return []
        return [job]
    found = jobs.waiting(shop) or [job for job in shop.jobs() if job.state == "running"][:1]
    if not found:
        call.show.note(_("No job waits."))
    return found


def _run(call: Call, shop: Shop, engine: Engine | None, job: Job) -> None:
    asks = engine is not None and job.wishes.writer != "plain" and not call.show.quiet and job.state != "running"
    about = engines.identified(engine.about()) if engine is not None and asks else None
    seconds = jobs.estimate(shop, wishes=job.wishes, weights=about)
    if seconds is not None and job.left > 1:
        call.show.note(_("{n} products, about {time} here.", n=job.left, time=_duration(seconds * job.left)))
    for event in jobs.run(shop, engine, call.stop, job=job.id):
        show_described(call.show, event, alone=False)
    left = shop.job(job.id)
    if call.stop.is_set() and left.left and left.state != "stopped":
        said = several(
            "Stopped; {count} product is left. Go on with: zhanggui resume {id}",
            "Stopped; {count} products are left. Go on with: zhanggui resume {id}", left.left, id=job.id,
        )  # fmt: skip
        call.show.problem(said)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return several("{count} second", "{count} seconds", max(1, round(seconds)))
    if seconds < 90 * 60:
        return several("{count} minute", "{count} minutes", round(seconds / 60))
    return several("{count} hour", "{count} hours", round(seconds / 3600))


def _show(call: Call, shop: Shop, job: Job) -> None:
    state = {
        "waiting": _("waits"), "running": _("runs"), "paused": _("paused"), "stopped": _("cancelled"),
        "done": _("done"),
    }[job.state]  # fmt: skip
    failures = shop.failures_of_job(job.id)
    name = _("Describe {n} products", n=job.total)
    text = f"{job.id}\t{job.made}\t{state}\t{job.done}/{job.total}\t{name}"
    text += "".join(f"\n  id:{product}\t{why}" for product, why in failures[:20])
    call.show.event(
        "job", text, job=job.id, what=job.what, state=job.state, done=job.done, failed=job.failed, total=job.total,
        made=job.made, ended=job.ended, choice=job.choice, field=job.wishes.field, language=job.wishes.language,
        action=job.action, failures=[{"product": product, "why": why} for product, why in failures],
    )  # fmt: skip
