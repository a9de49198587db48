from __future__ import annotations

import random

import numpy as np
import pytest

from desktop_app.insight import recommend
from desktop_app.insight.recommend import Recommender, Strength


def paired(count: int = 400, items: int = 20) -> list[list[int]]:
    """Baskets in which product 2n goes with 2n+1, beside one product drawn from all."""
    chance = random.Random(1)
    return [
        [pair * 2, pair * 2 + 1, chance.randrange(items)]
        for pair in (chance.randrange(items // 2) for _ in range(count))
    ]


def test_what_is_bought_together_is_offered_with_how_often() -> None:
    fitted = Recommender(paired(), 20)
    best = fitted.offer([4])[0]
    assert (best.item, best.why, best.beside) == (5, "together", 4)
    assert 0 < best.together <= best.of == sum(4 in basket for basket in paired())


def test_the_weights_are_those_of_the_ridge_regression_on_all_others() -> None:
    rows = np.random.default_rng(2).integers(0, 2, (60, 6)).astype(float)
    weights = recommend.ease((rows.T @ rows).astype(np.float32), 5.0)
    for column in range(6):
        others = [c for c in range(6) if c != column]
        some = rows[:, others]
        direct = np.linalg.solve(some.T @ some + 5 * np.eye(5), some.T @ rows[:, column])
        assert weights[others, column] == pytest.approx(direct, abs=1e-4)


def test_what_is_not_in_stock_is_not_offered() -> None:
    allowed = np.ones(20, bool)
    allowed[5] = False
    assert 5 not in [w.item for w in Recommender(paired(), 20).offer([4], 19, allowed)]


def test_a_product_nobody_bought_is_reached_by_its_name() -> None:
    names = [f"thing {n}" for n in range(20)] + ["green tea cup", "green tea pot"]
    fitted = Recommender([[*basket, 20] for basket in paired()], 22, recommend.name_vectors(names), Strength(60, 0, 5))
    best = fitted.offer([20])[0]
    assert (best.item, best.why, best.beside) == (21, "alike", 20)


def test_without_any_sale_nothing_fails() -> None:
    assert [w.score for w in Recommender([], 3).offer([0])] == [0, 0]
