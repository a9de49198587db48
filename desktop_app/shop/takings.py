"""What pages about trade read: sums by day, by day and thing sold, by customer, and the index of orders and people.

All are made from the orders again for whatever a change touched; the days and customers still to do stand in the table
``outdated``, so that a long import makes each day once, at its end, and a killed one is made up for on opening.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.shop import words
from desktop_app.shop.connect import File, Row
from desktop_app.shop.trade_tables import TRADE

_BATCH = 5_000
_DAYS = "(SELECT \"key\" FROM outdated WHERE what = 'day')"
_TAKINGS = f"""INSERT INTO takings SELECT day, channel, currency,
 sum(kind = 'sale' AND state <> 'cancelled'), sum(kind = 'sale' AND state = 'cancelled'),
 sum(goods * live), sum(discount * live), sum(shipping * live), sum(tax * live), sum(fees * live),
 sum(CASE WHEN kind = 'sale' THEN refunded * (state <> 'cancelled') ELSE -total END), sum(total * live)
 FROM (SELECT *, kind = 'sale' AND state <> 'cancelled' AS live FROM orders WHERE day IN {_DAYS}
  AND kind <> 'adjustment') GROUP BY day, channel, currency"""
# A day at a time: small sums stay in the processor's own memory, and take half the time of one great sum. Most days
# are of one channel and currency, by which nothing need then be sorted.
_SALES = """INSERT INTO sales SELECT ?1, l.item, o.channel, o.currency, count(*) FILTER (WHERE l.quantity > 0),
 ifnull(sum(l.quantity) FILTER (WHERE l.quantity > 0), 0), ifnull(sum(l.amount) FILTER (WHERE l.quantity > 0), 0),
 ifnull(sum(l.amount) FILTER (WHERE l.quantity > 0 AND l.cost IS NOT NULL), 0),
 ifnull(sum(CAST(l.cost * l.quantity AS INTEGER)) FILTER (WHERE l.quantity > 0 AND l.cost IS NOT NULL), 0),
 ifnull(-sum(l.quantity) FILTER (WHERE l.quantity < 0), 0), ifnull(-sum(l.amount) FILTER (WHERE l.quantity <= 0), 0)
 FROM orders o CROSS JOIN order_lines l ON l."order" = o.id
 WHERE o.day = ?1 AND o.kind <> 'adjustment' AND o.state <> 'cancelled' GROUP BY l.item, o.channel, o.currency"""
_SALES_OF_ONE = _SALES.replace("GROUP BY l.item, o.channel, o.currency", "GROUP BY l.item")
_BACK = f"""INSERT INTO sales SELECT r.day, l.item, o.channel, o.currency, 0, 0, 0, 0, 0, sum(r.quantity), sum(r.amount)
 FROM returns r JOIN order_lines l ON l.id = r.line JOIN orders o ON o.id = l."order"
 WHERE r.day IN {_DAYS} AND o.state <> 'cancelled' GROUP BY 1, 2, 3, 4 ON CONFLICT DO UPDATE
 SET back_units = back_units + excluded.back_units, back_amount = back_amount + excluded.back_amount"""
_BY_ITEM = "CREATE INDEX IF NOT EXISTS order_lines_item ON order_lines(item)"
MANY = 50_000  # lines that are worth making the index at once


def mark(file: File, since: int) -> None:
    """Note what the journal's entries after ``since`` made outdated, and bring the index of words up to date."""
    touched = {t for (t,) in file.all("SELECT DISTINCT tbl FROM journal WHERE id > ?", (since,))}
    if not touched & set(TRADE):
        return
    for table in touched & set(_MARKS):
        for sql in _MARKS[table]:
            file.run(f"INSERT OR IGNORE INTO outdated {_filled(file, table, sql)}", (since,))
    if touched & {"orders", "customers", "customer_keys"}:
        for table in ("orders", "customers"):
            _index(file, table, since)


# (table of the journal entry, what to note); :name stands for the journal's column with that old value.
# Journal first (CROSS JOIN): it is short, and SQLite guesses otherwise.
_OWN = "j.id > ?1 AND j.tbl = '{t}'"
_INS = f"CROSS JOIN {{t}} t ON t.id BETWEEN j.row AND ifnull(j.detail, j.row) WHERE {_OWN} AND j.op = 'insert'"
_UPD = f"CROSS JOIN {{t}} t ON t.id = j.row WHERE {_OWN} AND j.op = 'update'"
_OLD = f"WHERE {_OWN} AND j.op <> 'insert'"


def _noted(what: str, now: str, then: str) -> tuple[str, ...]:
    """Return the statements that note ``now`` of rows that came or changed, and ``then`` of how they were before."""
    note = f"SELECT DISTINCT '{what}', "
    found = [f"{note}{now} FROM journal j {test} AND {now} IS NOT NULL" for test in (_INS, _UPD)]
    return (*found, f"{note}{then} FROM journal j {_OLD} AND {then} IS NOT NULL")


_ORDER_OF = 'JOIN orders o ON o.id = t."order" WHERE'
_MARKS = {
    "orders": (*_noted("day", "t.day", ":day"), *_noted("patron", "t.customer", ":customer")),
    "order_lines": (
        # Of a block of lines their first and last order: looking for each line's own takes a second for a million.
        'SELECT DISTINCT \'day\', o.day FROM (SELECT min(t."order") AS first, max(t."order") AS last FROM journal j'
        f" {_INS} GROUP BY j.id) JOIN orders o ON o.id BETWEEN first AND last",
        f"SELECT DISTINCT 'day', o.day FROM journal j {_UPD.replace('WHERE', _ORDER_OF)}",
        f"SELECT DISTINCT 'day', o.day FROM journal j JOIN orders o ON o.id = :order {_OLD}",
    ),
    "returns": _noted("day", "t.day", ":day"),
    "customers": (*_noted("patron", "t.id", "j.row"), *_noted("patron", "t.main", ":main")),
}


def _filled(file: File, table: str, sql: str) -> str:
    for n, name in enumerate(file.columns(table)):
        sql = sql.replace(f":{name} ", f"j.v{n} ")
    return sql.replace("{t}", table)


def loosen(file: File, lines: int) -> None:
    """Let go of the index of lines by thing where about so many more come than are there: made at once it costs less.

    It counts as outdated, and so is made again by whoever next makes anything anew, or opens the file after a kill.
    """
    if lines >= max(MANY, file.value("SELECT ifnull(max(id), 0) FROM order_lines")):
        file.run("DROP INDEX IF EXISTS order_lines_item")
        file.run("INSERT OR IGNORE INTO outdated VALUES ('index', 0)")


def fasten(file: File) -> None:
    """Make the index of lines by thing again, if it was let go of."""
    if file.value("SELECT 1 FROM outdated WHERE what = 'index'"):
        file.run(_BY_ITEM)
        file.run("DELETE FROM outdated WHERE what = 'index'")


def freshen(file: File) -> None:
    """Make what is outdated anew, in the open transaction."""
    fasten(file)
    todo = {what for (what,) in file.all("SELECT DISTINCT what FROM outdated")}
    if "day" in todo:
        for table in ("takings", "sales"):
            file.run(f"DELETE FROM {table} WHERE day IN {_DAYS}")
        file.run(_TAKINGS)
        for sql, test in ((_SALES_OF_ONE, "= 1"), (_SALES, "> 1")):
            each = f"SELECT day FROM takings WHERE day IN {_DAYS} GROUP BY day HAVING count(*) {test} ORDER BY day"
            file.many(sql, file.all(each))
        file.run(_BACK)
    if "patron" in todo:
        _patrons(file)
    if todo:
        file.run("DELETE FROM outdated")


def is_outdated(file: File) -> bool:
    """Tell whether a long change was left before its sums were made."""
    return bool(file.value("SELECT EXISTS (SELECT 1 FROM outdated)"))


def _patrons(file: File) -> None:
    """Make the rows of the customers that are outdated, under the main customer of each."""
    file.run(
        "INSERT OR IGNORE INTO outdated SELECT 'patron', c.main FROM outdated x JOIN customers c ON c.id = x.\"key\""
        " WHERE x.what = 'patron' AND c.main IS NOT NULL"
    )
    these = "(SELECT \"key\" FROM outdated WHERE what = 'patron')"
    file.run(f"DELETE FROM patrons WHERE id IN {these}")
    names = file.all(f"SELECT id, name, email FROM customers WHERE main IS NULL AND id IN {these}")
    sums = file.all(
        "SELECT p.main, o.currency, count(*) AS n, sum(o.total - o.refunded), min(o.day), max(o.day) FROM ("
        f" SELECT id, ifnull(main, id) AS main FROM customers WHERE id IN {these} OR main IN {these}) p"
        " JOIN orders o ON o.customer = p.id WHERE o.kind <> 'adjustment' AND o.state <> 'cancelled'"
        " GROUP BY p.main, o.currency ORDER BY n DESC, o.currency"
    )
    of: dict[int, list[Row]] = defaultdict(list)
    for row in sums:
        of[row[0]].append(row[1:])
    file.many(
        "INSERT INTO patrons VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [_patron(row, of.get(row[0], ())) for row in names]
    )


def _patron(row: Row, sums: Sequence[Row]) -> Row:
    id, name, email = row
    key = words.sort_key(name or email)
    if not sums:
        return (id, key, 0, 0, "", 0, None, None)
    currency, _n, spent, _first, _last = sums[0]
    orders, first, last = sum(s[1] for s in sums), min(s[3] for s in sums), max(s[4] for s in sums)
    return (id, key, orders, spent, currency, len(sums) > 1, first, last)


# --- the index of words -----------------------------------------------------------------------------------------------


def _index(file: File, table: str, since: int) -> None:
    """Write the words of every order or customer anew that was touched; what is gone leaves the index."""
    entries = file.all(
        "SELECT row, ifnull(CASE WHEN op = 'insert' THEN detail END, row), op FROM journal WHERE id > ? AND tbl = ?",
        (since, table),
    )
    if table == "customers":
        entries += _of_keys(file, since)
    fresh = [(first, last) for first, last, op in entries if op == "insert" and last > first]
    single = sorted({first for first, last, op in entries if op != "insert" or last == first})
    if fresh:  # what came in many at once and was changed right after is written once, with the many
        single = [id for id in single if not any(first <= id <= last for first, last in fresh)]
    for batch in _parts(single):
        file.many(f"DELETE FROM search_{table} WHERE rowid = ?", [(id,) for id in batch])
        _fill(file, table, "id IN (SELECT value FROM json_each(?))", (json.dumps(batch),))
    for first, last in fresh:
        for start in range(first, last + 1, _BATCH):
            _fill(file, table, "id BETWEEN ? AND ?", (start, min(start + _BATCH - 1, last)))


def _of_keys(file: File, since: int) -> list[Row]:
    old = file.columns("customer_keys").index("customer")
    sql = (
        "SELECT DISTINCT k.customer FROM journal j JOIN customer_keys k ON k.id = j.row WHERE j.id > ?1 AND"
        " j.tbl = 'customer_keys' AND (j.op <> 'insert' OR j.detail IS NULL) UNION SELECT DISTINCT"
        f" v{old} FROM journal WHERE id > ?1 AND tbl = 'customer_keys' AND op <> 'insert' AND v{old} IS NOT NULL"
    )
    return [(id, id, "update") for (id,) in file.all(sql, (since,))]


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _fill(file: File, table: str, where: str, values: Sequence[Any]) -> None:
    if table == "orders":
        # A plain number is found by its index, and a customer's orders by the customer; the rest by its words.
        sql = f"SELECT id, number, CASE WHEN customer IS NULL THEN person ELSE '' END FROM orders WHERE {where}"
        rows = [
            (id, "" if number.isalnum() else words.codes([number]), words.spaced(person))
            for id, number, person in file.all(sql, values)
            if person or not (number.isalnum() or not number)
        ]
        file.many("INSERT INTO search_orders (rowid, codes, who) VALUES (?, ?, ?)", rows)
        return
    of: dict[int, list[str]] = defaultdict(list)
    keys = file.all(
        "SELECT customer, value FROM customer_keys WHERE kind IN ('email', 'account')"
        f" AND customer IN (SELECT id FROM customers WHERE {where})",
        values,
    )
    for id, value in keys:
        of[id].append(value)
    rows = [
        (id, words.spaced(f"{name} {company}"), words.codes([email, phone, *of[id]]))
        for id, name, company, email, phone in file.all(
            f"SELECT id, name, company, email, phone FROM customers WHERE {where}", values
        )
    ]
    file.many("INSERT INTO search_customers (rowid, who, codes) VALUES (?, ?, ?)", rows)
