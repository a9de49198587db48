"""Hold a text against what is known of a product."""

from __future__ import annotations

from desktop_app.records import Finding
from desktop_app.shop import Shop
from desktop_app.tasks import standard


def check(shop: Shop, product: int, text: str, *, language_of_text: str = "") -> list[Finding]:
    """Return what nothing carries, neither the product's facts nor the shop's policies, in the order of the text.

    An empty ``language_of_text`` is read off the text.
    """
    held = standard.of(shop).hold(text, shop.product(product), language_of_text, looks_again=True)
    return list(held.findings)
