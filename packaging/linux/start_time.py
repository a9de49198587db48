"""Measure how long the frozen program takes to show its window, beside an empty PySide6 window: `start_time.py`.

Both are started in turn on a screen of their own (Xvfb); what counts is the moment the window is seen by others.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EMPTY = """from PySide6.QtWidgets import QApplication, QWidget
a, w = QApplication([]), QWidget()
w.setWindowTitle("Zhanggui"), w.show(), a.exec()"""
ROUNDS = 5


def main() -> int:
    """Print both times and their ratio; 77 where the tools are missing."""
    program = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist" / "zhanggui" / "zhanggui")
    if not (shutil.which("Xvfb") and shutil.which("xdotool") and program.exists()):
        print("SKIPPED: Xvfb, xdotool and a bundle are needed")
        return 77
    # It takes a number that is free and tells it once it is there, and stays as it is when its last client has gone: a
    # program that comes before its screen, or while that is made anew, ends at once.
    screen = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", "1", "-screen", "0", "1280x800x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert screen.stdout is not None
    try:
        display = f":{screen.stdout.readline().decode().strip()}"
        with tempfile.TemporaryDirectory() as data:
            env = {**os.environ, "DISPLAY": display, "ZHANGGUI_DATA": data, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
            seconds: dict[str, list[float]] = {"empty": [], "bundle": []}
            for number in range(ROUNDS + 1):
                for name, command in (("empty", [sys.executable, "-c", EMPTY]), ("bundle", [str(program)])):
                    took = until_seen(command, env)
                    if number:  # the first round reads the files from the disk
                        seconds[name].append(took)
    finally:
        screen.terminate()  # a killed one leaves a lock behind that keeps the next one out
        screen.wait()
    empty, bundle = (statistics.median(seconds[name]) for name in ("empty", "bundle"))
    print(f"an empty PySide6 window {empty:.2f} s, the bundle {bundle:.2f} s: {bundle / empty:.2f} times as long")
    return 0


def until_seen(command: list[str], env: dict[str, str]) -> float:
    """Return the seconds from the start of ``command`` until its window is on the screen, then end it."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.monotonic() - began < 60:
            seen = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", "Zhanggui"], env=env, capture_output=True, check=False
            )
            if seen.stdout.strip():
                return time.monotonic() - began
        raise SystemExit(f"no window from {command[0]} in a minute")
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
