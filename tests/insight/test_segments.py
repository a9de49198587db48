from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

from desktop_app.formats import sales_lines
from desktop_app.insight import segments


def orders(shared: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    found = sales_lines(shared / "data/orders/cdnow_6000_customers.txt").lines
    epoch = np.datetime64("1970-01-01", "D")
    days = (np.array([line.day for line in found], "datetime64[D]") - epoch).astype(int)
    return (
        np.array([int(line.customer) for line in found]),
        days,
        np.array([(line.price or 0) * line.quantity for line in found]),
    )


def test_scores_and_cohorts_agree_with_sql_written_by_hand(shared: Path) -> None:
    who, days, amounts = orders(shared)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE o (who INTEGER, day INTEGER, amount REAL)")
    db.executemany("INSERT INTO o VALUES (?, ?, ?)", zip(who.tolist(), days.tolist(), amounts.tolist(), strict=True))
    by = db.execute("SELECT who, min(day), max(day), count(*), sum(amount) FROM o GROUP BY who ORDER BY who").fetchall()
    _who, _first, last, count, spent = (np.array(column) for column in zip(*by, strict=True))
    found = segments.rfm(last, count, spent)
    sql = (
        "WITH c AS (SELECT who, max(day) last, count(*) n, sum(amount) s FROM o GROUP BY who) SELECT ntile(5) OVER"
        " (ORDER BY last, who), ntile(5) OVER (ORDER BY n, who), ntile(5) OVER (ORDER BY s, who), who FROM c ORDER BY who"
    )
    told = np.array(db.execute(sql).fetchall())
    assert np.array_equal(np.stack([found.recency, found.frequency, found.money], 1), told[:, :3])
    months = (days.astype("datetime64[D]").astype("datetime64[M]")).astype(int)
    table = segments.cohorts(who, months, amounts)
    sql = (
        "WITH m AS (SELECT who, (strftime('%Y', day * 86400, 'unixepoch') - 1970) * 12 + strftime('%m', day * 86400,"
        " 'unixepoch') - 1 mo, amount FROM o), f AS (SELECT who, min(mo) first FROM m GROUP BY who)"
        " SELECT first, mo - first, count(DISTINCT m.who), sum(amount) FROM m JOIN f USING (who) GROUP BY 1, 2"
    )
    rows = db.execute(sql).fetchall()
    db.close()
    assert sum(n for _f, _s, n, _a in rows) == table.customers.sum()
    for first, since, n, amount in rows:
        assert table.customers[first - table.months[0], since] == n
        assert abs(table.amounts[first - table.months[0], since] - amount) < 1e-6


def test_customers_are_named_by_what_they_did() -> None:
    first = np.array([0, 0, 300, 0, 350, 10])
    last = np.array([360, 250, 300, 100, 350, 10])
    count = np.array([9, 6, 1, 5, 1, 1])
    names = segments.segments(first, last, count, np.ones(6), 365, gap=40.0)
    assert names.tolist() == ["regular", "at_risk", "new", "lost", "new", "once"]


def test_fifths_are_those_of_ntile_when_they_do_not_come_out_even() -> None:
    assert np.bincount(segments.fifths(np.arange(12.0)))[1:].tolist() == [3, 3, 2, 2, 2]


def test_a_shop_without_orders_has_no_cohorts() -> None:
    none = np.zeros(0, np.int64)
    assert segments.cohorts(none, none, np.zeros(0)).months == ()
