"""What facts say in a third language is quoted under a label of the text's language, or left out, never half."""

from __future__ import annotations

import pytest

from desktop_app.language import check, plain, strangers
from desktop_app.records import Fact, Product

LAMP = Product(
    "Настольная лампа Север",
    facts=(Fact("Материал", "Латунь"), Fact("Высота", "42", "см"), Fact("Мощность", "60", "Вт"), Fact("Уход", "сухая ткань")),
)  # fmt: skip
VASE = Product(
    "Keramikvase Luna",
    facts=(Fact("Material", "Steingut"), Fact("Farbe", "taubenblau"), Fact("Höhe", "24", "cm"), Fact("Gewicht", "1,2", "kg")),
)  # fmt: skip
LANTERN = Product("فانوس", facts=(Fact("المادة", "نحاس"), Fact("الارتفاع", "30", "سم"), Fact("الوزن", "800", "غ")))
BOX = Product("木の弁当箱", facts=(Fact("素材", "杉"), Fact("容量", "600", "ml"), Fact("お手入れ", "水洗い、陰干し")))
CLOTH = Product(
    "Linen tablecloth",
    facts=(Fact("Material", "Linen, 210 g/m²"), Fact("产地", "浙江龙泉"), Fact("Care", "стирка 40°")),
)
MUG = Product("Mug Nordic", facts=(Fact("Material", "ceramic"), Fact("容量", "300 ml"), Fact("Capacity", "300", "g")))
PLATE = Product("세라믹 접시", facts=(Fact("재질", "도자기"), Fact("지름", "22", "cm"), Fact("색상", "흰색")))
ALL = (LAMP, VASE, LANTERN, BOX, CLOTH, MUG, PLATE)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("product", ALL, ids=lambda p: p.title)
def test_outside_name_and_quotes_no_strange_letter_stands(product: Product, language: str) -> None:
    text = plain.write(product, language=language).text.replace(product.title, "")
    for fact in product.facts:
        text = text.replace(f"“{fact.value}”", "")
    assert text
    assert not strangers.strange(text, language), text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("field", ["description", "bullets", "title", "seo"])
@pytest.mark.parametrize("product", ALL, ids=lambda p: p.title)
def test_the_check_lets_such_texts_be(product: Product, field: str, language: str) -> None:
    text = plain.write(product, language=language, field=field).text  # type: ignore[arg-type]
    assert not check.check(text, product, language=language).findings, text


def test_units_of_other_alphabets_are_written_as_the_language_does() -> None:
    assert "42 cm" in plain.write(LAMP, language="en").text
    assert "42厘米" in plain.write(LAMP, language="zh").text
    assert "800 g" in plain.write(LANTERN, language="en").text


def test_a_word_nobody_can_translate_is_quoted() -> None:
    assert "Colour: “taubenblau”" in plain.write(VASE, language="en").text
    assert "“стирка 40°”" in plain.write(CLOTH, language="en").text


def test_a_stuff_and_its_weight_stay_one_fact() -> None:
    assert "linen (210 g/m²)" in plain.write(CLOTH, language="en").text
    assert "亚麻（210 g/m²）" in plain.write(CLOTH, language="zh").text


def test_a_weight_is_no_capacity() -> None:
    text = plain.write(MUG, language="en").text
    assert "capacity of 300 g" not in text
    assert "and 300 g" not in text
