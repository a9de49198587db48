"""Time to the first window against an empty PySide6 window, side by side in one run; at most four times is the aim."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7

EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
import os; os._exit(0)
"""

OURS = """
from PySide6.QtCore import QTimer
from desktop_app import settings, ui
app = ui.application(settings.load())
from desktop_app.ui.desk import Desk
from desktop_app.ui.window import Window
window = Window(Desk(settings.load()))
window.go("today")
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
import os; os._exit(0)
"""


def seconds(program: str, environment: dict[str, str]) -> float:
    """Return how long a fresh Python takes until its window has gone through the event loop once."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> int:
    """Print both times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ZHANGGUI_DATA": folder}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        seconds(EMPTY, environment), seconds(OURS, environment)  # the files are in memory from here on
        pairs = [(seconds(EMPTY, environment), seconds(OURS, environment)) for _round in range(ROUNDS)]
    empty, ours = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"empty PySide6 window  {empty:.3f} s")
    print(f"our first window      {ours:.3f} s")
    print(f"ratio                 {ours / empty:.2f}  (at most 4)")
    return 0 if ours <= 4 * empty else 1


if __name__ == "__main__":
    sys.exit(main())
