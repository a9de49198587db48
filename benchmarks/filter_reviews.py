"""50,000 reviews in columns: how long any filter takes, all that a page shows of it counted anew.

Done for each filter, as the page does it: which reviews pass (a fifth of the time also a search in their words), every
theme with praise, blame and interval, stars, months, what is set aside, and the first reviews with what was read.
``--window`` draws them too, in a real window (offscreen unless told otherwise). Texts are those of the shared files,
dealt to 500 products and read by words alone. Ends with 1 where the 95th percentile is over 100 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import numpy as np  # noqa: E402
from summaries import Told, deal, fill  # noqa: E402

from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks.reading import read_all  # noqa: E402
from desktop_app.tasks.review_desk import ReviewDesk  # noqa: E402
from desktop_app.tasks.review_index import Filter, ReviewIndex  # noqa: E402
from desktop_app.tasks.understanding import Reader  # noqa: E402

LIMIT = 100.0  # milliseconds
PRODUCTS = 500
SHOWN = 20  # reviews the page shows at once
WORDS = ("battery", "great price", "质量", "太小", "never again")  # searched for, a fifth of the time


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


def answered(shop: Shop, desk: ReviewDesk, wish: Filter, words: str) -> int:
    """Do all that the page does for a filter but the drawing; return how many reviews pass."""
    look = desk.look(shop, wish, words=words)
    desk.shown(shop, look.ids[:SHOWN])
    return len(look.ids)


def drawer(shop: Shop, desk: ReviewDesk, index: ReviewIndex) -> Callable[[Filter, str], None]:
    """Return what counts and draws a filter, as the page does it but for the way between two threads."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop_app import ui
    from desktop_app.settings import Settings
    from desktop_app.tasks.review_desk import Reviewed
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.reviews.page import seen_of
    from desktop_app.ui.reviews.panel import ReviewPanel

    ui.application(Settings(language="en", theme="light", welcomed=True))
    panel = ReviewPanel(Desk(Settings()))
    panel.resize(760, 740)
    panel.show()

    def draw(wish: Filter, words: str) -> None:
        row = Reviewed(wish.product, "Product", int((index.product == wish.product).sum()))
        panel.show_seen(seen_of(shop, desk, row, desk.look(shop, wish, words=words), many=SHOWN))
        QApplication.processEvents()

    return draw


def main() -> None:
    """Fill a shop, ask many filters, print the times."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/reviews")
    ask.add_argument("--reviews", type=int, default=50_000)
    ask.add_argument("--window", action="store_true", help="also draw what is found")
    ask.add_argument("--cpu", action="store_true", help="processor time in place of the clock: for a machine in use")
    ask.add_argument("--filters", type=int, default=400)
    wishes = ask.parse_args()
    clock = time.process_time if wishes.cpu else time.perf_counter
    stop, reader, dice = threading.Event(), Reader(None), random.Random(6)
    texts = sorted({text for rows in deal(wishes.data).values() for _stars, text in rows})
    with tempfile.TemporaryDirectory() as held, Shop.create(Path(held) / "a.zhanggui", name="Reviews") as shop:
        products = fill(shop, spread(texts, wishes.reviews, dice), Path(held), stop)
        for _event in read_all(shop, reader, stop):
            pass
        began = time.perf_counter()
        desk = ReviewDesk(reader.version)
        index = desk.index(shop)
        seconds = time.perf_counter() - began
        print(f"{len(index.ids)} reviews in columns after {seconds:.1f} s, {int((~index.aside).sum())} counted, "
              f"{int(index.read.sum())} read")  # fmt: skip
        spent, draw = [], drawer(shop, desk, index) if wishes.window else None
        if draw:
            draw(Filter(), "")  # fonts are loaded once
        for _n in range(wishes.filters):
            wish = asked(index, products, dice)
            began = clock()
            words = dice.choice(WORDS) if dice.random() < 0.2 else ""
            draw(wish, words) if draw else answered(shop, desk, wish, words)
            spent.append((clock() - began) * 1000)
    middle, high = np.percentile(spent, (50, 95))
    print(f"{len(spent)} filters: median {middle:.1f} ms, 95th percentile {high:.1f} ms, most {max(spent):.1f} ms")
    sys.exit(1 if high > LIMIT else 0)


if __name__ == "__main__":
    main()
