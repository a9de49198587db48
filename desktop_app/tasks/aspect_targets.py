"""What is said of a given aspect in a text: the stretch it stands in, read with the head for stretches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from desktop_app.formats.aspect_files import Target
from desktop_app.language.aspects import aspects_in
from desktop_app.review_records import Polarity
from desktop_app.tasks.opinions import Floats
from desktop_app.tasks.understanding import Looked, Reader, aspect_head, borne_out, features

# What the categories of well-known files are called here; a name that stands nowhere is taken as its words.
_KEYS: dict[str, tuple[str, ...]] = {
    "food": ("taste", "portion"), "service": ("service", "staff", "waiting"), "staff": ("staff", "service"),
    "price": ("price",), "ambience": ("ambience", "space", "clean"), "menu": ("menu",), "place": ("place", "space"),
    "location_traffic": ("place",), "location_distance_from_business_district": ("place",),
    "location_easy_to_find": ("place",), "service_wait_time": ("waiting",),
    "service_waiters_attitude": ("staff", "service"),
    "service_parking_convenience": ("place",), "service_serving_speed": ("waiting",), "price_level": ("price",),
    "price_cost_effective": ("price",), "price_discount": ("price",), "environment_decoration": ("ambience", "look"),
    "environment_noise": ("ambience",), "environment_space": ("space",), "environment_cleaness": ("clean",),
    "dish_portion": ("portion",), "dish_taste": ("taste",), "dish_look": ("look",),
}  # fmt: skip


def stretches_of(text: str, spans: Sequence[tuple[int, int]], target: Target) -> list[int]:
    """Return the places of the stretches that speak of a target; all of them where none is known to."""
    if target.end > target.start:
        own = [n for n, (a, b) in enumerate(spans) if a < target.end and target.start < b]
        if own:
            return own
    keys = frozenset(_KEYS.get(target.name.casefold().partition("#")[0], ()))
    hits = aspects_in(text, keys) if keys else []
    own = [n for n, (a, b) in enumerate(spans) if any(a <= s < b for _k, s, _e in hits)]
    return own or list(range(len(spans)))


def target_features(
    texts: Sequence[str], looked: Looked, rows: Sequence[Sequence[Target]]
) -> tuple[Floats, list[list[int]]]:
    """Return one row of features a target (the mean over its stretches), and which stretches those are."""
    every = features(looked)
    first = np.searchsorted(looked.owner, np.arange(len(texts)))
    made, places = [], []
    for n, targets in enumerate(rows):
        for target in targets:
            own = [int(first[n]) + k for k in stretches_of(texts[n], looked.spans[n], target)]
            places.append(own)
            made.append(every[own].mean(0) if own else np.zeros(every.shape[1]))
    return np.array(made).reshape(len(made), every.shape[1]), places


def read_targets(
    reader: Reader, texts: Sequence[str], rows: Sequence[Sequence[Target]]
) -> tuple[list[str], Looked, list[list[int]]]:
    """Return what is said of each target, text after text, and what was looked at."""
    looked = reader.look(texts)
    if looked.vectors is None:
        kinds = reader.kinds(looked)
        first = np.searchsorted(looked.owner, np.arange(len(texts)))
        places = [
            [int(first[n]) + k for k in stretches_of(texts[n], looked.spans[n], t)]
            for n, ts in enumerate(rows)
            for t in ts
        ]
        return [kinds[own[0]] if own else "neutral" for own in places], looked, places
    made, places = target_features(texts, looked, rows)
    told = aspect_head().predict(made) if len(made) else []
    return [_held(kind, looked, own) for kind, own in zip(told, places, strict=True)], looked, places


def _held(kind: str, looked: Looked, own: Sequence[int]) -> str:
    """Hold what the head says of a target to what its only stretch says plainly."""
    if len(own) != 1:
        return kind
    score, _said, lean = looked.signs[own[0]]
    return borne_out(cast(Polarity, kind), int(looked.plain[own[0]]), float(score), float(lean))
