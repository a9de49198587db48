"""Facts are typed by name and value in seven languages, and bookkeeping is left out."""

from __future__ import annotations

import pytest

from desktop_app.language import facts, telling
from desktop_app.records import Fact, Product

from .products import product


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("Material", "oak", "material"),
        ("MATERIALI", "Ceramica", "material"),
        ("Größe", "38 x 25 cm", "size"),
        ("Couleur", "rouge", "colour"),
        ("Peso", "1,5 kg", "weight"),
        ("材质", "竹子", "material"),
        ("净含量", "500克", "weight"),
        ("适用年龄", "3岁以上", "age"),
        ("Size", "350 ml", "volume"),
        ("Material", "38 × 25 cm", "size"),
        ("Foo", "80% cotton, 20% linen", "material"),
        ("Strap drop", "60 cm", "size"),
        ("Made in", "Wales", "origin"),
        ("Dishwasher safe", "yes", "feature"),
        ("pa_color", "blue", "colour"),
        ("style_bags", "Duffel", "style"),
        ("Lining material", "polyester", "material"),
        ("Roast", "medium", "free"),
        ("W x H", "20 x 30 cm", "size"),
        ("Wattage", "40 W", "power"),
        ("配料", "绿茶、茉莉花", "contents"),
    ],
)
def test_a_fact_is_typed(name: str, value: str, kind: str) -> None:
    assert facts.kind_of(name, value) == kind


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("has_options", "1"),
        ("eco_collection", "Yes"),
        ("image_label", "front"),
        ("URL", "https://example.com/x"),
        ("tax_class", "2"),
        ("Notes", "Lorem ipsum dolor sit amet, consectetur"),
        ("Path", "Home > Kitchen > Boards"),
        ("Colour", "n/a"),
        ("Created", "2013-01-01"),
        (
            "Story",
            "This wonderful thing was first made when our grandmother came down from the mountains, and ever since"
            " then we have tried to keep alive the way she worked, day after day, year after year.",
        ),
    ],
)
def test_bookkeeping_and_prose_are_dropped(name: str, value: str) -> None:
    assert telling.usable(Product("Thing", facts=(Fact(name, value),))) == []


def test_options_become_facts_with_every_value() -> None:
    found = telling.usable(product("Tee", options={"Size": ["S", "M", "L"], "Colour": ["red", "blue", "blue"]}))
    assert [(f.name, facts.items(f)) for f in found] == [("Size", ["S", "M", "L"]), ("Colour", ["red", "blue"])]


def test_what_is_said_twice_is_kept_once() -> None:
    thing = product("Tee", ("Color", "Red"), ("Colour", "red"), ("Material", "wool | linen"), ("Fabric", "wool"))
    assert [f.value for f in telling.usable(thing)] == ["Red", "wool | linen"]


def test_values_brought_apart_under_one_name_are_one_fact() -> None:
    bag = product("Bag", ("Material", "Nylon"), ("Material", "Polyester"), ("Strap", "padded"))
    assert [(f.name, facts.items(f)) for f in telling.usable(bag)] == [
        ("Material", ["Nylon", "Polyester"]),
        ("Strap", ["padded"]),
    ]


def test_options_outrank_the_same_values_as_facts() -> None:
    tee = product("Tee", ("Color", "Black"), ("Color", "Green"), options={"Color": ["Black", "Green"]})
    assert [(f.source, facts.items(f)) for f in telling.usable(tee)] == [("option:Color", ["Black", "Green"])]


def test_a_default_option_tells_nothing() -> None:
    assert telling.usable(product("Lamp", options={"Title": ["Default Title"]})) == []


def test_tags_tell_colour_and_material_only() -> None:
    found = telling.usable(product("Chair", tags=("Brown", "Leather", "gift_for_her", "Bestseller")))
    assert [(f.kind, f.value) for f in found] == [("colour", "Brown"), ("material", "Leather")]


def test_real_magento_bags_yield_facts_and_no_flags(shared) -> None:  # type: ignore[no-untyped-def]
    import csv

    with (shared / "data/catalog/magento2_gear_bags.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        bag = Product(row["name"], facts=tuple(Fact(k, v) for k, v in row.items() if k not in {"name", "description"}))
        names = {f.name for f in telling.usable(bag)}
        assert names <= {"features_bags", "pattern", "strap_bags", "material", "style_bags", "activity", "category"}
        assert len(names) >= 4


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("-20 °C", ["-20 °C"]),
        ("- oak, - ash", ["oak", "ash"]),
        ("3 (3000 / 4000 / 6000 K)", ["3 (3000 / 4000 / 6000 K)"]),
        ("羊毛62% 锦纶36% 氨纶2%", ["羊毛62%", "锦纶36%", "氨纶2%"]),
        ("55% linen 45% viscose", ["55% linen", "45% viscose"]),
        ("Nylon | Polyester", ["Nylon", "Polyester"]),
    ],
)
def test_a_value_is_parted_where_it_lists_and_nowhere_else(value: str, wanted: list[str]) -> None:
    assert facts.items(Fact("Material", value)) == wanted


def test_a_tag_does_not_contradict_the_title() -> None:
    known = {f.value for f in telling.usable(Product("无铅水晶红酒杯", tags=("玻璃",)))}
    assert "玻璃" not in known
    assert "Brown" in {f.value for f in telling.usable(Product("Brown Table", tags=("Brown",)))}
