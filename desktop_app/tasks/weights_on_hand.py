"""Weights on this computer, and what they can be expected to do here, before anything loads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import psutil

from desktop_app import weights
from desktop_app.engine.devices import Device
from desktop_app.records import Weights
from desktop_app.tasks import expected, machine
from desktop_app.tasks.expected import Pace


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
    on_cards: float = 0.0  # how much of it fits on graphics cards, 0 to 1
    pace: Pace | None = None  # None: nothing was measured here yet


def memory() -> Memory:
    """Return what this machine has."""
    found = psutil.virtual_memory()
    return Memory(found.available, found.total)


@lru_cache(maxsize=1)
def cards() -> tuple[Device, ...]:
    """Return the graphics cards this program could use, looked at once; takes about a second then."""
    found = machine.devices()
    return found.cards if found.able else ()


def outlook(found: Weights, room: Memory, with_cards: Sequence[Device] = ()) -> Outlook:
    """Judge weights for this machine by what their header says and by what was measured here."""
    needs, share = expected.needs(found), expected.share_on_cards(found, with_cards)
    # On a machine with little free memory others give way; beyond nine tenths of all there is nothing left to give.
    fits: Literal["yes", "tight", "no"] = (
        "yes" if needs <= room.free else "tight" if needs <= room.total * 0.9 else "no"
    )
    return Outlook(
        needs, fits, weights.can_write(found, "en"), weights.can_write(found, "zh"), bool(found.languages),
        found.template, found.kind == "writing", weights.is_inside(found),
        share, expected.pace(found, share) if found.kind == "writing" else None,
    )  # fmt: skip
