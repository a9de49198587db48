"""A number that no fact, title, option or price carries is marked; what is carried in another way of writing is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language import numbers

from .products import product

TRAY = product(
    "Oak serving tray",
    ("Size", "40 × 28 cm"),
    ("Features", "two handles"),
    ("Weight", "1.2", "kg"),
    ("Capacity", "350 ml"),
    ("Burn time", "40 hours"),
    ("Pockets", "3"),
    ("Age", "3+"),
    ("Fabric", "80% cotton, 20% linen"),
    ("Care", "machine wash at 40 °C"),
    ("Model", "SE210"),
    options={"Colour": ["red", "blue"]},
)

TRUE = [
    "40 × 28 cm",
    "40x28cm",
    "It is 0.4 m long",
    "15.7 in long",
    "400 mm",
    "two handles",
    "2 handles",
    "three pockets",
    "1.2 kg",
    "1200 g",
    "1,200 g",
    "1.200 g",
    "2.65 lb",
    "350ml",
    "11.8 fl oz",
    "burns for 40 hours",
    "a forty-hour candle",
    "for ages 3 and up",
    "$24.90",
    "24.90 USD",
    "80% cotton",
    "Wash at 40 °C",
    "model SE210",
    "comes in two colours",
    "no one else",
    "this one",
    "the first and the last",
    "40厘米长",
    "重1.2公斤",
    "重2.4斤",
    "两个提手",
    "三个口袋",
    "有两色可选",
    "350毫升",
    "四十厘米",
    "一个托盘",
    "十分好用",
    "三岁以上",
    "售价24.90元",
    "百分之八十棉",
]
FALSE = [
    "38 × 25 cm",
    "two pockets",
    "four handles",
    "3 handles",
    "1.3 kg",
    "15 in",
    "300 ml",
    "burns 50 hours",
    "$45",
    "90% cotton",
    "SE215",
    "four pieces",
    "since 1998",
    "ages 5 and up",
    "half a litre",
    "2 litres",
    "lasts 10 years",
    "100% oak",
    "1½ litres",
    "三种颜色",
    "五十厘米",
    "三个提手",
    "两公斤",
    "百分之百棉",
    "40 inches",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_is_carried_is_not_marked(text: str) -> None:
    assert numbers.unsupported(text, TRAY) == []


@pytest.mark.parametrize("text", FALSE)
def test_what_is_not_carried_is_marked(text: str) -> None:
    findings = numbers.unsupported(text, TRAY)
    assert findings
    assert all(text[f.start : f.end] == f.text and f.why for f in findings)


def test_the_finding_says_what_the_facts_say() -> None:
    (finding,) = numbers.unsupported("It weighs 1.3 kg.", TRAY)
    assert finding.suggestion == "1.2 kg"
    assert "1.2 kg" in finding.why


@given(st.integers(1, 5000), st.sampled_from([("mm", 1), ("cm", 10), ("m", 1000)]))
def test_metric_conversions_are_exact(value: int, unit: tuple[str, int]) -> None:
    thing = product("Rod", ("Length", f"{value}", "cm"))
    millimetres = value * 10
    shown = f"{millimetres / unit[1]:g}" if millimetres % unit[1] == 0 else f"{millimetres / unit[1]}"
    assert numbers.unsupported(f"{shown} {unit[0]} long", thing) == []
    assert numbers.unsupported(f"{value + 1} cm long", thing)


@given(st.text(alphabet="0123456789.,½/ x×cmkgl二三十两个厘米$%-–"))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for finding in numbers.unsupported(text, TRAY):
        assert 0 <= finding.start < finding.end <= len(text)
