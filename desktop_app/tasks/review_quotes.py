"""Quotes: words of reviews taken letter for letter, chosen to show a theme, and checked before they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.language.opinion_words import leaning
from desktop_app.review_records import Polarity, Quote, Review, Understood

SHORTEST, LONGEST, BEST = 8, 160, 60  # letters; a Chinese character counts as two
UNSAID = 60  # what it costs a remark that no word of it praises or blames


def quotes_for(
    theme: str, polarity: Polarity, reviews: Sequence[Review], told: Mapping[int, Understood], into: Mapping[str, str],
    most: int = 2, used: set[tuple[int, int]] | None = None,
) -> tuple[Quote, ...]:  # fmt: skip
    """Return up to ``most`` remarks of different reviews that say this of a theme, the most telling first.

    A remark with a word of praise (or blame) in it tells more than one without, and one that speaks of this theme alone
    more than one of many; very short and very long ones tell less.
    """
    used = set() if used is None else used
    found: list[tuple[float, Quote]] = []
    for review in reviews:
        if review.id is None or review.id not in told:
            continue
        whole = review.whole
        for remark in told[review.id].remarks:
            if not any(kind == polarity and into.get(key, key) == theme for key, kind in remark.aspects):
                continue
            end = bare_end(whole, remark.start, remark.end)
            text = whole[remark.start : end]
            if not SHORTEST <= _length(text) <= LONGEST or (review.id, remark.start) in used:
                continue
            silent = leaning(text) * (1 if polarity == "positive" else -1) <= 0
            worth = len(remark.aspects) * 20 + abs(_length(text) - BEST) + UNSAID * silent
            found.append((worth, Quote(review.id, text, remark.start, end, polarity)))
    chosen: dict[int, Quote] = {}
    for _worth, quote in sorted(found, key=lambda pair: (pair[0], pair[1].review)):
        if quote.review not in chosen and not any(says_the_same(quote.text, q.text) for q in chosen.values()):
            chosen[quote.review] = quote
        if len(chosen) == most:
            break
    used.update((quote.review, quote.start) for quote in chosen.values())
    return tuple(chosen.values())


def bare_end(text: str, start: int, end: int) -> int:
    """Return where a remark ends without its full stop, which the sentence around the quote has of its own."""
    while end > start + 1 and text[end - 1] in ".。,，;； ":
        end -= 1
    return end


def says_the_same(one: str, other: str) -> bool:
    """Tell whether one of two quotes holds no word that the other lacks: "So small!" beside "so small"."""
    first, second = ("".join(c for c in text.casefold() if c.isalnum()) for text in (one, other))
    return first in second or second in first


def different(quotes: Sequence[Quote], most: int) -> tuple[Quote, ...]:
    """Return the first quotes that do not say the same, at most so many."""
    chosen: list[Quote] = []
    for quote in quotes:
        if len(chosen) < most and not any(says_the_same(quote.text, other.text) for other in chosen):
            chosen.append(quote)
    return tuple(chosen)


def is_verbatim(quote: Quote, review: Review) -> bool:
    """Tell whether a quote stands in its review exactly so, at that very place."""
    return bool(quote.text) and review.whole[quote.start : quote.end] == quote.text


def _length(text: str) -> int:
    return sum(2 if letter > "\u2e80" else 1 for letter in text)
