from __future__ import annotations

import numpy as np
import pytest

from desktop_app.insight import forecast, smoothing


def noisy(products: int = 12, weeks: int = 60, level: float = 40.0) -> smoothing.Floats:
    return np.random.default_rng(3).poisson(level, (products, weeks)).astype(float)


def test_a_forecast_knows_nothing_of_the_week_it_is_for() -> None:
    demand = noisy()
    changed = demand.copy()
    changed[:, 40:] = 999
    before, after = forecast.expected(demand), forecast.expected(changed)
    assert np.array_equal(before[:, :41], after[:, :41])
    low, high = forecast.intervals(demand, before)
    other_low, other_high = forecast.intervals(changed, after)
    assert np.array_equal(low[:, :41], other_low[:, :41], equal_nan=True)
    assert np.array_equal(high[:, :41], other_high[:, :41], equal_nan=True)


def test_steady_sales_are_forecast_as_they_are_and_eight_weeks_in_ten_lie_within() -> None:
    found = forecast.back_test(noisy(), 12)
    assert found.mase < 0.8
    assert 0.7 <= found.coverage <= 0.9


def test_a_combination_beats_last_week_again() -> None:
    demand = noisy()
    found = forecast.back_test(demand, 12)
    naive = smoothing.exponential(demand, 1.0)[:, -13:-1]
    assert found.mase < 0.85 * forecast.scaled_error(found.actual, naive, found.scale)


def test_a_week_that_was_out_of_stock_does_not_pull_the_forecast_down() -> None:
    demand = noisy(4)
    empty = demand.copy()
    empty[0, 55:] = 0
    marked = demand.copy()
    marked[0, 55:] = np.nan
    assert forecast.forecast(empty).expected[0] < 30 < forecast.forecast(marked).expected[0]


def test_a_new_product_is_too_young_to_say_anything_about() -> None:
    demand = noisy(4)
    demand[1, :56] = 0
    assert list(forecast.forecast(demand).enough) == [True, False, True, True]


def test_smoothing_agrees_with_its_formula() -> None:
    demand = np.array([[10.0, 20.0, 0.0, 40.0]])
    found = smoothing.exponential(demand, 0.5)[0]
    assert found[1:] == pytest.approx([10, 15, 7.5, 23.75])


def test_lumpy_sales_are_forecast_by_how_often_and_how_many() -> None:
    demand = np.tile([0.0, 0.0, 0.0, 12.0], 90)[None, :]
    assert smoothing.intermittent(demand, 0.2, 0.05)[0, -1] == pytest.approx(3.2, abs=0.5)
    assert smoothing.croston(demand, 0.1)[0, -1] == pytest.approx(3 * 0.95, abs=0.1)


def test_last_year_speaks_for_this_week_once_there_is_a_year() -> None:
    weeks = np.arange(120)
    demand = (50 + 40 * np.sin(2 * np.pi * weeks / 52))[None, :]
    seasonal = smoothing.seasonal(demand)
    level = smoothing.exponential(demand, 0.2)
    assert np.abs(seasonal[0, 70:120] - demand[0, 70:]).mean() < np.abs(level[0, 70:120] - demand[0, 70:]).mean()
