"""What this machine has: cores and memory. Read, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Machine:
    """Cores are physical where the system tells; memory is in gigabytes (10⁹ bytes)."""

    cores: int
    total_gb: float
    free_gb: float


def look() -> Machine:
    """Look at the machine this runs on."""
    memory = psutil.virtual_memory()
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return Machine(cores, memory.total / 1e9, memory.available / 1e9)
