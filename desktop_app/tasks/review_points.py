"""What weights are asked to say of reviews: the lines of a table, with the words that enough customers used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from desktop_app.engine import Message, Request, Sampling
from desktop_app.language import review_sentence
from desktop_app.language.review_sentence import WORDS, Kind, Point, ReviewSentenceCheck
from desktop_app.review_records import Polarity, Review, Understood
from desktop_app.tasks.review_index import MINIMUM

CANDIDATES, RETRIES, ROOM = 4, 2, 48  # tries side by side, how often each may take a sentence back, tokens
Words = Mapping[tuple[str, Polarity], tuple[str, ...]]


def words_of(
    reviews: Sequence[Review], told: Mapping[int, Understood], into: Mapping[str, str], language: str
) -> dict[tuple[str, Polarity], tuple[str, ...]]:
    """Return, for each theme and side, what at least ``MINIMUM`` reviews called it, the commonest first.

    Only remarks about this theme alone count: in "great screen, weak battery" nobody knows which is weak by the words.
    """
    voices: dict[tuple[str, Polarity], Counter[str]] = {}
    for review in reviews:
        said: set[tuple[str, Polarity, str]] = set()
        read = told.get(review.id or 0)
        for remark in read.remarks if read else ():
            if len(remark.aspects) == 1 and remark.polarity in ("positive", "negative"):
                key = into.get(remark.aspects[0][0], remark.aspects[0][0])
                kind: Kind = "praise" if remark.polarity == "positive" else "blame"
                found = review_sentence.said_of(review.whole[remark.start : remark.end], kind, language)
                said |= {(key, remark.polarity, word) for word in found}
        for theme, side, word in said:
            voices.setdefault((theme, side), Counter())[word] += 1
    return {place: _commonest(counts, language) for place, counts in voices.items()}


def _commonest(counts: Counter[str], language: str) -> tuple[str, ...]:
    enough = [(word, n) for word, n in counts.items() if n >= MINIMUM]
    ordered = sorted(enough, key=lambda pair: (review_sentence.is_plain(pair[0], language), -pair[1], pair[0]))
    return tuple(word for word, _n in ordered[:WORDS])


def request(id: str, point: Point, language: str, seed: int, *, alone: bool = False) -> Request:
    """Return the request for one sentence; somebody waits for it where it is asked ``alone``."""
    return Request(
        id=id,
        messages=tuple(Message(role, words) for role, words in review_sentence.turns(point, language)),
        sampling=Sampling(temperature=0.6, top_p=0.95, min_p=0.05, seed=seed % 2**31),
        max_tokens=ROOM,
        stops=("\n",),
        candidates=CANDIDATES,
        check=ReviewSentenceCheck(point, language),
        sentences=1,
        retries=RETRIES,
        on_refusal="end",
        priority="interactive" if alone else "bulk",
        prefill=point.opening(language),
    )
