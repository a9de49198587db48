"""The number of one side is not said of another, whichever fact gives it."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

BAG = Product("Duffle bag", facts=(Fact("Size", "29 x 13 x 11 in (L x W x H)"),))
BOX = Product("Trinket box", facts=(Fact("Size", "10 x 8 cm"), Fact("Height", "8 cm")))
LAMP = Product("Desk lamp", facts=(Fact("Height", "42 cm"), Fact("Base diameter", "16 cm")))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (BAG, "The bag stands 13 inches tall."),
        (BAG, "It is 11 inches wide."),
        (BOX, "It is 10 cm tall."),
        (LAMP, "It stands 16 cm tall."),
    ],
)
def test_another_side_is_found(product: Product, text: str) -> None:
    assert [f.kind for f in check.check(text, product, language="en").findings] == ["relation"]


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (BAG, "29 inches long, 13 wide and 11 high."),
        (BAG, "Eleven inches tall."),
        (BOX, "It is 8 cm tall."),
        (LAMP, "It stands 42 cm tall on a base 16 cm wide."),
    ],
)
def test_the_right_side_stands(product: Product, text: str) -> None:
    assert not check.check(text, product, language="en").findings
