"""What the window shows of the open shop itself: its file, name, money, time and language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.shop import Shop


@dataclass(frozen=True)
class ShopFacts:
    """What the window shows of the shop itself."""

    path: Path
    name: str = ""
    currency: str = "USD"
    timezone: str = "UTC"
    language: str = "en"


def read(shop: Shop) -> ShopFacts:
    """Read them from the shop file."""
    return ShopFacts(
        shop.path,
        str(shop.setting("name") or shop.path.stem),
        str(shop.setting("currency") or "USD"),
        str(shop.setting("timezone") or "UTC"),
        str(shop.setting("language") or "en"),
    )
