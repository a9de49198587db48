"""Which product of a file meets which product of the shop: by code, handle or name, each at most once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app import formats
from desktop_app.formats import Reading, combinations
from desktop_app.records import Matching, Problem, Product
from desktop_app.shop import Shop
from desktop_app.tasks import export_products
from desktop_app.tasks.product_merging import Merger, alone


@dataclass(slots=True)
class Meeting:
    """One import's meetings; each shop product is met once at most, a variant of it by its own code once more."""

    shop: Shop
    matching: Matching
    reading: Reading
    met: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    empty: bool = field(init=False)
    _codes: set[tuple[int, str]] = field(default_factory=set)  # codes of variants met one by one, with their product
    _apart: set[int] = field(default_factory=set)  # these products
    _merger: Merger = field(init=False)

    def __post_init__(self) -> None:
        self.empty = not self.shop.has_products()
        self._merger = Merger(self.matching, self.reading)

    def pairs(self, batch: list[Product]) -> Iterator[tuple[Product, Product | None, Product]]:
        """Yield each product of the batch with the shop's own, or None where it is new, and what comes of the two."""
        if self.empty:
            yield from ((theirs, None, theirs) for theirs in batch)
            return
        found = self._found(batch)
        mine = {p.id or 0: p for p in self.shop.products([i for i in dict.fromkeys(found) if i is not None])}
        texts = export_products.texts_of(self.shop, list(mine))
        for theirs, id in zip(batch, found, strict=True):
            own = mine.get(id) if id is not None else None
            merged = theirs if own is None else self._merger.merged(theirs, own, texts.get(own.id or 0, {}))
            if own is not None and id is not None:
                mine[id] = merged  # the next row may be about another variant of the same product
            yield theirs, own, merged

    def left_over(self, sources: list[int]) -> list[int]:
        """Return the active products that these files brought and this one no longer holds."""
        if self.matching.missing != "archive" or self.empty:
            return []
        return [i for i in self.shop.from_sources(sources) if i not in self.met and i not in self.fresh]

    def _found(self, batch: list[Product]) -> list[int | None]:
        found: list[int | None] = [None] * len(batch)
        if self.reading.dialect == "prestashop":
            self._by_own_code(batch, found)
        only = len(self.matching.match) == 1
        for key in self.matching.match:
            wanted = {n: value for n, p in enumerate(batch) if found[n] is None and (value := _key(p, key, only))}
            known = self.shop.named(key, list(dict.fromkeys(wanted.values())))
            unsure = {i for ids in known.values() if len(ids) > 1 or key != "sku" for i in ids}
            told = {p.id: p for p in self.shop.products(sorted(unsure - self.met))} if unsure else {}
            for n, value in wanted.items():
                ids = [i for i in known.get(value, ()) if i not in self.fresh]
                free = [i for i in ids if i not in self.met and not _speaks_against(batch[n], told.get(i), key)]
                if free:
                    found[n] = self._meet(batch[n], max(free, key=lambda i: (*_likeness(batch[n], told.get(i)), -i)))
                elif key == "sku" and alone(batch[n]):
                    # Another row met this product, by the code of another of its variants.
                    same = (i for i in ids if i in self._apart and (i, value) not in self._codes)
                    found[n] = next((self._meet(batch[n], i) for i in same), None)
        return found

    def _by_own_code(self, batch: list[Product], found: list[int | None]) -> None:
        """Find products whose variants came in a file of their own: none of these has the product's code."""
        known = self.shop.kept_as(combinations.REFERENCE, [p.sku for p in batch if p.sku])
        for n, theirs in enumerate(batch):
            if ids := [i for i in known.get(theirs.sku, ()) if i not in self.met]:
                found[n] = self._meet(theirs, ids[0])

    def _meet(self, theirs: Product, mine: int) -> int:
        self.met.add(mine)
        if alone(theirs):
            self._codes.add((mine, theirs.sku))
            self._apart.add(mine)
        return mine


def _key(product: Product, key: str, only: bool) -> str:
    """Return what a product of the file is looked for by; a name is a weak sign, where the file gives a better one.

    A code may be the handle of a product that has no code of its own: an export wrote it.
    """
    if key == "sku":
        return product.sku
    if key == "handle":
        return product.handle or product.sku
    own = product.sku if product.sku != product.handle else ""  # PrestaShop's export calls a product of variants so
    weak = own or (product.handle and not formats.is_made_up(product.handle, product))
    return "" if weak and not only else product.title


def _speaks_against(theirs: Product, mine: Product | None, key: str) -> bool:
    """Say whether two that go by one handle or name are two products all the same."""
    if mine is None or key == "sku":
        return False
    if key == "handle":
        return not theirs.handle and bool(mine.sku)
    return bool(theirs.handle and mine.handle and theirs.handle != mine.handle)


def _likeness(theirs: Product, mine: Product | None) -> tuple[bool, bool]:
    """Return what speaks for this one among several that go by the same code or name."""
    if mine is None:
        return False, False
    same = mine.title.strip().casefold() == theirs.title.strip().casefold()
    return bool(theirs.handle) and theirs.handle == mine.handle, same
