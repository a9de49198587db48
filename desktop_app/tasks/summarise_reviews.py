"""Sum up the reviews of a product: every figure counted, every quote looked up, every sentence resting on themes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from desktop_app.insight.counting import by_month, turning_point
from desktop_app.insight.mending import effects
from desktop_app.language.aspects import kinds_of
from desktop_app.records import Progress
from desktop_app.review_records import Polarity, Quote, Review, Summary, ThemeCount, Told, Understood
from desktop_app.shop import Shop
from desktop_app.tasks.reading import read_all
from desktop_app.tasks.review_index import Filter, ReviewIndex, targets
from desktop_app.tasks.review_quotes import quotes_for
from desktop_app.tasks.review_readings import readings_of
from desktop_app.tasks.review_words import Counted, Line, Mend, lines_for
from desktop_app.tasks.understanding import Reader

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
    """Return what the reviews of one product say, from what was read already: in the words that weights found for
    this very table, where they did, else as it is built from the table."""  # fmt: skip
    made, _lines = table_of(shop, index, version, product, language)
    kept = shop.kept_summary(product, language)
    return told_by(made, kept) if kept is not None and kept.basis == basis_of(made) else made


def table_of(
    shop: Shop, index: ReviewIndex, version: str, product: int, language: str = "en"
) -> tuple[Summary, tuple[Line, ...]]:
    """Return the summary as it is built from the table, and its lines with what weights may say in their place."""
    every = index.product == product
    counted = index.where(Filter(product=product)) & index.read
    reviews = shop.reviews(index.ids[counted][:READ_AT_MOST].tolist())
    told = readings_of(shop, version, reviews)
    about = kinds_of([review.whole for review in reviews[:300]])
    into = targets(list(index.themes.values()))
    themes = [t for t in index.counts(counted, language) if t.theme in about or t.theme not in _taxonomy()]
    worded = sum(1 for review in reviews if review.whole.strip())
    enough = worded >= ENOUGH
    used = set[tuple[int, int]]()
    said = {id: {(into.get(k, k), kind) for r in one.remarks for k, kind in r.aspects} for id, one in told.items()}
    speak = partial(_speaking, reviews, said)
    shown = tuple(_quoted(t, speak, told, into, used) for t in themes if t.enough and enough and t.count > t.neutral)
    singles = tuple(replace(t, enough=False) for t in themes if t.theme not in {s.theme for s in shown})
    made = Summary(
        product, int(every.sum()), index.rating(every), shown, "", bool(shown), language, singles,
        tuple(sorted(index.set_aside(every).items())),
    )  # fmt: skip
    facts = Counted(
        shop.product(product).title, int(counted.sum()), int((~np.isnan(index.stars[every])).sum()),
        _change(index, counted, shown, language), index.rating(index.product >= 0), mends(index, counted, shown),
    )  # fmt: skip
    lines = tuple(lines_for(made, facts))
    sentences = tuple((line.text, line.on) for line in lines)
    made = replace(made, sentences=sentences, text=_joined(sentences, language), own=(False,) * len(lines))
    return made, lines


def told_by(made: Summary, kept: Told) -> Summary:
    """Return a summary in the words that weights found for it."""
    sentences = tuple((text, on) for text, on, _own in kept.sentences)
    own = tuple(own for _text, _on, own in kept.sentences)
    # The sentence of the whole count is always the program's, so a text is of weights where all the others are.
    source = "plain" if not any(own) else "weights" if all(own[1:]) else "mixed"
    return replace(made, sentences=sentences, text=_joined(sentences, made.language), own=own, source=source,
                   weights=kept.weights)  # fmt: skip


def basis_of(made: Summary) -> str:
    """Return what a summary by weights is kept with: another one where any figure, quote or name of it is another."""
    return hashlib.sha256("\x1e".join(text for text, _on in made.sentences).encode()).hexdigest()[:24]


def _joined(sentences: Sequence[tuple[str, tuple[str, ...]]], language: str) -> str:
    return ("" if language == "zh" else " ").join(text for text, _on in sentences)


def _taxonomy() -> frozenset[str]:
    from desktop_app.language.aspects import taxonomy

    return frozenset(taxonomy())


def _speaking(
    reviews: Sequence[Review], said: dict[int, set[tuple[str, Polarity]]], theme: str, side: Polarity
) -> list[Review]:
    """Return the reviews that say this of a theme."""
    return [review for review in reviews if (theme, side) in said.get(review.id or 0, ())]


def _quoted(
    theme: ThemeCount, speaking: Callable[[str, Polarity], list[Review]], told: dict[int, Understood],
    into: dict[str, str], used: set[tuple[int, int]],
) -> ThemeCount:  # fmt: skip
    """Add what customers wrote of a theme; words that stand at another theme already only where there are no others."""
    praise, blame = theme.positive + theme.mixed, theme.negative + theme.mixed
    found: tuple[Quote, ...] = ()
    sides: tuple[tuple[Polarity, int, int], ...] = (("positive", praise, blame), ("negative", blame, praise))
    for side, voices, others in sides:
        if voices:
            most = QUOTED if voices > others or (voices == others and side == "positive") else 1
            some = speaking(theme.theme, side)
            own = quotes_for(theme.theme, side, some, told, into, most, used)
            found += own or quotes_for(theme.theme, side, some, told, into, 1)
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
