"""What came back, and the money that went back, of orders that a file brings: booked once, however often it says so.

Money and pieces are two bookings that never count twice: a line's pieces are booked for what they came to, less the
money booked for it before; money beyond the pieces is booked for the lines as a return of no pieces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from desktop_app.shop import order_rows, parts, same_pieces
from desktop_app.shop.connect import File
from desktop_app.shop.order_rows import amount, item_key, quantity_of
from desktop_app.shop.same_pieces import Pieces
from desktop_app.trade import ZERO, Doubtful, Order, OrderLine, Return

_SMALLEST = Decimal("0.0001")
Money = Mapping[int | None, Decimal]  # booked for each line


@dataclass(frozen=True, slots=True)
class News:
    """What a file says of an order that is in the shop; ``fresh`` where this import brought the order."""

    id: int
    order: Order
    fresh: bool


def has_news(order: Order) -> bool:
    """Say whether an order of a file tells of something that came or went back."""
    if order.refunded or (order.known and order.state in {"returned", "refunded"}):
        return True
    return any(line.returned for line in order.lines)


def tells_only(order: Order) -> bool:
    """Say whether this is no order but word of what came back of one: pieces that came back, and none sold."""
    return bool(order.lines) and all(line.returned and not line.quantity for line in order.lines)


def book(
    file: File, news: Sequence[News], timezone: str, *, again: bool = False
) -> tuple[list[int], list[Doubtful]]:  # fmt: skip
    """Write down what came and went back; return the ids of the orders of which something is new, and the doubtful.

    ``again``: pieces that are likely written down already are others, and are booked as well.
    """
    zone = order_rows.zone(timezone)
    found, doubtful = dict[int, None](), list[Doubtful]()
    for one in _as_one(news):
        order = _Order(file, one, zone, again)
        if order.write():
            found[one.id] = None
        doubtful += order.doubtful
    return list(found), doubtful


def ahead(file: File, news: Sequence[News], timezone: str) -> list[Doubtful]:
    """Return what would be doubtful, and write nothing."""
    zone, found = order_rows.zone(timezone), list[Doubtful]()
    for one in _as_one(news):
        order = _Order(file, one, zone)
        list(order.pieces())
        found += order.doubtful
    return found


def _as_one(news: Sequence[News]) -> list[News]:
    """Return the news, what rows of a list apart from each other tell of one order put together."""
    found: dict[object, News] = {}
    for n, one in enumerate(news):
        name = one.id if tells_only(one.order) else (n,)
        if (before := found.get(name)) is not None:
            lines, refunded = before.order.lines + one.order.lines, before.order.refunded + one.order.refunded
            one = replace(before, order=replace(before.order, lines=lines, refunded=refunded))
        found[name] = one
    return list(found.values())


class _Order:
    """One order, and what a file says came back of it."""

    def __init__(self, file: File, news: News, zone: ZoneInfo, again: bool = False) -> None:
        self._file, self._zone, self._news, self._again = file, zone, news, again
        self.doubtful: list[Doubtful] = []
        (self._mine,) = order_rows.read_orders(file, [news.id])
        self._rows = rows_of(file, news.id)
        self._only = tells_only(news.order)
        self._known = Pieces(self._rows, self._day)

    def write(self) -> bool:
        """Write what is new; return whether anything is."""
        mine, told = self._mine, self._news.order
        if mine.kind != "sale" or mine.state == "cancelled":
            return False
        refunded = max(mine.refunded, told.refunded)
        if told.known and told.state == "refunded" and not told.refunded:
            refunded = max(refunded, mine.total or ZERO)
        pieces = list(self.pieces())
        same_pieces.remember(self._file, list(self._known.changed.values()))
        rows = [*pieces, *self._money(replace(mine, refunded=refunded), [*self._rows, *pieces])]
        add(self._file, rows, self._zone)
        back = defaultdict[int | None, Decimal](Decimal)
        for row in pieces:
            back[row.line] += row.quantity
        goods = [line for line in mine.lines if line.kind == "goods" and line.quantity > 0]
        whole = bool(pieces) and all(line.returned + back[line.id] >= line.quantity for line in goods)
        whole = whole and mine.state not in {"returned", "refunded"}
        if whole or refunded != mine.refunded:
            sql = "UPDATE orders SET state = ?, refunded = ?, updated = ? WHERE id = ?"
            state = "returned" if whole else mine.state
            self._file.run(sql, (state, order_rows.scaled(refunded), parts.now(), mine.id))
        return bool(rows) or whole or refunded != mine.refunded

    def pieces(self) -> Iterator[Return]:
        """Yield what is new of pieces that came back; what of them is not clear is in ``doubtful``."""
        booked = booked_of(self._rows)
        here = {line.id: line.returned for line in self._mine.lines}
        met = list(self._met())
        dated = [self._only and bool(said.back) for _line, said in met]
        # Each day of its own; elsewhere the file says how many came back in all.
        new = [
            said.returned - (self._known.on(line.id, self._day(said.back), said.returned) if day else here[line.id])
            for (line, said), day in zip(met, dated, strict=True)
        ]
        for (line, said), day, some in zip(met, dated, new, strict=True):
            room = line.quantity - here[line.id]
            fresh = self._fresh(line, said, some, room) if day else some
            if (count := min(fresh, room)) > 0:
                now = replace(line, returned=here[line.id])
                row = of_pieces(now, count, booked, said.reason, self._at(said), restocked=said.restocked)
                here[line.id] += count
                booked[line.id] = booked.get(line.id, ZERO) + row.amount
                yield replace(row, told=((self._day(said.back), count),) if day else ())

    def _fresh(self, line: OrderLine, said: OrderLine, count: Decimal, room: Decimal) -> Decimal:
        """Return how many of these pieces nobody wrote down: on another day, they are taken for the same."""
        if not self._again:
            for row, same in self._known.near(line.id, self._day(said.back), count):
                count -= same
                if room > 0:  # else they can be no others
                    self._doubt(line, said, same, row.at)
        if count > room:
            self._doubt(line, said, count - room)
        return count

    def _doubt(self, line: OrderLine, said: OrderLine, pieces: Decimal, booked: str = "") -> None:
        told = self._news.order
        number, title = self._mine.number or told.key, line.title or line.sku
        self.doubtful.append(Doubtful(number, told.source_row or 0, title, pieces, said.back, booked))

    def _day(self, moment: str) -> int:
        return order_rows.moment(moment, self._zone)[1]

    def _met(self) -> Iterator[tuple[OrderLine, OrderLine]]:
        """Yield each line of which the file says something with what it says; a state alone says it of all."""
        told = self._news.order
        lines = [line for line in self._mine.lines if line.quantity > 0]
        if not any(line.returned for line in told.lines):
            if told.known and told.state == "returned":
                yield from ((line, replace(line, returned=line.quantity)) for line in lines if line.kind == "goods")
            return
        waiting = defaultdict[str, list[OrderLine]](list)
        for line in lines:
            waiting[item_key(line)].append(line)
        alike: dict[object, tuple[OrderLine, OrderLine]] = {}
        for said in told.lines:
            same = waiting[item_key(said)] or (lines if self._only and len(lines) == 1 else [])
            if not same:
                continue
            line = same.pop(0) if len(same) > 1 else same[0]
            name = (line.id, said.back, *((said.reason, said.restocked) if self._only else ()))
            before = alike.get(name)
            count = said.returned + (before[1].returned if before else ZERO)
            alike[name] = line, replace(said, returned=count)
        yield from ((line, said) for line, said in alike.values() if said.returned)

    def _money(self, order: Order, rows: Sequence[Return]) -> list[Return]:
        reason = next((line.reason for line in self._news.order.lines if line.reason), "")
        return of_money(order, rows, reason, self._at(OrderLine()))

    def _at(self, said: OrderLine) -> str:
        """Return when it came back: as the file says, else when it closed the order, else with the order, or now."""
        told = self._news.order
        return said.back or told.closed or (self._mine.placed if self._news.fresh else "") or parts.now()


def of_pieces(line: OrderLine, count: Decimal, booked: Money, reason: str, at: str, *, restocked: bool) -> Return:
    """Return what is booked of pieces: what they came to, without the money that was booked for the line before."""
    until = line.amount / line.quantity * (line.returned + count)
    value = line.amount / line.quantity * count
    worth = max(ZERO, min(value, until - booked.get(line.id, ZERO))).quantize(_SMALLEST)
    return Return(line.id or 0, count, worth, reason, at=at, restocked=restocked)


def of_money(order: Order, rows: Sequence[Return], reason: str, at: str) -> list[Return]:
    """Return what is booked of the money given back beyond the pieces in ``rows``, in shares of its lines."""
    booked = booked_of(rows)
    owed = for_goods(order) - sum(booked.values(), ZERO)
    left = [(v, rest) for v in order.lines if v.kind == "goods" and (rest := v.amount - booked.get(v.id, ZERO)) > 0]
    whole = sum((rest for _line, rest in left), ZERO)
    if owed <= 0 or not whole:
        return []
    owed, given, found = min(owed, whole), ZERO, []
    for n, (line, rest) in enumerate(left):
        part = owed - given if n == len(left) - 1 else (owed * rest / whole).quantize(_SMALLEST)
        given += part
        found.append(Return(line.id or 0, ZERO, part, reason, at=at, restocked=False))
    return [row for row in found if row.amount]


def for_goods(order: Order) -> Decimal:
    """Return how much of the money given back was for goods, as sales count them: tax in its share, shipping last."""
    goods = max(ZERO, sum((line.amount for line in order.lines if line.kind == "goods"), ZERO) - order.discount)
    paid = max(ZERO, order.total or ZERO) - order.shipping
    share = order.refunded / paid if paid > 0 else Decimal(1)
    return (goods * min(share, Decimal(1))).quantize(_SMALLEST) if order.refunded else ZERO


def booked_of(rows: Sequence[Return]) -> dict[int | None, Decimal]:
    """Return the money that is booked for each line."""
    found = defaultdict[int | None, Decimal](Decimal)
    for row in rows:
        found[row.line] += row.amount
    return dict(found)


def add(file: File, rows: Sequence[Return], zone: ZoneInfo) -> None:
    """Write down what came back; the ledger follows with ``book_orders``."""
    told = []
    for back in rows:
        at, day = order_rows.moment(back.at, zone)
        told.append((
            back.line, order_rows.number_of(back.quantity), order_rows.scaled(back.amount), back.reason, back.note,
            at, day, int(back.restocked), same_pieces.kept(back.told),
        ))  # fmt: skip
    columns = "line, quantity, amount, reason, note, at, day, restocked, told"
    file.many(f"INSERT INTO returns ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", told)


def rows_of(file: File, order: int) -> list[Return]:
    """Return what came back of an order, oldest first."""
    rows = file.all(
        "SELECT r.line, r.quantity, r.amount, r.reason, r.note, r.at, r.restocked, r.id, r.told FROM returns r"
        ' JOIN order_lines l ON l.id = r.line WHERE l."order" = ? ORDER BY r.id',
        (order,),
    )
    return [
        Return(line, quantity_of(n), amount(a), reason, note, at, bool(restocked), id, same_pieces.read(told))
        for line, n, a, reason, note, at, restocked, id, told in rows
    ]
