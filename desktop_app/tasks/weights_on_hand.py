"""Weights on this computer, and what they can be expected to do here, before anything loads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import psutil

from desktop_app import weights
from desktop_app.records import Weights

_WORKING = 350_000_000  # bytes beside the file itself: the context and the program that computes
_SHARE = 1.05


@dataclass(frozen=True, slots=True)
class Memory:
    """Main memory in bytes."""

    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of weights from their header alone; the window puts it into words."""

    needs: int  # bytes of memory, about
    fits: Literal["yes", "tight", "no"]  # tight: not beside what runs now
    english: bool
    chinese: bool
    named: bool  # the file or the list names its languages; else the family and the size are the best guess
    template: bool  # False: base weights, which go on with a text instead of answering
    writes: bool
    inside: bool  # the file lies in the program's own folder; only such a file is ever deleted


def memory() -> Memory:
    """Return what this machine has."""
    found = psutil.virtual_memory()
    return Memory(found.available, found.total)


def outlook(found: Weights, room: Memory) -> Outlook:
    """Judge weights for this machine by what their header says."""
    needs = int(found.size * _SHARE) + _WORKING
    # On a machine with little free memory others give way; beyond nine tenths of all there is nothing left to give.
    fits: Literal["yes", "tight", "no"] = (
        "yes" if needs <= room.free else "tight" if needs <= room.total * 0.9 else "no"
    )
    return Outlook(
        needs, fits, weights.can_write(found, "en"), weights.can_write(found, "zh"), bool(found.languages),
        found.template, found.kind == "writing", weights.is_inside(found),
    )  # fmt: skip
