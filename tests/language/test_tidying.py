"""Odd titles of shop systems make no odd texts: markup, emoji, shouting, ids, endless ones and other languages."""

from __future__ import annotations

import pytest

from desktop_app.language import plain, tidying
from desktop_app.records import Fact, Product


@pytest.mark.parametrize(
    ("title", "tidied"),
    [
        ("🔥🔥 Cotton Tote Bag 🎁 – BEST GIFT!! 🔥", "Cotton Tote Bag"),
        ("<b>Linen</b> apron &amp; <i>mitt</i>", "Linen apron & mitt"),
        ("BRAND NEW!!! LADIES' WOOL COAT *SALE*", "Ladies' Wool Coat"),
        ("夏季爆款🔥纯棉T恤", "夏季纯棉T恤"),
        ("正品 景德镇盖碗 包邮", "景德镇盖碗"),
        ("Oak Table - Walnut Finish", "Oak Table - Walnut Finish"),
        ("WD-40", "WD-40"),
        ("New York Skyline Poster", "New York Skyline Poster"),
        ("Café Crème®", "Café Crème®"),
        ("💡", ""),
    ],
)
def test_a_title_is_calmed_and_nothing_of_its_name_is_lost(title: str, tidied: str) -> None:
    assert tidying.title(title) == tidied


ODD = [
    ("🔥 Cotton Tote Bag – BEST GIFT!! 🔥", "en", ("Color", "Black 🖤 | White"), "This cotton tote bag is black and white."),
    ("Футболка хлопковая", "en", ("Color", "White"), "This product is white."),
    ("コットンTシャツ", "en", ("Color", "White"), "This product is white."),
    ("SKU-44812-B", "en", ("Material", "Steel"), "This product is made of steel."),
    ("Chair " + "x" * 290, "en", ("Material", "Oak"), "This product is made of oak."),
    ("<b>Linen</b> apron", "en", ("Care", "<li>Wash at 40&nbsp;°C</li>"), "This is a linen apron. Wash at 40 °C."),
    ("Extra soft cotton bath towel for spa and hotel and gym and beach and pool and travel and home and garden", "zh",
     ("Size", "70 × 140 cm"), "70 × 140厘米"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "language", "fact", "said"), ODD)
def test_an_odd_product_is_spoken_of_as_any_other(title: str, language: str, fact: tuple[str, str], said: str) -> None:
    text = plain.write(Product(title, facts=(Fact(*fact),)), language=language).text
    assert said in text
    assert "🔥" not in text
    assert len(text) < 120


@pytest.mark.parametrize("field", ["description", "bullets"])
def test_of_a_bare_name_nothing_is_said(field: str) -> None:
    assert plain.write(Product("Widget"), language="en", field=field).text == ""  # type: ignore[arg-type]


def test_sixty_facts_make_no_endless_text() -> None:
    facts = (Fact("Material", "Oak"), *(Fact(f"Spec {n}", f"value {n}") for n in range(60)))
    assert len(plain.write(Product("Oak cabinet", facts=facts), language="en").text) < 400
