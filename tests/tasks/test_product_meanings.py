from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.engine import LlamaEngine
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import product_meanings, recommend

TITLES = (
    "Brass hooks, set of 4", "Washi tape, set of 5", "Cotton bath towel", "Linen tea towel", "Glass teapot",
    "Walnut spoon", "Walnut biscuits", "Wool socks", "Wool throw", "木砧板", "竹砧板",
)  # fmt: skip


@pytest.fixture
def wares(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui", currency="EUR") as shop:
        with shop.act("Products"):
            shop.add([
                Product(title, variants=(Variant(f"S{n}", price=Decimal(9), stock=3),)) for n, title in enumerate(TITLES)
            ])  # fmt: skip
        yield shop


def instead(shop: Shop, title: str) -> list[str]:
    (product,) = (row.id for row in shop.rows(list(shop.search(""))) if row.title == title)
    return [offer.title for offer in recommend.instead(shop, product)]


def test_substitutes_are_of_the_same_kind_whether_meanings_are_known_or_not(wares: Shop, engine: LlamaEngine) -> None:
    for known in (False, True):
        if known:
            assert product_meanings.learn(wares, engine) > len(TITLES)
            assert product_meanings.of_titles(wares, TITLES) is not None
        assert instead(wares, "Brass hooks, set of 4") == []  # not the tape that is a set, too
        assert instead(wares, "Walnut spoon") == []  # not the biscuits
        assert instead(wares, "Wool socks") == []
        assert instead(wares, "Linen tea towel") == ["Cotton bath towel"]
        assert instead(wares, "木砧板") == ["竹砧板"]


def test_meanings_are_kept_in_the_shop_and_computed_once_for_each_wording(wares: Shop, engine: LlamaEngine) -> None:
    assert product_meanings.learn(wares, engine) > 0
    assert product_meanings.learn(wares, engine) == 0
    with wares.act("One more"):
        wares.add([Product("Felt mat", variants=(Variant("F", price=Decimal(9), stock=3),))])
    assert product_meanings.of_titles(wares, [*TITLES, "Felt mat"]) is None  # names are compared meanwhile
    assert product_meanings.learn(wares, engine) in {1, 2}
    assert product_meanings.of_titles(wares, [*TITLES, "Felt mat"]) is not None


def test_learning_stops_between_texts_and_needs_weights(wares: Shop, engine: LlamaEngine) -> None:
    stop = threading.Event()
    stop.set()
    assert product_meanings.learn(wares, engine, stop) == 0
    assert product_meanings.learn(wares, None) == 0
    assert product_meanings.of_titles(wares, TITLES) is None
