"""What a fact lets a text say in other words is let pass, one way only."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


JACKET = thing("冲锋衣", 面料="防水涂层", 闭合="拉链", 帽子="可拆")
BRUSH = thing("牙刷", 刷毛="软毛", 数量="2支")
SCOOTER = thing("滑板车", 载重="100kg", 防水="无")


@pytest.mark.parametrize(
    ("product", "text", "wrong"),
    [
        (JACKET, "下雨也能穿。", False), (JACKET, "帽子能拆下来。", False), (BRUSH, "毛是软的。", False), (BRUSH, "毛是硬的。", True), (SCOOTER, "雨里能骑。", True),
    ],
)  # fmt: skip
def test_other_words_rest_on_their_fact(product: Product, text: str, *, wrong: bool) -> None:
    assert bool(check.check(text, product, language="zh").findings) == wrong
