"""Bring a product file into the shop: look, preview, import. One import is one action."""

from __future__ import annotations

import gc
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.formats import Reading, combinations
from desktop_app.records import (
    Change,
    Event,
    Imported,
    Matching,
    Preview,
    Problem,
    Product,
    Progress,
    SourceFile,
)
from desktop_app.shop import Shop
from desktop_app.tasks.batches import ready
from desktop_app.tasks.combining import Meets
from desktop_app.tasks.combining import meeting as meeting_of
from desktop_app.tasks.product_merging import compared, differs
from desktop_app.tasks.products import now
from desktop_app.words import _

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

    return _with_currency(shop, _looked(shop, read_with, mapping))


def _looked(
    shop: Shop,
    read_with: Callable[[Sequence[tuple[str, str]] | None], Reading],
    mapping: Sequence[tuple[str, str]] | None,
) -> Reading:
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


def _with_currency(shop: Shop, reading: Reading) -> Reading:
    """Return the reading, with a word where its prices are in another money than the shop counts in."""
    counted = str(shop.setting("currency") or "USD")
    if reading.currency in {"", counted}:
        return reading
    said = _(
        "The prices in this file are in {theirs}, and this shop counts in {mine}. They come in as they stand; the "
        "currency of the shop is one of its settings.",
        theirs=reading.currency, mine=counted,
    )  # fmt: skip
    return replace(reading, notes=(*reading.notes, said))


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
    meeting = meeting_of(shop, matching or matching_for(shop) or Matching(), reading)
    counts = {"add": 0, "change": 0, "same": 0, "archive": 0}
    listed: dict[str, list[Change]] = {kind: [] for kind in counts}
    problems: list[Problem] = []
    for batch in _batches(reading, stop, problems):
        if isinstance(batch, Progress):
            yield batch
            continue
        for pair in meeting.pairs(batch):
            change = compared(*pair)
            counts[change.kind] += 1
            if len(listed[change.kind]) < SHOWN:
                listed[change.kind].append(change)
    for product in shop.products(meeting.left_over(_like(shop, reading))):
        counts["archive"] += 1
        if len(listed["archive"]) < SHOWN:
            listed["archive"].append(Change("archive", product.title, product.sku, product.id))
    problems += meeting.problems
    unplaced = [problem for problem in problems if problem.variant]
    waiting = (Change("unplaced", problem.variant, "", why=problem.why) for problem in unplaced[:SHOWN])
    yield Preview(
        counts["add"], counts["change"], counts["same"], counts["archive"],
        (*listed["add"], *listed["change"], *listed["archive"], *waiting), tuple(problems),
        again=came_before(shop, reading), unchanged=tuple(listed["same"]), unplaced=len(unplaced),
    )  # fmt: skip


def import_products(
    shop: Shop, stop: threading.Event, *, reading: Reading, matching: Matching | None = None
) -> Iterator[Event]:
    """Import a file as one action, in many transactions; Stop keeps what is in, and Undo takes it out."""
    meeting = meeting_of(shop, matching or matching_for(shop) or Matching(), reading)
    data = Path(reading.path).read_bytes()
    left_over_of = _like(shop, reading)
    problems: list[Problem] = []
    count, rows = _Count(), 0
    batches = ready(_batches(reading, stop, problems))
    if batches is None:  # nothing is there to undo
        yield Imported(
            reading.format, reading.encoding, problems=tuple(problems), stopped=stop.is_set(),
            unplaced=_unplaced(problems),
        )  # fmt: skip
        return
    action = shop.begin("Import {name}", name=reading.name)
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)  # records hold no cycles; looking for some would take a seventh of the time
    try:
        with shop.step(action):
            source = _kept(shop, _source(reading, data)) if _brings_products(reading) else None
            if reading.format == "table" and source is not None:
                shop.remember_mapping(reading.signature, reading.mapping)
            if matching is not None:
                shop.set_setting("matching", asdict(matching))
        for batch in batches:
            if isinstance(batch, Progress):
                rows = max(rows, batch.done)
                yield batch
                continue
            with shop.step(action), shop.because("import"):
                _store(shop, meeting, batch, source, count)
            # Progress is told in rows throughout; products are fewer, and the figure would jump back and forth.
            rows = max(rows, (batch[-1].source_row or 1) - 1)
            yield Progress(rows, reading.rows, reading.name)
        if source is None and count.changed:
            with shop.step(action):
                shop.remember_mapping(reading.signature, reading.mapping)
        if not stop.is_set():
            gone = meeting.left_over(left_over_of)
            if gone:
                with shop.step(action):
                    shop.set_status(gone, "archived")
                count.archived = len(gone)
    finally:
        gc.set_threshold(*before)
        done = shop.end(action)
    yield Imported(
        reading.format, reading.encoding, count.added, count.changed, count.skipped, count.archived, count.variants,
        (*problems, *meeting.problems), done.id if done else None, stop.is_set(),
        _unplaced(problems) + _unplaced(meeting.problems),
    )  # fmt: skip


def _unplaced(problems: Sequence[Problem]) -> int:
    """Return how many variants were left out, since their product is not there."""
    return sum(1 for problem in problems if problem.variant)


@dataclass(slots=True)
class _Count:
    added: int = 0
    changed: int = 0
    skipped: int = 0
    archived: int = 0
    variants: int = 0


def _brings_products(reading: Reading) -> bool:
    """Say whether the file holds products, which it can be given back with; variants alone are no products."""
    return reading.dialect != combinations.KEY


def _kept(shop: Shop, source: SourceFile) -> int:
    """Return the number of the file among those kept; the very file that came in last is not kept twice."""
    last = max(shop.sources(), key=lambda known: known.id or 0, default=None)
    if last is not None and (last.sha256, last.plan) == (source.sha256, source.plan) and last.id is not None:
        return last.id
    return shop.add_source(source)


def _store(shop: Shop, meeting: Meets, batch: list[Product], source: int | None, count: _Count) -> None:
    new: list[Product] = []
    for theirs, mine, merged in meeting.pairs(batch):
        count.variants += len(theirs.variants)
        if mine is None:
            new.append(theirs)
            continue
        changed = differs(merged, mine)
        count.changed += changed
        count.skipped += not changed
        if source is not None:
            merged = replace(merged, source_file=source, source_row=theirs.source_row)
        if source is not None or changed:
            shop.replace(merged)
    meeting.fresh.update(shop.add(new, source))
    count.added += len(new)


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
