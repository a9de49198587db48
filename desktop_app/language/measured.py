"""What a number is a measure of: hours of light are no hours of charging, a load is no weight, a dose no contents."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop_app import paths


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be measured: how facts name it and how sentences say it."""

    name: str
    fact: re.Pattern[str]
    said: re.Pattern[str]
    over: frozenset[str] = frozenset()  # classes that do not count where this one is said


@cache
def all_of() -> dict[str, tuple[Measure, ...]]:
    """Return the measures of ``assets/language/measures.toml`` by dimension."""
    raw = tomllib.loads((paths.assets() / "language" / "measures.toml").read_text("utf-8"))
    found: dict[str, tuple[Measure, ...]] = {}
    for row in raw["measure"]:
        measure = Measure(
            row["name"], re.compile(row["fact"], re.I), re.compile(row["said"], re.I), frozenset(row.get("over", ()))
        )
        for dimension in row["dimension"].split():
            found[dimension] = (*found.get(dimension, ()), measure)
    return found


_SAME = {"months": "time", "angle": "temperature"}


@lru_cache(maxsize=4096)
def of_fact(text: str, dimension: str) -> frozenset[str]:
    """Return what the number of a fact (its name and the words about the number) is a measure of; may be nothing known."""
    return _without_ruled(_found(text, dimension, fact=True), dimension)


def of_words(text: str, dimension: str) -> frozenset[str]:
    """Return what a stretch of a sentence says a number in it is a measure of."""
    return _without_ruled(_found(text, dimension, fact=False), dimension)


def _found(text: str, dimension: str, *, fact: bool) -> frozenset[str]:
    several = all_of().get(_SAME.get(dimension, dimension), ())
    return frozenset(m.name for m in several if (m.fact if fact else m.said).search(text))


def _without_ruled(found: frozenset[str], dimension: str) -> frozenset[str]:
    if len(found) < 2:
        return found
    several = all_of().get(_SAME.get(dimension, dimension), ())
    return found - {name for m in several if m.name in found for name in m.over}
