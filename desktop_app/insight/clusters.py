"""Putting what is alike together: average linkage over directions, cut where likeness ends. Arrays in, arrays out."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def centred(vectors: npt.NDArray[Any], others: npt.NDArray[Any] | None = None) -> Floats:
    """Return directions from the middle of all: where every text is a little like every other, what sets them apart.

    ``others`` are rows that take part in the middle alone: of few rows about one thing the middle is that thing.
    """
    rows = np.asarray(vectors, np.float32)
    middle = (rows if others is None else np.concatenate([rows, np.asarray(others, np.float32)])).mean(0)
    moved = rows - middle
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), np.float32)


def linked(vectors: npt.NDArray[Any], least: float) -> npt.NDArray[np.int64]:
    """Return the group of each row, 0 for the largest: rows of unit length whose mean likeness is at least ``least``.

    Average linkage by chains of nearest neighbours (Murtagh 1983, A Survey of Recent Advances in Hierarchical
    Clustering Algorithms): n² numbers are held, so some thousands of rows are what it is for.
    """
    rows = np.asarray(vectors, np.float32)
    count = len(rows)
    like = rows @ rows.T
    np.fill_diagonal(like, -np.inf)
    size, alive = np.ones(count), np.ones(count, bool)
    parent = np.arange(count)
    chain: list[int] = []
    for _merge in range(count - 1):
        if not chain:
            chain = [int(np.flatnonzero(alive)[0])]
        one, other = _mutual(like, chain)
        if like[one, other] >= least:
            parent[_root(parent, one)] = _root(parent, other)
        joined = (size[one] * like[one] + size[other] * like[other]) / (size[one] + size[other])
        joined[~alive] = -np.inf
        joined[[one, other]] = -np.inf
        like[other], like[:, other] = joined, joined
        like[one], like[:, one] = -np.inf, -np.inf
        size[other] += size[one]
        alive[one] = False
    roots = np.array([_root(parent, n) for n in range(count)], np.int64)
    kinds, place, counts = np.unique(roots, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(kinds), np.int64)
    rank[order] = np.arange(len(kinds))
    return np.asarray(rank[place], np.int64)


def _mutual(like: Floats, chain: list[int]) -> tuple[int, int]:
    """Follow nearest neighbours until two are each other's, and take them off the chain."""
    while True:
        at = chain[-1]
        near = int(np.argmax(like[at]))
        if len(chain) > 1 and like[at, chain[-2]] >= like[at, near]:
            near = chain[-2]
        if len(chain) > 1 and near == chain[-2]:
            del chain[-2:]
            return at, near
        chain.append(near)


def _root(parent: npt.NDArray[np.int64], n: int) -> int:
    while parent[n] != n:
        parent[n] = parent[parent[n]]
        n = int(parent[n])
    return n
