"""Word search over a set of passages: BM25 over words, parts of words and Han characters, as a share of the question.

Robertson & Zaragoza 2009, The Probabilistic Relevance Framework: BM25 and Beyond.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from desktop_app.language.pieces import search_terms

K1, B = 1.2, 0.75


class WordSearch:
    """Passages made ready to be searched by words."""

    def __init__(self, passages: Sequence[str]) -> None:
        counted = [Counter(search_terms(passage)) for passage in passages]
        self._n = len(counted)
        sizes = np.array([sum(c.values()) for c in counted] or [0], np.float64)
        norms = K1 * (1 - B + B * sizes / max(float(sizes.mean()), 1e-9))
        held: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, counts in enumerate(counted):
            for term, times in counts.items():
                held[term].append((place, times * (K1 + 1) / (times + norms[place])))
        self._weight = {term: math.log(1 + (self._n - len(at) + 0.5) / (len(at) + 0.5)) for term, at in held.items()}
        self._unseen = math.log(1 + (self._n + 0.5) / 0.5)
        self._at = {
            term: (np.array([p for p, _w in at]), np.array([w for _p, w in at]) * self._weight[term])
            for term, at in held.items()
        }

    def scores(self, questions: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return BM25 of every question with every passage, shape (questions, passages)."""
        return np.stack([self._of(question)[0] for question in questions]) if questions else np.zeros((0, self._n))

    def shares(self, questions: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return BM25 as a share of what a passage that says the whole question would have: about 0 to 2."""
        found = [self._of(question) for question in questions]
        return np.stack([score / (total + 1e-9) for score, total in found]) if found else np.zeros((0, self._n))

    def _of(self, question: str) -> tuple[npt.NDArray[np.float64], float]:
        score, total = np.zeros(self._n), 0.0
        for term in dict.fromkeys(search_terms(question)):
            total += self._weight.get(term, self._unseen)
            if term in self._at:
                places, weights = self._at[term]
                score[places] += weights
        return score, total * (K1 + 1) / 2
