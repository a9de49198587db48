"""What the merchant wants of buying and pricing: how surely there is enough in stock, and what a price must leave."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop_app.errors import UserError
from desktop_app.shop import Shop

SERVICE, MARGIN = "95", "20"  # per cent, where nobody said otherwise
LEAST_SERVICE, MOST_SERVICE = Decimal(50), Decimal("99.9")


def service(shop: Shop) -> float:
    """Return the share of deliveries until which there should be enough in stock, such as 0.95."""
    return float(Decimal(str(shop.setting("service") or SERVICE)) / 100)


def margin(shop: Shop) -> Decimal:
    """Return the share of a price that must be left over its cost, such as 0.2."""
    kept = shop.setting("margin")
    return Decimal(MARGIN if kept in (None, "") else str(kept)) / 100


def per_cent(share: float | Decimal) -> str:
    """Return a share as per cent: "95", "99.5"."""
    return f"{(Decimal(str(share)) * 100).normalize():f}"


def read_service(text: str) -> str:
    """Return per cent as kept; UserError for what is no service level."""
    value = _per_cent(text)
    if value is None or not LEAST_SERVICE <= value <= MOST_SERVICE:
        raise UserError("Enough in stock is a number of per cent from 50 to 99.9. “{text}” was not kept.", text=text)
    return f"{value.normalize():f}"


def read_margin(text: str) -> str:
    """Return per cent as kept; UserError for what is no margin."""
    value = _per_cent(text)
    if value is None or not 0 <= value < 100:
        raise UserError("The least margin is a number of per cent from 0 to 99. “{text}” was not kept.", text=text)
    return f"{value.normalize():f}"


def _per_cent(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
