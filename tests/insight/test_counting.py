"""Shares, copies and change over time."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.insight.counting import by_month, copies, tally, turning_point, wilson
from desktop_app.language.alike import NEAR, print_of

TEXT = (
    "The handle came off on the second day and the shop did not answer any of my three messages about it. "
    "I gave it to my sister afterwards, who glued it together and now keeps her pencils in it, so not all is lost."
)


def test_a_share_of_few_is_uncertain_and_of_many_is_not() -> None:
    assert wilson(0, 0) == (0, 0, 1)
    low, found, high = wilson(8, 10)
    assert (round(low, 3), found, round(high, 3)) == (0.49, 0.8, 0.943)  # Wilson's interval in every textbook
    assert wilson(800, 1000)[2] - wilson(800, 1000)[0] < 0.06


def test_copies_and_near_copies_are_found_within_a_product_only() -> None:
    texts = [TEXT, TEXT, TEXT.replace("pencils", "pens"), "Very good", "Very good", TEXT]
    product = np.array([1, 1, 1, 1, 1, 2])
    prints = np.array([print_of(text) for text in texts], np.int64)
    found = copies(product, prints, np.array([len(text) for text in texts]), NEAR)
    assert found.tolist() == [0, 1, 2, 0, 0, 0]


def test_themes_are_counted_over_the_chosen_reviews() -> None:
    said = np.array([[1, 0], [2, 4], [3, 0], [1, 1]], np.int8)
    first, second = tally(said, np.array([True, True, True, False]))
    assert (first.count, first.positive, first.negative, first.mixed) == (3, 1, 1, 1)
    assert (second.count, second.neutral, second.positive) == (1, 1, 0)
    assert [t.count for t in tally(said, np.zeros(4, bool))] == [0, 0]


def test_a_change_is_told_only_where_it_is_certain() -> None:
    bad, whole = np.array([2, 1, 2, 18, 17, 19]), np.full(6, 20)
    at, change = turning_point(bad, whole) or (0, 0.0)
    assert (at, round(change, 2)) == (3, 0.82)
    assert turning_point(np.array([2, 3, 2, 3]), np.full(4, 20)) is None
    assert turning_point(np.array([0, 1]), np.array([1, 1])) is None


def test_months_without_a_voice_stand_in_the_line_too() -> None:
    months, counts = by_month(np.array([24303, 24305, 0, 24305]), np.array([True] * 4))
    assert (months.tolist(), counts.tolist()) == ([24303, 24304, 24305], [1, 0, 2])
    assert by_month(np.array([0]), np.array([True]))[0].size == 0
    assert pytest.approx(3) == counts.sum()
