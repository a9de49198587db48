"""Not one byte leaves the machine unasked."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

SPY = """
import sys
def spy(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}:
        print("CONNECTION", event, arguments, file=sys.stderr)
sys.addaudithook(spy)
from desktop_app.__main__ import main
from desktop_app.tasks import by_weights
by_weights.CANDIDATES = by_weights.RETRIES = 1  # how often a sentence is tried opens no connection
if __name__ == "__main__":
    sys.exit(main(["--quiet", "demo"]))
"""


def test_the_guard_of_these_tests_works() -> None:
    with pytest.raises(AssertionError), socket.socket() as opened:
        opened.connect(("192.0.2.1", 80))


def test_the_whole_demo_opens_no_connection(tmp_path: Path) -> None:
    script = tmp_path / "spied.py"
    script.write_text(SPY, "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "CONNECTION" not in done.stderr
    assert "· mixed" in done.stdout or "· weights" in done.stdout or "· plain" in done.stdout
