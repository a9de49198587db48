"""The head that turns vectors into judgements, held against scikit-learn where it is installed."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.insight import fit_linear
from desktop_app.insight.linear import softmax, temperature_for

DRAWN = np.random.default_rng(7)


def three_heaps(n: int = 300, spread: float = 1.0) -> tuple[np.ndarray, list[str]]:
    truth = DRAWN.integers(0, 3, n)
    centres = np.array([[2, 0, 0, 1], [0, 2, 0, -1], [0, 0, 2, 0]], float)
    return centres[truth] + DRAWN.normal(0, spread, (n, 4)), [("delivery", "price", "size")[k] for k in truth]


def test_heaps_that_stand_apart_are_told_apart() -> None:
    rows, labels = three_heaps(spread=0.3)
    head = fit_linear(rows, labels)
    assert head.predict(rows) == labels
    assert head.classes == ("delivery", "price", "size")
    assert np.allclose(head.predict_proba(rows).sum(1), 1)


@pytest.mark.parametrize("weighing", [None, "balanced", {"price": 3.0}])
def test_it_finds_what_scikit_learn_finds(weighing: object) -> None:
    oracle = pytest.importorskip("sklearn.linear_model")
    rows, labels = three_heaps()
    named = {"delivery": 1.0, "price": 3.0, "size": 1.0} if isinstance(weighing, dict) else weighing
    theirs = oracle.LogisticRegression(C=0.5, class_weight=named, tol=1e-9, max_iter=5000).fit(rows, labels)
    ours = fit_linear(rows, labels, strength=0.5, class_weight=weighing, tolerance=1e-9)
    assert np.allclose(ours.predict_proba(rows), theirs.predict_proba(rows), atol=1e-4)
    assert np.allclose(ours.weights.T, theirs.coef_, atol=1e-3)


def test_two_classes_are_the_two_class_form_at_twice_the_strength() -> None:
    oracle = pytest.importorskip("sklearn.linear_model")
    rows, labels = three_heaps()
    two = ["bad" if label == "size" else "good" for label in labels]
    theirs = oracle.LogisticRegression(C=1.0, tol=1e-9, max_iter=5000).fit(rows, two)
    ours = fit_linear(rows, two, strength=0.5, tolerance=1e-9)
    assert np.allclose(ours.predict_proba(rows), theirs.predict_proba(rows), atol=1e-4)


def test_a_weight_of_two_is_the_same_row_twice() -> None:
    rows, labels = three_heaps(60)
    twice = np.concatenate([rows, rows[:20]])
    weight = np.array([2.0] * 20 + [1.0] * 40)
    once = fit_linear(rows, labels, sample_weight=weight, tolerance=1e-9)
    again = fit_linear(twice, labels + labels[:20], tolerance=1e-9)
    assert np.allclose(once.weights, again.weights, atol=1e-5)


def test_certainty_is_toned_down_to_what_unseen_rows_bear_out() -> None:
    truth = DRAWN.integers(0, 2, 4000)
    honest = np.where(truth[:, None] == np.arange(2), 1.0, 0.0) + DRAWN.normal(0, 1, (4000, 2))
    honest_temperature = temperature_for(honest, truth)
    assert temperature_for(honest * 8, truth) == pytest.approx(8 * honest_temperature, rel=1e-3)
    rows, labels = three_heaps(80, 1.5)
    more, known = three_heaps(400, 1.5)
    sure = fit_linear(rows, labels, strength=1000)
    calm = sure.calibrated(more, known)
    assert calm.temperature > 1
    assert calm.predict(more) == sure.predict(more)


def test_large_scores_stay_numbers() -> None:
    assert np.allclose(softmax(np.array([[1e5, 0.0, -1e5]])), [[1, 0, 0]])


def test_one_class_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two classes"):
        fit_linear(np.ones((3, 2)), ["a", "a", "a"])
