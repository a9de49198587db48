"""Counting reviews: shares with their uncertainty, copies of one another, change over time. Arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Z = 1.96  # nineteen times of twenty
BACK = 4  # how many neighbours in order of a quarter of the print are compared


def wilson(part: int, whole: int, z: float = Z) -> tuple[float, float, float]:
    """Return (low, found, high) of a share, by Wilson's interval; (0, 0, 1) of nothing.

    Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference.
    """
    if whole <= 0:
        return 0.0, 0.0, 1.0
    found = part / whole
    middle = (found + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(found * (1 - found) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(middle - half, 0.0), found, min(middle + half, 1.0)


def copies(
    product: Ints, prints: npt.NDArray[np.int64], length: Ints, near: int, least: int = 30
) -> npt.NDArray[np.int8]:
    """Return for each review 0, 1 (the very print of an earlier one of its product) or 2 (nearly that of one).

    Rows stand in the order in which they came; texts under ``least`` letters are never called copies, since many
    people write "very good".
    """
    kind = np.zeros(len(product), np.int8)
    able = np.flatnonzero((length >= least) & (prints != 0) & (product >= 0))
    if not len(able):
        return kind
    order = able[np.lexsort((able, prints[able], product[able]))]
    same = (product[order][1:] == product[order][:-1]) & (prints[order][1:] == prints[order][:-1])
    kind[order[1:][same]] = 1
    rest = able[kind[able] == 0]
    unsigned = prints.view(np.uint64)
    for quarter in range(4):
        band = (unsigned[rest] >> np.uint64(16 * quarter)) & np.uint64(0xFFFF)
        order = rest[np.lexsort((rest, band, product[rest]))]
        key = (unsigned[order] >> np.uint64(16 * quarter)) & np.uint64(0xFFFF)
        for back in range(1, BACK + 1):
            one, other = order[back:], order[:-back]
            close = (product[one] == product[other]) & (key[back:] == key[:-back])
            apart = np.bitwise_count(unsigned[one] ^ unsigned[other])
            hit = close & (apart <= near)
            kind[np.maximum(one, other)[hit]] = 2
    return kind


@dataclass(frozen=True, slots=True)
class Tally:
    """What some reviews say of one theme: reviews that speak of it, and of these praise, blame, both, neither."""

    theme: int
    count: int
    positive: int
    negative: int
    mixed: int
    neutral: int


def tally(said: npt.NDArray[np.int8], chosen: Bools) -> list[Tally]:
    """Count themes over ``chosen`` rows of ``said`` (reviews, themes): 1 praise, 2 blame, 3 both, 4 neither."""
    some = said[chosen]
    counts = (
        np.stack([(some == kind).sum(0) for kind in (1, 2, 3, 4)], 1)
        if len(some)
        else np.zeros((said.shape[1], 4), int)
    )
    return [
        Tally(n, int(row.sum()), int(row[0]), int(row[1]), int(row[2]), int(row[3])) for n, row in enumerate(counts)
    ]


def by_month(
    months: Ints, chosen: Bools, weight: npt.NDArray[Any] | None = None
) -> tuple[Ints, npt.NDArray[np.float64]]:
    """Return the months (years * 12 + month) from the first to the last chosen row, and how many fall on each."""
    some = months[chosen & (months > 0)]
    if not len(some):
        return np.empty(0, np.int64), np.empty(0)
    first = int(some.min())
    own = None if weight is None else np.asarray(weight, float)[chosen & (months > 0)]
    return np.arange(first, int(some.max()) + 1), np.bincount(some - first, own).astype(float)


def turning_point(good: npt.NDArray[Any], whole: npt.NDArray[Any], least: int = 8) -> tuple[int, float] | None:
    """Return the month from which the share of ``good`` is another, and by how much; None where nothing is certain.

    The split that makes the months before and after most unlike each other counts where their intervals do not touch
    and both have at least ``least`` voices.
    """
    best: tuple[float, int, float] | None = None
    for at in range(1, len(whole)):
        before, after = (
            (float(good[:at].sum()), float(whole[:at].sum())),
            (float(good[at:].sum()), float(whole[at:].sum())),
        )
        if min(before[1], after[1]) < least:
            continue
        low_b, share_b, high_b = wilson(int(before[0]), int(before[1]), 2.6)
        low_a, share_a, high_a = wilson(int(after[0]), int(after[1]), 2.6)
        gap = max(low_a - high_b, low_b - high_a)
        if gap > 0 and (best is None or gap > best[0]):
            best = (gap, at, share_a - share_b)
    return None if best is None else (best[1], best[2])
