"""What an export would write and what it cannot carry, asked of the shop before anything is written; no widgets."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.errors import Cancelled
from desktop_app.records import Progress, SourceFile

if TYPE_CHECKING:
    from desktop_app.shop import Shop

_BATCH = 500


@dataclass(frozen=True)
class Imported:
    """A file that was imported, and what would go back into it."""

    file: SourceFile
    products: int
    texts: int  # products of this file with an approved text


@dataclass(frozen=True)
class Ahead:
    """What each kind of export would write now."""

    products: int
    texts: int  # products with an approved text
    drafts: int
    files: tuple[Imported, ...]  # newest first
    formats: tuple[tuple[str, str, str], ...] = ()  # key, name and ending of each format


@dataclass(frozen=True)
class Losses:
    """What a format cannot carry of these products, each a sentence; and what is to be known of the file."""

    sentences: tuple[str, ...]
    said: tuple[str, ...] = ()


def look(shop: Shop) -> Ahead:
    """Count; quick also in a large shop."""
    approved = list(dict.fromkeys(draft.product for draft in shop.approved()))
    of_file: Counter[int | None] = Counter()
    for start in range(0, len(approved), _BATCH):
        of_file.update(product.source_file for product in shop.products(approved[start : start + _BATCH]))
    files = tuple(
        Imported(file, len(shop.from_sources([file.id])), of_file[file.id])
        for file in reversed(shop.sources())
        if file.id is not None
    )
    from desktop_app import formats

    known = tuple((key, one.name, one.ending) for key, one in formats.layouts().items())
    return Ahead(len(shop.search(status="all")), len(approved), len(shop.drafts()), files, known)


def losses(shop: Shop, stop: threading.Event, format: str = "shopify") -> Iterator[Progress | Losses]:
    """Go through all products and say what the format cannot carry; may take a while, may be stopped."""
    from desktop_app import formats

    ids = list(shop.search(status="all"))
    currency, language = str(shop.setting("currency") or ""), str(shop.setting("language") or "")
    found: dict[str, None] = {}
    said: dict[str, None] = {}
    for start in range(0, len(ids), _BATCH):
        if stop.is_set():
            raise Cancelled
        products = shop.products(ids[start : start + _BATCH])
        said.update(dict.fromkeys(formats.said_before(format, products, currency, language)))
        found.update(dict.fromkeys(formats.losses(format, products)))
        yield Progress(start, len(ids))
    yield Losses(tuple(found), tuple(said))
