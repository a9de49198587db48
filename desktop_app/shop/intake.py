"""Orders on their way in: things sold, people and orders already known are met, the rest is written in bulk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from desktop_app.shop import coming_back, order_rows, parts, people, takings
from desktop_app.shop.coming_back import News, has_news, tells_only
from desktop_app.shop.connect import File, Row
from desktop_app.shop.merging import merged
from desktop_app.shop.order_rows import AMOUNT, LINES, ORDERS, key_of, order_row, read_orders
from desktop_app.shop.people import fill
from desktop_app.shop.sold import Sold, fill_lines
from desktop_app.trade import Doubtful, Order, Taken

_THESE = "(SELECT value FROM json_each(?))"
_amount_of = itemgetter(AMOUNT)
Name = tuple[str, str]  # channel and key of an order


class Intake:
    """One import of orders: what it needs to know of the shop is read once and kept while nobody else writes."""

    def __init__(self, file: File, timezone: str, currency: str, expected: int = 0) -> None:
        self._file = file
        self._zone = order_rows.zone(timezone)
        self._currency = currency
        self._sold = Sold(file)
        self._people = people.Known(file)
        self._expected = expected
        self._met: dict[Name, int] = {}  # orders this import has added
        self._news: list[News] = []
        self._seen = -1
        self._empty = False

    def take(self, orders: Sequence[Order], source: Callable[[], int] | None = None) -> Taken:
        """Add orders, or bring known ones up to date; an order is known by its channel and number.

        ``source`` gives the file they come from, and is asked once there is anything to add.
        """
        self._file.require_action()
        if self._expected:
            takings.loosen(self._file, self._expected)
            self._expected = 0
        self._look_again()
        known = self._known(orders)
        every = len(orders)
        orders, unknown = self._without_word(orders, known)
        word = every - len(orders) - len(unknown)  # what only tells of orders that are here
        again = [order for order in orders if _name(order) in self._met]
        new = _joined(order for order in orders if _name(order) not in known) if known else _joined(orders)
        met = [order for order in orders if _name(order) in known and _name(order) not in self._met] if known else []
        before = self._people.made
        ids = self._add(new, source)
        self._met |= {_name(order): id for order, id in zip(new, ids, strict=True)}
        changed = self._change(met, known)
        self._go_on(again)
        fresh = {_name(order) for order in (*new, *again)}
        self._news += (
            News(id, order, _name(order) in fresh)
            for order in orders
            if has_news(order) and (id := known.get(_name(order)) or self._met.get(_name(order)))
        )
        return Taken(
            len(new), len(changed), word + len(set(known.values())) - len(changed), sum(len(o.lines) for o in orders),
            self._people.made - before, (*ids, *changed), unknown,
        )  # fmt: skip

    def book_back(self, *, again: bool = False) -> tuple[list[int], list[Doubtful]]:
        """Write down what came and went back of the orders taken so far; return those with news, and the doubtful.

        ``again``: also pieces that are likely written down already.
        """
        news, self._news = self._news, []
        return coming_back.book(self._file, news, self._zone.key, again=again)

    def word_ahead(self, orders: Sequence[Order]) -> tuple[list[Doubtful], list[str]]:
        """Return what would be doubtful in what only tells what came back, and the numbers nobody knows."""
        only = [order for order in orders if tells_only(order)]
        told = self._told_of(only, self._known(only)) if only else []
        news = [News(id, order, fresh=False) for order, id in told if id is not None]
        return coming_back.ahead(self._file, news, self._zone.key), [key_of(o) for o, id in told if id is None]

    def _without_word(self, orders: Sequence[Order], known: dict[Name, int]) -> tuple[Sequence[Order], tuple[str, ...]]:
        """Return the orders without what only tells what came back of one, and the numbers nobody knows of these."""
        told = self._told_of(orders, known)
        if not told:
            return orders, ()
        for order, id in told:
            known.pop(_name(order), None)
            if id is not None:
                self._news.append(News(id, order, fresh=False))
        unknown = tuple(key_of(order) for order, id in told if id is None)
        return [order for order in orders if not tells_only(order)], unknown

    def _told_of(self, orders: Sequence[Order], known: dict[Name, int]) -> list[tuple[Order, int | None]]:
        """Return what only tells what came back of an order, with the id of that order where it is known."""
        told = [order for order in orders if tells_only(order)]
        if not told:
            return []
        by_key: dict[str, list[int]] = {}
        sql = f'SELECT "key", id FROM orders WHERE "key" IN {_THESE}'
        for key, id in self._file.all(sql, (json.dumps([key_of(order) for order in told]),)):
            by_key.setdefault(key, []).append(id)
        found = []
        for order in told:
            ids = by_key.get(key_of(order), [])
            found.append((order, known.get(_name(order)) or (ids[0] if len(ids) == 1 else None)))
        return found

    def would_meet(self, orders: Sequence[Order]) -> int:
        """Return how many of these orders the shop knows already."""
        return len(self._known(orders))

    def _look_again(self) -> None:
        seen = self._file.value("PRAGMA data_version")
        if seen != self._seen:
            self._seen = seen
            self._sold.look_again()
            self._people.forget()
            self._empty = not self._file.value("SELECT 1 FROM orders LIMIT 1")
            self._met.clear()

    def _known(self, orders: Sequence[Order]) -> dict[Name, int]:
        wanted = {_name(order) for order in orders}
        found = {name: self._met[name] for name in wanted if name in self._met} if self._met else {}
        wanted -= set(found)
        if self._empty or not wanted:
            return found
        keys = json.dumps(list({key for _channel, key in wanted}))
        sql = f'SELECT channel, "key", min(id) FROM orders WHERE "key" IN {_THESE} GROUP BY 1, 2'
        return found | {(c, key): id for c, key, id in self._file.all(sql, (keys,)) if (c, key) in wanted}

    def _add(self, orders: Sequence[Order], source: Callable[[], int] | None) -> list[int]:
        if not orders:
            return []
        file = source() if source is not None else None
        first = int(self._file.value("SELECT ifnull(max(id), 0) + 1 FROM orders"))
        at, rows, lines = parts.now(), list[Row](), list[tuple[int, list[Row]]]()
        every = zip(orders, self._people.of(orders), self._sold.rows_of(orders), strict=True)
        for id, (order, customer, own) in enumerate(every, first):
            goods = sum(map(_amount_of, own))
            rows.append((id, *order_row(order, goods, customer, self._zone, self._currency, file, at)))
            lines.append((id, own))
        fill(self._file, "orders", ORDERS, rows)
        fill_lines(self._file, lines, self._sold.plain)
        return [row[0] for row in rows]

    def _change(self, orders: Sequence[Order], known: dict[Name, int]) -> list[int]:
        """Bring known orders up to what the file says; return the ids of those that changed."""
        if not orders:
            return []
        mine = {o.id: o for o in read_orders(self._file, sorted(set(known.values())))}
        changed: dict[int, None] = {}
        for order, customer in zip(orders, self._people.of(orders), strict=True):
            id = known[_name(order)]
            before = mine[id]
            after = merged(before, self._in_utc(order))
            if after.customer is None and customer is not None:
                after = replace(after, customer=customer)
            if after != before:
                self.write(after)
                mine[id] = read_orders(self._file, [id])[0]
                changed[id] = None
        return list(changed)

    def _go_on(self, orders: Sequence[Order]) -> None:
        """Put more lines into orders of this same import: the file did not keep their rows together."""
        for order in orders:
            mine = read_orders(self._file, [self._met[_name(order)]])[0]
            self.write(_together(mine, self._in_utc(order)))

    def _in_utc(self, order: Order) -> Order:
        def told(moment: str) -> str:
            return order_rows.moment(moment, self._zone)[0] if moment else ""

        return replace(order, paid=told(order.paid), sent=told(order.sent), closed=told(order.closed))

    def write(self, order: Order) -> None:
        """Bring a stored order to what ``order`` says: its own row, and lines that changed or are new; none go."""
        id = order.id or 0
        rows = [(id, *row) for row in self._sold.rows_of([order])[0]]
        set_line = f"UPDATE order_lines SET {_set(LINES)} WHERE id = ?"
        old = [(*row, line.id) for row, line in zip(rows, order.lines, strict=True) if line.id is not None]
        new = [row for row, line in zip(rows, order.lines, strict=True) if line.id is None]
        self._file.many(set_line, old)
        self._file.many(f"INSERT INTO order_lines ({LINES}) VALUES ({', '.join('?' * 9)})", new)
        goods = sum(row[1 + AMOUNT] for row in rows)
        row = order_row(order, goods, None, self._zone, self._currency, None, parts.now())
        self._file.run(f"UPDATE orders SET {_set(ORDERS)} WHERE id = ?", (*row, id))


def _name(order: Order) -> Name:
    return order.channel, key_of(order)


def _joined(orders: Iterable[Order]) -> list[Order]:
    """Return the orders, those of one number made one: some files do not keep an order's rows together."""
    found: dict[Name, Order] = {}
    for order in orders:
        name = _name(order)
        found[name] = _together(found[name], order) if name in found else order
    return list(found.values())


def _together(first: Order, second: Order) -> Order:
    whole = merged(first, replace(second, lines=()))
    return replace(whole, lines=first.lines + second.lines, total=second.total)


def _set(columns: str) -> str:
    return ", ".join(f"{name.strip()} = ?" for name in columns.split(","))
