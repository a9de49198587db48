"""Facts said in Chinese: each kind with the words that are true of it (尺寸 is measured, 容量 held, 材质 made of)."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.language import chinese_forms, chinese_matter, chinese_traits, facts, own_lines, sayings
from desktop_app.language.facts import items
from desktop_app.language.phrases import listed, resting
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

_ROLES: dict[str, Callable[[Fact, Subject], list[Said]]] = {
    "material": chinese_matter.material,
    "part_material": chinese_matter.part_material,
    "part_colour": chinese_matter.part_material,
    "colour": chinese_matter.colour,
    "size": chinese_matter.size,
    "length": chinese_matter.length,
    "width": chinese_matter.length,
    "height": chinese_matter.length,
    "depth": chinese_matter.length,
    "diameter": chinese_matter.length,
    "thickness": chinese_matter.length,
    "weight": chinese_forms.simple("weight", "重"),
    "net_weight": chinese_matter.net_weight,
    "density": chinese_forms.simple("stat", "克重为"),
    "volume": chinese_matter.volume,
    "count": chinese_matter.count,
    "sheets": chinese_matter.sheets,
    "origin": chinese_matter.origin,
    "made_in": chinese_matter.origin,
    "age": chinese_traits.age,
    "audience": chinese_traits.age,
    "care": chinese_traits.care,
    "storage": chinese_traits.care,
    "power": chinese_forms.simple("stat", "功率为"),
    "voltage": chinese_forms.simple("stat", "电压为"),
    "compatibility": chinese_traits.compatibility,
    "contents": chinese_traits.things("contents", "附"),
    "scent": chinese_matter.scent,
    "flavour": chinese_matter.scent,
    "certificate": chinese_matter.certificate,
    "brand": chinese_matter.brand,
    "category": chinese_matter.silent,
    "pattern": chinese_traits.pattern,
    "style": chinese_traits.style,
    "fit": chinese_traits.style,
    "neckline": chinese_traits.style,
    "sleeves": chinese_traits.style,
    "shape": chinese_traits.style,
    "finish": chinese_traits.finish,
    "closure": chinese_traits.feature,
    "feature": chinese_traits.feature,
    "use": chinese_traits.use,
    "climate": chinese_traits.use,
    "burn_time": chinese_forms.simple("feature_does", "可燃烧"),
    "labelled": chinese_matter.labelled,
}


def say(found: list[Fact], subject: Subject) -> list[Said]:
    """Return everything that can be said in Chinese of these facts, each fact at most once."""
    out: list[Said] = []
    sides = [
        f
        for f in found
        if facts.role_of(f) in chinese_matter.SIDES
        and facts.clean_name(f.name) in chinese_matter.PLAIN_SIDES
        and not own_lines.only(f)
    ]
    out += chinese_matter.sides([f for f in sides if len(items(f)) == 1])
    for fact in (f for f in sides if len(items(f)) > 1):
        out.append(
            chinese_forms.offered(fact, chinese_forms.label_of(fact), [resting(i, fact.name) for i in items(fact)])
        )
    filled = any(facts.clean_name(f.name).startswith("填充") for f in found)
    for fact in found:
        if fact in sides:
            continue
        if (
            filled
            and facts.clean_name(fact.name) in {"面料", "面料材质"}
            and (stuffs := chinese_forms.words(fact, "material"))
        ):
            out.append(
                chinese_forms.clause("part", fact, "面料为", listed(stuffs, "zh"), "")
            )  # a duvet is not made of it
            continue
        say_so = (
            chinese_matter.nothing
            if own_lines.only(fact)
            else _ROLES.get(sayings.role_of(fact), chinese_matter.nothing)
        )
        out += say_so(fact, subject) or chinese_forms.detail(fact)
    return [s for s in out if s.verb or s.whole or s.value]
