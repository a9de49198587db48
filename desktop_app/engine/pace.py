"""How many threads to decode with: as many as cores that other programs leave free."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import psutil

LOOK_SECONDS = 0.5


class Pace:
    """Watches what the other programs on this machine use, and says how many threads make sense beside them.

    On two cores with one other busy program, two threads wrote 24 tokens a second where one wrote 80: every operation
    ends when the slowest thread does, and one of them kept losing its core.
    """

    def __init__(
        self,
        threads: int | None = None,
        *,
        most: int | None = None,
        now: Callable[[], float] = time.monotonic,
        busy: Callable[[], float] | None = None,
        own: Callable[[], float] | None = None,
    ) -> None:
        """With ``threads`` that many are used, else never more than ``most``, a measured number.

        ``busy`` and ``own`` tell core seconds used by all and by us.
        """
        self.most = threads or min(most or cores(), cores())
        self._fixed = threads is not None
        self._now, self._busy, self._own = now, busy or _busy_seconds, own or _own_seconds
        self._looked = self._now()
        self._before = (self._busy(), self._own())
        self._free = float(self.most)

    def threads(self, *, watched: bool) -> int:
        """Return how many threads to use now; work nobody watches leaves a core alone where there are three."""
        if self._fixed:
            return self.most
        self._look()
        most = self.most if watched or self.most <= 2 else self.most - 1
        return max(1, min(most, round(self._free)))

    def _look(self) -> None:
        passed = self._now() - self._looked
        if passed < LOOK_SECONDS:
            return
        busy, own = self._busy(), self._own()
        others = max(0.0, (busy - self._before[0]) - (own - self._before[1])) / passed
        self._looked, self._before = self._now(), (busy, own)
        self._free = 0.5 * self._free + 0.5 * (self.most - others)


def cores() -> int:
    """Return how many threads decode fastest: one a physical core, and no more than this process may use."""
    allowed = len(psutil.Process().cpu_affinity() or ()) if hasattr(psutil.Process, "cpu_affinity") else 1 << 10
    return max(1, min(psutil.cpu_count(logical=False) or psutil.cpu_count() or 1, allowed or 1 << 10))


def _busy_seconds() -> float:
    return busy_seconds(psutil.cpu_times(), polite=_polite())


def busy_seconds(times: Any, *, polite: bool) -> float:
    """Return the core seconds that stand in our way, of what the system counts.

    Programs that give way to others are in nobody's way, except where we are ``polite`` ourselves.
    """
    idle = ("idle", "iowait", "guest", "guest_nice", *(() if polite else ("nice",)))
    return float(sum(times) - sum(getattr(times, kind, 0.0) for kind in idle))


def _polite() -> bool:
    """Say whether this process gives way to others."""
    if not hasattr(os, "sched_getscheduler"):
        return False
    return os.nice(0) > 0 or os.sched_getscheduler(0) == os.SCHED_IDLE


def _own_seconds() -> float:
    return time.process_time()
