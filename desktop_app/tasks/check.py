"""Hold a text against what is known of a product."""

from __future__ import annotations

from desktop_app.language import check as language
from desktop_app.records import Finding
from desktop_app.shop import Shop
from desktop_app.tasks import rule_packs


def check(shop: Shop, product: int, text: str, *, language_of_text: str = "") -> list[Finding]:
    """Return what the product's facts and the rule packs do not carry, in the order of the text, as strict as the shop.

    An empty ``language_of_text`` is read off the text.
    """
    strict = shop.setting("strict", True) is not False
    packs = rule_packs.chosen(shop)
    checked = language.check(text, shop.product(product), language=language_of_text, strict=strict, packs=packs)
    return list(checked.findings)
