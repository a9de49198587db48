"""Meaning and words together: which passage answers which question, by vectors evened out and the words they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Means = Mapping[str, Floats]  # language → (d,)

# Chosen on the sets of questions in ``tests/data/retrieval`` that are called faq and ordinary, alone and thrown together.
WORDS = 0.1  # what sharing all words is worth beside a cosine
FAMILIAR = 10  # passages of a language that count as much as what was known of the language before
CROWD = 0.15  # how sharply a passage that is close to every question is held back
DRAWN, FEW, SHARP = 0.8, 10, 0.05  # how far a question is drawn towards the best few passages, and by which of them
ALONE = 4  # questions that are compared without a matrix product
TOLD = 0.7  # how much a passage counts as what it is, against how it would be read as a question


@dataclass(frozen=True, slots=True)
class Background:
    """What questions and passages of a shop have in common, so that what tells them apart can be seen.

    Meanings lie in a narrow cone; taking off the mean of each side opens it (Mu & Viswanath 2018, All-but-the-Top). A
    passage that is near to any question is held back by how near it is to the questions known (inverted softmax: Smith
    et al. 2017; Dinu et al. 2015 on hubs). The questions need no answers: the messages a shop has seen serve.
    """

    known: Floats  # (n, d) the questions it was learned from, their mean taken off
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
    rows = unit(known - means[0])
    return Background(rows, *means, _crowd(near(rows, unit(told - means[1]), unit(asked - means[2]))))


def found(questions: Floats, told: Floats, asked: Floats, behind: Background, shares: Floats) -> Floats:
    """Return how well each passage answers each question, by meaning and words, shape (n, m); higher is better."""
    own, *sides = unit(questions - behind.question), unit(told - behind.told), unit(asked - behind.asked)
    first = fused(near(own, *sides) - behind.crowd, shares)
    # Seen again, all questions have moved, those of the background too.
    moved = drawn(behind.known, near(behind.known, *sides) - behind.crowd, sides[1])
    crowd = _crowd(near(moved, *sides))
    return fused(near(drawn(own, first, sides[1]), *sides) - crowd, shares)


def drawn(questions: Floats, scores: Floats, asked: Floats) -> Floats:
    """Return questions drawn towards the passages that fit them best, by how well each does, for a second look.

    What the likeliest answers have in common tells more of what was meant than the few words of a question (Rocchio
    1971, Relevance Feedback in Information Retrieval, without anybody's feedback).
    """
    if not len(asked) or not len(questions):
        return questions
    best = np.argsort(-scores, axis=1, kind="stable")[:, :FEW]
    weight = np.exp((np.take_along_axis(scores, best, 1) - scores.max(1, keepdims=True)) / SHARP)
    weight /= weight.sum(1, keepdims=True)
    return unit(questions + DRAWN * np.einsum("nk,nkd->nd", weight, asked[best]))


def middles(rows: Floats, tongues: Sequence[str], known: Means) -> dict[str, Floats]:
    """Return the middle of the rows of each language, drawn towards what is ``known`` of it where there are few rows.

    The same thing said in two languages lies nearer once each language's middle is taken off (Libovický et al. 2020,
    On the Language Neutrality of Pre-trained Multilingual Representations). Of a language nothing is known of, what all
    rows have in common stands for it: the one passage of a language is not its own middle.
    """
    found: dict[str, Floats] = {}
    common = rows.mean(0) if len(rows) else None
    for tongue in sorted(set(tongues)):
        own = rows[np.array([t == tongue for t in tongues])]
        before = known.get(tongue, common)
        whole = own.sum(0) if before is None else own.sum(0) + FAMILIAR * before
        found[tongue] = whole / (len(own) + (0 if before is None else FAMILIAR))
    return found


def apart(rows: Floats, tongues: Sequence[str], middle: Means) -> Floats:
    """Return rows of length one with the middle of their language taken off; of an unknown one that of all the others."""
    if not len(rows):
        return rows
    other = np.mean(list(middle.values()), 0) if middle else np.zeros(rows.shape[1], rows.dtype)
    return unit(rows - np.stack([middle.get(tongue, other) for tongue in tongues]))


def near(questions: Floats, told: Floats, asked: Floats) -> Floats:
    """Return how close questions (n, d) are to passages (m, d), read as passages and as questions; shape (n, m)."""
    return np.asarray(TOLD * products(questions, told) + (1 - TOLD) * products(questions, asked))


def products(questions: Floats, passages: Floats) -> Floats:
    """Return the inner products of questions (n, d) with passages (m, d), shape (n, m).

    A few questions are not worth the threads of a matrix product: beside a busy program they wait for one another fifty
    times as long as the sums take.
    """
    if len(questions) <= ALONE:
        return np.asarray(np.einsum("nd,md->nm", questions, passages))
    return np.asarray(questions @ passages.T)


def fused(meanings: Floats, shares: Floats) -> Floats:
    """Return meaning and shared words as one score, shape (n, m); higher is better."""
    return meanings + WORDS * shares


def _crowd(close: Floats) -> Floats:
    """Return how near each passage lies to all questions together, shape (m,), from nearness (n, m)."""
    return np.asarray(CROWD * np.log(np.exp(close / CROWD).mean(0)))
