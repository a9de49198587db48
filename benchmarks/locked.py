"""How long copying, restoring and locking take on a big shop: `python benchmarks/locked.py`.

A shop of 100,000 products is backed up, the backup is put back as a shop, and both are compared; then it is locked with
a password. Opening, a page of products, a search and an import of 1,000 are timed with and without the password,
in turns; the figure is the median.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import search_products  # noqa: E402

from desktop_app.records import Product, Variant  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import locking, shops  # noqa: E402


def timed(work: Callable[[], Any]) -> float:
    """Return how many seconds ``work`` took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def add(shop: Shop, first: int) -> None:
    """Add 1,000 products as one action, and take them back."""
    with shop.act("Add"):
        shop.add(Product(f"New {first + n}", variants=(Variant(f"N-{first + n}"),)) for n in range(1000))
    shop.undo()


def used(path: Path, word: str, rounds: int) -> dict[str, float]:
    """Return the median seconds of opening and of what is done in an open shop."""
    found: dict[str, list[float]] = {"open": [], "first page": [], "search": [], "add 1,000 and undo": []}
    for number in range(rounds):
        found["open"].append(timed(lambda: Shop.open(path).close()))
        with Shop.open(path) as shop:
            found["first page"].append(timed(lambda: [shop.product(i) for i in shop.search("")[:50]]))
            found["search"].append(timed(lambda: shop.search(word)))
            found["add 1,000 and undo"].append(timed(lambda n=number: add(shop, n * 1000)))
    return {name: statistics.median(times) for name, times in found.items()}


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHANGGUI_DATA"] = folder
        path, copy, back = (Path(folder) / f"{name}.zhanggui" for name in ("big", "copy", "back"))
        with Shop.create(path) as shop:
            known = search_products.stock(shop, wishes.products)
            print(f"{wishes.products:,} products, {path.stat().st_size / 1e6:.0f} MB")
            print(f"  copy into one file        {timed(lambda: shop.export_copy(copy)):6.2f} s")
        print(f"  restore as a shop         {timed(lambda: shops.restore_backup(copy, back)):6.2f} s")
        with Shop.open(back) as shop:
            assert shop.counts().products == wishes.products
        plain = used(copy, known[0], wishes.rounds)
        print(
            f"  lock with a password      {timed(lambda: list(locking.set_password(path, 'a long password'))):6.2f} s"
        )
        locked = used(path, known[0], wishes.rounds)
        print("                              plain   locked")
        for name, took in plain.items():
            print(f"  {name:<24} {took:8.3f} {locked[name]:8.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
