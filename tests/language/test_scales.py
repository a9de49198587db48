"""A thing has one quality of a row, and lists of the facts are closed."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product, Variant

BOWL = Product("Ceramic dog bowl", facts=(Fact("For", "medium and large dogs"), Fact("Glaze", "lead-free")))
BRUSH = Product("Toothbrush", facts=(Fact("Head bristles", "soft nylon"), Fact("Contents", "brush, 2 heads, charger")))
THROW = Product(
    "Wool throw",
    facts=(Fact("Pattern", "herringbone"), Fact("Weight (size M)", "850 g")),
    variants=(Variant(options=(("Colour", "Peat"),)), Variant(options=(("Colour", "Heather"),))),
)
JAM = Product("Blackcurrant jam", facts=(Fact("Ingredients", "blackcurrants, cane sugar, lemon juice"),))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (BOWL, "For small dogs."),
        (BOWL, "There is lead in the glaze."),
        (BRUSH, "Hard bristles."),
        (THROW, "A striped throw."),
        (THROW, "In peat, heather and moss."),
        (THROW, "Every size weighs 850 g."),
        (JAM, "Strawberries, cane sugar and lemon juice."),
    ],
)
def test_another_of_the_row_or_the_list_is_found(product: Product, text: str) -> None:
    assert check.check(text, product, language="en").findings


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (BOWL, "For large dogs."),
        (BOWL, "It is not for small dogs."),
        (BRUSH, "The bristles are soft."),
        (THROW, "In peat or heather."),
        (JAM, "Blackcurrants, cane sugar and lemon juice; nothing else."),
    ],
)
def test_what_the_facts_say_stands(product: Product, text: str) -> None:
    assert not check.check(text, product, language="en").findings


def test_one_letter_too_many_in_a_row_of_sizes_is_found() -> None:
    shirt = Product("Shirt", variants=(Variant(options=(("Size", "S"),)), Variant(options=(("Size", "M"),))))
    assert not check.check("Available in S and M.", shirt, language="en").findings
    assert check.check("Available in S, M and L.", shirt, language="en").findings
