from __future__ import annotations

import pytest

from desktop_app.language import kept


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The board measures 38 × 25 cm and weighs 900 g.", "这块砧板38 × 25厘米，重0.9公斤。"),
        ("It holds 350 ml.", "容量350毫升。"),
        ("A tray of oak.", "一个橡木托盘。"),
    ],
)
def test_numbers_units_and_sizes_that_are_kept_are_found_in_any_way_of_writing(source: str, target: str) -> None:
    assert kept.differences(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It holds 350 ml.", "容量500毫升。"),
        ("It holds 350 ml.", "容量350克。"),
        ("It holds 350 ml.", "一个杯子。"),
        ("一个杯子。", "A cup of 300 ml."),
    ],
)
def test_a_number_that_is_lost_or_new_is_said(source: str, target: str) -> None:
    assert kept.differences(source, target)


def test_brands_and_glossary_words_stand_in_both() -> None:
    assert kept.differences("A Dotkit tray.", "Dotkit 托盘。", ["Dotkit", "Other"]) == []
    assert kept.differences("A Dotkit tray.", "多特基特托盘。", ["Dotkit"]) == ["“Dotkit” is not in the translation."]
