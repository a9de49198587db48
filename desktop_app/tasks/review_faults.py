"""A summary looked at from outside: quotes, figures and sentences held against the reviews themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from desktop_app.language.review_sentence import names_theme
from desktop_app.review_records import Summary, ThemeCount
from desktop_app.shop import Shop
from desktop_app.tasks.review_index import MINIMUM, Filter, ReviewIndex
from desktop_app.tasks.review_quotes import is_verbatim
from desktop_app.tasks.summarise_reviews import mends

_NUMBER = re.compile(r"\d{4}-\d{2}|\d+(?:\.\d+)?")


def faults_of(summary: Summary, shop: Shop, index: ReviewIndex, minimum: int = MINIMUM) -> list[str]:
    """Return what is wrong with a summary: quotes, figures, thin themes, sentences that rest on nothing."""
    chosen = index.where(Filter(product=summary.product)) & index.read
    table = {t.theme: t for t in index.counts(chosen, summary.language)}
    wrong = [fault for theme in summary.themes for fault in _of_theme(theme, table, shop, minimum)]
    if summary.count != len(shop.review_ids(summary.product)):
        wrong.append("count")
    known = {t.theme for t in summary.themes} | {"count", "rating"}
    quotes = {t.theme: [q.text for q in t.quotes] for t in summary.themes}
    for text, on in summary.sentences:
        if not on or not set(on) <= known:
            wrong.append(f"sentence without a theme: {text}")
            continue
        bare = text
        for quote in sorted((q for key in on for q in quotes.get(key, ())), key=len, reverse=True):
            bare = bare.replace(f"“{quote}”", "")
        if "“" in bare or "”" in bare:
            wrong.append(f"quote in a sentence that no theme has: {text}")
        may = _figures(summary, on, table, index, chosen)
        wrong += [f"figures: {n} in “{text}”" for n in _NUMBER.findall(bare) if n not in may]
        if not any(_names(key, summary, index, bare) for key in on):
            wrong.append(f"sentence without a theme: {text}")
    return wrong


def _of_theme(theme: ThemeCount, table: dict[str, ThemeCount], shop: Shop, minimum: int) -> Iterator[str]:
    counted = table.get(theme.theme)
    if counted is None or replace(theme, quotes=()) != replace(counted, quotes=()):
        yield f"figures of {theme.theme}"
    if theme.count < minimum:
        yield f"{theme.theme} has {theme.count} voices"
    for quote in theme.quotes:
        review = shop.review(quote.review)
        if not is_verbatim(quote, review) or quote.text not in review.whole:
            yield f"quote “{quote.text}”"


def _names(key: str, summary: Summary, index: ReviewIndex, text: str) -> bool:
    """Tell whether a sentence names what it rests on; the first one speaks of all reviews."""
    return key in ("count", "rating") or names_theme(text, index.name(key, summary.language))


def _figures(
    summary: Summary, on: tuple[str, ...], table: dict[str, ThemeCount], index: ReviewIndex, chosen: np.ndarray
) -> set[str]:
    """Return every figure that a sentence resting on these may say, counted anew from the columns."""
    may: set[str] = set()
    if "count" in on or "rating" in on:
        own = index.product == summary.product
        stars = index.stars[own & ~np.isnan(index.stars)]
        may |= {str(int(own.sum())), str(len(stars)), str(sum(index.set_aside(own).values()))}
        may |= {f"{stars.mean():.1f}"} if len(stars) else set()
    for key in (key for key in on if key in table):
        one, column = table[key], index.said[:, index.keys.index(key)]
        speak, blame = chosen & (column > 0), chosen & np.isin(column, (2, 3))
        may |= {str(int(speak.sum())), str(int(blame.sum())), str(int((chosen & np.isin(column, (1, 3))).sum()))}
        may |= {f"{m // 12}-{m % 12 + 1:02}" for m in index.months[speak].tolist()}
        for mend in mends(index, chosen, summary.themes):
            if mend.theme == one.theme:
                may |= {f"{v:.1f}" for v in (mend.with_it, mend.without, mend.mean, *mend.then)}
                may.add(f"{np.nanmean(index.stars[blame]):.1f}")
    return may
