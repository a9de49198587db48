from __future__ import annotations

from desktop_app.language import evidence
from desktop_app.records import Fact, Product

BOARD = Product(
    "Cutting board",
    facts=(
        Fact("Material", "bamboo"),
        Fact("Size", "38 x 25 cm"),
        Fact("Features", "juice groove; non-slip feet"),
        Fact("Weight", "900", "g"),
    ),
)


def named(text: str, product: Product = BOARD, language: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    return [(text[s.start : s.end], s.facts) for s in evidence.spans(text, product, language)]


def test_values_are_found_whatever_their_case_and_spacing() -> None:
    text = "A Bamboo board, 38 × 25 cm, with a juice groove and non slip feet; it weighs 900 g."
    assert named(text) == [
        ("Bamboo", ("Material",)),
        ("38 × 25 cm", ("Size",)),
        ("juice groove", ("Features",)),
        ("non slip feet", ("Features",)),
        ("900 g", ("Weight",)),
    ]


def test_a_translation_of_a_value_is_found() -> None:
    assert named("竹砧板，尺寸 38 x 25 cm。", language="zh")[0] == ("竹", ("Material",))


def test_part_of_a_word_is_no_evidence() -> None:
    assert named("Oaks and bamboozled cooks, 1900 g.", BOARD) == []


def test_a_bare_number_is_no_evidence() -> None:
    assert named("Loved by 900 people") == []
