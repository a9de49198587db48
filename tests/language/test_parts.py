"""Each part is of its own stuff: legs of steel are not of oak because the top is."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

TABLE = Product(
    "Oak Bedside Table",
    facts=(Fact("Material", "Solid oak"), Fact("Legs", "Steel, black"), Fact("Drawer bottom", "Plywood")),
)
POT = Product("珐琅汤锅", facts=(Fact("锅身", "珐琅铸铁"), Fact("锅盖", "钢化玻璃"), Fact("提手", "不锈钢")))
SHIRT = Product(
    "Linen Shirt", facts=(Fact("Fabric", "100% linen"), Fact("Buttons", "Corozo"), Fact("Collar", "Button-down"))
)


def _relations(text: str, product: Product) -> list[str]:
    return [f.text for f in check.check(text, product).findings if f.kind in {"relation", "material"}]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Its legs are turned from solid oak.", TABLE),
        ("Oak all through, down to the bottom of the drawer.", TABLE),
        ("连锅盖也是珐琅铸铁的。", POT),
        ("提手是钢化玻璃做的。", POT),
    ],
)
def test_the_stuff_of_another_part_is_found(text: str, product: Product) -> None:
    assert _relations(text, product)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("The table is solid oak and stands on black steel legs.", TABLE),
        ("锅身是珐琅铸铁，盖子用的是钢化玻璃。", POT),
        ("The buttons are corozo.", SHIRT),
    ],
)
def test_the_stuff_of_a_part_itself_stands(text: str, product: Product) -> None:
    assert not _relations(text, product)


def test_imitated_leather_is_not_real() -> None:
    gloves = Product("Cycling Gloves", facts=(Fact("Palm", "Synthetic suede"), Fact("Back", "Stretch mesh")))
    assert _relations("The palm is real leather.", gloves)


def test_feet_of_rubber_need_a_fact_for_the_rubber() -> None:
    assert _relations("Rubber feet stop it from sliding.", Product("Cheese Board", facts=(Fact("Feet", "Felt"),)))
