"""Causes of wrong findings in English, each in other products and words than those it was found in."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Product
from tests.language.products import product

GRATER = product(
    "Box grater", ("Blades", "stainless steel"), ("Handle", "soft rubber"), ("Base", "non-slip"), ("Height", "24", "cm"),
    ("Container", "detachable, 300 ml"), ("Washable", "grater yes, handle no"),
)  # fmt: skip
TENT = product(
    "Two-person tent", ("Weight with bag", "2.4 kg"), ("Bag weight", "200 g"), ("Water column", "3000 mm"), ("Pegs", "12, sold separately"),
    ("Entrances", "1 large entrance with zip, 1 small entrance"), ("Waterproof", "yes"), ("Use", "outdoors"),
)  # fmt: skip
COAT = product(
    "Winter coat", ("Lining", "black only"), ("Fit", "model is 180 cm tall, wears M"), ("Hood", "removable"), ("Sold", "individually"),
    options={"Size": ["S", "M", "L"], "Colour": ["black", "red", "green"]},
)  # fmt: skip
LAMP = product(
    "Desk lamp", ("Light", "LED, 4000 K"), ("Battery (remote)", "1 year"), ("Power (lamp)", "mains, 2 m cord"), ("Protection", "IP44"),
    ("Noise", "none"), ("Shade", "powder-coated"), ("Base", "oiled oak"),
)  # fmt: skip
BARS = product(
    "Nut bars, box of 12", ("Net weight", "600 g"), ("Contents", "12 bars"), ("Ingredients", "hazelnuts (30 %), dates, rapeseed oil"),
    ("Energy", "500 kcal per 100 g"), ("Portion", "1 bar (50 g)"), ("Not for", "children under 4"), ("Flavours", "6 bars plain, 6 bars with cocoa"),
)  # fmt: skip
BRACE = product("Knee brace", ("Stays", "steel, removable"), options={"Side": ["left", "right"]})


def findings(text: str, of: Product) -> tuple[object, ...]:
    return check.check(text, of, language="en").findings


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Tent alone, it comes to 2.2 kg.", TENT),
        ("Half of the bars are plain.", BARS),
        ("That is 250 kcal a portion.", BARS),
        ("Fifty grams each, six hundred in all.", BARS),
        ("Not for a three-year-old.", BARS),
        ("At 24.90 it works out at about two a bar.", BARS),
        ("It isn't even a quarter of a metre tall.", GRATER),
    ],
)
def test_what_a_sentence_reckons_from_the_facts_stands(text: str, of: Product) -> None:
    assert not findings(text, of)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("This grater tips the scales at nothing much.", GRATER),
        ("Unclip the container and tip out the cheese.", GRATER),
        ("Come rain or shine, puddles stay outside.", TENT),
        ("Never slept on the ground before?", TENT),
        ("Neither the lightest nor the heaviest of the three sizes.", COAT),
        ("Tie it up again and re-tell the story on the doorstep at teatime.", TENT),
        ("Wash the grater, but not the handle.", GRATER),
        ("A neutral white light, and a splash of rain does no harm.", LAMP),
        ("Rapeseed, not olive oil, binds them.", BARS),
        ("It is not for everyone.", BARS),
    ],
)
def test_what_says_a_fact_in_other_words_or_nothing_of_it_stands(text: str, of: Product) -> None:
    assert not findings(text, of)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Both entrances close with a zip.", TENT),
        ("The pegs are in the bag.", TENT),
        ("The red one is lined as well.", COAT),
        ("All colours are lined.", COAT),
        ("Our model wears a large.", COAT),
        ("The hood is sewn on.", COAT),
        ("Sold as a pair.", COAT),
        ("The oiled shade throws a soft shadow.", LAMP),
        ("A cool white light for early mornings.", LAMP),
        ("The lamp runs for a year on its battery.", LAMP),
        ("Fits both knees.", BRACE),
        ("The stays are built in.", BRACE),
        ("Rinse the handle under the tap.", GRATER),
        ("All the bars are with cocoa.", BARS),
        ("Glass walls let you look in.", GRATER),
        ("Our hotline answers around the clock.", LAMP),
    ],
)
def test_what_the_facts_say_of_one_alone_or_the_other_way_round_is_found(text: str, of: Product) -> None:
    assert findings(text, of)
