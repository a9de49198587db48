"""What was measured on this machine for certain weights, remembered so that it is measured once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

from desktop_app import paths

NAME = "measured.json"
MOST = 64  # weights remembered


@dataclass(frozen=True, slots=True)
class Tuned:
    """How these weights write fastest here, in tokens a minute of many texts at once.

    ``layers`` of ``of`` lie on graphics cards (0: the processor alone); ``alone`` is the processor's own speed where a
    card was measured too.
    """

    threads: int
    parallel: int
    layers: int = 0
    of: int = 0
    tokens_a_minute: int = 0
    alone: int = 0
    card: str = ""
    active: int = 0  # parameters that work on each token, so that others can be reckoned from these

    @property
    def steps(self) -> tuple[int, ...]:
        """How many layers to put on cards, and how many if that fails one day; 0 at the end."""
        lower = [n for n in (self.layers * 3 // 4, self.layers // 2) if n * 4 >= self.of]
        return (*dict.fromkeys([self.layers, *lower]), 0) if self.layers else (0,)


def known(path: Path) -> Tuned | None:
    """Return what was measured for this file on this machine as it is now, or None."""
    entry = _read().get(_key(path))
    if not isinstance(entry, dict):
        return None
    try:
        return Tuned(**entry)
    except TypeError:
        return None


def all_known() -> list[Tuned]:
    """Return what was measured of any file here, newest last."""
    found = []
    for entry in _read().values():
        with contextlib.suppress(TypeError):
            found.append(Tuned(**entry))
    return found


def remember(path: Path, tuned: Tuned) -> None:
    """Keep it for the next start; a disk that is full costs only that it is measured again."""
    kept = _read()
    kept.pop(_key(path), None)
    kept[_key(path)] = asdict(tuned)
    newest = dict(list(kept.items())[-MOST:])
    target = paths.config() / NAME
    with contextlib.suppress(OSError):
        part = target.with_suffix(".part")
        part.write_text(json.dumps(newest, indent=1), "utf-8")
        part.replace(target)


def lower(path: Path, steps: tuple[int, ...]) -> None:
    """Remember that more layers than the first of ``steps`` do not work on this machine's card."""
    before = known(path)
    if before is not None and steps and steps[0] < before.layers:
        gone = not steps[0]
        remember(path, replace(before, layers=steps[0], card="" if gone else before.card,
                               tokens_a_minute=before.alone if gone else before.tokens_a_minute))  # fmt: skip


def _read() -> dict[str, Any]:
    try:
        kept = json.loads((paths.config() / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _key(path: Path) -> str:
    """Return what tells this file on this machine with this llama.cpp from all others."""
    state = path.stat()
    machine = (platform.machine(), platform.processor(), psutil.cpu_count(), psutil.virtual_memory().total >> 28)
    told = (path.name, state.st_size, state.st_mtime_ns, *machine, metadata.version("llama-cpp-python"))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
