"""Long work: what runs now, how far it is, how long it still takes, and what is left if the window closes.

Writing has a lane of its own: an import or an export that is started meanwhile runs at once, beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from desktop_app.ui import local
from desktop_app.ui.worker import Job, Work, Worker
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk

Lane = Literal["writing", "files", "network"]
_RATE_AFTER = 3.0  # seconds before a guess of the time left is worth showing


def counted(done: int, total: int | None) -> str:
    """Say how far work is that counts things."""
    if not total:
        return local.number(done)
    return _("{done} of {total}", done=local.number(done), total=local.number(total))


def measured(done: int, total: int | None) -> str:
    """Say how far work is that counts bytes."""
    if not total:
        return local.size(done)
    return local.size_of(done, total)


@dataclass(eq=False)
class Undertaking:
    """One long job as the strip shows it."""

    name: str
    job: Job
    left: Callable[[], dict[str, Any] | None]
    lane: Lane = "files"
    figures: Callable[[int, int | None], str] = counted
    done: int = 0
    total: int | None = None
    started: float = field(default_factory=time.monotonic)
    held: float = 0.0  # seconds it was paused
    paused_at: float | None = None
    loading: str = ""
    number: int | None = None  # of the job in the shop file that this works at
    hours: str = ""  # the hours of the day it may run in; empty: any

    @property
    def share(self) -> float | None:
        """Return how much is done, 0…1, or None while nobody knows."""
        return self.done / self.total if self.total else None

    def describe(self) -> str:
        """Say how far it is and how long it still takes."""
        if self.loading:
            return self.loading
        if not self.total:
            return self.figures(self.done, None) if self.done else _("starting …")
        far = self.figures(self.done, self.total)
        spent = time.monotonic() - self.started - self.held
        if self.job.paused:
            return f"{far} · {_('paused')}"
        if self.done and spent > _RATE_AFTER and self.done < self.total:
            left = local.duration(spent / self.done * (self.total - self.done))
            return _("{far} · {time} left", far=far, time=left)
        return far


class LongWork(QObject):
    """The long jobs: in each lane one runs, the others wait."""

    moved = Signal()  # something about the running job is different
    ended = Signal(object)  # Undertaking
    held = Signal(object)  # somebody paused or stopped the work at this job of the shop file (int | None)

    def __init__(self, workers: Mapping[Lane, Worker], desk: Desk) -> None:
        super().__init__()
        self._workers, self._desk = workers, desk
        self.queue: list[Undertaking] = []  # in the order they were asked for

    @property
    def running(self) -> list[Undertaking]:
        """Return what runs, in each lane the one that was asked for first."""
        return list({u.lane: u for u in reversed(self.queue)}.values())[::-1]

    @property
    def now(self) -> Undertaking | None:
        """Return what the strip shows, or None: of two that run, the one that was begun last."""
        return max(self.running, key=lambda u: u.started, default=None)

    def before(self, work: Undertaking) -> Undertaking | None:
        """Return what ``work`` waits for; None once it runs."""
        first = next((u for u in self.queue if u.lane == work.lane), None)
        return None if first is work else first

    def start(
        self,
        name: str,
        work: Work,
        *,
        event: Callable[[Any], object] | None = None,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[str], object] | None = None,
        lane: Lane = "files",
        figures: Callable[[int, int | None], str] = counted,
        left: Callable[[], dict[str, Any] | None] = lambda: None,
        number: int | None = None,
        hours: str = "",
    ) -> Undertaking:
        """Queue a long task in its ``lane``; ``figures`` puts its progress into words.

        ``left`` says, if the window closes, what is needed to go on another day (``kind`` and values).
        ``number`` is its job in the shop file, which outlives the window; ``hours`` are those it may run in.
        """

        def heard(happened: Any) -> None:
            self._hear(undertaking, happened)
            if event is not None:
                event(happened)

        def finished(result: Any) -> None:
            self._desk.touched()
            if done is not None:
                done(result)

        job = Job(work, event=heard, done=finished, failed=failed, ended=lambda: self._end(undertaking))
        undertaking = Undertaking(name, job, left, lane, figures, number=number, hours=hours)
        self.queue.append(undertaking)
        self._workers[lane].submit(job)
        self.moved.emit()
        return undertaking

    def pause_or_resume(self) -> None:
        """Hold what the strip shows, or let it go on."""
        now = self.now
        if now is None:
            return
        if now.job.paused:
            now.held += time.monotonic() - (now.paused_at or time.monotonic())
            now.job.resume()
        else:
            now.paused_at = time.monotonic()
            now.job.pause()
            self.held.emit(now.number)
        self.moved.emit()

    def stop(self) -> None:
        """Stop what the strip shows; what it saved stays."""
        if self.now is not None:
            self.held.emit(self.now.number)
            self.now.job.cancel()

    def left_to_do(self) -> list[dict[str, Any]]:
        """Return what each unfinished job needs to go on another day."""
        return [kept for u in self.queue if not u.job.stop.is_set() and (kept := u.left()) is not None]

    def _hear(self, undertaking: Undertaking, event: Any) -> None:
        from desktop_app.records import Loading, Progress

        if isinstance(event, Progress):
            undertaking.loading = ""
            undertaking.done, undertaking.total = event.done, event.total
        elif isinstance(event, Loading):
            # Once figures come they say more than the name of the thing at hand.
            undertaking.loading = "" if undertaking.done else event.what
        else:
            return
        self.moved.emit()

    def _end(self, undertaking: Undertaking) -> None:
        self.queue.remove(undertaking)
        following = next((u for u in self.queue if u.lane == undertaking.lane), None)
        if following is not None:
            following.started = time.monotonic()
        if not self.queue:
            self._desk.touched()
        self.ended.emit(undertaking)
        self.moved.emit()
