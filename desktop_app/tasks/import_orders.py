"""Bring a file of orders into the shop: look, say what would happen, import. One import is one action."""

from __future__ import annotations

import gc
import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats.orders import OrderReading, look_anyhow, look_orders, read_orders
from desktop_app.formats.reading import load
from desktop_app.records import Problem, Progress, SourceFile
from desktop_app.shop import Shop
from desktop_app.shop.coming_back import has_news, tells_only
from desktop_app.tasks.batches import ready
from desktop_app.tasks.products import now
from desktop_app.trade import Doubtful, Order, Taken
from desktop_app.words import _, several

BATCH = 4000  # orders a transaction
# Whose money each sign of several is.
_SIGNED = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS", "BRL"), "¥": ("CNY", "JPY"),
    "￥": ("CNY", "JPY"), "kr": ("SEK", "NOK", "DKK", "ISK", "CZK"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrdersImported:
    """The end of an import of orders, or what it would do."""

    format: str
    encoding: str
    added: int = 0
    changed: int = 0
    skipped: int = 0
    lines: int = 0
    customers: int = 0
    credits: int = 0  # notes that take a sale back
    adjustments: int = 0  # stock written up or down, no sale
    states: tuple[tuple[str, int], ...] = ()
    moved: int = 0  # changes of stock
    below_zero: int = 0  # variants of which more was sold than there was
    unlinked: int = 0  # things sold that are not in the catalogue
    doubtful: int = 0  # returns of a list that are likely written down already, and were not booked again
    returned: int = 0  # orders of which something came back, or money for it went back, that was not known yet
    problems: tuple[Problem, ...] = ()
    action: int | None = None
    stopped: bool = False
    dry: bool = False


def look(
    shop: Shop,
    path: Path,
    *,
    format: str | None = None,
    encoding: str | None = None,
    mapping: Sequence[tuple[str, str]] | None = None,
) -> OrderReading:
    """Recognise a file of orders; what the merchant said of a file like it is used again unless told otherwise.

    UserError for what is no file of orders.
    """
    return _in_money(shop, _looked(shop, path, format, encoding, dict(mapping or ())))


def _in_money(shop: Shop, reading: OrderReading) -> OrderReading:
    """Return the reading, with a word where its amounts stand with a sign that is not of the shop's money."""
    mine = str(shop.setting("currency") or "USD")
    if not reading.sign or mine in _SIGNED.get(reading.sign, ()):
        return reading
    said = _("The amounts in this file stand with {sign} and name no currency; they are taken for {mine}, in which "
             "this shop counts. Where they are another money, give the file a column with its code.",
             sign=reading.sign, mine=mine)  # fmt: skip
    return replace(reading, notes=(*reading.notes, said))


def _looked(
    shop: Shop, path: Path, format: str | None, encoding: str | None, wanted: dict[str, str]
) -> OrderReading:  # fmt: skip
    if wanted:
        return look_orders(path, format=format, encoding=encoding, mapping=wanted)
    try:
        reading = look_orders(path, format=format, encoding=encoding)
    except UserError:
        reading = look_anyhow(path, format=format, encoding=encoding)
        if shop.mapping(reading.signature) is None:
            raise
    kept = shop.mapping(reading.signature)
    return reading if kept is None else look_orders(path, format=format, encoding=encoding, mapping=dict(kept))


def preview(shop: Shop, stop: threading.Event, *, reading: OrderReading) -> Iterator[Progress | OrdersImported]:
    """Say what an import would do, without doing it."""
    problems: list[Problem] = []
    sums, intake = _Sums(), shop.intake()
    for batch in _batches(reading, stop, problems):
        if isinstance(batch, Progress):
            yield batch
            continue
        orders = [order for order in batch if not tells_only(order)]
        sums.count(orders)
        known = intake.would_meet(orders)
        sums.taken += Taken(
            len({(o.channel, o.key) for o in orders}) - known, 0, known, sum(len(o.lines) for o in batch)
        )
        sums.returned += sum(map(has_news, batch))
        doubtful, unknown = intake.word_ahead(batch)
        sums.doubtful += doubtful
        sums.taken += Taken(unknown=tuple(unknown))
    yield sums.said(reading, problems, dry=True, stopped=stop.is_set())


def import_orders(
    shop: Shop,
    stop: threading.Event,
    *,
    reading: OrderReading,
    remember: bool = False,
    stock: bool = True,
    again: bool = False,
) -> Iterator[Progress | OrdersImported]:
    """Import a file as one action; Stop keeps what is in, and Undo takes it out.

    With ``stock``, goods that were counted before an order was placed are taken off; ``remember`` keeps the mapping;
    ``again`` books what a dated list says came back also where it is likely written down already.
    """
    problems: list[Problem] = []
    data = load(reading.path)
    sums, intake = _Sums(), shop.intake(reading.rows or 0)
    batches = ready(_batches(reading, stop, problems, data))
    if batches is None:  # nothing is there to undo
        yield sums.said(reading, problems, stopped=stop.is_set())
        return
    action = shop.begin("Import orders from {name}", name=reading.name)
    before = gc.get_threshold()
    gc.set_threshold(50_000_000, 20, 50)  # records hold no cycles; looking for some would take its time
    try:
        source = cache(lambda: shop.add_source(_source(reading, data)))  # a file that brings nothing leaves no trace
        if remember and shop.mapping(reading.signature) != reading.mapping:
            with shop.step(action):
                shop.remember_mapping(reading.signature, reading.mapping)
        for batch in batches:
            if isinstance(batch, Progress):
                yield batch
                continue
            sums.count(order for order in batch if not tells_only(order))
            with shop.step(action):
                sums.take(intake.take(batch, source), *intake.book_back(again=again))
        if stock and sums.taken.orders:
            for start in range(0, len(sums.taken.orders), 50_000):
                with shop.step(action):
                    sums.moved += shop.book_orders(sums.taken.orders[start : start + 50_000])
    finally:
        gc.set_threshold(*before)
        done = shop.end(action)
    sums.below_zero = len(shop.below_zero()) if sums.moved else 0
    sums.unlinked = shop.unlinked_items()
    yield sums.said(reading, problems, action=done.id if done else None, stopped=stop.is_set())


@dataclass(slots=True)
class _Sums:
    taken: Taken = field(default_factory=Taken)
    kinds: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    moved: int = 0
    below_zero: int = 0
    unlinked: int = 0
    returned: int = 0
    doubtful: list[Doubtful] = field(default_factory=list)

    def count(self, batch: Iterable[Order]) -> None:
        """Count what kinds of orders came, and in which states."""
        for order in batch:
            self.kinds[order.kind] += 1
            self.states[order.state] += 1

    def take(self, taken: Taken, back: Sequence[int], doubtful: Sequence[Doubtful]) -> None:
        """Add what became of a batch; an order of which only something came back has changed too."""
        more = set(back) - set(taken.orders)
        self.taken += replace(
            taken, changed=taken.changed + len(more), same=max(0, taken.same - len(more)),
            orders=(*taken.orders, *sorted(more)),
        )  # fmt: skip
        self.returned += len(back)
        self.doubtful += doubtful

    def said(
        self, reading: OrderReading, problems: Sequence[Problem], *, action: int | None = None, stopped: bool = False,
        dry: bool = False,
    ) -> OrdersImported:  # fmt: skip
        """Return the sums as the end of an import."""
        t = self.taken
        return OrdersImported(
            reading.format, reading.encoding, t.added, t.changed, t.same, t.lines, t.customers, self.kinds["credit"],
            self.kinds["adjustment"], tuple(sorted(self.states.items())), self.moved, self.below_zero, self.unlinked,
            sum(1 for one in self.doubtful if one.booked), self.returned,
            (*problems, *map(_in_doubt, self.doubtful), *self._unknown()), action, stopped, dry,
        )  # fmt: skip

    def _unknown(self) -> Iterator[Problem]:
        why = _("The order {number} is not in the shop, so what came back of it is left out: import its orders first.")
        nameless = [number for number in self.taken.unknown if number.startswith("~")]
        if nameless:
            one = "{count} return names no order and cannot be placed: the file needs a column of order numbers."
            many = "{count} returns name no order and cannot be placed: the file needs a column of order numbers."
            yield Problem(0, "", several(one, many, len(nameless)))
        named = dict.fromkeys(number for number in self.taken.unknown if not number.startswith("~"))
        yield from (Problem(0, "", why.format(number=number)) for number in named)


def _in_doubt(one: Doubtful) -> Problem:
    told = {"number": one.number, "title": one.title, "count": f"{one.pieces:f}", "told": one.told[:10]}
    why = (
        _("Order {number}, “{title}”: the {count} that came back on {told} by this list seem to be those written down "
          "on {booked}, and are not booked again.", booked=one.booked[:10], **told)
        if one.booked
        else _("Order {number}, “{title}”: {count} more came back on {told} by this list than were sold; these are "
               "left out.", **told)
    )  # fmt: skip
    return Problem(one.row, "", why)


def _batches(
    reading: OrderReading, stop: threading.Event, problems: list[Problem], data: bytes | None = None
) -> Iterator[list[Order] | Progress]:
    items = iter(read_orders(reading, data))
    while not stop.is_set():
        some = list(islice(items, BATCH))
        if not some:
            return
        problems += [item for item in some if isinstance(item, Problem)]
        if batch := [item for item in some if isinstance(item, Order)]:
            yield batch
        progress = [item for item in some if isinstance(item, Progress)]
        yield from progress[-1:]


def _source(reading: OrderReading, data: bytes) -> SourceFile:
    # The bytes stay with the merchant: they are full of people, who may ask to be forgotten.
    digest = hashlib.sha256(data).hexdigest()
    plan = json.dumps({"orders": True, "signature": reading.signature, "mapping": reading.mapping}, ensure_ascii=False)
    return SourceFile(reading.name, digest, b"", "orders:" + reading.format, reading.encoding, plan, now())
