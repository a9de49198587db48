"""What becomes of an order that a file brings again: what is further wins, what is empty says nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import Any, TypeVar

from desktop_app.shop.order_rows import item_key
from desktop_app.trade import STATES, Address, Buyer, Order, OrderLine, OrderState

_FILLED = ("number", "currency", "paid", "sent", "closed", "note")
_SUMS = ("discount", "shipping", "tax", "fees", "refunded")
T = TypeVar("T", Address, Buyer)


def merged(mine: Order, theirs: Order) -> Order:
    """Return ``mine`` brought up to ``theirs``.

    Lines are met by what was sold, the first with the first; a line the file leaves out stays, since exports are
    often partial. The state never goes back: what was packed here is not "paid" again because a file says so.
    """
    lines = _lines(mine.lines, theirs.lines)
    if not mine.placed:
        mine = replace(mine, placed=theirs.placed, day=theirs.day)
    values: dict[str, Any] = {n: getattr(theirs, n) or getattr(mine, n) for n in (*_FILLED, *_SUMS)}
    # A file without totals says nothing of them, unless there are other lines now: then they are added up again.
    values["refunded"] = max(mine.refunded, theirs.refunded)  # money given back here is not taken back by a file
    values["total"] = mine.total if theirs.total is None and lines == mine.lines else theirs.total
    state = further(mine.state, theirs.state) if theirs.known else mine.state
    extra = dict(mine.extra) | dict(theirs.extra)
    return replace(
        mine, lines=lines, state=state, buyer=_filled(mine.buyer, theirs.buyer),
        ship_to=_filled(mine.ship_to, theirs.ship_to), extra=tuple(extra.items()), **values,
    )  # fmt: skip


def further(mine: OrderState, theirs: OrderState) -> OrderState:
    """Return the state that is further on."""
    return max(mine, theirs, key=STATES.index)


def _filled(mine: T, theirs: T) -> T:
    return replace(mine, **{f.name: getattr(theirs, f.name) or getattr(mine, f.name) for f in fields(mine)})


def _lines(mine: tuple[OrderLine, ...], theirs: tuple[OrderLine, ...]) -> tuple[OrderLine, ...]:
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, line in enumerate(mine):
        waiting[item_key(line), line.kind].append(place)
    out = list(mine)
    for line in theirs:
        places = waiting[item_key(line), line.kind]
        if not places:
            out.append(line)
            continue
        at = places.pop(0)
        old = out[at]
        out[at] = replace(
            old, title=line.title or old.title, quantity=line.quantity, price=line.price, discount=line.discount,
            tax=line.tax, cost=old.cost if line.cost is None else line.cost,
        )  # fmt: skip
    return tuple(out)
