"""What a cause of blame costs: found again where it was put in, and not said where it cannot be known."""

from __future__ import annotations

import numpy as np

from desktop_app.insight.mending import effects


def reviews(
    count: int, costs: tuple[float, ...], shares: tuple[float, ...], seed: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(seed)
    blamed = dice.random((count, len(costs))) < shares
    return np.clip(4.2 - blamed @ np.array(costs) + dice.normal(0, 0.3, count), 1, 5), blamed


def test_the_dearest_cause_comes_first_with_what_it_costs() -> None:
    stars, blamed = reviews(600, (2.0, 0.8), (0.2, 0.3))
    first, second = effects(stars, blamed)
    assert (first.cause, second.cause) == (0, 1)
    assert first.low < 2.0 * blamed[:, 0].mean() < first.high
    assert second.low < 0.8 * blamed[:, 1].mean() < second.high
    assert first.without > first.with_it + 1


def test_a_cause_that_costs_nothing_is_not_named() -> None:
    stars, blamed = reviews(600, (2.0, 0.0), (0.2, 0.3))
    assert [e.cause for e in effects(stars, blamed)] == [0]


def test_blame_that_comes_along_does_not_pay_for_the_other() -> None:
    stars, blamed = reviews(900, (2.0, 0.0), (0.3, 0.0))
    blamed[:, 1] = blamed[:, 0] & (np.random.default_rng(2).random(900) < 0.5)
    assert [e.cause for e in effects(stars, blamed)] == [0]


def test_few_reviews_and_reviews_without_stars_say_nothing() -> None:
    stars, blamed = reviews(11, (2.0,), (0.5,))
    assert effects(stars, blamed) == []
    stars, blamed = reviews(300, (2.0,), (0.5,))
    assert effects(np.full(300, np.nan), blamed) == []
