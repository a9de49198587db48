"""What a fact excludes is no claim of the same product, and may be denied."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

ROSE = Product("Climbing rose", facts=(Fact("Position", "full sun"), Fact("Height", "2", "m")))
PAPRIKA = Product("烟熏甜椒粉", facts=(Fact("辣度", "微辣"), Fact("净含量", "75", "克")))
PILLOW = Product("Feather Pillow", facts=(Fact("Firmness", "medium"), Fact("Cover", "cotton")))


@pytest.mark.parametrize(
    ("product", "text"),
    [(ROSE, "Happy in deep shade."), (PAPRIKA, "火辣的一款。"), (ROSE, "It likes a shady wall.")],
)
def test_the_other_side_is_a_contradiction(product: Product, text: str) -> None:
    assert "contradiction" in {f.kind for f in check.check(text, product).findings}


def test_the_other_side_may_be_denied() -> None:
    assert not check.check("Keep it away from deep shade.", ROSE).findings
    assert not check.check("Neither very soft nor very hard.", PILLOW).findings


def test_a_zip_is_not_of_the_stuff_of_the_jacket() -> None:
    jacket = Product("Fleece Jacket", facts=(Fact("Material", "100% polyester fleece"), Fact("Closing", "full zip")))
    assert check.check("The zip is made of fleece.", jacket).findings
    assert not check.check("The jacket is made of fleece.", jacket).findings


def test_the_name_beside_a_number_counts() -> None:
    frame = Product("Oak Frame", facts=(Fact("Photo size", "13 x 18", "cm"), Fact("Outer size", "17 x 22", "cm")))
    assert check.check("It takes prints of 17 x 22 cm.", frame, language="en").findings
    assert not check.check("It takes prints of 13 x 18 cm.", frame, language="en").findings


def test_a_certificate_of_another_name_is_not_carried() -> None:
    pillow = Product("羽毛枕", facts=(Fact("认证", "OEKO-TEX Standard 100"),))
    assert "certificate" in {f.kind for f in check.check("通过RDS羽绒认证。", pillow, language="zh").findings}
