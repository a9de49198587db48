"""What only covers a thing is not what it is made of."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> set[str]:
    return {f.text for f in check.check(text, product, language="zh").findings}


RING = thing("素圈戒指", 材质="925银，镀18K金", 宽="3mm")
SHELF = thing("电视柜", 柜体="颗粒板贴胡桃木皮", 柜脚="实木")
SPOON = thing("咖啡勺", 材质="不锈钢，表面镀钛")
COAT = thing("仿羊羔绒外套", 面料="聚酯纤维")


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (RING, "18K金的戒指。"), (RING, "用18K金打的。"), (SHELF, "胡桃木的柜体。"), (SHELF, "柜门是胡桃木。"), (SHELF, "整块胡桃木。"),
    ],
)  # fmt: skip
def test_a_covering_said_of_the_whole_is_found(product: Product, text: str) -> None:
    assert found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (RING, "银的，外面镀了18K金。"), (RING, "镀18K金。"), (SHELF, "贴的是胡桃木皮。"), (SHELF, "颗粒板，胡桃木贴面。"),
        (SHELF, "不是整块胡桃木。"),
    ],
)  # fmt: skip
def test_a_covering_said_as_one_is_true(product: Product, text: str) -> None:
    assert not found(text, product)
