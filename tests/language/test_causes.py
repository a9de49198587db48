"""Causes, not sentences: each is tried in other products and other words than those it was found in."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

Facts = tuple[tuple[str, str], ...]


def wrong(text: str, title: str, known: Facts) -> bool:
    product = Product(title, facts=tuple(Fact(name, value) for name, value in known))
    return bool(
        check.check(text, product, language="zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en").findings
    )


CUTLERY = (
    "Cutlery set",
    (("Contents", "6 forks, 6 knives, 6 spoons"), ("Material", "Stainless steel"), ("Fork length", "19 cm")),
)
BELT = (
    "Leather belt",
    (("Waist", "80-95 cm"), ("Leather", "Full-grain cowhide"), ("Buckle", "Brass"), ("Width", "35 mm")),
)
SOCKS = ("运动袜 3双装", (("成分", "棉75%，锦纶25%"), ("袜底", "毛圈"), ("双数", "3"), ("单双重量", "60克")))
PUMP = (
    "水族箱水泵",
    (("流量", "600升/小时"), ("扬程", "1.2米"), ("功率", "8W"), ("线长", "1.5米"), ("适用水箱", "60-120升")),
)
FEED = (
    "Bird seed mix",
    (("Net weight", "1.2 kg"), ("Portion", "40 g"), ("Energy per 100 g", "480 kcal"), ("Best before", "180 days")),
)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (CUTLERY, "Eighteen pieces in all, six of each."),
        (BELT, "Made for waists of 88 cm and thereabouts."),
        (SOCKS, "一共六只，三双。"),
        (SOCKS, "三双加起来180克。"),
        (PUMP, "一百升的水箱也带得动。"),
        (FEED, "That is thirty portions a bag."),
        (FEED, "A portion has 192 kcal."),
        (FEED, "It keeps for about six months."),
        (BELT, "A touch over three centimetres wide."),
    ],
)
def test_an_amount_that_follows_from_the_facts_stands(product: tuple[str, Facts], text: str) -> None:
    assert not wrong(text, *product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (CUTLERY, "Sixteen pieces in all."),
        (BELT, "It fits waists from 70 cm."),
        (SOCKS, "三双加起来60克。"),
        (PUMP, "每分钟600升。"),
        (FEED, "A bag has 480 kcal."),
        (FEED, "It keeps for at least nine months."),
        (BELT, "Well over 35 mm wide."),
    ],
)
def test_an_amount_that_does_not_follow_is_found(product: tuple[str, Facts], text: str) -> None:
    assert wrong(text, *product)


CHAIR = (
    "Garden chair",
    (("Frame", "Powder-coated steel"), ("Seat", "Teak, oiled"), ("Armrests", "curved"), ("Feet caps", "Plastic")),
)
DRESS = (
    "Summer dress",
    (("Fabric", "Viscose"), ("Collar", "Lace, white"), ("Belt", "braided, removable"), ("Buttons", "Shell")),
)
POT = ("陶瓷炖锅", (("锅身", "耐热陶瓷"), ("锅盖", "玻璃，钢圈"), ("提手", "木质"), ("附件", "竹勺1把、隔热垫1块")))
TOY = (
    "Pull-along duck",
    (("Body", "Beech"), ("Wheels", "Rubber"), ("String", "Cotton, 60 cm"), ("Decoration", "red beak, painted eyes")),
)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (CHAIR, "The frame is teak."),
        (CHAIR, "Oiled armrests."),
        (DRESS, "A braided collar."),
        (DRESS, "The belt is lace."),
        (POT, "锅盖也是陶瓷的。"),
        (POT, "提手包了钢。"),
        (TOY, "The wheels are beech."),
        (TOY, "A red body."),
    ],
)
def test_what_is_said_of_one_part_is_not_said_of_another(product: tuple[str, Facts], text: str) -> None:
    assert wrong(text, *product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (CHAIR, "Steel and oiled teak."),
        (CHAIR, "A steel frame carries a seat of teak."),
        (DRESS, "Viscose with a collar of white lace."),
        (POT, "陶瓷锅身，玻璃盖，木提手。"),
        (TOY, "Beech, on rubber wheels."),
    ],
)
def test_what_is_said_of_its_own_part_stands(product: tuple[str, Facts], text: str) -> None:
    assert not wrong(text, *product)


TENT = (
    "Two-person tent",
    (("Poles", "Aluminium"), ("In the box", "tent, 12 pegs, repair kit"), ("Groundsheet", "not included")),
)
KIT = ("手工皂材料包", (("包装清单", "皂基500克、模具2个、香精1瓶"), ("难度", "入门")))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (TENT, "A mallet is included."),
        (TENT, "You also get a lantern."),
        (TENT, "Complete with a cover."),
        (TENT, "We put a spare pole cord in the parcel."),
        (KIT, "围裙也给你配好了。"),
        (KIT, "另有温度计一支。"),
        (KIT, "连手套都备好了。"),
        (KIT, "一套里有丝带。"),
        (KIT, "搅拌棒也在里面。"),
        (TENT, "Bundled with a hammock."),
        (TENT, "A footprint to match."),
        (TENT, "No need to buy a lamp: one is there."),
        (TENT, "The parcel also holds a rug."),
        (KIT, "再搭一个打蛋器。"),
        (KIT, "量杯不用另买。"),
        (KIT, "箱子里还躺着刻刀。"),
    ],
)
def test_a_thing_no_list_names_does_not_come_along(product: tuple[str, Facts], text: str) -> None:
    assert wrong(text, *product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (TENT, "Twelve pegs and a repair kit come along."),
        (TENT, "Bring your own groundsheet."),
        (KIT, "模具和香精都配好了。"),
        (KIT, "两个模具，一瓶香精，都在盒子里。"),
        (KIT, "做好送给妈妈。"),
    ],
)
def test_what_a_list_names_comes_along(product: tuple[str, Facts], text: str) -> None:
    assert not wrong(text, *product)


PAN = ("Crêpe pan", (("Material", "Carbon steel"), ("Care", "Dishwasher: no; oven safe"), ("Handle", "Beech")))
SCARF = ("Silk scarf", (("Care", "Hand wash, dry flat"), ("Silk", "mulberry")))
LUNCHBOX = ("饭盒", (("盒身", "可微波"), ("盒盖", "不可微波"), ("材质", "玻璃")))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (PAN, "Into the oven, yes, but never into the dishwasher."),
        (PAN, "The oven is fine, although the dishwasher is not."),
        (LUNCHBOX, "盒身能进微波炉，盖子不行。"),
        (SCARF, "Wash it by hand and dry it flat."),
    ],
)
def test_yes_and_no_are_read_per_clause(product: tuple[str, Facts], text: str) -> None:
    assert not wrong(text, *product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (PAN, "Into the dishwasher, yes, but never into the oven."),
        (LUNCHBOX, "整盒都能进微波炉。"),
        (SCARF, "Tumble dry on low."),
        (SCARF, "Soak it overnight."),
        (PAN, "As hot as you like, there is no limit."),
    ],
)
def test_what_the_care_does_not_say_is_found(product: tuple[str, Facts], text: str) -> None:
    assert wrong(text, *product)


TEA = ("Green tea Sencha", (("Grown in", "Shizuoka, Japan"), ("Packed in", "Hamburg, Germany"), ("Form", "Whole leaf")))
BAG = ("Bicycle pannier", (("Reflectors", "on the side"), ("Modes", "none"), ("Fabric", "Tarpaulin")))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (TEA, "Grown in Germany."),
        (TEA, "Packed in Japan."),
        (BAG, "A reflector on the back."),
        (BAG, "Reflectors at the front and the back."),
        (BAG, "The rear strap keeps it in place."),
        (BAG, "Welded and double-stitched."),
        (BAG, "Owners praise it for long tours."),
    ],
)
def test_a_place_a_part_or_praise_without_a_fact_is_found(product: tuple[str, Facts], text: str) -> None:
    assert wrong(text, *product)


STOOL = (
    "Step stool",
    (("Wood", "Beech"), ("Height", "24 cm"), ("Width", "38 cm"), ("Load", "120 kg"), ("Weight", "2.1 kg")),
)
FAN = (
    "桌面风扇",
    (("高度", "22cm"), ("直径", "14cm"), ("风速", "3档"), ("线长", "1.2m"), ("重量", "460g"), ("限重", "无")),
)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (STOOL, "Width: 24 cm."),
        (STOOL, "The height is 38 cm."),
        (STOOL, "Its weight comes to 120 kg."),
        (FAN, "直径22厘米。"),
        (FAN, "高度足足14厘米。"),
        (STOOL, "It reminds you to stretch."),
        (STOOL, "It recognises your weight."),
        (FAN, "可以夹在书上。"),
        (FAN, "能记住你的习惯。"),
        (FAN, "可以架在窗台上种花。"),
    ],
)
def test_another_facts_amount_and_a_deed_without_a_fact_are_found(product: tuple[str, Facts], text: str) -> None:
    assert wrong(text, *product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (STOOL, "38 cm wide and 24 cm high."),
        (STOOL, "It carries 120 kg and weighs 2.1 kg."),
        (FAN, "高22厘米，直径14厘米。"),
        (FAN, "一米二的线，三档风。"),
    ],
)
def test_an_amount_under_its_own_name_stands(product: tuple[str, Facts], text: str) -> None:
    assert not wrong(text, *product)
