"""Marks of reviews follow today's rules when somebody asks; what the merchant decided stands."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.records import Product
from desktop_app.shop import Shop
from desktop_app.tasks import history, import_reviews
from desktop_app.tasks.marking_reviews import MarkedAgain, decide, mark_again

STOP = threading.Event()
FILE = (
    "product_handle,rating,body,review_id\n"
    'blue-mug,5,"Visit https://mugs.example for a better one",r1\n'
    'blue-mug,4,"My photo: https://i.imgur.com/x.jpg shows the crack",r2\n'
    'blue-mug,5,"Check out https://shop.example/products/blue-mug, it says 300 ml",r3\n'
    'blue-mug,1,"Broke soon",r4\n'
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui") as shop:
        with shop.act("Fill"):
            shop.add([Product("Blue mug", "blue-mug")])
        bring(shop, tmp_path)
        yield shop


def bring(shop: Shop, folder: Path) -> import_reviews.ReviewsImported:
    (folder / "reviews.csv").write_text(FILE, "utf-8")
    reading = import_reviews.look(shop, folder / "reviews.csv")
    end = list(import_reviews.import_reviews(shop, STOP, reading=reading))[-1]
    assert isinstance(end, import_reviews.ReviewsImported)
    return end


def marks(shop: Shop) -> list[tuple[str, ...]]:
    return [review.marks for review in shop.reviews(shop.review_ids())]


def again(shop: Shop) -> MarkedAgain:
    end = list(mark_again(shop, STOP))[-1]
    assert isinstance(end, MarkedAgain)
    return end


def test_links_to_photos_and_the_very_product_come_in_unmarked(shop: Shop) -> None:
    assert marks(shop) == [("spam",), (), (), ()]


def test_marks_of_old_rules_are_found_again_and_taken_back(shop: Shop) -> None:
    with shop.act("As older rules had it"):
        shop.set_review_marks((id, ("spam",)) for id in shop.review_ids()[:3])
    end = again(shop)
    assert (end.looked, end.changed, end.decided) == (4, 2, 0)
    assert marks(shop) == [("spam",), (), (), ()]
    assert again(shop).action is None  # nothing to change, nothing to undo
    history.undo(shop)
    assert marks(shop)[:3] == [("spam",)] * 3


def test_what_the_merchant_decided_stands_whatever_comes(shop: Shop, tmp_path: Path) -> None:
    first, _second, _third, last = shop.review_ids()
    decide(shop, [first], spam=False)
    decide(shop, [last], spam=True)
    stood = [("settled",), (), (), ("spam", "settled")]
    assert marks(shop) == stood
    assert (again(shop).decided, bring(shop, tmp_path).changed, marks(shop)) == (2, 0, stood)
    history.undo(shop)
    assert marks(shop)[3] == ()
