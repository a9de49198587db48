from __future__ import annotations

import csv
import difflib
import json
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Draft, Exported, Field, Image, Product, Saved, Variant, Wishes
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
    chosen = imported.search(sort="title")[1]
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
    draft = describe_one(imported, imported.search(sort="title")[1])
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


def approved(shop: Shop, product: int, field: Field, text: str, **more: str) -> None:
    with shop.act("Write"):
        kept = shop.add_draft(Draft(product=product, field=field, language="en", text=text, **more))  # type: ignore[arg-type]
    drafts.approve(shop, [kept.id or 0])


def cells(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["Title"])


def test_every_kind_of_text_goes_into_the_column_shopify_has_for_it(shop: Shop, tmp_path: Path) -> None:
    with shop.act("Stock"):
        (one,) = shop.add([Product("Oak tray", images=(Image("https://x.example/1.jpg", "", 1),))])
    approved(shop, one, "seo", "Oak tray, 40 cm\nAn oak tray of 40 × 28 cm.")
    approved(shop, one, "alt", "An oak tray on a table")
    approved(shop, one, "keywords", "oak tray, wooden tray")
    approved(shop, one, "points", "Solid oak")
    end = export(shop, tmp_path / "out.csv", "shopify")
    row = cells(tmp_path / "out.csv")
    assert (row["SEO title"], row["SEO description"]) == ("Oak tray, 40 cm", "An oak tray of 40 × 28 cm.")
    assert row["Image alt text"] == "An oak tray on a table"
    assert end.texts == 2
    assert any("search words, selling points" in said for said in end.lost)


def test_ones_own_file_takes_the_texts_it_has_columns_for_and_the_rest_is_said(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "sku,name,description,meta_keywords,base_image_label\nA1,Oak tray,Old,old words,old label\n", "utf-8"
    )
    list(importing.import_products(shop, threading.Event(), reading=importing.look(shop, file)))
    (one,) = shop.search()
    approved(shop, one, "description", "A new text.")
    approved(shop, one, "keywords", "oak tray, tray")
    approved(shop, one, "points", "Solid oak")
    end = export(shop, tmp_path / "back.csv", "original")
    assert (
        (tmp_path / "back.csv")
        .read_text("utf-8")
        .splitlines()[1]
        .startswith('A1,Oak tray,A new text.,"oak tray, tray",')
    )
    assert any("selling points" in said for said in end.lost)


def test_a_text_by_weights_carries_a_label_for_readers_and_one_for_programs(shop: Shop, tmp_path: Path) -> None:
    with shop.act("Stock"):
        (one,) = shop.add([Product("Oak tray")])
    approved(shop, one, "description", "An oak tray.", source="weights", weights="SmolLM2", channel="taobao")
    export(shop, tmp_path / "out.csv", "shopify")
    description = cells(tmp_path / "out.csv")["Description"]
    assert "with the help of AI" in description
    assert json.loads(description.split("<!-- ")[1].split(" -->")[0])["AIGC"]["ContentProducer"] == "SmolLM2"


def test_a_text_built_from_facts_carries_no_label(shop: Shop, tmp_path: Path) -> None:
    with shop.act("Stock"):
        (one,) = shop.add([Product("Oak tray")])
    approved(shop, one, "description", "An oak tray.", source="plain", channel="taobao")
    export(shop, tmp_path / "out.csv", "shopify")
    assert cells(tmp_path / "out.csv")["Description"] == "<p>An oak tray.</p>"


def test_a_woocommerce_file_carries_approved_texts_and_says_what_it_leaves_out(imported: Shop, tmp_path: Path) -> None:
    draft = describe_one(imported, imported.search(sort="title")[1])
    drafts.approve(imported, [draft.id or 0])
    end = export(imported, tmp_path / "woo.csv", "woocommerce")
    assert (end.texts, end.products) == (1, imported.counts().products)
    assert draft.text.split(".")[0] in (tmp_path / "woo.csv").read_text("utf-8")
    assert any("WooCommerce" in sentence for sentence in end.lost)


@pytest.mark.parametrize(
    ("currency", "language", "site", "priced"),
    [
        ("USD", "en", "SiteID=US|Country=US|Currency=USD", True), ("GBP", "en", "SiteID=UK|Country=GB|Currency=GBP", True),
        ("EUR", "fr", "SiteID=France|Country=FR|Currency=EUR", True), ("EUR", "zh", "SiteID=Germany|Country=DE|Currency=EUR", True),
        ("CNY", "zh", "SiteID=US|Country=US|Currency=USD", False),
    ],
)  # fmt: skip
def test_a_file_for_ebay_is_for_the_site_of_the_shop_and_never_in_other_money(
    tmp_path: Path, currency: str, language: str, site: str, priced: bool
) -> None:
    with Shop.create(tmp_path / "s.zhanggui", currency=currency, language=language) as shop:
        with shop.act("Add"):
            shop.add([Product("Mug", variants=(Variant("M", price=Decimal("9.50")),))])
        end = export(shop, tmp_path / "out.csv", "ebay")
    head, *rows = csv.reader((tmp_path / "out.csv").read_text("utf-8").splitlines())
    assert head[0] == f"Action({site}|Version=1193|CC=UTF-8)"
    assert rows[0][head.index("Start price")] == ("9.50" if priced else "")
    assert ("no prices" in end.lost[0]) is not priced
