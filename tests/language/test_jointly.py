"""What is said of several parts at once has to hold of each."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> set[str]:
    return {f.text for f in check.check(text, product, language="zh").findings}


MUG = thing("随行杯", 内胆="316不锈钢", 外壳="PP塑料", 容量="450ml", 杯盖="PP塑料")
DESK = thing("书桌", 桌面="榉木", 桌腿="碳钢", 抽屉="榉木", 保修="桌面3年，五金1年")
WOK = thing("炒锅", 锅身重量="1.2kg", 锅盖重量="400g", 锅身="铸铁", 锅盖="玻璃")
SCALE = Product("电子秤", facts=(Fact("重量(不含电池)", "500g"), Fact("量程", "5kg")))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (MUG, "内外都是316不锈钢。"), (MUG, "内胆和外壳都是不锈钢。"), (DESK, "桌面和桌腿都是榉木。"), (DESK, "桌腿、抽屉都用榉木。"),
        (DESK, "桌面和五金都保三年。"), (WOK, "锅身和锅盖全是铸铁。"), (WOK, "1.2公斤，锅盖也算在内。"), (WOK, "连盖子一共400克。"),
        (SCALE, "连电池500克。"), (MUG, "杯盖和内胆都是塑料。"),
    ],
)  # fmt: skip
def test_what_holds_of_one_alone_is_found(product: Product, text: str) -> None:
    assert found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (MUG, "外壳和杯盖都是PP塑料。"), (DESK, "桌面和抽屉都是榉木。"), (WOK, "不算锅盖，锅身1.2公斤。"), (WOK, "连锅带盖一共1.6公斤。"),
        (SCALE, "不算电池500克。"),
    ],
)  # fmt: skip
def test_what_holds_of_each_is_true(product: Product, text: str) -> None:
    assert not found(text, product)
