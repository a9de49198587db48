"""Numbers of the reader's own day say nothing of the product; those of the product still need a fact."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

BAG = Product(
    "帆布袋", facts=(Fact("材质", "帆布"), Fact("尺寸", "38×33cm"), Fact("口袋", "内袋1个"), Fact("容量", "15L"))
)


def found(text: str) -> bool:
    return bool(check.check(text, BAG, language="zh").findings)


@pytest.mark.parametrize(
    "text",
    [
        "下班顺路买三斤橘子，拎着就走。", "五楼没电梯，两手得腾出来。", "坐四十分钟地铁，书一页没折。", "住六层，一天上下四趟。", "跑完五公里，拎着它去买水。", "三口之家周末去超市。",
        "两室一厅的小家，门后挂个钩子。", "十块钱一斤的草莓，买了三盒。",
    ],
)  # fmt: skip
def test_a_number_of_the_day_passes(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize("text", ["有三个口袋。", "能装三十斤。", "容量二十升。", "重三斤。", "能用十年。"])
def test_a_number_of_the_thing_is_found(text: str) -> None:
    assert found(text)
