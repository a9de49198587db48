"""Hold a text against what is known of a product."""

from __future__ import annotations

from desktop_app.language import numbers
from desktop_app.records import Finding
from desktop_app.shop import Shop


def check(shop: Shop, product: int, text: str, *, language: str = "") -> list[Finding]:
    """Return what the product does not carry, in the order of the text."""
    return list(numbers.unsupported(text, shop.product(product), language))
