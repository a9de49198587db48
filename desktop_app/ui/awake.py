"""Keep the machine awake while long work runs, and say when it is done to somebody who looks elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop_app.ui.icons import icon

_CONTINUOUS, _SYSTEM = 0x80000000, 0x00000001  # SetThreadExecutionState


class Awake:
    """Holds off sleep between ``hold`` and ``release``; where the system offers no way, nothing happens."""

    def __init__(self) -> None:
        self._helper: subprocess.Popen[bytes] | None = None
        self._held = False

    def hold(self) -> None:
        """Ask the system not to fall asleep. The screen may."""
        if self._held:
            return
        self._held = True
        if sys.platform == "win32":
            _windows(_CONTINUOUS | _SYSTEM)
            return
        command = _command()
        if command is not None:
            try:
                self._helper = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            except OSError:
                self._helper = None

    def release(self) -> None:
        """Let it sleep again."""
        self._held = False
        if sys.platform == "win32":
            _windows(_CONTINUOUS)
        if self._helper is not None:
            self._helper.terminate()
            self._helper.wait(5)
            self._helper = None

    @property
    def held(self) -> bool:
        """Tell whether sleep is held off."""
        return self._held


def announce(window: QWidget, title: str, text: str) -> None:
    """Tell somebody who works in another window that work is done; who looks at ours sees it there."""
    if window.isActiveWindow():
        return
    QApplication.alert(window)
    if QSystemTrayIcon.isSystemTrayAvailable():
        tray = QSystemTrayIcon(icon("store", "accent", 32), window)
        tray.show()
        tray.showMessage(title, text, tray.icon())
        tray.messageClicked.connect(window.activateWindow)


def _command() -> list[str] | None:
    if sys.platform == "darwin":
        return ["caffeinate", "-i", "-w", str(os.getpid())]
    inhibit = shutil.which("systemd-inhibit")
    if inhibit is None:
        return None
    # Ends a moment after us even if we are killed: it looks whether we are still there.
    wait = f"while kill -0 {os.getpid()} 2>/dev/null; do sleep 5; done"
    return [inhibit, "--what=idle:sleep", "--who=Zhanggui", "--why=Writing", "sh", "-c", wait]


def _windows(state: int) -> None:
    import ctypes

    ctypes.windll.kernel32.SetThreadExecutionState(state)  # type: ignore[attr-defined,unused-ignore]
