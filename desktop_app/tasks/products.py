"""Products made, edited and put away by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime

from desktop_app.errors import UserError
from desktop_app.records import Action, Product, ProductStatus, Variant
from desktop_app.shop import Shop

# What a file may bring and a hand may change; everything else is bookkeeping.
EDITABLE = tuple(
    f.name for f in fields(Product) if f.name not in {"id", "source_file", "source_row", "edited", "updated"}
)


def save(shop: Shop, product: Product) -> int:
    """Add a new product (id None) or change an existing one; return its id.

    The fields that differ are remembered as the merchant's own, so that a later import knows whose edit it meets.
    """
    product = _tidy(product)
    if product.id is None:
        with shop.act("Add {title}", title=product.title):
            return shop.add([replace(product, edited=EDITABLE)])[0]
    before = shop.product(product.id)
    changed = [name for name in EDITABLE if getattr(product, name) != getattr(before, name)]
    if changed:
        edited = tuple(name for name in EDITABLE if name in {*before.edited, *changed})
        with shop.act("Edit {title}", title=product.title):
            shop.replace(replace(product, edited=edited))
    return product.id


def archive(shop: Shop, ids: Sequence[int]) -> Action:
    """Put products away; they leave the lists and stay in the shop file."""
    return _set(shop, ids, "archived", "Archive {n} products")


def restore(shop: Shop, ids: Sequence[int]) -> Action:
    """Bring archived products back."""
    return _set(shop, ids, "active", "Bring back {n} products")


def find_one(shop: Shop, reference: str) -> int:
    """Return the id of the product a person named by SKU, handle or ``id:N``; UserError when none or several fit."""
    found = shop.find(reference)
    if not found:
        raise UserError("No product has the SKU or handle “{name}”. Try: zhanggui products {name}", name=reference)
    if len(found) > 1:
        raise UserError(
            "“{name}” names {n} products: {ids}. Use one of these.",
            name=reference,
            n=len(found),
            ids=", ".join(f"id:{i}" for i in found[:12]),
        )
    return found[0]


def now() -> str:
    """Return the present moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tidy(product: Product) -> Product:
    title = product.title.strip()
    if not title:
        raise UserError("A product needs a name. Nothing was saved yet; type a name and save again.")
    moment = now()
    facts = tuple(
        replace(fact, source=fact.source or "merchant", at=fact.at or moment)
        for fact in product.facts
        if fact.value.strip()
    )
    return replace(product, title=title, facts=facts, variants=product.variants or (Variant(),))


def _set(shop: Shop, ids: Sequence[int], status: ProductStatus, name: str) -> Action:
    with shop.act(name, n=len(ids)) as action:
        shop.set_status(list(ids), status)
    return action
