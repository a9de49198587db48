"""One thread and one shop connection a queue: runs tasks and hands their events to the window, which never waits."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from desktop_app.errors import Cancelled, UserError
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.shop import Shop

log = logging.getLogger(__name__)

_QUIET = 0.05  # seconds between two Progress events that are worth drawing

_late: list[Worker] = []  # those whose thread did not end in time
Work = Callable[["Shop", threading.Event], Any]


class Job:
    """One piece of work on its way: what is run, who hears of it, and how it is stopped or held."""

    def __init__(
        self,
        work: Work,
        *,
        event: Callable[[Any], object] | None = None,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[str], object] | None = None,
        ended: Callable[[], object] | None = None,
        key: str = "",
    ) -> None:
        self.work = work
        self.event, self.done, self.failed, self.ended = event, done, failed, ended
        self.key = key  # a newer job with the same key makes this one's answer stale
        self.stop = threading.Event()
        self._go = threading.Event()
        self._go.set()
        self.finished = False

    def pause(self) -> None:
        """Hold the work at its next event."""
        self._go.clear()

    def resume(self) -> None:
        """Go on after a pause."""
        self._go.set()

    @property
    def paused(self) -> bool:
        """Tell whether the work is held."""
        return not self._go.is_set()

    def cancel(self) -> None:
        """Ask the work to end soon; what it saved stays saved."""
        self.stop.set()
        self._go.set()

    def wait_while_paused(self) -> None:
        """Block the worker's thread until the work may go on."""
        self._go.wait()


class Worker(QObject):
    """Runs jobs one after another on a thread of its own, each with this worker's own connection to the shop."""

    _arrived = Signal(object, str, object)
    idle = Signal()

    def __init__(self, name: str, oops: Callable[[str], None], *, holds: bool = False, finishes: bool = False) -> None:
        super().__init__()
        self._oops = oops  # where a failure goes that nobody waits for
        self._finishes = finishes  # what was asked for before the end is still done: a text that was typed is saved
        self._holds = holds  # this one keeps the lock that lets only one window have the shop
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._newest: dict[str, Job] = {}
        self._path: Path | None = None
        self._shop: Shop | None = None
        self._waiting: list[Job] = []
        self._last: Job | None = None  # the one that was answered last
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def use(self, path: Path | None) -> None:
        """Work on the shop at ``path`` from the next job on; None lets go of the file."""
        self._path = path
        if path is None:
            self.submit(Job(lambda shop, stop: None))

    def open(self, path: Path, done: Callable[[Any], None], failed: Callable[[str], None]) -> Job:
        """Open another shop and, only if that works, let go of the one in use."""

        def swap(shop: Shop, stop: threading.Event) -> None:
            if shop is not None and shop.path == path:
                return
            opened = _open(path, window=self._holds)
            self._let_go()
            self._shop, self._path = opened, path

        return self.submit(Job(swap, done=done, failed=failed))

    def submit(self, job: Job) -> Job:
        """Queue ``job`` and return it; of jobs with one key only the newest is answered."""
        if job.key:
            older = self._newest.get(job.key)
            if older is not None and not older.finished:
                older.cancel()
            self._newest[job.key] = job
        self._waiting.append(job)
        self._jobs.put(job)
        return job

    @property
    def busy(self) -> bool:
        """Tell whether anything runs or waits."""
        return bool(self._waiting)

    def close(self, seconds: float = 5.0) -> bool:
        """Stop everything, let go of the shop and end the thread; False if it did not end in time."""
        for job in self._waiting if not self._finishes else ():
            job.cancel()
        self._jobs.put(None)
        self._thread.join(seconds)
        if self._thread.is_alive():
            # The thread holds the last reference then, and a Qt object must not be destroyed on another thread.
            _late.append(self)
        return not self._thread.is_alive()

    # --- on the worker's thread ---

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            what, value = self._do(job)
            # By now nothing that the work made or closed over is held here but through the job itself, which
            # the window's thread lets go of last: see `_deliver`.
            self._arrived.emit(job, what, value)
        self._let_go()

    def _do(self, job: Job) -> tuple[str, Any]:
        if self._stale(job) or job.stop.is_set():
            return "cancelled", None
        try:
            result = job.work(self._connection(), job.stop)
            if isinstance(result, Iterator):
                result = self._drain(job, result)
        except Cancelled:
            return "cancelled", None
        except UserError as error:
            return "failed", str(error)
        except Exception:  # one of the two places that may: a bug must not end the window
            log.exception("a job failed")
            return "failed", _("Something went wrong inside Zhanggui. What was saved is not lost.")
        return "done", result

    def _drain(self, job: Job, events: Iterator[Any]) -> Any:
        from desktop_app.records import Progress  # here, as the first frame does without the records

        last, drawn = None, 0.0
        for event in events:
            last = event
            if isinstance(event, Progress) and event.done != event.total:
                now = time.monotonic()
                if now - drawn < _QUIET:
                    continue
                drawn = now
            self._arrived.emit(job, "event", event)
            job.wait_while_paused()
        return last

    def _connection(self) -> Any:
        path = self._path
        if self._shop is not None and (path is None or self._shop.path != path):
            self._let_go()
        if self._shop is None and path is not None:
            self._shop = _open(path, window=self._holds)
        return self._shop

    def _let_go(self) -> None:
        if self._shop is not None:
            self._shop.close()
            self._shop = None

    def _stale(self, job: Job) -> bool:
        return bool(job.key) and self._newest.get(job.key) is not job

    # --- on the window's thread ---

    @Slot(object, str, object)
    def _deliver(self, job: Job, what: str, value: Any) -> None:
        if what == "event":
            if not self._stale(job):
                _tell(job.event, value)
            return
        job.finished = True
        self._waiting.remove(job)
        # The thread holds a job until it takes the next one. Were it the last to hold it, whatever the callbacks close
        # over, pages and models of Qt, would be destroyed on that thread, while this one may be drawing them.
        self._last = job
        stale = self._stale(job)
        if job.key and not stale:
            del self._newest[job.key]
        if what == "done" and not stale:
            _tell(job.done, value)
        elif what == "failed" and not stale:
            _tell(job.failed or self._oops, value)
        _tell(job.ended)
        if not self._waiting:
            self.idle.emit()


def _tell(callback: Callable[..., object] | None, *values: Any) -> None:
    """Call back, unless the page that asked is gone: closed, or made anew in another language."""
    if callback is not None and all(isValid(asker) for asker in _askers(callback)):
        callback(*values)


def _askers(callback: Any, depth: int = 3) -> Iterator[QObject]:
    """Find the Qt objects a callback was made for: its own, and those it closes over."""
    for held in (getattr(callback, "__self__", None), *_held(callback)):
        if isinstance(held, QObject):
            yield held
        elif callable(held) and depth:
            yield from _askers(held, depth - 1)


def _held(callback: Any) -> Iterator[Any]:
    for cell in getattr(callback, "__closure__", None) or ():
        with contextlib.suppress(ValueError):  # a name that was never bound
            yield cell.cell_contents


def _open(path: Path, *, window: bool) -> Shop:
    from desktop_app.shop import Shop  # late, and on this thread: the first window does not wait for the database

    return Shop.open(path, window=window)
