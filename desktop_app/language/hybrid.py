"""Meaning and words together: which passage answers which question, by vectors evened out and the words they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]

WORDS = 0.2  # what sharing all words is worth beside a cosine
CROWD = 0.1  # how sharply a passage that is close to every question is held back


@dataclass(frozen=True, slots=True)
class Background:
    """What questions and passages of a shop have in common, so that what tells them apart can be seen.

    Meanings lie in a narrow cone; taking off the mean of each side opens it (Mu & Viswanath 2018, All-but-the-Top). A
    passage that is near to any question is held back by how near it is to the questions known (inverted softmax: Smith
    et al. 2017; Dinu et al. 2015 on hubs). The questions need no answers: the messages a shop has seen serve.
    """

    question: Floats  # (d,) mean of questions
    told: Floats  # (d,) mean of passages read as passages
    asked: Floats  # (d,) mean of passages read as questions
    crowd: Floats  # (passages,)


def unit(rows: Floats) -> Floats:
    """Return rows of length one."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


def background(known: Floats, told: Floats, asked: Floats) -> Background:
    """Learn a background from known questions (n, d) and the passages (m, d), read as passages and as questions."""
    means = known.mean(0), told.mean(0), asked.mean(0)
    near = _near(unit(known - means[0]), unit(told - means[1]), unit(asked - means[2]))
    return Background(*means, CROWD * np.log(np.exp(near / CROWD).mean(0)))


def meaning(questions: Floats, told: Floats, asked: Floats, behind: Background) -> Floats:
    """Return how close each question (n, d) is to each passage (m, d) in meaning, shape (n, m)."""
    near = _near(unit(questions - behind.question), unit(told - behind.told), unit(asked - behind.asked))
    return near - behind.crowd


def fused(meanings: Floats, shares: Floats) -> Floats:
    """Return meaning and shared words as one score, shape (n, m); higher is better."""
    return meanings + WORDS * shares


def _near(questions: Floats, told: Floats, asked: Floats) -> Floats:
    return np.asarray((questions @ told.T + questions @ asked.T) / 2)
