"""Orders at size: import against a bare script, pages and filters: `python benchmarks/orders.py`.

The bare script reads the same file with ``csv`` and inserts its rows by ``executemany`` into one table without
indexes, in one transaction. Ours recognises the file, makes orders, lines, customers and things sold, indexes and
journals them and sums them by day. Both run in a process of their own, in turns; the ratio is of the medians. At most 5
is the aim. Then every list and filter of the orders page is timed on the shop so made: at most 200 ms at the 95th
percentile is the aim.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HEADERS = [
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country", "Status",
]  # fmt: skip
STATES = ["Completed", "Completed", "Shipped", "Processing", "Cancelled"]


def generate(path: Path, lines: int) -> None:
    """Write orders of 1 to 34 lines, as wholesale files have: 4,000 things, 50,000 customers, some unnamed."""
    dice = random.Random(11)
    things = [
        (
            f"{n:05d}{dice.choice('ABC ')}".strip(),
            f"THING NUMBER {n} {dice.choice(['RED', '竹'])}",
            dice.randint(50, 5000),
        )
        for n in range(4000)
    ]
    at, written, order = datetime(2023, 1, 1, 8), 0, 100_000
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        while written < lines:
            order += 1
            at += timedelta(seconds=dice.randint(0, 2 * 94_608_000 * 17 // lines))
            customer = str(dice.randint(1, 50_000)) if dice.random() < 0.8 else ""
            state, moment = dice.choice(STATES), at.isoformat(" ")
            for sku, title, price in dice.choices(things, k=min(dice.randint(1, 34), lines - written)):
                written += 1
                row = [order, sku, title, dice.randint(1, 12), moment, price / 100, customer, "United Kingdom", state]
                out.writerow(row)


def bare(source: Path, target: Path) -> int:
    """Read the file with csv and insert its rows by executemany; return how many."""
    with source.open(encoding="utf-8", newline="") as file, closing(sqlite3.connect(target)) as db:
        rows = csv.reader(file)
        names = next(rows)
        db.execute(f"CREATE TABLE lines (id INTEGER PRIMARY KEY, {', '.join(names)})")
        marks = ", ".join("?" * len(names))
        db.executemany(f"INSERT INTO lines ({', '.join(names)}) VALUES ({marks})", rows)
        db.commit()
        return int(db.execute("SELECT count(*) FROM lines").fetchone()[0])


def ours(source: Path, target: Path) -> int:
    """Import the file as the window does; return how many lines."""
    from desktop_app.shop import Shop
    from desktop_app.tasks import import_orders

    with Shop.create(target) as shop:
        reading = import_orders.look(shop, source)
        last = None
        for event in import_orders.import_orders(shop, threading.Event(), reading=reading):
            last = event
    return int(getattr(last, "lines", 0))


def timed(which: str, source: Path, target: Path) -> tuple[float, int]:
    """Run one of the two in a process of its own and return its seconds, start-up aside, and its lines."""
    run = subprocess.run(
        [sys.executable, __file__, "--run", which, str(source), str(target)],
        capture_output=True, text=True, check=True, env={**os.environ, "ZHANGGUI_DATA": str(target.parent)},
    )  # fmt: skip
    seconds, lines = json.loads(run.stdout)
    return seconds, lines


def pages(target: Path) -> None:
    """Time every list, filter and search of the pages about orders, each twenty times on a fresh connection."""
    from desktop_app.shop import Shop

    with Shop.open(target) as shop:
        newest = shop.find_orders()
        number = shop.order(newest[len(newest) // 2]).number
        day = shop.order(newest[len(newest) // 2]).day
        asks: dict[str, Callable[[], object]] = {
            "all, newest first, and a screenful": lambda: shop.order_rows(shop.find_orders()[:60]),
            "one state": lambda: shop.order_rows(shop.find_orders(state="cancelled")[:60]),
            "one channel": lambda: shop.order_rows(shop.find_orders(channel="")[:60]),
            "a month": lambda: shop.order_rows(shop.find_orders(since=day, until=day + 30)[:60]),
            "by number as it is typed": lambda: shop.order_rows(shop.find_orders(number[:4])[:60]),
            "by number": lambda: shop.order_rows(shop.find_orders(number)[:60]),
            "by what was sold": lambda: shop.order_rows(shop.find_orders("THING NUMBER 7 ")[:60]),
            "one customer": lambda: shop.order_rows(shop.find_orders(customer=77)[:60]),
            "one order": lambda: shop.order(newest[7]),
            "counts of states": shop.order_counts,
            "channels": shop.channels,
        }
        for name, ask in asks.items():
            taken = []
            for _run in range(20):
                start = time.perf_counter()
                ask()
                taken.append((time.perf_counter() - start) * 1000)
            print(f"  {name}: median {statistics.median(taken):.1f} ms, 95th percentile {sorted(taken)[18]:.1f} ms")


def main() -> None:
    """Generate the file, run both in turns, print the medians and the ratio, then time the pages."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--lines", type=int, default=1_000_000)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.run:
        which, source, target = chosen.run
        from desktop_app.tasks import import_orders as _loaded  # noqa: F401  (loading code is not importing a file)

        start = time.perf_counter()
        lines = {"ours": ours, "bare": bare}[which](Path(source), Path(target))
        print(json.dumps([time.perf_counter() - start, lines]))
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "orders.csv"
        generate(source, chosen.lines)
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        for run in range(chosen.runs):
            for which, taken in times.items():
                seconds, lines = timed(which, source, Path(folder) / f"{which}{run}.zhanggui")
                assert lines == chosen.lines, f"{which} has {lines} lines"
                taken.append(seconds)
                print(f"{which}: {seconds:.2f} s", flush=True)
        medians = {which: statistics.median(taken) for which, taken in times.items()}
        print(f"import of {chosen.lines} order lines: {medians['ours']:.2f} s, bare {medians['bare']:.2f} s")
        print(f"ratio {medians['ours'] / medians['bare']:.2f} (aim: at most 5)")
        pages(Path(folder) / "ours0.zhanggui")


if __name__ == "__main__":
    main()
