"""What a channel does not take is told before the text goes there, with the day the rule was looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.errors import UserError
from desktop_app.language import limits


def rules_of(text: str, field: str, channel: str) -> list[str]:
    return [(f.rule or "").rsplit("/", 1)[1] for f in limits.check(text, field, limits.named(channel))]


def test_a_title_that_fits_is_fine_everywhere() -> None:
    for channel in limits.channels():
        assert limits.check("Bamboo cutting board" if channel.id != "xiaohongshu" else "竹砧板", "title", channel) == []


def test_a_title_too_long_is_marked_where_it_stops_fitting() -> None:
    (found,) = limits.check("b" * 90, "title", limits.named("ebay"))
    assert (found.start, found.end, found.kind) == (80, 90, "channel")
    assert "2025" in found.why


@pytest.mark.parametrize(("letters", "fits"), [(30, True), (31, False)])
def test_taobao_counts_a_chinese_letter_twice(letters: int, fits: bool) -> None:
    assert (limits.check("竹" * letters, "title", limits.named("taobao")) == []) is fits


def test_search_terms_are_counted_in_bytes() -> None:
    assert limits.check("é" * 124, "keywords", limits.named("amazon")) == []
    assert rules_of("é" * 125, "keywords", "amazon") == ["length"]


def test_forbidden_letters_words_and_repetition_of_a_title() -> None:
    assert rules_of("Mug! Mug mug mug", "title", "amazon") == ["letters", "repeat", "repeat"]
    assert "banned" in rules_of("An eco-friendly mug", "description", "amazon")
    assert rules_of("An ecofriendliness", "title", "amazon") == []
    assert rules_of("加微信领取", "description", "taobao") == ["banned", "banned"]


def test_small_words_may_repeat() -> None:
    assert rules_of("A board of oak and of ash and of elm", "title", "amazon") == []


def test_emoji_links_and_markup_where_they_are_not_taken() -> None:
    assert rules_of("砧板🎋", "title", "taobao") == ["emoji"]
    assert rules_of("See www.shop.com", "description", "google") == ["links"]
    assert rules_of("<b>Board</b>", "description", "amazon") == ["html"]


def test_capitals_shout_and_a_title_is_one_line() -> None:
    assert rules_of("BAMBOO CUTTING BOARD", "title", "google") == ["capitals"]
    assert rules_of("Board\nBamboo", "title", "shopify") == ["line"]


def test_bullets_and_tags_are_counted() -> None:
    assert rules_of("\n".join("abcdef"), "bullets", "amazon") == ["count"]
    assert rules_of("\n".join(["bamboo", "b" * 21]), "tags", "etsy") == ["length"]


def test_every_channel_says_when_it_was_looked_at() -> None:
    assert all(c.date >= "2025" and c.label for c in limits.channels())
    assert limits.named("amazon").verified
    assert not limits.named("douyin").verified


def test_an_unknown_channel_and_a_damaged_file_are_told_in_words() -> None:
    with pytest.raises(UserError):
        limits.named("myspace")
    with pytest.raises(UserError, match=r"channel\.mine\.toml"):
        limits.of("channel.mine", {"channel": 3})


def test_latin_letters_of_a_ban_end_where_they_end() -> None:
    assert rules_of("加V领取", "description", "xiaohongshu") == ["banned"]
    assert rules_of("It takes refundable deposits", "description", "amazon") == []


@given(st.text(max_size=120), st.sampled_from(["title", "description", "bullets", "tags", "keywords"]))
def test_any_text_is_measured(text: str, field: str) -> None:
    for channel in limits.channels():
        for found in limits.check(text, field, channel):
            assert 0 <= found.start <= found.end <= len(text)
