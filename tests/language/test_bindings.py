"""A number stands for what the facts give it for: eco's minutes are not max's, the drawer's load not the top's."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def _kinds(text: str, *facts: tuple[str, str], title: str = "Thing") -> set[str]:
    product = Product(title, facts=tuple(Fact(name, value) for name, value in facts))
    return {f.kind for f in check.check(text, product).findings}


VACUUM = (("Battery life", "eco 45 min, max 12 min"), ("Charging time", "4 h"), ("Weight", "2.6 kg, hand unit 1.4 kg"))
TABLE = (("Top", "45 x 40 cm"), ("Drawer", "1, inside 36 x 30 x 9 cm"), ("Max. load", "Top 25 kg, drawer 5 kg"))
LAMP = (("照明时长", "高亮5小时，低亮60小时"), ("净重", "310g（不含电池）"), ("高度", "19cm"), ("直径", "8cm"))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("On max it runs for 45 minutes.", VACUUM),
        ("It is charged again in 45 minutes.", VACUUM),
        ("The whole vacuum weighs 1.4 kg.", VACUUM),
        ("The drawer carries up to 25 kg.", TABLE),
        ("Inside the drawer measures 45 x 40 cm.", TABLE),
        ("高亮能照60小时。", LAMP),
        ("灯高8厘米。", LAMP),
    ],
)
def test_a_number_of_something_else_is_found(text: str, known: tuple[tuple[str, str], ...]) -> None:
    assert "relation" in _kinds(text, *known, title="露营灯" if "灯" in text else "Vacuum")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("On eco it runs for 45 minutes, on max for twelve.", VACUUM),
        ("The hand unit weighs 1.4 kg.", VACUUM),
        ("Up to 25 kg on the top and 5 kg in the drawer.", TABLE),
        ("低亮能照60小时，高亮5小时。", LAMP),
    ],
)
def test_a_number_of_its_own_stands(text: str, known: tuple[tuple[str, str], ...]) -> None:
    assert "relation" not in _kinds(text, *known, title="露营灯" if "亮" in text else "Vacuum")


def test_what_100_grams_hold_is_not_in_a_bag() -> None:
    assert _kinds("The bag holds 430 kcal.", ("Energy", "430 kcal per 100 g"), title="Crackers") == {"relation"}


def test_the_weight_that_goes_with_one_size_is_not_another_ones() -> None:
    known = ("重量", "3.2kg（60cm）|3.8kg（80cm）")
    assert "relation" in _kinds("60厘米款重3.8公斤。", known, title="猫抓柱")
    assert "relation" not in _kinds("80厘米款重3.8公斤。", known, title="猫抓柱")


def test_a_part_does_not_weigh_what_the_whole_weighs() -> None:
    known = (("Weight", "63 g"), ("Cable", "Paracord, 1.8 m"))
    assert "relation" in _kinds("The cable weighs just 63 g.", *known, title="Gaming Mouse")
    assert "relation" not in _kinds("The mouse weighs just 63 g.", *known, title="Gaming Mouse")
