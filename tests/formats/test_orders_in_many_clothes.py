"""Orders as accountancies, tills and market places of other countries write them: nothing lost, nothing silent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.formats.orders import OrderReading, look_orders, read_orders
from desktop_app.records import Problem
from desktop_app.trade import Order

D = Decimal


def read(folder: Path, text: str, encoding: str = "utf-8") -> tuple[OrderReading, list[Order], list[Problem]]:
    path = folder / "orders.csv"
    path.write_text(text, encoding)
    reading = look_orders(path)
    found = list(read_orders(reading))
    return reading, [x for x in found if isinstance(x, Order)], [x for x in found if isinstance(x, Problem)]


def told(orders: list[Order]) -> list[tuple[Any, ...]]:
    return [
        (o.number, o.placed[:10], o.state, o.currency, o.total, o.buyer.name, o.buyer.email, len(o.lines))
        for o in orders
    ]


CLOTHES = {
    "german books": (
        "Umsatzliste;;;;;;;;;\nZeitraum: 01.12.2025 - 31.12.2025;;;;;;;;;\n;;;;;;;;;\n"
        "Rechnungsnr.;Datum;Kunde;E-Mail;Artikelnr.;Bezeichnung;Menge;Einzelpreis;Gesamtpreis;Währung\n"
        "RE-1;31.12.2025;Jürgen Groß;j@x.example;TISCH;Eichentisch;2;1.234,50 €;2.469,00 €;EUR\n"
        "RE-1;31.12.2025;Jürgen Groß;j@x.example;STUHL;Stuhl;4;89,90 €;359,60 €;EUR\n"
        ";;;;;;;;;\nSumme;;;;;;6;;2.828,60 €;\n",
        "cp1252", [("RE-1", "2025-12-31", "paid", "EUR", D("2828.60"), "Jürgen Groß", "j@x.example", 2)],
    ),
    "french shop": (
        "N° commande;Date de commande;Client;Adresse e-mail;Référence;Produit;Quantité;Prix unitaire TTC;Total TTC;Statut\n"
        "C-7;13/02/2026 14:05;Élodie Brûlé;e@x.example;LAMPE;Lampe;3;1\u00a0250,00 €;3\u00a0750,00 €;Remboursée\n"
        "TOTAL;;;;;;3;;3\u00a0750,00 €;\n",
        "cp1252", [("C-7", "2026-02-13", "refunded", "EUR", D(3750), "Élodie Brûlé", "e@x.example", 1)],
    ),
    "american till": (
        "Date,Receipt #,Item,SKU,Qty,Gross Sales,Discounts,Net Sales,Tax,Total,Customer Email\n"
        '"12/31/2025 4:05 PM",A1,Candle,CND,2,"$24.00","($4.00)","$20.00","$1.65","$21.65",ann@x.example\n'
        '"12/31/2025 4:05 PM",A1,Soap,SOAP,1,"$6.00","$0.00","$6.00","$0.50","$6.50",ann@x.example\n'
        'Grand Total,,,,3,"$30.00","($4.00)","$26.00","$2.15","$28.15",\n',
        "utf-8", [("A1", "2025-12-31", "paid", "", D("28.15"), "", "ann@x.example", 2)],
    ),
    "polish market place": (
        "Numer zamówienia;Data zamówienia;Status;E-mail;Imię i nazwisko;Nazwa produktu;SKU;Ilość;Cena brutto;Waluta;Koszt wysyłki\n"
        "1001;2026-01-05 12:00:00;Wysłane;jan@x.example;Jan Nowak;Kubek;KUB;2;1 049,99 zł;PLN;15,00 zł\n"
        "Razem;;;;;;;2;2 099,98 zł;;\n",
        "utf-8-sig", [("1001", "2026-01-05", "sent", "PLN", None, "Jan Nowak", "jan@x.example", 1)],
    ),
    "russian books, two rows of headers": (
        "Отчёт о продажах;;;;;;;\nЗаказ;;Покупатель;;Товар;;;\n"
        "Номер;Дата;Имя;Почта;Артикул;Наименование;Количество;Сумма\n"
        "ЗК-15;31.12.2025;Иван;ivan@x.example;КР-1;Кружка;3;1 500,00 руб.\nИтого;;;;;;3;1 500,00 руб.\n",
        "cp1251", [("ЗК-15", "2025-12-31", "paid", "RUB", None, "Иван", "ivan@x.example", 1)],
    ),
    "japanese market place": (
        '"受注番号","注文日時","注文者名字","注文者名前","注文者メールアドレス","商品名","商品番号","個数","単価","送料","消費税","合計金額","ステータス"\n'
        '"213-1","2026/01/05 10:11:12","山田","太郎","t@x.example","湯呑み","YUN","2","1,650","770","370","4,070","発送済"\n',
        "shift_jis", [("213-1", "2026-01-05", "sent", "", D(4070), "山田太郎", "t@x.example", 1)],
    ),
    "turkish shop": (
        "Sipariş No;Sipariş Tarihi;Müşteri;E-posta;Ürün Adı;Stok Kodu;Adet;Birim Fiyat;Toplam Tutar;Durum\n"
        "TR1;31.12.2025;Şule Öz;s@x.example;Çay bardağı;CB;6;1.250,00 TL;7.500,00 TL;Teslim edildi\n"
        "GENEL TOPLAM;;;;;;6;;7.500,00 TL;\n",
        "cp1254", [("TR1", "2025-12-31", "delivered", "TRY", D(7500), "Şule Öz", "s@x.example", 1)],
    ),
    "portuguese shop": (
        "Pedido;Data do pedido;Cliente;E-mail;Produto;Código;Quantidade;Preço unitário;Valor total;Situação\n"
        "900;31/12/2025;João Silva;j@x.example;Caneca;CAN;1.000;R$ 12,50;R$ 12.500,00;Entregue\n"
        "Total geral;;;;;;1.000;;R$ 12.500,00;\n",
        "cp1252", [("900", "2025-12-31", "delivered", "BRL", D(12500), "João Silva", "j@x.example", 1)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CLOTHES))
def test_every_shops_table_is_read_whole_and_its_sums_are_no_orders(tmp_path: Path, name: str) -> None:
    text, encoding, expected = CLOTHES[name]
    _reading, orders, problems = read(tmp_path, text, encoding)
    assert told(orders) == expected
    assert all("left out" in problem.why for problem in problems)
    assert len(problems) == any(word in text.casefold() for word in ("summe", "total;", "grand", "razem", "итого", "geral", "toplam;"))  # fmt: skip
    assert all(line.title and line.sku for order in orders for line in order.lines)


def test_days_written_both_ways_are_read_where_they_can_be_and_said(tmp_path: Path) -> None:
    rows = "501,31/12/2025,Cup,1,9\n502,12/31/2025,Cup,1,9\n503,01/02/2026,Cup,1,9\n"
    reading, orders, problems = read(tmp_path, "Order ID,Order Date,Product,Quantity,Unit Price\n" + rows)
    assert [o.placed for o in orders] == ["2025-12-31", "2025-12-31", "2026-02-01"]
    assert "both ways" in reading.notes[0]
    assert [(p.row, "12/31/2025" in p.why) for p in problems] == [(3, True)]


def test_a_state_nobody_knows_is_said_once(tmp_path: Path) -> None:
    rows = "1,2026-01-05,Cup,1,9,Zapytano\n2,2026-01-06,Cup,1,9,Zapytano\n3,2026-01-06,Cup,1,9,shipped\n"
    _reading, orders, problems = read(tmp_path, "Order ID,Order Date,Product,Quantity,Unit Price,Status\n" + rows)
    assert [o.state for o in orders] == ["paid", "paid", "sent"]
    assert [(p.row, p.column) for p in problems] == [(2, "Status")]


def test_a_column_of_customers_that_holds_names_makes_no_accounts(tmp_path: Path) -> None:
    head = "Order ID,Order Date,Customer,Product,Quantity,Unit Price\n"
    _reading, (named,), _problems = read(tmp_path, head + "1,2026-01-05,Ana Ruiz,Cup,1,9\n")
    assert (named.buyer.name, named.buyer.account) == ("Ana Ruiz", "")
    _reading, (known,), _problems = read(tmp_path, head + "1,2026-01-05,ana_77,Cup,1,9\n")
    assert (known.buyer.name, known.buyer.account) == ("", "ana_77")


def test_the_total_of_an_order_that_stands_in_each_of_its_rows_is_no_sum_of_them(tmp_path: Path) -> None:
    head = "Order ID,Order Date,Product,Quantity,Unit Price,Order total\n"
    _reading, (order,), _problems = read(tmp_path, head + "1,2026-01-05,Cup,1,9,9\n1,2026-01-05,Pot,1,9,9\n")
    assert order.total == 18  # what each line comes to
    _reading, (order,), _problems = read(tmp_path, head + "1,2026-01-05,Cup,1,9,23\n1,2026-01-05,Pot,1,9,23\n")
    assert order.total == 23  # with postage, in each row


def test_orders_without_a_day_are_said(tmp_path: Path) -> None:
    reading, _orders, _problems = read(tmp_path, "Order ID,Product,Quantity,Unit Price\n1,Cup,1,9\n")
    assert "as a day" in reading.notes[0]
    _reading, orders, problems = read(
        tmp_path,
        "Order ID;Kaufdatum;Käufer E-Mail;Produkt;Menge;Preis\n1;31.12.25;a@x.example;Tasse;1;9\n2;;;Tasse;1;9\n",
    )
    assert [(o.placed, o.buyer.email) for o in orders] == [("2025-12-31", "a@x.example"), ("", "")]
    assert [p.row for p in problems] == [3]
