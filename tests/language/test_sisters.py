"""Kinds that exclude each other: the facts name one, a sentence may not name the other."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> set[str]:
    return {f.text for f in check.check(text, product, language="zh").findings}


TEA = thing("勐海熟普洱 老茶头", 茶类="熟茶", 净含量="200g", 产地="云南勐海")
HONEY = thing("秦岭土蜂蜜", 品种="洋槐蜜", 净含量="500g")
BELT = thing("男士皮带", 材质="头层牛皮，植鞣", 扣头="针扣", 宽="3.5cm")
BRUSH = thing("毛笔 小楷", 笔毫="狼毫", 笔杆="竹", 出锋="2.6cm")
OIL = thing("压榨菜籽油 5L", 原料="非转基因油菜籽", 工艺="冷榨", 净含量="5L", 油种="菜籽油")
VASE = thing("青花瓷瓶", 材质="青花瓷", 高="32cm", 烧制="柴烧")
BED = thing("榻榻米床垫", 填充="乳胶", 面料="针织棉", 厚="6cm")
LAMP = thing("充电台灯", 灯光="暖光", 电池="2000mAh", 接口="USB-C")


@pytest.mark.parametrize(
    ("product", "text", "kind"),
    [
        (TEA, "是生茶，放得越久越香。", "生茶"), (HONEY, "一勺枣花蜜兑水。", "枣花蜜"), (BELT, "羊皮做的，软。", "羊皮"),
        (BELT, "用的是二层皮。", "二层皮"), (BRUSH, "羊毫，含墨多。", "羊毫"), (OIL, "热榨的，香。", "热榨"),
        (OIL, "花生油一桶。", "花生油"), (VASE, "白瓷胎。", "白瓷"), (VASE, "电窑烧的。", "电窑"), (BED, "里面是记忆棉。", "记忆棉"),
        (LAMP, "冷白光。", "冷白光"), (LAMP, "装三节七号电池。", "七号电池"), (LAMP, "Micro-USB口充电。", "Micro-USB"),
    ],
)  # fmt: skip
def test_the_other_kind_is_a_contradiction(product: Product, text: str, kind: str) -> None:
    findings = check.check(text, product, language="zh").findings
    assert any(kind in f.text or f.text in kind for f in findings), findings


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (TEA, "不是生茶，是熟茶。"), (TEA, "熟普一包。"), (BELT, "头层牛皮的皮带。"), (BRUSH, "狼毫小楷。"), (VASE, "柴烧的青花。"),
        (BED, "乳胶填充，不是记忆棉。"),
    ],
)  # fmt: skip
def test_its_own_kind_and_a_denial_are_true(product: Product, text: str) -> None:
    assert not found(text, product)
