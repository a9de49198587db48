"""Personal data is found, put out of sight and put back; codes of things stay where they are."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.masking import mask, personal

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("masking_score", ROOT / "benchmarks" / "masking.py")
assert spec is not None
assert spec.loader is not None
scoring = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scoring)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_three_hundred_lines_personal_data_is_found_and_codes_are_left(language: str) -> None:
    figures = scoring.score(scoring.read(scoring.FOLDER / f"lines.{language}.txt"))
    assert figures["recall"] >= 0.98
    assert figures["masked by mistake"] <= 0.03


def test_what_was_masked_comes_back_and_the_same_value_has_one_stand_in() -> None:
    text = "打13800138000，或写信给 li@qq.com；13800138000 是微信"
    masked = mask(text)
    assert masked.text == "打[phone 1]，或写信给 [email 1]；[phone 1] 是微信"
    assert masked.restored(masked.text) == text


def test_a_stand_in_that_the_customer_wrote_is_not_taken_for_one_of_ours() -> None:
    text = "what is [phone 1]? mine is +44 7911 123456"
    masked = mask(text)
    assert masked.text == "what is [phone 1]? mine is [phone 2]"
    assert masked.restored(masked.text) == text


def test_a_text_without_personal_data_comes_back_as_it_is() -> None:
    for text in ("Do you have A-1024 in 42?", "订单 20261104123456 到哪了", ""):
        assert mask(text).text == text


@given(st.text(alphabet="0123456789 +-()@.abc号路室区省,，A-Z", max_size=80))
def test_whatever_is_written_comes_back_whole(text: str) -> None:
    masked = mask(text)
    assert masked.restored(masked.text) == text
    found = personal(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
