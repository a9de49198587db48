from __future__ import annotations

import pytest

from desktop_app.language import proposals
from desktop_app.records import Fact, Image, Product


def read(text: str, *known: Fact) -> list[tuple[str, str]]:
    return [(p.fact.name, p.fact.value) for p in proposals.of(Product("Thing", description=text, facts=known))]


def test_what_an_old_description_tells_is_proposed_with_its_sentence() -> None:
    text = (
        "<p>A board of acacia wood, 38 x 25 cm, 2.5 cm thick. It weighs 900 g.</p><ul><li>Care: wash by hand</li></ul>"
    )
    assert read(text) == [
        ("Material", "acacia wood"), ("Size", "38 x 25 cm"), ("Thickness", "2.5 cm"), ("Weight", "900 g"),
        ("Care", "wash by hand"),
    ]  # fmt: skip
    found = proposals.of(Product("Board", description=text))
    assert found[3].quote == "It weighs 900 g."
    assert found[0].fact.source == "description"


def test_a_chinese_description_is_read_too() -> None:
    text = "这款杯子是陶瓷的，容量350毫升，颜色是白色。产地：景德镇。"
    assert read(text) == [("材质", "陶瓷"), ("颜色", "白色"), ("容量", "350毫升"), ("产地", "景德镇")]


@pytest.mark.parametrize(
    "text", ["Not made of bamboo.", "Soft like silk.", "Made without plastic.", "不含塑料。", "Nice thing for you."]
)
def test_what_is_denied_or_only_compared_is_not_proposed(text: str) -> None:
    assert read(text) == []


def test_what_a_fact_carries_already_is_not_proposed() -> None:
    assert read("Made of cotton, 900 g.", Fact("Material", "cotton"), Fact("Weight", "0.9", "kg")) == []


def test_the_words_of_a_picture_are_proposed_too() -> None:
    pictures = (
        Image("a.jpg", "Green stoneware mug, 350 ml"),
        Image("b.jpg", "IMG_2033"),
        Image("c.jpg", "white mug.jpg"),
        Image("d.jpg", "白色陶瓷杯"),
    )
    mug = Product("Mug", images=pictures, facts=(Fact("Colour", "Green"),))
    found = proposals.of(mug)
    assert [(p.fact.name, p.fact.value, p.fact.source) for p in found] == [
        ("Material", "stoneware", "picture"),
        ("Capacity", "350 ml", "picture"),
        ("颜色", "白色", "picture"),
        ("材质", "陶瓷", "picture"),
    ]
    assert found[0].quote == "Green stoneware mug, 350 ml"


def test_what_the_description_tells_is_not_asked_again_of_a_picture() -> None:
    board = Product("Board", description="Made of oak.", images=(Image("a.jpg", "A board of oak"),))
    assert [(p.fact.value, p.fact.source) for p in proposals.of(board)] == [("oak", "description")]
