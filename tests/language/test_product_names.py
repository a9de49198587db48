"""A customer names a product as people do; where two may be meant, none is taken."""

from __future__ import annotations

import pytest

from desktop_app.language.product_names import named, without

TITLES = [
    (1, "Oak table lamp"), (2, "Oak serving tray"), (3, "Bamboo cutting board"), (4, "Linen shirt"),
    (5, "Linen tea towel"), (6, "Cotton bath towel"), (7, "Enamel mug 350 ml"), (8, "橡木台灯"), (9, "铸铁煎锅"),
    (10, "搪瓷杯 350毫升"), (11, "百花蜂蜜"), (12, "棉浴巾"), (13, "亚麻茶巾"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("What is the oak lamp's cable length?", 1), ("is the OAK SERVING TRAY in stock", 2),
        ("how do I clean my bamboo board", 3), ("do you have the shirts in XL", 4), ("is a towel softer", None),
        ("anything made of oak?", None), ("two mugs please", 7), ("where is my order", None), ("台灯的线多长", 8),
        ("煎锅多重", 9), ("搪瓷杯有货吗", 10), ("蜂蜜怎么保存", 11), ("毛巾多少钱", None), ("订单到哪了", None),
    ],
)  # fmt: skip
def test_a_product_is_known_by_its_title_or_by_what_people_say_of_it(text: str, product: int | None) -> None:
    assert named(TITLES, text) == product


def test_what_is_left_of_a_question_asks_about_the_product() -> None:
    assert without("Does the cast iron pan work on induction?", "Cast iron pan").split() == [
        "Does", "the", "work", "on", "induction?",
    ]  # fmt: skip
    assert without("煎锅多重", "铸铁煎锅").strip() == "多重"
