"""What goes with what: products bought together, alike by meaning or name, and what everybody buys.

The core is EASE (Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data): a ridge regression of every product
on all others in closed form, baskets weighed by one over the root of their length so that the very large order does not
speak for everybody. To it come a share of popularity and one of likeness; how much, and how strong the ridge, is chosen
on the newest fifth of the baskets given, hidden from a first fit.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Basket = Sequence[int]
Case = tuple[list[int], int]

CORE = 3200  # products the regression is made over: those in most baskets
LONGEST = 120  # lines of one basket that are counted
RIDGES = (60.0, 300.0)
POPULAR = (0.0, 0.05, 0.2)
ALIKE = (0.0, 0.03, 0.1)
ALIKE_LEAST = 0.3  # likeness below which nobody would say that two things are alike
FEW = 40  # hidden lines below which nothing can be chosen by trying
DRAWS = 3  # times each basket is tried, with other lines hidden
_WORD = re.compile(r"[^\W\d_]{2,}|\d+|[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A product to offer, and on what ground: how many baskets held it beside what is known, of how many."""

    item: int
    score: float
    why: Literal["together", "alike", "popular"]
    beside: int = -1  # the known product that speaks for it most
    together: int = 0  # baskets that held both …
    of: int = 0  # … of those that held the known one


@dataclass(frozen=True, slots=True)
class Strength:
    """How much each ground counts."""

    ridge: float = 300.0
    popular: float = 0.05
    alike: float = 0.03


class Recommender:
    """Fitted to baskets of product numbers 0 … ``items`` - 1, the newest basket last.

    ``vectors`` (items, d) says what is alike: rows of length one, from meaning or from `name_vectors`.
    """

    def __init__(
        self, baskets: Sequence[Basket], items: int, vectors: Floats | None = None, strength: Strength | None = None
    ) -> None:
        self.items, self.vectors = items, vectors
        self.strength = strength or self._choose(baskets)
        self._fit(baskets, self.strength.ridge)

    def _fit(self, baskets: Sequence[Basket], ridge: float) -> None:
        self.bought = np.bincount([i for basket in baskets for i in set(basket)] or [0], minlength=self.items)
        if not baskets:
            self.bought[:] = 0
        self.share = (self.bought / max(1, len(baskets))).astype(np.float32)
        self.core = np.argsort(-self.bought, kind="stable")[: min(CORE, int((self.bought > 0).sum()))]
        self._place = np.full(self.items, -1)
        self._place[self.core] = np.arange(len(self.core))
        weighed, self._pairs = _gram(baskets, self._place, len(self.core))
        self._weights = ease(weighed, ridge)

    def _choose(self, baskets: Sequence[Basket]) -> Strength:
        """Return the strength that finds most hidden lines of the newest fifth, fitted to the rest."""
        cut = len(baskets) * 4 // 5
        past = baskets[:cut]
        seen = {i for basket in past for i in basket}
        cases = hidden_lines(baskets[cut:], seen)
        if len(cases) < FEW:
            return Strength()
        best, most = Strength(), -1.0
        for ridge in RIDGES:
            self._fit(past, ridge)
            together, alike = self._grounds([known for known, _hidden in cases])
            for popular in POPULAR:
                for like in ALIKE if self.vectors is not None else (0.0,):
                    found = ranks(together + popular * self.share + like * alike, cases)
                    worth = float((found < 10).mean() + (found < 5).mean())
                    if worth > most + 1e-9:
                        best, most = Strength(ridge, popular, like), worth
        return best

    def scores(self, known: Sequence[Sequence[int]]) -> Floats:
        """Return how well each product goes with each list of known ones, shape (lists, items)."""
        together, alike = self._grounds(known)
        return np.asarray(together + self.strength.popular * self.share + self.strength.alike * alike, np.float32)

    def _grounds(self, known: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        together = np.zeros((len(known), self.items), np.float32)
        alike = np.zeros((len(known), self.items if self.vectors is not None else 1), np.float32)
        for row, some in enumerate(known):
            places = self._place[list(some)]
            places = places[places >= 0]
            together[row, self.core] = self._weights[places].sum(0)
            if self.vectors is not None:
                alike[row] = (self.vectors @ self.vectors[list(some)].T).sum(1)
        return together, alike

    def offer(
        self, known: Sequence[int], count: int = 10, allowed: npt.NDArray[np.bool_] | None = None
    ) -> list[Wanted]:
        """Return the best products beside ``known``, best first, each with its ground; only ``allowed`` ones."""
        score = self.scores([known])[0]
        score[list(known)] = -np.inf
        if allowed is not None:
            score[~allowed] = -np.inf
        order = np.argsort(-score, kind="stable")[:count]
        return [self._because(int(i), float(score[i]), known) for i in order if np.isfinite(score[i])]

    def _because(self, item: int, score: float, known: Sequence[int]) -> Wanted:
        pairs = [(self._together(item, k), -n, k) for n, k in enumerate(known)]
        together, _place, beside = max(pairs, default=(0, 0, -1))
        if together > 0:
            return Wanted(item, score, "together", beside, together, int(self.bought[beside]))
        if self.vectors is not None and known:
            likeness = self.vectors[list(known)] @ self.vectors[item]
            if likeness.max() >= ALIKE_LEAST:
                return Wanted(item, score, "alike", known[int(likeness.argmax())])
        return Wanted(item, score, "popular", of=int(self.bought[item]))

    def _together(self, one: int, other: int) -> int:
        a, b = self._place[one], self._place[other]
        return int(self._pairs[a, b]) if a >= 0 and b >= 0 else 0


def ease(gram: Floats, ridge: float) -> Floats:
    """Return the weights of EASE for a matrix of common counts (n, n): -P / diag(P), P = (G + ridge I)^-1.

    Column j says how each product speaks for product j; nothing speaks for itself.
    """
    if not len(gram):
        return np.zeros((0, 0), np.float32)
    inverse = np.linalg.inv(gram.astype(np.float32) + np.float32(ridge) * np.eye(len(gram), dtype=np.float32))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return np.asarray(weights, np.float32)


def name_vectors(names: Sequence[str]) -> Floats:
    """Return a vector of length one for each name, by its words weighed by rarity (tf-idf; Spärck Jones 1972).

    Shape (names, words known); for lists where no weights of meaning are at hand.
    """
    words = [set(_WORD.findall(name.casefold())) for name in names]
    count = Counter(word for each in words for word in each)
    usual = [word for word, n in count.most_common(4000) if n > 1]
    place = {word: n for n, word in enumerate(usual)}
    table = np.zeros((len(names), max(1, len(usual))), np.float32)
    for row, each in enumerate(words):
        for word in each & place.keys():
            table[row, place[word]] = np.log(len(names) / count[word]) + 0.01
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.maximum(length, 1e-9), np.float32)


def hidden_lines(baskets: Iterable[Basket], seen: set[int] | None, known: int = 3, draws: int = DRAWS) -> list[Case]:
    """Return cases (known lines, hidden line): of each basket ``known`` lines and one other, drawn by chance.

    Only products in ``seen`` take part, unless it is None. The draws are the same every time.
    """
    cases = []
    listed = [[i for i in dict.fromkeys(basket) if seen is None or i in seen] for basket in baskets]
    for draw in range(draws):
        chance = random.Random(draw)
        for basket in listed:
            if len(basket) >= 2:
                drawn = chance.sample(basket, min(known + 1, len(basket)))
                cases.append((drawn[:-1], drawn[-1]))
    return cases


def ranks(scores: Floats, cases: Sequence[Case]) -> npt.NDArray[np.intp]:
    """Return at which place (from 0) each hidden line stands among all products but those known."""
    found = np.empty(len(cases), np.intp)
    for row, (known, hidden) in enumerate(cases):
        score = scores[row].copy()
        score[known] = -np.inf
        above = score > score[hidden]
        level = (score == score[hidden])[:hidden]  # of equals, the one that came first stands first
        found[row] = above.sum() + level.sum()
    return found


def cosine(baskets: Sequence[Basket], items: int, cases: Sequence[Case]) -> Floats:
    """Return the plain cosine of common baskets, summed over the known lines: what the fit is held against."""
    bought = np.bincount([i for basket in baskets for i in set(basket)] or [0], minlength=items)
    core = np.flatnonzero(bought)
    place = np.full(items, -1)
    place[core] = np.arange(len(core))
    _weighed, pairs = _gram(baskets, place, len(core))
    root = np.sqrt(bought[core]).astype(np.float32)
    likeness = pairs / np.outer(root, root)
    np.fill_diagonal(likeness, 0)
    out = np.zeros((len(cases), items), np.float32)
    for row, (known, _hidden) in enumerate(cases):
        out[row, core] = likeness[[p for p in place[known] if p >= 0]].sum(0)
    return out


def _gram(baskets: Sequence[Basket], place: npt.NDArray[np.intp], size: int) -> tuple[Floats, npt.NDArray[np.int32]]:
    """Return how often two products stood in a basket, weighed by basket length (mean weight one), and plainly."""
    weighed = np.zeros(size * size, np.float64)
    plain = np.zeros(size * size, np.int32)
    rows, weights, total, used = list[npt.NDArray[np.intp]](), list[float](), 0.0, 0

    def count() -> None:
        nonlocal weighed, plain
        if rows:
            cells = np.concatenate([(r[:, None] * size + r[None, :]).ravel() for r in rows])
            each = np.repeat(weights, [len(r) ** 2 for r in rows])
            weighed += np.bincount(cells, each, size * size)
            plain += np.bincount(cells, minlength=size * size).astype(np.int32)
            rows.clear()
            weights.clear()

    waiting = 0
    for basket in baskets:
        inside = place[list(dict.fromkeys(basket))[:LONGEST]] if len(basket) else np.zeros(0, np.intp)
        inside = inside[inside >= 0]
        if not len(inside):
            continue
        weight = 1 / np.sqrt(len(inside))
        rows.append(inside)
        weights.append(weight)
        total, used, waiting = total + weight, used + 1, waiting + len(inside) ** 2
        if waiting > 4_000_000:
            count()
            waiting = 0
    count()
    return (weighed.reshape(size, size) * (used / total if used else 1.0)).astype(np.float32), plain.reshape(size, size)
