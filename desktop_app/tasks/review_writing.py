"""Summaries of reviews in the weights' own words: sentence by sentence, held to what was counted, kept in the shop.

The plan is the text built from the table, line by line. Where weights find a sentence that says no more than the line
does, it stands in its place, with the line's own figures and quotes behind it; everywhere else the line stands.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app import weights
from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.language import review_sentence
from desktop_app.language.review_sentence import Point
from desktop_app.records import Action, Note, Progress, Weights
from desktop_app.review_records import Summary, Told
from desktop_app.shop import Shop
from desktop_app.tasks import engines
from desktop_app.tasks.products import now
from desktop_app.tasks.review_index import Filter, ReviewIndex, targets
from desktop_app.tasks.review_points import Said, Words, say, words_of
from desktop_app.tasks.review_readings import readings_of
from desktop_app.tasks.review_words import Line
from desktop_app.tasks.summarise_reviews import READ_AT_MOST, basis_of, table_of, told_by
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


Events = Progress | Note | Summary | Summarised


def write_summaries(
    shop: Shop, engine: Engine | None, index: ReviewIndex, version: str, stop: threading.Event, *,
    products: Sequence[int], language: str = "en", anyway: bool = False,
) -> Iterator[Events]:  # fmt: skip
    """Yield a summary for each product as it is there; those with sentences by weights are kept, all as one action.

    What was read already is what is summed up. Weights that do not write the language give way to the plain text, and
    a Note says so; ``anyway`` asks them all the same. What was written before a stop is kept, and of many products only
    those are written that have no summary of this very table yet: run again, it goes on where it was.
    """
    about = about_of(engine)
    if engine is None or about is None or not (anyway or weights.can_write(about, language)):
        yield Note(why_plain(about, language))
        for number in products:
            if stop.is_set():
                return
            yield table_of(shop, index, version, number, language)[0]
        return
    action = shop.begin("Write what customers say of {n} products", n=len(products))
    desk = _Desk(shop, index, version, about, action, language, len(products) == 1)
    try:
        for done, said in enumerate(say(engine, language, products, desk.points, stop, alone=len(products) == 1), 1):
            if said.error:
                yield Note(said.error)
            yield desk.kept(said)
            yield Progress(done, len(products), "summaries")
    finally:
        ended = shop.end(action)
    yield Summarised(desk.count, desk.own, desk.asked, desk.refused, ended.id if ended else None, stop.is_set())


def about_of(engine: Engine | None) -> Weights | None:
    """Return what weights say of themselves; None where there are none, or they do not load: the table stands."""
    try:
        return engines.identified(engine.about()) if engine is not None else None
    except UserError:
        return None


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
        self, shop: Shop, index: ReviewIndex, version: str, about: Weights, action: Action, language: str, anew: bool
    ) -> None:  # fmt: skip
        self._shop, self._index, self._version, self._about = shop, index, version, about
        self._action, self._language, self._anew = action, language, anew
        self._there: dict[int, Told] = {}  # written by an earlier run
        self._tables: dict[int, tuple[Summary, tuple[Line, ...]]] = {}
        self.count = self.own = self.asked = self.refused = 0

    def points(self, number: int) -> dict[int, Point]:
        """Return what weights are asked to say of a product; nothing where they said it of this very table."""
        made, lines = table_of(self._shop, self._index, self._version, number, self._language)
        self._tables[number] = made, lines
        kept = None if self._anew else self._shop.kept_summary(number, self._language)
        if kept is not None and kept.basis == basis_of(made):
            self._there[number] = kept
            return {}
        points = points_of(self._shop, self._index, self._version, made, lines)
        self.asked += len(points)
        return points

    def kept(self, said: Said) -> Summary:
        """Put a text together and keep it; where the weights found nothing, the plain one stands and none is kept."""
        made, lines = self._tables.pop(said.number)
        if said.number in self._there:
            return told_by(made, self._there.pop(said.number))
        own = [bool(said.found.get(n)) for n in range(len(lines))]
        sentences = tuple(
            (line.said(said.found[n]) if by_weights else line.text, line.on, by_weights)
            for n, (line, by_weights) in enumerate(zip(lines, own, strict=True))
        )
        told = Told(said.number, self._language, basis_of(made), sentences, self._about.name, self._about.sha256,
                    review_sentence.version(self._language), said.refused, now())  # fmt: skip
        self.refused += said.refused
        if not any(own):
            return made
        self.count += 1
        self.own += sum(own)
        with self._shop.step(self._action):
            self._shop.keep_summary(told)
        return told_by(made, told)


def points_of(
    shop: Shop, index: ReviewIndex, version: str, made: Summary, lines: Sequence[Line]
) -> dict[int, Point]:  # fmt: skip
    """Return what weights may be asked to say in place of these lines."""
    if not any(line.kind for line in lines):
        return {}
    chosen = index.where(Filter(product=made.product)) & index.read
    reviews = shop.reviews(index.ids[chosen][:READ_AT_MOST].tolist())
    into = targets(list(index.themes.values()))
    words = words_of(reviews, readings_of(shop, version, reviews), into, made.language)
    asked = ((n, line) for n, line in enumerate(lines) if line.kind == "mend" or line.voices >= SEVERAL)
    return {n: _point(line, made, words, n, int(chosen.sum())) for n, line in asked}


def _point(line: Line, made: Summary, words: Words, turn: int, counted: int) -> Point:
    key = line.on[0]
    name = next(t.name for t in made.themes if t.theme == key)
    called = words.get((key, "positive" if line.kind == "praise" else "negative"), ())
    return Point(line.kind or "praise", (key,), (name,), called, line.voices, counted, turn)


def forget(shop: Shop, products: Sequence[int], language: str) -> Action:
    """Forget what weights wrote of these products: the text built from the table is shown again."""
    with shop.act("Show the plain summary of reviews again") as action:
        shop.remove_summaries(products, language)
    return action
