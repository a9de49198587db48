"""What reviews say against what the description claims, each with both quotes: the mismatch list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.insight.counting import wilson
from desktop_app.language import markup, sentences
from desktop_app.language.mismatches import Pair, claims_in, speaks_against
from desktop_app.language.opinion_words import leaning
from desktop_app.records import Product
from desktop_app.review_records import Quote, Review, Understood
from desktop_app.shop import Shop
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_index import MINIMUM, Filter
from desktop_app.tasks.review_quotes import bare_end, different

LOOKED = 2000  # reviews of one product looked through
QUOTED = 3


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A claim, where it is made, and the reviews that say otherwise."""

    product: int
    id: str
    name: str
    claim: str  # the words of the description or the fact, letter for letter
    source: str  # "description", or the name of the fact
    voices: int
    reviews: int  # that were looked through
    share: tuple[float, float, float]  # low, found, high
    quotes: tuple[Quote, ...]
    enough: bool  # as many voices as a theme needs; else they are single remarks


def mismatches(shop: Shop, columns: ReviewDesk, product: int, language: str = "en") -> list[Mismatch]:
    """Return what reviews of one product say against its description and facts, by most voices first."""
    known = shop.product(product)
    claimed = _claims(known)
    if not claimed:
        return []
    index = columns.index(shop)
    ids = index.ids[index.where(Filter(product=product)) & index.read][:LOOKED].tolist()
    shown = columns.shown(shop, ids)
    found = []
    for pair, claim, source in claimed:
        quotes = _against(pair, shown)
        if quotes:
            count = len(quotes)
            found.append(
                Mismatch(product, pair.id, pair.name(language), claim, source, count, len(shown),
                         wilson(count, len(shown)), different(quotes, QUOTED), count >= MINIMUM)
            )  # fmt: skip
    return sorted(found, key=lambda m: -m.voices)


def _claims(product: Product) -> list[tuple[Pair, str, str]]:
    """Return each claim once: the sentence of the description that makes it, else the fact or the title."""
    found: dict[str, tuple[Pair, str, str]] = {}
    text = markup.to_text(product.description)
    for start, end in sentences.split(text):
        for pair, _a, _b in claims_in(text[start:end]):
            found.setdefault(pair.id, (pair, text[start:end].strip(), "description"))
    for fact in product.facts:
        for pair, _a, _b in claims_in(f"{fact.name}: {fact.value}"):
            found.setdefault(pair.id, (pair, fact.value, fact.name))
    for pair, _a, _b in claims_in(product.title):
        found.setdefault(pair.id, (pair, product.title, "title"))
    return list(found.values())


def _against(pair: Pair, shown: Sequence[tuple[Review, Understood | None]]) -> list[Quote]:
    """Return one remark a review that speaks against a claim and is no praise, the shortest first."""
    found = []
    for review, read in shown:
        for remark in read.remarks if read else ():
            words = review.whole[remark.start : remark.end]
            praise = remark.polarity == "positive" and leaning(words) > 0
            if not praise and speaks_against(pair, words):
                end = bare_end(review.whole, remark.start, remark.end)
                kind = remark.polarity
                found.append(Quote(review.id or 0, review.whole[remark.start : end], remark.start, end, kind))
                break
    return sorted(found, key=lambda q: (len(q.text), q.review))
