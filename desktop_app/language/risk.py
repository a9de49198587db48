"""How much of an eye a draft needs before it is approved: the riskiest come first in the queue."""

from __future__ import annotations

from desktop_app.records import Draft

_UNSURE = -1.2  # mean log-likelihood a token below which small weights are guessing


def of(draft: Draft) -> float:
    """Return how risky a draft is: what is marked weighs most, then words cut short, then who wrote it and how surely.

    Nothing here changes what a draft says; it only decides what is looked at first.
    """
    risk = 100.0 * len(draft.findings) + 50.0 * draft.stopped
    if draft.source == "merchant":
        return risk
    risk += {"weights": 10.0, "mixed": 6.0}.get(draft.source, 0.0)
    if draft.source in ("weights", "mixed"):
        risk += min(draft.refused, 20) * 0.5
        if draft.likelihood is not None:
            risk += max(0.0, _UNSURE - draft.likelihood) * 10 + max(0.0, -draft.likelihood)
    if draft.back:
        risk += 3.0  # a translation
    return risk


def unsure(draft: Draft) -> bool:
    """Tell whether the weights were guessing."""
    return draft.source in ("weights", "mixed") and draft.likelihood is not None and draft.likelihood < _UNSURE
