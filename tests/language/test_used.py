"""Of several facts of one name a text rests on those it says, and on no fact that it could lose and still be true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.language import check, plain, used
from desktop_app.records import Fact, Product, Span

POOL = {
    "Material": ["Nylon", "Polyester", "Leather", "Canvas"],
    "Activity": ["Gym", "Urban", "Travel", "Overnight", "School", "Hiking"],
    "Features bags": ["Waterproof", "Lightweight", "Laptop Sleeve", "Audio Pocket", "Lockable"],
    "Strap bags": ["Adjustable", "Padded", "Shoulder", "Double", "Detachable"],
    "Color": ["Black", "Red", "Blue"],
}


def bag(**several: list[str]) -> Product:
    facts = [Fact(name.replace("_", " "), value) for name, values in several.items() for value in values]
    return Product("Wayfarer Messenger Bag", language="en", facts=tuple(facts), id=1)


def said(product: Product, text: str) -> list[str]:
    evidence = check.check(text, product, language="en").evidence
    return [fact.value for fact in used.of(product, text, evidence, "en")]


def test_what_is_said_in_other_words_is_used_and_what_is_not_said_is_not() -> None:
    product = bag(Activity=["Gym", "Urban", "Travel"], Strap_bags=["Padded", "Shoulder"])
    text = "The Wayfarer Messenger Bag is for the gym and the city. It has a padded strap."
    assert said(product, text) == ["Gym", "Urban", "Padded"]


def test_a_range_and_a_count_rest_on_all_of_them() -> None:
    product = bag(Size=["S", "M", "L", "XL"])
    assert said(product, "The Wayfarer Messenger Bag comes in sizes S to XL.") == ["S", "M", "L", "XL"]


def test_in_a_language_the_check_cannot_read_all_of_a_name_count() -> None:
    product = bag(Strap=["Padded", "Shoulder"])
    found = used.of(product, "Mit gepolstertem Gurt.", (Span(0, 22, ("Strap",)),), "de")
    assert [fact.value for fact in found] == ["Padded", "Shoulder"]


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_text_is_left_unmarked_whose_used_fact_changed(data: st.DataObject) -> None:
    chosen = {
        name: data.draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True), label=name)
        for name, values in POOL.items()
    }
    product = bag(**{name.replace(" ", "_"): values for name, values in chosen.items()})
    language = data.draw(st.sampled_from(["en", "zh"]))
    made = plain.write(product, language=language, variety=data.draw(st.integers(0, 6)))
    kept = used.of(product, made.text, made.evidence, language)
    before = {(f.start, f.end, f.kind) for f in check.check(made.text, product, language=language).findings}
    for fact in product.facts:
        if any(fact is one for one in kept):
            continue
        others = [value for value in POOL[fact.name] if value not in chosen[fact.name]] or ["Round"]
        changed = tuple(replace(f, value=others[0]) if f is fact else f for f in product.facts)
        after = check.check(made.text, replace(product, facts=changed), language=language).findings
        assert {(f.start, f.end, f.kind) for f in after} <= before, f"{fact.said} changed: {made.text}"


@pytest.mark.parametrize("value", ["轻便", "Lightweight"])
def test_a_translation_of_a_fact_counts_as_said(value: str) -> None:
    product = Product("背包", facts=(Fact("特点", value), Fact("特点", "防水")), id=1)
    text = "这款背包轻便。"
    evidence = check.check(text, product, language="zh").evidence
    assert [fact.value for fact in used.of(product, text, evidence, "zh")] == [value]
