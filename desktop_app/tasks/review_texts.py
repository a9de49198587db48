"""What customers say, for the product page: balanced, counted, quoting only what may be published."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_app.language import check as checking
from desktop_app.language import rules
from desktop_app.records import Draft, Field, Finding, Product, Progress, Saved, Span
from desktop_app.review_records import Polarity, Quote, Summary, ThemeCount
from desktop_app.shop import Shop
from desktop_app.tasks import rule_packs
from desktop_app.tasks.products import now
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_index import Filter
from desktop_app.tasks.review_words import blamed_first, praised_first
from desktop_app.tasks.summarise_reviews import summary_of

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
    shop: Shop, columns: ReviewDesk, stop: threading.Event, *, products: Sequence[int], language: str
) -> Iterator[Saved | Progress | PageWritten]:
    """Draft the text about its reviews for each product, as one action; where there is too little, none is drafted."""
    action = shop.begin("Write what customers say of {n} products", n=len(products))
    count = few = 0
    try:
        for done, number in enumerate(products, 1):
            if stop.is_set():
                break
            draft = page_draft(shop, columns, number, language)
            if draft is None:
                few += 1
                continue
            with shop.step(action):
                waiting = shop.drafts(status="new", product=number)
                older = [d.id for d in waiting if (d.field, d.language) == (FIELD, language) and d.id is not None]
                if older:
                    shop.set_draft_status(older, "rejected")
                kept = shop.add_draft(draft)
            count += 1
            yield Saved(kept)
            yield Progress(done, len(products))
    finally:
        ended = shop.end(action)
    yield PageWritten(count, few, ended.id if ended else None)


def page_draft(shop: Shop, columns: ReviewDesk, product: int, language: str) -> Draft | None:
    """Return the draft for one product's page; None where the reviews are not enough to say anything."""
    index = columns.index(shop)
    summary = summary_of(shop, index, columns.version, product, language)
    if not summary.enough:
        return None
    stars = index.stars[index.where(Filter(product=product)) & index.read]
    rated = stars[~np.isnan(stars)]
    tongue = "zh" if language == "zh" else "en"
    known, packs = shop.product(product), rule_packs.chosen(shop)
    said = [_opening(summary, len(rated), int((rated >= 4).sum()), tongue)]
    for themes, side in ((praised_first(summary.themes), "positive"), (blamed_first(summary.themes), "negative")):
        sentence = _sentence(themes[:NAMED], side, tongue, known, packs)  # type: ignore[arg-type]
        said += [sentence] if sentence else []
    text, spans = "", list[Span]()
    for words, names in said:
        start = len(text) + (1 if text and tongue != "zh" else 0)
        text = f"{text}{' ' if text and tongue != 'zh' else ''}{words}"
        spans.append(Span(start, len(text), names))
    findings = tuple(f for f in _broken(text, known, tongue, packs))
    return Draft(product, FIELD, language, text, source="plain", evidence=tuple(spans), findings=findings, made=now())


def _opening(summary: Summary, rated: int, good: int, tongue: str) -> tuple[str, tuple[str, ...]]:
    if not rated:
        return (f"共有{summary.count}条评价。" if tongue == "zh" else f"{summary.count} reviews so far."), ()
    if tongue == "zh":
        return f"{rated}条有星级的评价里，{good}条给了四星或五星。", ()
    return f"{good} of {rated} rated reviews give four or five stars.", ()


def _sentence(
    themes: Sequence[ThemeCount], side: Polarity, tongue: str, product: Product, packs: rules.Chosen
) -> tuple[str, tuple[str, ...]] | None:
    """Return what one side is about, with a quote if one may be published; None where nobody says anything."""
    if not themes:
        return None
    names = tuple(theme.name for theme in themes)
    voices = [t.positive + t.mixed if side == "positive" else t.negative + t.mixed for t in themes]
    if tongue == "zh":
        listed = "、".join(f"{name}（{n}条）" for name, n in zip(names, voices, strict=True))
        head, before, after = ("称赞的有" if side == "positive" else "不满的有"), "，如", "。"
    else:
        listed = ", ".join(f"{name[:1].lower()}{name[1:]} ({n})" for name, n in zip(names, voices, strict=True))
        head, before, after = ("Praised: " if side == "positive" else "Criticised: "), ", for example ", "."
    quotes = [q for theme in themes for q in theme.quotes if q.polarity == side]
    quote = next((q for q in quotes if not _broken(q.text, product, tongue, packs)), None)
    return f"{head}{listed}{_quoted(quote, before)}{after}", names


def _quoted(quote: Quote | None, before: str) -> str:
    return f"{before}“{quote.text}”" if quote is not None else ""


def _broken(text: str, product: Product, tongue: str, packs: rules.Chosen) -> list[Finding]:
    """Return what may not be published of a text; that no fact carries what customers say is no fault."""
    found = checking.check(text, product, language=tongue, strict=False, packs=packs).findings
    return [finding for finding in found if finding.kind in GRAVE]
