"""The second counter finds the hard claims that facts do not carry, and leaves carried ones alone."""

from __future__ import annotations

import importlib.util
import json
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CLAIMS = Path(__file__).resolve().parent.parent / "data" / "claims"


def load(name: str, path: Path) -> ModuleType:
    """Return a module read from a file outside every package."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


counter = load("second_counter", Path(__file__).with_name("second_counter.py"))
labelled = load("labelled_claims", CLAIMS / "validate.py")

BOWL = {
    "title": "Oak Bowl",
    "tags": ["kitchen"],
    "category": "Tableware",
    "options": [{"name": "Colour", "values": ["Natural", "Navy"]}],
    "facts": [
        {"name": "Size", "value": "30 x 12", "unit": "cm"},
        {"name": "Volume", "value": "1.5 l", "unit": ""},
        {"name": "Certificate", "value": "FSC", "unit": ""},
        {"name": "Making", "value": "One piece, standard layered grain", "unit": ""},
    ],
    "price": "24.90",
}
SCARF = {
    "title": "羊毛围巾",
    "tags": [],
    "category": "配饰",
    "options": [{"name": "颜色", "values": ["藏青", "米白"]}],
    "facts": [
        {"name": "材质", "value": "羊毛70% 羊绒30%", "unit": ""},
        {"name": "重量", "value": "250克", "unit": ""},
        {"name": "尺寸", "value": "180*35", "unit": "cm"},
    ],
    "price": "199",
}


def kinds(text: str, product: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Return (kind, words) of each claim found."""
    return [(found["kind"], found["text"]) for found in counter.count(text, product, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is 31 cm wide.", [("number", "31 cm")]),
        ("It holds 2 litres.", [("number", "2 litres")]),
        ("It holds two litres.", [("number", "two litres")]),
        ("A bowl of walnut.", [("material", "walnut")]),
        ("In navy or green.", [("colour", "green")]),
        ("GOTS and FSC certified.", [("certificate", "GOTS")]),
        ("It bears the CE mark.", [("certificate", "CE")]),  # its letters stand in "piece", which is no certificate
        ("A tan and red glaze.", [("colour", "tan"), ("colour", "red")]),  # as in "tanned", "layered"
        ("The finest bowl.", [("superlative", "The finest")]),
        ("It is antibacterial.", [("health", "antibacterial")]),
        ("Free shipping today.", [("delivery", "Free shipping")]),
        ("Now half price.", [("discount", "half price")]),
        ("Yours for €19.90.", [("discount", "€19.90")]),
    ],
)
def test_a_claim_no_fact_carries_is_counted_in_english(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text, BOWL, "en") == found


@pytest.mark.parametrize(
    "text",
    [
        "It is 30 cm wide and 12 cm high.",
        "A foot across, or 300 mm, and about 4.7 inches high.",
        "It holds one and a half litres, 1500 ml.",
        "A wooden bowl of oak in two colours, one of them blue.",
        "FSC certified.",
        "Yours for €24.90.",
        "Take five minutes, set the table first and make the most of the evening.",
        "We make no promises about healing anything; it is not antibacterial.",
    ],
)
def test_a_carried_or_harmless_sentence_is_left_alone_in_english(text: str) -> None:
    assert kinds(text, BOWL, "en") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("整条重三百克。", [("number", "三百克")]),
        ("长两米。", [("number", "两米")]),
        ("羊毛占八成。", [("number", "八成")]),
        ("真丝的手感。", [("material", "真丝")]),
        ("另有墨绿。", [("colour", "墨绿")]),
        ("通过FDA检测。", [("certificate", "FDA")]),
        ("最好的围巾。", [("superlative", "最好")]),
        ("戴着助眠。", [("health", "助眠")]),
        ("全国包邮。", [("delivery", "包邮")]),
        ("今天打八折。", [("discount", "八折")]),
        ("只要99元。", [("discount", "99元")]),
    ],
)
def test_a_claim_no_fact_carries_is_counted_in_chinese(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text, SCARF, "zh") == found


@pytest.mark.parametrize(
    "text",
    [
        "半斤重，长一米八，宽三十五厘米。",
        "七成羊毛，三成羊绒，藏青和米白两色。",
        "最近降温，第一次见面送它，第二天他就围上了。",
        "199元一条，最小起订量一条。",
        "我们不说它能助眠。",
    ],
)
def test_a_carried_or_harmless_sentence_is_left_alone_in_chinese(text: str) -> None:
    assert kinds(text, SCARF, "zh") == []


def test_places_are_code_points_and_do_not_overlap() -> None:
    text = "🎁 A walnut bowl, 40 cm, half price."
    found = counter.count(text, BOWL, "en")
    assert [text[f["start"] : f["end"]] for f in found] == ["walnut", "40 cm", "half price"]
    assert all(one["end"] <= following["start"] for one, following in pairwise(found))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_labelled_sentences_are_in_order(language: str) -> None:
    assert labelled.faults(language) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_right_about_the_labelled_sentences(language: str) -> None:
    named = {"number", "unit", "weight", "volume", "count", "material", "colour", "certificate", "superlative"}
    named |= {"health", "delivery", "discount"}
    products = {product["id"]: product for product in labelled.products(language)}
    alarms, caught, wanted = [], 0, 0
    for claim in labelled.claims(language):
        found = counter.count(claim["text"], products[claim["product"]], language)
        if claim["label"] == "true":
            alarms += [claim["text"]] * bool(found)
        elif claim["kind"] in named:
            start = claim["text"].index(claim["span"])
            wanted += 1
            caught += any(f["start"] < start + len(claim["span"]) and start < f["end"] for f in found)
    assert len(alarms) <= 3, json.dumps(alarms, ensure_ascii=False)
    assert caught / wanted >= 0.9
