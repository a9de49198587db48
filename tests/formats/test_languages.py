"""Tables in the words of merchants whose language no shop system writes come in all the same."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.formats.orders import look_orders, read_orders
from desktop_app.trade import Order


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ('상품명,상품코드,판매가,재고수량,브랜드\n도자기 컵,K-1,"12,000원",5,아크메\n', "cp949"),
        ("اسم المنتج;رمز المنتج;السعر;الكمية;العلامة التجارية\nقدح خزفي;K-1;١٢٠٠٠;٥;متجر\n", "utf-8-sig"),
        ("Наименование\tАртикул\tЦена\tОстаток\tБренды\r\nКружка\tK-1\t12 000,00\t5\tГлина\r\n", "utf-16"),
    ],
)
def test_products(written: Callable[..., Path], whole: Callable[..., Any], text: str, encoding: str) -> None:
    (product,) = whole(written(text, encoding=encoding)).products
    assert (product.sku, product.variants[0].price, product.variants[0].stock) == ("K-1", Decimal(12000), 5)
    assert product.vendor


@pytest.mark.parametrize(
    ("text", "encoding", "state"),
    [
        ("주문번호,주문일시,상품명,상품코드,수량,판매가,결제금액,주문상태\n7,2026-03-05 12:30,컵,K-1,2,\"12,000\",\"24,000\",배송완료\n", "cp949", "delivered"),
        ("Номер заказа;Дата заказа;Название товара;Артикул;Количество;Цена товара;Итого заказа;Статус заказа\n7;05.03.2026 12:30;Кружка;K-1;2;12000,00;24000,00;Выполнен\n", "cp1251", "delivered"),
        ("رقم الطلب,تاريخ الطلب,اسم المنتج,رمز المنتج,الكمية,السعر,الإجمالي,حالة الطلب\n7,2026-03-05 12:30,قدح,K-1,2,12000,24000,تم الشحن\n", "utf-8", "sent"),
    ],
)  # fmt: skip
def test_orders(written: Callable[..., Path], text: str, encoding: str, state: str) -> None:
    (order,) = [o for o in read_orders(look_orders(written(text, encoding=encoding))) if isinstance(o, Order)]
    assert (order.number, order.placed[:10], order.total, order.state) == ("7", "2026-03-05", Decimal(24000), state)
    assert [(line.sku, line.quantity, line.price) for line in order.lines] == [("K-1", 2, Decimal(12000))]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Nº de pedido;Fecha del pedido;Producto;Referencia;Unidades;Precio unitario;Total del pedido;Estado", "7;05/03/2026;Taza;K-1;2;9,90 €;19,80 €;Enviado"),
        ("N° commande;Date de la commande;Nom du produit;Référence;Qté;Prix unitaire TTC;Montant total;Statut de la commande", "7;05/03/2026;Tasse;K-1;2;9,90;19,80;Expédiée"),
        ("Bestellnummer;Bestelldatum;Artikelname;SKU;Menge;Artikelpreis;Gesamtbetrag der Bestellung;Bestellstatus", "7;05.03.2026;Becher;K-1;2;9,90;19,80;Versendet"),
        ("注文番号;注文日時;商品名;商品コード;個数;単価;合計金額;ステータス", "7;2026/03/05;マグ;K-1;2;9.90;19.80;発送済み"),
    ],
)  # fmt: skip
def test_headers_with_words_around_the_field(written: Callable[..., Path], head: str, row: str) -> None:
    (order,) = [o for o in read_orders(look_orders(written(f"{head}\n{row}\n"))) if isinstance(o, Order)]
    assert (order.number, order.placed[:10], order.total, order.state) == ("7", "2026-03-05", Decimal("19.80"), "sent")
    assert [(line.sku, line.quantity, line.price) for line in order.lines] == [("K-1", 2, Decimal("9.90"))]


@pytest.mark.parametrize(
    "price", ["Prix TTC", "Preis inkl. MwSt.", "Precio (IVA incluido)", "Цена с НДС, руб.", "Price incl. VAT"]
)
def test_a_price_is_one_whatever_it_says_of_tax(
    written: Callable[..., Path], whole: Callable[..., Any], price: str
) -> None:
    (product,) = whole(written(f"Name;SKU;{price};Остаток, шт.\nMug;K-1;9,90;5\n")).products
    assert (product.variants[0].price, product.variants[0].stock) == (Decimal("9.90"), 5)


@pytest.mark.parametrize(
    ("head", "row", "encoding"),
    [
        ("ID,タイプ,SKU,名前,公開済み,カタログでの表示,説明,在庫あり ?,在庫,通常価格,セール価格,カテゴリー,画像", "1,simple,B-1,マグ,1,visible,いい,1,5,1980,1500,台所,https://x/a.jpg", "shift_jis"),
        ("Kimlik;Tür;Stok kodu (SKU);İsim;Yayımlanmış;Katalogda görünürlük;Açıklama;Stok;Normal fiyat;İndirimli satış fiyatı;Kategoriler;Görseller", "1;simple;B-1;Bardak;1;visible;Güzel;5;1980;1500;Mutfak;https://x/a.jpg", "utf-8-sig"),
        ("ID;Rodzaj;SKU;Nazwa;Opublikowano;Widoczność w katalogu;Opis;Stan magazynowy;Cena;Cena promocyjna;Kategorie;Obrazki", "1;simple;B-1;Kubek;1;visible;Ładny;5;1980;1500;Kuchnia;https://x/a.jpg", "cp1250"),
    ],
)  # fmt: skip
def test_woocommerce_in_the_language_of_the_shop(
    written: Callable[..., Path], whole: Callable[..., Any], head: str, row: str, encoding: str
) -> None:
    read = whole(written(f"{head}\n{row}\n", encoding=encoding))
    (product,) = read.products
    assert (read.reading.format, product.sku, len(product.images)) == ("woocommerce", "B-1", 1)
    assert (product.variants[0].price, product.variants[0].compare_at, product.variants[0].stock) == (1500, 1980, 5)
    assert product.description
