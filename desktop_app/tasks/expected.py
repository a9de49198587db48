"""How long texts would take with certain weights on this machine, reckoned from what was measured here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.devices import Device
from desktop_app.records import Weights
from desktop_app.tasks import offload, tuned
from desktop_app.tasks.tuned import Tuned
from desktop_app.weights import active, layout

TEXTS = 100
# Tokens written for a description, and what reading its product's facts costs beside that; see benchmarks/RESULTS.md.
TOKENS = 80 + 40
_WORKING = 350_000_000  # bytes beside the file itself: the context and the program that computes
_SHARE = 1.05


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for `TEXTS` descriptions in bulk; ``measured`` with these very weights, else reckoned from others."""

    seconds: float
    measured: bool


def needs(found: Weights) -> int:
    """Return about how many bytes of memory weights take."""
    return int(found.size * _SHARE) + _WORKING


def share_on_cards(found: Weights, cards: Sequence[Device]) -> float:
    """Return how much of the weights fits on graphics cards, 0 to 1; without the file from its size alone."""
    free = sum(card.free for card in cards)
    if not free or found.kind != "writing":
        return 0.0
    if found.path:
        shape = layout(found.path)
        return offload.fitting(shape, free) / (len(shape.blocks) + 1)
    return 1.0 if needs(found) <= free * (1 - offload.LEFT_FREE) else 0.0


def pace(found: Weights, on_cards: float = 0.0) -> Pace | None:
    """Return how fast these weights would write here, None where nothing was measured that could tell.

    Work grows with the parameters that touch each token, so of what was measured the nearest in size tells most.
    """
    own = tuned.known(Path(found.path)) if found.path and Path(found.path).exists() else None
    if own is not None and own.tokens_a_minute:
        return Pace(TEXTS * TOKENS * 60 / own.tokens_a_minute, measured=True)
    size = active(found)
    known = [one for one in tuned.all_known() if one.active and _rate(one, on_cards)]
    if not known or not size:
        return None
    nearest = min(known, key=lambda one: abs(math.log(one.active / size)))
    rate = _rate(nearest, on_cards) * nearest.active / size
    return Pace(TEXTS * TOKENS * 60 / rate, measured=False)


def _rate(one: Tuned, on_cards: float) -> int:
    """Return tokens a minute of measured weights in the way others would run: on cards whole, or on the processor."""
    if one.layers and on_cards == 1.0 and one.layers == one.of:
        return one.tokens_a_minute
    return one.alone if one.layers else one.tokens_a_minute
