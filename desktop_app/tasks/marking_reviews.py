"""What makes reviews worth a second look, found again with today's rules; what the merchant decided stands."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.language.marks import marks_of
from desktop_app.records import Action, Progress
from desktop_app.review_records import SETTLED, Mark, Review
from desktop_app.shop import Shop

BATCH = 2000


@dataclass(frozen=True, slots=True)
class MarkedAgain:
    """The end of marking: how many were looked at, how many are marked otherwise now, how many stood as decided."""

    looked: int
    changed: int
    decided: int
    action: int | None = None
    stopped: bool = False


def marked(shop: Shop, reviews: Iterable[Review]) -> Iterator[Review]:
    """Yield the reviews with the marks their words give away; links to their own product's page are none."""
    listed = list(reviews)
    handles = shop.product_handles({review.product for review in listed if review.product is not None})
    for review in listed:
        own = (review.named.handle, handles.get(review.product or 0, ""))
        yield replace(review, marks=marks_of(review.whole, own))


def mark_again(shop: Shop, stop: threading.Event) -> Iterator[Progress | MarkedAgain]:
    """Mark every review again as one action; a stop keeps what is done, and undo takes it back."""
    ids = shop.review_ids()
    looked = changed = decided = 0
    action = shop.begin("Mark the reviews again")
    try:
        for start in range(0, len(ids), BATCH):
            if stop.is_set():
                break
            mine = shop.reviews(ids[start : start + BATCH])
            open_ = [review for review in mine if SETTLED not in review.marks]
            decided += len(mine) - len(open_)
            now = zip(open_, marked(shop, open_), strict=True)
            other = [(review.id or 0, again.marks) for review, again in now if review.marks != again.marks]
            if other:
                with shop.step(action):
                    shop.set_review_marks(other)
            looked, changed = looked + len(mine), changed + len(other)
            yield Progress(looked, len(ids), "reviews")
    finally:
        done = shop.end(action)
    yield MarkedAgain(looked, changed, decided, done.id if done else None, stop.is_set())


def decide(shop: Shop, ids: Sequence[int], *, spam: bool) -> Action:
    """Say of reviews that they are advertising, or that they count like any other; no rule changes that again."""
    title = "Set {n} reviews aside as advertising" if spam else "Count {n} reviews like the others"
    with shop.act(title, n=len(ids)) as action:
        shop.set_review_marks((review.id or 0, _decided(review, spam)) for review in shop.reviews(ids))
    return action


def _decided(review: Review, spam: bool) -> tuple[Mark, ...]:
    kept: tuple[Mark, ...] = ("language",) if "language" in review.marks else ()
    return (*(("spam",) if spam else ()), *kept, SETTLED)
