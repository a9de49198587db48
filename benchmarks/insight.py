"""Time what the Insight page and Today ask of a shop with many order lines, each filter in turn.

    .venv/bin/python benchmarks/insight.py [LINES] [SHOP_FILE]

Prints how long the books take to be read the first time, and the middle and 95th percentile of every page and filter
after that. A shop file that is named is kept and used again.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.records import Product, Variant  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import insight, reckoning  # noqa: E402
from desktop_app.tasks.ask import ask  # noqa: E402
from desktop_app.tasks.insight import Look  # noqa: E402
from desktop_app.trade import Buyer, Order, OrderLine  # noqa: E402

PRODUCTS, PEOPLE, DAYS, BATCH = 3_000, 60_000, 730, 20_000
TODAY = dt.date(2026, 11, 25)
CHANNELS = ("Online shop", "Etsy", "Amazon", "Market stall")
QUESTIONS = (
    "How much did I sell last month?", "Which category sells best?", "top ten products this year", "哪个渠道卖得最多？",
    "How many new customers came in September?", "Compare October with September", "margin this year",
    "how many of product 17 did I sell in the past 6 months", "Which weekday is the busiest?", "What is out of stock?",
)  # fmt: skip


def orders(lines: int) -> Iterator[Order]:
    """Yield orders with about ``lines`` lines in all, oldest first."""
    chance = random.Random(7)
    weights = list(itertools.accumulate(1 / (n + 3) for n in range(PRODUCTS)))
    count = lines // 3
    prices = [Decimal(chance.randrange(300, 9000)) / 100 for _n in range(PRODUCTS)]
    for number in range(count):
        day = TODAY - dt.timedelta(DAYS - 1 - number * DAYS // count)
        person = chance.randrange(PEOPLE)
        chosen = chance.choices(range(PRODUCTS), cum_weights=weights, k=3)
        yield Order(
            number=f"N{number}", channel=chance.choice(CHANNELS), placed=f"{day} 10:00", currency="USD",
            lines=tuple(
                OrderLine(f"Product {n}", f"P{n:05}", Decimal(chance.randrange(1, 4)), prices[n], cost=prices[n] / 2)
                for n in chosen
            ),
            buyer=Buyer(f"Person {person}", f"p{person}@example.com"),
        )  # fmt: skip


def fill(shop: Shop, lines: int) -> None:
    """Put products and orders into an empty shop."""
    with shop.act("Products"):
        variants = [Variant(f"P{n:05}", price=Decimal(10), stock=n % 90) for n in range(PRODUCTS)]
        shop.add(Product(f"Product {n}", category=f"Group {n % 12}", variants=(v,)) for n, v in enumerate(variants))
    intake, action, todo = shop.intake(), shop.begin("Orders"), orders(lines)
    while batch := list(itertools.islice(todo, BATCH)):
        with shop.step(action):
            intake.take(batch)
    shop.end(action)


def timed(what: str, work: Callable[[], object], found: list[float]) -> None:
    """Run ``work`` and note how long it took."""
    start = time.perf_counter()
    work()
    found.append(time.perf_counter() - start)
    print(f"  {found[-1] * 1000:7.1f} ms  {what}")


def main() -> None:
    """Print the times."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "many.zhanggui"
        if not path.exists():
            start = time.perf_counter()
            with Shop.create(path, currency="USD", timezone="UTC") as shop:
                fill(shop, lines)
            print(f"made in {time.perf_counter() - start:.0f} s")
        with Shop.open(path) as shop:
            start = time.perf_counter()
            reckoning.reckoned(shop)
            print(f"books read the first time in {time.perf_counter() - start:.2f} s")
            for turn in ("first", "second"):
                print(f"{turn} look:")
                for what, found in zip(("pages and filters", "questions"), looks(shop), strict=True):
                    high, most = found[int(len(found) * 0.95)], found[-1]
                    middle = statistics.median(found)
                    print(f"{turn} look, {len(found)} {what}: middle {middle * 1000:.0f} ms, ", end="")
                    print(f"95th percentile {high * 1000:.0f} ms, longest {most * 1000:.0f} ms")


def looks(shop: Shop) -> tuple[list[float], list[float]]:
    """Look at every page and filter, and ask every question, once; return the times, shortest first."""
    found: list[float] = []
    asked: list[float] = []
    for span, channel, category in itertools.product(
        ("7", "30", "90", "365", "year", "all"), ("", "Etsy"), ("", "Group 3")
    ):  # fmt: skip
        look = Look(span, channel, category)  # type: ignore[arg-type]
        timed(f"Insight, {look}", partial(insight.overview, shop, look, TODAY), found)
    timed("What to order", partial(insight.supplies, shop, TODAY), found)
    timed("Today", partial(insight.day, shop, TODAY), found)
    stop = threading.Event()
    for text in QUESTIONS:
        timed(text, partial(_answer, shop, stop, text), asked)
    return sorted(found), sorted(asked)


def _answer(shop: Shop, stop: threading.Event, text: str) -> object:
    return list(ask(shop, None, stop, text=text, today=TODAY))


if __name__ == "__main__":
    main()
