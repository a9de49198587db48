"""Which of many names a name was probably meant to be."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

LIKELY = 86.0


def likely_names(wanted: str, names: Sequence[str], most: int = 3) -> list[int]:
    """Return the places of the names that ``wanted`` resembles, the closest first; none where none is close."""
    found = process.extract(
        wanted, names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=most, score_cutoff=LIKELY
    )
    return [place for _name, _score, place in found]
