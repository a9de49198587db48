"""Parts a Chinese sentence says are there need a fact that names them."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> set[str]:
    return {f.text for f in check.check(text, product, language="zh").findings}


KETTLE = thing("烧水壶", 容量="2L", 壶身="不锈钢", 提梁="木")
STOOL = thing("折叠凳", 高="45cm", 承重="100kg", 布面="牛津布")
PACK = thing("登山包 40L", 容量="40L", 侧袋="2个", 面料="尼龙")


@pytest.mark.parametrize(
    ("product", "text", "part"),
    [
        (KETTLE, "带温度计。", "温度计"), (KETTLE, "壶身有刻度线。", "刻度线"), (KETTLE, "配滤网和量杯。", "滤网"),
        (STOOL, "带靠背。", "靠背"), (STOOL, "还有杯托。", "杯托"), (STOOL, "底下装了滚轮。", "滚轮"), (STOOL, "带收纳袋。", "收纳袋"),
        (PACK, "带防雨罩和哨子。", "哨子"), (PACK, "里面有电脑隔层。", "隔层"), (PACK, "还有反光条。", "反光条"),
    ],
)  # fmt: skip
def test_a_part_no_fact_names_is_found(product: Product, text: str, part: str) -> None:
    assert any(part in f or f in part for f in found(text, product))


@pytest.mark.parametrize(
    ("product", "text"),
    [(KETTLE, "有提梁。"), (PACK, "两边有侧袋。"), (STOOL, "不带靠背。"), (PACK, "带水杯出门。")],
)  # fmt: skip
def test_a_known_part_and_one_denied_are_true(product: Product, text: str) -> None:
    assert not found(text, product)
