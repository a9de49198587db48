"""What a text thinks: small heads, shipped as data, over vectors of meaning and over plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app import paths
from desktop_app.insight.nearness import Landmarks
from desktop_app.language.grams import grams_of

Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]
VERSION = "1"  # goes up with every change of what is read in a text


@dataclass(frozen=True, slots=True)
class Heads:
    """The trained numbers of ``assets/reviews/polarity.npz``; see the README there for where they come from."""

    marks: Landmarks
    near: Floats  # weight of each landmark
    flat: Floats  # weight of each direction of meaning
    words: Floats  # weight of each run of words or characters
    opinion: Floats  # weights of "says what somebody thinks", the bias last
    blend: Floats  # (language, 4): near, flat, words, bias; English first, then Chinese

    def logits(self, texts: Sequence[str], vectors: Vectors | None, chinese: npt.NDArray[np.bool_]) -> Floats:
        """Return log odds of praise against blame for each text; ``vectors`` (n, d) or None without such weights."""
        share = self.blend[chinese.astype(np.intp)]
        words = grams_of(texts).times(self.words)
        if vectors is None:
            return np.asarray(words * 2.0)
        near = np.concatenate([self.marks.near(part) @ self.near for part in _parts(vectors)])
        flat = self.marks.scaled(vectors) @ self.flat
        return np.asarray(near * share[:, 0] + flat * share[:, 1] + words * share[:, 2] + share[:, 3])

    def opinionated(self, vectors: Vectors) -> Floats:
        """Return how likely each text says what somebody thinks, rather than what is or happened."""
        return np.asarray(1 / (1 + np.exp(-(self.marks.scaled(vectors) @ self.opinion[:-1] + self.opinion[-1]))))


def _parts(vectors: Vectors) -> list[Vectors]:
    return [vectors[n : n + 4096] for n in range(0, len(vectors), 4096)] or [vectors]


@cache
def heads(path: Path | None = None) -> Heads:
    """Load the heads that are shipped (or those at ``path``, while they are trained)."""
    with np.load(path or paths.assets() / "reviews" / "polarity.npz", allow_pickle=False) as kept:
        return unpacked(dict(kept))


def packed(heads: Heads) -> dict[str, npt.NDArray[Any]]:
    """Return the heads as small arrays: landmarks in whole steps of one byte, all else in half precision."""
    step = np.abs(heads.marks.points).max() / 127
    return {
        "centre": heads.marks.centre.astype(np.float32), "spread": heads.marks.spread.astype(np.float32),
        "points": np.rint(heads.marks.points / step).astype(np.int8), "step": np.array(step, np.float32),
        "reach": np.array(heads.marks.reach, np.float32), "near": heads.near.astype(np.float32),
        "flat": heads.flat.astype(np.float32), "words": heads.words.astype(np.float16),
        "opinion": heads.opinion.astype(np.float32), "blend": heads.blend.astype(np.float32),
    }  # fmt: skip


def unpacked(kept: dict[str, npt.NDArray[Any]]) -> Heads:
    """Return the heads that ``packed`` made small."""
    wide = {name: array.astype(np.float64) for name, array in kept.items()}
    marks = Landmarks(wide["centre"], wide["spread"], wide["points"] * wide["step"], float(wide["reach"]))
    return Heads(marks, wide["near"], wide["flat"], wide["words"], wide["opinion"], wide["blend"])
