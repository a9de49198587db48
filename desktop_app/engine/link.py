"""This side of the pipe: starts the engine's process, hands out what comes from it, notices when it is gone."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import queue
import threading
from pathlib import Path
from typing import Any

from desktop_app.engine import child
from desktop_app.engine.seam import EngineEvent

POLL_SECONDS = 1.0
CLOSE_SECONDS = 2.0
VMSTAT = Path("/proc/vmstat")

Inbox = queue.SimpleQueue[EngineEvent | None]  # None: the process is gone


class Gone(Exception):
    """The engine's process is no more."""


class Link:
    """One life of the engine's process."""

    def __init__(self, config: child.Config) -> None:
        """Start the process; it loads nothing before it is asked."""
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=child.main, args=(other, config), name="zhanggui-engine", daemon=True)
        self._patience = config.patience  # polls without a sign of life; a machine that slept made none meanwhile
        self._hung, self._ended_for_memory = False, ended_for_memory()
        self._process.start()
        other.close()
        self._lock = threading.Lock()  # over sending and over the tables
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Inbox] = {}
        self._asked: dict[int, queue.SimpleQueue[Any]] = {}
        self.gone = False
        self.broken = False  # nothing can be sent any more; ``gone`` follows as soon as the other thread notices
        self.answered = False  # whether anything came back in this life
        threading.Thread(target=self._receive, name="engine-link", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid or 0

    @property
    def killed(self) -> bool:
        """Whether the process, now gone, was killed by somebody; one that fails by itself ends in another way.

        Only POSIX systems tell the two apart; elsewhere this is never so. Who took too much memory or hung was killed
        too, but for a reason of its own.
        """
        self._process.join(CLOSE_SECONDS)
        own_fault = self._hung or ended_for_memory() != self._ended_for_memory
        return self._process.exitcode == -9 and not own_fault

    def send(self, *message: Any) -> None:
        """Send a message; raises `Gone`."""
        with self._lock:
            if self.gone:
                raise Gone
            try:
                self._connection.send(message)
            except (OSError, ValueError) as error:
                self.broken = True
                raise Gone from error

    def join(self, job: int, inbox: Inbox) -> None:
        """Let the events of a job go to ``inbox`` from now on; None follows when the process is gone."""
        with self._lock:
            if self.gone:
                inbox.put(None)
            else:
                self._jobs[job] = inbox

    def part(self, job: int) -> None:
        """Drop all further events of a job, and stop it."""
        with self._lock:
            self._jobs.pop(job, None)
        with contextlib.suppress(Gone):
            self.send("cancel", job)

    def ask(self, kind: str, *content: Any) -> Any:
        """Ask and wait for the answer, which may be an exception to raise; raises `Gone` if none comes any more."""
        number, answer = next(self._numbers), queue.SimpleQueue[Any]()
        with self._lock:
            if self.gone:
                raise Gone
            self._asked[number] = answer
        try:
            self.send(kind, number, *content)
            value = answer.get()
        finally:
            with self._lock:
                self._asked.pop(number, None)
        if isinstance(value, Exception):
            raise value
        return value

    def close(self) -> None:
        """Ask the process to end, and see to it that it does."""
        with contextlib.suppress(Gone):
            self.send("close")
        self._process.join(CLOSE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _receive(self) -> None:
        silent, heard = 0, False
        try:
            while True:
                if self._connection.poll(POLL_SECONDS):
                    silent, heard = 0, True
                    self._dispatch(*self._connection.recv())
                elif (silent := silent + 1) >= self._patience * (1 if heard else 10):  # to start takes longer
                    self._hung = True
                    self._process.kill()
        except (EOFError, OSError):
            pass
        self._bury()

    def _dispatch(self, kind: str, *content: Any) -> None:
        self.answered = self.answered or kind != "beat"
        with self._lock:
            if kind == "events":
                for job, event in content[0]:
                    if (inbox := self._jobs.get(job)) is not None:
                        inbox.put(event)
            elif kind == "answer" and (asked := self._asked.get(content[0])) is not None:
                asked.put(content[1])

    def _bury(self) -> None:
        with self._lock:
            self.gone = True
            for inbox in self._jobs.values():
                inbox.put(None)
            for asked in self._asked.values():
                asked.put(Gone())
            self._jobs.clear()
            self._connection.close()
        self._process.join(CLOSE_SECONDS)


def ended_for_memory() -> int:
    """Return how many processes this machine ended for want of memory since it was started; 0 where it does not say."""
    with contextlib.suppress(OSError, ValueError):
        for line in VMSTAT.read_text("ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0
