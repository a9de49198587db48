"""Average linkage: groups as a plain reckoning over all pairs finds them, whatever the order."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.insight.clusters import centred, linked


def plainly(rows: np.ndarray, least: float) -> list[frozenset[int]]:
    """Join the two groups that are most alike on average, again and again, until none are alike enough."""
    groups = [[n] for n in range(len(rows))]
    like = rows @ rows.T
    while len(groups) > 1:
        pairs = [(like[np.ix_(a, b)].mean(), i, j) for i, a in enumerate(groups) for j, b in enumerate(groups) if i < j]
        best, i, j = max(pairs)
        if best < least:
            break
        groups[i] += groups.pop(j)
    return sorted((frozenset(g) for g in groups), key=sorted)


@pytest.mark.parametrize("seed", range(6))
def test_the_groups_are_those_of_a_plain_reckoning(seed: int) -> None:
    dice = np.random.default_rng(seed)
    middles = dice.normal(size=(5, 8))
    rows = centred(middles[dice.integers(0, 5, 40)] + 0.5 * dice.normal(size=(40, 8)))
    for least in (0.2, 0.5, 0.8):
        found = linked(rows, least)
        groups = sorted((frozenset(np.flatnonzero(found == g).tolist()) for g in np.unique(found)), key=sorted)
        assert groups == plainly(rows, least)


def test_the_largest_group_comes_first_and_strangers_stay_alone() -> None:
    rows = centred(np.array([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [1, 0, 0.1], [0, 1, 0.1], [0, 0, 5]], float))
    assert linked(rows, 0.6).tolist() == [0, 0, 1, 0, 1, 2]
    assert linked(rows[:1], 0.6).tolist() == [0]
