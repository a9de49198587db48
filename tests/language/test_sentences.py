"""Sentences end where a reader would say they do."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language import sentences


def cut(text: str, language: str = "en") -> list[str]:
    return [text[a:b] for a, b in sentences.split(text, language)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It is 3.5 cm wide. It holds 350 ml.", 2),
        ("See No. 5 for details.", 1),
        ("approx. 3 cm thick. Oiled.", 2),
        ("Made by J. Smith in Leeds. Signed.", 2),
        ("Use with soups, stews, etc. for two people.", 1),
        ("“Lovely.” Really? Yes! Fine", 4),
        ("Weighs 5 oz. Made of oak.", 2),
        ("Size L. Made of wool.", 2),
        ("One\nTwo\n\nThree", 3),
        ("v1.2.3 is out", 1),
    ],
)
def test_english_sentences(text: str, count: int) -> None:
    assert len(cut(text)) == count


def test_chinese_sentences_keep_their_quotes() -> None:
    assert cut("材质为竹子。“好用。”尺寸3.5厘米；手洗！真的？", "zh") == [
        "材质为竹子。",
        "“好用。”",
        "尺寸3.5厘米；",
        "手洗！",
        "真的？",
    ]


@given(st.text(alphabet='ab .!?。！\n"5中”A'))
def test_every_letter_belongs_to_one_sentence(text: str) -> None:
    spans = sentences.split(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    covered = "".join(text[a:b] for a, b in spans)
    assert covered.replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
