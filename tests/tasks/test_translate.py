from __future__ import annotations

import threading
from typing import Any

import pytest

from desktop_app.engine import Request, ScriptedEngine
from desktop_app.records import Draft, Fact, Failed, Note, Product, Saved, Weights, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import jobs

WISHES = Wishes(language="zh", translated_from="en")
SAID = "这块橡木砧板38 × 25厘米。"


class Bilingual(ScriptedEngine):
    def about(self) -> Weights:
        return Weights("Qwen", "", 1, languages=("en", "zh"), template=True)


@pytest.fixture
def board(shop: Shop) -> int:
    facts = (Fact("Material", "oak", kind="material"), Fact("Size", "38 × 25 cm", kind="size"))
    with shop.act("Stock"):
        number = shop.add([Product("Oak board", facts=facts), Product("Spoon")])[0]
        shop.add_draft(Draft(number, "description", "en", "An oak board of 38 × 25 cm.", status="approved"))
    return number


def run(shop: Shop, engine: Any, ids: list[int]) -> list[Any]:
    job = jobs.start(shop, products=ids, wishes=WISHES, choice="translate")
    return list(jobs.run(shop, engine, threading.Event(), job=job))


def answer(request: Request, *texts: str) -> str:
    return "An oak board, 38 × 25 cm." if "English" in request.messages[0].text else texts[0]


def test_an_approved_text_is_translated_with_a_back_reading(shop: Shop, board: int) -> None:
    assert jobs.chosen(shop, "translate", WISHES) == [board]
    saved = [e.draft for e in run(shop, Bilingual(lambda r: answer(r, SAID)), [board]) if isinstance(e, Saved)]
    assert [(d.text, d.back, d.source, d.language) for d in saved] == [
        (SAID, "An oak board, 38 × 25 cm.", "weights", "zh")
    ]
    assert jobs.chosen(shop, "translate", WISHES) == []


def test_a_translation_that_loses_a_number_is_not_kept(shop: Shop, board: int) -> None:
    engine = Bilingual(lambda r: answer(r, "这块橡木砧板83 × 25厘米。"))
    draft = next(e.draft for e in run(shop, engine, [board]) if isinstance(e, Saved))
    assert draft.source == "plain"
    assert "83" not in draft.text
    assert "38" in draft.text


@pytest.mark.parametrize(
    "leaked",
    [
        "Translate the product text into Chinese: 这块橡木砧板38 × 25厘米。",
        "这块橡木砧板38 × 25厘米。 Add nothing and leave nothing out.",
        "As an AI language model: 这块橡木砧板38 × 25厘米。",
    ],
)
def test_words_of_the_prompt_reach_no_translation(shop: Shop, board: int, leaked: str) -> None:
    engine = Bilingual(lambda r: answer(r, leaked))
    draft = next(e.draft for e in run(shop, engine, [board]) if isinstance(e, Saved))
    assert draft.source == "plain"
    assert not set(leaked.split()) & {word for word in draft.text.split() if word.isascii() and word.isalpha()}


def test_a_translation_says_which_prompt_made_it(shop: Shop, board: int) -> None:
    saved = [e.draft for e in run(shop, Bilingual(lambda r: answer(r, SAID)), [board]) if isinstance(e, Saved)]
    assert [d.prompt for d in saved] == ["translation/2/zh"]


def test_weights_that_cannot_write_both_languages_say_so_and_the_facts_do(shop: Shop, board: int) -> None:
    events = run(shop, None, [board])
    assert any("No weights here write both languages" in e.text for e in events if isinstance(e, Note))
    draft = next(e.draft for e in events if isinstance(e, Saved))
    assert (draft.source, draft.language) == ("plain", "zh")
    assert "橡木" in draft.text
    assert "oak" in draft.back


def test_a_product_without_an_approved_text_fails_and_the_others_go_on(shop: Shop, board: int) -> None:
    other = shop.search("Spoon")[0]
    events = run(shop, None, [other, board])
    assert [e.product for e in events if isinstance(e, Failed)] == [other]
    assert [e.draft.product for e in events if isinstance(e, Saved)] == [board]
