"""Bulk work stands back behind other programs; as soon as somebody waits for a text, it does not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASK = """
import os, threading
from desktop_app.engine.manners import Manners
pause = threading.Event()
threading.Thread(target=pause.wait, daemon=True).start()
manners = Manners()
for watched in (False, True):
    manners.work(watched=watched)
    print(*sorted({os.sched_getscheduler(int(task)) for task in os.listdir("/proc/self/task")}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the batch policy is Linux's")
def test_all_threads_change_and_change_back() -> None:
    if os.sched_getscheduler(0) == os.SCHED_IDLE:
        pytest.skip("this very test gives way to everybody")
    told = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout.split()
    assert told == [str(os.SCHED_BATCH), str(os.SCHED_OTHER)]
