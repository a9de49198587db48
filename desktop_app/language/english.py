"""Facts said in English: each kind with the verb that is true of it (a size is measured, a material made of)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from desktop_app.language import english_forms, english_matter, english_sizes, english_traits, facts, own_lines, sayings
from desktop_app.language.facts import items
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

_ROLES: dict[str, Callable[[Fact, Subject], list[Said]]] = {
    "material": english_matter.material,
    "part_material": english_matter.part_material,
    "part_colour": english_matter.part_material,
    "colour": english_matter.colour,
    "size": english_sizes.size,
    "length": english_sizes.length,
    "width": english_sizes.length,
    "height": english_sizes.length,
    "depth": english_sizes.length,
    "diameter": english_sizes.length,
    "thickness": english_sizes.length,
    "weight": english_matter.weight,
    "net_weight": english_matter.labelled,
    "density": english_matter.labelled,
    "volume": english_matter.volume,
    "count": english_matter.count,
    "sheets": english_matter.sheets,
    "origin": english_matter.origin,
    "made_in": english_matter.origin,
    "age": english_traits.age,
    "audience": english_traits.audience,
    "care": english_traits.care,
    "storage": english_traits.care,
    "battery": english_matter.battery,
    "compatibility": english_traits.compatibility,
    "contents": english_traits.contents,
    "ingredients": english_matter.ingredients,
    "scent": english_matter.scent,
    "flavour": english_matter.scent,
    "certificate": english_matter.certificate,
    "brand": english_matter.brand,
    "category": english_matter.category,
    "pattern": english_traits.pattern,
    "style": english_traits.style,
    "fit": english_traits.fit,
    "neckline": english_traits.style,
    "sleeves": english_traits.style,
    "shape": english_traits.style,
    "finish": english_traits.style,
    "closure": english_traits.feature,
    "strap": english_traits.strap,
    "feature": english_traits.feature,
    "use": english_traits.use,
    "climate": english_traits.use,
    "burn_time": english_matter.burn,
    "labelled": english_matter.labelled,
    "power": english_matter.labelled,
    "voltage": english_matter.labelled,
}


def say(facts_usable: list[Fact], subject: Subject) -> list[Said]:
    """Return everything that can be said in English of these facts, in no particular order, each fact at most once."""
    out: list[Said] = []
    dimensions = [f for f in facts_usable if english_sizes.is_side(f) and not own_lines.only(f)]
    several = [f for f in dimensions if len(items(f)) > 1]
    out += english_sizes.sides([f for f in dimensions if f not in several])
    out += [said for f in several for said in english_sizes.several_sides(f)]
    options = [
        f
        for f in facts_usable
        if f.source.startswith("option:") or (f.kind == "size" and len(english_sizes.sizes(f)) > 1)
    ]
    options = [f for f in options if f.kind in {"colour", "size"} and f not in dimensions]
    if not any(len(items(f)) > 1 for f in options):
        options = []
    out += english_sizes.options(options)
    for fact in facts_usable:
        if fact not in dimensions and fact not in options:
            out += one(fact, subject)
    return [s for s in out if s.verb or s.part or s.whole or s.value]


def one(fact: Fact, subject: Subject) -> list[Said]:
    """Return what one fact says."""
    if either := english_traits.either(fact):
        return either
    if own_lines.only(fact):
        return english_forms.detail(fact)
    if part := english_traits.part_like(fact):
        return part
    role = sayings.role_of(fact)
    known = facts.by_name(facts.clean_name(fact.name))
    if (
        known
        and known.role == "count"
        and (number := re.fullmatch(rf"(\d+) {re.escape(facts.clean_name(fact.name))}", fact.value))
    ):
        return english_matter.count(replace(fact, value=number[1]), subject)  # "Pieces: 5"
    said = _ROLES.get(role, english_matter.free)(fact, subject)
    return said if said else english_forms.detail(fact)
