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
from desktop_app.language.grams import grams_of

Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]
VERSION = "4"  # goes up with every change of what is read in a text


def adapter() -> Path:
    """Return the file that bends the weights for meaning until praise and blame lie apart."""
    return paths.assets() / "reviews" / "meaning.npz"


@dataclass(frozen=True, slots=True)
class Heads:
    """The trained numbers of ``assets/reviews/polarity.npz``; see the README there for where they come from."""

    flat: Floats  # weights of each direction of the bent meaning: log odds of praise, the bias last
    words: Floats  # weight of each run of words or characters
    opinion: Floats  # weights of "says what somebody thinks", the bias last
    blend: Floats  # (language, 3): how much meaning and words count beside one another, bias; English, then Chinese

    def logits(self, texts: Sequence[str], vectors: Vectors | None, chinese: npt.NDArray[np.bool_]) -> Floats:
        """Return log odds of praise against blame for each text; ``vectors`` (n, d) or None without such weights."""
        share = self.blend[chinese.astype(np.intp)]
        words = grams_of(texts).times(self.words)
        if vectors is None:
            return np.asarray(words * 2.0)
        flat = vectors @ self.flat[:-1] + self.flat[-1]
        return np.asarray(flat * share[:, 0] + words * share[:, 1] + share[:, 2])

    def opinionated(self, vectors: Vectors) -> Floats:
        """Return how likely each text says what somebody thinks, rather than what is or happened."""
        return np.asarray(1 / (1 + np.exp(-(vectors @ self.opinion[:-1] + self.opinion[-1]))))


@cache
def heads(path: Path | None = None) -> Heads:
    """Load the heads that are shipped (or those at ``path``, while they are trained)."""
    with np.load(path or paths.assets() / "reviews" / "polarity.npz", allow_pickle=False) as kept:
        return unpacked(dict(kept))


def packed(heads: Heads) -> dict[str, npt.NDArray[Any]]:
    """Return the heads as small arrays: the many weights of words in half precision."""
    return {
        "flat": heads.flat.astype(np.float32), "words": heads.words.astype(np.float16),
        "opinion": heads.opinion.astype(np.float32), "blend": heads.blend.astype(np.float32),
    }  # fmt: skip


def unpacked(kept: dict[str, npt.NDArray[Any]]) -> Heads:
    """Return the heads that ``packed`` made small."""
    wide = {name: array.astype(np.float64) for name, array in kept.items()}
    return Heads(wide["flat"], wide["words"], wide["opinion"], wide["blend"])
