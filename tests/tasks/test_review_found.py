"""Themes that no taxonomy knows are found by what remarks mean and called by their own words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Product
from desktop_app.settings import Settings
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews, review_themes
from desktop_app.tasks.reading import ReadingEngines, open_reader, read_all
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_found import ThemesFound, find_themes
from desktop_app.tasks.review_index import Filter
from desktop_app.tasks.understanding import Reader

STOP = threading.Event()
SAID = [
    "The bees moved in after a week", "No bees came this spring", "Bees come and go since May",
    "Wild bees nest in two tubes", "The bees stay away from it",
    "My cat ignores it completely", "Our cat sleeps in it every night", "The cat loved it at once",
    "Both cats fight over it", "My cat was afraid of it",
    "Great quality", "The size is too small", "Fast delivery", "It is what it is", "We will see",
    "猫咪不肯进去", "猫咪每天睡里面", "我家猫咪很喜欢", "两只猫咪抢着进", "猫咪害怕它",
    "质量很好", "尺码偏小", "送给妈妈的", "以后再说",
]  # fmt: skip


@pytest.fixture
def house(shop: Shop, tmp_path: Path) -> int:
    with shop.act("Add"):
        (number,) = shop.add([Product("Felt house", "house")])
    lines = ["product_handle,rating,body,author,review_id"]
    lines += [f'house,{5 if n % 3 else 2},"{text}",A{n},r{n}' for n, text in enumerate(SAID)]
    path = tmp_path / "r.csv"
    path.write_text("\n".join(lines), "utf-8")
    list(import_reviews.import_reviews(shop, STOP, reading=import_reviews.look(shop, path)))
    return number


@pytest.fixture(scope="module")
def meaning() -> tuple[Reader, ReadingEngines]:
    reader, engine = open_reader(Settings())
    assert engine is not None
    yield reader, engine  # type: ignore[misc]
    engine.close()


def look(shop: Shop, reader: Reader) -> ThemesFound:
    list(read_all(shop, reader, STOP))
    *_progress, found = find_themes(shop, reader, ReviewDesk(reader.version), STOP)
    assert isinstance(found, ThemesFound)
    return found


def counts(shop: Shop, version: str) -> dict[str, int]:
    index = ReviewDesk(version).index(shop)
    return {t.name: t.count for t in index.counts(index.where(Filter()))}


def test_what_fits_none_is_found_called_counted_and_remembered(
    shop: Shop, house: int, meaning: tuple[Reader, ReadingEngines]
) -> None:
    reader, _engine = meaning
    found = look(shop, reader)
    names = {theme.name: theme.key for theme, _count in found.themes}
    assert {"Bees", "Cat", "猫咪"} <= set(names)
    counted = counts(shop, reader.version)
    assert (counted["Bees"], counted["Cat"], counted["猫咪"]) == (5, 5, 5)
    assert counted["Quality"] == 2  # what fits the taxonomy stays there
    assert look(shop, reader).themes == ()  # looking again finds only what is new

    review_themes.rename(shop, names["Cat"], "What cats think")
    review_themes.merge(shop, names["猫咪"], names["Bees"])
    counted = counts(shop, reader.version)
    assert (counted["What cats think"], counted["Bees"]) == (5, 10)
    review_themes.hide(shop, names["Cat"])
    assert "What cats think" not in counts(shop, reader.version)
    shop.undo()
    shop.undo()
    shop.undo()
    shop.undo()
    assert not set(names) & set(counts(shop, reader.version))


def test_two_remarks_are_no_theme(shop: Shop, house: int, meaning: tuple[Reader, ReadingEngines]) -> None:
    found = look(shop, meaning[0])
    assert all(count >= 3 for _theme, count in found.themes)
    assert not any("妈妈" in theme.name for theme, _count in found.themes)


def test_without_weights_for_meaning_it_says_so(shop: Shop, house: int) -> None:
    with pytest.raises(UserError, match="no weights for meaning"):
        look(shop, Reader(None))
    assert shop.themes() == []
