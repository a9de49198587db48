"""What the facts claim may not be denied, in whatever words."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

JUMPER = Product(
    "Crew-neck jumper Lofoten",
    facts=(
        Fact("Material", "100% merino wool"),
        Fact("Fit", "regular"),
        Fact("Care", "hand wash cold, dry flat"),
        Fact("Made in", "Portugal"),
    ),
)
BOARD = Product(
    "Oak serving board",
    facts=(
        Fact("Material", "oak"),
        Fact("Handle", "leather loop"),
        Fact("Finish", "linseed oil"),
        Fact("Juice groove", "yes"),
        Fact("Dishwasher safe", "no"),
        Fact("Stackable", "yes"),
    ),
)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (JUMPER, "It is not made of merino wool."),
        (JUMPER, "A synthetic jumper rather than a merino one."),
        (JUMPER, "This one is free of wool."),
        (JUMPER, "You won't find merino in this jumper."),
        (JUMPER, "The fit is anything but regular."),
        (JUMPER, "It wasn't made in Portugal."),
        (JUMPER, "Do not wash by hand."),
        (JUMPER, "Dry it hanging."),
        (BOARD, "It has no handle."),
        (BOARD, "There is no juice groove."),
        (BOARD, "Instead of oak it is pine."),
        (BOARD, "It isn't finished with linseed oil."),
        (BOARD, "They can't be stacked."),
    ],
)
def test_what_a_fact_says_is_not_denied(product: Product, text: str) -> None:
    assert any(f.kind == "contradiction" for f in check.check(text, product, language="en").findings)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (JUMPER, "It is not just wool, it is merino."),
        (JUMPER, "Made in Portugal, not in Spain."),
        (JUMPER, "Nothing but merino wool."),
        (JUMPER, "Keep the wool out of the dryer."),
        (BOARD, "Not pine but oak."),
        (BOARD, "It is not dishwasher safe."),
        (BOARD, "It never goes in the dishwasher."),
    ],
)
def test_what_is_denied_beside_it_stands(product: Product, text: str) -> None:
    assert not check.check(text, product, language="en").findings


def test_what_a_fact_denies_may_be_denied_and_not_claimed() -> None:
    spread = Product("Nut spread", facts=(Fact("Ingredients", "hazelnuts, sunflower oil"), Fact("Palm oil", "none")))
    assert not check.check("Sunflower oil went in; palm oil stayed out.", spread, language="en").findings
    assert check.check("Made with palm oil.", spread, language="en").findings
