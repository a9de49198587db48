"""Products as each shop system really writes them, and as hostile tables do."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from desktop_app import formats
from desktop_app.formats import Reading
from desktop_app.records import Problem, Product


def read(path: Path, text: str, encoding: str = "utf-8") -> tuple[Reading, list[Product], list[Problem]]:
    path.write_bytes(text.encode(encoding))
    reading = formats.look(path)
    found = list(formats.read(reading, threading.Event()))
    return reading, [p for p in found if isinstance(p, Product)], [p for p in found if isinstance(p, Problem)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Artikelnummer;Bezeichnung;Preis;Lagerbestand\r\nA1;Stuhl;1.234,50;5\r\nSumme;;;5\r\n", "cp1252"),
        ("Артикул; Наименование ;Цена;Остаток\nA1;Стул;1 234,50;5\nИтого;;;5\n", "cp1251"),
        ("商品编码,商品名称,售价,库存\nA1,椅子,1234.5,5\n合计,,,5\n", "gbk"),
        ("Price list 2026,,,\n,,,\nSKU,Title,Price,Stock\nA1,Chair,$1 234.50,5\n,,,\nTotal,,,5\n", "utf-8"),
        ('SKU\tTitle\tPrice\tStock\nA1\tChair\t"1,234.50"\t5\nTotal\t\t\t5\n', "utf-16"),
    ],
)
def test_a_row_that_only_adds_up_is_no_product(tmp_path: Path, text: str, encoding: str) -> None:
    _reading, (product,), (problem,) = read(tmp_path / "a.csv", text, encoding)
    assert (product.variants[0].sku, product.variants[0].price, product.variants[0].stock) == (
        "A1", Decimal("1234.5"), 5,
    )  # fmt: skip
    assert not problem.column


def test_headers_that_come_again_are_no_product(tmp_path: Path) -> None:
    text = "SKU,Title,Price\nA1,Cup,5\nSKU,Title,Price\nA2,Pot,6\n"
    _reading, products, problems = read(tmp_path / "a.csv", text)
    assert ([p.title for p in products], problems) == (["Cup", "Pot"], [])


@pytest.mark.parametrize(
    "text",
    [
        "Артикул;Название товара;Описание;Цена;Старая цена;Остаток;Бренд;Категория;Вес, кг;Цвет;Штрихкод;Фото\n"
        "A1;Чашка;Хорошая;10,50;12,00;5;Завод;Посуда;0,5;синий;4006381333931;http://x/1.jpg\n",
        "Kod produktu;Nazwa produktu;Opis;Cena;Stara cena;Stan magazynowy;Producent;Kategoria;Waga (kg);Kolor;Kod kreskowy;Zdjęcie\n"
        "A1;Kubek;Dobry;10,50;12,00;5;Zakład;Naczynia;0,5;niebieski;4006381333931;http://x/1.jpg\n",
        "品番,商品名,商品説明,価格,定価,在庫数,ブランド,カテゴリ,重さ(kg),カラー,バーコード,画像\n"
        "A1,カップ,よい,10.50,12.00,5,工場,食器,0.5,青,4006381333931,http://x/1.jpg\n",
    ],
)
def test_headers_of_more_languages(tmp_path: Path, text: str) -> None:
    _reading, (product,), problems = read(tmp_path / "a.csv", text)
    variant = product.variants[0]
    assert (variant.sku, variant.price, variant.compare_at, variant.stock, variant.barcode, variant.weight_grams) == (
        "A1", Decimal("10.50"), Decimal("12.00"), 5, "4006381333931", 500,
    )  # fmt: skip
    assert all((product.title, product.description, product.vendor, product.category))
    assert [fact.kind for fact in product.facts if fact.kind == "colour"] == ["colour"]
    assert ([image.address for image in product.images], problems) == (["http://x/1.jpg"], [])


def test_wix_says_what_a_variant_costs_more_and_takes_its_discount_off(tmp_path: Path) -> None:
    text = (
        "handleId,fieldType,name,description,productImageUrl,collection,sku,ribbon,price,surcharge,visible,discountMode,"
        "discountValue,inventory,weight,cost,productOptionName1,productOptionType1,productOptionDescription1\n"
        "p1,Product,Tee,<p>Soft</p>,a.jpg;b.jpg,Shirts,,,20.0,,TRUE,PERCENT,10.0,InStock,,,Color,COLOR,#ff0000:Red;#00f:Blue\n"
        "p1,Variant,,,,,T-R,,,2.0,TRUE,,,5,,,Color,,#ff0000:Red\np1,Variant,,,,,T-B,,,,TRUE,,,OutOfStock,,,Color,,#00f:Blue\n"
    )
    reading, (product,), problems = read(tmp_path / "wix.csv", text)
    assert (reading.dialect, problems) == ("wix", [])
    assert [(v.sku, v.options, v.price, v.compare_at, v.stock) for v in product.variants] == [
        ("T-R", (("Color", "Red"),), Decimal("20.00"), Decimal("22.0"), 5),
        ("T-B", (("Color", "Blue"),), Decimal("18.00"), Decimal("20.0"), 0),
    ]


TAOBAO = (
    "version 1.00\r\ntitle\tcid\tseller_cids\tprice\tnum\tdescription\tpicture\tskuProps\touter_id\tpropAlias\r\n"
    "宝贝名称\t宝贝类目\t店铺类目\t宝贝价格\t宝贝数量\t宝贝描述\t新图片\t销售属性组合\t商家编码\t销售属性别名\r\n"
)


def test_taobao_packs_variants_and_pictures_into_cells(tmp_path: Path) -> None:
    text = TAOBAO + (
        "竹砧板\t50012\t\t19.90\t5\t好\tabc:1:0:|http://x/1.jpg;def:2:0:1627207:28320|http://x/2.jpg;local:1:1:|;\t"
        "19.9:5:K-1:1627207:28320;20509:28314;29.9:0::1627207:-1001;20509:28314;\tKIT\t1627207:-1001:胡桃;20509:28314:大;\r\n"
    )
    _reading, (product,), problems = read(tmp_path / "t.csv", text, "utf-16")
    assert [(v.sku, v.price, v.stock, v.options) for v in product.variants] == [
        ("K-1", Decimal("19.9"), 5, (("颜色分类", "白色"), ("尺码", "大"))),
        ("", Decimal("29.9"), 0, (("颜色分类", "胡桃"), ("尺码", "大"))),
    ]
    assert ([image.address for image in product.images], problems) == (["http://x/1.jpg", "http://x/2.jpg"], [])


@pytest.mark.parametrize("packed", ["nonsense", "1627207:28320", "a:5:K:1:2", "1:x:K:1:2"])
def test_variants_taobao_would_not_write_are_said(tmp_path: Path, packed: str) -> None:
    text = TAOBAO + f"竹砧板\t1\t\t19.90\t5\t好\t\t{packed}\tKIT\t\r\n"
    _reading, (product,), (problem,) = read(tmp_path / "t.csv", text, "utf-16")
    assert (product.variants[0].sku, len(product.variants), problem.column) == ("KIT", 1, "skuProps")


def test_amazons_own_numbers_are_no_barcodes_and_its_settings_no_facts(tmp_path: Path) -> None:
    text = (
        "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\topen-date\titem-note\titem-condition\tasin1\t"
        'product-id\tproduct-id-type\tstatus\nCup "big"\tx\tL1\tA1\t5,99\t3\t2026-01-01\t\t11\tB00X\tB00X\t1\tActive\n'
    )
    reading, (product,), _problems = read(tmp_path / "a.txt", text)
    assert (reading.dialect, product.variants[0].barcode, product.facts) == ("amazon", "", ())


def test_ebays_drafts_are_known_and_what_to_do_with_them_is_no_fact(tmp_path: Path) -> None:
    text = (
        "#INFO,Version=0.0.2,Template= eBay-draft-listings-template_US,,,,,,,,\n"
        "*Action(SiteID=US|Country=US|Currency=USD|Version=1193|CC=UTF-8),Custom label (SKU),Category ID,Title,UPC,Price,"
        "Quantity,Item photo URL,Condition ID,Description,Format\n"
        "Draft,A1,1234,Cup,,5.00,3,http://x/1.jpg|http://x/2.jpg,NEW,<p>x</p>,FixedPrice\n"
    )
    reading, (product,), _problems = read(tmp_path / "e.csv", text)
    assert (reading.dialect, product.facts, len(product.images)) == ("ebay", (), 2)


def test_etsy_writes_marks_as_entities(tmp_path: Path) -> None:
    text = 'TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,MATERIALS,IMAGE1,SKU\n"Mug &amp; bowl","5&#39; &quot;x&quot;",12,USD,5,clay,,M\n'
    _reading, (product,), _problems = read(tmp_path / "e.csv", text)
    assert (product.title, product.description) == ("Mug & bowl", '5\' "x"')


def test_the_code_of_a_variant_is_preferred_to_its_products(tmp_path: Path) -> None:
    text = "商品ID\t,商品标题,商品编码,SKU编码,规格,拼单价(元),单买价(元),库存\n\t1,竹碗,P1,K-1,红,19.90,25.00,5\n\t1,竹碗,P1,K-2,蓝,19.90,25.00,3\n"
    _reading, (product,), _problems = read(tmp_path / "p.csv", text)
    assert [variant.sku for variant in product.variants] == ["K-1", "K-2"]


def test_one_merged_cell_may_hold_the_name_of_several_variants(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 4, "2026年商品表")
    rows = [["商品名称", "货号", "规格", "售价", "库存"], ["竹碗", "K-1", "大", 19.9, 5], ["", "K-2", "小", 9.9, 3],
            ["木勺", "S-1", "", 5, 8], ["合计", "", "", "", 16]]  # fmt: skip
    for y, cells in enumerate(rows, 1):
        for x, cell in enumerate(cells):
            if cell != "":
                sheet.write(y, x, cell)
    book.close()
    found = list(formats.read(formats.look(tmp_path / "a.xlsx"), threading.Event()))
    products = [p for p in found if isinstance(p, Product)]
    assert [(p.title, [v.sku for v in p.variants]) for p in products] == [("竹碗", ["K-1", "K-2"]), ("木勺", ["S-1"])]


def test_a_table_of_our_own_comes_in_again_with_each_weight_said_once(tmp_path: Path) -> None:
    _reading, products, _problems = read(tmp_path / "a.csv", "SKU,Title,Poids,Volume\nA,Pot,0.2 kg,350 ml\nB,Pan,,\n")
    list(formats.write("table", [(product, {}) for product in products], tmp_path / "b.csv", threading.Event()))
    _reading, again, _problems = read(tmp_path / "b.csv", (tmp_path / "b.csv").read_text("utf-8-sig"))
    said = [[(f.name, f.value, f.unit, f.kind) for f in p.facts] for p in (*products, *again)]
    assert said[:2] == said[2:]
    assert [fact[3] for fact in said[0]].count("weight") == 1


@pytest.mark.parametrize(
    ("header", "cell"),
    [("商品属性", "材质:陶瓷;颜色:蓝色;容量:350ml"), ("参数", "材质：陶瓷；颜色：蓝色；容量：350ml"),
     ("Specs", "材质=陶瓷|颜色=蓝色|容量=350ml"), ("Attributes", "材质: 陶瓷\n颜色: 蓝色\n容量: 350ml")],
)  # fmt: skip
def test_a_cell_that_says_several_things_by_name_is_as_many_facts(tmp_path: Path, header: str, cell: str) -> None:
    text = f'SKU,Title,Price,{header}\nA1,杯子,5,"{cell}"\n'
    _reading, (product,), _problems = read(tmp_path / "a.csv", text)
    assert [(f.name, f.kind, f.value, f.unit) for f in product.facts] == [
        ("材质", "material", "陶瓷", ""), ("颜色", "colour", "蓝色", ""), ("容量", "volume", "350", "ml"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["Care: wash by hand", "see http://x.example/a; or call", "9:16; 4:3", "soft; warm; light"]
)
def test_a_cell_of_ordinary_words_stays_one_fact(tmp_path: Path, cell: str) -> None:
    _reading, (product,), _problems = read(tmp_path / "a.csv", f'SKU,Title,Price,Remarks\nA1,Cup,5,"{cell}"\n')
    assert [f.value for f in product.facts] == [cell]


def test_what_taobao_says_of_a_thing_by_name_is_read_and_its_numbers_are_left(tmp_path: Path) -> None:
    text = (
        "宝贝名称,宝贝类目,宝贝价格,宝贝数量,宝贝描述,宝贝属性,用户输入名-值对,商家编码\n"
        "青釉杯,50016434,39.00,5,手工杯,20021:28320;材质:陶瓷;颜色分类:蓝色,产地:龙泉,A1\n"
    )
    _reading, (product,), problems = read(tmp_path / "a.csv", text, "gbk")
    assert problems == []
    assert [(f.name, f.value) for f in product.facts] == [("材质", "陶瓷"), ("颜色分类", "蓝色"), ("产地", "龙泉")]
