"""Bring reviews into the shop: look, import, paste; say which product they are about; take them out again."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats.likeness import likely_names
from desktop_app.formats.pasted_reviews import pasted_reviews
from desktop_app.formats.reading import load
from desktop_app.formats.reviews import ReviewReading, look_reviews, read_reviews
from desktop_app.language.alike import print_of
from desktop_app.language.tongue import language_of
from desktop_app.records import Action, Problem, Progress
from desktop_app.review_records import SETTLED, Named, Review, ReviewsImported
from desktop_app.shop import Shop
from desktop_app.tasks.marking_reviews import marked

BATCH = 2000
SAMPLE = "sample_reviews"  # the setting that says that a shop's reviews are ours


def look(
    shop: Shop, path: Path, *, encoding: str | None = None, mapping: Mapping[str, str] | None = None
) -> ReviewReading:
    """Recognise a file of reviews; what the merchant once said of a file like it is used again."""
    if mapping:
        return look_reviews(path, encoding=encoding, mapping=mapping)
    reading = look_reviews(path, encoding=encoding)
    kept = shop.mapping(reading.table.signature)
    return look_reviews(path, encoding=encoding, mapping=dict(kept)) if kept else reading


def first(reading: ReviewReading, count: int) -> tuple[Review, ...]:
    """Return the first reviews of a file as they are understood."""
    found = (item[1] for item in read_reviews(reading, load(reading.table.path)) if not isinstance(item, Problem))
    return tuple(islice(found, count))


def import_reviews(
    shop: Shop, stop: threading.Event, *, reading: ReviewReading, product: int | None = None
) -> Iterator[Progress | ReviewsImported]:
    """Import a file as one action; a review that is here already is skipped, one whose words changed is brought up.

    ``product`` says what all of them are about where the file does not.
    """
    data = load(reading.table.path)
    problems: list[Problem] = []

    def good() -> Iterator[Review]:
        for item in read_reviews(reading, data):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                yield item[1]

    count, waiting = _Count(), good()
    first = list(islice(waiting, BATCH))
    if not first:  # nothing is there to undo
        yield _told(count, reading, problems, None, stop.is_set())
        return
    action = shop.begin("Import reviews from {name}", name=reading.name)
    try:
        said = tuple((c, f) for c, f in reading.table.mapping if f != "private")
        with shop.step(action):
            shop.remember_mapping(reading.table.signature, said)
        linker, rest = _Linker(shop, product), chain(first, waiting)
        while not stop.is_set() and (batch := list(islice(rest, BATCH))):
            with shop.step(action):
                _store(shop, linker, batch, count)
            yield Progress(count.seen, reading.table.rows, reading.name)
    finally:
        done = shop.end(action)
    yield _told(count, reading, problems, done, stop.is_set())


def paste(shop: Shop, text: str, product: int | None = None) -> ReviewsImported:
    """Keep pasted reviews, of one product where it is named; UserError where there are none in the text."""
    found = pasted_reviews(text)
    if not found:
        raise UserError("There is no review in this text. Nothing was saved.")
    count = _Count()
    with shop.act("Paste {n} reviews", n=len(found)) as action:
        _store(shop, _Linker(shop, product), found, count)
    return ReviewsImported(
        "paste", "", count.added, count.changed, count.skipped, count.linked, count.doubtful, count.unlinked,
        tuple(count.marked.items()), (), action.id,
    )  # fmt: skip


def keep_sample(shop: Shop, reviews: Sequence[Review]) -> None:
    """Keep the reviews of the sample shop, each of which names its product."""
    with shop.act("Put in the sample's reviews"):
        shop.set_setting(SAMPLE, True)
        shop.add_reviews((review, print_of(review.whole)) for review in marked(shop, map(_read, reviews)))


def link(shop: Shop, ids: Sequence[int], product: int | None) -> Action:
    """Say which product these reviews are about, or that it is none of them."""
    with shop.act("Say which product {n} reviews are about", n=len(ids)) as action:
        shop.link_reviews(ids, product)
    return action


def remove(shop: Shop, ids: Sequence[int]) -> Action:
    """Take reviews out of the shop."""
    with shop.act("Remove {n} reviews", n=len(ids)) as action:
        shop.remove_reviews(ids)
    return action


@dataclass(slots=True)
class _Count:
    seen: int = 0
    added: int = 0
    changed: int = 0
    skipped: int = 0
    linked: int = 0
    doubtful: int = 0
    unlinked: int = 0
    marked: Counter[str] = field(default_factory=Counter)


def _store(shop: Shop, linker: _Linker, batch: list[Review], count: _Count) -> None:
    known = shop.known_reviews(review.key for review in batch)
    before = {r.key: r for r in shop.reviews(known.values())}
    fresh: list[tuple[Review, int]] = []
    for review in marked(shop, linker.linked(map(_read, batch))):
        count.seen += 1
        mine = before.get(review.key)
        if mine is None:
            fresh.append((review, print_of(review.whole)))
            count.added += 1
            count.linked += review.product is not None
            count.doubtful += bool(review.doubtful)
            count.unlinked += review.product is None and not review.doubtful
            count.marked.update(review.marks)
            continue
        # What the merchant said about the product stands, whatever the file says now.
        again = replace(review, id=mine.id, source=mine.source, product=mine.product or review.product)
        again = replace(again, doubtful=() if again.product else again.doubtful)
        again = replace(again, marks=mine.marks) if SETTLED in mine.marks else again
        count.changed += again != mine
        count.skipped += again == mine
        if again != mine:
            shop.replace_review(again, print_of(again.whole))
    shop.add_reviews(fresh)


def _read(review: Review) -> Review:
    return replace(review, language=language_of(review.whole))


class _Linker:
    """Finds the product that a file calls by handle, SKU, number or name; what is not certain is to be asked."""

    def __init__(self, shop: Shop, product: int | None) -> None:
        self._shop, self._product = shop, product
        self._known: dict[Named, tuple[int | None, tuple[int, ...]]] = {}
        self._numbers: dict[str, int] | None = None
        self._titles: list[tuple[int, str]] | None = None

    def linked(self, reviews: Iterable[Review]) -> Iterator[Review]:
        """Yield the reviews with their product, or with those it may be."""
        listed = list(reviews)
        fresh = {r.named for r in listed if r.named and r.named not in self._known}
        handles = self._shop.lookup("handle", [n.handle for n in fresh])
        skus = self._shop.lookup("sku", [n.sku for n in fresh])
        titles = self._shop.lookup("title", [n.title for n in fresh])
        for named in fresh:
            self._known[named] = self._found(named, handles, skus, titles)
        for review in listed:
            product, doubtful = self._known.get(review.named, (None, ()))
            yield replace(review, product=product or self._product, doubtful=() if self._product else doubtful)

    def _found(
        self, named: Named, handles: dict[str, int], skus: dict[str, int], titles: dict[str, int]
    ) -> tuple[int | None, tuple[int, ...]]:
        sure = [handles.get(named.handle), skus.get(named.sku), self._by_number(named.number)]
        found = list(dict.fromkeys(id for id in sure if id is not None))
        if len(found) == 1:
            return found[0], ()
        if found:
            return None, tuple(found)  # handle and SKU name different products
        if named.title in titles:
            return titles[named.title], ()
        return None, self._like(named.title)

    def _by_number(self, number: str) -> int | None:
        if not number:
            return None
        if self._numbers is None:
            self._numbers = self._shop.outside_numbers()
        return self._numbers.get(number) or self._numbers.get(
            re.split(r"[/-]", number)[-1]
        )  # "shopify-123", gid://…/123

    def _like(self, title: str) -> tuple[int, ...]:
        if len(title) < 4:
            return ()
        if self._titles is None:
            ids = list(self._shop.search(sort="title"))
            self._titles = [(row.id, row.title) for row in self._shop.rows(ids)]
        return tuple(self._titles[n][0] for n in likely_names(title, [name for _id, name in self._titles]))


def _told(
    count: _Count, reading: ReviewReading, problems: list[Problem], action: Action | None, stopped: bool
) -> ReviewsImported:
    return ReviewsImported(
        reading.format, reading.table.encoding, count.added, count.changed, count.skipped, count.linked,
        count.doubtful, count.unlinked, tuple(sorted(count.marked.items())), tuple(problems),
        action.id if action else None, stopped,
    )  # fmt: skip
