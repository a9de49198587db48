"""What stands in the place of a fact's value has to be that value."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> set[str]:
    return {f.text for f in check.check(text, product, language="zh").findings}


QUILT = thing("儿童凉席", 图案="小熊", 颜色="鹅黄", 材质="亚草", 收纳袋="1个", 安全带="三点式")
RUG = thing("地垫", 花型="几何", 颜色="驼色", 底面="防滑点塑", 等级="一级")
EARS = thing("睡眠耳塞", 数量="30副（60只）", 颜色="浅紫", 收纳盒="1个")
PLANT = thing("茉莉盆栽", 花色="白", 光照="喜阳", 耐寒="不耐寒，5℃以上越冬", 浇水="见干见湿")
WOK = thing("煮粥锅", 保温="自动转保温", 内胆="紫砂")


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (QUILT, "图案是恐龙。"), (QUILT, "粉蓝色的。"), (QUILT, "收纳袋两个。"), (QUILT, "五点式安全带。"), (RUG, "花型是牡丹。"),
        (RUG, "二级品。"), (EARS, "六十副装。"), (EARS, "收纳盒两个。"), (EARS, "肉色，戴着看不出。"), (PLANT, "零下也不怕。"),
        (PLANT, "天天浇水就行。"), (WOK, "煮好要自己断电。"),
    ],
)  # fmt: skip
def test_another_value_is_found(product: Product, text: str) -> None:
    assert found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (QUILT, "图案是小熊。"), (QUILT, "鹅黄色的。"), (QUILT, "收纳袋一个。"), (RUG, "花型是几何。"), (EARS, "三十副，六十只。"),
        (PLANT, "零下可不行，它不耐寒。"), (PLANT, "见干见湿，干透了再浇。"),
    ],
)  # fmt: skip
def test_its_own_value_is_true(product: Product, text: str) -> None:
    assert not found(text, product)


def test_a_colour_given_in_english_is_known() -> None:
    cap = Product("Cap", facts=(Fact("Color", "Yellow"), Fact("Material", "Cotton")))
    assert not found("这顶帽子为黄色，棉质。", cap)
    assert found("这顶帽子为肉色。", cap)


READER = thing(
    "阅读器",
    按键="翻页实体键2个",
    前光="冷暖双色",
    图案="缠枝莲",
    格式="EPUB、PDF",
    分辨率="300PPI（黑白）/150PPI（彩色）",
)
PILLS = thing("芝麻丸", 工艺="九蒸九晒", 不适宜="孕妇、婴幼儿", 规格="9颗，每颗9g")


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (READER, "没有按键。"), (READER, "花纹是百蝶。"), (READER, "只有暖光。"), (READER, "MOBI也能读。"), (READER, "可伸缩，高矮都能用。"),
        (READER, "摔了也没事。"), (PILLS, "三蒸三晒。"), (PILLS, "孕期也能吃。"), (PILLS, "核桃仁加得足。"),
    ],
)  # fmt: skip
def test_what_the_facts_give_otherwise_is_found(product: Product, text: str) -> None:
    assert found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [(READER, "有按键。"), (READER, "花纹是缠枝莲。"), (PILLS, "九蒸九晒。"), (PILLS, "孕妇别吃。")],
)
def test_what_they_give_is_true(product: Product, text: str) -> None:
    assert not found(text, product)
