"""What comes of a file's products where the shop has them already."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import formats
from desktop_app.records import Exported, Imported, Preview, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import describe as describing
from desktop_app.tasks import drafts, export_products, products
from desktop_app.tasks import import_products as importing

STOP = threading.Event()
SHIRTS = (
    "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item,Variant Inventory Qty,Status\n"
    "shirt,Shirt,<p>Soft.</p>,Size,S,SH-S,20,8,4,draft\nshirt,,,,M,SH-M,20,8,5,\nshirt,,,,L,SH-L,22,8,6,\ncap,Cap,,Title,Default Title,CAP,9,3,7,active\n"
)


def bring_in(shop: Shop, file: Path) -> Imported:
    end = list(importing.import_products(shop, STOP, reading=importing.look(shop, file)))[-1]
    assert isinstance(end, Imported)
    return end


def look_ahead(shop: Shop, file: Path) -> Preview:
    end = list(importing.preview(shop, STOP, reading=importing.look(shop, file)))[-1]
    assert isinstance(end, Preview)
    return end


def write(folder: Path, text: str, name: str = "products.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def export(shop: Shop, path: Path, format: str) -> Exported:
    end = list(export_products.export_products(shop, STOP, path=path, format=format))[-1]
    assert isinstance(end, Exported)
    return end


def counted(end: Imported) -> tuple[int, int, int]:
    return end.added, end.changed, end.skipped


def test_codes_that_come_twice_in_a_file_come_in_once_however_often_it_is_imported(shop: Shop, tmp_path: Path) -> None:
    text = "SKU,Name,Colour,Price\nA1,Cup,red,10\nA1,Cup,blue,12\nB1,Bowl,white,8\nB1,Plate,white,9\nA1,Cup,red,10\n"
    assert counted(bring_in(shop, write(tmp_path, text))) == (3, 0, 0)
    assert counted(bring_in(shop, write(tmp_path, text))) == (0, 0, 3)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        *(("woocommerce_sample_products.csv", key) for key in sorted(formats.layouts())),
        ("shopify_product_data_packt.csv", "table"), ("magento2_gear_bags.csv", "table"),
        ("etsy_listings_italian_headers.csv", "table"), ("etsy_listings_italian_headers.csv", "etsy"),
    ],
)  # fmt: skip
def test_what_went_out_untouched_changes_nothing_when_it_comes_in_again(
    shop: Shop, shared: Path, tmp_path: Path, name: str, format: str
) -> None:
    bring_in(shop, shared / "data" / "catalog" / name)
    out = tmp_path / f"out{formats.layout(format).ending}"
    export(shop, out, format)
    ahead = look_ahead(shop, out)
    assert (ahead.added, ahead.changed) == (0, 0)
    assert bring_in(shop, out).changed == 0


def test_a_table_of_stock_changes_the_stock_of_each_variant_and_nothing_else(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path, SHIRTS))
    before = shop.product(products.find_one(shop, "SH-S"))
    end = bring_in(shop, write(tmp_path, "SKU,Stock\nSH-S,1\nCAP,2\nSH-L,3\n", "stock.csv"))
    assert counted(end) == (0, 3, 0)
    shirt = shop.product(before.id or 0)
    assert [(v.sku, v.options[0][1], v.price, v.cost, v.stock) for v in shirt.variants] == [
        ("SH-S", "S", Decimal(20), Decimal(8), 1),
        ("SH-M", "M", Decimal(20), Decimal(8), 5),
        ("SH-L", "L", Decimal(22), Decimal(8), 3),
    ]
    assert (shirt.title, shirt.status, shirt.description) == ("Shirt", "draft", "<p>Soft.</p>")
    cap = shop.product(products.find_one(shop, "CAP"))
    assert (cap.title, cap.variants[0].price, cap.variants[0].stock) == ("Cap", Decimal(9), 2)


def test_a_file_that_knows_no_variants_takes_none_away(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path, SHIRTS))
    export(shop, tmp_path / "out.csv", "prestashop")
    assert counted(bring_in(shop, tmp_path / "out.csv")) == (0, 0, 2)
    assert len(shop.product(products.find_one(shop, "SH-M")).variants) == 3


def test_a_fact_from_another_file_stays_where_this_one_says_nothing_of_it(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path, "SKU,Name,Material,Care\nK-1,Towel,linen,hand wash\n"))
    bring_in(shop, write(tmp_path, "SKU,Name,Material,Origin\nK-1,Towel,cotton,Italy\n", "more.csv"))
    towel = shop.product(products.find_one(shop, "K-1"))
    assert [(f.name, f.value) for f in towel.facts] == [
        ("Material", "cotton"), ("Care", "hand wash"), ("Origin", "Italy"),
    ]  # fmt: skip


def test_a_fact_taken_out_of_ones_own_table_is_gone(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path, "SKU,Name,Material,Care\nK-1,Towel,linen,hand wash\n"))
    export(shop, tmp_path / "out.csv", "table")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    bring_in(shop, write(tmp_path, text.replace("Material: linen\n", ""), "mine.csv"))
    assert [f.name for f in shop.product(products.find_one(shop, "K-1")).facts] == ["Care"]


def test_an_export_for_a_shop_that_wants_each_code_once_says_which_it_made_up(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path, "SKU,Name,Price\nB1,Bowl,8\nB1,Plate,9\n"))
    assert any("B1 → B1-2" in said for said in export(shop, tmp_path / "m.csv", "magento").lost)
    assert any(
        "1 code (SKU) stands on several" in said for said in export(shop, tmp_path / "w.csv", "woocommerce").lost
    )


def test_a_product_without_a_code_is_met_by_the_code_its_export_made_of_its_handle(shop: Shop, tmp_path: Path) -> None:
    text = SHIRTS.replace("CAP", "")
    bring_in(shop, write(tmp_path, text))
    export(shop, tmp_path / "a.txt", "amazon")
    end = bring_in(shop, tmp_path / "a.txt")
    assert end.added == 0
    assert shop.counts().products == 2


@pytest.mark.parametrize("format", ["table", "shopify", "woocommerce", "prestashop"])
def test_an_approved_text_that_went_out_is_no_news_when_it_comes_in_again(
    shop: Shop, tmp_path: Path, format: str
) -> None:
    bring_in(shop, write(tmp_path, "SKU,Name,Material,Price\nK-1,Towel,linen,9\nK-2,Tray,oak,19\n"))
    id = products.find_one(shop, "K-1")
    list(describing.describe(shop, None, STOP, products=[id], wishes=Wishes(writer="plain")))
    drafts.approve(shop, [draft.id or 0 for draft in shop.drafts(status="new")])
    out = tmp_path / f"out{formats.layout(format).ending}"
    assert export(shop, out, format).texts == 1
    ahead = look_ahead(shop, out)
    assert (ahead.added, ahead.changed, ahead.same) == (0, 0, 2)
    text = out.read_text("utf-8-sig").replace("</p>", " Truly.</p>")
    (change,) = [c for c in look_ahead(shop, write(tmp_path, text, f"mine{out.suffix}")).changes if c.sku == "K-1"]
    assert "description" in [name for name, _before, _after in change.fields]
    assert "handle" not in [name for name, _before, _after in change.fields]
