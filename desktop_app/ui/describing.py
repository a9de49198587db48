"""Asking for texts, one or thousands, with the wishes the merchant used last; many are a job in the shop file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from desktop_app.ui import local
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.worker import Job as Errand
from desktop_app.words import _, language, several

if TYPE_CHECKING:
    from desktop_app.records import Described, Job, JobChoice, Wishes
    from desktop_app.ui.desk import Desk

_LOOK = 30_000  # milliseconds between two looks at the clock for jobs that wait for the night
_KEPT = ("language", "tone", "length", "writer")


def wishes(desk: Desk) -> Wishes:
    """Return the wishes used last, or plain ones in the shop's language."""
    from desktop_app.records import Wishes

    spoken = desk.shop.language if desk.shop else language()
    usual = Wishes(language=spoken if spoken in ("en", "zh") else "en")
    try:
        return replace(usual, **json.loads(desk.settings.wishes or "{}"))
    except (ValueError, TypeError):
        return usual


def keep(desk: Desk, chosen: Wishes) -> None:
    """Remember wishes for the next text; which try it was is not one of them."""
    kept = {k: v for k, v in asdict(chosen).items() if k in _KEPT}
    desk.change_settings(replace(desk.settings, wishes=json.dumps(kept)))


def estimate(desk: Desk, count: int) -> str:
    """Say how long that many texts take here, where it is known from the last time."""
    if not desk.settings.seconds_a_text:
        return ""
    return _("{time} on this computer", time=local.duration(count * desk.settings.seconds_a_text))


def missing(desk: Desk) -> None:
    """Write for every product without a description."""
    desk.ask(lambda shop: list(shop.search(text="missing")), lambda ids: many(desk, ids, choice="missing"))


def many(desk: Desk, ids: Sequence[int], chosen: Wishes | None = None, choice: JobChoice = "", hours: str = "") -> None:
    """Write for these products as a job of the shop file, now or in the ``hours`` of the day it shall run in."""
    if not ids:
        return
    wanted, products = chosen or wishes(desk), list(ids)

    def take(shop: Any, _stop: Any) -> int | None:
        from desktop_app.tasks import jobs

        return jobs.take_up(shop, products=products, wishes=wanted, choice=choice, hours=hours)

    def taken(number: int | None) -> None:
        if number is None:
            return
        if hours:
            begins = hours.split("-")[0]
            one, many = "{count} text is written from {time}", "{count} texts are written from {time}"
            desk.said.emit(several(one, many, len(ids), time=begins), False)
            desk.night.look()
            desk.touched()
            return
        if not any(u.lane == "writing" for u in desk.work.queue):
            said = several("Writing for {count} product", "Writing for {count} products", len(ids))
            desk.said.emit(local.counted(said, len(ids)), False)
        run(desk, number)

    desk.writing.submit(Errand(take, done=taken, failed=desk.oops))


def run(desk: Desk, number: int, hours: str = "") -> None:
    """Work at a job in the strip: go on where it is, whoever left it there; ``hours``: only while they last."""
    if any(u.number == number for u in desk.work.queue):
        return
    from desktop_app.records import Described, Failed, Loading, Note, Saved

    failed: list[str] = []

    def work(shop: Any, stop: Any) -> Any:
        from desktop_app.tasks import calibrate, jobs

        for event in calibrate.once(desk.settings, stop, shop.job(number).left):
            if not isinstance(event, Loading):
                desk.drop_engine()  # the next one is made as it was just found best
            yield event
        yield from jobs.run(shop, desk.engine(), stop, job=number)

    def heard(event: Any) -> None:
        if isinstance(event, Saved):
            desk.changed_soon()
        elif isinstance(event, Note):
            desk.tell(Notice(event.text))
        elif isinstance(event, Failed):
            failed.append(event.why)

    def done(result: Any) -> None:
        if isinstance(result, Described):
            _finished(desk, result, failed, number)

    desk.work.start(_("Writing texts"), work, event=heard, done=done, lane="writing", number=number, hours=hours)


def offer(desk: Desk) -> None:
    """Say, once a shop is open, which jobs were cut short, and offer to go on with them."""

    def look(shop: Any) -> list[Job]:
        from desktop_app.tasks import jobs

        return jobs.waiting(shop)

    def found(waiting: list[Job]) -> None:
        for_now = [job for job in waiting if not job.hours]
        later = [job for job in waiting if job.hours]
        if for_now:
            left = sum(job.left for job in for_now)
            text = several("{count} text is still to be written.", "{count} texts are still to be written.", left)
            more = _("The work was cut short. What was written is saved; the rest goes on where it was.")
            numbers = [job.id for job in for_now]
            desk.tell(Notice(text, more=more, button=_("Go on"), run=partial(_run_all, desk, numbers)))
        elif later:
            left = sum(job.left for job in later)
            text = several("{count} text waits for the night.", "{count} texts wait for the night.", left)
            more = _("It is written in these hours, while this window is open: {hours}", hours=later[0].hours)
            numbers = [job.id for job in later]
            desk.tell(Notice(text, more=more, button=_("Write now"), run=partial(_run_all, desk, numbers)))

    desk.ask(look, found)


def _run_all(desk: Desk, numbers: Sequence[int]) -> None:
    for number in numbers:
        run(desk, number)


class Night(QObject):
    """Looks at the clock: begins the jobs whose hours are now, and lets go of those whose hours are over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.waits = False  # a job waits for its hours, so the machine must not fall asleep
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK)
        self._clock.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on."""
        self._clock.start()
        self.look()

    def end(self) -> None:
        """Look no more."""
        self._clock.stop()

    def look(self) -> None:
        """Look once; the answer comes later, on the window's thread."""
        if self._desk.shop is not None:
            self._desk.ask(_timed, self._found, key="night")

    def by_hand(self, number: int | None) -> None:
        """Take a job out of its hours that somebody paused or stopped."""
        if number is None:
            return

        def task(shop: Any, _stop: Any) -> None:
            from desktop_app.tasks import jobs

            jobs.by_hand(shop, number)

        self._desk.writing.submit(Errand(task, failed=lambda why: None))

    def _found(self, timed: tuple[list[Job], list[Job]]) -> None:
        due, waiting = timed
        self.waits = bool(waiting)
        for job in due:
            run(self._desk, job.id, job.hours)
        self._let_go()
        self._desk.work.moved.emit()

    def _let_go(self) -> None:
        from desktop_app.tasks import night

        now = datetime.now()
        for work in self._desk.work.queue:
            if work.hours and not night.within(work.hours, now):
                work.job.cancel()


def _timed(shop: Any) -> tuple[list[Job], list[Job]]:
    from desktop_app.tasks import jobs, night

    waiting = [job for job in jobs.waiting(shop) if job.hours]
    return night.due(waiting, datetime.now()), waiting


def _finished(desk: Desk, result: Described, failed: Sequence[str], number: int) -> None:
    if result.count and result.seconds and not result.stopped:
        desk.change_settings(replace(desk.settings, seconds_a_text=round(result.seconds / result.count, 3)))
    if result.count or not result.stopped:
        desk.said.emit(several("{count} draft is ready", "{count} drafts are ready", result.count), bool(result.count))
    if failed:
        text = several("{count} product could not be described", "{count} products could not be described", len(failed))
        desk.tell(Notice(text, "caution", more=failed[0]))
    elif result.stopped:
        more = _("What was written is saved. The rest waits in the shop file, also when the window is closed.")
        desk.tell(Notice(_("Writing has stopped."), more=more, button=_("Go on"), run=partial(run, desk, number)))
