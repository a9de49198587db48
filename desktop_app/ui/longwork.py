"""Long work: what runs now, how far it is, how long it still takes, and what is left if the window closes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.records import Loading, Progress
from desktop_app.ui import local
from desktop_app.ui.worker import Job, Work, Worker
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk

_RATE_AFTER = 3.0  # seconds before a guess of the time left is worth showing


@dataclass(eq=False)
class Undertaking:
    """One long job as the strip shows it."""

    name: str
    job: Job
    left: Callable[[], dict[str, Any] | None]
    done: int = 0
    total: int | None = None
    started: float = field(default_factory=time.monotonic)
    held: float = 0.0  # seconds it was paused
    paused_at: float | None = None
    loading: str = ""

    @property
    def share(self) -> float | None:
        """Return how much is done, 0…1, or None while nobody knows."""
        return self.done / self.total if self.total else None

    def describe(self) -> str:
        """Say how far it is and how long it still takes."""
        if self.loading:
            return self.loading
        if not self.total:
            return local.number(self.done) if self.done else _("starting …")
        far = _("{done} of {total}", done=local.number(self.done), total=local.number(self.total))
        spent = time.monotonic() - self.started - self.held
        if self.job.paused:
            return f"{far} · {_('paused')}"
        if self.done and spent > _RATE_AFTER and self.done < self.total:
            left = local.duration(spent / self.done * (self.total - self.done))
            return _("{far} · {time} left", far=far, time=left)
        return far


class LongWork(QObject):
    """The queue of long jobs; one runs, the others wait."""

    moved = Signal()  # something about the running job is different
    ended = Signal(object)  # Undertaking

    def __init__(self, worker: Worker, desk: Desk) -> None:
        super().__init__()
        self._worker, self._desk = worker, desk
        self.queue: list[Undertaking] = []

    @property
    def now(self) -> Undertaking | None:
        """Return what runs, or None."""
        return self.queue[0] if self.queue else None

    def start(
        self,
        name: str,
        work: Work,
        *,
        event: Callable[[Any], object] | None = None,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[str], object] | None = None,
        left: Callable[[], dict[str, Any] | None] = lambda: None,
    ) -> Undertaking:
        """Queue a long task; ``left`` says, if the window closes, what is needed to go on (``kind`` and values)."""

        def heard(happened: Any) -> None:
            self._hear(undertaking, happened)
            if event is not None:
                event(happened)

        def finished(result: Any) -> None:
            self._desk.touched()
            if done is not None:
                done(result)

        job = Job(work, event=heard, done=finished, failed=failed, ended=lambda: self._end(undertaking))
        undertaking = Undertaking(name, job, left)
        self.queue.append(undertaking)
        self._worker.submit(job)
        self.moved.emit()
        return undertaking

    def pause_or_resume(self) -> None:
        """Hold what runs, or let it go on."""
        now = self.now
        if now is None:
            return
        if now.job.paused:
            now.held += time.monotonic() - (now.paused_at or time.monotonic())
            now.job.resume()
        else:
            now.paused_at = time.monotonic()
            now.job.pause()
        self.moved.emit()

    def stop(self) -> None:
        """Stop what runs; what it saved stays."""
        if self.now is not None:
            self.now.job.cancel()

    def left_to_do(self) -> list[dict[str, Any]]:
        """Return what each unfinished job needs to go on another day."""
        return [kept for u in self.queue if not u.job.stop.is_set() and (kept := u.left()) is not None]

    def _hear(self, undertaking: Undertaking, event: Any) -> None:
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
        if self.queue:
            self.queue[0].started = time.monotonic()
        else:
            self._desk.touched()
        self.ended.emit(undertaking)
        self.moved.emit()
