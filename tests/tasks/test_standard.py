"""A shop's texts are held to its policies, its other products' names, the channel and its voice, whoever wrote them."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.language import plain
from desktop_app.records import Draft, Fact, Product, Saved, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import drafts, knowledge, voice
from desktop_app.tasks.check import check
from desktop_app.tasks.describe import describe

FAQ = Path(__file__).resolve().parents[2] / "assets" / "sample" / "faq.en.csv"
RETURNS = "Unused goods can be returned within 30 days of delivery."


@pytest.fixture
def bag(shop: Shop) -> int:
    with shop.act("Stock"):
        ids = shop.add([Product("Joust Duffle Bag", facts=(Fact("Material", "nylon"),)),
                        Product("Push It Messenger Bag", facts=(Fact("Feature", "waterproof"),))])  # fmt: skip
    return ids[0]


def test_another_products_name_is_told(shop: Shop, bag: int) -> None:
    found = check(shop, bag, "The Push It Messenger Bag is made of nylon.")
    assert "other_product" in {f.kind for f in found}
    assert check(shop, bag, "The Joust Duffle Bag is made of nylon.") == []


def test_what_the_shops_policies_say_is_carried_once_they_are_there(shop: Shop, bag: int) -> None:
    assert {f.kind for f in check(shop, bag, RETURNS)} & {"returns", "delivery", "number"}
    list(knowledge.import_knowledge(shop, threading.Event(), looked=knowledge.look(shop, FAQ)))
    assert check(shop, bag, RETURNS) == []
    assert check(shop, bag, "Unused goods can be returned within 60 days of delivery.")
    assert check(shop, bag, "Shipping costs 4.90 within the country.") == []
    assert check(shop, bag, "All orders are sent free of charge.")


def test_a_merchants_own_words_are_held_to_the_channel_and_the_voice_too(shop: Shop, bag: int) -> None:
    voice.change(shop, avoid=("duffle",))
    with shop.act("Draft"):
        draft = shop.add_draft(Draft(bag, "title", "en", "Joust Duffle Bag", channel="amazon"))
    drafts.edit(shop, draft.id or 0, "Joust Duffle Bag™ made of nylon, " + "nylon bag, " * 9 + "nylon!")
    (edited,) = shop.drafts(product=bag)
    assert {"channel", "voice"} <= {f.kind for f in edited.findings}


def test_only_a_change_of_what_a_text_says_makes_it_stale(shop: Shop) -> None:
    several = [Fact("Activity", "Urban"), Fact("Activity", "Gym"), Fact("Strap", "Padded"), Fact("Strap", "Shoulder")]
    with shop.act("Stock"):
        (number,) = shop.add([Product("Joust Duffle Bag", facts=(Fact("Material", "nylon"), *several))])
    text = "The Joust Duffle Bag is made of nylon and is for the city. It has a padded strap."
    draft = drafts.write(shop, number, "description", "en", text)
    for value, marked in (("Gym", False), ("Shoulder", False), ("Urban", True), ("Padded", True), ("nylon", True)):
        bag = shop.product(number)
        changed = tuple(replace(f, value="Round") if f.value == value else f for f in bag.facts)
        with shop.act("Change"):
            shop.replace(replace(bag, facts=changed))
        assert (draft.id in shop.stale()) is marked, value
        shop.undo()


def test_neighbours_that_differ_in_one_word_do_not_open_alike(shop: Shop) -> None:
    with shop.act("Stock"):
        ids = shop.add(
            Product(f"{colour} mug", facts=(Fact("Material", "stoneware"), Fact("Colour", colour, kind="colour"),
                                            Fact("Volume", "350", "ml", "volume"), Fact("Care", "dishwasher-safe")))
            for colour in ("red", "blue", "black", "white", "green", "grey")
        )  # fmt: skip
    saved = [e.draft.text for e in describe(shop, None, threading.Event(), products=ids, wishes=Wishes(writer="plain"))
             if isinstance(e, Saved)]  # fmt: skip
    opened = [plain._bones(text) for text in saved]
    assert len(opened) == 6
    assert all(one != other for one, other in itertools.pairwise(opened))
