"""Bring a product file into the shop: look, preview, import. One import is one action."""

from __future__ import annotations

import gc
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.formats import Reading
from desktop_app.records import (
    Change,
    Event,
    Fact,
    Imported,
    Matching,
    Preview,
    Problem,
    Product,
    Progress,
    SourceFile,
    Variant,
)
from desktop_app.shop import Shop
from desktop_app.tasks.products import EDITABLE, now

BATCH = 2000  # products a transaction: few enough to stop within half a second, many enough to write at full speed
SHOWN = 300


def look(
    shop: Shop,
    path: Path,
    *,
    format: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: Sequence[tuple[str, str]] | None = None,
) -> Reading:
    """Recognise a file; a mapping the merchant made for a file like it is used again unless another is given.

    UserError for what is no product file, and for columns that cannot be guessed; an empty ``mapping`` gives the
    latter's columns all the same, so that a person can say what they are.
    """

    def read_with(wanted: Sequence[tuple[str, str]] | None) -> Reading:
        return formats.look(path, format=format, encoding=encoding, sheet=sheet, mapping=wanted)

    if mapping is not None:
        return read_with(mapping)
    try:
        reading = read_with(None)
    except UserError:
        remembered = _remembered(shop, read_with)
        if remembered is None:
            raise
        return remembered
    if reading.format != "table":
        return reading
    kept = shop.mapping(reading.signature)
    return read_with(kept) if kept else reading


def _remembered(shop: Shop, read_with: Callable[[Sequence[tuple[str, str]]], Reading]) -> Reading | None:
    """Read a file nobody can guess the way the merchant once said; None where nobody said."""
    kept = shop.mapping(read_with(()).signature)
    return read_with(kept) if kept else None


def matching_for(shop: Shop) -> Matching | None:
    """Return what the merchant decided a second import means, or None when nobody was asked yet."""
    kept = shop.setting("matching")
    if not isinstance(kept, dict):
        return None
    return Matching(match=tuple(kept["match"]), wins=kept["wins"], missing=kept["missing"])


def came_before(shop: Shop, reading: Reading) -> bool:
    """Tell whether this file, or one with the same columns, was imported into this shop before."""
    return bool(_like(shop, reading))


def preview(
    shop: Shop, stop: threading.Event, *, reading: Reading, matching: Matching | None = None
) -> Iterator[Progress | Preview]:
    """Say what an import would do, without doing it."""
    plan = _Plan(shop, matching or matching_for(shop) or Matching())
    counts = {"add": 0, "change": 0, "same": 0, "archive": 0}
    changes: list[Change] = []
    problems: list[Problem] = []
    for batch in _batches(reading, stop, problems):
        if isinstance(batch, Progress):
            yield batch
            continue
        for theirs, mine in plan.pair(batch):
            change = _compare(theirs, mine, plan.matching)
            counts[change.kind] += 1
            if len(changes) < SHOWN and change.kind != "same":
                changes.append(change)
    for product in shop.products(plan.left_over(reading)):
        counts["archive"] += 1
        if len(changes) < SHOWN:
            changes.append(Change("archive", product.title, product.sku, product.id))
    yield Preview(
        counts["add"], counts["change"], counts["same"], counts["archive"],
        tuple(changes), tuple(problems), again=came_before(shop, reading),
    )  # fmt: skip


def import_products(
    shop: Shop, stop: threading.Event, *, reading: Reading, matching: Matching | None = None
) -> Iterator[Event]:
    """Import a file as one action, in many transactions; Stop keeps what is in, and Undo takes it out."""
    plan = _Plan(shop, matching or matching_for(shop) or Matching())
    data = Path(reading.path).read_bytes()
    left_over_of = _like(shop, reading)
    problems: list[Problem] = []
    count, rows = _Count(), 0
    action = shop.begin("Import {name}", name=reading.name)
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)  # records hold no cycles; looking for some would take a seventh of the time
    try:
        with shop.step(action):
            source = shop.add_source(_source(reading, data))
            if reading.format == "table":
                shop.remember_mapping(reading.signature, reading.mapping)
            if matching is not None:
                shop.set_setting("matching", asdict(matching))
        for batch in _batches(reading, stop, problems):
            if isinstance(batch, Progress):
                rows = max(rows, batch.done)
                yield batch
                continue
            with shop.step(action), shop.because("import"):
                _store(shop, plan, batch, source, count)
            # Progress is told in rows throughout; products are fewer, and the figure would jump back and forth.
            rows = max(rows, (batch[-1].source_row or 1) - 1)
            yield Progress(rows, reading.rows, reading.name)
        if not stop.is_set():
            gone = plan.left_over(reading, left_over_of)
            if gone:
                with shop.step(action):
                    shop.set_status(gone, "archived")
                count.archived = len(gone)
    finally:
        gc.set_threshold(*before)
        done = shop.end(action)
    yield Imported(
        reading.format, reading.encoding, count.added, count.changed, count.skipped, count.archived, count.variants,
        tuple(problems), done.id if done else None, stop.is_set(),
    )  # fmt: skip


@dataclass(slots=True)
class _Count:
    added: int = 0
    changed: int = 0
    skipped: int = 0
    archived: int = 0
    variants: int = 0


@dataclass(slots=True)
class _Plan:
    """Which product of the file meets which product of the shop; each shop product is met once at most."""

    shop: Shop
    matching: Matching
    met: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)
    empty: bool = field(init=False)

    def __post_init__(self) -> None:
        self.empty = not self.shop.has_products()

    def pair(self, batch: list[Product]) -> list[tuple[Product, Product | None]]:
        """Return each product of the batch with the shop's own, or None where it is new."""
        if self.empty:
            return [(theirs, None) for theirs in batch]
        found = self._found(batch)
        mine = {p.id: p for p in self.shop.products([i for i in found if i is not None])}
        return [(theirs, mine.get(i) if i is not None else None) for theirs, i in zip(batch, found, strict=True)]

    def left_over(self, reading: Reading, sources: list[int] | None = None) -> list[int]:
        """Return the active products that earlier files like this one brought and this one no longer holds."""
        if self.matching.missing != "archive" or self.empty:
            return []
        like = _like(self.shop, reading) if sources is None else sources
        return [i for i in self.shop.from_sources(like) if i not in self.met and i not in self.fresh]

    def _found(self, batch: list[Product]) -> list[int | None]:
        found: list[int | None] = [None] * len(batch)
        for key in self.matching.match:
            alone = len(self.matching.match) == 1
            wanted = {n: value for n, p in enumerate(batch) if found[n] is None and (value := _key(p, key, alone))}
            known = self.shop.lookup(key, list(dict.fromkeys(wanted.values())))
            for n, value in wanted.items():
                product = known.get(value)
                if product is not None and product not in self.met and product not in self.fresh:
                    found[n] = product
                    self.met.add(product)
        return found


def _key(product: Product, key: str, alone: bool) -> str:
    if key == "sku":
        return product.sku
    if key == "handle":
        return product.handle
    # A name alone is a weak sign: it counts only where the file gives nothing better, or the merchant said so.
    return "" if not alone and (product.sku or product.handle) else product.title


def _store(shop: Shop, plan: _Plan, batch: list[Product], source: int, count: _Count) -> None:
    new: list[Product] = []
    for theirs, mine in plan.pair(batch):
        count.variants += len(theirs.variants)
        if mine is None:
            new.append(theirs)
            continue
        merged = _merge(theirs, mine, plan.matching)
        count.changed += merged != mine
        count.skipped += merged == mine
        shop.replace(replace(merged, source_file=source, source_row=theirs.source_row))
    plan.fresh.update(shop.add(new, source))
    count.added += len(new)


def _compare(theirs: Product, mine: Product | None, matching: Matching) -> Change:
    if mine is None:
        return Change("add", theirs.title, theirs.sku)
    merged = _merge(theirs, mine, matching)
    changed = tuple(
        (name, _short(getattr(mine, name)), _short(getattr(merged, name)))
        for name in EDITABLE
        if getattr(merged, name) != getattr(mine, name)
    )
    variants = (mine.variants, merged.variants) if merged.variants != mine.variants else ((), ())
    return Change("change" if changed else "same", mine.title, mine.sku, mine.id, changed, variants)


def _merge(theirs: Product, mine: Product, matching: Matching) -> Product:
    """Take the file's value for every field but those the merchant edited here, unless the file is to win."""
    keep = set(mine.edited) if matching.wins == "mine" else set()
    values: dict[str, object] = {}
    for name in EDITABLE:
        own, new = getattr(mine, name), getattr(theirs, name)
        if name in keep or new in ("", (), None):  # an empty cell says nothing; it does not wipe what is known
            continue
        if name == "variants":
            new = _same_variants(new, own)
        elif name == "facts":
            new = _same_facts(new, own)
        elif name == "images":
            known = {image.address: image.id for image in own}
            new = tuple(replace(image, id=known.get(image.address)) for image in new)
        if name == "status" and own == "archived":
            continue  # putting a product away is the merchant's decision
        values[name] = new
    merged = replace(mine, **values)  # type: ignore[arg-type]
    edited = () if matching.wins == "file" else tuple(name for name in mine.edited if name in keep)
    return replace(merged, edited=edited)


def _same_variants(new: tuple[Variant, ...], own: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Give the file's variants the ids of the shop's own where SKU, or else options, are the same."""
    by_sku = {v.sku: v.id for v in own if v.sku}
    by_options = {v.options: v.id for v in own}
    taken: set[int] = set()
    out = []
    for variant in new:
        known = by_sku.get(variant.sku) if variant.sku else by_options.get(variant.options)
        if known in taken:
            known = None
        if known is not None:
            taken.add(known)
        out.append(replace(variant, id=known))
    return tuple(out)


def _same_facts(new: tuple[Fact, ...], own: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Keep the merchant's own facts; a fact of the file that is already known keeps its id and its date."""
    known = {(f.name, f.value, f.unit, f.source): f for f in own}
    brought = tuple(known.get((f.name, f.value, f.unit, f.source), f) for f in new)
    return brought + tuple(f for f in own if f.source == "merchant" and f not in brought)


def _batches(reading: Reading, stop: threading.Event, problems: list[Problem]) -> Iterator[list[Product] | Progress]:
    """Yield products some hundred at a time; problems go into the list; Stop ends it between two rows."""
    items = iter(formats.read(reading, stop))
    while not stop.is_set():
        batch: list[Product] = []
        for item in islice(items, BATCH):
            if isinstance(item, Product):
                batch.append(item)
            elif isinstance(item, Problem):
                problems.append(item)
            else:
                yield item
        if not batch:
            following = next(items, None)
            if following is None:
                return
            if isinstance(following, Product):
                batch.append(following)
            elif isinstance(following, Problem):
                problems.append(following)
        if batch:
            yield batch


def _like(shop: Shop, reading: Reading) -> list[int]:
    """Return the ids of earlier imported files with the same columns and format."""
    return [
        source.id
        for source in shop.sources()
        if source.id is not None and source.format == reading.format and _signature(source) == reading.signature
    ]


def _signature(source: SourceFile) -> str:
    plan = json.loads(source.plan or "{}")
    return str(plan.get("signature", ""))


def _source(reading: Reading, data: bytes) -> SourceFile:
    return SourceFile(
        name=reading.name,
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        format=reading.format,
        encoding=reading.encoding,
        plan=formats.plan_of(reading),
        imported=now(),
    )


def _short(value: object) -> str:
    text = value if isinstance(value, str) else _words(value)
    return text if len(text) <= 120 else text[:119] + "…"


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(filter(None, (_words(part) for part in value)))
    if isinstance(value, Fact):
        return f"{value.name}: {value.value}{value.unit and ' ' + value.unit}"
    if isinstance(value, Variant):
        named = " / ".join(part for _name, part in value.options) or value.sku
        return " ".join(
            str(part) for part in (named, value.price, f"×{value.stock}" if value.stock is not None else "") if part
        )
    return str(getattr(value, "address", value))
