"""Amounts that follow from the facts are let pass, those that do not are found."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> bool:
    return bool(check.check(text, product, language="zh").findings)


TEA = thing("茉莉花茶", 规格="4g×25包", 用量="每次4g", 产地="福建")
POWER = thing("移动电源", 容量="20000mAh", 重量="340g")
SWEETS = thing("牛轧糖", 净含量="480g", 数量="32颗", 层数="2层")
PILLS = thing("钙片", 数量="120片", 用法="每日2片")
MILK = thing("羊奶粉", 净含量="700g", 每勺="4.4g", 冲调="每40ml水1勺")
LAMP = thing("读写灯", 功率="10W", 色温="2700K、4000K、6000K三档")
DRILL = thing("起子套装", 批头数量="20个", 包装清单="手柄×1、批头×20、接杆×2、收纳盒×1")
BREAD = thing("黑麦面包", 净含量="500g（约10片）", 热量="每100g 250千卡")
KETTLE = thing("烧水壶", 容量="1.5L", 线长="80cm")


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (TEA, "二十五包一共二两。"), (TEA, "一天一包能喝二十五天。"), (POWER, "折合七十四瓦时。"), (SWEETS, "每层十六颗。"), (SWEETS, "一颗十五克。"),
        (PILLS, "一瓶吃两个月。"), (MILK, "冲两百毫升要五勺。"), (MILK, "三勺13.2克。"), (LAMP, "开足了点十个小时，用电0.1度。"),
        (DRILL, "不算盒子一共23件。"), (BREAD, "一片125大卡。"), (KETTLE, "一壶能灌七个200毫升的杯子。"), (LAMP, "最暖2700K，最白6000K。"),
    ],
)  # fmt: skip
def test_what_follows_from_the_facts_passes(product: Product, text: str) -> None:
    assert not found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (TEA, "二十五包一共四两。"), (POWER, "折合一百瓦时。"), (SWEETS, "每层三十二颗。"), (PILLS, "一瓶吃四个月。"), (MILK, "冲两百毫升要三勺。"),
        (DRILL, "不算盒子一共30件。"), (BREAD, "一片250大卡。"), (SWEETS, "一颗二十克。"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_found(product: Product, text: str) -> None:
    assert found(text, product)
