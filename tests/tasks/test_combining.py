"""Variants that come in a file of their own meet the products that are in the shop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app import formats
from desktop_app.records import Exported, Imported, Preview, Product
from desktop_app.shop import Shop
from desktop_app.tasks import export_products, history, preview_export, products
from desktop_app.tasks import import_products as importing

STOP = threading.Event()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui") as shop:
        yield shop


def bring(shop: Shop, path: Path) -> Imported:
    end = list(importing.import_products(shop, STOP, reading=importing.look(shop, path)))[-1]
    assert isinstance(end, Imported)
    return end


def all_products(shop: Shop) -> list[Product]:
    return list(shop.products(shop.search(status="all")))


def told(shop: Shop) -> list[Any]:
    return sorted((p.title, p.source_row, *(replace(v, id=None) for v in p.variants)) for p in all_products(shop))


def files(shared: Path) -> tuple[Path, Path]:
    folder = shared / "data" / "catalog"
    return (
        folder / "prestashop_thirtybees_products_import.csv",
        folder / "prestashop_thirtybees_combinations_import.csv",
    )


def test_the_real_variants_come_to_their_products_once_and_can_be_taken_back(shop: Shop, shared: Path) -> None:
    own, variants = files(shared)
    bring(shop, own)
    before = told(shop)
    end = bring(shop, variants)
    assert (end.added, end.variants, end.problems) == (0, 27, ())
    many = [p for p in all_products(shop) if any(v.options for v in p.variants)]
    assert sum(len(p.variants) for p in many) == 27
    nano = next(p for p in many if p.title == "iPod Nano")
    assert {v.price for v in nano.variants} == {Decimal(100), Decimal(140)}
    assert {v.cost for v in nano.variants} == {Decimal(80), Decimal(100)}
    assert ("Color", "Blue", "option:Color") in {(f.name, f.value, f.source) for f in nano.facts}
    assert shop.disagreeing() == []
    again = bring(shop, variants)
    assert (again.added, again.changed, again.action) == (0, 0, None)
    history.undo(shop)
    assert told(shop) == before


def test_variants_of_products_that_are_not_there_are_named_and_wait(shop: Shop, shared: Path) -> None:
    own, variants = files(shared)
    end = bring(shop, variants)
    assert (end.added, end.changed, end.action, shop.counts().products) == (0, 0, None, 0)
    assert all("import the products file first" in problem.why for problem in end.problems)
    assert len(end.problems) == len({problem.row for problem in end.problems}) == end.unplaced == 27
    ahead = list(importing.preview(shop, STOP, reading=importing.look(shop, variants)))[-1]
    assert isinstance(ahead, Preview)
    assert (ahead.unplaced, {c.kind for c in ahead.changes}, len(ahead.changes)) == (27, {"unplaced"}, 27)
    assert "RP-Nano-Blue-16GB" in {change.title for change in ahead.changes}
    bring(shop, own)
    assert bring(shop, variants).problems == ()


def test_a_products_file_that_comes_again_keeps_the_variants_and_moves_their_prices(
    shop: Shop, shared: Path, tmp_path: Path
) -> None:
    own, variants = files(shared)
    bring(shop, own)
    bring(shop, variants)
    before = told(shop)
    assert (end := bring(shop, own)).added == 0
    assert (end.changed, told(shop)) == (0, before)
    dearer = tmp_path / "products.csv"
    dearer.write_text(own.read_text("utf-8").replace(",iPod Nano,iPods,100,", ",iPod Nano,iPods,110,"), "utf-8")
    assert bring(shop, dearer).added == 0
    nano = next(p for p in all_products(shop) if p.title == "iPod Nano")
    assert {v.price for v in nano.variants} == {Decimal(110), Decimal(150)}


def test_prices_the_merchant_set_here_stay(shop: Shop, shared: Path) -> None:
    own, variants = files(shared)
    bring(shop, own)
    bring(shop, variants)
    nano = next(p for p in all_products(shop) if p.title == "iPod Nano")
    mine = tuple(replace(v, price=Decimal("99.90")) for v in nano.variants)
    products.save(shop, replace(nano, variants=mine))
    bring(shop, variants)
    assert {v.price for v in shop.product(nano.id or 0).variants} == {Decimal("99.90")}


def test_an_export_is_two_files_that_come_in_again_unchanged(shop: Shop, shared: Path, tmp_path: Path) -> None:
    own, variants = files(shared)
    bring(shop, own)
    bring(shop, variants)
    out = tmp_path / "out.csv"
    end = list(export_products.export_products(shop, STOP, path=out, format="prestashop"))[-1]
    assert isinstance(end, Exported)
    assert "second file" in end.lost[0]
    beside = formats.second_path("prestashop", out)
    assert beside is not None
    with Shop.create(tmp_path / "other.zhanggui") as other:
        assert bring(other, out).added == 7
        assert bring(other, beside).problems == ()
        here, there = ({p.title: p for p in all_products(each)} for each in (shop, other))
        assert {n: [(v.sku, v.options, v.price, v.stock) for v in p.variants] for n, p in here.items()} == {
            n: [(v.sku, v.options, v.price, v.stock) for v in p.variants] for n, p in there.items()
        }
    assert bring(shop, out).changed == 0
    assert bring(shop, beside).changed == 0
    preview = list(preview_export.preview_export(shop, STOP, format="prestashop"))[-1]
    assert isinstance(preview, Preview)
    assert preview.added == 0
