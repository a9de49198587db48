"""A shop chooses the rules its texts are held against, takes newer ones from a file, and can take it all back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Product
from desktop_app.shop import Shop
from desktop_app.tasks import check, history, rule_packs
from desktop_app.tasks.work import rules_of

PACK = """
name = "House rules"
jurisdiction = "our shop"
date = "2026-11-25"
language = "en"
source = "what we agreed on"
[[rule]]
id = "grandma"
kind = "opinion"
why = "We do not speak of grandmothers."
patterns = ["grand(?:ma|mother)s?"]
examples = ["grandma likes it"]
harmless = ["grand piano"]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui") as made:
        with made.act("Fill"):
            made.add([Product("Oak board", language="en")])
        yield made


def _kinds(shop: Shop, text: str) -> set[str]:
    return {f.kind for f in check.check(shop, shop.search()[0], text)}


def test_a_pack_that_is_off_says_nothing_and_can_be_undone(shop: Shop) -> None:
    assert "delivery" in _kinds(shop, "Free shipping.")
    rule_packs.switch(shop, "claims.en", on=False)
    assert "delivery" not in _kinds(shop, "Free shipping.")
    history.undo(shop)
    assert "delivery" in _kinds(shop, "Free shipping.")


def test_words_of_a_machine_are_found_whatever_is_off(shop: Shop) -> None:
    rule_packs.switch(shop, "claims.en", on=False)
    assert "leak" in _kinds(shop, "As an AI language model, I cannot say.")


def test_a_pack_from_a_file_holds_from_then_on(shop: Shop, tmp_path: Path) -> None:
    mine = tmp_path / "house.toml"
    mine.write_text(PACK, "utf-8")
    rule_packs.take(shop, mine)
    found = check.check(shop, shop.search()[0], "Grandma likes it.")
    assert [f.rule for f in found if f.kind == "opinion"] == ["house/grandma"]
    rule_packs.remove(shop, "house")
    assert "opinion" not in _kinds(shop, "Grandma likes it.")


def test_a_draft_keeps_which_rules_of_when_it_was_held_against(shop: Shop, tmp_path: Path) -> None:
    mine = tmp_path / "house.toml"
    mine.write_text(PACK, "utf-8")
    rule_packs.take(shop, mine)
    rule_packs.switch(shop, "qualities.en", on=False)
    named = rules_of("en", chosen=rule_packs.chosen(shop))
    assert "House rules (2026-11-25)" in named
    assert "Promised qualities" not in named


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "what we agreed on"', "", "source"),
        ('jurisdiction = "our shop"', "", "jurisdiction"),
        ("2026-11-25", "last year", "2026-11-25"),
        ('examples = ["grandma likes it"]', "", "no examples"),
        ('harmless = ["grand piano"]', "", "no examples"),
        ("grandma likes it", "grandpa likes it", "does not hit"),
        ("grand piano", "grandmother clock", "harmless"),
        ('kind = "opinion"', 'kind = "gossip"', "no known kind"),
        ("grand(?:ma", "grand(?:(ma", "cannot be read"),
        ('language = "en"', 'language = "tlh"', "language"),
    ],
)
def test_a_pack_that_cannot_be_relied_on_is_refused_with_a_sentence(
    shop: Shop, tmp_path: Path, old: str, new: str, said: str
) -> None:
    mine = tmp_path / "house.toml"
    mine.write_text(PACK.replace(old, new), "utf-8")
    with pytest.raises(UserError, match=said):
        rule_packs.take(shop, mine)
    assert "house" not in {name for name, _pack, _on in rule_packs.listed(shop)}


def test_an_older_pack_does_not_take_the_place_of_a_newer(shop: Shop, tmp_path: Path) -> None:
    mine = tmp_path / "claims.en.toml"
    mine.write_text(PACK.replace("2026-11-25", "2019-01-01"), "utf-8")
    with pytest.raises(UserError, match="2019-01-01"):
        rule_packs.take(shop, mine)
