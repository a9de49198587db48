"""A shop chooses the rules it goes by, edits them, takes newer ones from a file, and can take it all back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.language import fields, labels
from desktop_app.language.reply_check import check_reply
from desktop_app.records import Draft, Product, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import check, drafts, history, rule_packs, standard
from desktop_app.tasks.describe import describe
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
    assert "House rules (2026-11-25, " in named  # with the fingerprint of the shop's own text
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


def _again(shop: Shop, name: str, folder: Path, **changed: str) -> None:
    """Save a pack to a file, edit it there and take it in again."""
    file = folder / f"{name}.toml"
    rule_packs.save(shop, name, file)
    written = file.read_text("utf-8")
    for old, new in changed.values():
        assert old in written
        written = written.replace(old, new)
    file.write_text(written, "utf-8")
    rule_packs.take(shop, file)


def test_every_pack_can_be_saved_and_taken_in_again(shop: Shop, tmp_path: Path) -> None:
    before = rule_packs.listed(shop)
    assert {pack.kind for _name, pack, _on in before} == {"texts", "replies", "channel", "label", "price"}
    for name, pack, on in before:
        assert on
        assert pack.date
        assert pack.source
        assert pack.jurisdiction
        _again(shop, name, tmp_path)
    assert rule_packs.listed(shop) == before
    assert len(rule_packs.own(shop)) == len(before)


def test_a_channels_limit_is_edited_switched_off_and_taken_back(shop: Shop, tmp_path: Path) -> None:
    stands = standard.of(shop)
    board = shop.product(shop.search()[0])
    long = "Oak board " * 9
    assert "channel" in {f.kind for f in stands.hold(long, board, "en", kind="title", channel="ebay").findings}
    _again(shop, "channel.ebay", tmp_path, length=("title = 80", "title = 200"), tried=("b" * 81, "b" * 201))
    kinds = {f.kind for f in standard.of(shop).hold(long, board, "en", kind="title", channel="ebay").findings}
    assert "channel" not in kinds
    assert fields.room("title", "ebay", rule_packs.chosen(shop)) == ("letters", 200)
    assert "eBay (2025-11-01, " in rules_of("en", "ebay", rule_packs.chosen(shop))
    history.undo(shop)
    assert fields.room("title", "ebay", rule_packs.chosen(shop)) == ("letters", 80)
    rule_packs.switch(shop, "channel.ebay", on=False)
    assert fields.room("title", "ebay", rule_packs.chosen(shop)) == fields.USUAL["title"]
    assert "eBay" not in rules_of("en", "ebay", rule_packs.chosen(shop))


CHANNEL = """
name = "Our market stall"
jurisdiction = "our shop"
date = "2026-11-26"
source = "the market's printed rules"
[channel]
title = 30
banned = ["cheap"]
[[example]]
field = "title"
text = "a cheap oak board"
rule = "banned"
[[harmless]]
text = "An oak board"
"""


def test_a_shop_has_channels_of_its_own(shop: Shop, tmp_path: Path) -> None:
    mine = tmp_path / "stall.toml"
    mine.write_text(CHANNEL, "utf-8")
    rule_packs.take(shop, mine)
    wishes = Wishes(field="title", channel="stall", writer="plain")
    list(describe(shop, None, threading.Event(), products=shop.search(), wishes=wishes))
    (draft,) = shop.drafts()
    assert "Our market stall (2026-11-26, " in draft.rules
    edited = drafts.edit(shop, draft.id or 0, "A cheap oak board")
    assert edited.id
    assert "channel" in {f.kind for f in shop.draft(draft.id or 0).findings}
    rule_packs.remove(shop, "channel.stall")
    drafts.edit(shop, draft.id or 0, "A cheap board")  # a text for a channel that is gone is held to the rest
    with pytest.raises(UserError, match="stall"):
        list(describe(shop, None, threading.Event(), products=shop.search(), wishes=wishes))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title = 30", "titel = 30", "titel"),
        ("title = 30", "title = 0", "title"),
        ("a cheap oak board", "an oak board", "does not find"),
        ("An oak board", "An oak board that is longer than it may be", "harmless"),
        ('source = "the market\'s printed rules"', "", "source"),
        ("[channel]", "[chanel]", "language"),
        ("[channel]", "[channel", "cannot be read"),
    ],
)
def test_a_channel_that_cannot_be_relied_on_changes_nothing(
    shop: Shop, tmp_path: Path, old: str, new: str, said: str
) -> None:
    mine = tmp_path / "stall.toml"
    assert old in CHANNEL
    mine.write_text(CHANNEL.replace(old, new), "utf-8")
    with pytest.raises(UserError, match=said):
        rule_packs.take(shop, mine)
    assert not rule_packs.own(shop)


def test_what_a_reply_may_not_say_is_switched_edited_and_taken_back(shop: Shop, tmp_path: Path) -> None:
    def kinds(text: str, language: str = "en") -> set[str]:
        return {f.kind for f in check_reply(text, (), language, strict=False, chosen=rule_packs.chosen(shop))}

    assert kinds("Here is a voucher. As an AI I cannot.") == {"compensation", "leak"}
    assert kinds("可以有红包。", "zh") == {"compensation"}
    rule_packs.switch(shop, "replies.en", on=False)
    assert kinds("Here is a voucher. As an AI I cannot.") == {"leak"}  # words of a machine always
    assert kinds("可以有红包。", "zh") == {"compensation"}
    history.undo(shop)
    shorter = ('"voucher\\\\w*", ', ""), ('"Here is a voucher.", ', "")
    _again(shop, "replies.en", tmp_path, pattern=shorter[0], example=shorter[1])
    assert kinds("Here is a voucher.") == set()
    assert "replies.en" in rule_packs.own(shop)
    history.undo(shop)
    assert kinds("Here is a voucher.") == {"compensation"}
    with pytest.raises(UserError, match="no known kind"):
        _again(shop, "replies.en", tmp_path, kind=('kind = "blame"', 'kind = "superlative"'))


def test_a_label_that_is_off_stands_below_no_text(shop: Shop) -> None:
    draft = Draft(1, "description", "zh", "橡木托盘。", source="weights", weights="w")
    assert "人工智能" in labels.labelled(draft, chosen=rule_packs.chosen(shop))
    rule_packs.switch(shop, "label.cn", on=False)
    assert labels.labelled(draft, chosen=rule_packs.chosen(shop)) == draft.text


def test_a_law_on_prices_that_contradicts_its_examples_is_refused(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="own examples"):
        _again(shop, "price.eu", tmp_path, days=("days = 30", "days = 2"))
    with pytest.raises(UserError, match="kind"):
        _again(shop, "price.eu", tmp_path, kind=('kind = "lowest"', 'kind = "guess"'))
