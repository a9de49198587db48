"""Summaries of reviews in the weights' own words: sentence by sentence, held to what was counted, kept in the shop.

The plan is the text built from the table, line by line. Where weights find a sentence that says no more than the line
does, it stands in its place, with the line's own figures and quotes behind it; everywhere else the line stands.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_app import weights
from desktop_app.engine import Engine, Request
from desktop_app.language import review_sentence
from desktop_app.language.review_sentence import Point
from desktop_app.records import Action, Loading, Note, Progress, Weights
from desktop_app.review_records import Summary, Told
from desktop_app.shop import Shop
from desktop_app.tasks import engines, sentence_writer
from desktop_app.tasks.products import now
from desktop_app.tasks.review_index import Filter, ReviewIndex, targets
from desktop_app.tasks.review_points import Words, request, words_of
from desktop_app.tasks.review_words import Line
from desktop_app.tasks.summarise_reviews import READ_AT_MOST, basis_of, table_of, told_by, told_of
from desktop_app.words import _


SEVERAL = 2  # voices of a side below which nobody is "some customers"


@dataclass(frozen=True, slots=True)
class Summarised:
    """The end of writing: texts kept, sentences by the weights and all that were asked, tries taken back."""

    count: int
    own: int
    asked: int
    refused: int
    action: int | None = None
    stopped: bool = False


@dataclass(slots=True)
class _Text:
    """One product's summary on its way."""

    made: Summary
    lines: tuple[Line, ...]
    points: dict[int, Point]  # line → what may be said in its place
    found: dict[int, str] = field(default_factory=dict)  # line → the weights' sentence, "" where none may stand
    refused: int = 0


Events = Progress | Loading | Note | Summary | Summarised


def write_summaries(
    shop: Shop, engine: Engine | None, index: ReviewIndex, version: str, stop: threading.Event, *,
    products: Sequence[int], language: str = "en", anyway: bool = False,
) -> Iterator[Events]:  # fmt: skip
    """Yield a summary for each product as it is there; those with sentences by weights are kept, all as one action.

    What was read already is what is summed up. Weights that do not write the language give way to the plain text, and
    a Note says so; ``anyway`` asks them all the same. What was written before a stop is kept.
    """
    about = engines.identified(engine.about()) if engine is not None else None
    if engine is None or about is None or not (anyway or weights.can_write(about, language)):
        yield Note(why_plain(about, language))
        for number in products:
            if stop.is_set():
                return
            yield table_of(shop, index, version, number, language)[0]
        return
    action = shop.begin("Write what customers say of {n} products", n=len(products))
    desk = _Desk(shop, index, version, about, action, language, list(products))
    try:
        yield from desk.run(engine, stop)
    finally:
        ended = shop.end(action)
    yield Summarised(desk.count, desk.own, desk.asked, desk.refused, ended.id if ended else None, stop.is_set())


def why_plain(about: Weights | None, language: str) -> str:
    """Say why the weights do not write this, and what stands instead."""
    if about is None:
        return _("There are no writing weights on this machine, so the summaries are built from the table.")
    spoken = {"en": _("English"), "zh": _("Chinese")}.get(language, language)
    return _(
        "{name} cannot write {language} well, so the summaries are built from the table. "
        "Weights that can are named on the Weights page.", name=about.name, language=spoken,
    )  # fmt: skip


class _Desk:
    """What one run of writing needs and has done."""

    def __init__(
        self, shop: Shop, index: ReviewIndex, version: str, about: Weights, action: Action, language: str,
        products: list[int],
    ) -> None:  # fmt: skip
        self._shop, self._index, self._version, self._about = shop, index, version, about
        self._action, self._language, self._left, self._total = action, language, products[::-1], len(products)
        self._texts: dict[int, _Text] = {}
        self._silent: list[Summary] = []  # of which there was nothing to ask
        self.count = self.own = self.asked = self.refused = self._done = 0

    def run(self, engine: Engine, stop: threading.Event) -> Iterator[Events]:
        """Write every text, and yield each as it is complete."""
        for answer in sentence_writer.write(engine, self._requests(), stop):
            number, place = (int(part) for part in answer.request.split(":"))
            text = self._texts[number]
            text.refused += answer.refused
            self.refused += answer.refused
            point = text.points[place]
            said = [review_sentence.finished(point, found, self._language) for found, _likely in answer.texts]
            able = [one for one in said if one and one not in text.found.values()]
            telling = (one for one in able if review_sentence.holds_words(one, point))
            text.found[place] = next(telling, able[0] if able else "")
            if answer.error:
                yield Note(answer.error)
            yield from self._plain_ones()
            if len(text.found) == len(text.points):
                del self._texts[number]
                yield self._kept(number, text)
                yield self._progress()
        yield from self._plain_ones()

    def _requests(self) -> Iterator[Request]:
        """Make each request only when the engine asks for it."""
        while self._left:
            number = self._left.pop()
            made, lines = table_of(self._shop, self._index, self._version, number, self._language)
            points = points_of(self._shop, self._index, self._version, made, lines)
            if not points:
                self._silent.append(made)
                continue
            self._texts[number] = _Text(made, lines, points)
            for place, point in points.items():
                self.asked += 1
                seed = number * 7919 + place * 101
                yield request(f"{number}:{place}", point, self._language, seed, alone=self._total == 1)

    def _plain_ones(self) -> Iterator[Events]:
        while self._silent:
            yield self._silent.pop()
            yield self._progress()

    def _progress(self) -> Progress:
        self._done += 1
        return Progress(self._done, self._total, "summaries")

    def _kept(self, number: int, text: _Text) -> Summary:
        """Put a text together and keep it; where the weights found nothing, the plain one is all there is to keep."""
        own = [bool(text.found.get(n)) for n in range(len(text.lines))]
        sentences = tuple(
            (line.said(text.found[n]) if by_weights else line.text, line.on, by_weights)
            for n, (line, by_weights) in enumerate(zip(text.lines, own, strict=True))
        )
        told = Told(number, self._language, basis_of(text.made), sentences, self._about.name, self._about.sha256,
                    review_sentence.version(self._language), text.refused, now())  # fmt: skip
        if any(own):
            self.count += 1
            self.own += sum(own)
            with self._shop.step(self._action):
                self._shop.keep_summary(told)
        return told_by(text.made, told)


def points_of(
    shop: Shop, index: ReviewIndex, version: str, made: Summary, lines: Sequence[Line]
) -> dict[int, Point]:  # fmt: skip
    """Return what weights may be asked to say in place of these lines."""
    if not any(line.kind for line in lines):
        return {}
    chosen = index.where(Filter(product=made.product)) & index.read
    reviews = shop.reviews(index.ids[chosen][:READ_AT_MOST].tolist())
    into = targets(list(index.themes.values()))
    words = words_of(reviews, told_of(shop, version, reviews), into, made.language)
    asked = ((n, line) for n, line in enumerate(lines) if line.kind == "mend" or line.voices >= SEVERAL)
    return {n: _point(line, made, words, n, int(chosen.sum())) for n, line in asked}


def _point(line: Line, made: Summary, words: Words, turn: int, counted: int) -> Point:
    key = line.on[0]
    name = next(t.name for t in made.themes if t.theme == key)
    called = words.get((key, "positive" if line.kind == "praise" else "negative"), ())
    return Point(line.kind or "praise", (key,), (name,), called, line.voices, counted, turn)
