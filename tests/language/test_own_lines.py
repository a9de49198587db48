"""What is said of a part, of one size or of the opposite stands under its own name and is never said of the thing."""

from __future__ import annotations

import pytest

from desktop_app.language import check, own_lines, plain
from desktop_app.records import Fact, Product


def _text(title: str, language: str, *facts: tuple[str, str]) -> str:
    return plain.write(Product(title, facts=tuple(Fact(n, v) for n, v in facts)), language=language).text


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("Not for", "Linux, tablets", "Not for: Linux, tablets"),
        ("Not suitable for", "food, water", "Not suitable for: food, water"),
        ("Chest strap", "removable", "Chest strap: removable"),
        ("Length (size M)", "62 cm", "Length (size M): 62 cm"),
        ("Shade", "powder-coated aluminium", "Shade: powder-coated aluminium"),
        ("Region", "Northern Europe", "Region: Northern Europe"),
        ("Content", "160 garden birds", "Content: 160 garden birds"),
    ],
)
def test_in_english_it_keeps_its_own_name(name: str, value: str, line: str) -> None:
    said = _text("Bag", "en", ("Material", "nylon"), (name, value))
    assert line in said
    assert said.startswith("This bag is made of nylon")


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("不发货地区", "新疆、西藏", "不发货地区：新疆、西藏"),
        ("采摘季节", "秋茶", "采摘季节：秋茶"),
        ("衣长(M码)", "56cm", "衣长（M码）：56厘米"),
        ("质地", "膏状", "质地：膏状"),
        ("规格", "单棵直径3-5cm", "规格：单棵直径3-5厘米"),
        ("气味", "新品有轻微气味，通风1-2天散去", "气味：新品有轻微气味、通风1-2天散去"),
    ],
)
def test_in_chinese_too(name: str, value: str, line: str) -> None:
    said = _text("收纳盒", "zh", ("颜色", "白色"), (name, value))
    assert line in said


def test_a_line_that_quotes_a_fact_is_carried() -> None:
    lamp = Product("Black Lamp", facts=(Fact("Power supply", "USB-C, 5 V / 2 A"), Fact("Output", "USB-C 20W"),
                                        Fact("Adapter", "not included"), Fact("Height", "42 cm")))  # fmt: skip
    said = plain.write(lamp, language="en").text
    assert "Power supply: USB-C" in said
    assert not check.check(said, lamp, language="en").findings


def test_a_label_keeps_the_letters_of_the_merchant() -> None:
    assert own_lines.shown("pH值") == "pH值"
    assert own_lines.shown("1.5米床规格") == "1.5米床规格"
    assert own_lines.shown("高度(含盖)") == "高度（含盖）"
    assert own_lines.shown("Width (cm)") == "Width"


@pytest.mark.parametrize(
    ("title", "facts", "said"),
    [
        ("Soy Candle", [("Burn time", "35 hours (small), 60 hours (large)")], "Burn time: 35 hours (small), 60 hours (large)"),
        ("Crochet Pattern", [("Pages", "14"), ("Colour", "red")], "14 pages"),
        ("Silicone Cup", [("Height", "14 cm open, 5 cm folded"), ("Colour", "grey")], "Height: 14 cm open, 5 cm folded"),
        ("Wool Socks", [("Height", "Crew"), ("Colour", "grey")], "Height: crew"),
        ("Microwave Mug", [("Microwave safe", "Yes"), ("Dishwasher safe", "Yes")], "microwave safe and dishwasher safe"),
    ],
)  # fmt: skip
def test_what_has_no_measure_or_answer_of_its_own_is_not_made_one(
    title: str, facts: list[tuple[str, str]], said: str
) -> None:
    assert said.casefold() in _text(title, "en", *facts).casefold()


def test_a_fabric_is_no_second_stuff_beside_its_hundred_percent() -> None:
    assert "雪纺和" not in _text("碎花衬衫", "zh", ("面料", "雪纺"), ("成分", "聚酯纤维100%"))
