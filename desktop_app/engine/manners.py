"""Giving way to other programs while nobody waits for a text, and taking the machine back when somebody does."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import psutil


class Manners:
    """Sets how this process stands beside others: bulk work below them, watched work as their equal.

    On Linux that is the batch policy for each thread, which costs no right to go back to the usual one; on Windows the
    class below normal. macOS lets a process lower itself but not rise again, so nothing is done there.
    """

    def __init__(self) -> None:
        self._watched: bool | None = None
        self._threads = 0

    def work(self, *, watched: bool) -> None:
        """Stand as work that is ``watched`` or not should; cheap where nothing changed."""
        threads = len(_threads()) if sys.platform == "linux" else 0
        if (watched, threads) == (self._watched, self._threads):
            return
        self._watched, self._threads = watched, threads
        with contextlib.suppress(OSError, psutil.Error):  # a system that forbids it loses nothing but the courtesy
            if sys.platform == "linux":
                _set_policy(watched)
            elif sys.platform == "win32":
                psutil.Process().nice(psutil.NORMAL_PRIORITY_CLASS if watched else psutil.BELOW_NORMAL_PRIORITY_CLASS)


def _set_policy(watched: bool) -> None:
    """Give every thread its policy; what the one who started us asked for (idle) is left as it is."""
    if sys.platform != "linux" or os.sched_getscheduler(0) == os.SCHED_IDLE:
        return
    policy = os.SCHED_OTHER if watched else os.SCHED_BATCH
    for thread in _threads():
        os.sched_setscheduler(thread, policy, os.sched_param(0))


def _threads() -> list[int]:
    return [int(task.name) for task in Path("/proc/self/task").iterdir()]
