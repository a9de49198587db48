"""Multinomial logistic regression: what a small head over vectors of meaning or counts of words says.

The loss is that of scikit-learn's `LogisticRegression`: strength * sum of -log p + half the squared weights, biases
free. Minimised by L-BFGS (Nocedal & Wright, Numerical Optimization, 2nd ed., algorithm 7.4) with backtracking.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Weighing = Mapping[str, float] | Literal["balanced"] | None

MEMORY = 12  # past steps from which the curvature is guessed
HALVINGS = 30
LOWEST, HIGHEST = 0.05, 20.0  # the temperatures looked at


class Matrix(Protocol):
    """Rows of features: a plain array, or anything that multiplies like one (a sparse matrix in training)."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and features."""
        ...

    def __matmul__(self, other: Any, /) -> Any:
        """Return the product with a dense matrix, shape (features, classes)."""
        ...

    @property
    def T(self) -> Any:
        """The same matrix turned over."""
        ...


@dataclass(frozen=True, slots=True)
class Linear:
    """A trained head: ``weights`` (features, classes), ``bias`` (classes,), and how far its certainty is toned down."""

    classes: tuple[str, ...]
    weights: Floats
    bias: Floats
    temperature: float = 1.0

    def scores(self, rows: Matrix) -> Floats:
        """Return the logits of each row, shape (n, classes), after the temperature."""
        return np.asarray(rows @ self.weights + self.bias, np.float64) / self.temperature

    def predict_proba(self, rows: Matrix) -> Floats:
        """Return how likely each class is, shape (n, classes); each row sums to one."""
        return softmax(self.scores(rows))

    def predict(self, rows: Matrix) -> list[str]:
        """Return the likeliest class of each row."""
        return [self.classes[n] for n in self.scores(rows).argmax(1)] if rows.shape[0] else []

    def calibrated(self, rows: Matrix, labels: Sequence[str]) -> Linear:
        """Return this head with the temperature under which unseen ``rows`` are least surprising.

        Guo et al. 2017, On Calibration of Modern Neural Networks. The rows must not be those it was fitted to.
        """
        raw = self.scores(rows) * self.temperature
        return replace(self, temperature=temperature_for(raw, _numbers(self.classes, labels)))


def fit_linear(
    rows: Matrix,
    labels: Sequence[str],
    *,
    strength: float = 1.0,
    class_weight: Weighing = None,
    sample_weight: Array | None = None,
    steps: int = 500,
    tolerance: float = 1e-6,
) -> Linear:
    """Fit a head to ``rows`` (n, features) and their ``labels``; the classes are sorted by name.

    ``strength`` is how much the data count against small weights (scikit-learn's C; two classes here are
    its two-class form at twice the C). "balanced" weighs every class alike. ValueError with fewer than two classes.
    """
    classes = tuple(sorted(set(labels)))
    if len(classes) < 2:
        raise ValueError("a head needs at least two classes to tell apart")
    truth = _numbers(classes, labels)
    weight = strength * _weights(classes, truth, class_weight, sample_weight)
    loss = _Loss(rows, truth, weight, len(classes))
    found = minimise(loss, np.zeros((rows.shape[1] + 1) * len(classes)), steps, tolerance)
    table = found.reshape(-1, len(classes))
    return Linear(classes, table[:-1].copy(), table[-1] - table[-1].mean())


def softmax(scores: Floats) -> Floats:
    """Return probabilities for logits (n, classes), safe for large ones."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True), np.float64)


def temperature_for(scores: Floats, truth: npt.NDArray[np.intp]) -> float:
    """Return the temperature that makes logits (n, classes) most likely, by golden section over its logarithm."""
    if not len(truth):
        return 1.0

    def surprise(logarithm: float) -> float:
        return float(-_log_likely(scores / np.exp(logarithm), truth).mean())

    low, high, golden = np.log(LOWEST), np.log(HIGHEST), (np.sqrt(5) - 1) / 2
    for _turn in range(60):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if surprise(left) < surprise(right) else (left, high)
    return float(np.exp((low + high) / 2))


class _Loss:
    """The regularised surprise of a head and its slope, as one flat vector of weights and biases asks."""

    def __init__(self, rows: Matrix, truth: npt.NDArray[np.intp], weight: Floats, classes: int) -> None:
        self._rows, self._truth, self._weight, self._classes = rows, truth, weight, classes

    def __call__(self, flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(-1, self._classes)
        scores = np.asarray(self._rows @ table[:-1] + table[-1], np.float64)
        likely = softmax(scores)
        loss = -(self._weight * _log_likely(scores, self._truth)).sum() + 0.5 * (table[:-1] ** 2).sum()
        likely[np.arange(len(self._truth)), self._truth] -= 1
        off = likely * self._weight[:, None]
        slope = np.vstack([np.asarray(self._rows.T @ off) + table[:-1], off.sum(0)])
        return float(loss), slope.ravel()


def minimise(loss: Any, start: Floats, steps: int, tolerance: float) -> Floats:
    """Walk a smooth convex ``loss`` (vector → value, slope) downhill by L-BFGS until its slope is small."""
    here = start
    value, slope = loss(here)
    past: deque[tuple[Floats, Floats, float]] = deque(maxlen=MEMORY)
    floor = tolerance * max(1.0, float(np.abs(slope).max()))
    for _step in range(steps):
        if np.abs(slope).max() <= floor:
            break
        way = _direction(slope, past)
        fall = float(way @ slope)
        length = 1.0 if past else 1.0 / max(1.0, float(np.abs(slope).sum()))
        for _try in range(HALVINGS):
            there = here + length * way
            next_value, next_slope = loss(there)
            if next_value <= value + 1e-4 * length * fall:
                break
            length /= 2
        else:  # no lower ground in reach of the numbers' precision
            break
        moved, bent = there - here, next_slope - slope
        if (curve := float(moved @ bent)) > 1e-12:
            past.append((moved, bent, 1 / curve))
        here, value, slope = there, next_value, next_slope
    return here


def _direction(slope: Floats, past: deque[tuple[Floats, Floats, float]]) -> Floats:
    way, shares = -slope, list[float]()
    for moved, bent, inverse in reversed(past):
        share = inverse * float(moved @ way)
        shares.append(share)
        way = way - share * bent
    if past:
        moved, bent, _inverse = past[-1]
        way = way * (float(moved @ bent) / float(bent @ bent))
    for (moved, bent, inverse), share in zip(past, reversed(shares), strict=True):
        way = way + moved * (share - inverse * float(bent @ way))
    return way


def _log_likely(scores: Floats, truth: npt.NDArray[np.intp]) -> Floats:
    top = scores.max(1)
    total = np.log(np.exp(scores - top[:, None]).sum(1)) + top
    return np.asarray(scores[np.arange(len(truth)), truth] - total, np.float64)


def _numbers(classes: Sequence[str], labels: Sequence[str]) -> npt.NDArray[np.intp]:
    place = {name: n for n, name in enumerate(classes)}
    return np.array([place[label] for label in labels], np.intp)


def _weights(classes: tuple[str, ...], truth: npt.NDArray[np.intp], by_class: Weighing, each: Array | None) -> Floats:
    weight = np.ones(len(truth)) if each is None else np.asarray(each, np.float64).copy()
    if by_class == "balanced":
        counts = np.bincount(truth, minlength=len(classes))
        weight *= (len(truth) / (len(classes) * counts))[truth]
    elif by_class is not None:
        weight *= np.array([by_class.get(name, 1.0) for name in classes])[truth]
    return weight
