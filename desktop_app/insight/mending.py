"""What a cause of blame costs in stars: how far the mean would rise without it, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

LEAST = 12  # reviews with stars under which nothing is reckoned
VOICES = 4  # reviews that blame it, and reviews that do not
DRAWS = 400  # samples drawn again, for the bounds
AT_ONCE = 1 << 20  # numbers of samples drawn anew that are in memory together
RIDGE = 1.0  # reviews' worth of doubt whether a cause costs anything beside the others


@dataclass(frozen=True, slots=True)
class Effect:
    """What one cause costs: stars by which the mean of all would rise without it, with its bounds."""

    cause: int
    blamed: int  # reviews with stars that blame it
    with_it: float  # their mean
    without: float  # the mean of the others
    gain: float
    low: float
    high: float


def effects(stars: npt.NDArray[Any], blamed: npt.NDArray[np.bool_], seed: int = 0) -> list[Effect]:
    """Return the causes that cost stars beyond doubt, dearest first; ``blamed`` is (reviews, causes).

    A review that blames two things is shared between them: stars are fitted to all causes at once (least squares,
    held back by a ridge), and a cause's gain is what it takes off a review, times the share of reviews that blame it.
    The bounds hold nineteen of twenty samples drawn anew from these reviews (Efron 1979, Bootstrap Methods).
    """
    known = ~np.isnan(stars)
    stars, blamed = stars[known], blamed[known]
    counts = blamed.sum(0)
    able = np.flatnonzero((counts >= VOICES) & (len(stars) - counts >= VOICES))
    if len(stars) < LEAST or not len(able):
        return []
    part = blamed[:, able].astype(float)
    gain = _gains(part, stars)
    dice = np.random.default_rng(seed)
    rows = dice.integers(0, len(stars), (DRAWS, len(stars)))
    together = max(1, AT_ONCE // part.size)
    drawn = np.concatenate([_gains(part[some], stars[some]) for some in np.array_split(rows, -(-DRAWS // together))])
    low, high = np.percentile(drawn, (2.5, 97.5), axis=0)
    found = [
        Effect(int(cause), int(counts[cause]), float(stars[blamed[:, cause]].mean()),
               float(stars[~blamed[:, cause]].mean()), float(g), float(a), float(b))
        for cause, g, a, b in zip(able, gain, low, high, strict=True) if a > 0
    ]  # fmt: skip
    return sorted(found, key=lambda e: -e.gain)


def _gains(part: npt.NDArray[np.float64], stars: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return share of reviews × stars taken off, a cause; ``part`` (…, reviews, causes), ``stars`` (…, reviews)."""
    share = part.mean(-2)
    inside, outside = part - share[..., None, :], stars - stars.mean(-1, keepdims=True)
    turned = np.swapaxes(inside, -1, -2)
    square = turned @ inside + RIDGE * np.eye(part.shape[-1])
    return np.asarray(-np.linalg.solve(square, turned @ outside[..., None])[..., 0] * share, np.float64)
