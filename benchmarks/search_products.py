"""How long a search takes against the bare full-text query: `python benchmarks/search_products.py`.

Both answer the same 200 queries (a letter, a Han character, words, two words, SKUs) over the same shop file. The bare
query returns row numbers in no order; ours are filtered by status, sorted, names and codes first. Each query's time is
the median of its rounds, the two run in turns; the ratio is of the sums. At most 2 is the aim.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.records import Fact, Product, Variant  # noqa: E402
from desktop_app.shop import Shop, words  # noqa: E402

HAN = "竹木砧板不锈钢保温杯茶壶陶瓷碗筷子勺盘棉麻衬衫裙裤鞋袜帽围巾手套背包钱带项链耳环戒指灯台椅桌柜床垫"


def stock(shop: Shop, count: int) -> list[str]:
    """Fill the shop with products in English and Chinese; return the words they are made of."""
    dice = random.Random(5)
    letters = "aaabcdeeefghiiijklmnooopqrstuuvwxyz"
    known = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _n in range(8000)]

    def made(n: int) -> Product:
        title = " ".join(dice.choices(known, k=4)) if n % 2 else "".join(dice.choices(HAN, k=7))
        text = " ".join(dice.choices(known, k=35)) + "，".join("".join(dice.choices(HAN, k=6)) for _part in range(3))
        facts = tuple(Fact(name, dice.choice(known[:500])) for name in ("Material", "Origin", "Care"))
        return Product(
            title, description=text, facts=facts, variants=(Variant(f"SKU-{n:06d}", str(4000000000000 + n)),)
        )

    job = shop.begin("Fill")
    for start in range(0, count, 5000):
        with shop.step(job):
            shop.add(made(n) for n in range(start, min(start + 5000, count)))
    shop.end(job)
    return known


def queries(known: list[str], count: int) -> list[str]:
    """Return 200 queries, forty of each kind."""
    dice = random.Random(6)
    found = [dice.choice("abcdefghijklmnopqrstuvwxyz") for _n in range(40)]
    found += [dice.choice(HAN) for _n in range(40)]
    found += [dice.choice(known) for _n in range(20)] + ["".join(dice.choices(HAN, k=2)) for _n in range(20)]
    found += [f"{dice.choice(known)[:3]} {dice.choice([dice.choice(known)[:2], dice.choice(HAN)])}" for _n in range(40)]
    return found + [f"SKU-{dice.randrange(count):06d}"[: dice.randint(6, 10)] for _n in range(40)]


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds ``work`` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Fill a shop, ask everything in turns, print sums, ratio and percentiles."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--products", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=5)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHANGGUI_DATA"] = folder
        with Shop.create(Path(folder) / "shop.zhanggui") as shop:
            known = stock(shop, chosen.products)
            fresh = timed(shop.search)
            rows = timed(lambda: shop.rows(shop.search()[5000:5100]))
            compare(shop, queries(known, chosen.products), chosen.rounds)
            print(
                f"all {chosen.products}, sorted, for the first time: {fresh:.1f} ms; then 100 rows of it: {rows:.1f} ms"
            )


def compare(shop: Shop, asked: list[str], rounds: int) -> None:
    """Ask every query both ways, in turns, and print what it took."""
    bare = "SELECT rowid FROM search WHERE search MATCH ?"
    ours: list[float] = []
    theirs: list[float] = []
    for query in asked:
        expression = (words.match(query),)
        pairs = [
            (timed(lambda e=expression: shop._file.all(bare, e)), timed(lambda q=query: shop.search(q)))
            for _n in range(rounds)
        ]
        theirs.append(statistics.median(pair[0] for pair in pairs))
        ours.append(statistics.median(pair[1] for pair in pairs))
    print(f"{len(asked)} queries: {sum(ours):.0f} ms, bare {sum(theirs):.0f} ms")
    print(f"ratio {sum(ours) / sum(theirs):.2f} (aim: at most 2)")
    print(f"95th percentile {statistics.quantiles(ours, n=20)[18]:.1f} ms, slowest {max(ours):.1f} ms")
    print(f"95th percentile of the bare query {statistics.quantiles(theirs, n=20)[18]:.1f} ms")


if __name__ == "__main__":
    main()
