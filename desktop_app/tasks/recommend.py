"""What to offer beside a product, instead of it, or to a customer: in stock only, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from desktop_app.insight import recommend
from desktop_app.insight.recommend import Recommender, Strength
from desktop_app.language.kinds import kind_of, same
from desktop_app.records import Product, ProductRow
from desktop_app.shop import Shop
from desktop_app.tasks import product_meanings
from desktop_app.words import _

LOOKED_AT = 200  # products with the same word that are looked at for one that may stand in
NEWEST = 40_000  # orders that are learned from
SAME_KIND = 0.8  # likeness of meaning from which two things of one group are of one kind (teapot and tea towel: 0.76)
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


def beside(shop: Shop, product: int, count: int = 5) -> list[Offer]:
    """Return what goes with a product: bought together, alike, or liked by all; in stock only."""
    return _offers(shop, [product], count)


def for_customer(shop: Shop, customer: int, count: int = 5) -> list[Offer]:
    """Return what a customer might want next, going by what was bought before; nothing for one nobody knows."""
    before = shop.bought_by(customer)[-12:]
    return _offers(shop, before, count) if before else []


def instead(shop: Shop, product: int, count: int = 5) -> list[Offer]:
    """Return what could stand in for a product that is gone: the same kind of thing by name or meaning, in stock.

    Nothing where nothing is of its kind: a roll of tape is no substitute for hooks because both are sets.
    """
    known = _known(shop)
    if product not in known.products or known.fitted.vectors is None:
        return []
    number = known.products.index(product)
    likeness = known.fitted.vectors @ known.fitted.vectors[number]
    alike = _of_its_kind(shop, known, number)
    order = sorted(alike, key=lambda n: (-round(alike[n], 2), -float(likeness[n]), n))[:count]
    text = _("Like {title}", title=known.titles[number])
    return [Offer(known.products[n], known.titles[n], "alike", text, alike[n]) for n in order]


def stand_in(shop: Shop, product: Product) -> ProductRow | None:
    """Return the one product in stock that is most like one that is gone, of the same kind by its name; None for none.

    For a reply: nothing is fitted for it, so that no draft waits.
    """
    mine = kind_of(product.title)
    if not mine.head:
        return None
    words = set(product.title.casefold().split())
    near = [
        row
        for row in shop.rows(list(shop.search(mine.head, status="active"))[:LOOKED_AT])
        if row.id != product.id and row.stock is not None and row.stock > 0 and same(mine, kind_of(row.title))
    ]
    exact = [row for row in near if kind_of(row.title).thing == mine.thing] or near
    return max(exact, key=lambda row: (len(words & set(row.title.casefold().split())), -row.id), default=None)


def _of_its_kind(shop: Shop, known: _Known, number: int) -> dict[int, float]:
    """Return the products in stock that are the same kind of thing, and how nearly: 1 for the same by name."""
    mine = kind_of(known.titles[number])
    meanings = product_meanings.of_kinds(shop, known.titles)
    own = meanings.get(known.titles[number])
    found = {}
    for n in np.flatnonzero(known.in_stock).tolist():
        kind = kind_of(known.titles[n])
        if n == number:
            continue
        if same(mine, kind):
            found[n] = 1.0
        elif own is not None and known.titles[n] in meanings and kind.group == mine.group:
            near = float(own @ meanings[known.titles[n]])
            if near >= SAME_KIND:
                found[n] = near
    return found


def _offers(shop: Shop, products: list[int], count: int) -> list[Offer]:
    known = _known(shop)
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


def _known(shop: Shop) -> _Known:
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
    fitted = Recommender(listed, len(products), _vectors(shop, titles), strength)
    there = [row.status == "active" and (row.stock is None or row.stock > 0) for row in rows]
    found = _Known(fitted, products, titles, np.array(there, bool))
    _kept[shop] = version, found
    return found


def _vectors(shop: Shop, titles: tuple[str, ...]) -> recommend.Floats | None:
    if not titles:
        return None
    meant = product_meanings.of_titles(shop, titles)
    return recommend.name_vectors(titles) if meant is None else meant
