from __future__ import annotations

import pytest

from desktop_app.language import fields, limits
from desktop_app.records import FIELDS, Fact, Product, Wishes

LONG = Product(
    "Bamboo cutting board for bread, fruit and cheese, with a name that goes on and on and on!",
    id=3,
    facts=(Fact("Material", "bamboo", kind="material"), Fact("Size", "38 × 25 cm", kind="size"),
           Fact("Features", "juice groove, non-slip feet", kind="feature"), Fact("Care", "wash by hand", kind="care")),
)  # fmt: skip
CHINESE = Product(
    "竹砧板", id=4, language="zh",
    facts=(Fact("材质", "竹", kind="material"), Fact("尺寸", "38 × 25 厘米", kind="size"),
           Fact("特点", "汁槽、防滑脚垫", kind="feature"), Fact("保养", "手洗", kind="care")),
)  # fmt: skip
CHANNELS = ["", *(channel.id for channel in limits.channels())]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("product", [LONG, CHINESE], ids=["en", "zh"])
def test_every_kind_of_text_fits_its_channel_and_its_evidence_stands_in_it(
    product: Product, field: str, channel: str
) -> None:
    language = product.language or "en"
    made = fields.write(product, Wishes(field=field, language=language, channel=channel))  # type: ignore[arg-type]
    assert made.text
    assert fields.findings(made.text, field, channel) == []
    assert all(0 <= span.start < span.end <= len(made.text) for span in made.evidence)
    measure, most = fields.room(field, channel)
    assert limits.size(made.text, measure) <= most


def test_a_title_loses_what_its_channel_forbids_and_ends_with_a_whole_word() -> None:
    made = fields.write(LONG, Wishes(field="title", channel="amazon"))
    assert "!" not in made.text
    assert LONG.title.startswith(made.text.rstrip())
    assert LONG.title[len(made.text)] in " ,"


def test_selling_points_are_short_lines_that_rest_on_facts() -> None:
    made = fields.write(CHINESE, Wishes(field="points", language="zh"))
    assert made.text.splitlines() == ["尺寸38 × 25 厘米", "带汁槽和防滑脚垫", "保养：手洗"]
    assert [made.text[s.start : s.end] for s in made.evidence][:2] == ["38 × 25 厘米", "汁槽"]


def test_search_words_are_what_people_type() -> None:
    made = fields.write(CHINESE, Wishes(field="keywords", language="zh"))
    assert made.text.split("，")[0] == "竹砧板"
    assert "汁槽" in made.text


def test_search_words_are_in_one_language() -> None:
    throw = Product(
        "羊毛盖毯", id=5, facts=(Fact("Material", "wool", kind="material"), Fact("Colour", "grey", kind="colour"))
    )
    made = fields.write(throw, Wishes(field="keywords", language="zh"))
    assert not any(letter.isascii() and letter.isalpha() for letter in made.text)
    assert "灰色羊毛盖毯" in made.text


def test_search_words_and_titles_say_of_a_thing_what_is_true_of_all_of_it() -> None:
    rope = Product(
        "Skipping rope", facts=(Fact("Handle material", "polypropylene"), Fact("Pot", "5 l"), Fact("Colour", "red"))
    )
    words = fields.write(rope, Wishes(field="keywords")).text
    assert "polypropylene skipping rope" not in words
    assert "red skipping rope" in words
    assert "5 l" not in fields.write(rope, Wishes(field="title")).text
