from __future__ import annotations

import difflib
import threading
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Draft, Exported, Saved, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import describe, drafts, products
from desktop_app.tasks import export_products as exporting
from desktop_app.tasks import import_products as importing


def export(shop: Shop, path: Path, format: str) -> Exported:
    end = list(exporting.export_products(shop, threading.Event(), path=path, format=format))[-1]
    assert isinstance(end, Exported)
    return end


def describe_one(shop: Shop, product: int) -> Draft:
    wishes = Wishes(language="en", writer="plain")
    events = list(describe.describe(shop, None, threading.Event(), products=[product], wishes=wishes))
    return next(e.draft for e in events if isinstance(e, Saved))


@pytest.fixture
def imported(shop: Shop, shared: Path) -> Shop:
    file = shared / "data" / "catalog" / "shopify_product_data_packt.csv"
    list(importing.import_products(shop, threading.Event(), reading=importing.look(shop, file)))
    return shop


def test_the_original_comes_back_with_only_the_approved_record_changed(
    imported: Shop, shared: Path, tmp_path: Path
) -> None:
    original = (shared / "data" / "catalog" / "shopify_product_data_packt.csv").read_bytes()
    chosen = imported.search(sort="title")[2]
    draft = describe_one(imported, chosen)
    assert draft.id is not None
    drafts.approve(imported, [draft.id])
    end = export(imported, tmp_path / "back.csv", "original")
    written = (tmp_path / "back.csv").read_bytes()
    assert end.texts == 1
    matcher = difflib.SequenceMatcher(None, original.split(b"\n"), written.split(b"\n"), autojunk=False)
    changes = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    assert len(changes) == 1
    first = draft.text.split(".")[0].encode()
    assert first in written
    handle = imported.product(chosen).handle.encode()
    start = original.split(b"\n")[changes[0][1]]
    assert start.startswith(handle)


def test_nothing_approved_gives_the_very_same_bytes(imported: Shop, shared: Path, tmp_path: Path) -> None:
    export(imported, tmp_path / "back.csv", "original")
    original = (shared / "data" / "catalog" / "shopify_product_data_packt.csv").read_bytes()
    assert (tmp_path / "back.csv").read_bytes() == original


def test_a_draft_that_was_not_approved_is_not_exported(imported: Shop, tmp_path: Path) -> None:
    draft = describe_one(imported, imported.search(sort="title")[0])
    assert export(imported, tmp_path / "out.csv", "shopify").texts == 0
    assert draft.text.split(".")[0] not in (tmp_path / "out.csv").read_text("utf-8")


def test_a_shopify_export_comes_in_again_as_the_same_catalogue(imported: Shop, tmp_path: Path) -> None:
    export(imported, tmp_path / "out.csv", "shopify")
    other = Shop.create(tmp_path / "other.zhanggui")
    try:
        list(importing.import_products(other, threading.Event(), reading=importing.look(other, tmp_path / "out.csv")))
        mine = {p.handle: p for p in imported.products(imported.search(status="all"))}
        theirs = {p.handle: p for p in other.products(other.search(status="all"))}
        assert set(mine) == set(theirs)
        for handle, product in mine.items():
            assert theirs[handle].title == product.title
            assert [v.sku for v in theirs[handle].variants] == [v.sku for v in product.variants]
            assert [v.price for v in theirs[handle].variants] == [v.price for v in product.variants]
    finally:
        other.close()


def test_exporting_is_no_action(imported: Shop, tmp_path: Path) -> None:
    before = imported.actions()
    export(imported, tmp_path / "out.csv", "shopify")
    assert imported.actions() == before


def test_there_is_no_original_for_products_made_by_hand(sample: Shop, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no original"):
        export(sample, tmp_path / "back.csv", "original")
    assert not (tmp_path / "back.csv").exists()


def test_an_unknown_format_is_refused_before_anything_is_written(sample: Shop, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="lotus"):
        export(sample, tmp_path / "x.csv", "lotus")
    assert not (tmp_path / "x.csv").exists()


def test_a_draft_is_found_by_the_sku_of_its_product(sample: Shop) -> None:
    sku = sample.product(sample.search()[0]).sku
    assert products.find_one(sample, sku) == sample.search()[0]
