"""Facts in a third language carry what they name."""

from __future__ import annotations

from desktop_app.language import check, foreign
from desktop_app.records import Fact, Product

HOLDER = Product("Латунный подсвечник", facts=(Fact("Материал", "Латунь"), Fact("Высота", "18 см")))
MUG = Product("Keramikbecher Blau", facts=(Fact("Fassungsvermögen", "330 ml"), Fact("Spülmaschinenfest", "ja")))


def test_a_russian_fact_carries_its_english_sentence() -> None:
    assert not check.check("A candlestick of brass, 18 cm tall.", HOLDER, language="en").findings


def test_another_stuff_or_number_is_found_in_both_languages() -> None:
    assert check.check("A candlestick of copper.", HOLDER, language="en").findings
    assert [f.kind for f in check.check("Медный подсвечник.", HOLDER, language="ru").findings] == ["material"]
    assert [f.kind for f in check.check("Высота 20 см.", HOLDER, language="ru").findings] == ["number"]


def test_a_german_title_carries_colour_and_stuff() -> None:
    assert not check.check("A blue mug of ceramic.", MUG, language="en").findings
    assert check.check("A green mug.", MUG, language="en").findings
    assert check.check("Keep it out of the dishwasher.", MUG, language="en").findings


def test_an_english_word_is_none_of_another_language() -> None:
    assert not foreign.terms("Linen tee with pin tucks in old rose")
