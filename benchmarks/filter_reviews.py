"""50,000 reviews in columns: how long any filter takes, all that a page shows of it counted anew.

Counted for each filter: which reviews pass, every theme with praise, blame and interval, the mean of the stars, what is
set aside, and the commonest theme by month. Texts are those of the shared files, dealt to 500 products and read by
words alone (what is measured is the counting). Ends with 1 where the 95th percentile is over 100 ms.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import numpy as np  # noqa: E402
from summaries import Told, deal, fill  # noqa: E402

from desktop_app.insight.counting import by_month  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks.reading import read_all  # noqa: E402
from desktop_app.tasks.review_index import Filter, ReviewIndex  # noqa: E402
from desktop_app.tasks.understanding import Reader  # noqa: E402

LIMIT = 100.0  # milliseconds
PRODUCTS = 500


def spread(texts: list[str], many: int, dice: random.Random) -> dict[str, list[Told]]:
    """Return so many reviews, dealt to the products; no product has the same text twice, so few are set aside."""
    return {f"p-{n}": [(str(dice.randint(1, 5)), text) for text in dice.sample(texts, many // PRODUCTS)]
            for n in range(PRODUCTS)}  # fmt: skip


def asked(index: ReviewIndex, products: list[int], dice: random.Random) -> Filter:
    """Return some filter, with none to all of its parts set."""

    def maybe(values: list[Any], none: Any) -> Any:
        return dice.choice(values) if values and dice.random() < 0.4 else none

    months = [f"2025-{n:02}-01" for n in range(1, 13)]
    return Filter(
        product=maybe([*products], 0) or None, stars=maybe([(1,), (1, 2), (4, 5)], ()), since=maybe(months, ""),
        variant=maybe(list(index.variants), ""), language=maybe(list(index.languages), ""),
        theme=maybe(list(index.keys), ""), polarity=maybe(["positive", "negative"], ""), aside=dice.random() < 0.05,
    )  # fmt: skip


def answered(index: ReviewIndex, wish: Filter) -> int:
    """Count all that a page shows of a filter; return how many reviews pass."""
    chosen = index.where(wish)
    themes = index.counts(chosen)
    index.rating(chosen)
    index.set_aside(chosen)
    if themes:
        column = index.said[:, index.keys.index(themes[0].theme)]
        by_month(index.months, chosen & (column > 0), np.isin(column, (2, 3)))
    return int(chosen.sum())


def main() -> None:
    """Fill a shop, ask many filters, print the times."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/reviews")
    ask.add_argument("--reviews", type=int, default=50_000)
    ask.add_argument("--filters", type=int, default=400)
    wishes = ask.parse_args()
    stop, reader, dice = threading.Event(), Reader(None), random.Random(6)
    texts = sorted({text for rows in deal(wishes.data).values() for _stars, text in rows})
    with tempfile.TemporaryDirectory() as held, Shop.create(Path(held) / "a.zhanggui", name="Reviews") as shop:
        products = fill(shop, spread(texts, wishes.reviews, dice), Path(held), stop)
        for _event in read_all(shop, reader, stop):
            pass
        began = time.perf_counter()
        index = ReviewIndex(shop, reader.version)
        seconds = time.perf_counter() - began
        print(f"{len(index.ids)} reviews in columns after {seconds:.1f} s, {int((~index.aside).sum())} counted, "
              f"{int(index.read.sum())} read")  # fmt: skip
        spent = []
        for _n in range(wishes.filters):
            wish = asked(index, products, dice)
            began = time.perf_counter()
            answered(index, wish)
            spent.append((time.perf_counter() - began) * 1000)
    middle, high = np.percentile(spent, (50, 95))
    print(f"{len(spent)} filters: median {middle:.1f} ms, 95th percentile {high:.1f} ms, most {max(spent):.1f} ms")
    sys.exit(1 if high > LIMIT else 0)


if __name__ == "__main__":
    main()
