"""What a title lists behind its name is said as one would say it; a name is left as it is written."""

from __future__ import annotations

import pytest

from desktop_app.language import naming, plain, steps
from desktop_app.records import Fact, Product, Wishes


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Pit fired vase with black lid and saggar markings", "pit-fired vase with a black lid and saggar markings"),
        ("Handmade raku stoneware yellow vase", "handmade yellow raku stoneware vase"),
        ("Ceramic plate, gold kintsugi, dark glaze, wood-fired saggar raku", "ceramic plate with gold kintsugi and dark glaze"),
        ("Raku vase, rustic pottery with smoke marks, earth pigments", "raku vase with smoke marks and earth pigments"),  # it is the pottery
        ("Red vase, copper wire and leaf marks", "red vase"),  # marks of wire are no wire
        ("Red vase, smoke marks and copper lines", "red vase with smoke marks and copper lines"),
        ("Muslin Swaddle Set of 2", "Muslin Swaddle Set of 2"),
    ],
)  # fmt: skip
def test_a_title_becomes_a_name_one_can_say(title: str, called: str) -> None:
    subject = naming.of(title, "en", ())
    assert subject.name + subject.more == called


def test_a_given_name_and_what_a_category_tells() -> None:
    top = Product("Phoebe Zipper Sweatshirt", facts=(Fact("Material", "cotton"),))
    assert "Phoebe Zipper Sweatshirt" in plain.write(top, language="en").text
    kit = Product("Beaumont Summit Kit", category="Men > Tops > Jackets", facts=(Fact("Material", "fleece"),))
    assert plain.write(kit, language="en").text == "The Beaumont Summit Kit is a jacket made of fleece."


def test_the_mark_of_a_stuff_does_not_get_into_a_name() -> None:
    bra = Product("Erica Evercool Sports Bra", facts=(Fact("Material", "EverCool™ | Lycra®"),), id=1)
    step = steps.plan(bra, Wishes(language="en"), variety=0).steps[0]
    tried = steps.Try("The Erica EverCool Sports Bra is made of Evercool and Lycra.")
    said = steps.best(step, [tried], bra, "en", ())
    assert "Erica Evercool Sports Bra is made of EverCool™ and Lycra®." in said


def test_what_excludes_each_other_is_not_said_of_one_thing() -> None:
    jacket = Product("Gym Jacket", facts=(Fact("Style", "¼ zip | Full zip | Hooded"), Fact("Material", "wool")))
    said = plain.write(jacket, language="en").text
    assert "zip" not in said
    assert "hooded" in said


def test_a_tag_is_no_stuff() -> None:
    chairs = Product("Brown Chairs", tags=("Brown", "Suede"), facts=(Fact("Height", "80", "cm"),))
    for variety in range(6):
        assert "suede" not in plain.write(chairs, language="en", variety=variety).text


def test_weights_make_no_sentence_of_a_line_that_stands_under_its_name() -> None:
    strap = [("Strap", v) for v in ("Adjustable", "Double", "Padded")]
    bag = Product("Yoga Bag", id=1, facts=tuple(Fact(n, v) for n, v in (("Material", "nylon"), *strap)))
    said = {step.said: step.names for step in steps.plan(bag, Wishes(language="en"), variety=0).steps}
    assert said["Strap: adjustable, double and padded."] == ()
    assert sum(bool(names) for names in said.values()) == 1


def test_two_colours_among_tags_are_nobodys() -> None:
    pillows = Product(
        "Sofa Pillows", vendor="Rustic LTD", tags=("White", "Yellow"), facts=(Fact("Height", "40", "cm"),)
    )
    assert "yellow" not in plain.write(pillows, language="en").text
    bag = Product("Tote", facts=(Fact("Strap bags", "Double"), Fact("Handles", "Long"), Fact("Material", "jute")))
    assert "double strap" in (said := plain.write(bag, language="en", length="long").text)
    assert "double straps" not in said
    assert "long handles" in said
