from __future__ import annotations

from desktop_app.language import derived
from desktop_app.records import Fact, Product


def told(*facts: tuple[str, str]) -> set[str]:
    product = Product("Thing", facts=tuple(Fact(n, v) for n, v in facts))
    return {f.value for f in derived.spread(product).facts[len(facts) :]}


def test_a_colour_temperature_is_called_as_people_call_it() -> None:
    assert told(("Light", "LED, 2700 K")) == {"warm white"}
    assert told(("Light", "6500 K")) == {"cool white daylight white"}


def test_a_paper_size_is_told_in_centimetres() -> None:
    assert told(("Format", "A5")) == {"14.8 x 21 cm"}


def test_a_value_that_says_nothing_more_adds_nothing() -> None:
    assert told(("Weight", "210 g"), ("Colour", "white")) == set()
