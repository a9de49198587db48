"""Reviews in the shop file: kept word for word, taken back and brought again, read once for all copies of a text."""

from __future__ import annotations

from pathlib import Path

from desktop_app.records import Product
from desktop_app.review_records import Named, Review, Theme
from desktop_app.shop import Shop
from desktop_app.shop.reviews import digest_of

ONE = Review(
    "Runs small. 好评!", "Nice", 4.5, Named("mug", "M-1", "77", "Mug"), "red / M", "Chi", "2025-03-02", "en", "DE",
    "Thanks!", "r-9", ("language",), None, (3, 4), None, "id:r-9",
)  # fmt: skip


def test_a_review_comes_back_as_it_was_written(shop: Shop) -> None:
    with shop.act("Add"):
        (id,) = shop.add_reviews([(ONE, 5)])
    (again,) = shop.reviews([id])
    assert again == Review(**{**{f: getattr(ONE, f) for f in ONE.__dataclass_fields__}, "id": id})
    assert shop.known_reviews(["id:r-9", "x"]) == {"id:r-9": id}


def test_an_import_of_reviews_is_taken_back_and_brought_again(shop: Shop) -> None:
    with shop.act("Add"):
        (product,) = shop.add([Product("Mug")])
    with shop.act("Import"):
        shop.add_reviews([(Review(f"text {n}", product=product), n) for n in range(7000)])
    with shop.act("Remove"):
        shop.remove_reviews(shop.review_ids()[:10])
    assert shop.reviewed_products() == [(product, 6990)]
    shop.undo()
    assert shop.reviewed_products() == [(product, 7000)]
    shop.undo()
    assert not shop.has_reviews()
    shop.redo(2)
    assert len(shop.review_ids()) == 6990


def test_a_text_is_read_once_however_often_it_comes(shop: Shop) -> None:
    with shop.act("Add"):
        shop.add_reviews([(Review("good", stars=5), 0), (Review("good"), 0), (Review("so so", "hm", 3), 0)])
    todo = shop.unread("v1", 10)
    assert todo == [(digest_of(Review("good")), "good", False), (digest_of(Review("so so", "hm")), "hm\nso so", True)]
    shop.keep_readings("v1", [(todo[0][0], "{}")])
    assert shop.count_unread("v1") == (1, 2)
    assert [row[-1] for row in shop.review_table("v1")] == ["{}", "{}", None]
    shop.undo()
    shop.redo()
    assert shop.count_unread("v1") == (1, 2)
    assert shop.count_unread("v2") == (2, 2)


def test_what_the_merchant_calls_a_theme_is_remembered_and_undone(shop: Shop) -> None:
    for theme in (Theme("size", "How it fits"), Theme("size", "Fit", words=("narrow",)), Theme("smell", into="size")):
        with shop.act("Theme"):
            shop.set_theme(theme)
    assert [(t.key, t.name, t.into, t.words) for t in sorted(shop.themes(), key=lambda t: t.key)] == [
        ("size", "Fit", "", ("narrow",)), ("smell", "", "size", ()),
    ]  # fmt: skip
    shop.undo(2)
    assert [(t.key, t.name) for t in shop.themes()] == [("size", "How it fits")]


def test_a_change_is_seen_by_who_counts(tmp_path: Path) -> None:
    made = Shop.create(tmp_path / "s.zhanggui")
    state = made.review_state()
    with made.act("Add"):
        made.add_reviews([(ONE, 1)])
    assert made.review_state() != state
    made.close()
