"""Amounts said in two units, for one of several or for all of them, are held to what the facts give."""

from __future__ import annotations

import pytest

from desktop_app.language import check

from .products import product

CRATE = product(
    "Folding crate",
    ("Size", "50 x 40", "cm"),
    ("Weight", "1.4", "kg"),
    ("Temperature", "-30 to 60 °C"),
    ("Sachets", "8"),
    ("Weight per sachet", "25", "g"),
    ("Includes", "8 sachets, no lid"),
)
CRATE_ZH = product("折叠箱", ("尺寸", "50×40cm"), ("重量", "1.4kg"), ("包数", "8包"), ("单包", "25克"), language="zh")


def findings(text: str) -> list[str]:
    han = any("\u4e00" <= c <= "\u9fff" for c in text)
    found = check.check(text, CRATE_ZH if han else CRATE, language="zh" if han else "en").findings
    return [f.text for f in found if f.kind in {"number", "relation", "contradiction", "price"}]


@pytest.mark.parametrize(
    "text",
    [
        "It weighs one kilo and 400 grams.",
        "Eight sachets of 25 g, 200 g altogether.",
        "Laid flat it covers a fifth of a square metre, 0.2 m².",
        "Thirty degrees below zero does it no harm.",
        "The price is 24.90.",
        "At 50 cm it is a little over a foot and a half long.",
        "重两斤八两。",
        "八包加起来四两。",
        "一千四百克，不到三斤。",
    ],
)
def test_what_follows_from_the_facts_is_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It weighs two kilos and 400 grams.",
        "Eight sachets of 25 g, 300 g altogether.",
        "A set of six.",
        "Forty degrees below zero does it no harm.",
        "The price is 19.90.",
        "A lid is included.",
        "重四斤六两。",
        "八包加起来半斤。",
        "1.4公斤，也就是两斤。",
    ],
)
def test_what_does_not_follow_is_found(text: str) -> None:
    assert findings(text)
