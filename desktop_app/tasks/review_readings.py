"""What was read in a review, held against its stars: where the two disagree nobody can say which is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.review_records import Polarity, Remark, Review, Understood
from desktop_app.shop import Shop
from desktop_app.shop.reviews import digest_of
from desktop_app.tasks.understanding import unpacked

GOOD, BAD = 4, 2  # stars from which, and up to which, a review is meant well or ill
OPEN = 0.3  # how far from even the likelihood of praise may be for the words to leave the side open


def weighed(read: Understood, stars: float | None) -> Understood:
    """Return a reading as far as its stars bear it out.

    "Great, broke at once, well done" under one star is most likely irony, or the stars are a slip. So a review whose
    words and stars say the opposite is neither: it counts as mixed, and what it praises under few stars without blaming
    anything is counted as said, but on neither side. Words that blame stand: nobody is ironic that way round.
    Where the words leave it open and some of them side with the stars, the stars decide.
    """
    if stars is None or (not (ill := stars <= BAD) and stars < GOOD):
        return read
    if read.polarity != ("positive" if ill else "negative"):
        return read
    side: Polarity = "negative" if ill else "positive"
    if abs(read.positive - 0.5) < OPEN and any(remark.polarity == side for remark in read.remarks):
        return replace(read, polarity=side)
    pure = ill and all(remark.polarity != "negative" for remark in read.remarks)
    remarks = tuple(map(_neither, read.remarks)) if pure else read.remarks
    return replace(read, polarity="mixed", remarks=remarks, clash=True)


def readings_of(shop: Shop, version: str, reviews: Iterable[Review]) -> dict[int, Understood]:
    """Return what was read in reviews, by their ids; those not read yet are left out."""
    reviews = list(reviews)
    digests = {review.id or 0: digest_of(review) for review in reviews}
    kept = shop.readings(version, set(digests.values()))
    stars = {review.id or 0: review.stars for review in reviews}
    return {id: weighed(unpacked(kept[digest]), stars[id]) for id, digest in digests.items() if digest in kept}


def _neither(remark: Remark) -> Remark:
    return replace(remark, polarity="neutral", aspects=tuple((key, "neutral") for key, _kind in remark.aspects))
