"""Reviews for the sample shop: written by us, signed as a sample, and part of its data; no review is ever made up."""

from __future__ import annotations

import datetime as dt
import json

from desktop_app import paths
from desktop_app.review_records import Review
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews


def fill_with_reviews(shop: Shop, language: str, today: dt.date | None = None) -> int:
    """Put the sample's reviews into a shop that holds its products; return how many. An action of its own.

    The newest are some days older than ``today``, which is the real day unless it is given.
    """
    folder = paths.assets() / "sample"
    tongue = language if (folder / f"reviews.{language}.json").exists() else "en"
    raw = json.loads((folder / f"reviews.{tongue}.json").read_text("utf-8"))
    day = today or dt.datetime.now(dt.UTC).date()
    products = {product.handle: product.id for product in shop.products(list(shop.search("")))}
    reviews = [
        Review(
            one["text"], stars=float(one["stars"]), author=one["author"], language=tongue,
            written=(day - dt.timedelta(one["days"])).isoformat(), product=products.get(one["product"]),
            external=f"sample-{n}", key=f"sample-{n}",
        )
        for n, one in enumerate(raw["reviews"], 1)
    ]  # fmt: skip
    import_reviews.keep_sample(
        shop, reviews
    )  # read when somebody looks at them: until then the first text has the cores
    return len(reviews)
