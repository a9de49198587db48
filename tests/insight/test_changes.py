from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.insight import changes

AMOUNTS = st.lists(st.tuples(*[st.integers(0, 50)] * 4), min_size=1, max_size=12)


@given(AMOUNTS)
def test_the_parts_add_up_to_the_whole_change(rows: list[tuple[int, int, int, int]]) -> None:
    table = np.array(rows, float)
    units_before, units = table[:, 0], table[:, 2]
    sales_before, sales = table[:, 1] * units_before, table[:, 3] * units
    found = changes.variance(units_before, sales_before, units, sales)
    assert found.total == pytest.approx(sales.sum() - sales_before.sum(), abs=1e-6)


def test_a_higher_price_is_price_and_more_pieces_are_volume() -> None:
    found = changes.variance(
        np.array([10.0, 10.0]), np.array([100.0, 100.0]), np.array([10.0, 10.0]), np.array([120.0, 100.0])
    )
    assert (found.price, found.volume, found.mix) == (20, 0, 0)
    found = changes.variance(
        np.array([10.0, 10.0]), np.array([100.0, 100.0]), np.array([20.0, 20.0]), np.array([200.0, 200.0])
    )
    assert (found.price, found.volume, found.mix) == (0, 200, 0)


def test_the_week_swings_as_it_was_made_to() -> None:
    days = np.arange(4, 4 + 7 * 30)  # 1970-01-05 was a Monday
    sales = np.where((days + 3) % 7 == 5, 300.0, 100.0)
    found = changes.week_season(days, sales)
    assert found is not None
    assert found.index[5] == pytest.approx(7 * 300 / 900)
    assert found.index[0] == pytest.approx(7 * 100 / 900)


def test_a_month_of_sales_is_too_little_to_tell_a_season() -> None:
    assert changes.week_season(np.arange(30), np.ones(30)) is None
    assert changes.year_season(np.arange(20), np.ones(20)) is None


def test_a_december_that_sells_double_is_seen_after_two_years() -> None:
    months = np.arange(48)
    found = changes.year_season(months, np.where(months % 12 == 11, 2.0, 1.0))
    assert found is not None
    assert found.index[11] == pytest.approx(24 / 13)
