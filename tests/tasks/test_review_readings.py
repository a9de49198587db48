"""Tests of readings held against stars: irony and slips are shown as uncertain, never counted as praise."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from desktop_app.records import Product
from desktop_app.review_records import Remark, Understood
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews as task
from desktop_app.tasks.reading import read_all
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_index import CLASH, Filter, ReviewIndex
from desktop_app.tasks.review_readings import weighed
from desktop_app.tasks.understanding import Reader

STOP = threading.Event()
QUALITY = (("quality", "positive"),)


def read(*kinds: str, overall: str = "positive") -> Understood:
    remarks = tuple(
        Remark(10 * n, 10 * n + 9, kind, (("quality", kind),))  # type: ignore[arg-type]
        for n, kind in enumerate(kinds)
    )
    return Understood(overall, 0.9 if overall == "positive" else 0.1, remarks)  # type: ignore[arg-type]


def test_nothing_but_praise_under_one_star_is_neither_praise_nor_blame() -> None:
    found = weighed(read("positive", "positive"), 1)
    assert found.clash
    assert found.polarity == "mixed"
    assert [r.polarity for r in found.remarks] == ["neutral"] * 2
    assert {kind for r in found.remarks for _key, kind in r.aspects} == {"neutral"}


def test_praise_beside_blame_under_one_star_stands() -> None:
    fast = read("positive", "negative", overall="negative")
    assert weighed(fast, 1) == fast
    mostly = weighed(read("positive", "positive", "negative"), 2)
    assert mostly.clash
    assert [r.polarity for r in mostly.remarks] == ["positive", "positive", "negative"]


def test_where_the_words_leave_it_open_the_stars_decide() -> None:
    open_ = replace(read("positive", "negative"), positive=0.6)
    assert weighed(open_, 1).polarity == "negative"
    assert not weighed(open_, 1).clash
    assert weighed(replace(open_, polarity="negative", positive=0.4), 5).polarity == "positive"


def test_blame_under_five_stars_stands_and_the_whole_is_mixed() -> None:
    found = weighed(read("negative", overall="negative"), 5)
    assert found.clash
    assert found.polarity == "mixed"
    assert found.remarks[0].polarity == "negative"


def test_where_stars_agree_or_say_nothing_the_words_are_believed() -> None:
    for stars in (None, 3, 4, 5):
        assert weighed(read("positive"), stars) == read("positive")


def test_ironic_praise_is_in_no_count_of_praise(shop: Shop, tmp_path: Path) -> None:
    with shop.act("Add"):
        (mug,) = shop.add([Product("Blue mug", "mug")])
    path = tmp_path / "r.csv"
    path.write_text(
        "product_handle,rating,body\nmug,1,Great quality and sturdy indeed\nmug,1,质量太好了，真不错\n"
        "mug,5,Great quality and sturdy\n", "utf-8",
    )  # fmt: skip
    for _event in task.import_reviews(shop, STOP, reading=task.look(shop, path)):
        pass
    reader = Reader(None)
    for _progress in read_all(shop, reader, STOP):
        pass
    index = ReviewIndex(shop, reader.version)
    assert index.where(Filter(product=mug, polarity="positive")).sum() == 1
    assert index.where(Filter(product=mug, polarity="mixed")).sum() == 2
    assert index.ids[index.where(Filter(mark=CLASH))].tolist() == index.ids[:2].tolist()
    look = ReviewDesk(reader.version).look(shop, Filter(product=mug))
    assert look.clash == 2
    (quality,) = [t for t in index.counts(index.where(Filter()), minimum=1) if t.theme == "quality"]
    assert (quality.positive, quality.negative, quality.neutral) == (1, 0, 2)
    shown = ReviewDesk(reader.version).shown(shop, index.ids.tolist())
    assert [told.clash for _review, told in shown if told] == [True, True, False]
