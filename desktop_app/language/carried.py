"""Everything one product carries, made ready once and held against any number of sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.language import (
    all_alike,
    already,
    belonging,
    bindings,
    bracketed,
    coverings,
    denials,
    denied,
    derived,
    jointly,
    listed,
    located,
    makers,
    months,
    opposites,
    owned,
    parts,
    quantifiers,
    range_ends,
    reservations,
    rules,
    scales,
    sides,
    sisters,
    size_steps,
    slots,
    vocabulary,
)
from desktop_app.language.numbers import Known
from desktop_app.language.vocabulary import World
from desktop_app.records import Product


@dataclass(frozen=True, slots=True)
class Carried:
    """A product's numbers, words, pieces, shares and sides."""

    known: Known
    world: World
    pieces: tuple[belonging.Piece, ...]
    bound: bindings.Bounds
    stuffs: parts.Stuffs
    owners: owned.Owners
    groups: quantifiers.Groups
    apart: bracketed.Apart
    denied: denied.Denied
    claimed: denials.Claimed
    located: tuple[located.Located, ...]
    shares: tuple[belonging.Share, ...]
    sides: sides.Sides
    lists: tuple[frozenset[str], ...]
    scales: scales.Claims
    sizes: int  # in how many sizes it comes
    excluded: opposites.Excluded
    sisters: sisters.Sisters
    jointly: tuple[jointly.Part, ...]
    coverings: coverings.Coverings
    slots: slots.Slots
    rows: tuple[size_steps.Row, ...]
    ranges: tuple[range_ends.Range, ...]
    reservations: tuple[reservations.Reservation, ...]
    makers: tuple[makers.Maker, ...]
    sorts: tuple[all_alike.Sorts, ...]
    done: already.Done
    seasons: tuple[months.Season, ...]
    exempt: re.Pattern[str] | None
    packs: tuple[rules.Rule, ...]


def _translated(world: World) -> str:
    """Return the Chinese of what the facts say in another language alone: 炻器 of "Stoneware"."""
    return " ".join(z for t in world.terms if not any(z in world.text for z in t.zh) for z in t.zh)


@lru_cache(maxsize=256)
def of(product: Product, packs: rules.Chosen = rules.SHIPPED) -> Carried:
    """Return what ``product`` carries."""
    product = derived.spread(product)
    world = vocabulary.of(product)
    names = [re.escape(n) for n in world.names]
    return Carried(
        Known.of(product),
        world,
        belonging.pieces(product),
        bindings.of(product),
        parts.of(product),
        owned.of(product),
        quantifiers.of(product),
        bracketed.of(product),
        denied.of(product),
        denials.of(product, world),
        located.of(product),
        belonging.shares(product),
        sides.of(product),
        listed.of(product),
        scales.of(product),
        belonging.sizes(product),
        opposites.of(product),
        sisters.of(product, world.text + _translated(world)),
        jointly.of(product),
        coverings.of(product),
        slots.of(product),
        size_steps.of(product),
        range_ends.of(product),
        reservations.of(product),
        makers.of(product),
        all_alike.of(product),
        already.of(product),
        months.seasons(product.facts),
        re.compile("|".join(names), re.I) if names else None,
        rules.in_force(packs),
    )
