"""How long an import takes against a bare script that inserts the same rows: `python benchmarks/import_products.py`.

The bare script reads the same file with ``csv`` and inserts every row we write (the file itself, products, variants,
facts, images, list rows) by ``executemany`` into tables of the same columns, in one transaction, without indexes,
triggers, journal or full text. Both
run in a process of their own, in turns; the ratio is of the medians. At most 4 is the aim.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
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
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES, COLOURS = ("S", "M", "L"), ("red", "blue", "oak", "sand")
MOMENT = "2026-01-01T00:00:00Z"
FACTS = ("Material", "Origin", "Care", "Season")
HEADERS = [
    "Title", "URL handle", "Description", "Vendor", "Product category", "Type", "Tags", "Published on online store",
    "Status", "SKU", "Barcode", "Option1 name", "Option1 value", "Option2 name", "Option2 value", "Price",
    "Compare-at price",
    "Cost per item", "Inventory quantity", "Weight value (grams)", "Weight unit for display", "Product image URL",
    "Image position", "Image alt text", "SEO title", "SEO description",
    *(f"{name} (product.metafields.custom.{name.lower()})" for name in FACTS),
]  # fmt: skip


def generate(path: Path, count: int) -> None:
    """Write a Shopify export of ``count`` products: 40 words of text, one to three variants, four facts, an image."""
    dice = random.Random(7)
    letters = "aaabcdeeefghiiijklmnooopqrstuuvwxyz"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _n in range(8000)]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        for n in range(count):
            title = " ".join(dice.choices(words, k=4)).title() + (" 竹砧板" if n % 5 == 0 else "")
            text = f"<p>{' '.join(dice.choices(words, k=30))}</p><p>{' '.join(dice.choices(words, k=10))} 厨房 {n}</p>"
            own = [
                title,
                f"product-{n}",
                text,
                dice.choice(words[:60]),
                "Home & Garden > Kitchen",
                dice.choice(words[:90]),
            ]
            own += [", ".join(dice.sample(words[:300], 3)), "TRUE", "active"]
            facts = [dice.choice(words[:500]) for _fact in FACTS]
            for v in range(dice.randint(1, 3)):
                price = dice.randint(100, 99999) / 100
                variant = [
                    f"SKU-{n:06d}-{v}",
                    str(4000000000000 + n * 3 + v),
                    "Size",
                    SIZES[v],
                    "Colour",
                    dice.choice(COLOURS),
                ]
                variant += [
                    f"{price:.2f}",
                    f"{price * 1.2:.2f}",
                    f"{price / 2:.2f}",
                    str(dice.randint(0, 99)),
                    "250",
                    "g",
                ]
                picture = [f"https://shop.example/{n}.jpg", "1", title, title[:60], text[3:120], *facts]
                first = own if v == 0 else ["", own[1], *[""] * 7]
                out.writerow([*first, *variant, *(picture if v == 0 else [""] * len(picture))])


def bare(source: Path, target: Path) -> dict[str, int]:
    """Read the file with csv and insert the rows by executemany; return how many."""
    from desktop_app.shop import parts, shelf

    with source.open(encoding="utf-8", newline="") as file:
        tables = rows_of(csv.reader(file))
    data = source.read_bytes()
    file_row = (
        1,
        source.name,
        hashlib.sha256(data).hexdigest(),
        zlib.compress(data, 1),
        "shopify",
        "utf-8",
        "{}",
        MOMENT,
    )
    columns = {
        "sources": 'name, sha256, data, format, encoding, "plan", imported', "products": parts.PRODUCTS,
        "variants": parts.VARIANTS, "facts": parts.FACTS, "images": parts.IMAGES,
        "shelf": shelf.SHELF.removeprefix("id, "),
    }  # fmt: skip
    with closing(sqlite3.connect(target)) as db:
        for table, names in columns.items():
            rows = [file_row] if table == "sources" else tables[table]
            db.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {names})")
            db.executemany(parts.insert(table, names), rows)
        db.commit()
    return {table: len(rows) for table, rows in tables.items()}


def rows_of(reader: Iterator[list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table, made as directly as a script for this one file can make them."""
    at = {name: n for n, name in enumerate(next(reader))}
    columns = [f"{name} (product.metafields.custom.{name.lower()})" for name in FACTS]
    facts_at = [(name, at[header], f"column:{header}") for name, header in zip(FACTS, columns, strict=True)]
    products, variants, facts, images, shelf = (list[tuple[object, ...]]() for _table in range(5))
    handle, told = None, set[str]()
    for number, r in enumerate(reader, 2):
        if r[at["URL handle"]] != handle:
            handle, place, id = r[at["URL handle"]], 0, len(products) + 1
            tags = json.dumps([t.strip() for t in r[at["Tags"]].split(",")])
            products.append((
                id, r[at["Title"]], handle, r[at["Description"]], r[at["Vendor"]], r[at["Product category"]], tags,
                r[at["Status"]], "", r[at["SEO title"]], r[at["SEO description"]],
                json.dumps([["Type", r[at["Type"]]]]), 1, number, "", MOMENT,
            ))  # fmt: skip
            for n, (name, column, said) in enumerate(facts_at):
                facts.append((len(facts) + 1, id, n, name, r[column], "", "free", "", said, MOMENT))
            told.clear()
            images.append((len(images) + 1, id, 0, r[at["Product image URL"]], r[at["Image alt text"]], 1))
        size, colour = r[at["Option1 value"]], r[at["Option2 value"]]
        for name, value in (("Size", size), ("Colour", colour)):
            if value not in told:
                told.add(value)
                facts.append((len(facts) + 1, id, 4, name, value, "", "size", "", f"option:{name}", MOMENT))
        price, compare, cost = (round(float(r[at[c]]) * 10000) for c in ("Price", "Compare-at price", "Cost per item"))
        options = json.dumps([["Size", size], ["Colour", colour]])
        stock, weight = int(r[at["Inventory quantity"]]), r[at["Weight value (grams)"]]
        sku = r[at["SKU"]]
        variants.append((
            len(variants) + 1, id, place, sku, r[at["Barcode"]], options, price, compare, cost, stock,
            weight, "", "", place,
        ))  # fmt: skip
        if place == 0:
            key = r[at["Title"]].lower().encode()
            shelf.append((id, key, sku, "active", price, price, stock, 1, 1, "present", MOMENT))
        place += 1
    return {"products": products, "variants": variants, "facts": facts, "images": images, "shelf": shelf}


def ours(source: Path, target: Path) -> dict[str, int]:
    """Import the file as the window does: recognised, read, stored, indexed, journalled; return how many rows."""
    from desktop_app.shop import Shop
    from desktop_app.tasks import import_products

    stop = threading.Event()
    with Shop.create(target) as shop:
        reading = import_products.look(shop, source)
        for _event in import_products.import_products(shop, stop, reading=reading):
            pass
    with sqlite3.connect(target) as db:
        return {
            t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]
            for t in ("products", "variants", "facts", "images", "shelf")
        }


def timed(which: str, source: Path) -> tuple[float, dict[str, int]]:
    """Run one of the two in a process of its own and return its seconds, start-up aside, and its rows."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "shop.zhanggui"
        run = subprocess.run(
            [sys.executable, __file__, "--run", which, str(source), str(target)],
            capture_output=True, text=True, check=True, env={**os.environ, "ZHANGGUI_DATA": folder},
        )  # fmt: skip
    seconds, rows = json.loads(run.stdout)
    return seconds, rows


def main() -> None:
    """Generate the file, run both in turns, print the medians and the ratio."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--products", type=int, default=100_000)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.run:
        which, source, target = chosen.run
        work = ours if which == "ours" else bare
        if which == "ours":
            from desktop_app.tasks import import_products as _loaded  # noqa: F401  (loading code is not importing a file)
        start = time.perf_counter()
        rows = work(Path(source), Path(target))
        print(json.dumps([time.perf_counter() - start, rows]))
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "products.csv"
        generate(source, chosen.products)
        rows_of: dict[str, dict[str, int]] = {}
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        for _run in range(chosen.runs):
            for which, taken in times.items():
                seconds, rows = timed(which, source)
                taken.append(seconds)
                rows_of[which] = rows
                print(f"{which}: {seconds:.2f} s  {rows}", flush=True)
    assert rows_of["bare"] == rows_of["ours"], f"not the same rows: {rows_of}"
    medians = {which: statistics.median(taken) for which, taken in times.items()}
    print(f"import of {chosen.products} products: {medians['ours']:.2f} s, bare {medians['bare']:.2f} s")
    print(f"ratio {medians['ours'] / medians['bare']:.2f} (aim: at most 4)")


if __name__ == "__main__":
    main()
