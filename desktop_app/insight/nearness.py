"""A head that bends: logistic regression over how near a vector is to each of some hundred landmarks.

Williams & Seeger 2001, Using the Nyström Method to Speed Up Kernel Machines. A flat head over vectors of meaning sees
"good" and "bad", but not that "cheap" is good of a price and bad of a handle; nearness to examples does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Where the landmarks are (m, d) among vectors scaled by ``centre`` and ``spread`` (d,), and how far they reach."""

    centre: Floats
    spread: Floats
    points: Floats
    reach: float

    def near(self, rows: Array) -> Floats:
        """Return how near each row (n, d) is to each landmark: 1 at it, towards 0 far away, shape (n, m)."""
        scaled = self.scaled(rows)
        apart = (scaled**2).sum(1)[:, None] + (self.points**2).sum(1) - 2 * scaled @ self.points.T
        return np.asarray(np.exp(-self.reach * np.maximum(apart, 0)), np.float64)

    def scaled(self, rows: Array) -> Floats:
        """Return rows as the landmarks see them."""
        return np.asarray((np.asarray(rows, np.float64) - self.centre) / self.spread)

    def whitening(self, floor: float = 1e-4) -> Floats:
        """Return the matrix (m, m) that makes nearness a plain inner product, for training."""
        values, vectors = np.linalg.eigh(self.near(self.points * self.spread + self.centre))
        return np.asarray(vectors / np.sqrt(np.maximum(values, 0) + floor))


def landmarks(rows: Array, count: int, reach: float, seed: int = 0, weight: Array | None = None) -> Landmarks:
    """Choose landmarks among ``rows`` at random (by ``weight``), in a space where every direction varies alike."""
    rows = np.asarray(rows, np.float64)
    centre, spread = rows.mean(0), np.maximum(rows.std(0), 1e-9)
    share = None if weight is None else np.asarray(weight, np.float64) / np.sum(weight)
    chosen = np.random.default_rng(seed).choice(len(rows), min(count, len(rows)), replace=False, p=share)
    return Landmarks(centre, spread, (rows[np.sort(chosen)] - centre) / spread, reach / rows.shape[1])
