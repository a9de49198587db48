"""Amounts that a label, a count or a share makes: said in other words they are still carried."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.language.numbers import unsupported
from desktop_app.records import Fact, Product, Variant

LANTERN = Product("Camping lantern", facts=(Fact("Battery hours", "12"), Fact("Weight", "260 g")))
SOAP = Product(
    "Soap bar (set of 3)", facts=(Fact("Weight", "3 x 100 g"),), variants=(Variant(price=Decimal("15"), stock=4),)
)
SPREAD = Product(
    "Spread",
    facts=(Fact("Net weight", "200 g"), Fact("Ingredients", "hazelnuts 45 %"), Fact("Sugar per 100 g", "28 g")),
)
COAT = Product("Dog coat", facts=(Fact("Back length", "S 30, M 40, L 50", "cm"), Fact("Pages", "192")))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (LANTERN, "Runs 12 hours on one charge."),
        (LANTERN, "A quarter of a kilo, give or take."),
        (SOAP, "That makes 300 g in all."),
        (SOAP, "Five euros a bar."),
        (SOAP, "Only four left."),
        (SPREAD, "90 grams of hazelnuts per jar."),
        (COAT, "Choose M for a back of 40 cm, or L for 50."),
        (COAT, "Ninety-six sheets."),
    ],
)
def test_what_follows_is_carried(product: Product, text: str) -> None:
    assert not unsupported(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (LANTERN, "Runs 14 hours."),
        (SOAP, "Each bar weighs 300 g."),
        (SOAP, "Four euros a bar."),
        (SOAP, "Four bars, 75 g apiece."),
        (SPREAD, "80 grams of hazelnuts per jar."),
        (COAT, "A hundred sheets."),
    ],
)
def test_what_does_not_follow_is_found(product: Product, text: str) -> None:
    assert unsupported(text, product)
