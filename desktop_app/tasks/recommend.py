"""What to offer beside a product, instead of it, or to a customer: in stock only, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.insight import recommend
from desktop_app.insight.recommend import Recommender, Strength
from desktop_app.shop import Shop
from desktop_app.words import _

NEWEST = 40_000  # orders that are learned from
EMBEDDED = 1_500  # products whose meaning is read by weights; more are compared by the words of their names
CHOSEN_UP_TO = 6_000  # orders up to which the strengths are chosen by trying


@dataclass(frozen=True, slots=True)
class Offer:
    """A product of the catalogue to offer, and why."""

    product: int
    title: str
    why: Literal["together", "alike", "popular"]
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Known:
    fitted: Recommender
    products: tuple[int, ...]  # by the recommender's numbers
    titles: tuple[str, ...]
    in_stock: np.ndarray[tuple[int], np.dtype[np.bool_]]


_kept: WeakKeyDictionary[Shop, tuple[int, _Known]] = WeakKeyDictionary()


def beside(shop: Shop, product: int, engine: Engine | None = None, count: int = 5) -> list[Offer]:
    """Return what goes with a product: bought together, alike, or liked by all; in stock only."""
    return _offers(shop, [product], engine, count)


def for_customer(shop: Shop, customer: int, engine: Engine | None = None, count: int = 5) -> list[Offer]:
    """Return what a customer might want next, going by what was bought before; nothing for one nobody knows."""
    before = shop.bought_by(customer)[-12:]
    return _offers(shop, before, engine, count) if before else []


def instead(shop: Shop, product: int, engine: Engine | None = None, count: int = 5) -> list[Offer]:
    """Return what could stand in for a product that is gone: alike by meaning or name, in stock."""
    known = _known(shop, engine)
    if product not in known.products or known.fitted.vectors is None:
        return []
    number = known.products.index(product)
    likeness = known.fitted.vectors @ known.fitted.vectors[number]
    allowed = known.in_stock.copy()
    allowed[number] = False
    order = [int(n) for n in np.argsort(-likeness, kind="stable") if allowed[n] and likeness[n] > 0][:count]
    text = _("Like {title}", title=known.titles[number])
    return [Offer(known.products[n], known.titles[n], "alike", text, float(likeness[n])) for n in order]


def _offers(shop: Shop, products: list[int], engine: Engine | None, count: int) -> list[Offer]:
    known = _known(shop, engine)
    place = {product: n for n, product in enumerate(known.products)}
    numbers = [place[p] for p in products if p in place]
    found = []
    for wanted in known.fitted.offer(numbers, count, known.in_stock):
        if wanted.why == "together":
            text = _(
                "In {together} of {of} orders with {title}", together=wanted.together, of=wanted.of,
                title=known.titles[wanted.beside],
            )  # fmt: skip
        elif wanted.why == "alike":
            text = _("Like {title}", title=known.titles[wanted.beside])
        elif wanted.of:
            text = _("In {n} orders of all", n=wanted.of)
        else:
            continue  # nobody ever bought it: no reason to offer it
        found.append(Offer(known.products[wanted.item], known.titles[wanted.item], wanted.why, text, wanted.score))
    return found


def _known(shop: Shop, engine: Engine | None) -> _Known:
    """Return the recommender of a shop, fitted anew when orders came or products changed."""
    version = hash(shop.books_version())
    kept = _kept.get(shop)
    if kept is not None and kept[0] == version:
        return kept[1]
    ids = list(shop.search(""))
    rows = shop.rows(ids)
    products, titles = tuple(row.id for row in rows), tuple(row.title for row in rows)
    place = {product: n for n, product in enumerate(products)}
    lines, items = shop.sale_lines(NEWEST), shop.items()
    of_variant = shop.products_of_variants()
    number = {
        item: place[of_variant[variant]]
        for item, (_sku, _title, _kind, variant) in items.items()
        if variant is not None and of_variant.get(variant) in place
    }
    baskets: dict[int, list[int]] = {}
    columns = (lines[name].tolist() for name in ("order", "item", "quantity"))
    for order, item, quantity in zip(*columns, strict=True):
        if quantity > 0 and item in number:
            baskets.setdefault(order, []).append(number[item])
    listed = list(baskets.values())
    strength = None if len(listed) <= CHOSEN_UP_TO else Strength()
    fitted = Recommender(listed, len(products), _vectors(titles, engine), strength)
    there = [row.status == "active" and (row.stock is None or row.stock > 0) for row in rows]
    found = _Known(fitted, products, titles, np.array(there, bool))
    _kept[shop] = version, found
    return found


def _vectors(titles: tuple[str, ...], engine: Engine | None) -> recommend.Floats | None:
    if not titles:
        return None
    if engine is not None and len(titles) <= EMBEDDED:
        try:
            vectors = np.asarray(engine.embed(list(titles)), np.float32)
        except UserError:  # no weights of meaning here
            return recommend.name_vectors(titles)
        centred = vectors - vectors.mean(0)  # small weights say "alike" of everything; what differs is what counts
        return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9), np.float32)
    return recommend.name_vectors(titles)
