"""What a message wants: a head over meaning and letters, and a bar under which it is none of the known wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.insight.linear import Linear, fit_linear
from desktop_app.insight.sparse import Sparse, directions

LETTERS = 400  # directions kept of the space of letters and words
MEANING, SPELLING = 6.0, 4.0  # how loudly each speaks: lengths of their rows
STRENGTH = 1.0
STEPS = 120
NONE = ""

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood of a message: the likeliest label, how sure, and how well it fits at all."""

    label: str
    confidence: float
    fit: float  # the score the bar is held against


@dataclass(frozen=True, slots=True)
class Intents:
    """A trained reader of messages. ``bar`` is the fit below which a message is none of the known labels."""

    head: Linear
    mean: Floats
    keep: npt.NDArray[np.integer]
    rarity: Floats
    letters: Floats
    bar: float = -np.inf

    def read(self, meanings: Floats, grams: Sparse) -> list[Read]:
        """Return what each message wants; the label is given even where the fit is under the bar."""
        if not len(meanings):
            return []
        rows = self._rows(meanings, grams)
        scores = self.head.scores(rows)
        likely = self.head.predict_proba(rows)
        best = scores.argmax(1)
        fits = _fit(scores)
        return [Read(self.head.classes[b], float(likely[n, b]), float(fits[n])) for n, b in enumerate(best)]

    def chances(self, meanings: Floats, grams: Sparse) -> Floats:
        """Return how likely each label is for each message, shape (n, labels)."""
        return self.head.predict_proba(self._rows(meanings, grams))

    def _rows(self, meanings: Floats, grams: Sparse) -> Floats:
        told = meanings - self.mean
        told = told / np.maximum(np.linalg.norm(told, axis=1, keepdims=True), 1e-9)
        spelt = grams.kept(self.keep).weighted(self.rarity) @ self.letters
        return np.hstack([MEANING * told, SPELLING * spelt])


def learn(meanings: Floats, grams: Sparse, labels: Sequence[str]) -> Intents:
    """Learn from examples: meanings (n, d), hashed pieces and labels. ValueError for fewer than two labels."""
    mean = meanings.mean(0)
    seen = np.bincount(grams.places, minlength=grams.columns)
    keep = np.flatnonzero(seen >= (2 if len(labels) > 500 else 1))
    held = grams.kept(keep)
    rarity = held.rarity()
    # Few examples span few directions worth keeping, and each costs time.
    letters = directions(held.weighted(rarity), max(64, min(LETTERS, len(labels) // 4)))
    empty = Intents(Linear((), np.zeros((0, 0)), np.zeros(0)), mean, keep, rarity, letters)
    head = fit_linear(empty._rows(meanings, grams), labels, strength=STRENGTH, steps=STEPS, tolerance=1e-3)
    return Intents(head, mean, keep, rarity, letters)


def bar_between(known: Sequence[tuple[float, bool]], strangers: Sequence[float]) -> float:
    """Return the fit below which to say "none of these".

    ``known`` are unseen messages of known labels (fit, whether the label was right), ``strangers`` messages of none.
    The bar is where right labels kept and strangers refused are, counted in shares, most together; a label kept counts
    one and a half times, since a merchant minds a question left open less than a wrong answer, but minds both.
    """
    if not strangers or not known:
        return -np.inf
    right = np.sort([fit for fit, ok in known if ok])
    others = np.sort(np.array(strangers))
    tried = np.unique(np.concatenate([right, others]))
    kept = 1 - np.searchsorted(right, tried) / max(len(right), 1)
    refused = np.searchsorted(others, tried) / len(others)
    return float(tried[int(np.argmax(1.5 * kept + refused))])


def _fit(scores: Floats) -> Floats:
    """Return how much the scores of a message stand out: the log of the likeliest label's odds against the rest."""
    top = scores.max(1)
    with np.errstate(under="ignore"):
        total = np.log(np.exp(scores - top[:, None]).sum(1))
    return np.asarray(-total)
