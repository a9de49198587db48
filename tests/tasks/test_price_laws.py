"""A price before a reduction is held against what was asked: as sales show it, and as it was set in the shop."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import pytest

from desktop_app.records import Exported, Product, Variant
from desktop_app.shop import Shop, parts
from desktop_app.tasks import history, price_laws, reprice, rule_packs
from desktop_app.tasks.export_products import export_products

TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Return a shop whose cup cost 20 for months, 30 for the last five days, and whose bowl always cost 30."""
    with Shop.create(tmp_path / "s.zhanggui") as made:
        at(monkeypatch, 200)
        with made.act("Fill"):
            made.set_setting("currency", "EUR")
            made.set_setting("timezone", "UTC")
            made.add([Product(t, variants=(Variant(t, price=D(p)),)) for t, p in (("Cup", 20), ("Bowl", 30))])
        at(monkeypatch, 5)
        reprice.apply(made, reprice.plan(made, [_id(made, "Cup")], reprice.Rule("price", "set", D(30))))
        monkeypatch.undo()
        yield made


def at(monkeypatch: pytest.MonkeyPatch, days_ago: int) -> None:
    when = dt.datetime.now(dt.UTC) - dt.timedelta(days=days_ago)
    monkeypatch.setattr(parts, "now", lambda: when.isoformat(timespec="seconds"))


def _id(shop: Shop, title: str) -> int:
    return next(id for id in shop.search("") if shop.product(id).title == title)


def _both(shop: Shop) -> list[int]:
    return [_id(shop, "Cup"), _id(shop, "Bowl")]


def _sale(shop: Shop) -> None:
    """Sell both for 25, with 30 shown as the price before."""
    with shop.act("Sale"):
        for id in _both(shop):
            product = shop.product(id)
            shop.replace(replace(product, variants=(replace(product.variants[0], price=D(25), compare_at=D(30)),)))


def test_a_price_raised_for_the_sale_is_forbidden_by_what_was_set_here(shop: Shop) -> None:
    _sale(shop)
    found = price_laws.before(shop, _both(shop), TODAY)
    assert [found[id].honest for id in _both(shop)] == [False, True]
    assert found[_id(shop, "Cup")].allowed == D(20)
    assert price_laws.forbidden(shop, _both(shop), TODAY) == [_id(shop, "Cup")]


def test_a_change_that_was_taken_back_was_never_asked(shop: Shop) -> None:
    history.undo(shop)
    cup = shop.product(_id(shop, "Cup")).variants[0].id or 0
    assert [price for _when, price in shop.set_prices([cup])[cup]] == [D(20)]


def test_every_variant_is_held_to_the_law_not_the_first_alone(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    bowl = _id(shop, "Bowl")
    for days, price, before in ((190, D(20), None), (4, D(30), None), (0, D(25), D(30))):
        at(monkeypatch, days)
        product = shop.product(bowl)
        large = product.variants[1] if len(product.variants) > 1 else Variant("Bowl, large", position=1)
        with shop.act("A large one"):
            large = replace(large, price=price, compare_at=before)
            shop.replace(replace(product, variants=(product.variants[0], large)))
    found = price_laws.before(shop, [bowl], TODAY)
    assert found[bowl].honest is False
    assert found[bowl].allowed == D(20)


def test_many_prices_at_once_are_marked_before_they_are_changed(shop: Shop) -> None:
    with shop.act("Show prices before"):
        for id in _both(shop):
            product = shop.product(id)
            shop.replace(replace(product, variants=(replace(product.variants[0], compare_at=D(30)),)))
    plan = reprice.plan(shop, _both(shop), reprice.Rule("price", "percent", D(-10)))
    assert {change.title: change.warn for change in plan.changes} == {"Cup": "law", "Bowl": ""}


def test_an_export_says_which_prices_before_may_not_be_shown(shop: Shop, tmp_path: Path) -> None:
    _sale(shop)
    *_events, done = export_products(shop, threading.Event(), path=tmp_path / "out.csv")
    assert isinstance(done, Exported)
    (said,) = [note for note in done.lost if "price before" in note]
    assert "Cup" in said
    assert "Bowl" not in said


def test_a_law_that_is_switched_off_says_nothing(shop: Shop) -> None:
    _sale(shop)
    rule_packs.switch(shop, "price.eu", on=False)
    assert price_laws.before(shop, _both(shop), TODAY) == {}
