"""What machines leave in a text: refusals, gaps, loops, cut-off sentences, another language; each is found and named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

DATA = Path(__file__).parent.parent / "data" / "spoiled"
BOARDS = {
    "en": Product("Oak board", facts=(Fact("Material", "oak"), Fact("Size", "38 x 25", "cm"))),
    "zh": Product("橡木砧板", facts=(Fact("材质", "橡木"), Fact("尺寸", "38×25", "厘米"))),
}
# What a shop may well say, though it looks like one of them.
SOUND = {
    "en": [
        "Please let us know your order number.", "Title deeds are not needed for a board.", "A board of oak, 38 x 25 cm.",
        "Feel free to cut bread on it.", "Here is the board for Sunday.", "It is an oak board, and that is that.",
    ],
    "zh": ["橡木砧板，长38厘米，宽25厘米。", "作为砧板，它是橡木的。", "需要的时候拿出来。", "慢慢切，慢慢来。", "一块一块切。"],
}  # fmt: skip


def _kinds(text: str, language: str) -> set[str]:
    return {f.kind for f in check.check(text, BOARDS[language], language=language, strict=False).findings}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_of_them_are_found_even_where_only_claims_need_a_fact(language: str) -> None:
    rows = [json.loads(line) for line in (DATA / f"spoiled.{language}.jsonl").read_text("utf-8").splitlines()]
    missed = [r for r in rows if not _kinds(r["text"], language)]
    assert len(rows) >= 40
    assert not missed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ordinary_sentences_are_none_of_them(language: str) -> None:
    wrong = {"leak", "placeholder", "repetition", "cut_off", "language"}
    assert not [text for text in SOUND[language] if _kinds(text, language) & wrong]
