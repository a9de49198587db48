"""The program's own settings on this machine: one small JSON file. What belongs to a shop is kept in the shop file."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from desktop_app import paths

RECENT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the program remembers about this person and this machine."""

    language: Literal["system", "en", "zh"] = "system"
    theme: Literal["system", "light", "dark"] = "system"
    weights: str = ""  # path of the chosen writing weights; empty: the starter
    recent: tuple[str, ...] = ()  # shop files, newest first
    window: str = ""  # Qt's saved geometry, base64
    welcomed: bool = False
    navigation_narrow: bool = False
    wishes: str = ""  # JSON: language, tone, length and writer asked for last
    seconds_a_text: float = 0.0  # how long one description took here the last time
    connections: int = 0  # how many were opened to other computers, ever
    hub: str = ""  # address weights are fetched from; empty: the usual one
    proxy: str = ""  # how to get there; empty: as the system says
    updates: str = ""  # address new versions are published at; empty: none is known
    server_on: bool = False  # whether texts are written by a server; only ever switched on by the merchant
    server: str = ""  # its address
    server_model: str = ""  # the model asked for there; empty: the first it names
    adapters: tuple[str, ...] = ()  # LoRA files for the chosen weights, each "scale path"
    battery_pause: bool = False  # writing in bulk waits while the machine runs on battery
    unfinished: str = ""  # JSON: what long work had still to do when the window closed, and in which shop


def load() -> Settings:
    """Read the settings; a missing or damaged file gives the defaults, since none of them is worth an error."""
    try:
        raw = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _checked(raw) if isinstance(raw, dict) else Settings()


def save(settings: Settings) -> None:
    """Write the settings whole or not at all; a full disk leaves the old file as it was."""
    import tempfile  # here, as the first frame does without

    target = _file()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".settings")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=1)
        Path(name).replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def same_engine(one: Settings, other: Settings) -> bool:
    """Say whether the same engine writes under both."""
    names = ("weights", "server_on", "server", "server_model", "adapters", "battery_pause")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def remember_shop(settings: Settings, shop: Path) -> Settings:
    """Return ``settings`` with ``shop`` first among the recent ones."""
    path = str(shop)
    return replace(settings, recent=(path, *(p for p in settings.recent if p != path))[:RECENT])


def _file() -> Path:
    return paths.config() / "settings.json"


def _checked(raw: dict[str, Any]) -> Settings:
    default = Settings()
    known: dict[str, Any] = {}
    for field in fields(Settings):
        value, usual = raw.get(field.name), getattr(default, field.name)
        if isinstance(usual, tuple) and isinstance(value, list):
            known[field.name] = tuple(str(v) for v in value)
        elif type(value) is type(usual):
            known[field.name] = value
    if known.get("language") not in {"system", "en", "zh"}:
        known.pop("language", None)
    if known.get("theme") not in {"system", "light", "dark"}:
        known.pop("theme", None)
    return replace(default, **known)
