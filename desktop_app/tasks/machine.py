"""What this machine has: cores and memory. Read, never guessed."""

from __future__ import annotations

import contextlib
import platform
from dataclasses import dataclass
from importlib import metadata

import psutil

from desktop_app import paths
from desktop_app.engine.devices import Devices
from desktop_app.settings import Settings

LITTLE = 300_000_000  # bytes of free memory below which nothing more is begun


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


def devices(*, again: bool = False) -> Devices:
    """Look, in a process of its own, what llama.cpp can compute with; takes about a second.

    A driver that ended that process is not loaded another time, on this machine as it is, unless ``again``.
    """
    from desktop_app.engine import devices as seen

    mark = paths.cache() / "drivers-failed"
    here = f"{metadata.version('llama-cpp-python')} {platform.platform()}"
    with contextlib.suppress(OSError):
        if not again and mark.read_text("utf-8") == here:
            return Devices(failed=True)
    found = seen.look()
    with contextlib.suppress(OSError):
        if found.failed and not found.late:
            mark.write_text(here, "utf-8")
        else:
            mark.unlink(missing_ok=True)
    return found


def rests(settings: Settings) -> bool:
    """Say whether work in bulk should wait now: on battery, if the merchant wishes, or with next to no memory left."""
    memory = psutil.virtual_memory()
    if memory.available < min(LITTLE, memory.total // 20):
        return True
    return settings.battery_pause and on_battery()


def on_battery() -> bool:
    """Say whether the machine runs on its battery; False where it has none or does not tell."""
    read = getattr(psutil, "sensors_battery", None)
    try:
        battery = read() if read is not None else None
    except OSError:
        return False
    return battery is not None and battery.power_plugged is False
