"""Finding the passage that answers, across words and languages, with the real weights for meaning."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.engine import Engine
from desktop_app.language import hybrid
from desktop_app.language.sureness import ANSWERS
from desktop_app.shop import Shop
from desktop_app.tasks import knowledge
from desktop_app.tasks.library import Library

KNOWN = [
    ("How long does delivery take?", "Orders take 3 to 5 working days."),
    ("How do I wash the linen?", "At 40 degrees with similar colours."),
    ("Do you have a shop?", "Our studio is at Mill Yard in Leeds."),
    ("可以刻字吗？", "木盒可以刻字，最多8个字。"),
    ("可以开发票吗？", "可以开电子发票，请在确认收货后30天内申请。"),
    ("茶叶怎么存放？", "绿茶密封后放冰箱冷藏，其他茶放在阴凉干燥处。"),
]


@pytest.fixture
def known(shop: Shop) -> Shop:
    for question, answer in KNOWN:
        knowledge.add_policy(shop, question=question, text=answer)
    return shop


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("can you engrave my name on the box?", "木盒可以刻字"),
        ("how should the tea be stored", "绿茶密封"),
        ("could I have an invoice please", "可以开电子发票"),
        ("亚麻床单怎么洗", "At 40 degrees"),
        ("你们有实体店吗", "Our studio"),
        ("快递要几天", "Orders take"),
    ],
)
def test_a_question_in_one_language_finds_the_passage_in_the_other(
    known: Shop, engine: Engine, asked: str, answer: str
) -> None:
    (found,) = Library(known, engine, on="2026-11-25").search([asked])
    assert found[0].passage.text.startswith(answer)


def test_what_the_knowledge_does_not_hold_is_not_taken_for_an_answer(known: Shop, engine: Engine) -> None:
    library = Library(known, engine, on="2026-11-25")
    for asked in ("who won the world cup", "do you have a job for me", "你们老板是哪里人", "can I pay with bitcoin"):
        (found,) = library.search([asked])
        assert found[0].sure < ANSWERS
    (found,) = library.search(["how do I wash linen"])
    assert found[0].sure >= ANSWERS


def test_without_weights_for_meaning_words_find_what_they_can(known: Shop) -> None:
    library = Library(known, None, on="2026-11-25")
    (found,), (other,) = library.search(["how do I wash the linen"]), library.search(["bitcoin"])
    assert found[0].passage.text.startswith("At 40")
    assert found[0].sure >= ANSWERS > other[0].sure


def test_a_library_knows_when_it_is_out_of_date(known: Shop) -> None:
    library = Library(known, None, on="2026-11-25")
    assert not library.stale(known, on="2026-11-25")
    assert library.stale(known, on="2026-11-26")
    knowledge.add_policy(known, text="We are closed on Mondays.")
    assert library.stale(known, on="2026-11-25")


def test_the_one_passage_of_a_language_is_not_taken_for_its_own_middle() -> None:
    rows = np.eye(4, dtype=np.float32) + np.float32(0.2)
    tongues = ["en", "en", "en", "de"]
    apart = hybrid.apart(rows, tongues, hybrid.middles(rows, tongues, {}))
    assert np.linalg.norm(apart[3]) > 0.9
    asked = hybrid.apart(rows[3:], ["fr"], hybrid.middles(rows, tongues, {}))
    assert int(np.argmax(apart @ asked[0])) == 3
