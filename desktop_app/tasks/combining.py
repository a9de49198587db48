"""Which product of the shop a file of variants means: by its code or its number in the shop system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from desktop_app.formats import combinations
from desktop_app.formats.reading import Reading
from desktop_app.records import Matching, Problem, Product
from desktop_app.shop import Shop
from desktop_app.tasks.meeting import Meeting
from desktop_app.words import _

Pairs = Iterator[tuple[Product, Product | None, Product]]


class Meets(Protocol):
    """What an import asks: which product of the file is which of the shop, and what comes of the two."""

    fresh: set[int]
    problems: list[Problem]

    def pairs(self, batch: list[Product]) -> Pairs:
        """Yield each product of the batch with the shop's own and what comes of the two."""

    def left_over(self, sources: list[int]) -> list[int]:
        """Return the products that these files brought and this one no longer holds."""


def meeting(shop: Shop, matching: Matching, reading: Reading) -> Meets:
    """Return who meets whom in this import."""
    return Variants(shop, matching) if reading.dialect == combinations.KEY else Meeting(shop, matching, reading)


@dataclass(slots=True)
class Variants:
    """The meetings of a file of variants: products are never new, and one that is not there yet is said."""

    shop: Shop
    matching: Matching
    fresh: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _numbers: dict[str, list[int]] = field(default_factory=dict)
    _codes: dict[str, list[int]] = field(default_factory=dict)

    def pairs(self, batch: list[Product]) -> Pairs:
        """Yield each product of the batch with the shop's own and what comes of the two."""
        self._look(batch)
        found = [self._met(told) for told in batch]
        mine = {p.id or 0: p for p in self.shop.products(list(dict.fromkeys(i for i in found if i is not None)))}
        for told, id in zip(batch, found, strict=True):
            if id is None:
                continue
            own = mine[id]
            keep = "variants" in own.edited and self.matching.wins == "mine"
            merged = own if keep else combinations.joined(own, told)
            mine[id] = merged  # the rows of one product may stand apart
            yield told, own, merged

    def left_over(self, sources: list[int]) -> list[int]:
        """Return nothing: a file of variants says nothing of products it does not hold."""
        return []

    def _look(self, batch: list[Product]) -> None:
        extra = [dict(told.extra) for told in batch]
        codes = [said[combinations.REFERENCE] for said in extra if said[combinations.REFERENCE]]
        self._numbers = self.shop.kept_as(combinations.ID, [said[combinations.ID] for said in extra])
        self._codes = self.shop.kept_as(combinations.REFERENCE, codes)
        for kind in ("sku", "handle"):  # a product that never had variants goes by its one code
            for code, ids in self.shop.named(kind, codes).items():
                self._codes.setdefault(code, ids)

    def _met(self, told: Product) -> int | None:
        said = dict(told.extra)
        code, number = said[combinations.REFERENCE], said[combinations.ID]
        by_code, by_number = self._codes.get(code, []), self._numbers.get(number, [])
        if len(both := [id for id in by_code if id in by_number]) == 1:
            return both[0]
        found = by_code or (by_number if not code else [])
        if len(found) == 1:
            return found[0]
        self.problems += _unplaced(told, code or number, bool(found), bool(code))
        return None


def _unplaced(told: Product, name: str, several: bool, coded: bool) -> Iterator[Problem]:
    """Yield each row of a product that is not in the shop, or that is there more than once."""
    why = (
        _("Several products of the shop are called {name}, so it is not clear whose variants these are. Give each "
          "a code of its own, then import this file again.")
        if several
        else _("The product {name} is not in the shop, so its variants are left out: import the products file "
               "first, then this file again.")
    ).format(name=name)  # fmt: skip
    column = combinations.REFERENCE if coded else combinations.ID
    rows = dict(told.extra).get(combinations.ROWS, "").split() or [str(told.source_row or 0)] * len(told.variants)
    for row, variant in zip(rows, told.variants, strict=True):
        shown = variant.sku or " / ".join(value for _name, value in variant.options)
        yield Problem(int(row), column, why, shown or name)
