"""Runs of words and of characters as numbers: what a head over plain words is trained on and asked with.

Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning. A row has unit length; counts are damped.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

SPACE = 1 << 15  # features
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[!?]+|[:;]-?[()dp]")
_NOT = frozenset("not no never n't without hardly barely neither nor cannot can't don't doesn't didn't isn't wasn't won't "
                 "wouldn't couldn't shouldn't aren't weren't ain't haven't hasn't hadn't".split())  # fmt: skip
_BREAK = frozenset("but however though although yet except".split())
_REACH = 3  # words after a "not" that are turned by it


@dataclass(frozen=True, slots=True)
class Grams:
    """Rows of features without the many zeros: row n has ``index[start[n]:start[n + 1]]`` with these values."""

    index: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    start: npt.NDArray[np.int64]

    def times(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the product with a vector of weights, shape (SPACE,): one number a row."""
        sums = np.concatenate([[0.0], np.cumsum(self.value * weights[self.index])])
        return np.asarray(sums[self.start[1:]] - sums[self.start[:-1]], np.float64)


def grams_of(texts: Sequence[str]) -> Grams:
    """Return the features of texts in Chinese (runs of one to three characters) or other (runs of one or two words)."""
    index, value, start = list[npt.NDArray[np.int32]](), list[npt.NDArray[np.float32]](), [0]
    for text in texts:
        counts: dict[int, int] = {}
        for gram in _grams(unicodedata.normalize("NFKC", text).casefold()):
            place = zlib.crc32(gram.encode()) & (SPACE - 1)
            counts[place] = counts.get(place, 0) + 1
        values = np.array([1 + log(n) for n in counts.values()], np.float32)
        index.append(np.fromiter(counts, np.int32, len(counts)))
        value.append(values / max(float(np.linalg.norm(values)), 1e-9))
        start.append(start[-1] + len(counts))
    whole = (
        (np.concatenate(index), np.concatenate(value)) if index else (np.empty(0, np.int32), np.empty(0, np.float32))
    )
    return Grams(*whole, np.array(start, np.int64))


def _grams(text: str) -> Iterator[str]:
    if _HAN.search(text):
        plain = re.sub(r"\s+", " ", text)
        for length in (1, 2, 3):
            for place in range(len(plain) - length + 1):
                yield f"z{plain[place : place + length]}"
        return
    words = list(_turned(_WORDS.findall(text)))
    yield from words
    for one, two in pairwise(words):
        yield f"{one} {two}"


def _turned(words: list[str]) -> Iterator[str]:
    """Yield the words, those within the reach of a "not" with a sign of it."""
    left = 0
    for word in words:
        if word in _BREAK:
            left = 0
        yield f"¬{word}" if left and word not in _NOT else word
        left = _REACH if word in _NOT else max(left - 1, 0)
