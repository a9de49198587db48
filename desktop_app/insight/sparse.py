"""Rows that are mostly empty, as counts of words are, multiplied without being filled up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

BLOCK = 4_000_000  # numbers gathered at a time


@dataclass(frozen=True, slots=True)
class Sparse:
    """A matrix (rows, columns) by rows: row r holds ``values[starts[r]:starts[r+1]]`` at those ``places``."""

    starts: npt.NDArray[np.int64]
    places: npt.NDArray[np.integer]
    values: npt.NDArray[np.floating]
    columns: int

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and columns."""
        return len(self.starts) - 1, self.columns

    @property
    def T(self) -> Sparse:
        """The matrix turned over."""
        order = np.argsort(self.places, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.places, minlength=self.columns))]).astype(np.int64)
        return Sparse(starts, rows[order], self.values[order], self.shape[0])

    def __matmul__(self, other: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return the product with a dense matrix (columns, k)."""
        made = np.zeros((len(self.starts) - 1, other.shape[1]))
        per = max(1, BLOCK // max(other.shape[1], 1))
        row = 0
        while row < len(made):
            end = max(row + 1, int(np.searchsorted(self.starts, self.starts[row] + per, "right")) - 1)
            low, high = self.starts[row], self.starts[end]
            full = np.flatnonzero(np.diff(self.starts[row : end + 1]))
            if high > low:
                gathered = other[self.places[low:high]] * self.values[low:high, None]
                made[row + full] = np.add.reduceat(gathered, self.starts[row:end][full] - low)
            row = end
        return made

    def weighted(self, by: npt.NDArray[np.floating]) -> Sparse:
        """Return it with every column multiplied by ``by`` (columns,) and every row brought to length one."""
        values = self.values * by[self.places]
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        lengths = np.sqrt(np.bincount(rows, values**2, minlength=len(self.starts) - 1))
        return Sparse(self.starts, self.places, values / np.maximum(lengths[rows], 1e-9), self.columns)

    def kept(self, keep: npt.NDArray[np.integer]) -> Sparse:
        """Return only the columns ``keep`` (sorted), numbered anew."""
        new = np.full(self.columns, -1)
        new[keep] = np.arange(len(keep))
        at = new[self.places]
        held = at >= 0
        counts = np.concatenate([[0], np.cumsum(held)])
        return Sparse(counts[self.starts], at[held], self.values[held], len(keep))

    def rarity(self) -> npt.NDArray[np.float64]:
        """Return the smoothed inverse document frequency of each column, ln((1 + n) / (1 + df)) + 1."""
        seen = np.bincount(self.places, minlength=self.columns)
        return np.asarray(np.log((1 + self.shape[0]) / (1 + seen)) + 1)


def directions(matrix: Sparse, count: int, seed: int = 0) -> npt.NDArray[np.float64]:
    """Return the ``count`` directions (columns, count) in which the rows differ most.

    A randomised range finder with one more pass (Halko, Martinsson & Tropp 2011); exact where there are fewer rows.
    """
    turned, rows = matrix.T, matrix.shape[0]
    width = min(rows, count + 32)
    start = np.eye(rows) if width == rows else np.random.default_rng(seed).standard_normal((rows, width))
    seen = matrix @ (turned @ start)
    if width < rows:
        seen = matrix @ (turned @ np.linalg.qr(seen)[0])
    basis = np.linalg.qr(seen)[0]
    small = turned @ basis  # (columns, width)
    left, _sizes, _right = np.linalg.svd(small.T @ small)
    sizes = np.sqrt(np.maximum(_sizes, 1e-12))
    keep = sizes > sizes[0] * 1e-4
    return np.asarray((small @ left / sizes)[:, keep][:, :count])
