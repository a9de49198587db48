"""The settings of buying and pricing: how surely there is enough in stock, and what a price must leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Pick
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.tasks.shop_settings import ShopSettings

SERVICES = ("80", "85", "90", "95", "97", "98", "99", "99.5")
MARGINS = ("0", "5", "10", "15", "20", "25", "30", "35", "40", "50", "60", "70")


class PolicyRows:
    """Two rows; ``keep`` is called with the key of the setting and what was chosen."""

    def __init__(self, keep: Callable[[str, str], None], width: int) -> None:
        self.service, self.margin = Pick(), Pick()
        for pick, key, shares in ((self.service, "service", SERVICES), (self.margin, "margin", MARGINS)):
            pick.setFixedWidth(width)
            for share in shares:
                pick.addItem(f"{share} %", share)
            pick.activated.connect(lambda _at, pick=pick, key=key: keep(key, pick.currentData()))
        surely = _("How surely there is enough until the delivery after next; more means a fuller shelf.")
        least = _("What a price must leave over its cost; “How it sells…” says the lowest price that does.")
        self.rows = [
            SettingRow(_("Enough in stock"), surely, self.service),
            SettingRow(_("Least margin"), least, self.margin),
        ]

    def show(self, kept: ShopSettings) -> None:
        """Show what the shop has; a share of the merchant's own, typed elsewhere, is added."""
        for pick, share in ((self.service, kept.service), (self.margin, kept.margin)):
            if pick.findData(share) < 0:
                pick.addItem(f"{share} %", share)
            pick.setCurrentIndex(pick.findData(share))
