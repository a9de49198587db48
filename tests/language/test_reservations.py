"""What the facts leave out of a promise, or say is not supported, may not be promised."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> bool:
    return bool(check.check(text, product, language="zh").findings)


PEARS = thing("库尔勒香梨", 净含量="2.5kg", 不发货地区="海南、西藏", 售后="签收24小时内拍照")
RING = thing("刻字戒指", 材质="925银", 售后="7天无理由，刻字定制不退不换")
CASE = thing("手机壳", 材质="硅胶", 磁吸="不支持MagSafe")
HOLDER = thing("风口支架", 适用出风口="横向叶片（竖向、圆形不适用）")


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (PEARS, "全国都发。"), (PEARS, "拉萨的朋友也能安心下单。"), (RING, "刻字的也能退。"), (CASE, "支持MagSafe，一贴就吸住。"), (HOLDER, "横的竖的圆的出风口都能夹。"),
    ],
)  # fmt: skip
def test_a_promise_that_takes_in_the_exception_is_found(product: Product, text: str) -> None:
    assert found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (PEARS, "海南和西藏寄不了。"), (RING, "刻了字的不退不换。"), (CASE, "不支持MagSafe。"), (HOLDER, "竖的圆的出风口不适用。"), (PEARS, "签收24小时内拍照。"),
    ],
)  # fmt: skip
def test_the_exception_itself_may_be_said(product: Product, text: str) -> None:
    assert not found(text, product)
