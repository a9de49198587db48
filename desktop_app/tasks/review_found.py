"""Themes that no taxonomy knows: remarks that fit none, put together by what they mean, called by their own words.

What is kept is a name and the words a remark is known by, so that every count stays one that anybody can check; the
merchant renames, merges, hides or forgets such a theme as any other.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.insight.clusters import centred, linked
from desktop_app.language import theme_words
from desktop_app.language.theme_words import Named
from desktop_app.records import Progress
from desktop_app.review_records import Theme
from desktop_app.shop import Shop
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_index import FOUND, MINIMUM
from desktop_app.tasks.understanding import Reader

LOOKED = 3_000  # remarks of one script that are looked at: more would not change what is commonest
ALIKE = 0.22  # mean likeness of directions from which remarks are one group
USUAL = 500  # texts of others that the middle of meaning is reckoned with
SHORTEST = 6  # letters of a remark; a Chinese character counts as two
MOST = 12  # themes kept at once
BATCH = 256


@dataclass(frozen=True, slots=True)
class ThemesFound:
    """The end of looking: what was found, with how many of the remarks looked at know each, and the action."""

    themes: tuple[tuple[Theme, int], ...]
    looked: int
    action: int | None = None


@dataclass(frozen=True, slots=True)
class _Remark:
    review: int
    text: str


def find_themes(
    shop: Shop, reader: Reader, columns: ReviewDesk, stop: threading.Event
) -> Iterator[Progress | ThemesFound]:
    """Look through what fits no theme, and keep the commonest groups as themes, as one action.

    `UserError` without weights for meaning. What a theme of the merchant's own already catches is not looked at, so
    that looking again finds only what is new. Stopped before the end, nothing is kept.
    """
    loose = _loose(shop, columns)
    total = sum(len(some) for some in loose)
    found: list[tuple[Named, int]] = []
    done = 0
    for some in loose:
        vectors: list[np.ndarray] = []
        for start in range(0, len(some), BATCH):
            if stop.is_set():
                return
            piece = reader.topics([r.text for r in some[start : start + BATCH]])
            if piece is None:
                raise UserError(
                    "There are no weights for meaning here, so themes cannot be looked for by what is meant."
                )
            vectors.append(piece)
            done += len(piece)
            yield Progress(done, total, "themes")
        if len(some) >= MINIMUM:
            found += _named(shop, some, np.concatenate(vectors))
    best = sorted(found, key=lambda pair: -pair[1])[:MOST]
    themes = tuple((Theme(_key(one.name), one.name, words=one.words), count) for one, count in best)
    if not themes:
        yield ThemesFound((), total)
        return
    with shop.act("Find {n} themes in the reviews", n=len(themes)) as action:
        for theme, _count in themes:
            shop.set_theme(theme)
    yield ThemesFound(themes, total, action.id)


def _named(shop: Shop, some: Sequence[_Remark], vectors: np.ndarray) -> list[tuple[Named, int]]:
    """Return the groups that have a name of their own, each with how many reviews hold one of its words."""
    group = linked(centred(vectors, _usual(vectors)), ALIKE)
    groups = [np.flatnonzero(group == n).tolist() for n in range(int(group.max()) + 1)]
    titles = " | ".join(row.title for row in shop.rows([product for product, _n in shop.reviewed_products()]))
    texts, owner = [r.text for r in some], [r.review for r in some]
    names = theme_words.name([g for g in groups if len(g) >= MINIMUM], texts, owner, MINIMUM, titles)
    found = []
    for one in names:
        known = theme_words.pattern(one.words)
        found.append((one, len({r.review for r in some if known.search(r.text)})))
    return [(one, count) for one, count in found if count >= MINIMUM]


def _usual(vectors: np.ndarray) -> np.ndarray:
    """Return what other reviews of this language usually mean: the shipped landmarks that are nearest."""
    points = _landmarks()
    near = points @ vectors.mean(0)
    return np.asarray(points[np.argsort(-near)[:USUAL]])


@cache
def _landmarks() -> np.ndarray:
    """Return what 2,000 of the labelled reviews mean, shape (2000, d)."""
    with np.load(paths.assets() / "reviews" / "usual.npz", allow_pickle=False) as kept:
        return np.asarray(kept["points"] * kept["step"] * kept["spread"] + kept["centre"], np.float32)


def _loose(shop: Shop, columns: ReviewDesk) -> tuple[list[_Remark], list[_Remark]]:
    """Return remarks of counted reviews that fit no theme yet, in Chinese and in other scripts, chosen by fair dice."""
    index = columns.index(shop)
    themes = [theme for theme in shop.themes() if theme.words]
    known = theme_words.pattern(word for theme in themes for word in theme.words)
    ids = index.ids[index.read & ~index.aside]
    ids = np.random.default_rng(0).permutation(ids)[: LOOKED * 4]
    han: list[_Remark] = []
    other: list[_Remark] = []
    for start in range(0, len(ids), BATCH):
        for review, read in columns.shown(shop, ids[start : start + BATCH].tolist()):
            for remark in read.remarks if read else ():
                text = review.whole[remark.start : remark.end]
                chinese = any("\u3400" <= letter <= "\u9fff" for letter in text)
                letters = len(text) * (2 if chinese else 1)
                if not remark.aspects and letters >= SHORTEST and not known.search(text):
                    (han if chinese else other).append(_Remark(review.id or 0, text))
        if len(han) >= LOOKED and len(other) >= LOOKED:
            break
    return han[:LOOKED], other[:LOOKED]


def _key(name: str) -> str:
    return FOUND + hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
