from __future__ import annotations

import numpy as np

from desktop_app.insight import horizon

WEEKDAYS = np.array([0.8, 0.8, 0.9, 1.0, 1.2, 1.5, 0.8]) / 7


def shop(weeks: int, seed: int, products: int = 8) -> np.ndarray:
    """Draw days of sales whose level wanders."""
    chance = np.random.default_rng(seed)
    level = np.exp(np.cumsum(chance.normal(0, 0.03, (products, weeks)), 1)) * chance.gamma(3, 8, (products, 1))
    return chance.poisson((level[:, :, None] * WEEKDAYS).reshape(products, -1)).astype(float)


def usual(daily: np.ndarray) -> np.ndarray:
    return daily.reshape(len(daily), -1, 7).sum(2)


def test_a_month_to_come_lies_within_its_bounds_about_eight_times_in_ten() -> None:
    inside, together = [], []
    for seed in range(12):
        daily = shop(70, seed)
        past = daily[:, : 60 * 7]
        found = horizon.over_span(past, usual(past), 8, 31)
        came = daily[:, 60 * 7 + 8 : 60 * 7 + 39].sum(1)
        inside.append(((came >= found.low) & (came <= found.high)).mean())
        together.append(found.total[1] <= came.sum() <= found.total[2])
    assert 0.7 <= np.mean(inside) <= 0.9
    assert np.mean(together) >= 0.6


def test_a_span_of_some_days_has_the_share_of_those_days() -> None:
    daily = np.tile(WEEKDAYS * 70, 40)[None, :].round(6)
    week = horizon.over_span(daily, usual(daily), 7, 7)
    weekend = horizon.over_span(daily, usual(daily), 5, 2)
    assert abs(week.expected[0] - 70) < 0.5
    assert abs(weekend.expected[0] - 23) < 0.3
    assert week.low[0] <= week.expected[0] <= week.high[0]


def test_the_sum_of_products_is_not_the_sum_of_their_bounds() -> None:
    daily = shop(60, 3, 12)
    found = horizon.over_span(daily, usual(daily), 7, 7)
    assert found.total[0] == np.float64(found.expected.sum())
    assert found.total[2] - found.total[1] < (found.high - found.low).sum()


def test_a_season_that_came_last_year_is_counted_in() -> None:
    year = np.ones(52)
    year[47:52] = 3
    weeks = np.tile(year, 3)[: 52 * 2 + 46]
    chance = np.random.default_rng(2)
    daily = chance.poisson((weeks[:, None] * np.full(7, 9.0)).reshape(1, -1).repeat(4, 0)).astype(float)
    found = horizon.over_span(daily, usual(daily), 7, 28)
    assert found.swing > 2
    assert abs(found.expected.sum() / (4 * 28 * 27) - 1) < 0.2


def test_a_history_reaches_half_as_far_ahead_as_back() -> None:
    assert [horizon.reach(weeks) for weeks in (8, 24, 110)] == [2, 8, 51]


def test_too_short_a_history_gives_no_bounds() -> None:
    daily = np.full((1, 8 * 7), 2.0)
    found = horizon.over_span(daily, usual(daily), 7, 7)
    assert np.isnan(found.low[0])
    assert np.isnan(found.total[1])


def test_weeks_that_say_nothing_are_no_misses() -> None:
    daily = np.full((3, 60 * 7), 2.0)
    known = usual(daily)
    known[0, 40:44] = np.nan
    daily[0, 40 * 7 : 44 * 7] = 0
    found = horizon.over_span(daily, known, 7, 14)
    assert np.allclose(found.expected, 28, atol=0.5)
    assert np.allclose(found.low, 28, atol=1)
