"""What the settings page asks about the shop and its backups, on another thread; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.shop import Shop
    from desktop_app.tasks.shop_settings import ShopSettings


@dataclass(frozen=True)
class Copy:
    """One backup and when it was made (ISO 8601, UTC)."""

    path: Path
    made: str


@dataclass(frozen=True)
class Found:
    """The shop's own settings and its backups, newest first."""

    path: Path
    settings: ShopSettings
    copies: tuple[Copy, ...]
    folder: Path
    locked: bool = False


def look(shop: Shop) -> Found:
    """Read the settings of the shop and look which backups there are."""
    from desktop_app.shop import backups
    from desktop_app.tasks import locking, shop_settings

    copies = [Copy(path, _made(path)) for path in shop.backups() if path.exists()]
    return Found(
        shop.path, shop_settings.of(shop), tuple(copies), backups.folder_of(shop.path), locking.is_locked(shop.path)
    )


def save(shop: Shop, path: Path) -> None:
    """Copy the shop into a file of its own."""
    shop.export_copy(path)


def restore(backup: Path, target: Path) -> None:
    """Put a backup beside the shop as a file of its own."""
    from desktop_app.tasks import shops

    shops.restore_backup(backup, target)


def free_name(folder: Path, stem: str) -> Path:
    """Return a name for a shop file that nothing in ``folder`` has yet."""
    number, target = 1, folder / f"{stem}.zhanggui"
    while target.exists():
        number += 1
        target = folder / f"{stem} {number}.zhanggui"
    return target


def _made(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
