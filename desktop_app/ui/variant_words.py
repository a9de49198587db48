"""A variant in one line, and what is different between the variants of two days."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.records import Variant
from desktop_app.ui import local
from desktop_app.words import _


def line(variant: Variant, currency: str) -> str:
    """Say what it is, what it costs in the shop's currency, and how many there are."""
    parts = [" / ".join(value for _name, value in variant.options), variant.sku, local.money(variant.price, currency)]
    if variant.stock is not None:
        parts.append(_("{count} in stock", count=local.number(variant.stock)))
    return " · ".join(part for part in parts if part)


def differences(before: Sequence[Variant], after: Sequence[Variant], currency: str) -> list[tuple[str, str]]:
    """Return before and after of every variant that is not the same; an empty side for one that comes or goes."""
    known = {variant.id: variant for variant in before if variant.id is not None}
    stays = {variant.id for variant in after}
    found = []
    for new in after:
        old = known.get(new.id) if new.id is not None else None
        if old != new:
            found.append((line(old, currency) if old else "", line(new, currency)))
    found += [(line(old, currency), "") for old in before if old.id not in stays]
    # What no line shows, such as a barcode, still differs; two lines that read the same would say nothing.
    return [pair for pair in found if pair[0] != pair[1]]
