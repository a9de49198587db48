"""Which column is what is guessed in many languages, by what stands in it, and can be overruled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app import formats
from desktop_app.errors import UserError


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Artikelnummer;Bezeichnung;Beschreibung;Preis;Bestand;Farbe;Gewicht (kg)", "A1;Tasse;schön;5,90;3;blau;0,35"),
        ("Codice;Nome prodotto;Descrizione;Prezzo;Giacenza;Colore;Peso (g)", "A1;Tazza;bella;5,90;3;blu;350"),
        ("Référence;Désignation;Description;Prix;Quantité;Couleur;Poids (g)", "A1;Tasse;belle;5,90;3;bleu;350"),
        ("Referencia;Nombre;Descripción;Precio;Cantidad;Color;Peso (g)", "A1;Taza;bonita;5,90;3;azul;350"),
        ("Código;Nome do produto;Descrição;Preço;Estoque;Cor;Peso (g)", "A1;Caneca;bonita;5,90;3;azul;350"),
        ("货号;商品名称;商品描述;售价;库存;颜色;重量（克）", "A1;杯子;好看;5.90;3;蓝色;350"),
        ("Item SKU;Item Name;Item Description;Unit Price;Qty;Colour;Weight (g)", "A1;Mug;nice;5.90;3;blue;350"),
    ],
)
def test_table_is_understood_in_the_merchants_language(
    written: Callable[..., Path], whole: Callable[..., Any], header: str, row: str
) -> None:
    read = whole(written(f"{header}\n{row}\n"))
    product = read.products[0]
    variant = product.variants[0]
    assert (product.sku, product.title, product.description) == ("A1", row.split(";")[1], row.split(";")[2])
    assert (str(variant.price), variant.stock, variant.weight_grams) == ("5.90", 3, 350)
    assert [(f.kind, f.value) for f in product.facts if f.kind == "colour"] == [("colour", row.split(";")[5])]
    assert read.problems == ()


def test_misspelt_header_is_still_found(written: Callable[..., Path]) -> None:
    found = formats.look(written("Artikel-Nummer,Beschreibng,Titel\nA1,schön,Tasse\n")).fields()
    assert found == {"Artikel-Nummer": "sku", "Beschreibng": "description", "Titel": "title"}


def test_what_stands_in_a_column_shows_what_it_is(written: Callable[..., Path]) -> None:
    path = written(
        "SKU,Foo,Bar,Baz,Quux\n"
        "A1,Blue mug,$5.90,4006381333931,https://x.example/1.jpg\n"
        "A2,Red mug,$6.90,4006381333948,https://x.example/2.png\n"
    )
    found = formats.look(path).fields()
    assert found == {"SKU": "sku", "Foo": "title", "Bar": "price", "Baz": "barcode", "Quux": "images"}


def test_columns_that_say_something_are_facts_and_bookkeeping_is_left_out(written: Callable[..., Path]) -> None:
    head = "sku,title,fabric,Neckline,created_at,is_new,shipping_class,checksum,product_url"
    row = "A1,Shirt,linen,round,2024-01-02,1,parcel,550e8400-e29b-41d4-a716-446655440000,https://x.example/a1"
    found = formats.look(written(f"{head}\n{row}\n")).fields()
    assert {c for c, field in found.items() if field.startswith("fact:")} == {"fabric", "Neckline"}
    assert {c for c, field in found.items() if field == "ignore"} == set(head.split(",")[4:])


def test_merchant_may_overrule_a_column(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    path = written("sku,title,note,colour\nA1,Mug,very blue,blue\n")
    read = whole(path, mapping={"note": "description", "Colour": "option:Colour"})
    assert read.products[0].description == "very blue"
    assert read.products[0].variants[0].options == (("Colour", "blue"),)
    with pytest.raises(UserError, match="no column note2"):
        formats.look(path, mapping={"note2": "title"})
    with pytest.raises(UserError, match="no field titel"):
        formats.look(path, mapping={"note": "titel"})


def test_mapping_is_remembered_by_the_columns_not_by_the_name(written: Callable[..., Path]) -> None:
    first = formats.look(written("sku,title\nA1,Mug\n", "march.csv"))
    second = formats.look(written("sku,title\nB7,Cup\nB8,Jug\n", "april.csv"))
    other = formats.look(written("sku,title,price\nB7,Cup,1\n", "may.csv"))
    assert first.signature == second.signature != other.signature


def test_with_a_mapping_nothing_is_refused(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    path = written("1;a thing\n2;another\n")
    with pytest.raises(UserError, match="not clear which column"):
        formats.look(path)
    assert formats.look(path, mapping={}).headers == ("(A)", "(B)")
    read = whole(path, mapping={"A": "sku", "B": "title"})
    assert [(p.sku, p.title, p.source_row) for p in read.products] == [("1", "a thing", 1), ("2", "another", 2)]


def test_rows_of_one_handle_in_any_table_are_variants(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    table = "handle,name,sku,price,size,material\nmug,Mug,M-S,5,S,clay\nmug,Mug,M-L,7,L,clay\ncup,Cup,C,3,S,glass\n"
    mug, cup = whole(written(table)).products
    assert [v.options for v in mug.variants] == [(("Size", "S"),), (("Size", "L"),)]
    assert [(f.name, f.value) for f in mug.facts] == [("Material", "clay"), ("Size", "S"), ("Size", "L")]
    assert cup.variants[0].options == ()


def test_etsy_variations_become_variants(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    head = (
        "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,"
        "VARIATION 1 TYPE,VARIATION 1 NAME,VARIATION 1 VALUES,"
        "VARIATION 2 TYPE,VARIATION 2 NAME,VARIATION 2 VALUES,SKU\n"
    )
    row = 'Mug,nice,9,EUR,4,a,Clay,https://x.example/1.jpg,x,Colour,"Red,Blue",x,Size,"S,L","M1,M2,M3,M4"\n'
    product = whole(written(head + row)).products[0]
    assert [(v.sku, v.options) for v in product.variants] == [
        ("M1", (("Colour", "Red"), ("Size", "S"))), ("M2", (("Colour", "Red"), ("Size", "L"))),
        ("M3", (("Colour", "Blue"), ("Size", "S"))), ("M4", (("Colour", "Blue"), ("Size", "L"))),
    ]  # fmt: skip


def test_taobao_file_with_two_header_lines_comes_in(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    keys = "title\tcid\tseller_cids\tprice\tnum\tdescription\touter_id\n"
    names = "宝贝名称\t宝贝类目\t店铺类目\t宝贝价格\t宝贝数量\t宝贝描述\t商家编码\n"
    row = '"青瓷杯"\t500\t""\t35.50\t8\t"<p>好看</p>"\t"\tTC-1"\n'
    text = "version 1.00\n" + keys + names + row
    read = whole(written(b"\xff\xfe" + text.encode("utf-16-le")))
    product = read.products[0]
    assert (read.reading.label, len(read.products), product.title, product.sku) == ("淘宝", 1, "青瓷杯", "TC-1")
    assert (product.description, str(product.variants[0].price), product.variants[0].stock) == (
        "<p>好看</p>",
        "35.50",
        8,
    )


def test_woocommerce_is_known_in_other_languages(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    head = (
        "ID,Typ,Artikelnummer,Name,Veröffentlicht,Kurzbeschreibung,Beschreibung,Lager,Gewicht (g),Angebotspreis,"
        "Regulärer Preis,"
        "Kategorien,Schlagwörter,Bilder,Übergeordnetes Produkt,Attribut 1 Name,Attribut 1 Wert(e)\n"
    )
    rows = (
        '1,variable,T,Tasse,1,,schön,,,,,Küche > Tassen,,https://x.example/a.jpg,,Farbe,"Blau, Rot"\n'
        "2,variation,T-B,,1,,,4,350,,9,,,,T,Farbe,Blau\n3,variation,T-R,,1,,,5,350,7,9,,,,id:1,Farbe,Rot\n"
        "4,variation,X,,1,,,5,350,7,9,,,,weg,Farbe,Rot\n"
    )
    read = whole(written(head + rows))
    assert (read.reading.format, len(read.products), read.variants) == ("woocommerce", 1, 2)
    assert [v.options for v in read.products[0].variants] == [(("Farbe", "Blau"),), (("Farbe", "Rot"),)]
    assert [(p.row, p.column) for p in read.problems] == [(5, "Übergeordnetes Produkt")]
    assert "weg" in read.problems[0].why


def test_prestashop_features_and_units_are_facts(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    head = "Product ID;Name *;Reference #;EAN13;Minimal quantity;Feature(Name:Value:Position);Image URLs (x,y,z...)\n"
    row = "1;Mug;M1;4006381333931;1;Material:Clay:1, Height:10 cm:2;http://x.example/1.jpg,http://x.example/2.jpg\n"
    read = whole(written(head + row))
    assert [(f.name, f.value) for f in read.products[0].facts] == [("Material", "Clay"), ("Height", "10 cm")]
    assert read.images == 2


def test_rows_of_one_parent_are_one_product(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    head = "sku,parent sku,name,price,colour\n"
    rows = "T-1,T,Tee,5,red\nT,,Tee family,,\nT-2,T,Tee,6,blue\n"
    rows += "M-1,M,Mug,7,red\nM-2,M,Mug,8,blue\nX,,Box,9,grey\nS,S,Sock,3,red\n"
    found = whole(written(head + rows)).products
    assert [(p.title, [v.sku for v in p.variants]) for p in found] == [
        ("Tee family", ["T-1", "T-2"]), ("Mug", ["M-1", "M-2"]), ("Box", ["X"]), ("Sock", ["S"]),
    ]  # fmt: skip


def test_other_store_views_of_magento_are_left_out_with_a_word(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    head = "sku,store_view_code,attribute_set_code,product_type,name,price,configurable_variations\n"
    read = whole(written(head + "A,,Top,simple,Shirt,5,\nA,fr,Top,simple,Chemise,,\nB,,Top,simple,Hat,6,\n"))
    assert [p.title for p in read.products] == ["Shirt", "Hat"]
    assert [(p.row, p.column) for p in read.problems] == [(3, "store_view_code")]


def test_variants_are_not_lost_with_their_products_row(written: Callable[..., Path], whole: Callable[..., Any]) -> None:
    head = "Type,SKU,Name,Published,Regular price,Images,Parent,Attribute 1 name,Attribute 1 value(s)\n"
    rows = "variable,T,Tee,1,,,,Size,S,too,many\nvariation,T-S,,1,5,,T,Size,S\nsimple,M,Mug,1,6,,,,\n"
    read = whole(written(head + rows))
    assert [p.title for p in read.products] == ["Mug"]
    assert [p.row for p in read.problems] == [2, 3]


@pytest.mark.parametrize(
    ("label", "table"),
    [
        (
            "Square",
            "Token,Item Name,Variation Name,SKU,Category,Price\nx,Tea,Small,T1,Drinks,2\nx,Tea,Large,T2,,3\n",
        ),
        (
            "Loyverse",
            "Handle,SKU,Name,Category,Sold by weight,Price,Cost,Barcode,In stock\ntea,1,Tea,Drinks,N,2,1,,4\n",
        ),
        (
            "Amazon",
            "TemplateType=fptcustom,Version=1,,\nSKU,Name,Brand,Price\nitem_sku,item_name,brand_name,standard_price\nT1,Tea,Acme,2\n",
        ),
        ("eBay", "Info,Version=1.0.0,Template=x,\n*Action(SiteID=US),CustomLabel,*Title,*StartPrice\nDraft,T1,Tea,2\n"),
    ],
)
def test_other_shop_systems_come_in(
    written: Callable[..., Path], whole: Callable[..., Any], label: str, table: str
) -> None:
    read = whole(written(table))
    assert [p.title for p in read.products] == ["Tea"]
    assert read.products[0].variants[0].price == 2
    assert read.reading.label in {label, "Table"}
    assert read.problems == ()


def test_rows_of_one_name_with_a_variant_column_are_one_product(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    table = "商品名称,规格,商品编码,团购价,库存\n杯子,蓝色,A-1,5,3\n杯子,白色,A-2,6,4\n碗,,B,7,1\n"
    cup, bowl = whole(written(table, encoding="gbk")).products
    assert [(v.sku, v.options, v.price) for v in cup.variants] == [
        ("A-1", (("规格", "蓝色"),), 5), ("A-2", (("规格", "白色"),), 6),
    ]  # fmt: skip
    assert (bowl.sku, bowl.variants[0].options) == ("B", ())


def test_what_is_on_hand_is_stock_below_zero_too_and_no_fact(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    (cup,) = whole(
        written('SKU,Product,Price,Qty on hand,Cost\nCUP,Cup,"1,234.00",-3,"1,000.50"\n,Total,,-3,\n')
    ).products
    assert [(v.price, v.stock, v.cost) for v in cup.variants] == [(1234, -3, Decimal("1000.50"))]
    assert cup.facts == ()
