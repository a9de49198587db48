"""All reviews of a shop in columns, so that any filter and any count is a matter of milliseconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.insight.counting import copies, tally, wilson
from desktop_app.language.alike import NEAR
from desktop_app.language.aspects import taxonomy
from desktop_app.language.theme_words import pattern
from desktop_app.review_records import SET_ASIDE, Polarity, Theme, ThemeCount, Understood
from desktop_app.shop import Shop
from desktop_app.tasks.review_readings import weighed
from desktop_app.tasks.understanding import unpacked

CLASH = "clash"  # asked for as a mark: reviews whose stars and words say the opposite
MINIMUM = 3  # voices a theme needs; below it there are only single remarks
FOUND = "found:"  # how the key of a theme begins that was found among remarks that fit no other
_KIND: dict[Polarity, int] = {"positive": 1, "negative": 2, "mixed": 3, "neutral": 4}
_SIDES: dict[str, tuple[int, ...]] = {**{name: (n,) for name, n in _KIND.items()}, "praise": (1, 3), "blame": (2, 3)}


@dataclass(frozen=True)
class Filter:
    """Which reviews are looked at; what is empty lets everything through."""

    product: int | None = None
    stars: tuple[int, ...] = ()
    since: str = ""  # ISO day, included
    until: str = ""
    variant: str = ""
    language: str = ""
    theme: str = ""
    polarity: str = ""  # of the theme where one is named, else of the review; "praise" and "blame" hold the mixed, too
    aside: bool = False  # those set aside instead of those counted
    mark: str = ""  # those that carry this mark, counted or not


class ReviewIndex:
    """Reviews as columns, in the order in which they came; made anew when ``Shop.review_state`` differs."""

    def __init__(self, shop: Shop, version: str) -> None:
        self.state = shop.review_state()
        rows = shop.review_table(version)
        self.ids = np.array([row[0] for row in rows], np.int64)
        self.product = np.array([-1 if row[1] is None else row[1] for row in rows], np.int64)
        self.stars = np.array([np.nan if row[2] is None else row[2] for row in rows], float)
        self.days = np.array([_day(row[3]) for row in rows], np.int64)
        # Years * 12 + month (from 0) of each review, 0 where the day is not known; and all reviews, the newest first.
        self.months = np.where(self.days > 0, (self.days // 10000) * 12 + (self.days // 100) % 100 - 1, 0)
        self.newest = np.lexsort((self.ids, self.days))[::-1]
        self.variants, self.variant = _coded(row[4] for row in rows)
        self.languages, self.language = _coded(row[5] for row in rows)
        self.marks = [tuple(row[6].split()) for row in rows]
        prints = np.array([row[7] for row in rows], np.int64)
        self.copy = copies(self.product, prints, np.array([row[8] for row in rows], np.int64), NEAR)
        self.read = np.array([row[9] is not None for row in rows], bool)
        told = [weighed(unpacked(row[9]), row[2]) if row[9] is not None else None for row in rows]
        self.overall = np.array([_KIND[one.polarity] if one else 0 for one in told], np.int8)
        themes = shop.themes()
        texts = shop.review_texts() if any(t.words for t in themes) else None
        self.keys, self.said = said_of(told, themes, texts)
        marked = np.array([any(mark in SET_ASIDE for mark in marks) for marks in self.marks], bool)
        self.aside = marked | (self.copy > 0)
        self.clash = np.array([one is not None and one.clash for one in told], bool) & ~self.aside
        self.themes = {theme.key: theme for theme in themes}
        self._by_mark: dict[str, npt.NDArray[np.bool_]] = {}

    def where(self, asked: Filter) -> npt.NDArray[np.bool_]:
        """Return which reviews pass a filter, shape (n,)."""
        ok = self.marked(asked.mark) if asked.mark else self.aside if asked.aside else ~self.aside
        if asked.product is not None:
            ok = ok & (self.product == asked.product)
        if asked.stars:
            ok = ok & np.isin(np.floor(np.nan_to_num(self.stars)), asked.stars)
        if asked.since:
            ok = ok & (self.days >= _day(asked.since))
        if asked.until:
            ok = ok & (self.days > 0) & (self.days <= _day(asked.until))
        for value, names, codes in (
            (asked.variant, self.variants, self.variant), (asked.language, self.languages, self.language),
        ):  # fmt: skip
            if value:
                ok = ok & (codes == (names.index(value) if value in names else -1))
        if asked.theme:
            column = (
                self.said[:, self.keys.index(asked.theme)] if asked.theme in self.keys else np.zeros(len(ok), np.int8)
            )
            ok = ok & (np.isin(column, _SIDES[asked.polarity]) if asked.polarity in _SIDES else column > 0)
        elif asked.polarity in _SIDES:
            ok = ok & np.isin(self.overall, _SIDES[asked.polarity])
        return ok

    def marked(self, mark: str) -> npt.NDArray[np.bool_]:
        """Return which reviews carry a mark, shape (n,)."""
        if mark not in self._by_mark:
            own = np.array([mark in marks for marks in self.marks], bool)
            own |= (self.copy == 1) if mark == "copy" else (self.copy == 2) if mark == "alike" else False
            own |= self.clash & (mark == CLASH)
            self._by_mark[mark] = own
        return self._by_mark[mark]

    def counts(self, chosen: npt.NDArray[np.bool_], language: str = "en", minimum: int = MINIMUM) -> list[ThemeCount]:
        """Return every theme the chosen reviews speak of, the commonest first."""
        found = [
            ThemeCount(
                self.keys[t.theme],
                self.name(self.keys[t.theme], language),
                t.count,
                t.positive,
                t.negative,
                t.neutral,
                t.mixed,
                wilson(t.negative + t.mixed, t.count),
                t.count >= minimum,
            )
            for t in tally(self.said, chosen)
            if t.count
        ]
        return sorted(found, key=lambda t: (-t.count, -t.negative, t.theme))

    def name(self, key: str, language: str = "en") -> str:
        """Return what a theme is called: by the merchant, else by the taxonomy."""
        own = self.themes.get(key)
        if own is not None and own.name:
            return own.name
        known = taxonomy().get(key)
        return known.name(language) if known else key.partition(":")[2] or key

    def set_aside(self, chosen: npt.NDArray[np.bool_]) -> dict[str, int]:
        """Return how many of the chosen reviews carry each mark for which they are not counted."""
        counts: Counter[str] = Counter()
        for n in np.flatnonzero(chosen & self.aside):
            marks = [mark for mark in self.marks[n] if mark in SET_ASIDE]
            counts.update(marks or ["copy" if self.copy[n] == 1 else "alike"])
        return dict(counts)

    def rating(self, chosen: npt.NDArray[np.bool_]) -> float | None:
        """Return the mean of the stars of the chosen reviews, None where none has any."""
        some = self.stars[chosen]
        some = some[~np.isnan(some)]
        return round(float(some.mean()), 2) if len(some) else None


def said_of(
    told: Sequence[Understood | None], themes: Sequence[Theme], texts: Sequence[str] | None = None
) -> tuple[list[str], npt.NDArray[np.int8]]:
    """Return the themes and what each review says of each, as the merchant grouped them (see ``insight.counting``).

    ``texts`` are needed where a theme of the merchant's own is known by its words.
    """
    own = [(theme.key, tuple(word.casefold() for word in theme.words)) for theme in themes
           if theme.words and not theme.key.startswith(FOUND)]  # fmt: skip
    among = [theme for theme in themes if theme.words and theme.key.startswith(FOUND)]
    loose = [(theme.key, pattern(theme.words)) for theme in among]
    hints = [word.casefold() for theme in among for word in theme.words]  # most remarks hold none of them
    into = targets(themes)
    hidden = {theme.key for theme in themes if theme.hidden}
    found: dict[str, int] = {key: n for n, key in enumerate(taxonomy())}
    for theme in themes:
        found.setdefault(theme.key, len(found))
    said = np.zeros((len(told), len(found)), np.int8)
    for n, one in enumerate(told):
        if one is None:
            continue
        for remark in one.remarks:
            aspects = remark.aspects
            if own and texts is not None:
                piece = texts[n][remark.start : remark.end].casefold()
                mine = [key for key, words in own if any(word in piece for word in words)]
                aspects = tuple((key, remark.polarity) for key in mine) or aspects
            if loose and texts is not None and not aspects:  # what was found among remarks that fit none
                piece = texts[n][remark.start : remark.end].casefold()
                if any(hint in piece for hint in hints):
                    aspects = tuple((key, remark.polarity) for key, known in loose if known.search(piece))
            for key, polarity in aspects:
                place = found.get(into.get(key, key))
                if place is not None:
                    said[n, place] = _JOINED[said[n, place], _KIND[polarity]]
    keep = [n for key, n in found.items() if key not in hidden and key not in into]
    keys = list(found)
    return [keys[n] for n in keep], said[:, keep]


def targets(themes: Sequence[Theme]) -> dict[str, str]:
    """Return where each merged theme ends up, however many were merged on the way."""
    step = {theme.key: theme.into for theme in themes if theme.into and theme.into != theme.key}
    found = {}
    for key in step:
        at, seen = key, set[str]()
        while at in step and at not in seen:
            seen.add(at)
            at = step[at]
        if at not in seen:
            found[key] = at
    return found


def _joined() -> npt.NDArray[np.int8]:
    """Praise and blame of one theme in one review make both; neither gives way to either."""
    table = np.zeros((5, 5), np.int8)
    for a in range(5):
        for b in range(5):
            kinds = {a, b} - {0, 4}
            table[a, b] = max(a, b) if not kinds else kinds.pop() if len(kinds) == 1 else 3
    return table


_JOINED = _joined()


def _coded(values: Iterable[Any]) -> tuple[list[str], npt.NDArray[np.int32]]:
    names: dict[str, int] = {}
    codes = [names.setdefault(str(value), len(names)) for value in values]
    return list(names), np.array(codes, np.int32)


def _day(written: str) -> int:
    digits = written[:10].replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isdigit() else 0
