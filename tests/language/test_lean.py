from __future__ import annotations

import pytest

from desktop_app.language import lean

JAR = ("This glass storage jar holds 500 ml or 1 l.", ("Glass storage jar", "Material", "glass", "500 ml | 1 l"))


@pytest.mark.parametrize(
    ("text", "kinds", "fits"),
    [
        ("The glass storage jar holds 500 ml or 1 l.", {"volume", "material"}, True),
        ("It can hold 500 ml of glass.", {"volume", "material"}, False),
        ("It takes glass to make a storage jar.", {"volume", "material"}, False),
        ("The jar is made to last.", {"material"}, False),
        ("It comes in glass.", {"material"}, False),
        ("The jar is made of glass and holds 1 l.", {"material", "volume"}, False),
        ("The jar measures 500 ml.", {"volume"}, False),
        ("It is a storage jars.", {"volume"}, False),
        ("It is a glass jar, a glass jar.", {"volume"}, False),
        ("It is an jar.", {"volume"}, False),
        ("It is made of glass, and is a jar.", {"material"}, False),
        ("the jar is made of glass.", {"material"}, False),
        ("The glass jar is made of storage.", {"material"}, False),
    ],
)
def test_small_weights_may_join_words_and_no_more(text: str, kinds: set[str], fits: bool) -> None:
    assert lean.fits(text, *JAR, kinds, "glass") is fits


HOODIE = (
    "The Hera Pullover Hoodie suits all weather and cool days, and is made of wool and nylon, and is lockable.",
    ("Hera Pullover Hoodie", "wool", "nylon", "all-weather", "cool", "lockable"),
)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("The Hera Pullover Hoodie is made of wool and nylon, and suits all weather and cool days.", True),
        ("The Hera Pullover Hoodie is made of wool and nylon, and is all weather and cool days.", False),
        ("The Hera Pullover Hoodie is made of wool.", False),
        ("The hera pullover hoodie is made of wool and nylon.", False),
        ("The Hera Pullover Hoodie is made of Wool and Nylon.", False),
        ("The Hera Pullover Hoodie is made of wool, nylon, and is lockable.", False),
        ("The Hera Pullover Hoodie is a lockable.", False),
        ("The Hera Pullover Hoodie is a blue.", False),
        ("This is a pullover hoodie.", False),
        ("It is wool, nylon, cool.", False),
        ("Hera Pullover Hoodie, wool and nylon.", False),
        ("The Hera Pullover Hoodie is made of wool &trade; nylon.", False),
    ],
)
def test_what_no_shopkeeper_would_print_is_not_taken_from_small_weights(text: str, fits: bool) -> None:
    assert lean.fits(text, *HOODIE, {"material", "use", "feature"}, "wool nylon") is fits
