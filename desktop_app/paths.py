"""Where things live on this machine. Every folder can be moved by an environment variable, for tests and USB sticks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP = "Zhanggui"


def assets() -> Path:
    """Return the folder of shipped data, inside a frozen bundle or beside the source."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "assets" if frozen else Path(__file__).resolve().parent.parent / "assets"


def data() -> Path:
    """Return the user's data folder (``ZHANGGUI_DATA`` moves it), made if missing."""
    return _made(os.environ.get("ZHANGGUI_DATA"), platformdirs.user_data_path(APP, appauthor=False))


def config() -> Path:
    """Return the folder of settings; it follows ``ZHANGGUI_DATA`` when that is set."""
    moved = os.environ.get("ZHANGGUI_DATA")
    return _made(moved and str(Path(moved) / "config"), platformdirs.user_config_path(APP, appauthor=False))


def cache() -> Path:
    """Return the folder of what can be made again; it follows ``ZHANGGUI_DATA`` when that is set."""
    moved = os.environ.get("ZHANGGUI_DATA")
    return _made(moved and str(Path(moved) / "cache"), platformdirs.user_cache_path(APP, appauthor=False))


def weights() -> Path:
    """Return the folder of GGUF files (``ZHANGGUI_WEIGHTS`` moves it alone)."""
    return _made(os.environ.get("ZHANGGUI_WEIGHTS"), data() / "weights")


def shipped_weights() -> Path | None:
    """Return the folder of the starter weights that came inside a frozen bundle, or None where none did."""
    folder = assets().parent / "weights"
    return folder if getattr(sys, "frozen", False) and folder.is_dir() else None


def logs() -> Path:
    """Return the folder of log files."""
    return _made(None, cache() / "logs")


def default_shop() -> Path:
    """Return the shop file used when none is named."""
    return data() / "shop.zhanggui"


def _made(moved: str | None, usual: Path) -> Path:
    folder = Path(moved) if moved else usual
    folder.mkdir(parents=True, exist_ok=True)
    return folder
