"""A region of China is one stretch, carried by a fact of the place or of one within it."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

TEA = Product("普洱茶饼", facts=(Fact("产地", "云南临沧"), Fact("净重", "357g")))
CUP = Product("青瓷杯", facts=(Fact("产地", "浙江龙泉"), Fact("容量", "120ml")))


@pytest.mark.parametrize(
    ("product", "text", "place"),
    [
        (TEA, "西双版纳的茶。", "西双版纳"), (TEA, "产自西双版纳。", "西双版纳"), (TEA, "乌鲁木齐发来的。", "乌鲁木齐"), (TEA, "勐海料。", "勐海"),
        (CUP, "景德镇烧的。", "景德镇"), (CUP, "德化出的杯子。", "德化"), (CUP, "来自呼伦贝尔。", "呼伦贝尔"), (CUP, "江西制造。", "江西"),
    ],
)  # fmt: skip
def test_another_region_is_found_whole(product: Product, text: str, place: str) -> None:
    assert place in {f.text for f in check.check(text, product, language="zh").findings}


@pytest.mark.parametrize(
    ("product", "text"),
    [(TEA, "云南的茶。"), (TEA, "临沧出的。"), (CUP, "浙江龙泉烧的。"), (TEA, "去大理的路上，泡一壶。")],
)
def test_its_own_region_and_the_one_around_it_are_true(product: Product, text: str) -> None:
    assert not check.check(text, product, language="zh").findings
