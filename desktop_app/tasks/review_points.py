"""What weights are asked to say of reviews: the lines of a table, with the words that enough customers used."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.engine import Engine, Message, Request, Sampling
from desktop_app.language import review_sentence
from desktop_app.language.review_sentence import WORDS, Kind, Point, ReviewSentenceCheck
from desktop_app.review_records import Polarity, Review, Understood
from desktop_app.tasks import sentence_writer
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


@dataclass(slots=True)
class Said:
    """What weights found for one product: a sentence for each place where one may stand, "" where none may."""

    number: int
    points: dict[int, Point]
    found: dict[int, str] = field(default_factory=dict)
    refused: int = 0
    error: str = ""


def say(
    engine: Engine, language: str, numbers: Iterable[int], points_of: Callable[[int], dict[int, Point]],
    stop: threading.Event, *, alone: bool = False,
) -> Iterator[Said]:  # fmt: skip
    """Ask for every sentence of many products at once; yield each product as all its sentences are there.

    ``points_of`` is asked for a product only when the engine can take it; one with no points comes back at once.
    """
    texts: dict[int, Said] = {}
    silent = deque[Said]()

    def requests() -> Iterator[Request]:
        for number in numbers:
            one = Said(number, points_of(number))
            if not one.points:
                silent.append(one)
                continue
            texts[number] = one
            for place, point in one.points.items():
                yield _request(f"{number}:{place}", point, language, number * 7919 + place * 101, alone)

    for answer in sentence_writer.write(engine, requests(), stop):
        number, place = (int(part) for part in answer.request.split(":"))
        one = texts[number]
        one.refused += answer.refused
        one.error = answer.error or one.error
        one.found[place] = _chosen(one, place, [text for text, _likelihood in answer.texts], language)
        while silent:
            yield silent.popleft()
        if len(one.found) == len(one.points):
            yield texts.pop(number)
    yield from silent


def _chosen(one: Said, place: int, texts: Sequence[str], language: str) -> str:
    """Return the likeliest sentence that may stand, before all others one that takes up customers' words."""
    point = one.points[place]
    finished = [review_sentence.finished(point, text, language) for text in texts]
    able = [text for text in finished if text and text not in one.found.values()]
    telling = (text for text in able if review_sentence.holds_words(text, point))
    return next(telling, able[0] if able else "")


def _request(id: str, point: Point, language: str, seed: int, alone: bool) -> Request:
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
