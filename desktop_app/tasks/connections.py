"""Counts the connections this program opens: nothing here opens any, and the merchant can see that it is so."""

from __future__ import annotations

import sys
from typing import Any

_made = 0
_watching = False


def watch() -> None:
    """Count from now on; Python itself reports every connection, whoever opens it."""
    global _watching
    if not _watching:
        _watching = True
        sys.addaudithook(_heard)


def made() -> int:
    """Return how many connections to other computers were opened since the program started."""
    return _made


def watching() -> bool:
    """Tell whether anybody counts."""
    return _watching


def _heard(event: str, details: tuple[Any, ...]) -> None:
    global _made
    # A pair of host and port is the network; a plain path is a pipe between programs of this machine.
    if event == "socket.connect" and len(details) > 1 and isinstance(details[1], tuple):
        _made += 1
