"""A Chinese title is parted where its name ends, and never so that another thing is left."""

from __future__ import annotations

import pytest

from desktop_app.language import chinese_names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("蓝牙耳机真无线入耳式降噪", "蓝牙耳机"),
        ("实木床头柜北欧简约小户型", "实木床头柜"),
        ("新中式改良旗袍连衣裙女2024春秋款", "新中式改良旗袍连衣裙"),
        ("龙泉青瓷茶叶罐密封罐", "龙泉青瓷茶叶罐"),
        ("玻璃调料罐厨房家用四件套", "玻璃调料罐"),
        ("北欧陶瓷花盆多肉绿植盆带托盘", "北欧陶瓷花盆"),
        ("麻将凉席竹席1.8米床", "麻将凉席"),
    ],
)
def test_a_name_ends_where_praise_begins(title: str, name: str) -> None:
    assert chinese_names.name(title)[0] == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("纯银耳钉女气质简约", "纯银耳钉"),  # 银耳 is a thing too
        ("猫砂盆特大号半封闭防外溅", "猫砂盆"),
        ("毛巾架免打孔浴室", "毛巾架"),
        ("手机防摔保护壳", "手机防摔保护壳"),
        ("咖啡豆手摇磨豆机", "咖啡豆手摇磨豆机"),
        ("狗粮自动喂食器", "狗粮自动喂食器"),
        ("耳机便携收纳包", "耳机便携收纳包"),
        ("电动牙刷头替换通用", "电动牙刷头替换通用"),
        ("云南普洱茶熟茶饼", "云南普洱茶熟茶饼"),
        ("和纸胶带", "和纸胶带"),
    ],
)
def test_what_is_sold_is_never_left_out_of_its_name(title: str, name: str) -> None:
    assert chinese_names.name(title)[0] == name
