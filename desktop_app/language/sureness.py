"""How sure it is that a found passage answers: a small head over what the search saw, learned from our own questions."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]

# By packaging/training/sureness.py: nearness as questions (raw cosine), share of the words, lead over the second best.
WEIGHTS = (20.68, 1.02, 8.23)
BIAS = -20.11
# The same with a fourth sign: how far the question and the passage are about the same of what customers usually want.
AGREEING = (17.26, 0.89, 8.45, 1.08)
AGREEING_BIAS = -17.36
# Texts of two languages lie apart; with each language's middle taken off they do not. So nearness across languages is
# reckoned from that: least squares over pairs of one language.
ACROSS = (0.828, 0.170)
# Without weights for meaning: share of the words and lead; 0.5 where a passage says nearly half the question.
WORDS, LEAD, BAR = 8.0, 4.0, -4.2

ANSWERS = 0.5  # from here on a passage is taken for an answer
MAY = 0.2  # from here on it may be one, and is shown to the merchant as such


def sureness(near: float, share: float, lead: float, agree: float | None = None) -> float:
    """Return how likely the best passage answers the question, 0 … 1; ``agree`` (0 … 1) where it is known."""
    if agree is not None:
        signs = zip(AGREEING, (near, share, lead, agree), strict=True)
        return _chance(sum(weight * sign for weight, sign in signs) + AGREEING_BIAS)
    return _chance(WEIGHTS[0] * near + WEIGHTS[1] * share + WEIGHTS[2] * lead + BIAS)


def across(apart: Floats) -> Floats:
    """Return the nearness that texts of one language would have, from their cosines with the middles taken off."""
    return np.asarray(ACROSS[0] + ACROSS[1] * apart)


def by_words(share: float, lead: float) -> float:
    """Return the same where only words could be compared."""
    return _chance(WORDS * share + LEAD * lead + BAR)


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(min(score, 50.0), -50.0)))
