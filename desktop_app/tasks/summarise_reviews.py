"""Sum up the reviews of a product: every figure counted, every quote looked up, every sentence resting on themes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from desktop_app.insight.counting import by_month, turning_point
from desktop_app.insight.mending import effects
from desktop_app.language.aspects import kinds_of
from desktop_app.records import Progress
from desktop_app.review_records import Quote, Review, Summary, ThemeCount, Understood
from desktop_app.shop import Shop
from desktop_app.shop.reviews import digest_of
from desktop_app.tasks.reading import read_all
from desktop_app.tasks.review_index import Filter, ReviewIndex, targets
from desktop_app.tasks.review_quotes import quotes_for
from desktop_app.tasks.review_words import Counted, Mend, words_for
from desktop_app.tasks.understanding import Reader, unpacked

ENOUGH = 5  # reviews with words under which nothing is summed up
READ_AT_MOST = 2000  # reviews looked through for quotes
QUOTED = 2


def summarise(
    shop: Shop, reader: Reader, stop: threading.Event, *, products: Sequence[int], language: str = "en"
) -> Iterator[Progress | Summary]:
    """Read what is unread, then yield a summary for each product, in this order; nothing of the shop is changed."""
    yield from read_all(shop, reader, stop)
    index = ReviewIndex(shop, reader.version)
    for product in products:
        if stop.is_set():
            return
        yield summary_of(shop, index, reader.version, product, language)


def summary_of(shop: Shop, index: ReviewIndex, version: str, product: int, language: str = "en") -> Summary:
    """Return what the reviews of one product say, from what was read already."""
    every = index.product == product
    counted = index.where(Filter(product=product)) & index.read
    reviews = shop.reviews(index.ids[counted][:READ_AT_MOST].tolist())
    told = _told(shop, version, reviews)
    about = kinds_of([review.whole for review in reviews[:300]])
    into = targets(list(index.themes.values()))
    themes = [t for t in index.counts(counted, language) if t.theme in about or t.theme not in _taxonomy()]
    worded = sum(1 for review in reviews if review.whole.strip())
    enough = worded >= ENOUGH
    shown = tuple(_quoted(t, reviews, told, into) for t in themes if t.enough and enough and t.count > t.neutral)
    singles = tuple(replace(t, enough=False) for t in themes if t.theme not in {s.theme for s in shown})
    made = Summary(
        product, int(every.sum()), index.rating(every), shown, "", bool(shown), language, singles,
        tuple(sorted(index.set_aside(every).items())),
    )  # fmt: skip
    facts = Counted(
        shop.product(product).title, int(counted.sum()), int((~np.isnan(index.stars[every])).sum()),
        _change(index, counted, shown, language), index.rating(index.product >= 0), mends(index, counted, shown),
    )  # fmt: skip
    sentences = words_for(made, facts)
    return replace(made, text=" ".join(text for text, _on in sentences) if language != "zh"
                   else "".join(text for text, _on in sentences), sentences=sentences)  # fmt: skip


def _taxonomy() -> frozenset[str]:
    from desktop_app.language.aspects import taxonomy

    return frozenset(taxonomy())


def _told(shop: Shop, version: str, reviews: Sequence[Review]) -> dict[int, Understood]:
    digests = {review.id or 0: digest_of(review) for review in reviews}
    kept = shop.readings(version, set(digests.values()))
    return {id: unpacked(kept[digest]) for id, digest in digests.items() if digest in kept}


def _quoted(
    theme: ThemeCount, reviews: Sequence[Review], told: dict[int, Understood], into: dict[str, str]
) -> ThemeCount:
    praise, blame = theme.positive + theme.mixed, theme.negative + theme.mixed
    used: set[tuple[int, int]] = set()
    found: tuple[Quote, ...] = ()
    if praise:
        most = QUOTED if praise >= blame else 1
        found += quotes_for(theme.theme, "positive", reviews, told, into, most, used)
    if blame:
        most = QUOTED if blame > praise else 1
        found += quotes_for(theme.theme, "negative", reviews, told, into, most, used)
    return replace(theme, quotes=found)


def mends(index: ReviewIndex, chosen: np.ndarray, themes: Sequence[ThemeCount]) -> tuple[Mend, ...]:
    """Return what the blame of these themes costs in stars, dearest first; nothing where it is not certain."""
    keys = [theme.theme for theme in themes]
    if not keys:
        return ()
    stars = index.stars[chosen]
    said = index.said[chosen][:, [index.keys.index(key) for key in keys]]
    mean = float(np.nanmean(stars)) if (~np.isnan(stars)).any() else 0.0
    return tuple(
        Mend(keys[e.cause], themes[e.cause].name, e.with_it, e.without, mean,
             (min(mean + e.low, 5.0), min(mean + e.gain, 5.0), min(mean + e.high, 5.0)))
        for e in effects(stars, np.isin(said, (2, 3)))
    )  # fmt: skip


def _change(
    index: ReviewIndex, chosen: np.ndarray, themes: Sequence[ThemeCount], language: str
) -> tuple[tuple[str, str, str, float], ...]:
    """Return (theme, its name, month, change of the share of blame) for themes that are another since some month."""
    found = []
    for theme in themes:
        column = index.said[:, index.keys.index(theme.theme)]
        speaks = chosen & (column > 0)
        months, whole = by_month(index.months, speaks)
        _months, blame = by_month(index.months, speaks, np.isin(column, (2, 3)))
        if len(months) and (turn := turning_point(blame, whole)):
            month = int(months[turn[0]])
            found.append((theme.theme, theme.name, f"{month // 12}-{month % 12 + 1:02}", round(turn[1], 3)))
    return tuple(found)
