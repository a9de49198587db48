"""Texts that are nearly the same: a print of 64 bits that differs in few places where the texts differ little.

Charikar 2002, Similarity Estimation Techniques from Rounding Algorithms; over runs of four characters.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

RUN = 4
NEAR = 8  # bits of 64 in which nearly equal texts may differ
_LOOSE = re.compile(r"[\W_]+")
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)
_SHIFTS = np.arange(64, dtype=np.uint64)


def bare(text: str) -> str:
    """Return what is compared: letters and digits in lower case."""
    return _LOOSE.sub("", text.casefold())


def print_of(text: str) -> int:
    """Return the print of a text as a signed 64-bit number; 0 for one too short to have any."""
    letters = np.frombuffer(bare(text).encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    if len(letters) < RUN:
        return 0
    with np.errstate(over="ignore"):
        mixed = np.zeros(len(letters) - RUN + 1, np.uint64)
        for place in range(RUN):
            mixed += letters[place : len(letters) - RUN + 1 + place] * _FACTORS[place]
            mixed ^= mixed >> np.uint64(29)
        mixed *= _FACTORS[0]
        mixed ^= mixed >> np.uint64(32)
    ones = ((mixed[:, None] >> _SHIFTS) & np.uint64(1)).sum(0)
    bits = (ones * 2 > len(mixed)).astype(np.uint64)
    return int(np.int64((bits << _SHIFTS).sum(dtype=np.uint64).astype(np.int64)))


def distance(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """Return in how many bits prints differ, pair by pair."""
    return np.asarray(np.bitwise_count((one ^ other).view(np.uint64)), np.uint8)
