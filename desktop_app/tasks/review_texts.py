"""What customers say, for the product page: balanced, counted, quoting only what may be published."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_app import weights
from desktop_app.engine import Engine
from desktop_app.language import check as checking
from desktop_app.language import rules
from desktop_app.language.review_sentence import Kind, Point, version, with_counts
from desktop_app.records import Action, Draft, Field, Finding, Note, Product, Progress, Saved, Span, Weights, Writer
from desktop_app.review_records import Quote, Summary, ThemeCount
from desktop_app.shop import Shop
from desktop_app.tasks import rule_packs
from desktop_app.tasks.products import now
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_index import Filter, ReviewIndex
from desktop_app.tasks.review_points import Said, say
from desktop_app.tasks.review_words import blamed_first, praised_first
from desktop_app.tasks.review_writing import SEVERAL, about_of, why_plain
from desktop_app.tasks.summarise_reviews import table_of

FIELD: Field = "reviews"
NAMED = 3  # themes on either side
# What may not stand on a product's page even in a customer's words; that it is an opinion, and no fact, is said.
GRAVE = {
    "superlative", "absolute", "health", "eco", "certificate", "guarantee", "discount", "scarcity", "popularity",
    "price", "leak", "placeholder",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageWritten:
    """The end of writing for product pages."""

    count: int
    too_few: int  # products whose reviews are not enough to say anything
    action: int | None = None


def write_pages(
    shop: Shop, columns: ReviewDesk, stop: threading.Event, *, products: Sequence[int], language: str,
    engine: Engine | None = None, anyway: bool = False,
) -> Iterator[Saved | Note | Progress | PageWritten]:  # fmt: skip
    """Draft the text about its reviews for each product, as one action; where there is too little, none is drafted.

    With an ``engine`` whose weights write the language (``anyway``: whichever) each sentence is in their words where
    one of theirs may stand; figures and quotes are put in by code.
    """
    about = about_of(engine)
    able = about is not None and (anyway or weights.can_write(about, language))
    if engine is not None and not able:
        yield Note(why_plain(about, language))
    action = shop.begin("Write what customers say of {n} products", n=len(products))
    desk = _Pages(shop, columns, language, about if able else None)
    numbers = (number for number in products if not stop.is_set())
    found = say(engine, language, numbers, desk.points, stop, alone=len(products) == 1) if engine and able else (
        Said(number, desk.points(number)) for number in numbers)  # fmt: skip
    count = few = 0
    try:
        for done, said in enumerate(found, 1):
            if said.error:
                yield Note(said.error)
            draft = desk.draft(said)
            if draft is None:
                few += 1
            else:
                count += 1
                yield Saved(_saved(shop, action, draft))
            yield Progress(done, len(products))
    finally:
        ended = shop.end(action)
    yield PageWritten(count, few, ended.id if ended else None)


def page_draft(shop: Shop, columns: ReviewDesk, product: int, language: str) -> Draft | None:
    """Return the draft for one product's page, built from the table; None where the reviews are too few to say
    anything."""  # fmt: skip
    desk = _Pages(shop, columns, language, None)
    return desk.draft(Said(product, desk.points(product)))


def _saved(shop: Shop, action: Action, draft: Draft) -> Draft:
    """Keep a draft; one that waited in its place makes room."""
    with shop.step(action):
        waiting = shop.drafts(status="new", product=draft.product)
        older = [d.id for d in waiting if (d.field, d.language) == (FIELD, draft.language) and d.id is not None]
        if older:
            shop.set_draft_status(older, "rejected")
        return shop.add_draft(draft)


@dataclass(frozen=True, slots=True)
class _Part:
    """One sentence of the text: as it is built from the table, and what weights may be asked to say of it."""

    text: str
    names: tuple[str, ...] = ()
    point: Point | None = None
    voices: tuple[int, ...] = ()  # a theme
    quote: str = ""  # with what stands before it

    def said(self, sentence: str, tongue: str) -> str:
        """Return weights' sentence with figures behind its names and the quote at its end; "" if one has no place."""
        placed = with_counts(sentence, self.names, self.voices, tongue)
        return f"{placed[:-1]}{self.quote}{placed[-1]}" if placed else ""


class _Pages:
    """What the texts of one run need."""

    def __init__(self, shop: Shop, columns: ReviewDesk, language: str, about: Weights | None) -> None:
        self._shop, self._columns, self._language, self._about = shop, columns, language, about
        self._tongue = "zh" if language == "zh" else "en"
        self._packs = rule_packs.chosen(shop)
        self._parts: dict[int, list[_Part]] = {}

    def points(self, number: int) -> dict[int, Point]:
        """Return what weights may be asked to say of a product."""
        index = self._columns.index(self._shop)
        summary = table_of(self._shop, index, self._columns.version, number, self._language)[0]
        self._parts[number] = parts = self._parts_of(summary, index) if summary.enough else []
        return {n: part.point for n, part in enumerate(parts) if part.point is not None}

    def draft(self, said: Said) -> Draft | None:
        """Put the text together; a sentence of weights that may not be published gives way to the table's."""
        parts, product = self._parts.pop(said.number), self._shop.product(said.number)
        if not parts:
            return None
        text, spans, own = "", list[Span](), list[bool]()
        for n, part in enumerate(parts):
            words = part.said(said.found[n], self._tongue) if said.found.get(n) else ""
            own.append(bool(words) and not _broken(words, product, self._tongue, self._packs, part.names))
            text += " " if text and self._tongue != "zh" else ""
            start = len(text)
            text += words if own[-1] else part.text
            spans.append(Span(start, len(text), part.names))
        names = [name for part in parts for name in part.names]
        by = self._about if any(own) else None
        source: Writer = "plain" if by is None else "weights" if all(own[1:]) else "mixed"
        return Draft(
            said.number, FIELD, self._language, text, source=source, evidence=tuple(spans), refused=said.refused,
            findings=tuple(_broken(text, product, self._tongue, self._packs, names)), made=now(),
            weights=by.name if by else "", weights_sha256=by.sha256 if by else "",
            prompt=version(self._language) if by else "",
        )  # fmt: skip

    def _parts_of(self, summary: Summary, index: ReviewIndex) -> list[_Part]:
        stars = index.stars[index.where(Filter(product=summary.product)) & index.read]
        rated = stars[~np.isnan(stars)]
        parts = [_Part(_opening(summary, len(rated), int((rated >= 4).sum()), self._tongue))]
        known = self._shop.product(summary.product)
        for themes, kind in ((praised_first(summary.themes), "praise"), (blamed_first(summary.themes), "blame")):
            if themes:
                parts.append(_part(themes[:NAMED], kind, self._tongue, known, self._packs, len(stars)))  # type: ignore[arg-type]
        return parts


def _opening(summary: Summary, rated: int, good: int, tongue: str) -> str:
    if not rated:
        return f"共有{summary.count}条评价。" if tongue == "zh" else f"{summary.count} reviews so far."
    if tongue == "zh":
        return f"{rated}条有星级的评价里，{good}条给了四星或五星。"
    return f"{good} of {rated} rated reviews give four or five stars."


def _part(
    themes: Sequence[ThemeCount], kind: Kind, tongue: str, product: Product, packs: rules.Chosen, counted: int
) -> _Part:
    """Return what one side is about, with a quote if one may be published."""
    names = tuple(theme.name for theme in themes)
    side = "positive" if kind == "praise" else "negative"
    voices = tuple(t.positive + t.mixed if kind == "praise" else t.negative + t.mixed for t in themes)
    if tongue == "zh":
        listed = "、".join(f"{name}（{n}条）" for name, n in zip(names, voices, strict=True))
        head, before, after = ("称赞的有" if kind == "praise" else "不满的有"), "，如", "。"
    else:
        listed = ", ".join(f"{name[:1].lower()}{name[1:]} ({n})" for name, n in zip(names, voices, strict=True))
        head, before, after = ("Praised: " if kind == "praise" else "Criticised: "), ", for example ", "."
    quotes = [q for theme in themes for q in theme.quotes if q.polarity == side]
    quote = _quoted(next((q for q in quotes if not _broken(q.text, product, tongue, packs)), None), before)
    point = Point(kind, tuple(t.theme for t in themes), names, (), min(voices), counted, len(themes))
    return _Part(f"{head}{listed}{quote}{after}", names, point if min(voices) >= SEVERAL else None, voices, quote)


def _quoted(quote: Quote | None, before: str) -> str:
    return f"{before}“{quote.text}”" if quote is not None else ""


def _broken(
    text: str, product: Product, tongue: str, packs: rules.Chosen, names: Sequence[str] = ()
) -> list[Finding]:  # fmt: skip
    """Return what may not be published of a text; that no fact carries what customers say is no fault, nor is what a
    theme is called ("Price and value" offers nothing)."""  # fmt: skip
    found = checking.check(text, product, language=tongue, strict=False, packs=packs).findings
    called = " | ".join(names).casefold()
    return [finding for finding in found if finding.kind in GRAVE and finding.text.casefold() not in called]
