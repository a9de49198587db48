"""What the Reviews page looks at: every product with its reviews, and any filter over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from desktop_app.insight.counting import by_month
from desktop_app.language.aspects import taxonomy
from desktop_app.review_records import Review, ThemeCount, Understood
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews
from desktop_app.tasks.review_index import Filter, ReviewIndex
from desktop_app.tasks.review_readings import readings_of

UNLINKED = -1  # stands for the reviews that belong to no product yet
RECENT = 3  # months that are held against those before them
LEAST = 5  # reviews with stars on either side of a trend
STEP = 0.3  # stars from which a trend is one

T = TypeVar("T")
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One line of the list: a product, how many reviews, their stars, and whether these rise or fall."""

    product: int | None  # None: all of them; UNLINKED: those of no product
    title: str
    count: int
    rating: float | None = None
    trend: float | None = None  # stars of the last months less those before; None: too little to say


@dataclass(frozen=True, slots=True)
class Overview:
    """All that has reviews, most first, and what is still to be done with them."""

    rows: tuple[Reviewed, ...]
    unread: int
    doubtful: int
    sample: bool = False  # the reviews are the sample's, and are read without being asked


@dataclass(frozen=True, slots=True)
class Look:
    """What one filter lets through, counted."""

    asked: Filter
    ids: tuple[int, ...]  # newest first
    whole: int  # reviews of the product, whatever the filter
    rating: float | None
    stars: tuple[int, int, int, int, int]  # how many of one, two … five stars
    themes: tuple[ThemeCount, ...]
    singles: tuple[ThemeCount, ...]  # themes with too few voices
    aside: tuple[tuple[str, int], ...]  # mark → reviews of the product that are not counted for it
    months: tuple[tuple[str, float, float], ...]  # month, reviews with stars, their mean (nan where there are none)
    variants: tuple[str, ...]
    languages: tuple[str, ...]
    unread: int  # of those shown
    clash: int = 0  # reviews of the product whose stars and words say the opposite


class ReviewDesk:
    """Holds the columns of a shop's reviews and makes them anew when something changed; used on one thread."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._index: ReviewIndex | None = None
        self._path: object = None
        self._kept: dict[tuple[object, ...], Any] = {}

    def index(self, shop: Shop) -> ReviewIndex:
        """Return the columns as the shop has them now."""
        known = self._index
        if known is None or self._path != shop.path or known.state != shop.review_state():
            known = ReviewIndex(shop, self.version)
            self._index, self._path = known, shop.path
            self._kept.clear()
        return known

    def once(self, shop: Shop, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` makes of the reviews as they are now; made again only when something changed."""
        self.index(shop)
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def overview(self, shop: Shop) -> Overview:
        """Return every product with reviews; all of them together come first, those of no product second."""
        index = self.index(shop)
        numbers, place = np.unique(index.product, return_inverse=True)
        count = np.bincount(place, minlength=len(numbers))
        titles = {row.id: row.title for row in shop.rows([int(n) for n in numbers if n > 0])}
        rating, trend = _stars_of(index, place, len(numbers))
        found = [
            Reviewed(int(p), titles.get(int(p), ""), int(c), r, t)
            for p, c, r, t in zip(numbers, count, rating, trend, strict=True)
        ]
        linked = sorted((f for f in found if f.product != UNLINKED), key=lambda f: (-f.count, f.title))
        whole = np.zeros(len(index.ids), np.intp)
        all_, all_trend = _stars_of(index, whole, 1)
        head = [Reviewed(None, "", len(index.ids), all_[0], all_trend[0])] if len(index.ids) else []
        loose = [f for f in found if f.product == UNLINKED]
        waiting = index.product == UNLINKED
        doubtful = shop.doubtful_reviews() if waiting.any() else 0
        unread, sample = int((~index.read).sum()), bool(shop.setting(import_reviews.SAMPLE, False))
        return Overview((*head, *loose, *linked), unread, doubtful, sample)

    def look(self, shop: Shop, asked: Filter, *, words: str = "", language: str = "en") -> Look:
        """Count what a filter lets through; ``words`` are searched for in the reviews' own words."""
        index = self.index(shop)
        chosen = index.where(asked)
        if words.strip():
            chosen = chosen & self._holding(shop, words, chosen)
        own = index.product == asked.product if asked.product is not None else np.ones(len(index.ids), bool)
        spoken = index.counts(chosen & index.read, language)
        known = taxonomy()
        some = [t for t in spoken if t.theme not in known or t.count > t.neutral]
        order = index.newest
        rated = index.stars[chosen]
        rated = np.rint(rated[~np.isnan(rated)]).astype(int)
        return Look(
            asked, tuple(index.ids[order[chosen[order]]].tolist()), int(own.sum()), index.rating(chosen),
            _five(rated), tuple(t for t in some if t.enough), tuple(t for t in some if not t.enough),
            tuple(sorted(index.set_aside(own).items())), _months(index, chosen),
            _names(index.variants, index.variant[own]), _names(index.languages, index.language[own]),
            int((chosen & ~index.read).sum()), int((own & index.clash).sum()),
        )  # fmt: skip

    def _holding(self, shop: Shop, words: str, among: Bools) -> Bools:
        """Return which reviews hold every one of these words, in any case, shape (n,); asked of those ``among`` only.

        All texts stay in memory once somebody searched: looking through them in the file takes ten times as long.
        """
        texts = self.once(shop, ("words",), lambda: _beside(self.index(shop), shop.review_words()))
        places = np.flatnonzero(among).tolist()
        for word in words.casefold().split():
            places = [n for n in places if word in texts[n]]
        found = np.zeros(len(among), bool)
        found[places] = True
        return found

    def shown(self, shop: Shop, ids: Sequence[int]) -> list[tuple[Review, Understood | None]]:
        """Return reviews with what was read in them."""
        reviews = shop.reviews(ids)
        kept = readings_of(shop, self.version, reviews)
        return [(review, kept.get(review.id or 0)) for review in reviews]


def _beside(index: ReviewIndex, words: Sequence[tuple[int, str]]) -> list[str]:
    """Return what can be searched in each review, in the order of the columns."""
    known = dict(words)
    return [known.get(id, "") for id in index.ids.tolist()]


def _stars_of(index: ReviewIndex, place: npt.NDArray[np.intp], groups: int) -> tuple[list[float | None], ...]:
    """Return the mean of the stars of each group, and how far its last months are from those before."""
    rated = ~np.isnan(index.stars)
    newest = int(index.months.max()) if len(index.ids) else 0
    late = index.months > newest - RECENT
    dated = index.months > 0

    def mean(of: Bools, least: int) -> list[float | None]:
        counts = np.bincount(place[of], minlength=groups)
        sums = np.bincount(place[of], index.stars[of], groups)
        return [round(float(s / n), 2) if n >= least else None for s, n in zip(sums, counts, strict=True)]

    now, before = mean(rated & dated & late, LEAST), mean(rated & dated & ~late, LEAST)
    trend = [None if a is None or b is None else round(a - b, 2) for a, b in zip(now, before, strict=True)]
    return mean(rated, 1), trend


def _five(rated: npt.NDArray[np.int_]) -> tuple[int, int, int, int, int]:
    one, two, three, four, five = (int((rated == n).sum()) for n in range(1, 6))
    return one, two, three, four, five


def _months(index: ReviewIndex, chosen: Bools) -> tuple[tuple[str, float, float], ...]:
    rated = chosen & ~np.isnan(index.stars)
    months, count = by_month(index.months, rated)
    _months, total = by_month(index.months, rated, np.nan_to_num(index.stars))
    return tuple(
        (f"{int(m) // 12}-{int(m) % 12 + 1:02}", float(n), float(t / n) if n else float("nan"))
        for m, n, t in zip(months, count, total, strict=True)
    )


def _names(names: Sequence[str], codes: npt.NDArray[np.int32]) -> tuple[str, ...]:
    return tuple(sorted(names[c] for c in np.unique(codes) if names[c]))
