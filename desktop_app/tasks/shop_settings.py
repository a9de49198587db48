"""What belongs to a shop and not to this computer: its name, currency, time zone, and what a second import means."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from desktop_app.errors import UserError
from desktop_app.records import Matching
from desktop_app.shop import Shop
from desktop_app.tasks import policy
from desktop_app.tasks.import_products import matching_for

READ = {"service": policy.read_service, "margin": policy.read_margin}


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """The settings of one shop, as its file has them."""

    name: str
    currency: str
    timezone: str
    language: str
    matching: Matching | None  # None: nobody was asked yet
    service: str = policy.SERVICE  # per cent: how surely there is enough in stock until the delivery after next
    margin: str = policy.MARGIN  # per cent of a price that is to be left over its cost


def of(shop: Shop) -> ShopSettings:
    """Return the settings of ``shop``."""
    return ShopSettings(
        str(shop.setting("name") or shop.path.stem),
        str(shop.setting("currency") or "USD"),
        str(shop.setting("timezone") or "UTC"),
        str(shop.setting("language") or "en"),
        matching_for(shop),
        policy.per_cent(policy.service(shop)),
        policy.per_cent(policy.margin(shop)),
    )


def change(shop: Shop, key: str, value: str | Matching) -> ShopSettings:
    """Change one setting as an action that can be undone, and return all of them; UserError for a bad value."""
    if isinstance(value, Matching):
        with shop.act("Change what a second import means"):
            shop.set_setting("matching", asdict(value))
        return of(shop)
    value = " ".join(value.split())
    if key == "currency":
        value = value.upper()
        if len(value) != 3 or not value.isascii() or not value.isalpha():
            raise UserError("A currency is three letters, such as USD or CNY. “{value}” was not kept.", value=value)
    if key in READ and value:
        value = READ[key](value)
    if not value:
        raise UserError("This cannot be empty. What was there before is kept.")
    with shop.act("Change the settings of the shop"):
        shop.set_setting(key, value)
    return of(shop)
